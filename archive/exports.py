"""What leaves the archive for other programs: citations of a whole result, and the recognised text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path, PurePosixPath

from archive import citation
from archive.catalog import files, items
from archive.citation.source import Source
from archive.errors import Gone, NotFound
from archive.holdings import HeldItem, HeldPage, Holdings
from archive.search.engines import open_engine
from archive.search.query import parse
from archive.search.request import SearchRequest


def found(holdings: Holdings, query: str) -> Iterator[tuple[HeldItem, HeldPage]]:
    """Every page that a query finds with its item, from one snapshot of the index, without a limit.

    A page that was withdrawn since it was indexed is passed by.
    """
    engine = open_engine(holdings.config, holdings.audience)
    try:
        request = SearchRequest(parse(query), holdings.audience)
        yield from pages_of(holdings, (hit.id for hit in engine.every(request)))
    finally:
        engine.close()


def pages_of(holdings: Holdings, page_ids: Iterable[str]) -> Iterator[tuple[HeldItem, HeldPage]]:
    """These pages with their items, in the order given; those that may not be named are passed by."""
    item: HeldItem | None = None
    for id in page_ids:
        page = next((one for one in item.pages if one.id == id), None) if item else None
        if page is None:
            try:
                item = holdings.item_of_page(id)
                page = item.page(id)
            except (NotFound, Gone):
                continue
        yield item, page


def sources(holdings: Holdings, pairs: Iterable[tuple[HeldItem, HeldPage]], *, whole_items: bool) -> Iterator[Source]:
    """What a citation needs of each page, or of each item once, at its first page."""
    seen: set[str] = set()
    for item, page in pairs:
        if not whole_items:
            yield holdings.source(item, page)
        elif item.id not in seen:
            seen.add(item.id)
            yield holdings.source(item)


def citations(holdings: Holdings, format: str, query: str, *, whole_items: bool, accessed: date,
              language: str) -> Iterator[str]:
    """Pieces of a citation list of all that a query finds, in one of `citation.FORMATS`."""
    cited = sources(holdings, found(holdings, query), whole_items=whole_items)
    return citation.write(format, cited, accessed, language)


def write_texts(holdings: Holdings, folder: Path, query: str | None = None) -> int:
    """Writes the recognised text, UTF-8, one file a page; returns how many were written.

    A page's file stands at its master's path below the ingested folder, with `.txt` for the suffix; of a
    master of several pages, `<stem>-<page>.txt`. Where two would collide, the suffix stays in the name.
    """
    pairs = found(holdings, query) if query is not None else \
        ((item, page) for item in holdings.every_item() for page in item.pages)
    readable: dict[tuple[int, int], HeldPage] = {}
    with holdings.catalog.connect() as connection:
        for _, page in pairs:
            record = items.page(connection, page.id)
            if page.access.text and page.reading is not None:
                readable.setdefault((record.file_id, record.frame), page)
        masters = {id: _place(connection, id) for id in dict.fromkeys(file_id for file_id, _ in readable)}
    names = text_names({(*masters[file_id][:2], frame): masters[file_id][2] for file_id, frame in readable})
    for (file_id, frame), page in readable.items():
        path = folder / names[(*masters[file_id][:2], frame)]
        path.parent.mkdir(parents=True, exist_ok=True)
        layout = holdings.layout(page)
        path.write_text(layout.text + "\n" if layout.text else "", "utf-8")
    return len(readable)


def _place(connection, file_id: int) -> tuple[str, str, int]:
    """The root, the path below it, and the number of frames of a master."""
    first = next(files.locations_of(connection, file_id))
    return first.root, first.path, len(files.file(connection, file_id).frames)


def text_names(pages: dict[tuple[str, str, int], int]) -> dict[tuple[str, str, int], PurePosixPath]:
    """The path of each page's text file. Keys are root, path below it and frame; values the master's frames.

    >>> names = text_names({("r", "a/x.tif", 1): 1, ("r", "a/y.pdf", 1): 2, ("r", "z.tif", 1): 1, ("r", "z.png", 1): 1})
    >>> [str(name) for name in names.values()]
    ['a/x.txt', 'a/y-1.txt', 'z.tif.txt', 'z.png.txt']
    """
    def name(key, *, suffix: bool, root: bool) -> PurePosixPath:
        path = PurePosixPath(key[1])
        stem = path.name if suffix else path.stem
        number = f"-{key[2]}" if pages[key] > 1 else ""
        return PurePosixPath(key[0] if root else "") / path.with_name(f"{stem}{number}.txt")

    names = {key: name(key, suffix=False, root=False) for key in pages}
    for keep in (dict(suffix=True, root=False), dict(suffix=True, root=True)):
        # On some disks X.TXT and x.txt are one file.
        often = Counter(str(one).casefold() for one in names.values())
        names = {key: name(key, **keep) if often[str(one).casefold()] > 1 else one for key, one in names.items()}
    return names
