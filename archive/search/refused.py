"""What is refused of a request, alike by both engines: before the index is asked, or when its total is known."""

from __future__ import annotations

from archive.access import Audience
from archive.errors import QueryError
from archive.search import cost
from archive.search.bins import GRAINS
from archive.search.fields import Fields
from archive.search.indexed import UNSOUND
from archive.search.request import SearchRequest

#: Hits into which a result may be paged: nobody reads so many, and to rank more costs an engine what no page is worth.
#: It is also what Elasticsearch gives by offset (index.max_result_window). An export has all.
FARTHEST = 10_000
TOO_FAR = "this is farther into the result than pages go"


def check(request: SearchRequest, fields: Fields) -> None:
    """Raises QueryError for a filter, facet or grain that there is not, a slice that is none, or a query that costs too
    much."""
    cost.check(request.query)
    for name in (*request.filters, *request.facets):
        if name not in fields.facets:
            raise QueryError("there is no such filter", item=name, remedy=f"Filters are {', '.join(fields.facets)}.")
    for value in (value for chosen in request.filters.values() for value in chosen):
        if UNSOUND.search(value):
            raise QueryError(
                "there is no such value to filter by", item=ascii(value), remedy="Choose one that is listed."
            )
    if request.date_bin not in GRAINS:
        raise QueryError(
            "there is no such grain of dates", item=request.date_bin, remedy=f"Grains are {', '.join(GRAINS)}."
        )
    if request.offset < 0 or request.size < 0:
        raise QueryError("there is no such page", item=str(request.offset), remedy="Pages begin at the first hit.")


def check_reach(request: SearchRequest, total: int) -> None:
    """Raises QueryError for a page of hits that is there, but farther than FARTHEST."""
    if request.size and request.offset + request.size > FARTHEST and request.offset < total:
        raise QueryError(
            TOO_FAR,
            item=str(request.offset),
            remedy="Narrow the search, turn its order by date round, or take all as a file of citations.",
        )


def admit(request: SearchRequest, fields: Fields, audience: Audience) -> None:
    """Refuses a request for another kind of documents, or made for another audience, than the index is of: that is a
    fault of the program."""
    if request.audience is not audience:
        raise ValueError(f"a request for {request.audience} was put to the index for {audience}")
    if request.kind != fields.kind:
        raise ValueError(f"a request for the kind {request.kind} was put to the index of the kind {fields.kind}")
