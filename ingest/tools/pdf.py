"""PDF masters through PDFium: pages and their rendering. Not thread safe: one thread a process.

The canvas of a page is its CropBox, turned as /Rotate says, at the settings' pdf_dpi. Where that would
be more than PAGE_PIXELS (a plan, a poster), the DPI is lowered for this page until it fits. The
resolution of images inside the PDF does not change the canvas.
"""

from __future__ import annotations

import contextlib
import io
import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageChops

from archive.config import IngestSettings
from archive.errors import Encrypted, TooLarge, Unreadable
from archive.reason import Reason, of_disk
from archive.record import Frame
from ingest.tools import pdf_objects

#: The largest canvas of a PDF page: beyond A1 at 300 DPI. Vector pages have no pixels of their own,
#: and every pixel costs the worker seven bytes and the reader time.
PAGE_PIXELS = 100_000_000
#: Long sides above this break JPEG (65,535) and Tesseract (32,767).
PAGE_SIDE = 30_000
#: A page that fits only below this is a mistake in the file: some 80 metres long.
LEAST_DPI = 10
#: How far the channels of a pixel may lie apart in what still counts as grey.
GREY_TOLERANCE = 12

#: A page nowhere darker than this came out white.
WHITE = 250

_NOT_FOUND = "is damaged: the page has no readable page object"
_POINTS = 72
_DRAWN = pdfium_c.FPDF_ANNOT | pdfium_c.FPDF_REVERSE_BYTE_ORDER
_WORDY_FIELDS = (pdfium_c.FPDF_FORMFIELD_TEXTFIELD, pdfium_c.FPDF_FORMFIELD_COMBOBOX, pdfium_c.FPDF_FORMFIELD_LISTBOX)


def frames(path: Path, settings: IngestSettings) -> tuple[tuple[Frame, ...], tuple[str, ...]]:
    """The pages of a PDF; those that PDFium cannot measure have a problem instead of a size."""
    with _opened(path) as document:
        count = len(document)
        if count < 1:
            raise _no_pages(path)
        if count > settings.max_pages:
            raise TooLarge(f"has {count} pages, more than {settings.max_pages} (ingest.max_pages)", item=str(path))
        found = tuple(_frame(document, number, settings) for number in range(1, count + 1))
        problems = {frame.problem for frame in found}
        if problems == {_NOT_FOUND}:
            raise Unreadable("is damaged: none of its pages can be found", item=str(path))
        if "" not in problems:
            raise Unreadable(
                f"has no page that can be drawn: page 1 {found[0].problem}", item=str(path), code=Reason.NO_PAGES
            )
        return found, ()


def _frame(document: pdfium.PdfDocument, number: int, settings: IngestSettings) -> Frame:
    try:
        width, height = document.get_page_size(number - 1)
    except pdfium.PdfiumError:
        return Frame(number, 0, 0, problem=_NOT_FOUND, code=Reason.DAMAGED)
    if not (0 < width < math.inf and 0 < height < math.inf):
        return Frame(number, 0, 0, problem="has no size", code=Reason.NO_PAGES)
    dpi = canvas_dpi(width, height, settings.pdf_dpi, min(settings.max_pixels, PAGE_PIXELS))
    if dpi < LEAST_DPI:
        return Frame(
            number, 0, 0, problem=f"has an impossible size of {width:.0f} × {height:.0f} points", code=Reason.NO_PAGES
        )
    across, down = (max(1, math.ceil(side * dpi / _POINTS - 0.01)) for side in (width, height))
    return Frame(number, across, down, dpi)


def canvas_dpi(width: float, height: float, dpi: float, pixels: int) -> float:
    """The DPI at which a page of that size in points is drawn: `dpi`, or what still fits.

    >>> canvas_dpi(612, 792, 300, 100_000_000)
    300.0
    >>> canvas_dpi(72 * 100, 72 * 100, 300, 1_000_000)
    10.0
    """
    fitting = (
        math.floor(_POINTS * min(math.sqrt(pixels / (width * height)), PAGE_SIDE / max(width, height)) * 100) / 100
    )
    return float(max(0.01, min(dpi, fitting)))


def render(path: Path, frame: Frame) -> Image.Image:
    """The page drawn on its canvas; grey where it has no colour."""
    item = f"{path}, page {frame.number}"
    with _opened(path) as document, _page(document, frame.number, item) as page:
        # Scaled by the canvas, not by the DPI: PDFium then fills the canvas to its last pixel.
        try:
            bitmap = pdfium.PdfBitmap.new_native(
                frame.width, frame.height, pdfium_c.FPDFBitmap_BGRx, rev_byteorder=True
            )
        except pdfium.PdfiumError as trouble:
            raise TooLarge("needs more memory than there is", item=item, code=Reason.MEMORY) from trouble
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, frame.width, frame.height)
        pdfium_c.FPDF_RenderPageBitmap(bitmap, page, 0, 0, frame.width, frame.height, 0, _DRAWN)
        if document.formenv:
            pdfium_c.FPDF_FFLDraw(document.formenv, bitmap, page, 0, 0, frame.width, frame.height, 0, _DRAWN)
        drawn = bitmap.to_pil()  # shares the bitmap's memory
        image = drawn.convert("L" if _is_grey(drawn) else "RGB")
        bitmap.close()
        lost = _lost(page, path, frame) if image.mode == "L" and image.getextrema()[0] > WHITE else ""
    if lost:
        raise Unreadable(
            f"comes out white, though it should show {lost}: part of the file is damaged or missing", item=item
        )
    return image


def characters(path: Path, number: int) -> int:
    """How many characters PDFium finds on a page: 0 means that there is no text layer at all."""
    item = f"{path}, page {number}"
    with _opened(path) as document, _page(document, number, item) as page:
        try:
            text = page.get_textpage()
        except pdfium.PdfiumError:
            return 0
        try:
            return text.count_chars()
        finally:
            text.close()


def _lost(page: pdfium.PdfPage, path: Path, frame: Frame) -> str:
    """What a page that came out white should show and does not; empty for a page that is white."""
    if not pdfium_c.FPDFPage_CountObjects(page):
        return pdf_objects.asked_to_draw(path, frame.number)
    for picture in page.get_objects((pdfium_c.FPDF_PAGEOBJ_IMAGE,)):
        try:
            picture.get_bitmap()
        except pdfium.PdfiumError:
            return "a picture"
    return ""


def filled_in(path: Path, number: int) -> bool:
    """Whether words stand on a page in form fields or in notes written on it, which are in no text layer."""
    item = f"{path}, page {number}"
    with _opened(path) as document, _page(document, number, item) as page:
        for index in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
            note = pdfium_c.FPDFPage_GetAnnot(page, index)
            try:
                if _has_words(document, note):
                    return True
            finally:
                pdfium_c.FPDFPage_CloseAnnot(note)
    return False


def _has_words(document: pdfium.PdfDocument, note) -> bool:
    kind = pdfium_c.FPDFAnnot_GetSubtype(note)
    # Lengths are in bytes of UTF-16 with its closing zero: 2 is an empty text.
    if kind == pdfium_c.FPDF_ANNOT_FREETEXT:
        return pdfium_c.FPDFAnnot_GetStringValue(note, b"Contents", None, 0) > 2
    if kind != pdfium_c.FPDF_ANNOT_WIDGET or not document.formenv:
        return False
    return (
        pdfium_c.FPDFAnnot_GetFormFieldType(document.formenv, note) in _WORDY_FIELDS
        and pdfium_c.FPDFAnnot_GetFormFieldValue(document.formenv, note, None, 0) > 2
    )


def document_information(path: Path) -> dict[str, str]:
    """Title, Author, Subject and Keywords as the PDF has them."""
    with _opened(path) as document:
        return {
            name: document.get_metadata_value(name).strip("\0 ") for name in ("Title", "Author", "Subject", "Keywords")
        }


def _is_grey(image: Image.Image) -> bool:
    """Judged on a copy of an eighth of the size, where a stamp of a few millimetres still shows."""
    red, green, blue = (image.reduce(8) if min(image.size) >= 64 else image).split()[:3]
    return all(ImageChops.difference(red, other).getextrema()[1] <= GREY_TOLERANCE for other in (green, blue))


@contextmanager
def _page(document: pdfium.PdfDocument, number: int, item: str) -> Iterator[pdfium.PdfPage]:
    try:
        page = document[number - 1]
    except (pdfium.PdfiumError, IndexError) as trouble:
        raise Unreadable(f"is damaged: {trouble}", item=item) from trouble
    try:
        yield page
    finally:
        page.close()


@contextmanager
def _opened(path: Path) -> Iterator[pdfium.PdfDocument]:
    """The document; kept open until another is asked for, since its pages come one after the other."""
    try:
        found = path.stat()
    except OSError as trouble:
        raise Unreadable(
            "is no longer there", item=str(path), remedy="Put it back, or ingest its new place.", code=Reason.GONE
        ) from trouble
    yield _document(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=1)
def _document(path: Path, _mtime_ns: int, size: int) -> pdfium.PdfDocument:
    if size == 0:
        raise Unreadable(
            "is empty", item=str(path), remedy="Copy it again from where it came, or scan it again.", code=Reason.EMPTY
        )
    try:
        with path.open("rb"):
            pass
        # PDFium names no error for a document without pages: the last one, of whatever file, still stands. So
        # the last one is made to be that of a file that is not there.
        pdfium_c.FPDF_LoadDocument(b"", None)
        document = _loaded(path)
        with contextlib.suppress(pdfium.PdfiumError), warnings.catch_warnings(action="ignore"):
            # Without it the fields of a form are not drawn; a damaged form is drawn without them.
            document.init_forms()
        if document.formenv:
            pdfium_c.FPDF_SetFormFieldHighlightAlpha(document.formenv, 0)  # No colour to show where one may type.
        return document
    except pdfium.PdfiumError as trouble:
        if trouble.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise Encrypted("wants a password", item=str(path)) from trouble
        if trouble.err_code == pdfium_c.FPDF_ERR_SECURITY:
            raise Encrypted(
                "is locked in a way that is not supported",
                item=str(path),
                remedy="Save a copy without the protection and ingest that.",
            ) from trouble
        if trouble.err_code == pdfium_c.FPDF_ERR_FILE:
            raise _no_pages(path) from trouble
        raise Unreadable(f"is damaged: {trouble}", item=str(path)) from trouble
    except (OSError, ValueError) as trouble:
        code = of_disk(trouble) if isinstance(trouble, OSError) else Reason.DAMAGED
        raise Unreadable(f"cannot be opened: {trouble}", item=str(path), code=code) from trouble


def _loaded(path: Path) -> pdfium.PdfDocument:
    """The document; one that wants a password of who reads it and none of who owns it, in a copy in memory without
    either.

    PDFium never tries an empty owner's password, as other programs do (ISO 32000-2, 7.6.4.4.11). Raises PdfiumError.
    """
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as trouble:
        unlocked = _unlocked(path) if trouble.err_code == pdfium_c.FPDF_ERR_PASSWORD else None
        if unlocked is None:
            raise
        return pdfium.PdfDocument(unlocked)


def _unlocked(path: Path) -> bytes | None:
    """The PDF without encryption, where an empty password opens it; None where it does not."""
    import pikepdf  # for these few alone

    try:
        with pikepdf.open(path) as locked:
            written = io.BytesIO()
            locked.save(written)
            return written.getvalue()
    except (pikepdf.PasswordError, pikepdf.PdfError, OSError, RuntimeError, ValueError):
        return None


def _no_pages(path: Path) -> Unreadable:
    return Unreadable(
        "has no pages", item=str(path), remedy="Save it again from the program that made it.", code=Reason.NO_PAGES
    )
