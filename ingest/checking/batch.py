"""A batch as it lies there, read but not taken in: its files, its spreadsheets, the items they would make."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ingest.checking.decoding import Seen
from ingest.checking.finding import Finding, Severity, of_name
from ingest.intake.plan import Plan, PlannedItem
from ingest.intake.survey import Survey
from ingest.sheets import Sheets


@dataclass(frozen=True)
class Batch:
    """A folder with all that was read of it; `seen` is empty where the masters were not opened."""

    folder: Path
    survey: Survey
    sheets: dict[Path, Sheets]
    plan: Plan
    seen: dict[Path, Seen] = field(default_factory=dict)

    @cached_property
    def items_of(self) -> dict[Path, list[PlannedItem]]:
        """Path of a master → the items it is part of."""
        found: dict[Path, list[PlannedItem]] = {}
        for item in self.plan.items:
            for path in dict.fromkeys(part.file.path for part in item.parts):
                found.setdefault(path, []).append(item)
        return found

    def metadata_of(self, folder: Path | None) -> Path | None:
        """The metadata spreadsheet of a folder: where there are several, the one that is read. None where there is
        none, or no folder."""
        found = sorted(
            sheet.path for sheet in self.survey.sheets if sheet.kind == "metadata" and sheet.path.parent == folder
        )
        used = self.sheets[folder].used if folder is not None and folder in self.sheets else frozenset()
        return next((path for path in found if path.name in used), found[0] if found else None)

    def described(self, path: Path) -> Path | None:
        """The nearest metadata spreadsheet above a master, where there is one."""
        return next(
            (sheet for folder in path.parents if folder in self.sheets and (sheet := self.metadata_of(folder))), None
        )

    def of_item(
        self, item: PlannedItem, severity: Severity, message: str, remedy: str = "", column: str = "", file: str = ""
    ) -> Finding:
        """A finding at the item's row; at its file or folder where no row describes it."""
        if item.row is None:
            name = item.parts[0].file.relative
            whole = name.rpartition("/")[0] if len(item.parts) > 1 else name
            return Finding(severity, message, remedy, file=file or whole)
        name, worksheet = of_name(item.row.sheet) if item.row.sheet else ("", "metadata")
        sheet = item.sheet / name if name and item.sheet else self.metadata_of(item.sheet)
        return Finding(severity, message, remedy, sheet, worksheet, item.row.row, column, file, item.row.id)

    def of_file(
        self, path: Path, relative: str, severity: Severity, message: str, remedy: str = "", column: str = "file"
    ) -> list[Finding]:
        """Findings at the rows that name the file; at the file itself where none does."""
        at_rows = [
            self.of_item(item, severity, message, remedy, column, relative)
            for item in self.items_of.get(path, ())
            if item.row
        ]
        return at_rows or [Finding(severity, message, remedy, file=relative)]
