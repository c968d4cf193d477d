"""Which encoding the bytes of a spreadsheet are in, and their text."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from archive.errors import SheetError

#: Byte order marks, the longer first (UTF-32's begins like UTF-16's). A mark is said only where it matters.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)

#: First bytes of files that are not text, and what a person calls them.
_NOT_TEXT = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"II*\x00", "an image"),
    (b"MM\x00*", "an image"),
    (b"{\\rtf", "a rich-text document"),
)

_ACCENTED = frozenset("áéíóúñüàèìòùâêîôûäëïöãõç")
_CAPITALS = frozenset("ÁÉÍÓÚÑÜÀÈÌÒÙÂÊÎÔÛÄËÏÖÃÕÇ")
_OPENING = frozenset("¿¡“‘«")
_PLAIN = frozenset("ªº°”’»–—…·€•\xa0")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the encoding's name, and whether it is UTF-8 as it should be."""

    text: str
    encoding: str
    utf8: bool


def decode(data: bytes, name: str) -> Decoded:
    """The text of `data`: UTF-8, else as its byte order mark or its letters tell.

    Raises SheetError for what is no text at all.

    >>> decode("Informe sobre la situación".encode("cp1252"), "metadata.csv").encoding
    'Windows-1252'
    """
    for start, what in _NOT_TEXT:
        if data.startswith(start):
            raise SheetError(
                f"it is {what}, not a table", item=name, remedy="Save the spreadsheet as CSV (UTF-8) or XLSX."
            )
    for mark, codec, label in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], codec, label, name)
    try:
        if b"\x00" not in data:
            return Decoded(data.decode("utf-8"), "UTF-8", True)
    except UnicodeDecodeError:
        return _eight_bit(data)
    return _wide(data, name)


def _strictly(data: bytes, codec: str, label: str, name: str) -> Decoded:
    try:
        return Decoded(data.decode(codec), label, label == "UTF-8")
    except UnicodeDecodeError as broken:
        raise SheetError(
            f"it says it is {label} but is not: byte {broken.start} cannot be read",
            item=name,
            remedy="Save the spreadsheet again as CSV (UTF-8).",
        ) from broken


def _wide(data: bytes, name: str) -> Decoded:
    """UTF-16 without a mark: in a table of Latin letters every second byte is nought."""
    odd, even = data[1::2].count(0), data[::2].count(0)
    half = len(data) // 2
    for codec, many, few in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if many > 0.4 * half and few < 0.05 * half and len(data) % 2 == 0:
            return _strictly(data, codec, "UTF-16", name)
    raise SheetError(
        "it is not text: it has nought bytes", item=name, remedy="Save the spreadsheet as CSV (UTF-8) or XLSX."
    )


def _eight_bit(data: bytes) -> Decoded:
    """Windows-1252, Mac Roman or DOS 850: the one in which the letters fall into words."""
    candidates = []
    for place, (codec, label) in enumerate(
        (("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman"), ("cp850", "DOS 850"))
    ):
        # Five bytes mean nothing in Windows-1252; Latin-1 keeps them as they are.
        text = (
            "".join(bytes([b]).decode(codec, "replace").replace("\ufffd", chr(b)) for b in data)
            if codec == "cp1252" and any(b in data for b in b"\x81\x8d\x8f\x90\x9d")
            else data.decode(codec)
        )
        candidates.append((_likeness(text), -place, text, label))
    _, _, text, label = max(candidates)
    return Decoded(text, label, False)


def _likeness(text: str) -> int:
    """How well the characters beyond ASCII stand where Spanish and English put them."""
    score = 0
    for place, char in enumerate(text):
        if char < "\x80":
            continue
        before = text[place - 1] if place else " "
        after = text[place + 1] if place + 1 < len(text) else " "
        if char in _ACCENTED:
            score += 2 if before.isalpha() and not before.isupper() or after.islower() else 0
        elif char in _CAPITALS:
            score += 2 if not before.islower() else -2
        elif char in _OPENING:
            score += 1 if not before.isalnum() and after.isalnum() else -2
        elif char == "’":
            score += 1 if before.isalpha() else -2
        elif char in _PLAIN:
            score += 1 if not (before.isalpha() and after.isalpha()) else -2
        else:
            score -= 2
    return score
