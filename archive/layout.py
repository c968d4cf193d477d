"""A page's words where they stand: ALTO's TextBlock, TextLine and String on the page's canvas.

Boxes are `hpos vpos width height` in pixels of the canvas, origin top left (ALTO 4). Confidence is 0-1.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

#: Version of the stored form; raised when `to_bytes` changes.
_STORED = 2
#: A word that goes on in the next line ends in one of these.
HYPHENS = ("-", "\u2010", "\u00ad", "¬")


@dataclass(frozen=True, slots=True)
class Word:
    """One String of ALTO: its content, its box on the canvas, and how sure its reader was.

    `confidence` is 0-1, or None where the reader gives none (text embedded in a PDF). `other` is what the
    losing reader read here: None where there was none, or it read the same; empty where it read nothing, or
    what stands with the word before (`other` may have several words).
    """

    content: str
    hpos: int
    vpos: int
    width: int
    height: int
    confidence: float | None = None
    other: str | None = None

    @property
    def lost(self) -> str:
        """What the losing reader has here, where it has something of its own or not."""
        return self.content if self.other is None else self.other


@dataclass(frozen=True, slots=True)
class TextLine:
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.content for word in self.words)


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph: its lines, and its language as ISO 639-2 (`spa`, `eng`) or None where undecided."""

    lines: tuple[TextLine, ...]
    language: str | None = None

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    def words(self) -> Iterator[Word]:
        for line in self.lines:
            yield from line.words


@dataclass(frozen=True, slots=True)
class Layout:
    """All that was read on one page, in reading order, on a canvas of `width` × `height` pixels.

    `aside` are lines of words that one reader alone read and that are not shown: they are searched.

    >>> line = TextLine((Word("San", 10, 10, 40, 12, 0.9), Word("Vicente", 55, 10, 80, 12, 0.8)))
    >>> page = Layout(1000, 1400, (TextBlock((line,), "spa"),))
    >>> page.text
    'San Vicente'
    >>> Layout.from_bytes(page.to_bytes()) == page
    True
    """

    width: int
    height: int
    blocks: tuple[TextBlock, ...] = ()
    aside: tuple[TextLine, ...] = ()

    def words(self) -> Iterator[Word]:
        """Every word in reading order; its place in this order is its index everywhere else."""
        for block in self.blocks:
            yield from block.words()

    def also(self) -> Iterator[tuple[tuple[tuple[str, int], ...], str | None]]:
        """What is read otherwise than shown: each such line as the losing reader has it, with the block's language.

        A line is its words, each with the number of the shown word at whose place it stands; words aside are numbered
        on. Of a word divided at its end or before it, it has the other part, too.

        >>> line = TextLine((Word("rnadre", 0, 0, 9, 9, 0.4, "madre"), Word("de", 9, 0, 9, 9)))
        >>> list(Layout(99, 99, (TextBlock((line,), "spa"),)).also())
        [((('madre', 0), ('de', 1)), 'spa')]
        """
        number, lost = 0, []
        for block in self.blocks:
            for line in block.lines:
                lost.append(
                    (
                        tuple((one, n) for n, word in enumerate(line.words, number) for one in word.lost.split()),
                        any(word.other is not None for word in line.words),
                        block.language,
                    )
                )
                number += len(line.words)
        nothing = (), False, None
        for (before, known, _), (words, differs, language), (after, *_) in zip(
            [nothing, *lost], lost, [*lost[1:], nothing], strict=False
        ):
            if differs:
                # The line before has the other part already where it is here, too.
                yield (
                    (
                        *(before[-1:] if not known and _goes_on(before) else ()),
                        *words,
                        *(after[:1] if _goes_on(words) else ()),
                    ),
                    language,
                )
        for line in self.aside:
            yield tuple((word.content, n) for n, word in enumerate(line.words, number)), None
            number += len(line.words)

    def other_words(self) -> Iterator[str]:
        """What the losing reader has and is not shown, line by line; of a word divided at a line's end, both parts, one
        below the other.

        >>> read = (("deter.-", "deter-"), ("mined", None))
        >>> lines = [TextLine((Word(content, 0, 0, 9, 9, None, other),)) for content, other in read]
        >>> list(Layout(99, 99, (TextBlock(tuple(lines)),)).other_words())
        ['deter-', 'mined']
        """
        before: Word | None = None
        lines = [line for block in self.blocks for line in block.lines if line.words]
        for line, after in zip(lines, [*lines[1:], None], strict=False):
            first, last = line.words[0], line.words[-1]
            if first.other and before is not None and before.other is None and before.content.endswith(HYPHENS):
                yield before.content
            if others := " ".join(word.other for word in line.words if word.other):
                yield others
            if last.other and last.other.endswith(HYPHENS) and after is not None and after.words[0].other is None:
                yield after.words[0].content
            before = last
        yield from (line.text for line in self.aside)

    @property
    def text(self) -> str:
        """Plain text: a newline ends a line, an empty line a block."""
        return "\n\n".join(block.text for block in self.blocks)

    @property
    def confidence(self) -> float | None:
        """Mean confidence of the words that have one, by characters; None where none has."""
        weighed = [(w.confidence, len(w.content)) for w in self.words() if w.confidence is not None]
        weight = sum(n for _, n in weighed)
        return sum(c * n for c, n in weighed) / weight if weight else None

    def to_bytes(self) -> bytes:
        """One compressed value, never a row a word."""
        stored = [
            _STORED,
            self.width,
            self.height,
            [[block.language, [_stored(line) for line in block.lines]] for block in self.blocks],
            [_stored(line) for line in self.aside],
        ]
        return zlib.compress(json.dumps(stored, ensure_ascii=False, separators=(",", ":")).encode(), 6)

    @classmethod
    def from_bytes(cls, stored: bytes) -> Layout:
        version, width, height, blocks, *aside = json.loads(zlib.decompress(stored))
        if version > _STORED:
            raise ValueError(f"a stored layout of version {version}, this program knows {_STORED}")
        return cls(
            width,
            height,
            tuple(TextBlock(tuple(map(_line, lines)), language) for language, lines in blocks),
            tuple(_line(line) for lines in aside for line in lines),
        )


def _goes_on(words: tuple[tuple[str, int], ...]) -> bool:
    return bool(words) and words[-1][0].endswith(HYPHENS)


def _stored(line: TextLine) -> list[list[object]]:
    return [
        [
            w.content,
            w.hpos,
            w.vpos,
            w.width,
            w.height,
            None if w.confidence is None else round(w.confidence, 3),
            *((w.other,) if w.other is not None else ()),
        ]
        for w in line.words
    ]


def _line(stored: list[list[Any]]) -> TextLine:
    return TextLine(tuple(Word(*word) for word in stored))
