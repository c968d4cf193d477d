"""Gives every file of a run its entry: known by its place, size and time, else hashed and looked into by workers.

What workers find is remembered as it comes (archive.catalog.identified), so that an interrupted run hashes no file
twice, and settled in portions, in the order of the survey: which of two twins is the first is no chance.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

from sqlalchemy import Connection

from archive import __version__
from archive.catalog import files, identified, items, journal, outcomes
from archive.catalog.connect import writing
from archive.reason import Reason
from archive.record import File, Frame, Location
from archive.unit import Unit
from ingest.execution import Executor, Failure
from ingest.intake.identify import Identified, IdentifyTask, identify
from ingest.intake.survey import SurveyedFile
from ingest.run.delivery import Delivery
from ingest.run.recipe import fingerprint
from ingest.run.run import Run
from ingest.run.tally import Entry
from ingest.run.twins import Twins
from ingest.sheets import Sheets, named_by

#: A class of error that says: not our fault, the file cannot be taken in.
_REFUSALS = {"ScanError", "Unreadable", "Encrypted", "Unsupported", "TooLarge"}
#: Files settled in one transaction, and seconds after which what was found is remembered though they are fewer.
PORTION, PAUSE = identified.PORTION, 5.0


def register(
    run: Run, found: Sequence[SurveyedFile], sheets: Mapping[Path, Sheets], delivery: Delivery, executor: Executor
) -> Twins:
    """Enters every file in the tally; returns where bytes are that are met more than once. What the spreadsheets name
    is kept where it cannot be read."""
    with writing(run.catalog) as connection:
        roots = dict.fromkeys(file.root for file in found)
        names = {root: files.put_root(connection, root, run.config.roots) for root in roots}
        mounted = files.mounted(connection, run.config)
    with run.catalog.connect() as connection:
        doubted = outcomes.files_failed_for(connection, Reason.CHANGED)
        known = {
            root: files.locations_below(connection, name, _folder_above(found, root)) for root, name in names.items()
        }
    strange = []
    for one in found:
        entry = run.tally.add(Entry(one.folder, one.name, names[one.root]))
        before = known[one.root].get(one.relative)
        if before and before[1:] == (one.size, one.mtime_ns):
            entry.file_id = before[0]
            if not run.verify and before[0] not in doubted:
                continue
        strange.append(one)
    del known
    twins = Twins(run.catalog, mounted)
    registering = _Registering(run, sheets, delivery, twins, doubted, strange)
    run.progress.stage("identify", len(strange))
    try:
        with closing(executor.run(identify, registering.tasks(), run.config.ingest.file_timeout)) as results:
            for task, result in results:
                registering.arrived(task, result)
    finally:
        registering.remember()
    registering.settle()
    return twins


class _Registering:
    """The strange files of a run, from the task to the entry. `doubted` are known files that are to be looked at anew,
    whatever is known."""

    def __init__(
        self,
        run: Run,
        sheets: Mapping[Path, Sheets],
        delivery: Delivery,
        twins: Twins,
        doubted: frozenset[int],
        strange: Iterable[SurveyedFile],
    ):
        self._run, self._sheets, self._delivery, self._twins, self._doubted = run, sheets, delivery, twins, doubted
        self._waiting = deque(strange)
        self._strange = tuple(self._waiting)
        self._under_way: dict[Path, SurveyedFile] = {}
        self._results: dict[Path, Identified | Failure] = {}
        self._fresh: list[identified.IdentifiedFile] = []
        self._remembered = time.monotonic()
        self._marks: dict[tuple[bool, bool], str] = {}

    def tasks(self) -> Iterator[IdentifyTask]:
        """The files to be looked into, drawn as workers come free; those that an interrupted run looked into are
        not."""
        for start in range(0, len(self._strange), PORTION):
            portion = self._strange[start : start + PORTION]
            recalled = self._recall(portion)
            for one in portion:
                task = self._task(one)
                before = recalled.get(one.path)
                if before is not None and before.mark == self._mark(task):
                    self._results[one.path] = _as_found(before.found)
                    self._run.progress.advance()
                else:
                    self._under_way[one.path] = one
                    yield task
            self._settle_portion()

    def _recall(self, portion: Iterable[SurveyedFile]) -> dict[Path, identified.IdentifiedFile]:
        found = {}
        entry = self._run.tally.__getitem__
        with self._run.catalog.connect() as connection:
            for root, group in groupby(portion, key=lambda one: entry(one.path).root):
                of_root = {one.relative: one for one in group if entry(one.path).file_id not in self._doubted}
                for relative, before in identified.recall(connection, root, list(of_root)).items():
                    one = of_root[relative]
                    if (before.bytes, before.modified_ns) == (one.size, one.mtime_ns):
                        found[one.path] = before
        return {} if self._run.verify else found

    def _task(self, one: SurveyedFile) -> IdentifyTask:
        named = named_by(self._sheets, one.path)
        return IdentifyTask(one.path, one.size, self._run.config.ingest, named, one.path in self._delivery)

    def _mark(self, task: IdentifyTask) -> str:
        how = task.named, task.transcript
        if how not in self._marks:
            settings = self._run.config.ingest
            self._marks[how] = fingerprint(version=__version__, settings=settings, named=how[0], transcript=how[1])
        return self._marks[how]

    def arrived(self, task: IdentifyTask, result: Identified | Failure) -> None:
        """What a worker found of a file."""
        one = self._under_way.pop(task.path)
        self._results[task.path] = result
        if isinstance(result, Failure) or result.refused is not None:
            self._run.progress.fail()
        else:
            row = (self._run.tally[one.path].root, one.relative, one.size, one.mtime_ns, self._mark(task))
            self._fresh.append(identified.IdentifiedFile(*row, _as_kept(result)))
        self._run.progress.advance()
        if len(self._fresh) >= PORTION or time.monotonic() > self._remembered + PAUSE:
            self.remember()
            self._settle_portion()

    def remember(self) -> None:
        """Keeps what workers found since the last time."""
        if self._fresh:
            with writing(self._run.catalog) as connection:
                identified.remember(connection, self._run.batch.id, self._fresh)
        self._fresh, self._remembered = [], time.monotonic()

    def _settle_portion(self) -> None:
        if len(self._results) >= PORTION:
            self.settle()

    def settle(self) -> None:
        """Brings the files that came, up to the first that did not, into the catalog and their entries."""
        while portion := list(self._came()):
            self._settle_all(portion)

    def _came(self) -> Iterator[tuple[SurveyedFile, Identified | Failure]]:
        """The next files that came, no more than a portion: however many waited for a slow one before them."""
        for _ in range(PORTION):
            if not self._waiting or self._waiting[0].path not in self._results:
                return
            one = self._waiting.popleft()
            yield one, self._results.pop(one.path)

    def _settle_all(self, portion: Sequence[tuple[SurveyedFile, Identified | Failure]]) -> None:
        may_be_twins: set[Entry] = set()
        with writing(self._run.catalog) as connection:
            for one, result in portion:
                entry = self._run.tally[one.path]
                if self._settle(connection, entry, one, result):
                    may_be_twins.add(entry)
        # The disk is looked at when the catalog is not held any more.
        with self._run.catalog.connect() as connection:
            for one, _ in portion:
                entry = self._run.tally[one.path]
                if entry in may_be_twins:
                    entry.twin = self._twins.of(connection, entry)
                if entry.file_id and entry.place is not None:
                    self._twins.met(entry)

    def _settle(self, connection: Connection, entry: Entry, one: SurveyedFile, result: Identified | Failure) -> bool:
        """Enters what was found of a file; returns whether its bytes may be known at another place."""
        expected, entry.file_id = entry.file_id, 0
        if isinstance(result, Failure):
            text = f"{result.reason}. {result.remedy}".strip()
            (entry.refuse if result.error_class in _REFUSALS else entry.fail)(result.code, text)
            return False
        entry.sha256 = result.sha256
        if expected and (before := files.file(connection, expected)).sha256 != result.sha256:
            entry.fail(
                Reason.CHECKSUM,
                f"has other bytes than were taken in, though its size and time are the same (SHA-256 {result.sha256}, "
                f"expected {before.sha256}). Put it back from a copy; the disk may be failing",
            )
            return False
        if result.refused is not None:
            entry.refuse(result.refused.code, f"{result.refused.message}. {result.refused.remedy}".strip())
            return False
        entry.note(Reason.KEPT_UNREAD if result.kept else Reason.NOTED, *result.notes)
        known = files.file_by_sha256(connection, result.sha256)
        if known is not None and known.id in self._doubted:
            known = _identified_anew(connection, known, result.file)
        if known is not None and not known.embedded and result.file.embedded:
            files.set_embedded(connection, known.id, result.file.embedded)  # it was erased with its item
        entry.file_id = (known or files.add_file(connection, result.file)).id
        # Kept from its item until that is brought up to date: what stood at this place before tells which it is.
        entry.place = Location(entry.file_id, entry.root, one.relative, one.size, one.mtime_ns)
        return known is not None and not expected and one.path not in self._delivery


def _as_kept(found: Identified) -> dict:
    """What was found, as JSON can have it."""
    return {"file": asdict(found.file), "notes": found.notes, "kept": found.kept}


def _as_found(kept: dict) -> Identified:
    said = kept["file"]
    frames, embedded = tuple(Frame(**one) for one in said["frames"]), tuple(map(tuple, said["embedded"]))
    file = File(**{**said, "frames": frames, "embedded": embedded})
    return Identified(file.sha256, file, tuple(kept["notes"]), kept=kept["kept"])


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
                journal.note(connection, "identify anew", Unit.page(page.id), width=canvas.width, height=canvas.height)
    return files.file(connection, known.id)


def _folder_above(found: Sequence[SurveyedFile], root: Path) -> str:
    """The folder below a root that holds all files found there; empty for the root itself."""
    below = [file.relative for file in found if file.root == root]
    return os.path.commonprefix([min(below), max(below)]).rpartition("/")[0]
