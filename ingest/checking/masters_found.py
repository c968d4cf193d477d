"""What is wrong with the masters of a batch: not there, not named by a row, unreadable, not what their row says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ingest.checking.batch import Batch
from ingest.checking.decoding import Seen
from ingest.checking.finding import Finding
from ingest.intake.plan import PlannedItem

#: Pages that one message names, each with its reason.
_NAMED = 5


def findings(batch: Batch) -> Iterator[Finding]:
    """Every finding on a file of the batch, in the order of the walk."""
    for refused in batch.survey.refused:
        yield Finding("error", refused.reason, refused.remedy, file=refused.relative or str(refused.path))
    for missing in batch.plan.missing:
        yield Finding("error", missing.reason, missing.remedy, file=_below(missing.path, batch.folder))
    for waits in batch.plan.held:
        yield Finding("error", f"it would wait: {waits.reason}", waits.remedy, file=waits.file.relative)
    yield from _without_row(batch)
    first_of: dict[str, str] = {}
    for one in batch.seen.values():
        yield from _opened(batch, one)
        if one.sha256 and one.sha256 in first_of:
            yield from batch.of_file(
                one.file.path,
                one.file.relative,
                "warning",
                f"it has the same bytes as {first_of[one.sha256]}",
                "Was one of them put there by mistake?",
            )
        first_of.setdefault(one.sha256, one.file.relative)
    for item in batch.plan.items:
        yield from _as_their_row_says(batch, item)


def _below(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)


def _without_row(batch: Batch) -> Iterator[Finding]:
    for item in batch.plan.items:
        sheet = batch.described(item.parts[0].file.path) if item.row is None else None
        if sheet is not None:
            what = f"{len(item.parts)} pages" if len(item.parts) > 1 else "it"
            yield batch.of_item(
                item,
                "warning",
                f"no row of {_below(sheet, batch.folder)} names it; {what} would become an item of its own",
                "Add a row, or take the file away, if that is not meant.",
            )


def _opened(batch: Batch, one: Seen) -> Iterator[Finding]:
    path, relative = one.file.path, one.file.relative
    if one.refused is not None:
        yield from batch.of_file(path, relative, "error", f"{relative} {one.refused[0]}", one.refused[1])
    for note in one.notes:
        yield from batch.of_file(path, relative, "warning", f"{relative} {note}")
    if not one.broken:
        return
    number, (reason, remedy) = next(iter(sorted(one.broken.items())))
    if len(one.frames) == 1:
        yield from batch.of_file(path, relative, "error", f"{relative} {reason}", remedy)
        return
    named = "; ".join(f"page {page} {why}" for page, (why, _) in sorted(one.broken.items())[:_NAMED])
    more = f"; and {len(one.broken) - _NAMED} more" if len(one.broken) > _NAMED else ""
    yield from batch.of_file(
        path,
        relative,
        "error",
        f"{len(one.broken)} of {len(one.frames)} pages of {relative} cannot be decoded: {named}{more}",
        remedy,
    )


def _as_their_row_says(batch: Batch, item: PlannedItem) -> Iterator[Finding]:
    """Checksums, and pages asked for that the file does not have."""
    for part in item.parts:
        one = batch.seen.get(part.file.path)
        if one is None or not one.sha256 or item.row is None:
            continue
        if part.sha256 and part.sha256.lower() != one.sha256:
            yield batch.of_item(
                item,
                "error",
                f"the SHA-256 of {part.file.relative} is {one.sha256}, not {part.sha256.lower()}",
                "Find out which is right: was the file changed or exchanged?",
                "sha256",
                part.file.relative,
            )
        if part.pages is not None and one.frames and part.pages.last > len(one.frames):
            yield batch.of_item(
                item,
                "error",
                f"{part.pages} goes beyond the {len(one.frames)} pages of {part.file.relative}",
                "Correct the range.",
                "pages",
                part.file.relative,
            )
    last = max((row.sequence or 0 for row in item.page_rows), default=0)
    opened = [one for part in item.parts if (one := batch.seen.get(part.file.path)) and one.frames]
    if last and len(opened) == len(item.parts):
        pages = sum(
            len(part.pages.numbers) if part.pages else len(one.frames)
            for part, one in zip(item.parts, opened, strict=True)
        )
        for row in item.page_rows:
            if row.sequence and row.sequence > pages:
                sheet = next(
                    (
                        each.path
                        for each in batch.survey.sheets
                        if each.kind == "pages" and each.path.parent == item.sheet
                    ),
                    None,
                )
                yield Finding(
                    "error",
                    f"item {row.id} has {pages} pages, and none in place {row.sequence}",
                    "Correct the number.",
                    sheet or batch.metadata_of(item.sheet),
                    "pages",
                    row.row,
                    "sequence",
                    item=row.id,
                )
