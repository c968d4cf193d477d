"""The one interface of both engines: search; index, rebuild beside and swap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from archive.search.document import Document
from archive.search.request import Hit, SearchRequest, SearchResponse


class Searcher(Protocol):
    """What can be asked of one index of one audience. Errors are EngineUnavailable and EngineOutdated."""

    def search(self, request: SearchRequest) -> SearchResponse:
        """Exact total and facets, and the asked-for slice of hits."""

    def every(self, request: SearchRequest) -> Iterator[Hit]:
        """All hits in the request's order, from one snapshot, whatever is indexed meanwhile; no limit."""

    def near(self, folded: str) -> Mapping[str, int]:
        """Words of the index that may be near to a folded one, with how often they stand there: of the page's text and
        its description. Words of what was removed may be among them."""

    def check(self) -> str:
        """A sentence on the engine's version and state; raises EngineError when it cannot be used."""

    def close(self) -> None:
        """Lets go of files and connections."""


class Engine(Searcher, Protocol):
    """One index of one audience, to be asked and written. Errors are EngineUnavailable, EngineOutdated,
    EngineRejected."""

    def write(self, documents: Iterable[Document], removed: Iterable[str] = ()) -> int:
        """Adds or replaces documents and removes ids; returns how many were written.

        Raises EngineOutdated where there is no index yet: what is written would be taken for the whole. The
        embedded engine writes all or nothing; Elasticsearch has no such commit, and what it rejects is named.
        """

    def rebuild(self, documents: Iterable[Document]) -> int:
        """A new index built aside from `documents`, swapped in when whole, deleted on failure."""
