"""What leaves the archive for other programs: citations of a whole result, recognised text, plain or as ALTO,
PREMIS."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path, PurePosixPath

import sqlalchemy

from archive import citation
from archive.access import Audience
from archive.catalog import files, items, readings
from archive.citation.source import Source
from archive.corrections import typed_words
from archive.errors import NotFound
from archive.held import DescribedItem, HeldPage
from archive.holdings import PORTION, Holdings
from archive.layout import Layout
from archive.margins import margin_words
from archive.preservation import alto
from archive.preservation.item import premis_of
from archive.search import typed
from archive.search.withholding import Withholding


def found(holdings: Holdings, query: str) -> Iterator[tuple[DescribedItem, HeldPage]]:
    """Every page that a query finds with its item, from one snapshot of the index, without a limit.

    A page that was withdrawn since it was indexed is passed by.
    """
    engine = Withholding(holdings)
    try:
        asked = typed.request(query, holdings.audience)
        yield from holdings.pages(hit.id for hit in engine.every(asked))
    finally:
        engine.close()


def as_shelved(pair: tuple[DescribedItem, HeldPage]) -> tuple[object, ...]:
    """Where a page stands among others: by box, folder, the item's own identifier, its title, and its place in the
    item.

    Numbers are compared as numbers, and what has no box comes last.
    """
    item, page = pair
    kept = {one.type: one.indicator for one in item.containers}
    named = (kept.get("box", ""), kept.get("folder", ""), item.local_id or "", item.title)
    return tuple((not text, _natural(text)) for text in named), item.id, page.sequence


def _natural(text: str) -> tuple[object, ...]:
    """
    >>> sorted(("Box 10", "box 9", "Box 9a"), key=_natural)
    ['box 9', 'Box 9a', 'Box 10']
    """
    return tuple(
        (part.isdecimal(), int(part) if part.isdecimal() else 0, part.casefold())
        for part in re.findall(r"[0-9]+|[^0-9]+", text)
    )


def sources(
    holdings: Holdings, pairs: Iterable[tuple[DescribedItem, HeldPage]], *, whole_items: bool
) -> Iterator[Source]:
    """What a citation needs of each page, or of each item once, at its first page."""
    seen: set[str] = set()
    for item, page in pairs:
        if not whole_items:
            yield holdings.source(item, page)
        elif item.id not in seen:
            seen.add(item.id)
            yield holdings.source(item)


def citations(
    holdings: Holdings, format: str, query: str, *, whole_items: bool, accessed: date, language: str
) -> Iterator[str]:
    """Pieces of a citation list of all that a query finds, in one of `citation.FORMATS`."""
    cited = sources(holdings, found(holdings, query), whole_items=whole_items)
    return citation.write(format, cited, accessed, language)


#: Formats that are files in a folder, and what a person calls what was written.
IN_FOLDERS = ("text", "alto", "premis")
#: In a text with all readings, between what is shown and what else was read.
ASTERISKS = "* * *"


def write_files(
    format: str, holdings: Holdings, folder: Path, query: str | None = None, *, all_readings: bool = False
) -> str:
    """Writes one of IN_FOLDERS into a folder; returns how many of what was written, in words."""
    if format == "premis":
        return f"{write_premis(holdings, folder, query)} items"
    if format == "alto":
        return f"{write_alto(holdings, folder, query)} pages"
    return f"{write_texts(holdings, folder, query, all_readings=all_readings)} pages"


@dataclass(frozen=True)
class PageFile:
    """A page whose text may be read: its master's path below its root, its number in it (`numbered`), and the path of
    what is written of it, below the folder exported to."""

    item: DescribedItem
    page: HeldPage
    master: str
    number: int
    name: PurePosixPath


def write_texts(holdings: Holdings, folder: Path, query: str | None = None, *, all_readings: bool = False) -> int:
    """Writes the recognised text, UTF-8, one file a page; returns how many were written. With `all_readings` a file
    ends with the words of other readings that a search finds too, a line for each line, below a line of asterisks.

    A page's file stands at its master's path below the ingested folder, with `.txt` for the suffix; of a master of
    several pages that may be named, `<stem>-<page>.txt` (`numbered`). Where two would collide, the suffix stays in the
    name.
    """
    return _write(
        folder, read_pages(asked(holdings, query), holdings, ".txt"), lambda one: text_of(holdings, one, all_readings)
    )


def write_alto(holdings: Holdings, folder: Path, query: str | None = None) -> int:
    """Writes the recognised words as ALTO 4.4, one file a page, named as `write_texts` does, with `.xml`."""
    return _write(folder, read_pages(asked(holdings, query), holdings, ".xml"), lambda one: alto_of(holdings, one))


def write_premis(holdings: Holdings, folder: Path, query: str | None = None) -> int:
    """Writes the preservation metadata of each item that may be named, as PREMIS 3.0, one file an item, named
    after its id; returns how many."""
    number = 0
    folder.mkdir(parents=True, exist_ok=True)
    asked_for = () if query is None else _each_once(item.id for item, _ in found(holdings, query))
    for item in holdings.every_item() if query is None else holdings.items(asked_for):
        (folder / f"{item.id}.xml").write_bytes(premis_of(holdings, item))
        number += 1
    return number


def _each_once(ids: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for id in ids:
        if id not in seen:
            seen.add(id)
            yield id


def asked(holdings: Holdings, query: str | None) -> Iterator[tuple[DescribedItem, HeldPage]]:
    """The pages that a query finds; without one, all pages in the archive's order."""
    return holdings.every_page() if query is None else found(holdings, query)


def read_pages(pairs: Iterable[tuple[DescribedItem, HeldPage]], holdings: Holdings, suffix: str) -> Iterator[PageFile]:
    """Of these pages those whose text may be read, each frame of a master once, with the names of their files.

    A name depends on those of all others, so all are found first, of each no more than its id and place; then they are
    looked up again by portions. One that was closed or withdrawn meanwhile is left out.
    """
    places = _places(holdings, _readable(pairs, holdings.catalog))
    names = text_names(dict(places.values()), suffix)
    for item, page in holdings.pages(places):
        if page.access.text and page.reading is not None:
            (root, master, number), _ = places[page.id]
            yield PageFile(item, page, master, number, names[root, master, number])


def _readable(
    pairs: Iterable[tuple[DescribedItem, HeldPage]], catalog: sqlalchemy.Engine
) -> dict[tuple[int, int], str]:
    """By master and frame, the first of these pages that shows it and whose text may be read."""
    readable: dict[tuple[int, int], str] = {}
    ids = (page.id for _, page in pairs if page.access.text and page.reading is not None)
    while portion := tuple(islice(ids, PORTION)):
        with catalog.connect() as connection:
            records = items.pages_by_id(connection, portion)
        for id in portion:
            if record := records.get(id):
                readable.setdefault((record.file_id, record.frame), id)
    return readable


def _places(holdings: Holdings, readable: Mapping[tuple[int, int], str]) -> dict[str, tuple[tuple[str, str, int], int]]:
    """By page, the root of its master, the path below it and the number in it that the page goes by; and how many pages
    the master has."""
    masters = tuple(dict.fromkeys(file_id for file_id, _ in readable))
    known: dict[int, tuple[str, str]] = {}
    numbers: dict[int, dict[int, int]] = {}
    for start in range(0, len(masters), PORTION):
        with holdings.catalog.connect() as connection:
            found = files.first_places(connection, masters[start : start + PORTION])
        for file_id, (root, path, frames) in found.items():
            known[file_id] = root, path
            if frames > 1:
                numbers[file_id] = numbered(holdings, file_id, frames)
    alone = {1: 1}
    places = {}
    for (file_id, frame), id in readable.items():
        within = numbers.get(file_id, alone)
        if frame in within:  # else it was withdrawn meanwhile
            places[id] = (*known[file_id], within[frame]), len(within)
    return places


def numbered(holdings: Holdings, file_id: int, frames: int) -> dict[int, int]:
    """By frame of a master of so many, the number it goes by: for staff the frame's own; for the public its place among
    those that are pages it may be told of, so that no number left out tells of another."""
    if holdings.audience is Audience.STAFF or frames == 1:
        return {frame: frame for frame in range(1, frames + 1)}
    with holdings.catalog.connect() as connection:
        pages = {page.id: page.frame for page in items.pages_of_file(connection, file_id)}
    named = sorted({pages[page.id] for _, page in holdings.pages(pages)})
    return {frame: number for number, frame in enumerate(named, 1)}


def text_of(holdings: Holdings, one: PageFile, all_readings: bool = False) -> bytes:
    layout = holdings.layout(one.page)
    if layout is None:
        return b""
    text = all_readings_of(layout) if all_readings else layout.text
    return f"{text}\n".encode() if text else b""


def all_readings_of(layout: Layout) -> str:
    """The text as it is shown, a line of asterisks, and what other readings have: a word divided at the page's end does
    not go on there."""
    others = "\n".join(layout.other_words())
    return "\n\n".join(filter(None, (layout.text, ASTERISKS, others))) if others else layout.text


def alto_of(holdings: Holdings, one: PageFile) -> bytes:
    page, reading, layout = one.page, holdings.reading(one.page), holdings.layout(one.page)
    if reading is None or layout is None:
        raise NotFound("was not read", item=holdings.ark(page.id))
    # What persons typed over a machine's reading is marked, word for word; the machine read it when the machine did.
    standing, read = holdings.corrected(page), reading.created
    typed: frozenset[int] = frozenset()
    if reading.base_id is not None:
        with holdings.catalog.connect() as connection:
            beneath, base = readings.reading(connection, reading.base_id), readings.layout(connection, reading.base_id)
        if beneath is not None and base is not None:
            read, typed = beneath.created, typed_words(layout, base)
    return alto.document(
        layout,
        alto.Origin(
            page.id,
            holdings.ark(page.id),
            one.master,
            one.number,
            page.label,
            page.role,
            reading.reader,
            reading.languages,
            reading.language,
            read,
            standing.last if standing else None,
        ),
        margin_words(holdings.mentions(page)),
        typed,
    )


def _write(folder: Path, pages: Iterable[PageFile], content: Callable[[PageFile], bytes]) -> int:
    number = 0
    for one in pages:
        path = folder / one.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content(one))
        number += 1
    return number


def text_names(
    pages: dict[tuple[str, str, int], int], ending: str = ".txt"
) -> dict[tuple[str, str, int], PurePosixPath]:
    """The path of each page's file. Keys are root, path below it and number in the master; values how many it has.

    >>> names = text_names({("r", "a/x.tif", 1): 1, ("r", "a/y.pdf", 1): 2, ("r", "z.tif", 1): 1, ("r", "z.png", 1): 1})
    >>> [str(name) for name in names.values()]
    ['a/x.txt', 'a/y-1.txt', 'z.tif.txt', 'z.png.txt']
    """

    def name(key: tuple[str, str, int], *, suffix: bool, root: bool) -> PurePosixPath:
        path = PurePosixPath(key[1])
        stem = path.name if suffix else path.stem
        number = f"-{key[2]}" if pages[key] > 1 else ""
        return PurePosixPath(key[0] if root else "") / path.with_name(f"{stem}{number}{ending}")

    names = {key: name(key, suffix=False, root=False) for key in pages}
    for keep in (dict(suffix=True, root=False), dict(suffix=True, root=True)):
        # On some disks X.TXT and x.txt are one file.
        often = Counter(str(one).casefold() for one in names.values())
        names = {key: name(key, **keep) if often[str(one).casefold()] > 1 else one for key, one in names.items()}
    return names
