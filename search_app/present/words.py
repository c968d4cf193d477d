"""A page's words for the reader: paragraphs and lines of text, and the boxes over the image, hits marked in both.

Both come from one layout and one match, so that what is marked in the text is what is marked on the image.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from archive.layout import Layout, TextLine, Word
from archive.projection import also_lines
from archive.search.match import Match
from search_app.present import labels

#: A box is drawn this much larger than its word on each side, in shares of the word's height: a mark that touches
#: the letters makes them hard to read.
BREATHING = 0.12


@dataclass(frozen=True)
class WordView:
    """One word: its number in reading order, its text, whether it answers the query, its box on the canvas. `differs`
    is the number of the place where readers differ that it is of (None elsewhere)."""

    number: int
    text: str
    hit: bool
    x: int
    y: int
    width: int
    height: int
    differs: int | None = None


@dataclass(frozen=True)
class Run:
    """Words of a line that stand in the text (`margin` is empty) or in a margin, with what that is
    (archive.margins)."""

    words: tuple[WordView, ...]
    margin: str = ""


@dataclass(frozen=True)
class BlockView:
    """A paragraph in one language, line by line."""

    tag: str
    lines: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True)
class Difference:
    """A place where there is another reading: what is shown (empty where nothing is), what else is read (empty where
    nothing is), the number of its last word, and its box on the canvas (0 wide where its words stand nowhere)."""

    number: int
    shown: str
    other: str
    tag: str
    last_word: int
    x: int = 0
    y: int = 0
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class PageWords:
    """All words of a page on a canvas of `width` × `height`; `aside` are those that are searched and not shown,
    `differences` the places with another reading, in reading order, then what is set aside."""

    width: int
    height: int
    blocks: tuple[BlockView, ...]
    aside: tuple[WordView, ...] = ()
    differences: tuple[Difference, ...] = ()

    @property
    def words(self) -> tuple[WordView, ...]:
        return tuple(word for block in self.blocks for line in block.lines for run in line for word in run.words)

    @property
    def hits(self) -> int:
        """How many words are marked."""
        return sum(word.hit for word in (*self.words, *self.aside))

    @property
    def first_hit(self) -> int | None:
        """The number of the first marked word of the text; None where none stands there."""
        return next((word.number for word in self.words if word.hit), None)

    @property
    def boxes(self) -> tuple[WordView, ...]:
        """The words whose place on the image is known; those of a plain text stand nowhere, those aside only where they
        are hits."""
        words = (*self.words, *(word for word in self.aside if word.hit))
        return tuple(word for word in words if word.width > 0 and word.height > 0)

    @property
    def ends(self) -> Mapping[int, Difference]:
        """The places with another reading by their last word in the text, behind which it is shown."""
        return {one.last_word: one for one in self.differences if one.shown}

    @property
    def in_margins(self) -> bool:
        """Whether a line of it was found to be a running head, a running foot or a page number."""
        return any(run.margin for block in self.blocks for line in block.lines for run in line)


def marked(layout: Layout, found: Match, margin: Mapping[int, str]) -> frozenset[int]:
    """The numbers of the words at which a match stands, in whichever reading or in a margin; those aside are numbered
    after the shown."""
    also = [number for line in also_lines(layout, margin) for _, number in line.words]
    return found.words("shown") | {also[place] for place in found.words("also")}


def page_words(layout: Layout, hits: Collection[int], margin: Mapping[int, str] | None = None) -> PageWords:
    """The words of a layout, those whose numbers are in `hits` marked, and those in its margins told apart (`margin` as
    archive.margins.margin_words gives it)."""
    places = tuple(_differences(layout))
    of_word = {number: place for place, (numbers, _) in enumerate(places) for number in numbers}
    number = 0
    blocks = []
    for block in layout.blocks:
        lines = []
        for line in block.lines:
            words = [_word(word, n, n in hits, layout, of_word.get(n)) for n, word in enumerate(line.words, number)]
            lines.append(_runs(words, margin or {}))
            number += len(words)
        blocks.append(BlockView(labels.language_tag(block.language), tuple(lines)))
    apart = enumerate((word for line in layout.aside for word in line.words), number)
    return PageWords(
        layout.width,
        layout.height,
        tuple(blocks),
        tuple(_word(word, n, n in hits, layout, of_word.get(n)) for n, word in apart),
        tuple(replace(one, number=place) for place, (_, one) in enumerate(places)),
    )


def _runs(words: Iterable[WordView], margin: Mapping[int, str]) -> tuple[Run, ...]:
    return tuple(Run(tuple(run), kind) for kind, run in groupby(words, key=lambda word: margin.get(word.number, "")))


def _differences(layout: Layout) -> Iterator[tuple[tuple[int, ...], Difference]]:
    """Every place with another reading, with the numbers of its words: in reading order, then each line that is set
    aside."""
    number = 0
    for block in layout.blocks:
        tag = labels.language_tag(block.language)
        for line in block.lines:
            for first, last, other in _places(line):
                words = line.words[first:last]
                yield (
                    tuple(range(number + first, number + last)),
                    _difference(" ".join(word.content for word in words), other, tag, number + last - 1, words, layout),
                )
            number += len(line.words)
    for line in layout.aside:
        if line.words:
            yield (
                tuple(range(number, number + len(line.words))),
                _difference("", line.text, "", number + len(line.words) - 1, line.words, layout),
            )
            number += len(line.words)


def _places(line: TextLine) -> Iterator[tuple[int, int, str]]:
    """Where in a line the words of one other reading begin and end, and that reading: a word with an empty one stands
    with the word before if that has one, else nothing is read there."""
    first = None
    for n, word in enumerate((*line.words, None)):
        if first is not None and (word is None or word.other != ""):
            yield first, n, line.words[first].other or ""
            first = None
        if word is not None and word.other is not None and first is None:
            first = n


def _difference(shown: str, other: str, tag: str, last: int, words: Iterable[Word], layout: Layout) -> Difference:
    boxed = [_word(word, 0, False, layout) for word in words if word.width > 0 and word.height > 0]
    if not boxed:
        return Difference(0, shown, other, tag, last)
    x, y = min(one.x for one in boxed), min(one.y for one in boxed)
    return Difference(
        0,
        shown,
        other,
        tag,
        last,
        x,
        y,
        max(one.x + one.width for one in boxed) - x,
        max(one.y + one.height for one in boxed) - y,
    )


def _word(word: Word, number: int, hit: bool, layout: Layout, differs: int | None = None) -> WordView:
    air = round(min(word.height, word.width) * BREATHING)
    x, y = max(0, word.hpos - air), max(0, word.vpos - air)
    return WordView(
        number,
        word.content,
        hit,
        x,
        y,
        min(word.hpos + word.width + air, layout.width) - x,
        min(word.vpos + word.height + air, layout.height) - y,
        differs,
    )
