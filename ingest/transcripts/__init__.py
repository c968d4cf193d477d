"""Transcripts delivered beside the scans: ALTO, hOCR or plain text, used instead of reading a page.

`pairing` tells by their names which belongs to which master; here they are opened: what a file is by its content, and
the words of one of its pages on the canvas. Only the first bytes, or at most LARGEST, are ever read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from archive.layout import Layout
from ingest.tools import media_type as kinds
from ingest.transcripts import alto, hocr, plain
from ingest.transcripts.written import NotUsable, Written, placed

__all__ = ["Delivered", "NotUsable", "format_of", "read"]

#: Bytes of a transcript; that is ten thousand words of a newspaper page some twenty times over.
LARGEST = {alto.NAME: 64 << 20, hocr.NAME: 64 << 20, plain.NAME: 16 << 20}
_PARSERS = {alto.NAME: alto.parse, hocr.NAME: hocr.parse, plain.NAME: plain.parse}

_HEAD = 8192
#: The first element of an XML file, after declaration, comments, instructions and document type.
_ROOT = re.compile(
    r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)*<(?:[\w.-]+:)?([\w.-]+)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Delivered:
    """The transcript of a page: its file, its format, and which page of it (None: it has that page alone) where the
    master has `of`."""

    path: Path
    format: str
    page: int | None
    of: int


def format_of(path: Path) -> str:
    """ALTO, hOCR or text, by what the file holds; empty where it is none of these. OSError where it cannot be read.

    What has no markup is text only where its name says so.
    """
    with path.open("rb", buffering=0) as file:
        return _format(file.read(_HEAD), path.suffix.casefold())


def _format(head: bytes, suffix: str) -> str:
    """
    >>> _format(b'<?xml version="1.0"?><alto xmlns="x">', ".xml"), _format(b"<ead>", ".xml")
    ('ALTO', '')
    >>> _format(b"Tecoluca", ".txt")
    'text'
    """
    if suffix == ".txt":
        return plain.NAME if kinds.of_bytes(head) in (kinds.TEXT, kinds.EMPTY) else ""
    codec = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = head.decode(codec, "replace")
    root = _ROOT.match(text)
    if root is None:
        return ""
    if root[1] == "alto":
        return alto.NAME
    marked = "ocr_page" in text or "ocr-system" in text or "ocr-capabilities" in text
    return hocr.NAME if marked and root[1].lower() in ("html", "head", "body", "div", "meta") else ""


def read(delivered: Delivered, width: int, height: int, dpi: float | None = None) -> tuple[Layout, str]:
    """The page's words on its canvas of `width` × `height` pixels, and what wrote them: `ALTO (Tesseract 5.3.0)`.

    Raises NotUsable, with the reason.
    """
    try:
        found = delivered.path.stat()
        if found.st_size > LARGEST[delivered.format]:
            raise NotUsable(f"it is larger than {LARGEST[delivered.format] >> 20} MiB")
        written = _parsed(delivered.path, delivered.format, found.st_size, found.st_mtime_ns)
    except OSError as trouble:
        raise NotUsable(f"it cannot be read ({trouble.strerror or trouble})") from trouble
    layout = placed(written.page(delivered.page, delivered.of), width, height, dpi)
    return layout, f"{written.format} ({written.software})" if written.software else written.format


@lru_cache(maxsize=1)
def _parsed(path: Path, format: str, _size: int, _modified_ns: int) -> Written:
    """The last file is kept: a worker may be asked for one page of it after another."""
    with path.open("rb") as file:
        return _PARSERS[format](file.read(LARGEST[format] + 1))
