"""Reads pages again that are chosen by what became of them (archive.catalog.selection)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from sqlalchemy import Connection, Engine

from archive.catalog import batches, files, items, outcomes
from archive.catalog.connect import open_catalog, signed, writing
from archive.catalog.selection import Selection, selected
from archive.config import Config
from archive.outcome import FAILED, FileOutcome
from archive.reason import Reason
from ingest.describing.anew import name_of, said_by_persons
from ingest.execution import open_executor
from ingest.run.completion import complete
from ingest.run.delivery import Delivery
from ingest.run.describe import Unfinished
from ingest.run.index_feed import IndexFeed
from ingest.run.ledger import note
from ingest.run.progress import Progress
from ingest.run.recipe import Recipe, present_recipe
from ingest.run.run import Run
from ingest.run.tally import Entry


class Redo:
    """One reading again, which `actor` has done. What was read before is kept beside the new reading, which is shown.

    `read_as` are the languages (ISO 639-2, by +) that the pages are read in from now on; empty: those they are found to
    be in; None: as it was said before. `by_ocr`: whether they are read by OCR from now on, in spite of a text layer or
    a delivered text; None: as it was said before."""

    def __init__(
        self,
        config: Config,
        progress: Progress,
        catalog: Engine | None = None,
        *,
        actor: str,
        read_as: str | None = None,
        by_ocr: bool | None = None,
    ):
        self.config = config
        self._read_as, self._by_ocr = read_as, by_ocr
        self.progress = progress
        self.catalog = signed(catalog or open_catalog(config.catalog_url), actor)
        self.sheet_errors = 0
        self.batch: batches.Batch | None = None
        self.index_trouble = None

    def run(self, selection: Selection) -> Iterator[FileOutcome]:
        """What became of each master; a run that was interrupted goes on where it stopped."""
        recipe = present_recipe(self.config)
        chosen = self._choose(selection, recipe)
        if chosen:
            run = Run(self.config, self.catalog, self.progress, self.batch, recipe)
            said, feed = partial(note, run), IndexFeed(run)
            feed.tell_what_narrows()
            unfinished: dict[str, Unfinished] = {}
            yield from map(said, _enter(run, chosen, unfinished))
            again = [page_id for _, page_id in chosen]
            with open_executor(self.config.ingest, writes=[self.config.data_folder]) as executor:
                yield from complete(run, unfinished, Delivery(), feed, executor, again)
            feed.catch_up()
            self.index_trouble = feed.trouble
        with writing(self.catalog) as connection:
            if not batches.end(connection, self.batch.id):
                self.batch = None  # it did nothing, and leaves no trace

    def _choose(self, selection: Selection, recipe: Recipe) -> list[tuple[str, str]]:
        """The (item id, page id) still to be read, and what was said of them written down."""
        with writing(self.catalog) as connection:
            chosen = selected(connection, selection, lambda said, by_ocr: recipe.each(said, by_ocr=by_ocr))
            self.batch = batches.begin(connection, batches.REDO, selection.words, recipe.present)
            done = outcomes.pages_done(connection, self.batch.id)
            chosen = [(item_id, page_id) for item_id, page_id in chosen if page_id not in done]
            if self._read_as is not None:
                for item_id, page_id in chosen:
                    items.read_in(connection, self._read_as, page_id=page_id)
                    if not self._read_as:  # what was said of the whole item would hold for the page again
                        items.read_in(connection, "", item_id=item_id)
            if self._by_ocr is not None:
                items.read_by_ocr(connection, [page_id for _, page_id in chosen], self._by_ocr)
        return chosen


def _enter(run: Run, chosen: Sequence[tuple[str, str]], unfinished: dict[str, Unfinished]) -> Iterator[FileOutcome]:
    """Enters the masters of the chosen pages, and their items as unfinished; yields the masters that are nowhere to be
    found."""
    with run.catalog.connect() as connection:
        for item_id, group in groupby(chosen, key=itemgetter(0)):
            wanted = {page_id for _, page_id in group}
            pages = [page for page in items.pages(connection, item_id) if page.id in wanted]
            masters = dict.fromkeys(page.file_id for page in pages)
            paths: list[Path] = []
            for file_id in masters:
                path, sha256 = files.path_of(connection, file_id, run.config), files.file(connection, file_id).sha256
                if path is None:
                    place = next(files.locations_of(connection, file_id), None)
                    yield FileOutcome(
                        Path(place.path if place else f"file {file_id}"),
                        sha256,
                        FAILED,
                        "is nowhere to be found. Put it back, or correct ingest.roots",
                        (item_id,),
                        code=Reason.GONE,
                    )
                    continue
                paths.append(path)
                entry = run.tally.get(path) or run.tally.add(Entry(path.parent, path.name, "", file_id, sha256=sha256))
                entry.pages += sum(page.file_id == file_id for page in pages)
            if len(paths) == len(masters):
                run.tally.wait(item_id, paths)
                unfinished[item_id] = _unfinished(connection, item_id)


def _unfinished(connection: Connection, item_id: str) -> Unfinished:
    """The item as it was described, for its text to be described from anew."""
    item = items.item(connection, item_id)
    return Unfinished(
        name_of(connection, items.pages(connection, item_id)),
        said_by_persons(connection, item_id),
        item.component_id,
        item.plan,
    )
