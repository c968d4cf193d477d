"""Lines of words, wherever they stand on a page, in the order in which they are read: column by column, in
paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from archive.layout import TextLine

#: Lines begin a new paragraph where the gap above is this many of their heights.
PARAGRAPH_GAP = 0.9
#: A gutter may be crossed by this share of the lines: headings over two columns.
CROSSING = 0.2
#: Of lines on either side of a gutter there are so many, whose median breadth is this share of the page's.
FEWEST, BREADTH = 4, 0.2
#: Both sides stand beside each other for this share of the shorter one.
BESIDE = 0.5


@dataclass(frozen=True, slots=True)
class _Row:
    line: TextLine
    left: int
    top: int
    right: int
    bottom: int

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def paragraphs(lines: Sequence[TextLine]) -> list[tuple[TextLine, ...]]:
    """All lines that have words, in paragraphs.

    >>> from archive.layout import Word
    >>> def line(text, left, top): return TextLine((Word(text, left, top, 300, 20),))
    >>> page = [line(f"{side}{n}", left, n * 30) for n in range(5) for side, left in (("a", 0), ("b", 400))]
    >>> [[one.text for one in some] for some in paragraphs(page)]
    [['a0', 'a1', 'a2', 'a3', 'a4'], ['b0', 'b1', 'b2', 'b3', 'b4']]
    """
    rows = [_row(line) for line in lines if line.words]
    return [tuple(row.line for row in some) for column in _columns(rows) for some in _parted(column)]


def _row(line: TextLine) -> _Row:
    return _Row(
        line,
        min(w.hpos for w in line.words),
        min(w.vpos for w in line.words),
        max(w.hpos + w.width for w in line.words),
        max(w.vpos + w.height for w in line.words),
    )


def _columns(rows: list[_Row]) -> Iterator[list[_Row]]:
    """The rows column by column; a row across a gutter stands between what is above and what is below it."""
    gutter = _gutter(rows)
    if gutter is None:
        yield _downwards(rows)
        return
    across = sorted((row for row in rows if row.left < gutter < row.right), key=lambda row: row.middle)
    beside = [row for row in rows if not row.left < gutter < row.right]
    above = float("-inf")
    for row in (*across, None):
        below = row.middle if row is not None else float("inf")
        band = [one for one in beside if above <= one.middle < below]
        for side in ([one for one in band if one.right <= gutter], [one for one in band if one.left >= gutter]):
            if side:
                yield from _columns(side)
        if row is not None:
            yield [row]
        above = below


def _gutter(rows: list[_Row]) -> float | None:
    """Where the page is divided from top to bottom: the place that fewest lines cross; None where it is one column."""
    if len(rows) < 2 * FEWEST:
        return None
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    step = max(1.0, median(row.bottom - row.top for row in rows) / 2)
    best: tuple[int, float, float] | None = None
    place = left + BREADTH * (right - left)
    while place < right - BREADTH * (right - left):
        crossing = sum(row.left < place < row.right for row in rows)
        if crossing <= CROSSING * len(rows):
            before, after = [row for row in rows if row.right <= place], [row for row in rows if row.left >= place]
            if _are_columns(before, after, BREADTH * (right - left)):
                gap = min(row.left for row in after) - max(row.right for row in before)
                best = min(best or (crossing, -gap, place), (crossing, -gap, place))
        place += step
    return best[2] if best else None


def _are_columns(before: list[_Row], after: list[_Row], breadth: float) -> bool:
    if len(before) < FEWEST or len(after) < FEWEST:
        return False
    if any(median(row.right - row.left for row in side) < breadth for side in (before, after)):
        return False
    tops, bottoms = zip(
        *((min(row.top for row in side), max(row.bottom for row in side)) for side in (before, after)), strict=True
    )
    return min(bottoms) - max(tops) >= BESIDE * min(bottom - top for top, bottom in zip(tops, bottoms, strict=True))


def _downwards(rows: list[_Row]) -> list[_Row]:
    """From the top; what stands on one line from the left."""
    lines: list[list[_Row]] = []
    for row in sorted(rows, key=lambda row: row.middle):
        if lines and row.top < lines[-1][0].middle < row.bottom and all(_beside(row, one) for one in lines[-1]):
            lines[-1].append(row)
        else:
            lines.append([row])
    return [row for line in lines for row in sorted(line, key=lambda row: row.left)]


def _beside(row: _Row, other: _Row) -> bool:
    """Whether two rows do not stand above each other."""
    return min(row.right, other.right) - max(row.left, other.left) <= 0.1 * min(
        row.right - row.left, other.right - other.left
    )


def _parted(rows: list[_Row]) -> Iterator[list[_Row]]:
    some: list[_Row] = []
    for row in rows:
        if some and row.top - some[-1].bottom > PARAGRAPH_GAP * median(
            (row.bottom - row.top, some[-1].bottom - some[-1].top)
        ):
            yield some
            some = []
        some.append(row)
    if some:
        yield some
