"""In which language a person said that pages are written: of the page, else of its item; else the page itself is asked
(`ingest.page.language_probe`).

An item's row says it, a page's own row too, both `--language` and `redo --read-as`. Codes are those of ISO 639-2.
"""

from __future__ import annotations

from collections.abc import Iterable

from archive.description import Description, Source
from archive.record import Item, Page

#: Several languages, no words, undetermined: nothing to read by.
_NONE = frozenset(("mul", "und", "zxx", "mis"))


def written(codes: Iterable[str]) -> str:
    """The languages that can be read in, as the catalog has them.

    >>> written(["spa", "mul"]), written(["spa", "eng"])
    ('spa', 'spa+eng')
    """
    return "+".join(dict.fromkeys(code for code in codes if code not in _NONE))


def by_row(description: Description) -> bool:
    """Whether the row of a spreadsheet, as it was last read, told an item's language: where it tells none now, nobody
    does."""
    return any(one.element == "language" and one.source == Source.SPREADSHEET for one in description)


def of_page(page: Page, item: Item) -> str:
    """What a person said of the page, or of its item; empty where nobody did."""
    return page.read_in or item.read_in
