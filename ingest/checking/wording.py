"""A checked batch summed up in sentences, for the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ingest.checking import Checked


def summary(checked: Checked, written: Iterable[Path]) -> list[str]:
    """What lies there, what taking it in would change, what is wrong, and where that is written down."""
    batch, change = checked.batch, checked.change
    pages = sum(len(one.frames) for one in batch.seen.values())
    look = "not opened (--quick)" if checked.quick else f"{_count(pages, 'page')}, each decoded"
    lines = [
        f"{batch.folder.name}: {_count(len(batch.survey.files), 'file')}, {look}; "
        f"{_count(len(batch.plan.items), 'item')}"
    ]
    for pattern, number in batch.survey.passed_over_by_pattern.items():
        lines.append(f"{number} passed over by ingest.ignore: {pattern}")
    if change.compared:
        moved = f"pages: {change.pages_in} put in, {change.pages_rescanned} scanned again, {change.pages_out} taken out"
        lines.append(
            f"Taking it in would add {_count(change.new, 'item')}, update {change.updated} and leave "
            f"{change.unchanged} as they are" + (f"; {moved}." if not checked.quick else ".")
        )
    else:
        lines.append(f"There is no catalog to compare with: all {_count(change.new, 'item')} would be new.")
    warnings = len(checked.findings) - checked.errors
    lines.append(
        f"{_count(checked.errors, 'error')}, {_count(warnings, 'warning')}. Nothing was taken in."
        if checked.findings
        else "Nothing is wrong. Nothing was taken in."
    )
    lines += [f"Written: {path}" for path in written]
    return lines


def _count(number: int, noun: str) -> str:
    """A number with its noun.

    >>> _count(1, "page"), _count(2, "page")
    ('1 page', '2 pages')
    """
    return f"{number} {noun}{'s' * (number != 1)}"
