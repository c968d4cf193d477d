"""What the ledger says of a file or page, in Spanish, from sentences.tsv.

The ledger keeps English sentences: what happened, then what to do, some of them about several pages. Each is looked up
by its shape, with `{}` for what changes; what a library said within one stays as that library said it.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from archive import knowledge

#: Where one sentence may end and the next begin.
_ENDS = re.compile(r"\.?; +|\. +|[.;]?$")
#: More sentences than this in one reason are not looked up one by one.
_LONGEST = 4_000


class Sentence(NamedTuple):
    """The shape of an English sentence, and its Spanish with `{0}` for the first thing that changes."""

    shape: re.Pattern
    es: str


@functools.cache
def sentences() -> tuple[Sentence, ...]:
    """The rows of the table, those with the most letters of their own first."""
    rows = sorted(
        knowledge.rows("ingest.reports", "sentences.tsv"),
        key=lambda row: -len(row["en"].replace("{}", "")),
    )
    return tuple(
        Sentence(re.compile("(.*?)".join(map(re.escape, row["en"].split("{}"))), re.DOTALL), row["es"]) for row in rows
    )


def in_language(said: str, language: str) -> str | None:
    """A reason in `es` or `en`; None where it can only be had in English, which it is not asked for in."""
    return in_spanish(said) if language == "es" else said


@functools.lru_cache(maxsize=4096)
def in_spanish(said: str) -> str | None:
    """A reason in Spanish; None where one of its sentences is not in the table.

    >>> in_spanish("is empty. Copy it again from where it came, or scan it again.")
    'está vacío. Cópielo de nuevo desde su origen o escanéelo otra vez.'
    >>> in_spanish("1 of 2 pages could not be read: page 2: is damaged: bad Huffman code")
    'No se pudieron leer 1 de 2 páginas: página 2: está dañado: bad Huffman code'
    >>> in_spanish("something that nobody wrote down") is None
    True
    """
    said = said.strip()
    if not said:
        return ""
    if len(said) > _LONGEST:
        return None
    for end in _ENDS.finditer(said):
        if (first := _sentence(said[: end.start()])) is None:
            continue
        if end.end() == len(said):
            return first + end.group().rstrip()
        if (rest := in_spanish(said[end.end() :])) is not None:
            return first + end.group() + rest
    return None


def _sentence(text: str) -> str | None:
    for sentence in sentences():
        if found := sentence.shape.fullmatch(text):
            # What changes may be a sentence itself: what is wrong with a page.
            return sentence.es.format(*(in_spanish(part) or part for part in found.groups()))
    return None
