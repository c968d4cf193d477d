"""Checks a batch before anything is written: its spreadsheets, every page of its masters, what the catalog has already.

Nothing is written anywhere: not to the catalog, not to the data folder, not to the batch.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from archive.config import Config
from archive.errors import NotFound
from ingest.checking import masters_found, suspicions
from ingest.checking.batch import Batch
from ingest.checking.comparison import Change, compare, known_components, known_roots
from ingest.checking.decoding import look_into
from ingest.checking.finding import Finding, lines, of_problem
from ingest.delivery import Delivery
from ingest.plan import plan
from ingest.progress import Progress
from ingest.sheets import Sheets, read_folder
from ingest.survey import Survey, absolute, survey

__all__ = ["Batch", "Change", "Checked", "Finding", "check", "lines"]


@dataclass(frozen=True)
class Checked:
    """A batch with all that was found of it, and what it would change."""

    batch: Batch
    findings: tuple[Finding, ...]
    change: Change
    quick: bool

    @property
    def errors(self) -> int:
        return sum(one.severity == "error" for one in self.findings)

    def as_json(self) -> dict:
        """The last object of the command's JSON: numbers for the whole."""
        change = self.change
        return {"kind": "summary", "files": len(self.batch.survey.files), "items": len(self.batch.plan.items),
                "pages": None if self.quick else sum(len(one.frames) for one in self.batch.seen.values()),
                "errors": self.errors, "warnings": len(self.findings) - self.errors, "decoded": not self.quick,
                "compared": change.compared, "new": change.new, "updated": change.updated, "unchanged": change.unchanged,
                "pages_in": change.pages_in, "pages_rescanned": change.pages_rescanned, "pages_out": change.pages_out}


def check(folder: Path, config: Config, progress: Progress, *, quick: bool = False) -> Checked:
    """All that taking in `folder` would meet. `quick` leaves the masters closed: names and spreadsheets alone are
    looked at. Raises NotFound where there is no such folder."""
    folder = absolute(folder)
    if not folder.is_dir():
        raise NotFound("there is no such folder", item=str(folder), remedy="Name the folder that holds the scans and their spreadsheet.")
    ignore = config.ingest.ignore
    found = survey([folder], ignore, known_roots(config))
    sheets, said = _read_sheets(found, config)
    masters = Delivery(found.files, sheets).masters
    seen = {} if quick else look_into(masters, sheets, config.ingest, progress)
    batch = Batch(folder, found, sheets, plan(masters, sheets, [folder]), seen)
    change = compare(batch, config)
    every = (*said, *masters_found.findings(batch), *suspicions.findings(batch, ignore), *change.findings)
    return Checked(batch, tuple(dict.fromkeys(every)), change, quick)


def _read_sheets(found: Survey, config: Config) -> tuple[dict[Path, Sheets], list[Finding]]:
    """The spreadsheets by their folder, in the order of the walk, as ingest reads them; and their problems."""
    known = set(known_components(config))
    sheets: dict[Path, Sheets] = {}
    findings: list[Finding] = []
    for folder in dict.fromkeys(sheet.path.parent for sheet in found.sheets):
        sheets[folder] = read = read_folder(folder, known_components=known, ignore=config.ingest.ignore)
        known |= {row.ref_id for row in read.components}
        findings += [of_problem(one, folder) for one in read.problems]
    return sheets, findings
