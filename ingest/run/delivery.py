"""The transcripts delivered with a run's masters: which there are, which page each is of, what became of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from archive.reason import Reason
from ingest.intake.survey import SurveyedFile
from ingest.run.tally import Entry, Tally
from ingest.sheets import Sheets
from ingest.transcripts import Delivered, format_of
from ingest.transcripts.pairing import PRECEDENCE, OfMaster, candidates, paired

#: What is to be done to have them used.
ASK = "add --transcripts to use it instead of reading"
#: Masters that a reason names; more are the same scan in still more formats.
_NAMED = 3


class Delivery:
    """The transcripts among some files. `masters` are the other files; `used` says whether they were asked for.

    A file that a row of the metadata names is what the row says, and no transcript.
    """

    def __init__(
        self, files: Iterable[SurveyedFile] = (), sheets: Mapping[Path, Sheets] | None = None, *, used: bool = False
    ):
        files = tuple(files)
        named = _named(sheets or {})
        found = candidates(file.path for file in files)
        self._formats = {path: format for path in found if path not in named and (format := _format(path))}
        self._of = paired(found, self._formats)
        self._masters_of = {path: found[path][0] for path in self._formats}
        self.masters = tuple(file for file in files if file.path not in self._formats)
        self.used = used
        self._tally = Tally()
        self._at: dict[int, list[Path]] = {}

    def __contains__(self, path: Path) -> bool:
        return path in self._formats

    def enter(self, tally: Tally, used_before: Collection[int] = ()) -> None:
        """Takes the files as they were identified, and says of each transcript whose it is; pages have their words from
        the files `used_before` already."""
        self._tally = tally
        for path in self._formats:
            entry = tally[path]
            # A place not noted yet: it is new, has changed, or its outcome is still to be said.
            entry.kept = not self.used or entry.file_id not in used_before
            if entry.place is not None:
                self._touch(entry)
        if self.used:
            for master in self._of:
                self._at.setdefault(tally[master].file_id, []).append(master)

    def _touch(self, entry: Entry) -> None:
        """There is something to say of a transcript: whose it is. Of an unchanged one there is not."""
        if entry.touched:
            return
        entry.touched, of = True, self._called(entry.path)
        if not self.used:
            entry.note(Reason.TRANSCRIPT_UNUSED, f"a transcript of {of}, not used: {ASK}")
        elif better := self._better(entry.path):
            entry.note(Reason.TRANSCRIPT_UNUSED, f"a transcript of {of}, not used: {better.name} is")
        else:
            entry.note(Reason.TRANSCRIPT, f"transcript of {of}")

    def _called(self, path: Path) -> str:
        names = sorted(master.name for master in self._masters_of[path])
        return ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")

    def _better(self, path: Path) -> Path | None:
        """The transcript that stands in the way of this one, everywhere."""
        ways = [
            way
            for master in self._masters_of[path]
            for way in (self._of[master].whole, *self._of[master].pages.values())
            if path in way
        ]
        return ways[0][0] if all(way[0] != path for way in ways) else None

    # -- for an item

    def beside(self, entries: Iterable[Entry]) -> list[Path]:
        """The transcripts of these masters, where they are asked for."""
        of = [self._of.get(entry.path) for entry in entries] if self.used else []
        every = (path for one in of if one for way in (one.whole, *one.pages.values()) for path in way)
        return [path for path in dict.fromkeys(every) if self._tally[path].file_id]

    def waits_in_vain(self) -> None:
        """Says it of the transcripts whose masters were not taken in, and so of no item."""
        for path in self._formats if self.used else ():
            entry = self._tally[path]
            if entry.touched and not entry.items:
                entry.note(Reason.TRANSCRIPT_UNUSED, "not used: its master was not taken in")

    # -- for a page

    def of(self, master: Path, frame: int, frames: int) -> Delivered | None:
        """The transcript that a page is to be taken from."""
        path, page = self._chosen(master, frame)
        return Delivered(path, self._formats[path], page, frames) if path else None

    def wanted(self, file_id: int, frame: int) -> set[int]:
        """The ids of the transcripts that a page of a master is to be taken from, where one is asked for; of the same
        bytes in several places each may have its own."""
        chosen = (self._chosen(master, frame)[0] for master in self._at.get(file_id, ()))
        return {self._tally[path].file_id for path in chosen if path}

    def id_of(self, delivered: Delivered | None) -> int | None:
        """The number of a transcript in the catalog."""
        return self._tally[delivered.path].file_id if delivered else None

    def _chosen(self, master: Path, frame: int) -> tuple[Path | None, int | None]:
        of = self._of.get(master, OfMaster()) if self.used else OfMaster()
        ways = [(path, None) for path in of.pages.get(frame, ())] + [(path, frame) for path in of.whole]
        ways = [way for way in ways if self._tally[way[0]].file_id]
        return min(ways, key=lambda way: PRECEDENCE.index(self._formats[way[0]]), default=(None, None))

    def was_used(self, delivered: Delivered) -> None:
        """A page has its words from it."""
        entry = self._tally[delivered.path]
        self._touch(entry)
        entry.kept = False

    def was_not_used(self, delivered: Delivered, page: int, why: str) -> None:
        """A page was read, for its transcript says nothing of it or is another's."""
        entry = self._tally[delivered.path]
        self._touch(entry)
        entry.note(Reason.TRANSCRIPT_UNUSED, f"not used{f' for page {page}' if delivered.of > 1 else ''}: {why}")


def _named(sheets: Mapping[Path, Sheets]) -> Collection[Path]:
    """What rows name as files, also those that were refused."""
    return {
        folder / name
        for folder, said in sheets.items()
        for name in (*said.held, *(part.file for row in said.items for part in row.parts))
    }


def _format(path: Path) -> str:
    try:
        return format_of(path)
    except OSError:
        return ""  # what hinders it will be said when the file is identified
