"""Searches the index as the catalog stands: what was closed since the index heard of it is left out of every answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from archive.holdings import Holdings
from archive.search.engine import Engine
from archive.search.engines import open_engine
from archive.search.request import Hit, SearchRequest, SearchResponse


class Withholding:
    """An engine that is asked for what the holdings let their audience find, and nothing else: the one way to search.

    What is left out is read from the catalog before the index is asked. A change that was not in the catalog then came
    after the question; one that was, and is not left out any more, the index had heard of by then.
    """

    def __init__(self, holdings: Holdings, engine: Engine | None = None):
        self._holdings = holdings
        self._engine = engine or open_engine(holdings.config, holdings.audience)

    def search(self, request: SearchRequest) -> SearchResponse:
        """Exact total and facets, and the asked-for slice of hits. Raises EngineBehind where too much would have to be
        left out."""
        return self._engine.search(self._narrowed(request))

    def every(self, request: SearchRequest) -> Iterator[Hit]:
        """All hits in the request's order, from one snapshot; no limit. Raises as `search` does."""
        return self._engine.every(self._narrowed(request))

    def near(self, folded: str) -> Mapping[str, int]:
        """Words of the index near a folded one; whoever offers one asks first whether a search finds it."""
        return self._engine.near(folded)

    def check(self) -> str:
        """A sentence on the engine's version and state; raises EngineError when it cannot be used."""
        return self._engine.check()

    def close(self) -> None:
        """Lets go of files and connections."""
        self._engine.close()

    def _narrowed(self, request: SearchRequest) -> SearchRequest:
        return replace(request, withheld=self._holdings.withheld())
