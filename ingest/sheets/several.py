"""Several values in one cell, parted by semicolons or lines instead of |: parted where that has one reading."""

from __future__ import annotations

import functools
import re

from archive import knowledge
from archive.description import Element

#: Columns of names, subjects and places; in others a semicolon is part of what is said (4 leaves; 1 photograph).
_LISTS = frozenset(("creator", "creator_role", "subject", "place", "rights_holder"))
_ENTITY = re.compile(r"&(?:\w+|#\d+);")


def parted(element: Element, written: str) -> tuple[tuple[str, ...], bool]:
    """The values of a cell, and whether it is clear which they are: where it is not, the cell is one value.

    >>> from archive.description import elements
    >>> parted(elements()["creator"], "Ficticia, Ana; Inventado, Juan")
    (('Ficticia, Ana', 'Inventado, Juan'), True)
    >>> parted(elements()["creator"], "Arzobispado; Oficina de Tutela Legal")
    (('Arzobispado; Oficina de Tutela Legal',), False)
    """
    whole = (written,)
    lined = "\n" in written.strip() or "\r" in written.strip()
    if element.column not in _LISTS or not (lined or ";" in written):
        return whole, True
    if _ENTITY.search(written) or any(
        ";" in one for one in re.findall(r"\([^()]*\)|\"[^\"]*\"|“[^”]*”|«[^»]*»", written)
    ):
        return whole, False
    parts = tuple(part.strip() for part in re.split(r"[;\r\n]+", written) if part.strip(" \t,."))
    if len(parts) < 2:
        return parts or whole, True
    if any(_goes_on(part, element) for part in parts[1:]):
        return whole, False
    return parts, True


_FIRST_WORD = re.compile(r"[\W_]*([^\W\d_]+)?")


def _goes_on(part: str, element: Element) -> bool:
    """Whether a part is likelier the rest of the one before it than a value of its own."""
    found = _FIRST_WORD.match(part)
    first = (found and found[1]) or ""
    word = first.casefold()
    if not first or word in _words("goes on"):
        return True
    if element.column == "creator":  # a body's department, an initial, what follows a name
        return word in _words("below") or len(first) == 1 and "," not in part or first[:1].islower()
    return False


@functools.cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in knowledge.rows("ingest.sheets", "several.tsv") if row["kind"] == kind)
