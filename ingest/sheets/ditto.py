"""Ditto marks: never a value, but that of the row above, or nothing; what restricts is repeated, what opens is not."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from archive import knowledge
from archive.description import Element
from ingest.sheets.values import read_cell

_QUOTES = str.maketrans({one: '"' for one in "“”„‟″〞«»¨"} | {one: "'" for one in "‘’‚´`′"})
#: Columns that say which item, page or file a row is of: none is that of the row above.
_OWN = frozenset(("id", "ref_id", "file", "pages", "sha256", "sequence", "label"))
_WRITE = "Write the value out in each row."


class Ditto(NamedTuple):
    """A ditto mark found in a column: the value it was read as (empty: none); whether the row cannot be used without
    it."""

    column: str
    value: str
    refuses: bool

    @property
    def message(self) -> str:
        return (
            f"a ditto mark was read as the value above, {self.value[:60]}"
            if self.value
            else "a ditto mark is no value; it was left out"
        )

    @property
    def remedy(self) -> str:
        return _WRITE


def is_ditto(text: str) -> bool:
    """Whether a cell holds nothing but a ditto mark.

    >>> [one for one in ('"', "”", "''", "— '' —", "Ídem", "id.", "-do-", "〃", "id", "O'Hara", "do") if is_ditto(one)]
    ['"', '”', "''", "— '' —", 'Ídem', 'id.', '-do-', '〃']
    """
    text = text.strip()
    if not text or len(text) > 24:
        return False
    marks = "".join(text.translate(_QUOTES).split()).strip("-–—_.,")
    if marks and set(marks) <= {'"', "'"}:
        return marks != "'"
    return _plain(text) in _marks()


@functools.cache
def _marks() -> frozenset[str]:
    return frozenset(_plain(row["mark"]) for row in knowledge.rows("ingest.sheets", "ditto.tsv"))


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFD", " ".join(text.casefold().split()))
    return "".join(c for c in plain if not unicodedata.combining(c))


def resolve(
    cells: tuple[str, ...], above: tuple[str, ...], names: Mapping[int, str], elements: Mapping[str, Element]
) -> tuple[tuple[str, ...], list[Ditto]]:
    """A row's cells with the values that ditto marks stand for, from the row `above` (empty where none stands right
    above it).

    `names` are the columns by place. A mark below what opens, or below nothing, stays in a column of access, where it
    is not understood, and so closes.
    """
    found: list[Ditto] = []
    read = list(cells)
    for place, cell in enumerate(cells):
        if not cell or not is_ditto(cell):
            continue
        column = names.get(place, "")
        value = above[place].strip() if place < len(above) else ""
        if column == "access":
            if read_cell(elements[column], value).text in ("", "open"):
                continue
        elif column in _OWN:
            value = ""
        read[place] = value
        if column in elements:
            found.append(Ditto(column, value, not value and (column in _OWN or column == "parent_ref_id")))
    return tuple(read), found
