"""Finds what a query finds within one item, seen from one of its pages: the hits near it, the one before these, the one
after. The engine is asked, so that no page is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from archive.search.engine import Searcher
from archive.search.query import EVERYTHING
from archive.search.request import SearchRequest, Stretch


@dataclass(frozen=True)
class Within:
    """Ids of hits in one item: those `near` a page of it, the page's own among them, and its first and last page where
    these are; the nearest one that stands before the page, and the nearest after it (None: there is none)."""

    near: tuple[str, ...] = ()
    previous: str | None = None
    next: str | None = None


def within(
    engine: Searcher,
    asked: SearchRequest,
    item: str,
    number: int,
    count: int,
    before: Sequence[str],
    after: Sequence[str],
) -> Within:
    """What a request finds in an item of so many pages, seen from the one of this number; `before` and `after` are the
    ids of the pages that stand near it.

    At most five searches, each of few hits. Raises EngineError, and QueryError for what costs too much.
    """
    if asked.query == EVERYTHING:
        return Within()

    def found(size: int, first: int, last: int, backwards: bool = False) -> tuple[str, ...]:
        if first > last:
            return ()
        stretch = Stretch(item, first, last, backwards)
        return tuple(hit.id for hit in engine.search(replace(asked, stretch=stretch, size=size)).hits)

    first, last = number - len(before), number + len(after)
    near = found(len(before) + 1 + len(after), first, last)
    previous = [id for id in near if id in before][-1:] or found(1, 1, first - 1, backwards=True)
    following = [id for id in near if id in after][:1] or found(1, last + 1, count)
    ends = (found(1, end, end) for end in {1, count} if not first <= end <= last)
    return Within((*near, *chain.from_iterable(ends)), *(next(iter(one), None) for one in (previous, following)))
