"""Gives every file of a run its entry: known by its place, size and time, else hashed and looked into by workers."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Connection, Engine

from archive.catalog import files, items, journal
from archive.catalog.connect import writing
from archive.config import Config
from archive.record import File, Location
from ingest.execution import Executor, Failure
from ingest.intake.identify import IdentifyTask, identify
from ingest.intake.survey import SurveyedFile
from ingest.run import ledger
from ingest.run.delivery import Delivery
from ingest.run.progress import Progress
from ingest.run.tally import Entry, Tally
from ingest.sheets import Sheets, named_by
from ingest.tools.images import OTHERWISE_IDENTIFIED

#: A class of error that says: not our fault, the file cannot be taken in.
_REFUSALS = {"ScanError", "Unreadable", "Encrypted", "Unsupported", "TooLarge"}


class Identification:
    """The first stage of a run. With `verify`, files that look unchanged are hashed, too."""

    def __init__(self, config: Config, catalog: Engine, tally: Tally, progress: Progress, verify: bool = False):
        self._config = config
        self._catalog = catalog
        self._tally = tally
        self._progress = progress
        self._verify = verify
        self._mounted: dict[str, Path] = {}
        self._settled: dict[int, Path] = {}
        self._doubted: frozenset[int] = frozenset()

    def enter(
        self, found: tuple[SurveyedFile, ...], sheets: Mapping[Path, Sheets], delivery: Delivery, executor: Executor
    ) -> dict[Path, str]:
        """Enters every file in the tally; returns the roots' names by their folders. What the spreadsheets name is
        kept where it cannot be read."""
        strange: dict[Path, SurveyedFile] = {}
        with writing(self._catalog) as connection:
            roots = dict.fromkeys(file.root for file in found)
            names = {root: files.put_root(connection, root, self._config.roots) for root in roots}
            self._mounted = files.mounted(connection, self._config)
            known = {
                root: files.locations_below(connection, name, _folder_above(found, root))
                for root, name in names.items()
            }
            self._doubted = ledger.files_that_said(connection, OTHERWISE_IDENTIFIED)
        for one in found:
            entry = self._tally.add(Entry(one.path, one.relative, names[one.root]))
            standing = known[one.root].get(one.relative)
            if standing and standing[1:] == (one.size, one.mtime_ns):
                entry.file_id = standing[0]
                if not self._verify and standing[0] not in self._doubted:
                    continue
            strange[one.path] = one
        self._progress.stage("identify", len(strange))
        tasks = [
            IdentifyTask(one.path, one.size, self._config.ingest, named_by(sheets, one.path), one.path in delivery)
            for one in strange.values()
        ]
        results = {}
        for task, result in executor.run(identify, tasks, self._config.ingest.file_timeout):
            results[task.path] = result
            if isinstance(result, Failure) or result.refused is not None:
                self._progress.fail()
            self._progress.advance()
        # In the order of the survey, whatever came back first: which of two twins is the first is no chance.
        with writing(self._catalog) as connection:
            for path, one in strange.items():
                self._settle(connection, self._tally[path], one, results[path], transcript=path in delivery)
        return names

    def _settle(self, connection: Connection, entry: Entry, one: SurveyedFile, result, *, transcript: bool) -> None:
        expected, entry.file_id = entry.file_id, 0
        if isinstance(result, Failure):
            text = f"{result.reason}. {result.remedy}".strip()
            if result.error_class in _REFUSALS:
                entry.refused = text
            else:
                entry.broken = text
            return
        entry.sha256 = result.sha256
        if expected and (before := files.file(connection, expected)).sha256 != result.sha256:
            entry.broken = (
                f"has other bytes than were taken in, though its size and time are the same (SHA-256 {result.sha256}, "
                f"expected {before.sha256}). Put it back from a copy; the disk may be failing"
            )
            return
        if result.refused is not None:
            entry.refused = f"{result.refused.message}. {result.refused.remedy}".strip()
            return
        entry.note(*result.notes)
        known = files.file_by_sha256(connection, result.sha256)
        if known is not None and known.id in self._doubted:
            known = _identified_anew(connection, known, result.file)
        entry.file = known or files.add_file(connection, result.file)
        entry.file_id = entry.file.id
        if known is not None and not expected and not transcript:
            entry.twin = self.twin(connection, entry)
        self._settled.setdefault(entry.file_id, entry.path)
        # Kept from its item until that is brought up to date: what stood at this place before tells which it is.
        entry.place = Location(entry.file_id, entry.root, one.relative, one.size, one.mtime_ns)

    def twin(self, connection: Connection, entry: Entry) -> str:
        """The place where the same bytes were known first, and still are; empty where that is here."""
        for place in files.locations_of(connection, entry.file_id):
            path = self._mounted[place.root] / place.path
            if path == entry.path:
                return ""
            if path.is_file():
                return str(path)
        first = self._settled.get(entry.file_id, entry.path)
        return "" if first == entry.path else str(first)


def _identified_anew(connection: Connection, known: File, found: File) -> File:
    """The file with the frames that are found in it now; pages whose canvas is another are to be read anew."""
    if len(found.frames) != len(known.frames) or found.frames == known.frames:
        return known
    files.set_frames(connection, known.id, found.frames)
    for item in items.items_of_file(connection, known.id):
        for page in (*items.pages(connection, item.id), *items.pages_taken_out(connection, item.id)):
            canvas = found.frames[page.frame - 1]
            if page.file_id == known.id and (page.width, page.height) != (canvas.width, canvas.height):
                items.set_master(connection, page.id, known.id, page.frame, canvas.width, canvas.height, canvas.dpi)
                journal.note(connection, "identify anew", "page", page.id, width=canvas.width, height=canvas.height)
    return files.file(connection, known.id)


def _folder_above(found: tuple[SurveyedFile, ...], root: Path) -> str:
    """The folder below a root that holds all files found there; empty for the root itself."""
    below = [file.relative for file in found if file.root == root]
    return os.path.commonprefix([min(below), max(below)]).rpartition("/")[0]
