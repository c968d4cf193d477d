"""Which line a word belongs to that was not read with it: one that stands beside it."""

from __future__ import annotations

from collections.abc import Sequence

from archive.layout import TextLine, Word

#: A word belongs to a line that shares this part of the lower one's height …
DOWN = 0.5
#: … and is no farther away than so many heights of the word.
AWAY = 3.0


def with_others(lines: Sequence[Sequence[Word]], others: Sequence[Sequence[Word]]) -> list[TextLine]:
    """The lines, with each word of `others` in the line it stands in or beside; what stands alone in lines of its
    own."""
    made = [list(line) for line in lines if line]
    boxes = [_box(line) for line in made]
    alone: list[list[Word]] = []
    for line in others:
        left: list[Word] = []
        for word in line:
            home = _home(word, boxes)
            if home is None:
                left.append(word)
            else:
                # Among words whose order is known, before the first that begins to its right: the two readers' boxes
                # differ.
                middle = word.hpos + word.width / 2
                made[home].insert(
                    next((n for n, one in enumerate(made[home]) if one.hpos + one.width / 2 > middle), len(made[home])),
                    word,
                )
        if left:
            alone.append(left)
    return [TextLine(tuple(line)) for line in (*made, *alone)]


def _home(word: Word, boxes: Sequence[tuple[int, int, int, int]]) -> int | None:
    """The number of the line that the word shares most of its height with."""
    best, found = 0.0, None
    for number, (left, top, right, bottom) in enumerate(boxes):
        down = min(bottom, word.vpos + word.height) - max(top, word.vpos)
        away = max(left - word.hpos - word.width, word.hpos - right, 0)
        if down >= DOWN * min(word.height, bottom - top) and away <= AWAY * word.height and down > best:
            best, found = down, number
    return found


def _box(words: Sequence[Word]) -> tuple[int, int, int, int]:
    return (
        min(w.hpos for w in words),
        min(w.vpos for w in words),
        max(w.hpos + w.width for w in words),
        max(w.vpos + w.height for w in words),
    )
