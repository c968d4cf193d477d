"""The text embedded in a PDF page, by pdfplumber, on the page's canvas; and whether it can be trusted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
from PIL import Image

from archive.layout import Layout, Word
from archive.record import Frame
from ingest.tools import glyphs, ink, pdf, pdf_objects, spacing
from ingest.tools.placed import Placed
from ingest.tools.reading_order import blocks

NAME = "pdfplumber"

#: A page whose text takes longer to take apart than this is read as an image: some PDFs send
#: pdfminer round in circles, and Tesseract reads any page in a few seconds.
SECONDS = 30
#: Page and canvas may differ this much (in pixels, from rounding) before they are different pages.
CANVAS_TOLERANCE = 4
#: From this share of the page covered by images, it is a scan with words laid under or over it.
SCAN_COVER = 0.5
#: On a scan, this share of the ink must lie under words; less is a stamped header, or half a page read.
INK_UNDER_WORDS = 0.5
#: … and of the rows of ink that are as high as lines, at most this share may lie beside them, but for so many. (Of the
#: layers looked at, sound ones left out 0 to 12 %, those of half a page 48 % and more.)
ROWS_BESIDE, FEW_ROWS = 0.2, 4
#: On a scan, this share of the words must look like words; what is below was read by a poor reader.
WORD_LIKE_ON_SCAN = 0.75
#: On a page that was typeset in the PDF, below this the font has no usable encoding.
WORD_LIKE = 0.4
#: More than this share of glyphs without a character, and there is no use in looking at the words.
UNMAPPED_SHARE = 0.02
#: More of the words than this on bare paper: the layer stands beside its print, or is not meant to be seen. (Of the
#: layers looked at, sound ones had at most 1 %, displaced ones 8 % and more: words are drifted off their line's end
#: only.)
BARE_SHARE = 0.04
#: What is said of a layer that leaves out what stands on the page, and is sound else.
COVERS_ONLY = "the text layer covers only"
#: Words as long as this under a black bar were blacked out, and the text layer still has them.
COVERED_LETTERS = 3
#: More of the words than this outside the page: boxes and text do not belong together.
OUTSIDE_SHARE = 0.1

_LETTERS = re.compile(r"^[^\w]*([A-Za-zÀ-ÖØ-öø-ÿ]+(?:['’.-][A-Za-zÀ-ÖØ-öø-ÿ]+)*)[^\w]*$")
_VOWEL = re.compile(r"[aeiouyáéíóúüàèìòùâêîôûäöãõåæœAEIOUYÁÉÍÓÚÜÀÈÌÒÙÂÊÎÔÛÄÖÃÕÅÆŒ]")
#: Dots and lines between an entry and its page number, or to be filled in.
_LEADERS = re.compile(r"[._]{4,}")
_NUMBER = re.compile(r"^[^\w]*[$#]?\d[\d.,:/%ºª°'-]*(?:st|nd|rd|th|o|a|s)?[^\w]*$")


@dataclass(frozen=True, slots=True)
class Layer:
    """A page's embedded text: `image_cover` is the share of the page under images; `outside` the share
    of words off the page; `problem` says why nothing could be read."""

    layout: Layout
    image_cover: float = 0.0
    outside: float = 0.0
    problem: str = ""


def read(path: Path, frame: Frame) -> Layer:
    """The embedded text of a page; an empty layout where there is none (or `problem` says why).

    Never raises for what is wrong with the layer: the page can still be read as an image.
    """
    empty = Layout(frame.width, frame.height)
    if not pdf.characters(path, frame.number):
        return Layer(empty)
    if pdf.filled_in(path, frame.number):
        return Layer(empty, problem="the page has fields filled in or notes that its text layer does not hold")
    try:
        with pdf_objects.time_limit(SECONDS):
            document = pdf_objects.opened(path)
            if not 0 < frame.number <= len(document.pages):
                return Layer(empty, problem="the text layer has other pages")
            page = document.pages[frame.number - 1]
            try:
                return _layer(page, frame)
            finally:
                page.close()
    except pdf_objects.TooLong:
        return Layer(empty, problem=f"the text layer took longer than {SECONDS} seconds")
    except pdf_objects.FAULTS as trouble:
        pdf_objects.forget()
        return Layer(empty, problem=f"the text layer is damaged ({type(trouble).__name__})")


def fault(layer: Layer, canvas: Image.Image | None = None) -> str:
    """Why a layer cannot be trusted, or an empty string. `canvas` is the page's image, where at hand."""
    if layer.problem:
        return layer.problem
    if layer.outside > OUTSIDE_SHARE:
        return f"{layer.outside:.0%} of the text layer lies outside the page"
    words = list(layer.layout.words())
    if not words:
        return "no text layer"
    text = "".join(word.content for word in words)
    if len(glyphs.UNMAPPED.findall(text)) > UNMAPPED_SHARE * len(text):
        return "the text layer has glyphs without a character"
    like = word_like_share([word.content for word in words])
    scan = layer.image_cover >= SCAN_COVER
    if like < (WORD_LIKE_ON_SCAN if scan else WORD_LIKE):
        return f"only {like:.0%} of the text layer looks like words"
    if canvas is not None and (unseen := _unseen(words, canvas)):
        return unseen
    if scan and canvas is not None:
        boxes = [(w.hpos, w.vpos, w.width, w.height) for w in words]
        under = ink.share_under(canvas, boxes)
        if under < INK_UNDER_WORDS:
            return f"{COVERS_ONLY} {under:.0%} of what stands on the scan"
        beside, within = ink.lines_beside(canvas, boxes)
        if beside >= FEW_ROWS and beside > ROWS_BESIDE * (beside + within):
            return f"{COVERS_ONLY} {within / (beside + within):.0%} of the lines on the scan"
    return ""


def _unseen(words: list[Word], canvas: Image.Image) -> str:
    """What of the words cannot be seen on the page, where that is a reason not to take them."""
    bare, covered = ink.unseen(canvas, [(w.hpos, w.vpos, w.width, w.height) for w in words])
    if any(sum(map(str.isalnum, words[index].content)) >= COVERED_LETTERS for index in covered):
        # What was blacked out must not come back as text; a reader of the image sees what people see.
        return "the text layer has words under black bars"
    if len(bare) > max(1, BARE_SHARE * len(words)):
        return f"{len(bare) / len(words):.0%} of the words of the text layer stand where nothing is printed"
    return ""


def word_like_share(words: list[str]) -> float:
    """The share of characters in what looks like a word or a number of a European language.

    >>> word_like_share(["El", "ejército", "capturó", "a", "12", "personas."])
    1.0
    >>> round(word_like_share(["E1", "ejtrc;to", "c~ptur6", "|", "l2", "personas"]), 2)
    0.32
    """
    words = [part for word in words for part in _LEADERS.split(word) if part]
    total = sum(map(len, words))
    return sum(len(word) for word in words if is_word_like(word)) / total if total else 0.0


def is_word_like(word: str) -> bool:
    """Letters with a vowel, in one case or capitalised, or a number; marks may stand around it.

    Short abbreviations in capitals (FMLN, S.S.) and with a point (Sr., St.) count.
    """
    if _NUMBER.match(word):
        return True
    found = _LETTERS.match(word)
    if not found:
        return not any(c.isalnum() for c in word) and len(word) <= 3 and word.isprintable()
    core = found[1]
    if core.isupper() and len(core) <= 6 or word.endswith(".") and len(core) <= 4:
        return True
    if len(core) == 1:
        return core.lower() in "aeiouyo"
    parts = re.split(r"['’.-]", core)
    cased = all(
        part.islower()
        or part.isupper()
        or part.istitle()
        or part[:1].isupper()
        and part[1:].islower()
        or part.startswith(("Mc", "Mac", "De", "La", "O"))
        for part in parts
    )
    return len(core) <= 24 and cased and bool(_VOWEL.search(core))


def _layer(page: pdfplumber.page.Page, frame: Frame) -> Layer:
    place = _Canvas(page, frame)
    if place.differs:
        return Layer(Layout(frame.width, frame.height), problem="the text layer is of another page size")
    # pdfplumber's own words take sideways text apart and read upside-down text backwards.
    found = list(
        glyphs.words(
            glyphs.Glyph(
                char["text"], char["x0"], char["top"], char["x1"], char["bottom"], glyphs.direction_of(char["matrix"])
            )
            for char in page.chars
        )
    )
    words, outside = [], 0
    for word in found:
        left, top, right, bottom = place.box(word.x0, word.top, word.x1, word.bottom)
        if right <= 0 or bottom <= 0 or left >= frame.width or top >= frame.height:
            outside += 1
            continue
        words.append(
            Placed(
                word.text, max(0, left), max(0, top), min(frame.width, right), min(frame.height, bottom), word.direction
            )
        )
    cover = place.cover(page.images)
    return Layer(
        spacing.mended(Layout(frame.width, frame.height, blocks(words))), cover, outside / len(found) if found else 0.0
    )


class _Canvas:
    """Maps pdfplumber's coordinates to the canvas.

    pdfplumber measures on the whole MediaBox, turned as /Rotate says, and leaves CropBox alone (its own
    `cropbox` is not turned with the page); the canvas is the CropBox. So its points go back to
    pdfminer's, and from there to the corner of the turned CropBox.
    """

    def __init__(self, page: pdfplumber.page.Page, frame: Frame):
        self._left, self._base = page.mediabox[0], page.mediabox[1] + page.height
        # pdfminer turns the page about the MediaBox as it is written, even where its corners are swapped.
        x0, y0, x1, y1 = map(float, page.page_obj.mediabox)
        rotation = page.rotation
        crop = _within(_normal(page.page_obj.cropbox), _normal(page.page_obj.mediabox))
        turn = {
            0: lambda x, y: (x - x0, y - y0),
            90: lambda x, y: (y - y0, x1 - x),
            180: lambda x, y: (x1 - x, y1 - y),
            270: lambda x, y: (y1 - y, x - x0),
        }.get(rotation)
        if turn is None:
            raise ValueError(f"a page turned by {rotation} degrees")
        (ax, ay), (bx, by) = turn(crop[0], crop[1]), turn(crop[2], crop[3])
        self._x0, self._x1 = sorted((ax, bx))
        self._y0, self._y1 = sorted((ay, by))
        width, height = self._x1 - self._x0, self._y1 - self._y0
        self._across, self._down = frame.width / width, frame.height / height
        # Both scales come from one DPI; where they differ, PDFium took another box for the page.
        self.differs = abs(self._across - self._down) * max(width, height) > CANVAS_TOLERANCE or (
            frame.dpi is not None and abs(width * frame.dpi / 72 - frame.width) > CANVAS_TOLERANCE
        )
        self._frame = frame

    def box(self, x0: float, top: float, x1: float, bottom: float) -> tuple[int, int, int, int]:
        """Left, top, right, bottom on the canvas."""
        left, right = ((x - self._left - self._x0) * self._across for x in (x0, x1))
        up, down = ((self._y1 - (self._base - y)) * self._down for y in (top, bottom))
        return round(left), round(up), round(right), round(down)

    def cover(self, images: list[dict]) -> float:
        """The share of the page under images, counted on a grid of 32 × 32."""
        cells = 32
        covered = set()
        for image in images:
            left, top, right, bottom = self.box(image["x0"], image["top"], image["x1"], image["bottom"])
            columns = _cells(left, right, self._frame.width, cells)
            covered.update(
                (row, column) for row in _cells(top, bottom, self._frame.height, cells) for column in columns
            )
        return len(covered) / cells**2


def _cells(start: int, end: int, length: int, cells: int) -> range:
    first = max(0, round(start * cells / length))
    return range(first, max(first, min(cells, round(end * cells / length))))


def _normal(box) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = map(float, box)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _within(crop, media) -> tuple[float, float, float, float]:
    """The part of the CropBox that lies on the MediaBox; all of the MediaBox where none does."""
    box = max(crop[0], media[0]), max(crop[1], media[1]), min(crop[2], media[2]), min(crop[3], media[3])
    return box if box[0] < box[2] and box[1] < box[3] else media
