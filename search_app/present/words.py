"""A page's words for the reader: paragraphs and lines of text, and the boxes over the image, hits marked in both.

Both come from one layout and one match, so that what is marked in the text is what is marked on the image.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from archive.layout import Layout, Word
from archive.search.match import Match
from search_app.present import labels

#: A box is drawn this much larger than its word on each side, in shares of the word's height: a mark that touches
#: the letters makes them hard to read.
BREATHING = 0.12


@dataclass(frozen=True)
class WordView:
    """One word: its number in reading order, its text, whether it answers the query, its box on the canvas."""

    number: int
    text: str
    hit: bool
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class BlockView:
    """A paragraph in one language, line by line."""

    tag: str
    lines: tuple[tuple[WordView, ...], ...]


@dataclass(frozen=True)
class PageWords:
    """All words of a page on a canvas of `width` × `height`; `aside` are those that are searched and not shown."""

    width: int
    height: int
    blocks: tuple[BlockView, ...]
    aside: tuple[WordView, ...] = ()

    @property
    def words(self) -> tuple[WordView, ...]:
        return tuple(word for block in self.blocks for line in block.lines for word in line)

    @property
    def hits(self) -> int:
        """How many words are marked."""
        return sum(word.hit for word in (*self.words, *self.aside))

    @property
    def boxes(self) -> tuple[WordView, ...]:
        """The words whose place on the image is known; those of a plain text stand nowhere, those aside only where they are hits."""
        words = (*self.words, *(word for word in self.aside if word.hit))
        return tuple(word for word in words if word.width > 0 and word.height > 0)


@dataclass(frozen=True)
class Difference:
    """Where a losing reader has something else: what is shown (empty where nothing is), and what it has."""

    shown: str
    other: str
    tag: str


def marked(layout: Layout, found: Match) -> frozenset[int]:
    """The numbers of the words at which a match stands, in whichever reading; those aside are numbered after the shown."""
    also = [number for line, _ in layout.also() for _, number in line]
    return found.words("shown") | {also[place] for place in found.words("also")}


def differences(layout: Layout) -> tuple[Difference, ...]:
    """Every place where the readers differ, in reading order, then what is set aside."""
    found: list[Difference] = []
    for block in layout.blocks:
        tag = labels.language_tag(block.language)
        for line in block.lines:
            for word in line.words:
                if word.other:
                    found.append(Difference(word.content, word.other, tag))
                elif word.other == "" and found:  # it stands with the word before
                    found[-1] = replace(found[-1], shown=f"{found[-1].shown} {word.content}")
    aside = (Difference("", line.text, "") for line in layout.aside)
    return (*found, *aside)


def page_words(layout: Layout, hits: Collection[int]) -> PageWords:
    """The words of a layout, those whose numbers are in `hits` marked."""
    number = 0
    blocks = []
    for block in layout.blocks:
        lines = []
        for line in block.lines:
            words = []
            for word in line.words:
                words.append(_word(word, number, number in hits, layout))
                number += 1
            lines.append(tuple(words))
        blocks.append(BlockView(labels.language_tag(block.language), tuple(lines)))
    apart = enumerate((word for line in layout.aside for word in line.words), number)
    return PageWords(layout.width, layout.height, tuple(blocks), tuple(_word(word, n, n in hits, layout) for n, word in apart))


def _word(word: Word, number: int, hit: bool, layout: Layout) -> WordView:
    air = round(min(word.height, word.width) * BREATHING)
    x, y = max(0, word.hpos - air), max(0, word.vpos - air)
    return WordView(number, word.content, hit, x, y,
                    min(word.hpos + word.width + air, layout.width) - x,
                    min(word.vpos + word.height + air, layout.height) - y)
