"""The lines nearest to a page's upper and lower edge, where running heads and page numbers stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, median_low

from archive.layout import Layout, TextLine

HEAD, FOOT = "head", "foot"
#: Rows of a margin, at most.
DEPTH = 3
#: Rows looked at from each edge: one more than a margin has tells a page from its copy.
ROWS = DEPTH + 1
#: So much more than the usual distance of two rows parts a row from what follows it inwards.
_APART = 1.45
#: The second half of the words lies so much above the first where a page stands on its head, as a share of its height.
_ON_ITS_HEAD = 0.2


@dataclass(frozen=True, slots=True)
class EdgeLine:
    """A line near an edge. `depth` counts the rows from that edge, 0 the outermost; `apart` says that clear space parts
    its row from the next inwards. `place` is its middle and `height` the height of its words, as shares of the canvas's
    height, None where words have no boxes. `first_word` and `last_word` are as in mentions."""

    edge: str
    depth: int
    words: tuple[str, ...]
    first_word: int
    apart: bool = False
    place: float | None = None
    height: float | None = None

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def last_word(self) -> int:
        return self.first_word + len(self.words) - 1


@dataclass(frozen=True, slots=True)
class Edges:
    """The lines near a page's edges; `sequence` is its place in its item, `rows` how many rows it has."""

    sequence: int
    rows: int
    lines: tuple[EdgeLine, ...]

    def at(self, edge: str, depth: int | None = None) -> tuple[EdgeLine, ...]:
        return tuple(line for line in self.lines if line.edge == edge and depth in (None, line.depth))


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line with something to read: where its words begin in reading order, its middle and height in pixels, whether
    its block ends."""

    line: TextLine
    first: int
    middle: float
    height: float
    ends_block: bool


def page_edges(layout: Layout, sequence: int) -> Edges:
    """The lines of the outermost rows, by where they stand on the canvas: a reader may give a page number anywhere in
    its order.

    Where words have no boxes, or the page lies on its side or on its head, the reader's order stands for the place.

    >>> from archive.layout import TextBlock, Word
    >>> lines = [TextLine((Word(text, 9, top, 40, 9),)) for text, top in (("12", 2), ("Tecoluca", 30))]
    >>> page = Layout(100, 99, tuple(TextBlock((line,)) for line in lines))
    >>> [(line.text, line.edge, line.depth) for line in page_edges(page, 1).lines]
    [('12', 'head', 0), ('Tecoluca', 'head', 1), ('Tecoluca', 'foot', 0), ('12', 'foot', 1)]
    """
    placed = _placed(layout)
    upright = _is_upright(layout, placed)
    rows = _rows(placed) if upright else [[one] for one in placed]
    pitch = _pitch(rows) if upright else None
    lines = [
        _edge_line(edge, depth, one, rows, pitch, layout)
        for edge in (HEAD, FOOT)
        for depth in range(min(ROWS, len(rows)))
        for one in rows[depth if edge == HEAD else -1 - depth]
    ]
    return Edges(sequence, len(rows), tuple(lines))


def _placed(layout: Layout) -> list[_Placed]:
    """The lines with a letter or digit; points and strokes are dust and rules."""
    found, first = [], 0
    for block in layout.blocks:
        for number, line in enumerate(block.lines, 1):
            if any(c.isalnum() for word in line.words for c in word.content):
                found.append(
                    _Placed(
                        line,
                        first,
                        median(w.vpos + w.height / 2 for w in line.words),
                        median(w.height for w in line.words),
                        number == len(block.lines),
                    )
                )
            first += len(line.words)
    return found


def _is_upright(layout: Layout, placed: Sequence[_Placed]) -> bool:
    """Whether rows can be told by their places: there are boxes, and the page stands upright."""
    words = [word for one in placed for word in one.line.words]
    if not words or any(one.height <= 0 for one in placed):
        return False
    long = [word for word in words if len(word.content) >= 4]
    if sum(word.height > word.width for word in long) > len(long) / 2:
        return False
    half = len(words) // 2
    if not half:
        return True
    first, second = (sum(word.vpos for word in part) / len(part) for part in (words[:half], words[half:]))
    return first - second < _ON_ITS_HEAD * layout.height


def _rows(placed: Sequence[_Placed]) -> list[list[_Placed]]:
    """Lines side by side are one row; from the top."""
    rows: list[list[_Placed]] = []
    for one in sorted(placed, key=lambda one: one.middle):
        if rows and one.middle - rows[-1][0].middle < 0.5 * max(one.height, rows[-1][0].height):
            rows[-1].append(one)
        else:
            rows.append([one])
    return [sorted(row, key=lambda one: one.first) for row in rows]


def _pitch(rows: Sequence[Sequence[_Placed]]) -> float | None:
    steps = [below[0].middle - above[0].middle for above, below in zip(rows, rows[1:], strict=False)]
    return median_low(steps) if len(steps) > 1 else None


def _edge_line(
    edge: str, depth: int, one: _Placed, rows: Sequence[Sequence[_Placed]], pitch: float | None, layout: Layout
) -> EdgeLine:
    words = tuple(word.content for word in one.line.words)
    at = depth if edge == HEAD else len(rows) - 1 - depth
    inwards = at + 1 if edge == HEAD else at - 1
    beside = rows[inwards][0] if 0 <= inwards < len(rows) else None
    if pitch is not None:
        apart = beside is None or abs(beside.middle - rows[at][0].middle) >= _APART * pitch
    else:
        above = one if edge == HEAD else beside
        apart = beside is None or above.ends_block
    boxed = one.height > 0
    return EdgeLine(
        edge,
        depth,
        words,
        one.first,
        apart,
        one.middle / layout.height if boxed else None,
        one.height / layout.height if boxed else None,
    )
