"""A page's words where they stand: ALTO's TextBlock, TextLine and String on the page's canvas.

Boxes are `hpos vpos width height` in pixels of the canvas, origin top left (ALTO 4). Confidence is 0-1.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

#: Version of the stored form; raised when `to_bytes` changes.
_STORED = 1


@dataclass(frozen=True, slots=True)
class Word:
    """One String of ALTO: its content, its box on the canvas, and how sure its reader was.

    `confidence` is 0-1, or None where the reader gives none (text embedded in a PDF).
    """

    content: str
    hpos: int
    vpos: int
    width: int
    height: int
    confidence: float | None = None


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
    """All that one reader read on one page, in reading order, on a canvas of `width` × `height` pixels.

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

    def words(self) -> Iterator[Word]:
        """Every word in reading order; its place in this order is its index everywhere else."""
        for block in self.blocks:
            yield from block.words()

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
        blocks = [
            [block.language, [[[w.content, w.hpos, w.vpos, w.width, w.height,
                                None if w.confidence is None else round(w.confidence, 3)]
                               for w in line.words] for line in block.lines]]
            for block in self.blocks
        ]
        stored = [_STORED, self.width, self.height, blocks]
        return zlib.compress(json.dumps(stored, ensure_ascii=False, separators=(",", ":")).encode(), 6)

    @classmethod
    def from_bytes(cls, stored: bytes) -> Layout:
        version, width, height, blocks = json.loads(zlib.decompress(stored))
        if version != _STORED:
            raise ValueError(f"a stored layout of version {version}, this program knows {_STORED}")
        return cls(width, height, tuple(
            TextBlock(tuple(TextLine(tuple(Word(*w) for w in line)) for line in lines), language)
            for language, lines in blocks))
