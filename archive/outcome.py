"""What becomes of a file or a page in a run, in the words of the ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

ADDED, KEPT, UNCHANGED, DUPLICATE, REFUSED, FAILED = "added", "kept", "unchanged", "duplicate", "refused", "failed"
#: In the order a summary names them.
OUTCOMES = (ADDED, KEPT, UNCHANGED, DUPLICATE, REFUSED, FAILED)

READ, BLANK = "read", "blank"
#: Outcomes of a page after which there is nothing left to do under the same recipe; a failure is tried again.
DONE = (READ, BLANK, KEPT)


@dataclass(frozen=True)
class FileOutcome:
    """What became of one file: `reason` says why where it is refused, failed, duplicate or noteworthy, `code` (a
    Reason, or empty) what kind of reason that is; of a file whose pages failed, that of the first of them.

    `items` are the ids of the items it is part of, `pages` how many pages of it are in them.
    """

    path: Path
    sha256: str
    outcome: str
    reason: str = ""
    items: tuple[str, ...] = ()
    pages: int = 0
    failed_pages: tuple[tuple[str, str], ...] = field(default=())
    code: str = ""

    @property
    def well(self) -> bool:
        return self.outcome not in (REFUSED, FAILED)
