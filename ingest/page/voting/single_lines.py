"""Single lines of a page read twice, where the whole page is not worth it: which lines, where they stand, and their
vote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive.layout import Layout, TextBlock, TextLine
from ingest.page.voting.verdict import vote

#: A line's box is widened by this part of its height on each side: a recogniser wants to see the paper around it.
AROUND = 0.15


def doubtful_lines(judged: Layout, below: float) -> tuple[int, ...]:
    """The numbers, in reading order, of the lines the mean chance of whose words lies below.

    >>> from archive.layout import Word
    >>> page = Layout(99, 99, (TextBlock(tuple(TextLine((Word("madre", 0, 0, 9, 9, sure),)) for sure in (0.9, 0.4))),))
    >>> doubtful_lines(page, 0.8)
    (1,)
    """
    return tuple(
        number
        for number, line in enumerate(_lines(judged))
        if line.words and sum(word.confidence or 0.0 for word in line.words) / len(line.words) < below
    )


def boxes(layout: Layout, numbers: Sequence[int]) -> list[tuple[int, int, int, int]]:
    """The box (`hpos vpos width height`) of each of these lines, with a little paper around it."""
    lines, found = list(_lines(layout)), []
    for words in (lines[number].words for number in numbers):
        left, top = min(w.hpos for w in words), min(w.vpos for w in words)
        right, bottom = max(w.hpos + w.width for w in words), max(w.vpos + w.height for w in words)
        air = round((bottom - top) * AROUND)
        x, y = max(0, left - air), max(0, top - air)
        found.append((x, y, min(layout.width, right + air) - x, min(layout.height, bottom + air) - y))
    return found


def vote_lines(first: Layout, judged: Layout, again: dict[int, TextLine], languages: tuple[str, ...]) -> Layout:
    """The judged layout of `first`, with those lines voted that were read again, each by itself; a line of which the
    second reader has nothing stays as it was judged."""
    number, blocks, aside = 0, [], list(judged.aside)
    for block, raw in zip(judged.blocks, first.blocks, strict=True):
        lines = []
        for line, read in zip(block.lines, raw.lines, strict=True):
            other = again.get(number)
            number += 1
            if other is not None and other.words:
                voted = vote(
                    replace(first, blocks=(TextBlock((read,)),)),
                    replace(first, blocks=(TextBlock((other,)),)),
                    languages,
                )
                line = TextLine(tuple(voted.words()))
                aside += voted.aside
            lines.append(line)
        if any(line.words for line in lines):
            blocks.append(replace(block, lines=tuple(line for line in lines if line.words)))
    return replace(judged, blocks=tuple(blocks), aside=tuple(aside))


def _lines(layout: Layout) -> Iterator[TextLine]:
    return (line for block in layout.blocks for line in block.lines)
