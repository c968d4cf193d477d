"""Completes items: reads the pages still to be read, describes each item when its last page is done, feeds the
index."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from archive import indexing
from archive.catalog import batches, files, items, journal
from archive.catalog.connect import writing
from archive.config import Config
from archive.description import Statement
from archive.errors import EngineError
from ingest.describing import TextEvidence, describe
from ingest.describing.anew import evidence
from ingest.describing.margins import mark_margins
from ingest.execution import Executor
from ingest.extract import margins
from ingest.page.read import read as read_page
from ingest.page.transcribe import time_limit
from ingest.run.delivery import Delivery
from ingest.run.ledger import FileOutcome
from ingest.run.page_queue import PageReading
from ingest.run.progress import Progress
from ingest.run.recipe import Recipe, fingerprint
from ingest.run.tally import Tally

#: Pages read between two feedings of the index: a long run can be searched while it goes on.
FEED_EVERY = 500


@dataclass(frozen=True, slots=True)
class Underway:
    """An item to be completed: the name its title is devised from, what its row (or a person) says of it, its
    component, and the fingerprint of all that."""

    name: str
    said: tuple[Statement, ...]
    component_id: str | None
    fingerprint: str


class Completion:
    """What is still to be done for the items of one batch. `again` are pages to be read though they are read already;
    `delivery` has the transcripts that pages are to be taken from. `index_trouble` is what the engine said where the
    index could not be fed."""

    def __init__(
        self,
        config: Config,
        catalog: Engine,
        tally: Tally,
        batch_id: int,
        recipe: Recipe,
        progress: Progress,
        delivery: Delivery,
        again: Collection[str] = (),
    ):
        self._config = config
        self._catalog = catalog
        self._tally = tally
        self._batch = batch_id
        self._recipe = recipe
        self._progress = progress
        self._underway: dict[str, Underway] = {}
        self._pages = PageReading(config, catalog, tally, batch_id, recipe, progress, delivery, again)
        self.index_trouble: EngineError | None = None

    def add(self, item_id: str, underway: Underway) -> None:
        """An item whose files wait for it in the tally."""
        self._underway[item_id] = underway

    def read(self, executor: Executor) -> Iterator[FileOutcome]:
        """Reads what is to be read; yields what became of each file as its last item is complete."""
        self._progress.stage("read", sum(entry.pages for entry in self._tally if entry.waiting))
        read = 0
        with closing(
            executor.run(read_page, self._pages.tasks(self._underway), time_limit(self._config.ingest))
        ) as results:
            for task, result in results:
                self._pages.keep(task, result)
                read += 1
                yield from self._finish()
                if read % FEED_EVERY == 0:
                    self.feed()
        yield from self._finish()

    def _finish(self) -> Iterator[FileOutcome]:
        """Marks the margins of the items whose pages are all done, describes them, and says what became of their
        files."""
        while self._pages.finished:
            item_id = self._pages.finished.popleft()
            read = item_id in self._pages.read
            underway = self._underway[item_id]
            with writing(self._catalog) as connection:
                item = items.item(connection, item_id)
                if read or self._described_by(underway) != item.described_by:
                    journal.post(connection, mark_margins(connection, item_id))
                    if self.describe(connection, item_id, underway, evidence(connection, item_id)):
                        journal.post(connection, (page.id for page in items.pages(connection, item_id)))
                        if not read:
                            for entry in self._tally.of_item(item_id):
                                entry.note("its description was updated")
            for entry in self._tally.finished(item_id):
                yield entry.outcome()

    def describe(self, connection: Connection, item_id: str, underway: Underway, text: TextEvidence) -> bool:
        """Writes the item's description; returns whether it changed. Without a fingerprint it stays unfinished."""
        first = items.pages(connection, item_id)[:1]
        embedded = files.file(connection, first[0].file_id).embedded if first else ()
        described = describe(underway.said, embedded, text, file=underway.name)
        standing, item = items.description(connection, item_id), items.item(connection, item_id)
        changed = standing != described or item.component_id != underway.component_id
        if changed:
            batches.remember(connection, self._batch, "item", item_id, batches.item_state(connection, item_id))
        items.set_description(
            connection,
            item_id,
            described,
            underway.component_id,
            self._described_by(underway) if underway.fingerprint else "",
        )
        return changed

    def _described_by(self, underway: Underway) -> str:
        return fingerprint(fingerprint=underway.fingerprint, recipe=self._recipe.present, margins=margins.VERSION)

    # -- index

    def tell(self) -> None:
        """Feeds the index where less may be read of something than it knows, before anything that takes long. Where it
        cannot be told, searches leave that out, and it is tried again with the next pages."""
        try:
            indexing.tell_what_narrows(self._config, self._catalog)
        except EngineError as trouble:
            self._progress.say(
                f"The index could not be told yet of what is closed now; searches leave it out meanwhile. {trouble}"
            )

    def feed(self) -> None:
        """Feeds the index from the outbox; where the engine is down the outbox keeps it all, and it is tried again with
        the next pages."""
        self._progress.stage("index", 0)
        try:
            indexing.catch_up(self._config, self._catalog)
            self.index_trouble = None
        except EngineError as trouble:
            self.index_trouble = trouble
