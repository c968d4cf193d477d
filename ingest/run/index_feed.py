"""Feeds the index during a run. Nothing is lost where the engine is down: the catalog's outbox keeps it."""

from __future__ import annotations

from archive import indexing
from archive.errors import EngineError
from ingest.run.run import Run


class IndexFeed:
    """The feed of one run's changes. `trouble` is what the engine said where the index could not be fed."""

    def __init__(self, run: Run):
        self._run = run
        self.trouble: EngineError | None = None

    def tell_what_narrows(self) -> None:
        """Feeds the index where less may be read of something than it knows, before anything that takes long. Where it
        cannot be told, searches leave that out, and it is tried again with the next pages."""
        try:
            indexing.tell_what_narrows(self._run.config, self._run.catalog)
        except EngineError as trouble:
            self._run.progress.say(
                f"The index could not be told yet of what is closed now; searches leave it out meanwhile. {trouble}"
            )

    def catch_up(self) -> None:
        """Feeds the index all that changed; where the engine is down, it is tried again with the next pages."""
        self._run.progress.stage("index", 0)
        try:
            indexing.catch_up(self._run.config, self._run.catalog)
            self.trouble = None
        except EngineError as trouble:
            self.trouble = trouble
