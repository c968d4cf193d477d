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
from ingest.intake.companions import look
from ingest.intake.plan import plan
from ingest.intake.survey import absolute, survey
from ingest.run.delivery import Delivery
from ingest.run.progress import Progress

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
        return {
            "kind": "summary",
            "files": len(self.batch.survey.files),
            "items": len(self.batch.plan.items),
            "pages": None if self.quick else sum(len(one.frames) for one in self.batch.seen.values()),
            "errors": self.errors,
            "warnings": len(self.findings) - self.errors,
            "decoded": not self.quick,
            "compared": change.compared,
            "new": change.new,
            "updated": change.updated,
            "unchanged": change.unchanged,
            "pages_in": change.pages_in,
            "pages_rescanned": change.pages_rescanned,
            "pages_out": change.pages_out,
        }


def check(folder: Path, config: Config, progress: Progress, *, quick: bool = False) -> Checked:
    """All that taking in `folder` would meet. `quick` leaves the masters closed: names and spreadsheets alone are
    looked at. Raises NotFound where there is no such folder."""
    folder = absolute(folder)
    if not folder.is_dir():
        raise NotFound(
            "there is no such folder",
            item=str(folder),
            remedy="Name the folder that holds the scans and their spreadsheet.",
        )
    ignore = config.ingest.ignore
    roots = known_roots(config)
    found = survey([folder], ignore, roots)
    beside = look(found, [folder], config, known_components(config), roots)
    sheets, said = beside.sheets, [of_problem(one, where) for where, one in beside.problems]
    masters = Delivery(found.files, sheets).masters
    seen = {} if quick else look_into(masters, sheets, config.ingest, progress)
    batch = Batch(folder, found, sheets, plan(masters, sheets, [folder], waiting=beside.waiting), seen)
    change = compare(batch, config)
    every = (*said, *masters_found.findings(batch), *suspicions.findings(batch, ignore), *change.findings)
    return Checked(batch, tuple(dict.fromkeys(every)), change, quick)
