"""What `rescate ingest` says of files as they come, and at its end: folded where much is alike, and never lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from archive.outcome import FileOutcome
from ingest.reports import summary
from ingest.reports.account import Account
from ingest.reports.phrases import Phrases
from ingest.reports.reasons import heading
from ingest.reports.visible import visible

#: Files named of each kind of reason; the others are counted.
NAMED = 20


def outcome_json(outcome: FileOutcome) -> dict:
    """The object a file that scripts may rely on; `items` and `pages` are numbers, `item_ids` the items' ids."""
    return {
        "path": str(outcome.path),
        "sha256": outcome.sha256 or None,
        "outcome": outcome.outcome,
        "reason": outcome.reason,
        "reason_code": outcome.code or None,
        "items": len(outcome.items),
        "pages": outcome.pages,
        "item_ids": list(outcome.items),
        "failed_pages": [{"page": page, "reason": reason} for page, reason in outcome.failed_pages],
    }


class Running:
    """The files of a run as they come. `account` counts them."""

    def __init__(self):
        self.account = Account(examples=0)
        self._said: Counter[str] = Counter()
        self._pages_failed = 0

    def add(self, outcome: FileOutcome) -> Iterator[str]:
        """Counts a file; a sentence where it did not go in and has not too many like it."""
        self.account.add(outcome)
        self._pages_failed += len(outcome.failed_pages)
        if outcome.well:
            return
        reason = heading(outcome.code)
        self._said[reason.code] += 1
        if self._said[reason.code] <= NAMED:
            yield f"{outcome.outcome}: {visible(str(outcome.path))}: {outcome.reason}"
        elif self._said[reason.code] == NAMED + 1:
            yield f"More of “{reason.label('en')}”; from here on they are counted."

    def end(self, took: timedelta, pages_read: int, sheet_errors: int, batch: int | None = None) -> Iterator[str]:
        """The run in words, what was folded, and the command that shows more. `batch` is its number; None where it did
        nothing."""
        say, account = Phrases("en"), self.account
        command = f"rescate report {batch}"
        for gathered in account.gathered:
            more = self._said[gathered.reason.code] - NAMED
            if more > 0:
                yield f"{gathered.reason.label('en')}: and {more:,} more: see `{command}`."
        yield from summary.went(account, say)
        if self._pages_failed:
            yield say("taken.failed", n=self._pages_failed)
        yield summary.pace(took, max(0, pages_read - self._pages_failed), say)
        if sheet_errors:
            yield f"{sheet_errors:,} errors in the metadata, listed above; correct them and run again."
        if account.amiss:
            for gathered in account.gathered:
                yield (
                    f"- {gathered.reason.label('en')} ({gathered.files + gathered.pages:,}): "
                    f"{gathered.reason.to_do('en')}"
                )
            yield "Mend it and run the same command again: only what is missing is done."
        if batch is not None:
            yield f"More: `{command}`; with pictures: `{command} --format html --output report.html`."
