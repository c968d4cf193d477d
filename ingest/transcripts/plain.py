"""Plain text: an empty line ends a paragraph, a form feed a page; words have no boxes. Pure."""

from __future__ import annotations

import re

from archive.errors import SheetError
from ingest.sheets.encoding import decode
from ingest.transcripts.written import NotUsable, Written, WrittenPage, WrittenWord

NAME = "text"

_EMPTY_LINE = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


def parse(data: bytes) -> Written:
    """The pages of a text in UTF-8 or, where it is none, Windows-1252 and its likes. Raises NotUsable for what is no
    text.

    >>> [len(list(page.words())) for page in parse(b"El Mozote\\n\\nMoraz\\xc3\\xa1n\\f").pages]
    [3]
    """
    try:
        text = decode(data, "").text
    except SheetError as broken:
        raise NotUsable("it is no text") from broken
    pages = text.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    if len(pages) > 1 and not pages[-1].strip():
        pages.pop()  # the feed stands at the end of a page, not between two
    return Written(NAME, "", tuple(map(_page, pages)))


def _page(text: str) -> WrittenPage:
    blocks = (
        tuple(tuple(map(WrittenWord, line.split())) for line in block.split("\n") if line.strip())
        for block in _EMPTY_LINE.split(text)
    )
    return WrittenPage(tuple(block for block in blocks if block))
