"""What a delivered text says of its pages, in its own units, and how that comes onto a page's canvas. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import isfinite

from archive.errors import ArchiveError
from archive.layout import Layout, TextBlock, TextLine, Word

#: By how much the shape of a page may differ from that of the canvas: more, and it is another page's.
SHAPE = 0.05
#: The share of words that may lie off the page: more, and the boxes are in other units than is said.
ASTRAY = 0.05

#: `hpos vpos width height`, in the units of the file.
Box = tuple[float, float, float, float]
NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)


class NotUsable(ArchiveError):
    """A delivered text cannot be used for a page; the page is read instead."""


@dataclass(frozen=True, slots=True)
class WrittenWord:
    content: str
    box: Box = NOWHERE
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """The paragraphs of one page, each a tuple of lines. `width` and `height` are the page's in the file's units; 0
    where the file does not say them: then they are pixels of the canvas, or `per_inch` of them an inch."""

    blocks: tuple[tuple[tuple[WrittenWord, ...], ...], ...]
    width: float = 0.0
    height: float = 0.0
    per_inch: float = 0.0

    def words(self) -> Iterator[WrittenWord]:
        for block in self.blocks:
            for line in block:
                yield from line


@dataclass(frozen=True, slots=True)
class Written:
    """A delivered text: its format (ALTO, hOCR, text), what wrote it where it says so, its pages in their order;
    `numbers` are theirs in the master, from 1, where the file gives them."""

    format: str
    software: str
    pages: tuple[WrittenPage, ...]
    numbers: tuple[int, ...] = ()

    def page(self, number: int | None, of: int) -> WrittenPage:
        """The page that belongs to page `number` of a master of `of` pages; None: the file is that page's alone.

        Raises NotUsable where that cannot be told: a text one page short would be wrong from there on.

        >>> Written("text", "", (WrittenPage(()),) * 3).page(2, 3)
        WrittenPage(blocks=(), width=0.0, height=0.0, per_inch=0.0)
        """
        if not self.pages:
            raise NotUsable("it has no page")
        if number is None or of == 1:
            if len(self.pages) > 1:
                raise NotUsable(f"it has {len(self.pages)} pages and should have one")
            return self.pages[0]
        if self.numbers and max(self.numbers) <= of:
            if number not in self.numbers:
                raise NotUsable(f"it has no page {number}")
            return self.pages[self.numbers.index(number)]
        if len(self.pages) != of:
            raise NotUsable(f"it has {len(self.pages)} pages, the file {of}, and which is which it does not say")
        return self.pages[number - 1]


def numbered(numbers: Iterable[int | None]) -> tuple[int, ...]:
    """Page numbers from 1, where they are such: all there, each once, the first 1; else none.

    >>> numbered([1, 2, 4]), numbered([37, 38]), numbered([1, None]), numbered([1, 1])
    ((1, 2, 4), (), (), ())
    """
    said = tuple(numbers)
    found = tuple(one for one in said if one is not None)
    sound = found and len(found) == len(said) and len(set(found)) == len(found) and min(found) == 1
    return found if sound else ()


def box_of(values: Iterable[str | None]) -> Box | None:
    """Four numbers as a box; None where one is missing or is no number."""
    try:
        box = tuple(float(value) for value in values if value is not None)
    except ValueError:
        return None
    return box if len(box) == 4 and all(map(isfinite, box)) else None


def split(content: str, box: Box, confidence: float | None = None) -> list[WrittenWord]:
    """The words of some text in one box, its width shared out by characters.

    >>> [word.box for word in split("El Mozote", (0, 0, 90, 10))]
    [(0.0, 0, 20.0, 10), (30.0, 0, 60.0, 10)]
    """
    words, at = [], 0
    for part in content.split():
        start = content.index(part, at)
        at = start + len(part)
        left, top, width, height = box
        words.append(
            WrittenWord(
                part, (left + width * start / len(content), top, width * len(part) / len(content), height), confidence
            )
        )
    return words


def hyphenated(content: str) -> str:
    """The first half of a parted word, with the hyphen that a line's end has everywhere else.

    >>> hyphenated("inves"), hyphenated("inves-"), hyphenated("inves\\xad"), hyphenated("inves¬")
    ('inves-', 'inves-', 'inves-', 'inves-')
    """
    return content.rstrip("-\xad¬\u2010") + "-"


def placed(page: WrittenPage, width: int, height: int, dpi: float | None = None) -> Layout:
    """The page on a canvas of `width` × `height` pixels; a word without a box has one without a size, at the origin.

    Raises NotUsable where the page has another shape, or its words lie off it: it is another page's.
    """
    across = down = page.per_inch and dpi and dpi / page.per_inch or 1.0
    if page.per_inch and not dpi and not page.width:
        raise NotUsable("it does not say how large its page is, nor the image its resolution")
    if page.width > 0 and page.height > 0:
        across, down = width / page.width, height / page.height
        if abs(across / down - 1) > SHAPE:
            raise NotUsable(
                f"its page is {page.width:g} × {page.height:g}, which is another shape than {width} × {height}: "
                "it is another page's"
            )
    slack = 0.02
    boxed = [word.box for word in page.words() if word.box[2] > 0 and word.box[3] > 0]
    astray = sum(
        left * across < -slack * width
        or top * down < -slack * height
        or (left + wide) * across > (1 + slack) * width
        or (top + high) * down > (1 + slack) * height
        for left, top, wide, high in boxed
    )
    if astray > ASTRAY * len(boxed):
        raise NotUsable(f"{astray} of its {len(boxed)} words with a box lie off the page")

    def word(one: WrittenWord) -> Word:
        left, top, wide, high = one.box
        x, y = (min(max(0, round(left * across)), width), min(max(0, round(top * down)), height))
        right, bottom = (
            min(max(x, round((left + wide) * across)), width),
            min(max(y, round((top + high) * down)), height),
        )
        return Word(one.content, x, y, right - x, bottom - y, one.confidence)

    return Layout(
        width,
        height,
        tuple(
            TextBlock(tuple(TextLine(tuple(map(word, line))) for line in block if line))
            for block in page.blocks
            if any(block)
        ),
    )
