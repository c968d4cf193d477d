"""Reads pages again that are chosen by what became of them: by reason, language, confidence, recipe, batch or item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from sqlalchemy import Connection, Engine, select

from archive.catalog import batches, files, items
from archive.catalog import tables as t
from archive.catalog.connect import open_catalog, writing
from archive.config import Config
from ingest.describing.anew import name_of, said_by_persons
from ingest.execution import open_executor
from ingest.run import ledger
from ingest.run.completion import Completion, Underway
from ingest.run.delivery import Delivery
from ingest.run.ledger import FileOutcome
from ingest.run.progress import Progress
from ingest.run.recipe import Recipe, present_recipe
from ingest.run.tally import Entry, Tally


@dataclass(frozen=True)
class Selection:
    """Which pages: those of which all that is given holds. `below` is a confidence from 0 to 1; `reason` a part of
    what a failure said; `recipe` is one recipe, or with `outdated` all but the present one."""

    items: tuple[str, ...] = ()
    outcome: str = ""
    reason: str = ""
    language: str = ""
    below: float | None = None
    recipe: str = ""
    outdated: bool = False
    batch: int | None = None

    @property
    def words(self) -> list[str]:
        """The same in words, by which an interrupted run is known again.

        >>> Selection(language="spa", below=0.7).words
        ['language=spa', 'below=0.7']
        """
        return [
            f"{name}={value}" for name, value in vars(self).items() if value or name == "below" and value is not None
        ]


def selected(connection: Connection, selection: Selection, recipe: Recipe) -> list[tuple[str, str]]:
    """The (item id, page id) of the pages chosen, in the archive's order; pages of kept files are never read."""
    outcome, reading = t.page_outcome.c, t.reading.c
    asked = (
        select(t.page.c.item_id, t.page.c.id, outcome.recipe, t.page.c.read_in, t.item.c.read_in, t.page.c.by_ocr)
        .join(t.item, t.item.c.id == t.page.c.item_id)
        .outerjoin(t.page_outcome, outcome.page_id == t.page.c.id)
        .outerjoin(t.reading, reading.id == t.page.c.shown_reading)
        .where(t.page.c.sequence > 0, t.page.c.width > 0, t.item.c.undone.is_(None))
        .order_by(t.item.c.ordinal, t.page.c.sequence)
    )
    if selection.items:
        asked = asked.where(t.item.c.id.in_(selection.items) | t.page.c.id.in_(selection.items))
    if selection.outcome:
        asked = asked.where(outcome.outcome == selection.outcome)
    if selection.reason:
        asked = asked.where(outcome.reason.icontains(selection.reason, autoescape=True))
    if selection.language:
        asked = asked.where(reading.language == selection.language)
    if selection.below is not None:
        asked = asked.where(reading.confidence < selection.below)
    if selection.recipe:
        asked = asked.where(outcome.recipe.startswith(selection.recipe, autoescape=True))
    if selection.batch is not None:
        asked = asked.where(outcome.batch_id == selection.batch)
    return [
        (item_id, page_id)
        for item_id, page_id, used, said, of_item, by_ocr in connection.execute(asked)
        if not selection.outdated or used is not None and used not in recipe.each(said or of_item, by_ocr=by_ocr)
    ]


class Redo:
    """One reading again. What was read before is kept beside the new reading, which is shown. `read_as` are the
    languages (ISO 639-2, by +) that the pages are read in from now on; empty: those they are found to be in; None: as
    it was said before. `by_ocr`: whether they are read by OCR from now on, in spite of a text layer or a delivered
    text; None: as it was said before."""

    def __init__(
        self,
        config: Config,
        progress: Progress,
        catalog: Engine | None = None,
        *,
        read_as: str | None = None,
        by_ocr: bool | None = None,
    ):
        self.config = config
        self._read_as, self._by_ocr = read_as, by_ocr
        self.progress = progress
        self.catalog = catalog or open_catalog(config.catalog_url)
        self.sheet_errors = 0
        self.batch: batches.Batch | None = None
        self.index_trouble = None

    def run(self, selection: Selection) -> Iterator[FileOutcome]:
        """What became of each master; a run that was interrupted goes on where it stopped."""
        recipe = present_recipe(self.config)
        with writing(self.catalog) as connection:
            chosen = selected(connection, selection, recipe)
            self.batch = batches.begin(connection, batches.REDO, selection.words, recipe.present)
            done = set(
                connection.scalars(
                    select(t.page_outcome.c.page_id).where(
                        t.page_outcome.c.batch_id == self.batch.id, t.page_outcome.c.outcome.in_(ledger.DONE)
                    )
                )
            )
            chosen = [(item_id, page_id) for item_id, page_id in chosen if page_id not in done]
            if self._read_as is not None:
                for item_id, page_id in chosen:
                    items.read_in(connection, self._read_as, page_id=page_id)
                    if not self._read_as:  # what was said of the whole item would hold for the page again
                        items.read_in(connection, "", item_id=item_id)
            if self._by_ocr is not None:
                items.read_by_ocr(connection, [page_id for _, page_id in chosen], self._by_ocr)
        tally = Tally()
        if chosen:
            completion = Completion(
                self.config,
                self.catalog,
                tally,
                self.batch.id,
                recipe,
                self.progress,
                Delivery(),
                [page_id for _, page_id in chosen],
            )
            completion.tell()
            yield from map(self._note, self._enter(chosen, tally, completion))
            with open_executor(self.config.ingest, writes=[self.config.data_folder]) as executor:
                yield from map(self._note, completion.read(executor))
            completion.feed()
            self.index_trouble = completion.index_trouble
        with writing(self.catalog) as connection:
            if not batches.end(connection, self.batch.id):
                self.batch = None  # it did nothing, and leaves no trace

    def _enter(self, chosen: list[tuple[str, str]], tally: Tally, completion: Completion) -> Iterator[FileOutcome]:
        """Enters the masters of the chosen pages and their items; yields those that are nowhere to be found."""
        with self.catalog.connect() as connection:
            for item_id, group in groupby(chosen, key=itemgetter(0)):
                wanted = {page_id for _, page_id in group}
                pages = items.pages(connection, item_id)
                masters = dict.fromkeys(page.file_id for page in pages if page.id in wanted)
                paths: list[Path] = []
                for file_id in masters:
                    path = files.path_of(connection, file_id, self.config)
                    if path is None:
                        place = next(files.locations_of(connection, file_id), None)
                        yield FileOutcome(
                            Path(place.path if place else f"file {file_id}"),
                            files.file(connection, file_id).sha256,
                            ledger.FAILED,
                            "is nowhere to be found. Put it back, or correct ingest.roots",
                            (item_id,),
                        )
                    else:
                        paths.append(path)
                        entry = tally.get(path) or tally.add(
                            Entry(path, path.name, "", file_id, sha256=files.file(connection, file_id).sha256)
                        )
                        entry.pages += sum(page.file_id == file_id for page in pages if page.id in wanted)
                if len(paths) == len(masters):
                    tally.wait(item_id, paths)
                    completion.add(item_id, _underway(connection, item_id))

    def _note(self, outcome: FileOutcome) -> FileOutcome:
        with writing(self.catalog) as connection:
            ledger.note_file(connection, self.batch.id, outcome)
        return outcome


def _underway(connection: Connection, item_id: str) -> Underway:
    """The item as it was described, for its text to be described from anew."""
    item = items.item(connection, item_id)
    return Underway(
        name_of(connection, items.pages(connection, item_id)),
        said_by_persons(connection, item_id),
        item.component_id,
        item.plan,
    )
