"""How many requests may be in the engine at once, so that however slow it is other pages are answered: its door for
readers."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from archive.errors import EngineError
from archive.search.engine import Engine
from archive.search.request import Hit, SearchRequest, SearchResponse

#: Seconds that who finds no place waits, counted from when somebody last left: where all hang, nobody waits behind them
#: for longer.
PATIENCE = 2.0


class EngineBusy(EngineError):
    """As many are searching, or taking a whole result away, as may at once."""

    remedy = "Try again in a moment; nothing is lost."


class Places:
    """So many may be inside at once; who finds no place waits while others come and go."""

    def __init__(self, count: int, patience: float = PATIENCE, clock=time.monotonic):
        self._free, self._patience, self._clock = count, patience, clock
        self._left = clock()
        self._changed = threading.Condition()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """A place while the block runs. Raises EngineBusy where none comes free."""
        with self._changed:
            while not self._free:
                if (rest := self._left + self._patience - self._clock()) <= 0:
                    raise EngineBusy("too much is asked at once")
                self._changed.wait(rest)
            self._free -= 1
            self._left = self._clock()
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._left = self._clock()
                self._changed.notify()


class Admitted:
    """An engine with places for searches and, apart, for whole results; of `threads` one is always left for what needs
    neither."""

    def __init__(self, engine: Engine, threads: int):
        self._engine = engine
        whole = max(1, threads // 4)
        self._searches, self._wholes = Places(max(1, threads - whole - 1)), Places(whole, patience=0)

    def search(self, request: SearchRequest) -> SearchResponse:
        with self._searches.taken():
            return self._engine.search(request)

    def near(self, folded: str):
        with self._searches.taken():
            return self._engine.near(folded)

    def every(self, request: SearchRequest) -> Iterator[Hit]:
        """All hits; the place is kept until the last one is taken, or no more are wanted."""
        with self._wholes.taken():
            yield from self._engine.every(request)

    def __getattr__(self, name: str):
        return getattr(self._engine, name)
