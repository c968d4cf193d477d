"""A text as the finders read it, folded, with the way back to the words as they stand.

Folded: lower case, no accents, one space for any white space (a line break included, an empty line is
`\\n`), words joined that were hyphenated at the end of a line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

#: A hyphen at the end of a line inside a word: "novem-/bre", "CHALA-/TENANGO", but not "Pico-/Union".
_BROKEN = re.compile(r"(?<=[^\W\d_])[-¬][ \t]*\n[ \t]*(?=[^\W\d_])")
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character)
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


class Folded:
    """`text` is folded; `span(start, end)` gives the span of the original that a span of `text` was.

    >>> folded = Folded("12 de NOVIEM-\\nBRE")
    >>> folded.text, folded.span(6, 15)
    ('12 de noviembre', (6, 17))
    """

    __slots__ = ("source", "text", "_starts", "_ends")

    def __init__(self, source: str):
        self.source = source
        dropped = {
            i for found in _BROKEN.finditer(source) if _joins(source, found) for i in range(found.start(), found.end())
        }
        letters: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for place, character in enumerate(source):
            if place in dropped:
                continue
            if character.isspace():
                if letters and letters[-1] in " \n":
                    if character == "\n" and "\n" in source[starts[-1] : place]:
                        letters[-1] = "\n"
                    ends[-1] = place + 1
                    continue
                folded = " "
            else:
                folded = character.lower() if character.isascii() else _fold_character(character)
            for letter in folded:
                letters.append(letter)
                starts.append(place)
                ends.append(place + 1)
        self.text = "".join(letters)
        self._starts, self._ends = starts, ends

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self._starts[start], self._ends[end - 1]

    def length(self, start: int, end: int) -> int:
        """How long a span of `text` is in the original."""
        return self._ends[end - 1] - self._starts[start]

    def original(self, start: int, end: int) -> str:
        first, last = self.span(start, end)
        return self.source[first:last]

    def is_capitalised(self, start: int) -> bool:
        return self.source[self._starts[start]].isupper()

    def marked(self, symbols: Mapping[str, str]) -> Folded:
        """The text with each word of `symbols` replaced by its symbol (one character), for patterns to use."""
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        last = 0
        for found in _WORD.finditer(self.text):
            symbol = symbols.get(found[0])
            if symbol is None:
                continue
            a, b = found.span()
            pieces += (self.text[last:a], symbol)
            starts += self._starts[last:a]
            ends += self._ends[last:a]
            starts.append(self._starts[a])
            ends.append(self._ends[b - 1])
            last = b
        marked = Folded.__new__(Folded)
        marked.source = self.source
        marked.text = "".join(pieces) + self.text[last:]
        marked._starts = starts + self._starts[last:]
        marked._ends = ends + self._ends[last:]
        return marked


def _joins(source: str, found: re.Match) -> bool:
    before, after = source[found.start() - 1], source[found.end()]
    return after.islower() or before.isupper() and after.isupper()
