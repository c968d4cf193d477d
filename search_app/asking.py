"""Turns a state into what an engine is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from archive.search import typed
from archive.search.query import And, Not
from archive.search.request import SearchRequest
from search_app.state import FACETS, SearchState

#: More parts of one query are not asked for one by one: each costs the engine a search.
MOST_ALONE = 8


def request_of(state: SearchState, *, size: int, date_bin: str, facets: Iterable[str] = FACETS) -> SearchRequest:
    """The question that a state asks. Raises QueryError for a query that cannot be asked."""
    return typed.request(
        state.q,
        filters=state.filters,
        since=state.since,
        until=state.until,
        sort=state.sort,
        facets=facets,
        date_bin=date_bin,
        offset=(state.page - 1) * size,
        size=size,
    )


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
