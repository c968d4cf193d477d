"""The glyphs of a PDF page to words, in whatever direction they run; pure, in the page's own units."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

#: A gap of this share of the type size ends a word; typesetters' spaces are a quarter of it and more.
WORD_GAP = 0.2
#: A step back or aside of this share of the type size is another line or column.
JUMP = 0.5
#: The number of a note is at most so large beside its word, and its middle lies so much higher, both in the word's
#: size.
NOTE_SIZE, NOTE_RAISED = 0.85, 0.08
UNITS = frozenset(["m", "cm", "mm", "dm", "km", "ha", "in", "ft", "yd", "mi", "mz"])
#: Words of the same letters this near to each other (in points) are one, printed twice to look bold.
TWICE = 1.5
#: Glyphs without a Unicode value come out as (cid:12) or U+FFFD, in the private use area, or as control characters.
UNMAPPED = re.compile(r"\(cid:\d+\)|[\ufffd\ue000-\uf8ff\x00-\x1f\x7f-\x9f\ufffe\uffff\U000f0000-\U0010ffff]")
#: Ligatures are a matter of type, and nobody searches for them.
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph with its edges (y down); `direction` is 0 to the right, 1 up, 2 to the left, 3 down."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    direction: int = 0

    @property
    def along(self) -> tuple[float, float]:
        """Where it begins and ends in its direction."""
        return ((self.x0, self.x1), (-self.bottom, -self.top), (-self.x1, -self.x0), (self.top, self.bottom))[
            self.direction
        ]

    @property
    def across(self) -> tuple[float, float]:
        """The glyph's edges at right angles to its direction."""
        return (self.top, self.bottom) if self.direction % 2 == 0 else (self.x0, self.x1)


@dataclass(frozen=True, slots=True)
class GlyphWord:
    """A word with its edges and its direction."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    direction: int


def direction_of(matrix: tuple[float, ...]) -> int:
    """The direction of a text matrix: the quarter it comes nearest to.

    >>> direction_of((12, 0, 0, 12, 0, 0)), direction_of((0, 12, -12, 0, 0, 0)), direction_of((-12, 0.1, 0, -12, 0, 0))
    (0, 1, 2)
    """
    a, b = matrix[0], matrix[1]
    if abs(a) >= abs(b):
        return 0 if a >= 0 else 2
    return 1 if b > 0 else 3


def words(glyphs: Iterable[Glyph]) -> Iterator[GlyphWord]:
    """The words, in the order in which they are written in the PDF.

    >>> a, b, c = Glyph("l", 0, 0, 5, 10), Glyph("a", 5, 0, 10, 10), Glyph("y", 14, 0, 19, 10)
    >>> [word.text for word in words([a, b, c])]
    ['la', 'y']
    """
    seen: set[tuple[str, int, int]] = set()
    group: list[Glyph] = []
    for glyph in (*glyphs, None):
        blank = glyph is not None and not glyph.text.strip()
        if group and (glyph is None or blank or not _continues(group, glyph)):
            word = _joined(group)
            key = (word.text, round(word.x0 / TWICE), round(word.top / TWICE))
            near = {(key[0], key[1] + i, key[2] + j) for i in (-1, 0, 1) for j in (-1, 0, 1)}
            if not near & seen:
                yield word
            seen.add(key)
            group = []
        if glyph is not None and not blank:
            group.append(glyph)


def _continues(group: list[Glyph], glyph: Glyph) -> bool:
    last = group[-1]
    if glyph.direction != last.direction:
        return False
    if (
        _is_note(last, glyph)
        and not is_unit("".join(one.text for one in group))
        or glyph.text.isalpha()
        and _is_note(glyph, last)
    ):
        return False
    size = max(1e-6, *(g.across[1] - g.across[0] for g in (last, glyph)))
    gap = glyph.along[0] - last.along[1]
    shift = abs(sum(glyph.across) - sum(last.across)) / 2
    return -JUMP * size < gap < WORD_GAP * size and shift < JUMP * size


def is_unit(text: str) -> bool:
    """Whether a raised number after it is no note's, but makes a square or a cube of it.

    >>> is_unit("km"), is_unit("(lb/in"), is_unit("Mozote")
    (True, True, False)
    """
    return re.split(r"[\W\d_]+", text)[-1].casefold() in UNITS


def _is_note(beside: Glyph, glyph: Glyph) -> bool:
    """Whether a glyph is of the number of a note: a digit, smaller than the letter or mark beside it, and raised.

    >>> _is_note(Glyph("e", 0, 0, 6, 11), Glyph("1", 6, 0, 9, 7))
    True
    >>> _is_note(Glyph("H", 0, 0, 6, 11), Glyph("2", 6, 6, 9, 13))
    False
    """
    if not glyph.text.isdecimal() or beside.text.isdecimal() or not beside.text.strip():
        return False
    size, small = (g.across[1] - g.across[0] for g in (beside, glyph))
    raised = (sum(beside.across) - sum(glyph.across)) / 2 * (1 if glyph.direction in (0, 1) else -1)
    return small <= NOTE_SIZE * size and raised >= NOTE_RAISED * size


def _joined(group: list[Glyph]) -> GlyphWord:
    text = "".join(glyph.text.strip() for glyph in group).translate(_LIGATURES)
    return GlyphWord(
        unicodedata.normalize("NFC", text),
        min(g.x0 for g in group),
        min(g.top for g in group),
        max(g.x1 for g in group),
        max(g.bottom for g in group),
        group[0].direction,
    )
