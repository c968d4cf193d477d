"""Which characters a text of the record may hold: those that every database and every export can."""

from __future__ import annotations

import re

_UNSOUND = re.compile("[\0\ud800-\udfff]")
_ESCAPED = re.compile(r"\\(\\|x[0-9a-f]{2})")
_UNDECODABLE = re.compile("[\udc80-\udcff]")


def sound(text: str) -> str:
    r"""The text without NUL, which PDF layers hold and PostgreSQL cannot, and with lone surrogates, which are no
    Unicode text, as U+FFFD.

    >>> sound("Teco\0luca \udce9")
    'Tecoluca \ufffd'
    """
    if _UNSOUND.search(text) is None:
        return text
    return _UNSOUND.sub("\ufffd", text.replace("\0", ""))


def escaped_path(path: str) -> str:
    r"""A file's name as the catalog holds it: its bytes that are no UTF-8 as `\xE9` is written in C, so that the file
    is found again; a backslash doubled.

    Python hands out such bytes as lone surrogates (PEP 383), which no database takes.

    >>> print(escaped_path("a/\udce9.tif"))
    a/\xe9.tif
    >>> unescaped_path(escaped_path("b\\xe9\\\udce9")) == "b\\xe9\\\udce9"
    True
    """
    if "\\" not in path and _UNSOUND.search(path) is None:
        return path
    doubled = path.replace("\\", "\\\\")
    return sound(_UNDECODABLE.sub(lambda found: f"\\x{ord(found[0]) - 0xDC00:02x}", doubled))


def unescaped_path(written: str) -> str:
    """The file's name, as Python opens it, of what `escaped_path` wrote."""
    if "\\" not in written:
        return written
    return _ESCAPED.sub(lambda found: "\\" if found[1] == "\\" else chr(0xDC00 + int(found[1][1:], 16)), written)
