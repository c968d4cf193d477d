"""Specks beside the lines, which readers take for points, and rules between columns, which they take for strokes."""

from __future__ import annotations

from dataclasses import replace

from archive.layout import Layout, TextBlock, TextLine

#: No line begins with one of these alone. A dash begins what somebody says, and three points go on from before.
BEFORE = frozenset(".,;:'’`´·_|~")
#: No line ends with one of these alone; a point that stands off belongs to its sentence.
AFTER = frozenset("`´·_|~")


def without(layout: Layout) -> Layout:
    """The layout without them: a word divided at a line's end is then followed by its other part."""
    lines = [
        TextBlock(tuple(line for line in map(swept, block.lines) if line.words), block.language)
        for block in layout.blocks
    ]
    return replace(layout, blocks=tuple(block for block in lines if block.lines))


def swept(line: TextLine) -> TextLine:
    """The line without them.

    >>> from archive.layout import Word
    >>> swept(TextLine(tuple(Word(content, 0, 0, 9, 9) for content in (". | _glaterra, y . |".split())))).text
    'glaterra, y .'
    """
    words = list(line.words)
    while words and words[-1].content in AFTER:
        words.pop()
    while words and words[0].content in BEFORE:
        del words[0]
    if words and words[0].content[0] in "_|~" and words[0].content[1:2].isalpha():
        words[0] = replace(words[0], content=words[0].content[1:])
    return TextLine(tuple(words))
