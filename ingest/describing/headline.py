"""Which lines of a page are set larger than its text: a newspaper's headline, which goes on over them."""

from __future__ import annotations

from statistics import median

from archive.layout import Layout, TextLine

#: So many times as high as the page's words: a headline of 18 points over a text of 12. Boxes of words differ by a
#: third for themselves.
LARGER = 1.4


def large_lines(layout: Layout) -> tuple[str, ...]:
    """The lines whose words stand higher than the page's do; none where words have no boxes.

    >>> from archive.layout import TextBlock, Word
    >>> read = (("Paz", 30, 2), ("dijo", 12, 9))
    >>> lines = [TextLine((Word(text, 0, 0, 9, height),) * number) for text, height, number in read]
    >>> large_lines(Layout(99, 99, (TextBlock(tuple(lines)),)))
    ('Paz Paz',)
    """
    heights = [word.height for word in layout.words()]
    usual = median(heights) if heights else 0
    return tuple(
        line.text for block in layout.blocks for line in block.lines if usual and _height(line) >= LARGER * usual
    )


def _height(line: TextLine) -> float:
    return median(word.height for word in line.words)
