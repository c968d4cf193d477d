"""What is no error and yet unlikely to be meant: pages that lack, dates all alike, scans that look wrong. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from archive.record import Frame
from ingest.checking.batch import Batch
from ingest.checking.finding import Finding
from ingest.intake.plan import PlannedItem
from ingest.sheets.paths import Folder
from ingest.sheets.rows import PageRange

#: A scan whose longer side has fewer pixels is a thumbnail: a postcard at 100 dpi has more.
_SMALL = 500
#: Pages of one item whose sizes differ by more than this were scanned at different resolutions, or are of different
#: papers.
_TIMES = 2.0
#: From so many items on, one and the same date is no chance.
_MANY = 5
_PAGE_NUMBER = re.compile(r"-\d+$")


def findings(batch: Batch, ignore: tuple[str, ...]) -> Iterator[Finding]:
    """Every suspicion, each a warning: of spreadsheets, of page folders, of items and their images."""
    yield from _dates_alike(batch)
    yield from _almost_page_folders(batch)
    for item in batch.plan.items:
        yield from _title_is_name(batch, item)
        if item.row is None and len(item.parts) > 1:  # a row's own folder was looked at with its row
            folder = item.parts[0].file.path.parent
            _, found = Folder(item.parts[0].file.root, ignore).pages(
                folder.relative_to(item.parts[0].file.root).as_posix()
            )
            for one in found:
                yield batch.of_item(item, "warning", one.message, one.remedy)
        yield from _images(batch, item)


def _dates_alike(batch: Batch) -> Iterator[Finding]:
    for folder, said in batch.sheets.items():
        for column in ("date_edtf", "date"):
            dates = [one.value for row in said.items for one in row.statements if one.element == column]
            if len(dates) >= _MANY and len(set(dates)) == 1 and len(dates) == len(said.items):
                yield Finding(
                    "warning",
                    f"all {len(dates)} items have the same date, {dates[0]}",
                    "Is it the day of scanning, or a cell that was dragged down?",
                    batch.metadata_of(folder),
                    "metadata",
                    0,
                    column,
                )
                break


def _almost_page_folders(batch: Batch) -> Iterator[Finding]:
    """A folder of pages in which one file has another name is none, and each of its files an item."""
    loose: dict[Path, list[str]] = {}
    for item in batch.plan.items:
        if item.row is None and len(item.parts) == 1:
            loose.setdefault(item.parts[0].file.path.parent, []).append(item.parts[0].file.path.name)
    for folder, names in loose.items():
        pages = [
            name
            for name in names
            if _PAGE_NUMBER.search(PurePosixPath(name).stem)
            and _PAGE_NUMBER.sub("", PurePosixPath(name).stem) == folder.name
        ]
        others = [name for name in names if name not in pages]
        if len(pages) > 1 and others:
            yield Finding(
                "warning",
                f"{len(pages)} of its {len(names)} files are named as pages of one item, but {', '.join(others[:3])} "
                f"{'is' if len(others) == 1 else 'are'} not; each would become an item of its own",
                f"Name it {folder.name}-0001 …, or put it elsewhere.",
                file=folder.relative_to(batch.folder).as_posix(),
            )


def _title_is_name(batch: Batch, item: PlannedItem) -> Iterator[Finding]:
    if item.row is None:
        return
    title = next((one.value for one in item.row.statements if one.element == "title"), "")
    name = item.parts[0].file.path
    if title and title.casefold() in (
        name.name.casefold(),
        name.stem.casefold(),
        item.parts[0].file.relative.casefold(),
        name.parent.name.casefold(),
    ):
        yield batch.of_item(
            item,
            "warning",
            f"the title is the name of the file, {title}",
            "Give it a title, or leave the cell empty.",
            "title",
        )


def _images(batch: Batch, item: PlannedItem) -> Iterator[Finding]:
    """Sizes, orientation and blank pages of one item; pages are numbered in the item."""
    pages: list[tuple[int, Frame, bool]] = []
    for part in item.parts:
        one = batch.seen.get(part.file.path)
        if one is None:
            continue
        for frame in one.frames:
            if frame.width and (part.pages is None or frame.number in part.pages.numbers):
                pages.append((len(pages) + 1, frame, frame.number in one.blank))
    if not pages:
        return
    if blank := [number for number, _, is_blank in pages if is_blank]:
        yield batch.of_item(
            item,
            "warning",
            "it is blank"
            if len(pages) == 1
            else f"{_named(blank)} of {len(pages)} look{'s' * (len(blank) == 1)} blank",
            "Look whether the scan failed.",
            "file",
        )
    if small := [number for number, frame, _ in pages if max(frame.width, frame.height) < _SMALL]:
        first = pages[small[0] - 1][1]
        yield batch.of_item(
            item,
            "warning",
            f"{_named(small) if len(pages) > 1 else 'it'} {'are' if len(small) > 1 else 'is'} tiny "
            f"({first.width} × {first.height} pixels)",
            "Is it a thumbnail in the master's place?",
            "file",
        )
    ways = Counter(
        "upright" if frame.height > frame.width else "lying" for _, frame, _ in pages if frame.width != frame.height
    )
    if len(ways) > 1:
        rarer = min(ways, key=lambda way: (ways[way], way))
        few = [
            number
            for number, frame, _ in pages
            if (frame.height > frame.width) == (rarer == "upright") and frame.width != frame.height
        ]
        yield batch.of_item(
            item,
            "warning",
            f"{_named(few)} of {len(pages)} {'are' if len(few) > 1 else 'is'} {rarer}, the others are not",
            "Look whether they were turned.",
            "file",
        )
    areas = [(frame.width * frame.height, number) for number, frame, _ in pages]
    (least, small_page), (most, large_page) = min(areas), max(areas)
    if most > least * _TIMES**2:
        yield batch.of_item(
            item,
            "warning",
            f"its pages are of very different sizes: page {small_page} is {_size(pages, small_page)} pixels, "
            f"page {large_page} {_size(pages, large_page)}",
            "Were they scanned at one resolution?",
            "file",
        )


def _named(numbers: list[int]) -> str:
    return f"page{'s' * (len(numbers) > 1)} {PageRange(tuple(numbers))}"


def _size(pages, number: int) -> str:
    frame = pages[number - 1][1]
    return f"{frame.width} × {frame.height}"
