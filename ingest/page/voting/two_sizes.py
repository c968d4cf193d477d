"""What one reader finds on a page at two sizes, made one: where both saw something the surer is its reading, the other
is kept aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive.layout import Layout, TextBlock, TextLine

#: Two lines are of the same piece of the page where they share this part of the smaller one's area.
SHARED = 0.35

Box = tuple[int, int, int, int]


def joined(one: Layout, other: Layout) -> Layout:
    """The lines of both layouts of one canvas: of those that lie over each other the ones with more letters surely
    read, with the others aside; a line that one alone has is taken.

    A reader errs otherwise at another size: of words that it has wrong at one, one in five and more stand right at the
    other (bench/README.md, Reading), and are to be found.
    """
    ours, theirs = _lines(one), _lines(other)
    blocks, aside = [], []
    for mine, others in _tangles(ours, theirs):
        kept, left = (mine, others) if _worth(mine) >= _worth(others) else (others, mine)
        blocks += [TextBlock((line,)) for line in kept]
        aside += left
    return replace(one, blocks=tuple(blocks), aside=tuple(aside))


def _lines(layout: Layout) -> list[TextLine]:
    return [line for block in layout.blocks for line in block.lines if line.words]


def _worth(lines: Sequence[TextLine]) -> float:
    """Letters, each as sure as its word."""
    return sum((word.confidence or 0.0) * len(word.content) for line in lines for word in line.words)


def _tangles(ours: Sequence[TextLine], theirs: Sequence[TextLine]) -> Iterator[tuple[list[TextLine], list[TextLine]]]:
    """Lines that hang together by lying over each other, of either side; each line in one tangle, those of `ours` in
    their order first."""
    boxes = [*map(_box, ours), *map(_box, theirs)]
    over: list[list[int]] = [[] for _ in boxes]
    for mine in range(len(ours)):
        for another in range(len(ours), len(boxes)):
            if _shared(boxes[mine], boxes[another]) > SHARED:
                over[mine].append(another)
                over[another].append(mine)
    seen: set[int] = set()
    for number in range(len(boxes)):
        if number in seen:
            continue
        seen.add(number)
        waiting, found = [number], [number]
        while waiting:
            for another in over[waiting.pop()]:
                if another not in seen:
                    seen.add(another)
                    waiting.append(another)
                    found.append(another)
        yield (
            [ours[n] for n in sorted(found) if n < len(ours)],
            [theirs[n - len(ours)] for n in sorted(found) if n >= len(ours)],
        )


def _shared(one: Box, other: Box) -> float:
    """The part of the smaller box's area that lies in both, 0 to 1."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    if across <= 0 or down <= 0:
        return 0.0
    return across * down / min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))


def _box(line: TextLine) -> Box:
    """Left, top, right and bottom of a line's words."""
    return (
        min(word.hpos for word in line.words),
        min(word.vpos for word in line.words),
        max(word.hpos + word.width for word in line.words),
        max(word.vpos + word.height for word in line.words),
    )
