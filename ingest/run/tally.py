"""Keeps count of what becomes of each file of a run, until all items it is part of are finished."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from archive.outcome import ADDED, DUPLICATE, FAILED, KEPT, REFUSED, UNCHANGED, FileOutcome
from archive.reason import Reason
from archive.record import Location


@dataclass(eq=False, slots=True)
class Entry:
    """One file under way. `twin` is a path at which the same bytes are known; `file_id` is known of every file that
    could be identified, `sha256` of those that were looked into in this run."""

    folder: Path
    name: str
    root: str
    file_id: int = 0
    sha256: str = ""
    twin: str = ""
    touched: bool = False
    kept: bool = False
    refused: str = ""
    broken: str = ""
    #: Of why it is refused or broken; else of the first page that failed.
    code: str = ""
    notes: list[str] | None = None
    #: Of the first note.
    noted: str = ""
    items: tuple[str, ...] = ()
    pages: int = 0
    failed: list[tuple[str, str]] | None = None
    waiting: int = 0
    #: Where it is, to be noted once its item is up to date.
    place: Location | None = None

    @property
    def path(self) -> Path:
        return self.folder / self.name

    def note(self, code: Reason, *notes: str) -> None:
        """Something to be said of the file, whatever becomes of it."""
        if notes:
            self.noted = self.noted or code
            self.notes = [*(self.notes or ()), *notes]

    def refuse(self, code: Reason, text: str) -> None:
        """It is not taken in."""
        self.refused, self.code = text, code

    def fail(self, code: Reason, text: str) -> None:
        """It cannot be taken in as it is now."""
        self.broken, self.code = text, code

    def page_failed(self, frame: int, code: Reason, text: str) -> None:
        """A page of it could not be read."""
        self.code = self.code or code
        self.failed = [*(self.failed or ()), (str(frame), text)]

    def take_place(self) -> Location | None:
        """The file's place, where that is still to be noted: the caller notes it, and nobody after it."""
        place, self.place = self.place, None
        return place

    def outcome(self, sha256: str = "") -> FileOutcome:
        """What became of it, in the words of the ledger; `sha256` where the entry does not know it."""
        reasons, code = list(self.notes or ()), self.code or self.noted
        if self.refused:
            kind, reasons = REFUSED, [self.refused, *reasons]
        elif self.broken:
            kind, reasons = FAILED, [self.broken, *reasons]
        elif self.failed:
            pages = "; ".join(f"page {label}: {reason}" for label, reason in self.failed[:20])
            more = f"; and {len(self.failed) - 20} more" if len(self.failed) > 20 else ""
            kind = FAILED
            reasons = [f"{len(self.failed)} of {self.pages} pages could not be read: {pages}{more}", *reasons]
        elif self.twin:
            kind, code, reasons = DUPLICATE, Reason.DUPLICATE, [f"the same bytes as {self.twin}", *reasons]
        else:
            kind = UNCHANGED if not self.touched else KEPT if self.kept else ADDED
        return FileOutcome(
            self.path,
            self.sha256 or sha256,
            kind,
            ". ".join(filter(None, reasons)),
            self.items,
            self.pages,
            tuple(self.failed or ()),
            code,
        )


class Tally:
    """The entries of a run by path, and which items each waits for."""

    def __init__(self):
        #: By folder and name: of a million paths, the folders are held once.
        self._entries: dict[Path, dict[str, Entry]] = {}
        self._of_item: dict[str, list[Entry]] = {}

    def add(self, entry: Entry) -> Entry:
        self._entries.setdefault(entry.folder, {})[entry.name] = entry
        return entry

    def __iter__(self) -> Iterator[Entry]:
        return chain.from_iterable(of_folder.values() for of_folder in self._entries.values())

    def __getitem__(self, path: Path) -> Entry:
        return self._entries[path.parent][path.name]

    def get(self, path: Path) -> Entry | None:
        return self._entries.get(path.parent, {}).get(path.name)

    def wait(self, item_id: str, paths: Iterable[Path]) -> None:
        """The files at `paths` are finished only when this item is."""
        entries = [self[path] for path in dict.fromkeys(paths)]
        for entry in entries:
            entry.items += (item_id,)
            entry.waiting += 1
        self._of_item[item_id] = entries

    def of_page(self, item_id: str, file_id: int) -> Entry | None:
        """The entry of the master that a page of an item stands in."""
        return next((one for one in self._of_item.get(item_id, ()) if one.file_id == file_id), None)

    def finished(self, item_id: str) -> Iterator[Entry]:
        """The files that wait for nothing any more, now that this item is finished."""
        for entry in self._of_item.pop(item_id, ()):
            entry.waiting -= 1
            if entry.waiting == 0:
                yield entry

    def idle(self) -> Iterator[Entry]:
        """The files that wait for no item: refused, held, unchanged, or duplicates that no row describes."""
        return (entry for entry in self if not entry.waiting)

    def of_item(self, item_id: str) -> list[Entry]:
        """The entries that wait for this item."""
        return self._of_item.get(item_id, [])
