"""Where on a page something was said, so that it is found again on another reading of it: words, a little around them, their box.

The words and what stands before and after are the W3C's TextQuoteSelector (Web Annotation Data Model 4.2.4); the box is on the
canvas. On the same image the box decides, whatever was read there; elsewhere, or where words have no boxes, the words decide.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from archive.layout import Layout, Word

#: So many words before and after are kept.
AROUND = 4
#: A word stands in a box where this part of its width and of the lower one's height does …
ACROSS, DOWN = 0.5, 0.5
#: … and a box is that of some words where each covers this part of the other's width.
SAME = 0.7
#: By its words alone a place is found where they are this like, with what stands around them, and no other place is nearly so.
LIKE, APART = 0.72, 0.08


@dataclass(frozen=True, slots=True)
class Anchor:
    """`exact` are the words (empty: a gap between two), `before` and `after` those around them; `hpos vpos width height` is their box on a
    canvas of `canvas_width` × `canvas_height`, without a size where they have none."""

    exact: str
    before: str
    after: str
    hpos: int = 0
    vpos: int = 0
    width: int = 0
    height: int = 0
    canvas_width: int = 0
    canvas_height: int = 0

    @property
    def has_box(self) -> bool:
        return self.width > 0 and self.height > 0


@dataclass(frozen=True, slots=True)
class Place:
    """The words `first` up to, without, `last`, in reading order; none where they are equal: the gap before that word."""

    first: int
    last: int


def anchor(layout: Layout, place: Place) -> Anchor:
    """What finds this place of a layout again.

    >>> from archive.layout import TextBlock, TextLine
    >>> page = Layout(100, 20, (TextBlock((TextLine((Word("rnadre", 0, 0, 30, 9), Word("de", 33, 0, 9, 9))),)),))
    >>> anchor(page, Place(0, 1))
    Anchor(exact='rnadre', before='', after='de', hpos=0, vpos=0, width=30, height=9, canvas_width=100, canvas_height=20)
    """
    words = list(layout.words())
    hpos, vpos, width, height = box(words[place.first:place.last]) if place.first < place.last else _wide_gap(layout, words, place.first)
    return Anchor(_text(words[place.first:place.last]), _text(words[max(0, place.first - AROUND):place.first]),
                  _text(words[place.last:place.last + AROUND]), hpos, vpos, width, height, layout.width, layout.height)


def _wide_gap(layout: Layout, words: Sequence[Word], at: int) -> tuple[int, int, int, int]:
    """The box of a gap before a word that is wider than high, where a word may have been passed over; else none."""
    if not 0 < at < len(words) or at in _ends_of_lines(layout):
        return 0, 0, 0, 0
    left, right = words[at - 1], words[at]
    start, top = left.hpos + left.width, min(left.vpos, right.vpos)
    width, height = right.hpos - start, max(left.vpos + left.height, right.vpos + right.height) - top
    return (start, top, width, height) if 0 < height < width else (0, 0, 0, 0)


def box(words: Sequence[Word]) -> tuple[int, int, int, int]:
    """The box around words; zeros where none of them has one."""
    words = [word for word in words if word.width > 0 and word.height > 0]
    if not words:
        return 0, 0, 0, 0
    left, top = min(w.hpos for w in words), min(w.vpos for w in words)
    return left, top, max(w.hpos + w.width for w in words) - left, max(w.vpos + w.height for w in words) - top


def find(layout: Layout, sought: Anchor, also: str = "", *, same_image: bool) -> Place | None:
    """Where it stands in a layout of the same image, or of another of the same page; None where that cannot be told.

    `also` is what may stand there instead of its words: what they were corrected to. A gap of no words, where the box holds none
    now, is a place too. What is cut by a word of the layout is not found: that word says more than the place has.
    """
    words, ends = list(layout.words()), _ends_of_lines(layout)
    if same_image and sought.has_box and _has_boxes(words):
        inside = [n for n, word in enumerate(words) if _inside(word, sought)]
        if not inside and not any(_overlap(word, sought) for word in words):
            return _gap(words, sought)
        if place := _in_one_line(words, inside, sought, also, ends):
            return place
    return _by_words(words, sought, also, ends)


def _has_boxes(words: Sequence[Word]) -> bool:
    return not words or any(word.width > 0 for word in words)


def _inside(word: Word, sought: Anchor) -> bool:
    across = min(word.hpos + word.width, sought.hpos + sought.width) - max(word.hpos, sought.hpos)
    down = min(word.vpos + word.height, sought.vpos + sought.height) - max(word.vpos, sought.vpos)
    return across >= ACROSS * word.width and down >= DOWN * min(word.height, sought.height) and word.width > 0


def _overlap(word: Word, sought: Anchor) -> bool:
    """Whether a word stands over a good part of the box."""
    across = min(word.hpos + word.width, sought.hpos + sought.width) - max(word.hpos, sought.hpos)
    down = min(word.vpos + word.height, sought.vpos + sought.height) - max(word.vpos, sought.vpos)
    return across >= ACROSS * sought.width / 2 and down >= DOWN * min(word.height, sought.height)


def _in_one_line(words: Sequence[Word], inside: Sequence[int], sought: Anchor, also: str, ends: Sequence[int]) -> Place | None:
    """The words of one line that follow each other and fill the box, no less and no more; where a slanting box holds several
    lines, those that read most like it."""
    found = []
    for _, group in groupby(inside, key=lambda n: bisect(ends, n)):
        numbers = list(group)
        place = Place(numbers[0], numbers[-1] + 1)
        left, _, width, _ = box(words[place.first:place.last])
        common = min(left + width, sought.hpos + sought.width) - max(left, sought.hpos)
        if len(numbers) == place.last - place.first and common >= SAME * max(width, sought.width):
            found.append(place)

    def like(place: Place) -> float:
        return max(Levenshtein.normalized_similarity(_text(words[place.first:place.last]), text) for text in (sought.exact, also))

    return max(found, key=like, default=None)


def _gap(words: Sequence[Word], sought: Anchor) -> Place:
    """The gap in reading order where words in a box that holds none would stand: after the nearest word to its left, or above."""
    middle = sought.vpos + sought.height / 2
    beside = [(n, word) for n, word in enumerate(words) if word.vpos <= middle <= word.vpos + word.height]
    if left := [n for n, word in beside if word.hpos < sought.hpos]:
        at = max(left, key=lambda n: words[n].hpos) + 1
    elif beside:
        at = min(beside, key=lambda one: one[1].hpos)[0]
    else:
        above = [n for n, word in enumerate(words) if word.vpos + word.height <= middle
                 and word.hpos < sought.hpos + sought.width and sought.hpos < word.hpos + word.width]
        at = max(above, key=lambda n: words[n].vpos) + 1 if above else 0
    return Place(at, at)


def _by_words(words: Sequence[Word], sought: Anchor, also: str, ends: Sequence[int]) -> Place | None:
    """The one place whose words, and those around, are like the anchor's."""
    tried: list[tuple[float, Place]] = []
    for text in {sought.exact, also}:
        length = len(text.split())
        for count in range(max(0, length - 1), length + 2) if length else (0,):
            for first in range(len(words) - count + 1):
                place = Place(first, first + count)
                if count and bisect(ends, first) != bisect(ends, first + count - 1):
                    continue
                like = Levenshtein.normalized_similarity(_text(words[first:place.last]), text) if text or count else 1.0
                if like >= 0.5:
                    tried.append((like, place))
    scored = sorted(((_likeness(words, place, like, sought), place) for like, place in tried), key=lambda one: -one[0])
    if not scored or scored[0][0] < LIKE:
        return None
    best, place = scored[0]
    rivals = (score for score, other in scored[1:] if not _touch(place, other))
    return place if next(rivals, 0.0) < best - APART else None


def _likeness(words: Sequence[Word], place: Place, like: float, sought: Anchor) -> float:
    """0-1: how like the words are, and those before and after; half and half."""
    before, after = _text(words[max(0, place.first - AROUND):place.first]), _text(words[place.last:place.last + AROUND])
    around = (Levenshtein.normalized_similarity(before, sought.before) + Levenshtein.normalized_similarity(after, sought.after)) / 2
    return around if place.first == place.last and not sought.exact else (like + around) / 2


def _touch(one: Place, other: Place) -> bool:
    """Whether they share a word, or are the same gap."""
    return one == other or (one.first < other.last and other.first < one.last)


def _ends_of_lines(layout: Layout) -> list[int]:
    """Of each line the number of the word after its last: `bisect` finds by it the line of a word."""
    ends, number = [], 0
    for block in layout.blocks:
        for line in block.lines:
            number += len(line.words)
            ends.append(number)
    return ends


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.content for word in words)
