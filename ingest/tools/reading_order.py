"""Words in the order they are written in a PDF to lines and paragraphs in the order they are read."""

from __future__ import annotations

from statistics import median

from archive.layout import TextBlock, TextLine, Word
from ingest.tools.interleaved import columns
from ingest.tools.placed import Placed

#: A word begins a new line where its middle lies this share of its height above or below the last one's.
LINE_SHIFT = 0.6
#: … or where the gap before it is this many heights wide: another column, another cell.
COLUMN_GAP = 2.5
#: A line begins a new paragraph where it lies this many line heights under the last one.
PARAGRAPH_GAP = 1.0


def blocks(words: list[Placed]) -> tuple[TextBlock, ...]:
    """Blocks of lines of words.

    The order of the PDF is kept, for typesetters and readers alike write a column after the other, but where columns of
    prose are drawn row by row.
    """
    return tuple(
        TextBlock(tuple(TextLine(tuple(_word(word) for word in line)) for line in paragraph))
        for paragraph in _paragraphs(columns(_lines(words)))
    )


def _word(placed: Placed) -> Word:
    return Word(
        placed.content, placed.left, placed.top, max(1, placed.right - placed.left), max(1, placed.bottom - placed.top)
    )


def _lines(words: list[Placed]) -> list[list[Placed]]:
    lines: list[list[Placed]] = []
    for word in words:
        if lines and _continues(lines[-1][-1], word):
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _continues(last: Placed, word: Placed) -> bool:
    size = max(last.size, word.size)
    return (
        word.direction == last.direction
        and abs(sum(word.across) - sum(last.across)) / 2 < LINE_SHIFT * size
        and -0.5 * size < word.along[0] - last.along[1] < COLUMN_GAP * size
    )


def _paragraphs(lines: list[list[Placed]]) -> list[list[list[Placed]]]:
    found: list[list[list[Placed]]] = []
    for line in lines:
        if found and _follows(found[-1][-1], line):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _follows(last: list[Placed], line: list[Placed]) -> bool:
    """Whether a line belongs to the paragraph of the one before: right under it, and side by side in breadth."""
    if last[0].direction != line[0].direction:
        return False
    size = median(word.size for word in (*last, *line))
    gap = min(word.across[0] for word in line) - max(word.across[1] for word in last)
    beside = min(last[-1].along[1], line[-1].along[1]) > max(last[0].along[0], line[0].along[0])
    return beside and -0.6 * size < gap < PARAGRAPH_GAP * size
