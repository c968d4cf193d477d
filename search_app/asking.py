"""Turns a state into what an engine is asked."""

from __future__ import annotations

from dataclasses import replace

from archive.errors import QueryError
from archive.search import fields
from archive.search.query import NO_DATE, And, Not, Query, all_of, parse, refused
from archive.search.request import SearchRequest, Sort
from search_app.state import FACETS, SearchState

#: More parts of one query are not asked for one by one: each costs the engine a search.
MOST_ALONE = 8


def request_of(state: SearchState, *, size: int, date_bin: str, facets: tuple[str, ...] = FACETS) -> SearchRequest:
    """The question that a state asks. Raises QueryError for a query that cannot be asked."""
    return SearchRequest(
        query=query_of(state),
        filters={facet: values for facet in FACETS if (values := _known(facet, state.chosen(facet)))},
        facets=facets,
        date_bin=date_bin,
        sort=Sort(state.sort or Sort.RELEVANCE),
        offset=(state.page - 1) * size,
        size=size,
    )


def query_of(state: SearchState) -> Query:
    """The words of a state, and its span of time. Raises QueryError, naming what was typed."""
    words = parse(state.q)
    if not state.since and not state.until:
        return words
    return all_of([words, _span(state.since, state.until)])


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


def _known(facet: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """The values that may be asked for: an address with a bin that is none asks for what is not there."""
    return tuple(value for value in values if facet != "date" or fields.grain(value)) or values


def parts_alone(state: SearchState) -> dict[str, SearchRequest]:
    """Where several words, phrases or dates were asked for together: the question for each alone, under the same
    filters.

    What was asked to be absent is no part. Empty where one thing alone was asked, or more than MOST_ALONE.
    """
    whole = request_of(state, size=0, date_bin="decade", facets=())
    if not isinstance(whole.query, And):
        return {}
    parts = [part for part in whole.query.parts if not isinstance(part, Not)]
    return {str(part): replace(whole, query=part, offset=0) for part in parts} if len(parts) <= MOST_ALONE else {}


def bins_only(request: SearchRequest, date_bin: str) -> SearchRequest:
    """A question as it stands, for another grain of the histogram alone."""
    return replace(request, facets=("date",), date_bin=date_bin, offset=0, size=0)
