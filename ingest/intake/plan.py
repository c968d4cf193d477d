"""Which files make which items: by the spreadsheets' rows, by page folders, else a file an item. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from archive.reason import Reason
from ingest.intake.survey import SurveyedFile
from ingest.sheets.rows import ItemRow, PageRange, PageRow, Sheets

#: `<folder>-0012.tif`: the page number stands after the last dash.
_PAGE_NUMBER = re.compile(r"-(\d+)$")


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """One master of an item, and which of its pages are the item's (None: all)."""

    file: SurveyedFile
    pages: PageRange | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """An item to be: its row, where it has one; its masters in order; the rows of its pages.

    `sheet` is the folder of its spreadsheet; `origin` names it by its root, so that `0001` of one folder is
    not `0001` of another.
    """

    parts: tuple[PlannedPart, ...]
    row: ItemRow | None = None
    sheet: Path | None = None
    page_rows: tuple[PageRow, ...] = ()
    origin: str = ""

    @property
    def name(self) -> str:
        """The path its title is devised from where nothing else gives one."""
        if len(self.parts) > 1:
            return PurePosixPath(self.parts[0].file.relative).parent.name
        return self.parts[0].file.relative

    def fingerprint(self, file_ids: Iterable[int], component_id: str) -> str:
        """A hash of all that it is laid out and described from: what has the same is unchanged.

        `file_ids` are those of its parts; `component_id` is what its row's `parent_ref_id` names now. The numbers of
        rows do not count: a row put in above changes nothing below.
        """
        laid_out = (
            self.origin,
            self.name,
            component_id,
            replace(self.row, row=0) if self.row else None,
            [replace(one, row=0) for one in self.page_rows],
            [
                (id, part.pages.numbers if part.pages else None, part.sha256)
                for id, part in zip(file_ids, self.parts, strict=True)
            ],
        )
        return hashlib.sha256(repr(laid_out).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Missing:
    """A file that a row names and that is not there."""

    path: Path
    reason: str
    remedy: str


class Held(NamedTuple):
    """A file that waits, for what may restrict it was not understood: why, and what to do."""

    file: SurveyedFile
    reason: str
    remedy: str
    code: Reason = Reason.NOT_READ


@dataclass(frozen=True)
class Plan:
    """Items in the archive's order, files that wait, files not there."""

    items: tuple[PlannedItem, ...]
    held: tuple[Held, ...] = ()
    missing: tuple[Missing, ...] = ()


def plan(
    files: Iterable[SurveyedFile],
    sheets: Mapping[Path, Sheets],
    given: Iterable[Path] = (),
    origins: Mapping[Path, str] | None = None,
    waiting: Mapping[Path, tuple[str, str]] | None = None,
) -> Plan:
    """The items that `files` make, where `sheets` are the spreadsheets by their folder.

    Rows come first, in their order; then page folders and single files, in order of path. `given` are the paths the run
    was asked for: a row whose file lies outside them is not missing, only not asked for. `origins` name the
    spreadsheets' folders by their roots. `waiting` has files that wait for something else beside them: why, what to do.
    An item of which one file waits, or of which only some files were asked for, waits whole.
    """
    waiting = waiting or {}
    by_folder: dict[Path, dict[str, SurveyedFile]] = {}
    for file in files:
        by_folder.setdefault(file.folder, {})[file.name] = file
    asked = tuple(given)

    items: list[PlannedItem] = []
    missing: list[Missing] = []
    held: list[Held] = []
    claimed: set[SurveyedFile] = set()
    for folder, said in sheets.items():
        page_rows: dict[str, list[PageRow]] = {}
        for page_row in said.pages:
            page_rows.setdefault(page_row.id, []).append(page_row)
        for row in said.items:
            parts: list[PlannedPart] = []
            elsewhere = ""
            for part in row.parts:
                path = folder / part.file
                one = by_folder.get(path.parent, {}).get(path.name)
                found = [one] if one is not None else _in_page_order(by_folder.get(path, {}).values())
                claimed.update(found)
                parts += [PlannedPart(file, part.pages, part.sha256) for file in found]
                elsewhere = elsewhere or ("" if found or _was_asked_for(path, asked) else part.file)
                if not found and _was_asked_for(path, asked):
                    missing.append(
                        Missing(
                            path,
                            f"row {row.row} of the metadata names this file, but it is not there",
                            "Put the file there, or correct the row.",
                        )
                    )
            reason = next((waiting[part.file.path] for part in parts if part.file.path in waiting), None)
            if parts and elsewhere and reason is None:
                reason = (
                    f"row {row.row} of the metadata in {folder.name} makes one item of it and of {elsewhere}, "
                    "which was not asked for",
                    f"Take in the folder {folder}.",
                )
            if reason:
                held += (Held(part.file, *reason) for part in parts)
            elif parts:
                items.append(
                    PlannedItem(
                        tuple(parts), row, folder, tuple(page_rows.get(row.id, ())), (origins or {}).get(folder, "")
                    )
                )

    for file in (file for found in by_folder.values() for file in found.values()):
        if file in claimed:
            continue
        if waiting and file.path in waiting:
            held.append(Held(file, *waiting[file.path]))
        elif why := _why_held(file, sheets):
            held.append(Held(file, why, "Correct the metadata and run again.", Reason.ROW_REFUSED))
    claimed.update(one.file for one in held)
    for folder, of_folder in sorted(by_folder.items(), key=lambda one: one[0]):
        free = [file for file in of_folder.values() if file not in claimed]
        if _is_page_folder(folder, free) and len(free) > 1:
            items.append(PlannedItem(tuple(PlannedPart(file) for file in _in_page_order(free))))
        else:
            items += [PlannedItem((PlannedPart(file),)) for file in free]
    return Plan(tuple(items), tuple({one.file.path: one for one in held}.values()), tuple(missing))


def _was_asked_for(path: Path, given: tuple[Path, ...]) -> bool:
    return not given or any(path == one or one in path.parents for one in given)


def _why_held(file: SurveyedFile, sheets: Mapping[Path, Sheets]) -> str:
    for folder, said in sheets.items():
        if folder in file.path.parents and said.holds(file.path.relative_to(folder).as_posix()):
            if said.refused:
                return "the metadata beside it could not be read, and might restrict it"
            return "its row in the metadata was refused, and might restrict it"
    return ""


def _is_page_folder(folder: Path, files: list[SurveyedFile]) -> bool:
    """Every file is named after the folder, with a page number after the last dash."""
    return bool(files) and all(
        _page_number(file) is not None and _PAGE_NUMBER.sub("", Path(file.name).stem) == folder.name for file in files
    )


def _page_number(file: SurveyedFile) -> int | None:
    found = _PAGE_NUMBER.search(Path(file.name).stem)
    return int(found[1]) if found else None


def _in_page_order(files: Iterable[SurveyedFile]) -> list[SurveyedFile]:
    """By the number after the last dash; files without one after those, by name."""

    def place(file: SurveyedFile):
        number = _page_number(file)
        return (number is None, number or 0, file.name)

    return sorted(files, key=place)
