"""What a run tells: progress on a terminal or in a log, a sentence a file, a summary, JSON for scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from ingest.ledger import OUTCOMES, FileOutcome

_DOING = {
    "identify": "Identifying files",
    "decode": "Decoding pages",
    "catalog": "Writing the catalog",
    "read": "Reading pages",
    "index": "Feeding the index",
}


class Terminal:
    """Progress on stderr: a bar a stage on a terminal, a plain line a stage in a log."""

    def __init__(self):
        self._console = Console(stderr=True, highlight=False, markup=False)
        self._bars = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
            TimeRemainingColumn(), console=self._console, disable=not self._console.is_terminal)
        self._stages: dict[str, TaskID] = {}
        self._now: TaskID | None = None

    def __enter__(self) -> Terminal:
        self._bars.start()
        return self

    def __exit__(self, *_failure) -> None:
        self._bars.stop()

    def stage(self, name: str, total: int) -> None:
        if name == "index":
            return  # so short that a bar would only flicker
        if self._bars.disable:
            self.say(f"{_DOING[name]}: {total}")
        self._now = self._stages[name] = self._bars.add_task(_DOING[name], total=total)

    def advance(self, steps: int = 1) -> None:
        if self._now is not None:
            self._bars.advance(self._now, steps)

    def say(self, sentence: str) -> None:
        self._console.print(sentence, soft_wrap=True)


def outcome_json(outcome: FileOutcome) -> dict:
    """The object a file that scripts may rely on; `items` and `pages` are numbers, `item_ids` the items' ids."""
    return {
        "path": str(outcome.path),
        "sha256": outcome.sha256 or None,
        "outcome": outcome.outcome,
        "reason": outcome.reason,
        "items": len(outcome.items),
        "pages": outcome.pages,
        "item_ids": list(outcome.items),
        "failed_pages": [{"page": page, "reason": reason} for page, reason in outcome.failed_pages],
    }


def sentence(outcome: FileOutcome) -> str:
    return f"{outcome.outcome}: {outcome.path}: {outcome.reason}"


def summary(outcomes: Iterable[FileOutcome], sheet_errors: int) -> list[str]:
    """The run in two or three lines: files by outcome, pages, and what to do about what went wrong."""
    outcomes = list(outcomes)
    counted = Counter(one.outcome for one in outcomes)
    lines = [f"{len(outcomes)} files: " + ", ".join(f"{counted[name]} {name}" for name in OUTCOMES if counted[name])
             if outcomes else "No files found."]
    lines.append(f"{sum(one.pages for one in outcomes)} pages in {len({id for one in outcomes for id in one.items})} items")
    if sheet_errors:
        lines.append(f"{sheet_errors} errors in the metadata, listed above; correct them and run again.")
    if counted["refused"] or counted["failed"]:
        lines.append("What was refused or failed is listed above with its reason; mend it and run again: "
                     "only what is missing is done.")
    return lines
