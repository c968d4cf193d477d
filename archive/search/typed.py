"""The one way from what a person typed or chose to what an engine is asked: on the page, in JSON, in files, in
commands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from archive.access import Audience
from archive.errors import QueryError
from archive.search.query import NO_DATE, Query, all_of, parse, refused
from archive.search.request import SearchRequest, Sort


def request(
    text: str,
    audience: Audience = Audience.PUBLIC,
    *,
    kind: str = "page",
    filters: Mapping[str, Iterable[str]] | None = None,
    since: str = "",
    until: str = "",
    sort: str = "",
    facets: Iterable[str] = (),
    date_bin: str = "decade",
    offset: int = 0,
    size: int = 20,
) -> SearchRequest:
    """What is asked where `text` was typed for words, `since` and `until` as the ends of a span of time, and these
    values of facets were chosen.

    Raises QueryError, naming what was typed, for what cannot be asked.

    >>> found = request("Tecoluca", since="1981", filters={"genre": ["report"], "place": []}, sort="date")
    >>> str(found.query), found.filters, found.sort.value
    ('Tecoluca date:1981..', {'genre': ('report',)}, 'date')
    """
    return SearchRequest(
        _query(text, since, until),
        audience,
        kind,
        filters={name: chosen for name, values in (filters or {}).items() if (chosen := tuple(values))},
        facets=tuple(facets),
        date_bin=date_bin,
        sort=Sort(sort or Sort.RELEVANCE),
        offset=offset,
        size=size,
    )


def _query(text: str, since: str, until: str) -> Query:
    words = parse(text)
    return all_of([words, _span(since, until)]) if since or until else words


def _span(since: str, until: str) -> Query:
    typed = f"{since.strip()}..{until.strip()}"
    for end in (since, until):
        # Not a query within a query: an end is one date.
        if end and not all(c.isalnum() or c in "-~?%/" for c in end):
            raise refused(NO_DATE, end)
    try:
        return parse(f'date:"{typed}"')
    except QueryError as wrong:
        raise refused(NO_DATE, typed) from wrong
