"""The language of a page before it is read: Tesseract on the strip of it that has the most strokes, and a vote of the
words.

One language costs Tesseract two thirds of what two cost, and reads no worse (bench/README.md, Languages).
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from PIL import Image, ImageChops

from archive.config import IngestSettings
from archive.errors import ToolFailed
from ingest.extract import language
from ingest.tools import tesseract

#: The strip is this part of the page's height, on a copy whose longer side is about this long.
STRIP, SIDE = 0.08, 2400
#: A stroke's edge is so much darker or lighter than the pixel before it.
EDGE = 48
#: Left out on both sides: the edges of the sheet are strokes, too.
ASIDE = 0.08
#: Seconds after which a strip is not worth waiting for.
PATIENCE = 20
#: No line fits in less.
LOWEST = 8
#: Tesseract is to take the strip for one block of lines.
_ONE_BLOCK = 6


def languages_of(canvas: Image.Image, settings: IngestSettings, item: str) -> tuple[str, ...]:
    """The one of the settings' languages that a page is surely in; else all of them: where both are, or none can be
    told.

    Raises ToolMissing where Tesseract is.
    """
    if set(settings.languages) != set(language.TOLD_APART):
        return settings.languages
    strip = densest_strip(canvas)
    if strip is None:
        return settings.languages
    with tempfile.TemporaryDirectory(prefix="strip-") as folder:
        path = Path(folder) / "strip.pnm"
        strip.save(path, "PPM")
        try:
            read = tesseract.read(
                path,
                languages=settings.languages[:1],
                width=strip.width,
                height=strip.height,
                dpi=200,
                timeout=min(PATIENCE, settings.page_timeout),
                segmentation=_ONE_BLOCK,
                item=item,
            )
        except ToolFailed:
            return settings.languages  # the page itself will say what is the matter
    found = language.surely(read.text)
    return (found,) if found else settings.languages


def densest_strip(canvas: Image.Image) -> Image.Image | None:
    """The strip over the whole width that has the most strokes, grey; None where there are none."""
    factor = max(1, round(max(canvas.size) / SIDE))
    grey = canvas.convert("L")
    grey = grey.reduce(factor) if factor > 1 else grey
    edges = ImageChops.difference(grey, ImageChops.offset(grey, 1, 0)).point([0] * (EDGE + 1) + [255] * (255 - EDGE))
    inner = edges.crop((round(grey.width * ASIDE), 0, max(1, round(grey.width * (1 - ASIDE))), grey.height))
    rows = memoryview(inner.convert("F").resize((1, grey.height), Image.Resampling.BOX).tobytes()).cast("f")
    height = max(1, round(grey.height * STRIP))
    ink = [0.0]
    for row in rows:
        ink.append(ink[-1] + row)
    top = max(range(grey.height - height + 1), key=lambda at: ink[at + height] - ink[at])
    return grey.crop((0, top, grey.width, top + height)) if ink[-1] and height >= LOWEST else None
