"""What a file is, from its first bytes and never from its suffix."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from archive import knowledge

PDF = "application/pdf"
EMPTY = "application/x-empty"
TEXT = "text/plain"
UNKNOWN = "application/octet-stream"

#: A PDF's header may follow up to this much of something else (ISO 32000-2, annex on Acrobat's
#: readers, asks them to accept it; mailers and scanners do write such files).
PDF_HEADER_WITHIN = 1024

_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Signature:
    media_type: str
    name: str
    suffixes: frozenset[str]
    offset: int
    magic: bytes


@cache
def signatures() -> tuple[Signature, ...]:
    """The rows of media_types.tsv, the first that fits decides."""
    return tuple(
        Signature(
            row["media_type"],
            row["name"],
            frozenset(row["suffixes"].split()),
            int(row["offset"]),
            bytes.fromhex(row["signature"]),
        )
        for row in knowledge.rows("ingest.tools", "media_types.tsv")
    )


def media_type(path: str | Path) -> str:
    """The media type (`application/pdf`, `image/tiff` …) of the file's content; OSError where unreadable.

    An empty file is EMPTY, plain text TEXT, what nothing recognises UNKNOWN.
    """
    with Path(path).open("rb", buffering=0) as file:
        return of_bytes(file.read(_HEAD))


def of_bytes(head: bytes) -> str:
    """The media type of a file that begins with `head` (its first 4 KiB).

    >>> of_bytes(b"\\r\\n%PDF-1.4 ...")
    'application/pdf'
    >>> of_bytes(b"II*\\0")
    'image/tiff'
    >>> of_bytes(b"")
    'application/x-empty'
    """
    if not head:
        return EMPTY
    for known in signatures():
        if head.startswith(known.magic, known.offset):
            return known.media_type
    if b"%PDF-" in head[: PDF_HEADER_WITHIN + 5]:
        return PDF
    return TEXT if _is_text(head) else UNKNOWN


def name_of(kind: str) -> str:
    """What people call it: `TIFF`, `PDF`, `text`."""
    special = {PDF: "PDF", EMPTY: "empty file", TEXT: "text", UNKNOWN: "file of an unknown kind"}
    if kind in special:
        return special[kind]
    return next((known.name for known in signatures() if known.media_type == kind), kind)


def wrongly_named(path: str | Path, kind: str) -> str:
    """A note where the suffix promises another kind than the content is; empty where it does not.

    >>> wrongly_named("box1/0001.tif", "application/pdf")
    'is named .tif, but its content is PDF'
    >>> wrongly_named("box1/0001.TIFF", "image/tiff")
    ''
    """
    suffix = Path(path).suffix.lower().lstrip(".")
    promised = {PDF} if suffix == "pdf" else {known.media_type for known in signatures() if suffix in known.suffixes}
    if not promised or kind in promised or kind in (EMPTY, UNKNOWN):
        return ""
    return f"is named .{suffix}, but its content is {name_of(kind)}"


def _is_text(head: bytes) -> bool:
    """Whether it is UTF-8, UTF-16 with a mark, or eight-bit text without control characters."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not any(byte < 9 or 13 < byte < 32 and byte != 27 for byte in head)
