"""What a check of a batch finds: one value for each thing, of a cell, a row, a spreadsheet, a file or an item."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from ingest.sheets.rows import PageRange, Problem

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. An `error` keeps something out of the archive or loses something that was said; a
    `warning` does neither, and wants a look.

    `sheet` is the spreadsheet's file and `worksheet` its part (`metadata`, `pages`, `components`, or another
    worksheet's title), where it is of a spreadsheet; `row` the number shown there, 0 for the whole; `file` is the
    master's path below the batch.
    """

    severity: Severity
    message: str
    remedy: str = ""
    sheet: Path | None = None
    worksheet: str = ""
    row: int = 0
    column: str = ""
    file: str = ""
    item: str = ""

    @property
    def text(self) -> str:
        """What is wrong and what to do, as it stands in a cell."""
        said = f"{self.message.rstrip('.')}. {self.remedy}".strip()
        return f"{self.column}: {said}" if self.column else said

    def as_json(self, batch: Path) -> dict:
        """The object that scripts may rely on; paths are below the batch."""
        return {
            "kind": self.severity,
            "message": self.message,
            "remedy": self.remedy,
            "sheet": _below(self.sheet, batch),
            "worksheet": self.worksheet,
            "row": self.row or None,
            "column": self.column,
            "file": self.file,
            "item": self.item,
        }


def _below(path: Path | None, batch: Path) -> str:
    if path is None:
        return ""
    return path.relative_to(batch).as_posix() if path.is_relative_to(batch) else str(path)


def of_problem(problem: Problem, folder: Path) -> Finding:
    """The finding that a problem of a spreadsheet in `folder` is.

    >>> one = of_problem(Problem("batch/metadata.xlsx (pages)", 3, "label", "warning", "odd"), Path("/batch"))
    >>> one.sheet.as_posix(), one.worksheet, one.row
    ('/batch/metadata.xlsx', 'pages', 3)
    """
    file, worksheet = of_name(problem.sheet)
    row = 0 if problem.scope == "file" else problem.row  # what is said of a heading is said of the whole
    return Finding(problem.severity, problem.message, problem.remedy, folder / file, worksheet, row, problem.column)


def of_name(name: str) -> tuple[str, str]:
    """A spreadsheet as problems name it, as its file and its worksheet; the first of a file is called as the file is.

    >>> of_name("batch/metadata.xlsx (Caja 4)"), of_name("batch/Metadata.csv")
    (('metadata.xlsx', 'Caja 4'), ('Metadata.csv', 'metadata'))
    """
    part = re.fullmatch(r"(?:[^/]*/)?([^/]*\.\w+) \((.*)\)", name, re.S)
    file = part[1] if part else name.rpartition("/")[2]
    return file, part[2] if part else Path(file).stem.casefold()


def lines(found: Iterable[Finding], batch: Path) -> tuple[str, ...]:
    """The findings as lines to print; what is the same in many rows, or of many files, is one line."""
    same: dict[Finding, list[Finding]] = {}
    for one in found:
        same.setdefault(replace(one, row=0, file="", item=""), []).append(one)
    return tuple(f"{one.severity}: {_where(all_of, batch)}{one.text}" for one, all_of in same.items())


def _where(found: list[Finding], batch: Path) -> str:
    first = found[0]
    rows = sorted({one.row for one in found} - {0})
    names = list(dict.fromkeys(one.file or f"item {one.item}" for one in found if one.file or one.item))
    shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    place = _below(first.sheet, batch)
    if place and first.worksheet and Path(place).stem.casefold() != first.worksheet:
        place = f"{place} ({first.worksheet})"
    said = (
        place,
        f"row{'s' * (len(rows) > 1)} {PageRange(tuple(rows))}" if rows else "",
        "" if rows and len(names) > 3 else shown,
    )
    return ", ".join(filter(None, said)) + ": " if any(said) else ""
