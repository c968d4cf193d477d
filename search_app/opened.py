"""What a server opens: the holdings and the index of its audience, each once, when first asked for."""

from __future__ import annotations

import threading

from flask import current_app

from archive.access import Audience
from archive.config import Config
from archive.holdings import Holdings
from archive.search.engine import Engine
from archive.search.engines import open_engine
from archive.search.withholding import Withholding
from search_app.admission import Admitted


class Opened:
    """The holdings and the engine of one application, shared by its threads: the public's, but for the archivist's own
    pages.

    What could not be opened is tried again at the next request, so that a server started before the
    first ingest, or before its engine, needs no restart.
    """

    def __init__(
        self, config: Config, *, catalog=None, engine: Engine | None = None, audience: Audience = Audience.PUBLIC
    ):
        self.config = config
        self._audience = audience
        self._catalog = catalog
        self._holdings: Holdings | None = None
        self._engine = engine
        self._searching: Withholding | None = None
        self._opening = threading.Lock()

    @property
    def holdings(self) -> Holdings:
        """Raises ConfigError where there is no catalog yet."""
        with self._opening:
            if self._holdings is None:
                self._holdings = Holdings(self.config, self._audience, self._catalog)
            return self._holdings

    @property
    def engine(self) -> Withholding:
        """The index, asked as the catalog stands. Raises EngineError where it cannot be used."""
        holdings = self.holdings
        with self._opening:
            if self._searching is None:
                engine = self._engine or open_engine(self.config, self._audience)
                self._searching = Withholding(holdings, Admitted(engine, self.config.serve.threads))
            return self._searching

    def close(self) -> None:
        """Lets go of the catalog, the index and their connections."""
        with self._opening:
            if self._holdings is not None:
                self._holdings.close()
            if self._searching is not None:
                self._searching.close()
            self._holdings = self._searching = None


def opened() -> Opened:
    """What the application that answers this request has open."""
    return current_app.extensions["rescate"]
