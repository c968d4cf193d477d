"""What an engine must answer, by the matcher and the table of fields alone: slow, plain, and right by definition."""

from archive.search import fields
from archive.search.match import match_document
from archive.search.request import SearchRequest, Sort


def passes(document, request: SearchRequest, without: str = "") -> bool:
    """Whether a unit is of the request's kind, matches its query, and has a chosen value of every filter but one."""
    if document.kind != request.kind or match_document(request.query, document) is None:
        return False
    return all(name == without or not chosen or set(chosen) & values(document, name)
               for name, chosen in request.filters.items())


def values(document, facet: str) -> set[str]:
    if facet != "date":
        return set(document.facets.get(facet, ()))
    return {one for some in fields.bins(document.earliest, document.latest).values() for one in some}


def hits(documents, request: SearchRequest) -> list:
    """The units found, in the archive's order."""
    return sorted((one for one in documents if passes(one, request)), key=lambda one: one.ordinal)


def by_date(documents, request: SearchRequest) -> list[str]:
    """The ids found in the order of dates that the request asks for."""
    sign = -1 if request.sort is Sort.DATE_DESC else 1
    dated = [(one.earliest or one.latest, one) for one in hits(documents, request)]
    return [one.id for day, one in sorted(dated, key=lambda pair: (
        pair[0] is None, sign * pair[0].toordinal() if pair[0] else 0, pair[1].ordinal))]


def facets(documents, request: SearchRequest) -> dict[str, dict[str, int]]:
    """Each facet's values and counts, under the others' filters."""
    counted = {}
    for facet in request.facets:
        counts: dict[str, int] = {}
        for document in documents:
            if passes(document, request, without=facet):
                own = values(document, facet) if facet != "date" else set(
                    fields.bins(document.earliest, document.latest)[request.date_bin])
                for value in own:
                    if facet != "date" or fields.listed(value, request):
                        counts[value] = counts.get(value, 0) + 1
        counted[facet] = counts
    return counted
