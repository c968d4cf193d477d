"""Which of an item's lines are running heads and feet: those that stand again at the edge of pages near by, numbers and
dates aside.

What is compared, and with which pages: as page association does it (Xiaofan Lin, Header and Footer Extraction by Page
Association, 2003): a line with those in the margins of the pages around it, so that a section's head, and one that
stands on every other page, are found too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from math import ceil

from rapidfuzz import fuzz

from archive.margins import RUNNING_FOOT, RUNNING_HEAD
from archive.record import NewMention
from ingest.extract.date_words import MONTH, SYMBOLS, WEEKDAY
from ingest.extract.folded import Folded
from ingest.extract.page_edges import DEPTH, FOOT, HEAD, ROWS, EdgeLine, Edges

#: Pages on either side that a line is looked for on.
_REACH = 8
#: Of the pages around, this share have the line; never fewer than these.
_SHARE, _FEWEST = 0.2, 2
#: In an item of so few pages one other page is enough.
_FEW_PAGES = 3
#: Lines as similar as this, of a hundred, are one line read twice; and such long ones as similar as that are so even on
#: two pages.
_SIMILAR, _SAME, _LONG = 70, 88, 10
#: Letters that a line has beside its numbers and dates, to be compared without them.
_LETTERS = 4
#: A row of fewer letters is a speck or a mark: what stands further in may be a running head for all that.
_SPECK = 4
#: On the first page a line stands where the others stand, within this share of the page's height, and is as high,
#: within this factor; else it is the heading that they repeat.
_SAME_PLACE, _AS_HIGH = 0.025, 1.25

_KIND = {HEAD: RUNNING_HEAD, FOOT: RUNNING_FOOT}
_WORD = re.compile(r"[^\W_]+")
_CONNECTING = frozenset(["de", "del", "of", "the", "y", "a", "al", "and", "to", "el", "la", "no", "vol", "num"])


def running_heads(pages: Sequence[Edges], numbers: Mapping[int, Collection[int]]) -> list[tuple[NewMention, ...]]:
    """The running heads and feet of each page of an item. `numbers` has of each page (by its sequence) the first words
    of lines that are page numbers: these are none, and do not bar what stands further in."""
    if len(pages) < 2:
        return [() for _ in pages]
    return [_of_page(pages, at, numbers) for at in range(len(pages))]


def _of_page(pages: Sequence[Edges], at: int, numbers: Mapping[int, Collection[int]]) -> tuple[NewMention, ...]:
    page, own = pages[at], numbers.get(pages[at].sequence, ())
    found: dict[int, tuple[int, NewMention]] = {}
    for edge in (HEAD, FOOT):
        around = [
            one
            for one in pages[max(0, at - _REACH) : at] + pages[at + 1 : at + 1 + _REACH]
            if one.lines and not _is_copy(page, one, edge)
        ]
        needed = max(_FEWEST, ceil(_SHARE * len(around)))
        for depth in range(DEPTH):
            row = page.at(edge, depth)
            marked = [
                line
                for line in row
                if line.first_word not in own and _recurs(line, around, needed, len(pages), at == 0)
            ]
            for line in marked:
                mention = NewMention(_KIND[edge], line.first_word, line.last_word, line.text, "recurring line", "")
                if line.first_word not in found or depth < found[line.first_word][0]:
                    found[line.first_word] = depth, mention
            if any(line not in marked and line.first_word not in own and _letters(line.text) >= _SPECK for line in row):
                break
    return tuple(mention for _, mention in sorted(found.values(), key=lambda pair: pair[1].first_word))


def _recurs(line: EdgeLine, around: Sequence[Edges], needed: int, pages: int, first: bool) -> bool:
    """Whether the line stands on enough of the pages around."""
    scores = [
        max(
            (
                _likeness(line.words, other.words)
                for other in one.at(line.edge)
                if other.depth < DEPTH and not (first and _is_heading(line, other))
            ),
            default=0,
        )
        for one in around
    ]
    alike = sum(score >= _SIMILAR for score in scores)
    if alike >= needed:
        return True
    bare = _is_bare(line.words)
    return alike >= 1 and not bare and (pages <= _FEW_PAGES or max(scores) >= _SAME and _letters(line.text) >= _LONG)


def _is_heading(line: EdgeLine, other: EdgeLine) -> bool:
    """Whether the first page's line is a heading that the other repeats: larger, elsewhere, or in other letters."""
    if line.text.isupper() != other.text.isupper():
        return True
    if line.place is None or other.place is None:
        return False
    return abs(line.place - other.place) > _SAME_PLACE or line.height > _AS_HIGH * other.height


def _is_copy(page: Edges, other: Edges, edge: str) -> bool:
    """Whether the other is the same page once more, or the same form: then what recurs is its text."""
    if page.rows < ROWS or other.rows < ROWS:
        return False
    same = [
        any(
            _likeness(mine.words, theirs.words) >= _SIMILAR
            for mine in page.at(edge, depth)
            for theirs in other.at(edge, depth)
        )
        for depth in range(ROWS)
    ]
    # The row inside every margin is text; one of the others may be the number of the copy.
    return same[-1] and sum(same) >= ROWS - 1


@lru_cache(maxsize=1 << 13)
def _likeness(words: tuple[str, ...], others: tuple[str, ...]) -> float:
    """How alike two lines are, of a hundred, whatever numbers and months they name; of lines that are nothing else,
    only whole."""
    if _is_bare(words) or _is_bare(others):
        return 100.0 if words == others else 0.0
    return fuzz.ratio(_masked(words), _masked(others), score_cutoff=_SIMILAR)


@lru_cache(maxsize=1 << 12)
def _masked(words: tuple[str, ...]) -> str:
    """The line folded, `#` for what has a figure in it, `@` for months and days of the week.

    >>> _masked(("El", "Rescate,", "Enero", "1989,", "pág.", "l2"))
    'el rescate @ # pag #'
    """
    return " ".join(
        "#" if any(c.isdecimal() for c in word) else "@" if _names_time(word) else word
        for word in _WORD.findall(Folded(" ".join(words)).text)
    )


def _names_time(word: str) -> bool:
    symbol = SYMBOLS.get(word)
    return symbol is not None and MONTH <= ord(symbol) < WEEKDAY + 0x10


@lru_cache(maxsize=1 << 12)
def _is_bare(words: tuple[str, ...]) -> bool:
    """Whether a line is numbers and dates and nothing else to know it by.

    >>> _is_bare(("12", "de", "enero", "de", "1989")), _is_bare(("El", "Mundo,", "12", "de", "enero"))
    (True, False)
    """
    return sum(len(word) for word in _masked(words).split() if word not in _CONNECTING and word.isalpha()) < _LETTERS


def _letters(text: str) -> int:
    return sum(c.isalpha() for c in text)
