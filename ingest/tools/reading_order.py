"""Words in the order they are written in a PDF to lines and paragraphs in the order they are read."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from archive.layout import TextBlock, TextLine, Word

#: A word begins a new line where its middle lies this share of its height above or below the last one's.
LINE_SHIFT = 0.6
#: … or where the gap before it is this many heights wide: another column, another cell.
COLUMN_GAP = 2.5
#: A line begins a new paragraph where it lies this many line heights under the last one.
PARAGRAPH_GAP = 1.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A word with its edges on the canvas."""

    content: str
    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        return max(1, self.bottom - self.top)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def blocks(words: list[Placed]) -> tuple[TextBlock, ...]:
    """Blocks of lines of words.

    The order of the PDF is kept: typesetters and readers alike write a column after the other.
    """
    return tuple(TextBlock(tuple(TextLine(tuple(_word(word) for word in line)) for line in paragraph))
                 for paragraph in _paragraphs(_lines(words)))


def _word(placed: Placed) -> Word:
    return Word(placed.content, placed.left, placed.top, max(1, placed.right - placed.left), placed.height)


def _lines(words: list[Placed]) -> list[list[Placed]]:
    lines: list[list[Placed]] = []
    for word in words:
        if lines and _continues(lines[-1][-1], word):
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _continues(last: Placed, word: Placed) -> bool:
    height = max(last.height, word.height)
    return (abs(word.middle - last.middle) < LINE_SHIFT * height
            and -0.5 * height < word.left - last.right < COLUMN_GAP * height)


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
    height = median(word.height for word in (*last, *line))
    gap = min(word.top for word in line) - max(word.bottom for word in last)
    beside = min(last[-1].right, line[-1].right) > max(last[0].left, line[0].left)
    return beside and -0.6 * height < gap < PARAGRAPH_GAP * height
