"""Where on a page something was said, so that it is found again on another reading of it: words, a little around them,
their box.

The words and what stands before and after are the W3C's TextQuoteSelector (Web Annotation Data Model 4.2.4); the box is
on the canvas. On the same image the box decides, whatever was read there; elsewhere, or where words have no boxes, the
words decide.
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
#: A word stands in a box where this part of its width and of the lower one's height does, and whole where this part of
#: its width does.
ACROSS, DOWN, WHOLE = 0.5, 0.5, 0.7
#: Words of several lines in a box are what it held where they are this like; a line of words that are cut by it, where
#: they are this like.
SAME, CUT = 0.6, 0.75
#: Words read nowhere stand on the line of a word that is no farther away than so many of their heights.
AWAY = 3.0
#: By its words alone a place is found where they are this like, with what stands around them, and no other place is
#: nearly so.
LIKE, APART = 0.72, 0.08


@dataclass(frozen=True, slots=True)
class Anchor:
    """`exact` are the words (empty: a gap between two), `before` and `after` those around them; `hpos vpos width
    height` is their box on a canvas of `canvas_width` × `canvas_height`, without a size where they have none. Of a gap
    it is the box of the gap, where that is wide, else that of the word before, and then `follows`."""

    exact: str
    before: str
    after: str
    hpos: int = 0
    vpos: int = 0
    width: int = 0
    height: int = 0
    canvas_width: int = 0
    canvas_height: int = 0
    follows: bool = False

    @property
    def has_box(self) -> bool:
        return self.width > 0 and self.height > 0


@dataclass(frozen=True, slots=True)
class Place:
    """The words `first` up to, without, `last`, in reading order, and those `apart` from them; none where they are
    equal: the gap before that word, on a line of its own where it is `alone`."""

    first: int
    last: int
    apart: tuple[int, ...] = ()
    alone: bool = False


def anchor(layout: Layout, place: Place) -> Anchor:
    """What finds this place of a layout again.

    >>> from archive.layout import TextBlock, TextLine
    >>> page = Layout(100, 20, (TextBlock((TextLine((Word("rnadre", 0, 0, 30, 9), Word("de", 33, 0, 9, 9))),)),))
    >>> anchor(page, Place(0, 1))
    Anchor(exact='rnadre', before='', after='de', hpos=0, vpos=0, width=30, height=9, canvas_width=100, \
canvas_height=20, follows=False)
    """
    words = list(layout.words())
    where, follows = box(words[place.first : place.last]), False
    if place.first == place.last:
        where = _wide_gap(layout, words, place.first)
        if not any(where):
            where, follows = box(words[max(0, place.first - 1) : place.first]), True
    return Anchor(
        _text(words[place.first : place.last]),
        _text(words[max(0, place.first - AROUND) : place.first]),
        _text(words[place.last : place.last + AROUND]),
        *where,
        layout.width,
        layout.height,
        follows,
    )


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

    `also` is what may stand there instead of its words: what they were corrected to. A gap of no words, where the box
    holds none now, is a place too. What is cut by a word of the layout is not found: that word says more than the place
    has.
    """
    words, ends = list(layout.words()), _ends_of_lines(layout)
    if same_image and _has_boxes(words):
        if sought.has_box and (place := _in_box(words, sought, also, ends)):
            return place
        if not sought.has_box and not sought.exact and not sought.before:
            return Place(0, 0)
    return _by_words(words, sought, also, ends)


def _in_box(words: Sequence[Word], sought: Anchor, also: str, ends: Sequence[int]) -> Place | None:
    """The words in the box, on one line as a rule; the gap where it holds none."""
    inside = [n for n, word in enumerate(words) if _share(word, sought) >= ACROSS]
    if sought.follows:
        return Place(inside[-1] + 1, inside[-1] + 1) if inside else None
    if not inside:
        return None if any(_covers(word, sought) for word in words) else _gap(words, sought, ends)

    def like(numbers: Sequence[int]) -> float:
        return max(
            Levenshtein.normalized_similarity(_text([words[n] for n in numbers]), text) for text in (sought.exact, also)
        )

    lines = [list(group) for _, group in groupby(inside, key=lambda n: bisect(ends, n))]
    # A slanting line's box has words of its neighbours, and what is one line to one reader is two to another.
    best = max((*lines, inside), key=like)
    whole = all(_share(words[n], sought) >= WHOLE for n in best)
    if like(best) >= (SAME if whole else CUT) or whole and len(lines) == 1:
        first = best[0]
        last = next((n for n in range(first, len(words) + 1) if n not in best), first)
        return Place(first, last, tuple(n for n in best if n > last))
    return None


def _has_boxes(words: Sequence[Word]) -> bool:
    return not words or any(word.width > 0 for word in words)


def _share(word: Word, sought: Anchor) -> float:
    """What part of a word's width stands in the box, 0-1; 0 where it stands on another line."""
    if not word.width:
        return 0.0
    across = min(word.hpos + word.width, sought.hpos + sought.width) - max(word.hpos, sought.hpos)
    return max(0.0, across / word.width) if _level(word, sought) else 0.0


def _covers(word: Word, sought: Anchor) -> bool:
    """Whether a word stands over a good part of the box."""
    across = min(word.hpos + word.width, sought.hpos + sought.width) - max(word.hpos, sought.hpos)
    return across >= ACROSS * sought.width / 2 and _level(word, sought)


def _level(word: Word, sought: Anchor) -> bool:
    down = min(word.vpos + word.height, sought.vpos + sought.height) - max(word.vpos, sought.vpos)
    return down >= DOWN * min(word.height, sought.height)


def _gap(words: Sequence[Word], sought: Anchor, ends: Sequence[int]) -> Place:
    """The gap in reading order where words in a box that holds none would stand: beside the nearest on its line, else
    on a line below."""
    middle = sought.vpos + sought.height / 2
    near = {
        n: max(sought.hpos - word.hpos - word.width, word.hpos - sought.hpos - sought.width)
        for n, word in enumerate(words)
        if word.vpos <= middle <= word.vpos + word.height
    }
    nearest = min(near, key=lambda one: near[one], default=None)
    if nearest is not None and near[nearest] <= AWAY * sought.height:
        at = nearest + (words[nearest].hpos < sought.hpos)
        return Place(at, at)
    above = [
        n
        for n, word in enumerate(words)
        if word.vpos + word.height <= middle
        and word.hpos < sought.hpos + sought.width
        and sought.hpos < word.hpos + word.width
    ]
    at = ends[bisect(ends, max(above, key=lambda n: words[n].vpos + words[n].height))] if above else 0
    return Place(at, at, alone=True)


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
                like = (
                    Levenshtein.normalized_similarity(_text(words[first : place.last]), text) if text or count else 1.0
                )
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
    before, after = (
        _text(words[max(0, place.first - AROUND) : place.first]),
        _text(words[place.last : place.last + AROUND]),
    )
    around = (
        Levenshtein.normalized_similarity(before, sought.before)
        + Levenshtein.normalized_similarity(after, sought.after)
    ) / 2
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
