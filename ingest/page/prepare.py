"""A page as Tesseract likes it: not too large, paper even and clean, letters not too small, lines level; and its words
put back on the canvas.

Measured in bench/README.md (Preparation): a slant of three degrees costs Tesseract a quarter of the words, letters of
100 dots an inch a tenth, dark paper on white ground all; and colours cost it a third more time. Of this the second
reader wants one thing: to be spared the ink of the other side.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from PIL import Image

from archive.config import IngestSettings
from archive.layout import Layout, TextLine, Word
from archive.record import Frame
from ingest.tools import paper, shine_through, tesseract
from ingest.tools.lines import lines

#: Raised when pages are prepared otherwise: they are then read anew.
VERSION = 3
#: Images with more pixels are read at a half, a third …: that keeps 300 DPI for a newspaper page scanned
#: at 600, and Tesseract needs some twenty bytes a pixel.
OCR_PIXELS = 60_000_000
#: A smaller slant, in degrees, costs less than turning does.
SLANTS = 1.0
#: Lines nearer to each other, in pixels, have letters too small; they are enlarged until they are so far apart, MOST
#: times at most.
NEAR, FAR, MOST = 30, 48, 4


@dataclass(frozen=True, slots=True)
class Prepared:
    """`image` shows the canvas of `frame`, its paper made even and rid of what shines through, enlarged by `scale`
    (shrunk where that is less than 1), then turned counterclockwise by `slant` degrees about its middle."""

    image: Image.Image
    frame: Frame
    scale: float = 1.0
    slant: float = 0.0

    @property
    def dpi(self) -> float | None:
        return self.frame.dpi * self.scale if self.frame.dpi else None

    def back(self, layout: Layout) -> Layout:
        """The layout of the image, on the canvas: of a turned word the box around it."""
        if self.scale == 1 and not self.slant:
            return layout
        return Layout(
            self.frame.width,
            self.frame.height,
            tuple(
                replace(block, lines=tuple(TextLine(tuple(map(self._back, line.words))) for line in block.lines))
                for block in layout.blocks
            ),
        )

    def _back(self, word: Word) -> Word:
        corners = [
            self._point(x, y) for x in (word.hpos, word.hpos + word.width) for y in (word.vpos, word.vpos + word.height)
        ]
        left, top = (max(0, math.floor(min(one))) for one in zip(*corners, strict=False))
        left, top = min(left, self.frame.width - 1), min(top, self.frame.height - 1)
        right, bottom = (math.ceil(max(one)) for one in zip(*corners, strict=False))
        return replace(
            word,
            hpos=left,
            vpos=top,
            width=max(1, min(right, self.frame.width) - left),
            height=max(1, min(bottom, self.frame.height) - top),
        )

    def _point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the image on the canvas."""
        wide, high = self.frame.width * self.scale, self.frame.height * self.scale
        x, y = x - self.image.width / 2, y - self.image.height / 2
        angle = math.radians(self.slant)
        return (
            (x * math.cos(angle) - y * math.sin(angle) + wide / 2) / self.scale,
            (x * math.sin(angle) + y * math.cos(angle) + high / 2) / self.scale,
        )


def prepared(canvas: Image.Image, frame: Frame, settings: IngestSettings) -> Prepared:
    """The canvas for Tesseract; as it is where nothing is the matter with it."""
    factor = _shrinking(frame)
    if factor > 1:
        canvas = canvas.reduce(factor)
    scale = 1 / factor
    if not settings.straighten:
        return Prepared(canvas, frame, scale)
    if canvas.mode == "RGB":
        canvas = canvas.convert("L")
    canvas = paper.even(canvas) or canvas
    canvas = shine_through.without(canvas) or canvas
    found = lines(canvas)
    if found.pitch and found.pitch < NEAR and factor == 1:
        times = min(MOST, math.ceil(FAR / found.pitch))
        if canvas.width * canvas.height * times**2 <= OCR_PIXELS:
            canvas, scale = (
                canvas.convert("L").resize((canvas.width * times, canvas.height * times), Image.Resampling.LANCZOS),
                float(times),
            )
    if abs(found.slant) < SLANTS:
        return Prepared(canvas, frame, scale)
    grey = canvas.convert("L")
    return Prepared(
        grey.rotate(found.slant, Image.Resampling.BICUBIC, expand=True, fillcolor=_paper(grey)),
        frame,
        scale,
        found.slant,
    )


def _paper(grey: Image.Image) -> int:
    """The grey that most of a page has."""
    counted = grey.histogram()
    return max(range(256), key=counted.__getitem__)


def _shrinking(frame: Frame) -> int:
    """By what whole number the canvas is to be shrunk for the reader.

    >>> _shrinking(Frame(1, 2550, 3300)), _shrinking(Frame(1, 9000, 14000)), _shrinking(Frame(1, 100, 70000))
    (1, 2, 3)
    """
    factor = 1
    while (
        frame.width * frame.height > OCR_PIXELS * factor * factor
        or max(frame.width, frame.height) > tesseract.MAX_SIDE * factor
    ):
        factor += 1
    return factor
