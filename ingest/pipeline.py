"""The pipeline: an ingest as the stages it goes through, each of which leaves the record whole.

First what spreadsheets close of what the archive has is closed, in the record and in the index; then every file is
identified, so that an archivist hears early of what is refused; then every page that is not read yet under the present
recipe is read, by workers that can be killed one by one. Only this process writes the catalog. A run that is killed
loses nothing but the pages under way, and the next one over the same paths goes on with its batch.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import Engine

from archive.catalog import batches, files, tree
from archive.catalog.connect import open_catalog, signed, writing
from archive.config import Config
from archive.outcome import REFUSED, FileOutcome
from archive.reason import Reason
from ingest.describing import said_language
from ingest.execution import open_executor
from ingest.intake.companions import Beside, by_folder, look
from ingest.intake.plan import Missing, plan
from ingest.intake.survey import Refused, Survey, absolute, survey
from ingest.run.cataloguing import catalogue
from ingest.run.closing import close, keep_waiting
from ingest.run.completion import complete
from ingest.run.delivery import Delivery
from ingest.run.index_feed import IndexFeed
from ingest.run.ledger import note, note_entries
from ingest.run.narrow_images import write_narrow
from ingest.run.page_queue import TRANSCRIPT
from ingest.run.progress import Progress
from ingest.run.recipe import present_recipe
from ingest.run.register import register
from ingest.run.run import Run
from ingest.sheets import folded


class Ingest:
    """One run over some paths, which `actor` has done.

    `batch` is what it belongs to, from the first outcome on; `index_trouble` holds what the engine said where the index
    could not be fed: nothing is lost then, the outbox keeps it. With `verify` files that look unchanged
    are hashed, too. `read_in` are the languages (ISO 639-2) that all of it is in, as somebody said.
    """

    def __init__(
        self,
        config: Config,
        progress: Progress,
        catalog: Engine | None = None,
        *,
        actor: str,
        verify: bool = False,
        read_in: Iterable[str] = (),
    ):
        self.config = config
        self.progress = progress
        self.catalog = signed(catalog or open_catalog(config.catalog_url, create=True), actor)
        self.sheet_errors = 0
        self.batch: batches.Batch | None = None
        self.index_trouble = None
        self._verify = verify
        self._read_in = said_language.written(read_in)

    def run(self, paths: Iterable[Path]) -> Iterator[FileOutcome]:
        """What became of each file, as soon as it is known. The catalog is complete up to every one."""
        run = self._begin(paths)
        said, feed = partial(note, run), IndexFeed(run)
        with _all_kept():
            found = survey(run.given, run.config.ingest.ignore, run.roots.values())
        yield from map(said, self._passed_over(found))
        with _all_kept():
            beside = self._look_beside(run, found)
            delivery = Delivery(found.files, beside.sheets, used=run.config.ingest.transcripts)
        closed = close(run, beside, found.files)
        feed.tell_what_narrows()
        with open_executor(run.config.ingest, writes=[run.config.data_folder], reads=run.given) as executor:
            twins = register(run, found.files, beside.sheets, delivery, executor)
            with run.catalog.connect() as connection:
                delivery.enter(run.tally, files.in_items(connection, TRANSCRIPT))
            with _all_kept():
                planned = plan(delivery.masters, beside.sheets, run.given, closed.origins, beside.waiting)
            yield from map(said, (*_named_and_absent(beside), *map(_missing, planned.missing)))
            keep_waiting(run, planned.held, closed)
            done = catalogue(run, planned.items, closed, delivery, twins)
            del found, planned  # not needed any more, and large
            feed.tell_what_narrows()
            yield from note_entries(run, run.tally.idle())
            yield from complete(run, done.unfinished, delivery, feed, executor)
            write_narrow(run.config, done.wide, run.progress)
        feed.catch_up()
        self.index_trouble = feed.trouble
        self._end(run)

    def _begin(self, paths: Iterable[Path]) -> Run:
        given = tuple(absolute(path) for path in paths)
        recipe = present_recipe(self.config)
        with writing(self.catalog) as connection:
            self.batch = batches.begin(connection, batches.INGEST, map(str, given), recipe.present)
            roots = files.mounted(connection, self.config)
        return Run(
            self.config, self.catalog, self.progress, self.batch, recipe, given, roots, self._read_in, self._verify
        )

    def _end(self, run: Run) -> None:
        with writing(self.catalog) as connection:
            if not batches.end(connection, run.batch.id):
                self.batch = None  # it did nothing, and leaves no trace

    def _passed_over(self, found: Survey) -> Iterator[FileOutcome]:
        for pattern, number in found.passed_over_by_pattern.items():
            self.progress.say(f"{number} passed over by ingest.ignore: {pattern}")
        return map(_refused, found.refused)

    def _look_beside(self, run: Run, found: Survey) -> Beside:
        """What lies beside the files, and says what is wrong with it."""
        with run.catalog.connect() as connection:
            known = set(tree.refs(connection))
        beside = look(found, run.given, run.config, known, run.roots.values())
        for problems in by_folder(beside.problems).values():
            for line in folded(problems):
                run.progress.say(line)
        self.sheet_errors = sum(problem.severity == "error" for _, problem in beside.problems)
        return beside


def _refused(one: Refused) -> FileOutcome:
    return FileOutcome(one.path, "", REFUSED, f"{one.reason}. {one.remedy}".strip(), code=one.code)


def _missing(one: Missing) -> FileOutcome:
    return FileOutcome(one.path, "", REFUSED, f"{one.reason}. {one.remedy}", code=Reason.NAMED_NOT_THERE)


def _named_and_absent(beside: Beside) -> Iterator[FileOutcome]:
    """The files that a row names which was refused for it: they are not there."""
    for folder, problem in beside.problems:
        path = folder / problem.value
        if problem.refuses and problem.column == "file" and problem.value and not path.exists():
            yield FileOutcome(path, "", REFUSED, str(problem), code=Reason.NAMED_NOT_THERE)


@contextmanager
def _all_kept() -> Iterator[None]:
    """Of what is made here, millions of values where files are many, nothing is garbage before the run ends: Python's
    collector of cycles would go through them again and again, a fifth of a rerun's time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
