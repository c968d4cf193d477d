"""The pipeline: survey, restrict, identify, catalog, read, describe, index; each stage leaves the record whole.

First what spreadsheets close of what the archive has is closed, in the record and in the index; then every file is
identified, so that an archivist hears early of what is refused; then every page that is not read yet under the present
recipe is read, by workers that can be killed one by one. Only this process writes the catalog. A run that is killed
loses nothing but the pages under way, and the next one over the same paths goes on with its batch.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from archive.access import State
from archive.catalog import batches, files, items, rules, tree
from archive.catalog.connect import open_catalog, writing
from archive.config import Config
from archive.errors import ArchiveError, CatalogError
from archive.record import Item
from ingest.describing import TextEvidence, said_language
from ingest.execution import open_executor
from ingest.intake.companions import Beside, by_folder, look
from ingest.intake.plan import PlannedItem, plan
from ingest.intake.survey import Survey, SurveyedFile, absolute, survey
from ingest.run import ledger
from ingest.run.accession import accession, described_before, put_components, undescribed
from ingest.run.completion import Completion, Underway
from ingest.run.delivery import Delivery
from ingest.run.held import Holding, release
from ingest.run.known import Standing, standing
from ingest.run.ledger import FileOutcome
from ingest.run.narrow_images import write_narrow
from ingest.run.page_queue import TRANSCRIPT
from ingest.run.progress import Progress
from ingest.run.recipe import present_recipe
from ingest.run.register import Identification
from ingest.run.restrictions import ClosedPages, restrict
from ingest.run.tally import Entry, Tally
from ingest.sheets import folded


class Ingest:
    """One run over some paths.

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
        verify: bool = False,
        read_in: Iterable[str] = (),
    ):
        self.config = config
        self.progress = progress
        self.catalog = catalog or open_catalog(config.catalog_url, create=True)
        self.sheet_errors = 0
        self.batch: batches.Batch | None = None
        self.index_trouble = None
        self._verify = verify
        self._read_in = said_language.written(read_in)
        self._tally = Tally()
        self._delivery = Delivery()
        self._absent: list[FileOutcome] = []
        self._components: dict[str, str] = {}
        self._closed: ClosedPages = {}
        self._held: set[str] = set()
        self._doubted: set[str] = set()

    def run(self, paths: Iterable[Path]) -> Iterator[FileOutcome]:
        """What became of each file, as soon as it is known. The catalog is complete up to every one."""
        given = [absolute(path) for path in paths]
        recipe = present_recipe(self.config)
        with writing(self.catalog) as connection:
            self.batch = batches.begin(connection, batches.INGEST, map(str, given), recipe.present)
            roots = files.mounted(connection, self.config)
        with _all_kept():
            found = survey(given, self.config.ingest.ignore, roots.values())
        for pattern, number in found.passed_over_by_pattern.items():
            self.progress.say(f"{number} passed over by ingest.ignore: {pattern}")
        for refused in found.refused:
            yield self._note(
                FileOutcome(refused.path, "", ledger.REFUSED, f"{refused.reason}. {refused.remedy}".strip())
            )
        with _all_kept():
            beside = self._look_beside(found, given, roots.values())
            sheets = beside.sheets
            delivery = self._delivery = Delivery(found.files, sheets, used=self.config.ingest.transcripts)
        completion = Completion(self.config, self.catalog, self._tally, self.batch.id, recipe, self.progress, delivery)
        origins = self._restrict(beside, found.files)
        completion.tell()
        with open_executor(self.config.ingest, writes=[self.config.data_folder], reads=given) as executor:
            identification = Identification(self.config, self.catalog, self._tally, self.progress, self._verify)
            identification.enter(found.files, sheets, delivery, executor)
            with self.catalog.connect() as connection:
                delivery.enter(self._tally, files.in_items(connection, TRANSCRIPT))
            with _all_kept():
                planned = plan(delivery.masters, sheets, given, origins, beside.waiting)
            for absent in self._absent:
                yield self._note(absent)
            for missing in planned.missing:
                yield self._note(FileOutcome(missing.path, "", ledger.REFUSED, f"{missing.reason}. {missing.remedy}"))
            for file, reason, remedy in planned.held:
                entry = self._tally[file.path]
                known = self._what_is_known(entry)
                entry.refused = f"{reason}. {remedy}{known}"
            with self.catalog.connect() as connection:
                with _all_kept():
                    stands = standing(
                        connection,
                        self.config.data_folder,
                        (e.file_id for e in self._tally if e.file_id),
                        recipe,
                        self.batch.id,
                        delivery.wanted,
                        image_width=self.config.ingest.image_width,
                    )
            self._put_in_catalog(planned.items, stands, identification, completion)
            completion.tell()
            for entry in self._tally.idle():
                yield self._note(entry.outcome())
            for outcome in completion.read(executor):
                yield self._note(outcome)
            write_narrow(self.config, stands.wide, self.progress)
        completion.feed()
        self.index_trouble = completion.index_trouble
        with writing(self.catalog) as connection:
            if not batches.end(connection, self.batch.id):
                self.batch = None  # it did nothing, and leaves no trace

    def _what_is_known(self, entry: Entry) -> str:
        """What becomes of the items that the archive has of a file that waits, for its reason."""
        if not entry.file_id or entry.place is not None:
            return ""
        if self._held:
            with self.catalog.connect() as connection:
                known = items.items_of_file(connection, entry.file_id)
                if any(one.id in self._held and self._is_closed(connection, one) for one in known):
                    return " What the archive has of it is closed until then, and opens by itself."
        return " What the archive has of it stays as it is."

    def _is_closed(self, connection: Connection, item: Item) -> bool:
        """Whether an item is closed as this run leaves it; what was held, a person may have opened."""
        default = State(self.config.access.default)
        return rules.of_item(connection, item.id, item.component_id, default).state is not State.OPEN

    def _note(self, outcome: FileOutcome) -> FileOutcome:
        """Keeps an outcome in the ledger. What is unchanged, and of which there is nothing to say, has it in an earlier
        batch."""
        if outcome.outcome != ledger.UNCHANGED or outcome.reason:
            entry = self._tally.get(outcome.path)
            with writing(self.catalog) as connection:
                if entry is not None:
                    self._place(connection, entry)
                ledger.note_file(connection, self.batch.id, outcome)
        return outcome

    # -- the spreadsheets

    def _look_beside(self, found: Survey, given: list[Path], roots: Collection[Path]) -> Beside:
        with self.catalog.connect() as connection:
            known = set(tree.refs(connection))
        beside = look(found, given, self.config, known, roots)
        for folder, problems in by_folder(beside.problems).items():
            for line in folded(problems):
                self.progress.say(line)
            for problem in problems:
                self.sheet_errors += problem.severity == "error"
                path = folder / problem.value
                if problem.refuses and problem.column == "file" and problem.value and not os.path.exists(path):
                    self._absent.append(FileOutcome(path, "", ledger.REFUSED, str(problem)))
        return beside

    def _restrict(self, beside: Beside, surveyed: Iterable[SurveyedFile]) -> dict[Path, str]:
        """Puts in the components, and closes what the spreadsheets close of what is known, or may; returns the name of
        each spreadsheet's folder, by its root's name and its path below that."""
        found, sheets = beside.found, beside.sheets
        doubtful = {row.component for said in sheets.values() for row in said.doubtful}
        with writing(self.catalog) as connection:
            names = {
                root: files.put_root(connection, root, self.config.roots)
                for root in dict.fromkeys(sheet.root for sheet in found)
            }
            origins = {
                sheet.path.parent: f"{names[sheet.root]}:{Path(sheet.relative).parent.as_posix().removeprefix('.')}"
                for sheet in found
            }
            for said in sheets.values():
                put_components(connection, self.config.archive.naan, self.batch.id, said.components, doubtful)
            self._components = tree.refs(connection)
            default = State(self.config.access.default)
            self._closed = restrict(connection, self.batch.id, sheets, origins, default)
            holding = Holding(connection, self.batch.id, default, self._components)
            roots = {path: name for name, path in files.mounted(connection, self.config).items()}
            holding.hold(beside, surveyed, origins, roots)
            self._held = {id for kind, id in rules.held(connection) if kind == "item"}
            self._doubted = holding.doubted
        for line in holding.said:
            self.progress.say(line)
        return origins

    # -- the catalog

    def _put_in_catalog(
        self, planned: tuple[PlannedItem, ...], stands: Standing, identification: Identification, completion: Completion
    ) -> None:
        self.progress.stage("catalog", len(planned))
        for one in planned:
            entries = [self._tally[part.file.path] for part in one.parts]
            self._find_twins(one, entries, stands, identification)
            usable = [entry for entry in entries if entry.file_id]
            if usable and not (one.row is None and all(entry.twin for entry in usable)):
                self._bring_up_to_date(one, entries, usable, stands, completion)
            self.progress.advance()
        # The places of files that no item took: a duplicate, a file whose row is wrong.
        with writing(self.catalog) as connection:
            for entry in self._tally:
                # That of a transcript comes with its outcome: until then it is new, and no outcome is lost.
                if entry.path not in self._delivery:
                    self._place(connection, entry)
                if entry.file_id and not entry.sha256:
                    entry.sha256 = stands.sha256[entry.file_id]
        self._delivery.waits_in_vain()

    def _find_twins(
        self, planned: PlannedItem, entries: list[Entry], stands: Standing, identification: Identification
    ) -> None:
        """Bytes known at several places make one item where no row says otherwise: at the place known first."""
        for entry in entries:
            if planned.row is None and not entry.twin and entry.file_id in stands.twins:
                with self.catalog.connect() as connection:
                    entry.twin = identification.twin(connection, entry)

    def _bring_up_to_date(
        self, planned: PlannedItem, entries: list[Entry], usable: list[Entry], stands: Standing, completion: Completion
    ) -> None:
        """Finds the item unchanged, or puts it in, and what is still to be done for it to `completion`."""
        parent = self._components.get(planned.row.parent_ref_id, "") if planned.row else ""
        fingerprint = planned.fingerprint((entry.file_id for entry in entries), parent)
        item_id = stands.plans.get(fingerprint)
        self._release(item_id)
        if item_id is not None and self._is_told(planned):
            with writing(self.catalog) as connection:
                if items.read_in(connection, self._read_in, item_id=item_id):
                    stands.unfinished.add(item_id)
        transcripts = self._delivery.beside(usable)
        if item_id is not None:
            for entry in usable:
                entry.pages += stands.pages[entry.file_id].get(item_id, 0)
                entry.touched |= entry.file_id in stands.touched
                entry.kept = entry.file_id in stands.kept
            if item_id not in stands.unfinished:
                for entry in (*usable, *map(self._tally.__getitem__, transcripts)):
                    entry.items += (item_id,)
                return
        else:
            item_id = self._accession(planned, entries, usable, parent, fingerprint, completion)
            self._release(item_id)
        if item_id is not None:
            self._tally.wait(item_id, [*(entry.path for entry in usable), *transcripts])
            completion.add(item_id, _underway(planned, parent, fingerprint))

    def _release(self, item_id: str | None) -> None:
        if item_id in self._held and item_id not in self._doubted:
            with writing(self.catalog) as connection:
                release(connection, self.batch.id, item_id)

    def _is_told(self, planned: PlannedItem) -> bool:
        """Whether what was said of the whole batch holds for this item: its own row says more."""
        return bool(self._read_in) and not (
            planned.row and any(one.element == "language" for one in planned.row.statements)
        )

    def _accession(
        self,
        planned: PlannedItem,
        entries: list[Entry],
        usable: list[Entry],
        parent: str,
        fingerprint: str,
        completion: Completion,
    ) -> str | None:
        try:
            with writing(self.catalog) as connection:
                if planned.row is None and (
                    described := described_before(connection, (entry.file_id for entry in usable))
                ):
                    for entry in entries:
                        entry.refused = undescribed(described)
                    return None
                for entry in usable:
                    entry.file = entry.file or files.file(connection, entry.file_id)
                held = accession(
                    connection,
                    self.config.archive.naan,
                    self.batch.id,
                    planned,
                    usable[0].root,
                    {entry.path: entry.file for entry in usable},
                    self._closed,
                )
                for entry in usable:
                    self._place(connection, entry)
                    entry.kept = entry.file.kept
                if self._is_told(planned):
                    items.read_in(connection, self._read_in, item_id=held.item.id)
                if held.changed:
                    completion.describe(connection, held.item.id, _underway(planned, parent, ""), TextEvidence())
                # Whole only if every file of it is there; else the next run lays it out again.
                items.set_plan(connection, held.item.id, fingerprint if len(usable) == len(entries) else "")
        except CatalogError:
            raise
        except ArchiveError as wrong:
            for entry in entries:
                entry.refused = entry.refused or f"{wrong.message}. {wrong.remedy}".strip()
            return None
        of_file = {entry.file_id: entry for entry in usable}
        for page in held.pages:
            if page.file_id in of_file:
                of_file[page.file_id].pages += 1
                of_file[page.file_id].touched |= page.id in held.new_pages
        return held.item.id

    def _place(self, connection: Connection, entry: Entry) -> None:
        if entry.place is not None:
            batches.put_place(connection, self.batch.id, entry.place)
            entry.place = None


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


def _underway(planned: PlannedItem, parent: str, fingerprint: str) -> Underway:
    return Underway(planned.name, planned.row.statements if planned.row else (), parent or None, fingerprint)
