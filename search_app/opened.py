"""What a server opens: the holdings and the index of its audience, each once, when first asked for."""

from __future__ import annotations

import threading

from flask import current_app

from archive.config import Config
from archive.holdings import Holdings
from archive.search.engine import Engine
from archive.search.engines import open_engine
from archive.search.request import Audience
from search_app.admission import Admitted


class Opened:
    """The holdings and the engine of one application, shared by its threads: the public's, but for the archivist's own pages.

    What could not be opened is tried again at the next request, so that a server started before the
    first ingest, or before its engine, needs no restart.
    """

    def __init__(self, config: Config, *, catalog=None, engine: Engine | None = None, audience: Audience = Audience.PUBLIC):
        self.config = config
        self._audience = audience
        self._catalog = catalog
        self._holdings: Holdings | None = None
        self._engine = None if engine is None else Admitted(engine, config.serve.threads)
        self._opening = threading.Lock()

    @property
    def holdings(self) -> Holdings:
        """Raises ConfigError where there is no catalog yet."""
        with self._opening:
            if self._holdings is None:
                self._holdings = Holdings(self.config, self._audience, self._catalog)
            return self._holdings

    @property
    def engine(self) -> Engine:
        """Raises EngineError where it cannot be used."""
        with self._opening:
            if self._engine is None:
                self._engine = Admitted(open_engine(self.config, self._audience), self.config.serve.threads)
            return self._engine

    def close(self) -> None:
        """Lets go of the catalog, the index and their connections."""
        with self._opening:
            if self._holdings is not None:
                self._holdings.close()
            if self._engine is not None:
                self._engine.close()
            self._holdings = self._engine = None


def opened() -> Opened:
    """What the application that answers this request has open."""
    return current_app.extensions["rescate"]
