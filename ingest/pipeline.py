"""The pipeline: survey, identify, catalog, read, describe, index; each stage leaves the record whole.

First every file is identified, so that an archivist hears early of what is refused; then every page
that is not read yet under the present recipe is read, by workers that can be killed one by one. Only
this process writes the catalog. A run that is killed loses nothing but the pages under way.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from archive import indexing
from archive.catalog import files, items, journal, readings, tree
from archive.catalog.connect import open_catalog, writing
from archive.config import Config
from archive.errors import ArchiveError, EngineError
from archive.record import File, Location
from ingest import ledger, reading
from ingest.accession import accession, put_components
from ingest.describing import TextEvidence, describe
from ingest.executor import Executor, Failure
from ingest.extract import EXTRACTOR_VERSION
from ingest.extract.unit import unit_date
from ingest.identify import IdentifyTask, identify
from ingest.ledger import FileOutcome
from ingest.pages import PageReading
from ingest.plan import PlannedItem, plan
from ingest.progress import Progress
from ingest.sheets import Sheets, folded, read_folder
from ingest.survey import Survey, SurveyedFile, survey
from ingest.tally import Entry, Tally
from ingest.tools import probe
from ingest.transcribe import time_limit

#: Pages read between two feedings of the index: a long run can be searched while it goes on.
FEED_EVERY = 500
#: A class of error that says: not our fault, the file cannot be taken in.
_REFUSALS = {"ScanError", "Unreadable", "Encrypted", "Unsupported", "TooLarge"}


class Ingest:
    """One run over some paths. `index_trouble` holds what the engine said where the index could not be
    fed: nothing is lost then, the outbox keeps it."""

    def __init__(self, config: Config, progress: Progress, catalog: Engine | None = None):
        self.config = config
        self.progress = progress
        self.catalog = catalog or open_catalog(config.catalog_url, create=True)
        self.index_trouble: EngineError | None = None
        self.sheet_errors = 0
        self._tally = Tally()
        self._planned: dict[str, PlannedItem] = {}
        self._absent: list[FileOutcome] = []
        self._settled: dict[int, Path] = {}

    def run(self, paths: Iterable[Path]) -> Iterator[FileOutcome]:
        """What became of each file, as soon as it is known. The catalog is complete up to every one."""
        given = [Path(path).absolute() for path in paths]
        settings = self.config.ingest
        probe.require(settings.languages)
        self._recipe = ledger.recipe(
            reader=probe.tesseract_version(), layer=probe.pdfplumber_version(), languages=settings.languages,
            pdf_dpi=settings.pdf_dpi, extraction=EXTRACTOR_VERSION)
        found = survey(given, settings.ignore)
        for pattern, number in found.passed_over_by_pattern.items():
            self.progress.say(f"{number} passed over by ingest.ignore: {pattern}")
        with writing(self.catalog) as connection:
            self._run_id = ledger.begin(connection, self._recipe, [str(path) for path in given])
        for refused in found.refused:
            yield self._note(FileOutcome(refused.path, "", ledger.REFUSED, f"{refused.reason}. {refused.remedy}".strip()))
        sheets = self._read_sheets(found)
        self._identify(found)
        planned = plan(found.files, sheets, given)
        for absent in self._absent:
            yield self._note(absent)
        for missing in planned.missing:
            yield self._note(FileOutcome(missing.path, "", ledger.REFUSED, f"{missing.reason}. {missing.remedy}"))
        for file, reason in planned.held:
            self._tally[file.path].refused = f"{reason}. Correct the metadata and run again."
        self._put_in_catalog(planned.items, sheets)
        for entry in self._tally.idle():
            yield self._note(entry.outcome())
        yield from self._read_pages()
        self._feed()
        with writing(self.catalog) as connection:
            ledger.end(connection, self._run_id)

    def _note(self, outcome: FileOutcome) -> FileOutcome:
        with writing(self.catalog) as connection:
            ledger.note_file(connection, self._run_id, outcome)
        return outcome

    # -- the spreadsheets

    def _read_sheets(self, found: Survey) -> dict[Path, Sheets]:
        with self.catalog.connect() as connection:
            known = {one for one in tree.every_ref(connection)}
        read = {}
        for folder in dict.fromkeys(sheet.path.parent for sheet in found.sheets):
            read[folder] = said = read_folder(folder, known_components=known, ignore=self.config.ingest.ignore)
            known |= {row.ref_id for row in said.components}
            for line in folded(said.problems):
                self.progress.say(line)
            for problem in said.problems:
                self.sheet_errors += problem.severity == "error"
                if problem.refuses and problem.column == "file" and not os.path.exists(folder / problem.value):
                    self._absent.append(FileOutcome(folder / problem.value, "", ledger.REFUSED, str(problem)))
        return read

    # -- identify

    def _identify(self, found: Survey) -> None:
        """Gives every file its entry: known by its place and time, else hashed and looked into."""
        configured = {name: (self.config.folder / path).resolve() for name, path in self.config.ingest.roots.items()}
        strange: dict[Path, SurveyedFile] = {}
        with writing(self.catalog) as connection:
            names = {root: files.put_root(connection, root, configured)
                     for root in dict.fromkeys(file.root for file in found.files)}
            for one in found.files:
                entry = self._tally.add(Entry(one.path, one.relative, names[one.root]))
                standing = files.location(connection, entry.root, one.relative)
                if standing and (standing.bytes, standing.modified_ns) == (one.size, one.mtime_ns):
                    entry.file = files.file(connection, standing.file_id)
                    entry.sha256 = entry.file.sha256
                else:
                    strange[one.path] = one
        self.progress.stage("identify", len(strange))
        tasks = [IdentifyTask(one.path, one.size, self.config.ingest) for one in strange.values()]
        results = {}
        with Executor(self.config.ingest.workers) as executor:
            for task, result in executor.run(identify, tasks, self.config.ingest.file_timeout):
                results[task.path] = result
                self.progress.advance()
        # In the order of the survey, whatever came back first: which of two twins is the first is no chance.
        with writing(self.catalog) as connection:
            for path, one in strange.items():
                self._settle(connection, self._tally[path], one, results[path])

    def _settle(self, connection, entry: Entry, one: SurveyedFile, result) -> None:
        if isinstance(result, Failure):
            text = f"{result.reason}. {result.remedy}".strip()
            if result.error_class in _REFUSALS:
                entry.refused = text
            else:
                entry.broken = text
            return
        entry.sha256 = result.sha256
        if result.refused is not None:
            entry.refused = f"{result.refused.message}. {result.refused.remedy}".strip()
            return
        entry.notes += result.notes
        known = files.file_by_sha256(connection, result.sha256)
        entry.file = known or files.add_file(connection, result.file)
        if known is not None:
            entry.twin = self._twin(connection, known, entry)
        self._settled.setdefault(entry.file.id, entry.path)
        # Kept from its item until that is brought up to date: what stood at this place before tells which it is.
        entry.place = Location(entry.file.id, entry.root, one.relative, one.size, one.mtime_ns)

    def _twin(self, connection, known: File, entry: Entry) -> str:
        """Another place where the same bytes are now; empty where they only moved here."""
        mounted = files.roots(connection)
        for place in files.locations(connection, known.id):
            path = mounted[place.root] / place.path
            if path == entry.path:
                return ""
            if path.is_file():
                return str(path)
        return str(self._settled.get(known.id, ""))

    # -- the catalog

    def _put_in_catalog(self, planned: tuple[PlannedItem, ...], sheets: dict[Path, Sheets]) -> None:
        naan = self.config.archive.naan
        with writing(self.catalog) as connection:
            for said in sheets.values():
                put_components(connection, naan, said.components)
        known = self._tally.known()
        self.progress.stage("catalog", len(planned))
        for one in planned:
            self._put_item(one, known)
            self.progress.advance()
        # The places of files that no item took: a duplicate, a file whose row is wrong.
        with writing(self.catalog) as connection:
            for entry in self._tally:
                self._place(connection, entry)

    def _put_item(self, planned: PlannedItem, known: dict[Path, File]) -> None:
        entries = [self._tally[part.file.path] for part in planned.parts]
        usable = [entry for entry in entries if entry.file is not None]
        if not usable or (planned.row is None and all(entry.twin for entry in usable)):
            return
        naan = self.config.archive.naan
        try:
            with writing(self.catalog) as connection:
                held = accession(connection, naan, planned, usable[0].root, known)
                for entry in usable:
                    self._place(connection, entry)
                if held.changed:
                    self._describe(connection, held.item.id, planned, TextEvidence(), final=False)
        except ArchiveError as wrong:
            for entry in entries:
                entry.refused = entry.refused or f"{wrong.message}. {wrong.remedy}".strip()
            return
        self._planned[held.item.id] = planned
        self._tally.wait(held.item.id, [entry.path for entry in usable])
        for page in held.pages:
            entry = self._tally.of_page(held.item.id, page.file_id)
            if entry is not None:
                entry.pages += 1
                entry.touched |= page.id in held.new_pages

    def _place(self, connection, entry: Entry) -> None:
        if entry.place is not None:
            files.put_location(connection, entry.place)
            entry.place = None

    # -- read

    def _read_pages(self) -> Iterator[FileOutcome]:
        self.progress.stage("read", sum(entry.pages for entry in self._tally))
        pages = PageReading(self.config, self.catalog, self._tally, self._recipe, self.progress)
        read = 0
        with Executor(self.config.ingest.workers) as executor, \
                closing(executor.run(reading.read, pages.tasks(self._planned), time_limit(self.config.ingest))) as results:
            for task, result in results:
                pages.keep(task, result)
                read += 1
                yield from self._finish(pages)
                if read % FEED_EVERY == 0:
                    self._feed()
        yield from self._finish(pages)

    # -- describe

    def _finish(self, pages: PageReading) -> Iterator[FileOutcome]:
        """Describes the items whose pages are all done, and says what became of their files."""
        while pages.finished:
            item_id = pages.finished.popleft()
            read = item_id in pages.read
            planned = self._planned[item_id]
            with writing(self.catalog) as connection:
                if read or self._described_by(planned) != items.item(connection, item_id).described_by:
                    evidence = self._evidence(connection, item_id)
                    if self._describe(connection, item_id, planned, evidence, final=True):
                        journal.post(connection, (page.id for page in items.pages(connection, item_id)))
                        if not read:
                            for part in planned.parts:
                                self._tally[part.file.path].notes.append("its description was updated")
            for entry in self._tally.finished(item_id):
                yield self._note(entry.outcome())

    def _evidence(self, connection, item_id: str) -> TextEvidence:
        """What the item's pages say: its first words, its date, its languages."""
        pages = [page for page in items.pages(connection, item_id) if page.role != "target"]
        languages = {row.language for page in pages if (row := readings.reading(connection, page.shown_reading))}
        layout = readings.layout(connection, pages[0].shown_reading) if pages else None
        if layout is None:
            return TextEvidence(languages=tuple(sorted(languages - {"und"})))
        said = items.description(connection, item_id)
        language = next(iter(languages)) if len(languages) == 1 else None
        found = unit_date(layout.text, language, said.first("genre") or None)
        return TextEvidence(layout.text, found.value.edtf if found else "", found.text if found else "",
                            tuple(sorted(languages - {"und"})))

    def _describe(self, connection, item_id: str, planned: PlannedItem, evidence: TextEvidence, *, final: bool) -> bool:
        """Writes the item's description; returns whether it changed."""
        first = self._tally[planned.parts[0].file.path].file
        described = describe(planned.row, first.embedded if first else (), evidence, file=planned.name)
        row = planned.row
        component = tree.component_by_ref(connection, row.parent_ref_id) if row and row.parent_ref_id else None
        standing, item = items.description(connection, item_id), items.item(connection, item_id)
        component_id = component.id if component else None
        items.set_description(connection, item_id, described, component_id,
                              self._described_by(planned) if final else "")
        return standing != described or item.component_id != component_id

    def _described_by(self, planned: PlannedItem) -> str:
        row, first = planned.row, self._tally[planned.parts[0].file.path].file
        return ledger.recipe(row=[row.parent_ref_id, *map(str, row.statements)] if row else None,
                             embedded=first.embedded if first else None, recipe=self._recipe, name=planned.name)

    # -- index

    def _feed(self) -> None:
        """Feeds the index from the outbox; where the engine is down the outbox keeps it all."""
        if self.index_trouble is not None:
            return
        self.progress.stage("index", 0)
        try:
            indexing.catch_up(self.config, self.catalog)
        except EngineError as trouble:
            self.index_trouble = trouble
