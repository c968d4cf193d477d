"""What a metadata spreadsheet says, as values: rows of items, pages and components, and problems."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from archive.description import Statement
from ingest.sheets.table import Table


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a spreadsheet. An `error` left something out (`scope`: the cell, the row, the
    whole file) or lacks something; a `warning` does neither: the value was used as it stands, or as `proposed`.

    `row` is the number the spreadsheet shows, 0 where the whole file is meant; `value` is the cell as
    written, `proposed` what it probably was.
    """

    sheet: str
    row: int
    column: str
    severity: Literal["error", "warning"]
    message: str
    remedy: str = ""
    scope: Literal["cell", "row", "file"] = "cell"
    value: str = ""
    proposed: str = ""

    @property
    def refuses(self) -> bool:
        """True where the row (or every row) was not taken in."""
        return self.severity == "error" and self.scope != "cell"

    def __str__(self) -> str:
        return self._of(f"row {self.row}" if self.row else "")

    def _of(self, rows: str) -> str:
        where = ", ".join(filter(None, (self.sheet, rows, self.column)))
        return f"{where}: {self.message.rstrip('.')}. {self.remedy}".rstrip()


def folded(problems: Iterable[Problem]) -> tuple[str, ...]:
    """Problems as lines to print; what is the same in many rows is one line that names them all."""
    same: dict[Problem, list[int]] = {}
    for one in problems:
        same.setdefault(replace(one, row=0), []).append(one.row)
    return tuple(f"{one.severity}: {one._of(_rows(rows))}" for one, rows in same.items())


def _rows(numbers: list[int]) -> str:
    counted = sorted(set(numbers) - {0})
    return f"row{'s' * (len(counted) > 1)} {PageRange(tuple(counted))}" if counted else ""


@dataclass(frozen=True, slots=True)
class PageRange:
    """Pages of a file, counted from 1, in the order they are wanted."""

    numbers: tuple[int, ...]

    @property
    def last(self) -> int:
        return max(self.numbers)

    def __str__(self) -> str:
        spans: list[list[int]] = []
        for number in self.numbers:
            if spans and number == spans[-1][1] + 1:
                spans[-1][1] = number
            else:
                spans.append([number, number])
        return ",".join(f"{a}" if a == b else f"{a}-{b}" for a, b in spans)


@dataclass(frozen=True, slots=True)
class Part:
    """One file of an item: its path relative to the folder (`/` between names), the pages of it that are
    the item's (None: all), and the SHA-256 that the spreadsheet expects (or empty)."""

    file: str
    pages: PageRange | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class AccessDeclaration:
    """What a row says of access: `open`, `closed`, `suppressed` or `withdrawn`, with reason and authority."""

    state: str
    reason: str = ""
    authority: str = ""
    review_date: date | None = None


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One row of the metadata spreadsheet; `access` is None where the row says nothing and inherits. `sheet` names the
    spreadsheet and its worksheet, as problems do."""

    row: int
    id: str
    parts: tuple[Part, ...]
    parent_ref_id: str = ""
    statements: tuple[Statement, ...] = ()
    box: str = ""
    folder: str = ""
    barcode: str = ""
    access: AccessDeclaration | None = None
    # No part of what is compared: a row moved to another worksheet says the same.
    sheet: str = field(default="", repr=False, compare=False)

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(part.file for part in self.parts)


@dataclass(frozen=True, slots=True)
class PageRow:
    """One row of pages.csv: of the item `id`, the page at `sequence` (from 1) or in `file`."""

    row: int
    id: str
    sequence: int | None = None
    file: str = ""
    label: str = ""
    role: str = ""
    access: AccessDeclaration | None = None
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ComponentRow:
    """One row of components.csv; `parent_ref_id` is empty for the collection."""

    row: int
    ref_id: str
    parent_ref_id: str = ""
    level: str = ""
    unitid: str = ""
    title: str = ""
    date: str = ""
    date_edtf: str = ""
    description: str = ""
    access: AccessDeclaration | None = None


@dataclass(frozen=True, slots=True)
class DoubtfulRow:
    """A row that was not understood and may restrict what it names: an item by its `id` and `files` (relative paths),
    or a `component` by its ref_id. `unfound` are the files it names that are not there, `access` what it declares,
    where that is told. One with a `parent` (a ref_id) may restrict only if that component does: it says nothing of
    access itself."""

    row: int
    sheet: str = field(compare=False)
    id: str = ""
    files: tuple[str, ...] = ()
    unfound: tuple[str, ...] = ()
    access: AccessDeclaration | None = None
    component: str = ""
    parent: str = ""


@dataclass(frozen=True)
class Sheets:
    """All that the spreadsheets of one folder say. Components stand parents first.

    `held` are the files (relative paths) of rows that were refused: what such a row says, a restriction perhaps, is not
    known, so its files wait. `rest_held` is true where a row restricts a file that was not found: it may be any that no
    row names, so those wait. `refused` is true where the metadata could not be used as a whole: then every file of the
    folder waits. `used` are the names of the files that were read, `leftover` the worksheets of these that are of no
    kind, and `unfound` the files that rows name and that are not there. `doubtful` are the rows not understood that may
    restrict what the archive has already; `unread` tables of which no row could be told.
    """

    items: tuple[ItemRow, ...] = ()
    pages: tuple[PageRow, ...] = ()
    components: tuple[ComponentRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    held: frozenset[str] = frozenset()
    rest_held: bool = False
    refused: bool = False
    used: frozenset[str] = field(default=frozenset(), compare=False)
    leftover: tuple[Table, ...] = field(default=(), compare=False)
    unfound: frozenset[str] = frozenset()
    doubtful: tuple[DoubtfulRow, ...] = ()
    unread: tuple[Table, ...] = field(default=(), compare=False)

    def without_rows(self) -> Sheets:
        """These sheets where their folder waits as a whole: no row is taken in, and those that restrict become
        doubtful."""
        silent = [
            DoubtfulRow(one.row, one.sheet, one.id, one.files, parent=one.parent_ref_id)
            for one in self.items
            if one.access is None and one.parent_ref_id
        ]
        rows = [
            DoubtfulRow(one.row, one.sheet, one.id, one.files, access=one.access)
            for one in self.items
            if one.access and one.access.state != "open"
        ]
        pages = [
            DoubtfulRow(one.row, "pages", one.id, (one.file,) if one.file else ())
            for one in self.pages
            if one.access and one.access.state != "open"
        ]
        return replace(self, items=(), pages=(), refused=True, doubtful=(*self.doubtful, *silent, *rows, *pages))

    @functools.cached_property
    def named(self) -> frozenset[str]:
        """The files and folders (relative paths) that rows name."""
        return frozenset(part.file for row in self.items for part in row.parts)

    def names(self, file: str) -> bool:
        """True where a row names `file`, or the folder it stands in."""
        return file in self.named or file.rpartition("/")[0] in self.named

    def holds(self, file: str) -> bool:
        """True where `file`, which no row in `items` names, must not be taken in without one."""
        return self.refused or self.rest_held or file in self.held
