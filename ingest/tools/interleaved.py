"""Columns of prose that a PDF draws row by row, read one after the other; tables, lists and chronologies, whose rows
belong together, stay."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from ingest.tools.placed import Placed

#: A gap so many heights wide may be a gutter; spaces in justified lines seldom are.
GUTTER = 0.9
#: A gutter parts so many rows at least, and this share of the rows that reach across it.
FEWEST_ROWS, PARTED = 4, 0.75
#: So many places across the page are looked at.
PLACES = 250
#: Each column is in the median so broad, as a share of the rows …
BREADTH = 0.25
#: … and this share of its lines goes on from the line above with a small letter: cells, entries and names begin with
#: capitals and figures.
GOES_ON = 0.4


def columns(lines: Sequence[list[Placed]]) -> list[list[Placed]]:
    """The lines in the order in which they are read: as they are given but for columns drawn row by row, which come one
    after the other.

    >>> def line(text, left, top): return [Placed(text, left, top, left + 300, top + 20)]
    >>> page = [line(f"{side} {n}", left, 30 * n) for n in range(5) for side, left in (("a", 0), ("b", 400))]
    >>> [words[0].content for words in columns(page)]
    ['a 0', 'a 1', 'a 2', 'a 3', 'a 4', 'b 0', 'b 1', 'b 2', 'b 3', 'b 4']
    """
    if any(word.direction for line in lines for word in line):
        return list(lines)
    rows = _rows(lines)
    gutter = _gutter(rows)
    if gutter is None:
        return list(lines)
    left = [[word for word in row if word.right <= gutter] for row in rows]
    right = [[word for word in row if word.left >= gutter] for row in rows]
    whole = [
        len(one) + len(other) < len(row) or bool(one and other) and not _is_parted(row, gutter)
        for row, one, other in zip(rows, left, right, strict=True)
    ]
    if not (_is_prose(_of(left, whole), rows) and _is_prose(_of(right, whole), rows)):
        return list(lines)
    ordered, start = [], 0
    for end in (*(number for number, across in enumerate(whole) if across), len(rows)):
        ordered += [
            *columns([line for line in left[start:end] if line]),
            *columns([line for line in right[start:end] if line]),
        ]
        ordered += rows[end : end + 1]
        start = end + 1
    return ordered


def _of(side: list[list[Placed]], whole: list[bool]) -> list[list[Placed]]:
    return [line for line, across in zip(side, whole, strict=True) if line and not across]


def _rows(lines: Sequence[list[Placed]]) -> list[list[Placed]]:
    """Lines drawn one after the other that stand side by side are one row."""
    rows: list[list[Placed]] = []
    for line in lines:
        before = rows[-1] if rows else None
        if (
            before
            and line[0].left >= before[-1].right
            and abs(sum(line[0].across) - sum(before[-1].across)) / 2 < line[0].size / 2
        ):
            rows[-1] = [*before, *line]
        else:
            rows.append(list(line))
    return rows


def _gaps(row: list[Placed]) -> list[tuple[int, int]]:
    """The gaps in a row that may be gutters, from where to where."""
    return [
        (word.right, after.left)
        for word, after in zip(row, row[1:], strict=False)
        if after.left - word.right >= GUTTER * max(word.size, after.size)
    ]


def _is_parted(row: list[Placed], gutter: float) -> bool:
    return any(start <= gutter <= end for start, end in _gaps(row))


def _gutter(rows: list[list[Placed]]) -> float | None:
    """Where most rows that reach across have a gap; None where there is no such place."""
    gaps = [_gaps(row) for row in rows]
    # Few places, however many words: a drawing may have thousands.
    step = max(1, max((row[-1].right for row in rows), default=0) // PLACES)
    places = {(start + end) // 2 // step * step + step // 2 for some in gaps for start, end in some}

    def parted(place: float) -> int:
        return sum(any(start <= place <= end for start, end in some) for some in gaps)

    best = max(places, key=lambda place: (parted(place), -place), default=None)
    if best is None or parted(best) < FEWEST_ROWS:
        return None
    numbers = [number for number, some in enumerate(gaps) if any(start <= best <= end for start, end in some)]
    across = sum(row[0].left < best < row[-1].right for row in rows[numbers[0] : numbers[-1] + 1])
    return best if parted(best) >= PARTED * across else None


def _is_prose(side: list[list[Placed]], rows: list[list[Placed]]) -> bool:
    """Whether the lines of one side are a column of running text."""
    if len(side) < FEWEST_ROWS:
        return False
    breadth = max(row[-1].right for row in rows) - min(row[0].left for row in rows)
    if median(line[-1].right - line[0].left for line in side) < BREADTH * breadth:
        return False
    return sum(line[0].content[:1].islower() for line in side[1:]) >= GOES_ON * (len(side) - 1)
