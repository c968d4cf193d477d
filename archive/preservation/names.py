"""Names of files and folders in a bag: the masters' own, as far as every disk, manifest and ingest can take them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

#: What Windows refuses in a name, `|`, which parts files in a cell, `%`, which BagIt decodes, control characters, lone
#: surrogates (bytes that are no UTF-8), and spaces and marks that do not show.
_UNSAFE = re.compile(
    '[\\\\/:*?"<>|%\u0000-\u001f\u007f-\u009f\ud800-\udfff\ufffd\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]'
)
_ODD_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.I)
#: Disks take 255 bytes; room is left for a number.
_MOST_BYTES = 180


def safe(name: str) -> str:
    r"""A name that any disk takes, and that a cell of a spreadsheet says unchanged; its suffix stays.

    >>> safe("Página 1?.tif"), safe("  =a|b\n.tif "), safe(".hidden"), safe("aux.tif")
    ('Página 1_.tif', '_a_b_.tif', '_hidden', '_aux.tif')
    """
    text = unicodedata.normalize("NFC", _UNSAFE.sub("_", _ODD_SPACES.sub(" ", name))).strip()
    text = re.sub(r"\s+", " ", text).rstrip(". ")
    if text[:1] in "=+-@~.#'" or _RESERVED.fullmatch(text):
        text = f"_{text.lstrip('=+-@~.#' + chr(39))}"
    suffix = PurePosixPath(text).suffix
    stem = text.removesuffix(suffix) if suffix else text
    while len((stem + suffix).encode()) > _MOST_BYTES:
        stem, suffix = (stem[:-1], suffix) if len(suffix) < 20 else (text[: _MOST_BYTES // 4], "")
    return stem + suffix


class Names:
    """Names within one folder, each given once; on some disks X.TIF and x.tif are one.

    `ignored` are patterns of names that ingest would pass by (`ingest.ignore`).

    >>> names = Names(("truth",))
    >>> names.give("a.tif"), names.give("A.tif"), names.give("truth"), names.give("")
    ('a.tif', 'A-2.tif', '_truth', '_')
    """

    def __init__(self, ignored: Sequence[str] = ()):
        self._ignored = tuple(pattern.casefold() for pattern in ignored)
        self._given: set[str] = set()

    def free(self, name: str) -> bool:
        return self._key(self._passable(name)) not in self._given

    def give(self, name: str) -> str:
        """The name, made safe, and with a number where another has it already."""
        whole = self._passable(name)
        stem, suffix = whole.removesuffix(PurePosixPath(whole).suffix), PurePosixPath(whole).suffix
        given, number = whole, 2
        while self._key(given) in self._given:
            given, number = f"{stem}-{number}{suffix}", number + 1
        self._given.add(self._key(given))
        return given

    def _passable(self, name: str) -> str:
        text = safe(name) or "_"
        if any(fnmatchcase(text.casefold(), pattern) for pattern in self._ignored):
            text = f"_{text}"
        # `*.tmp` would pass by any prefix: the suffix becomes part of the stem.
        if any(fnmatchcase(text.casefold(), pattern) for pattern in self._ignored):
            text = f"{text}_"
        return text

    @staticmethod
    def _key(name: str) -> str:
        return unicodedata.normalize("NFC", name.casefold())
