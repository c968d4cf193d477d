"""Masters written in each of the formats that scanners and word processors leave."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import fpdf
from PIL import Image

from . import embedded, fonts
from .sheet import Sheet


def write_tiff(path: Path, pages: Sequence[Image.Image], dpi: int) -> None:
    """One TIFF of one-bit pages, CCITT G4."""
    pages[0].save(path, "TIFF", save_all=True, append_images=pages[1:], compression="group4", dpi=(dpi, dpi))


def write_png(path: Path, page: Image.Image, dpi: int) -> None:
    page.save(path, "PNG", dpi=(dpi, dpi), optimize=True)


def write_jpeg(
    path: Path, page: Image.Image, dpi: int, quality: int = 50, exif: bytes = b"", iptc: bytes = b""
) -> None:
    held = io.BytesIO()
    page.save(held, "JPEG", quality=quality, dpi=(dpi, dpi), optimize=True, **({"exif": exif} if exif else {}))
    path.write_bytes(embedded.with_iptc(held.getvalue(), iptc) if iptc else held.getvalue())


@dataclass
class PdfPage:
    """A page of a PDF: a scan, or a set sheet, or a scan with somebody's text layer under it.

    `rotate` is /Rotate; `crop` is the CropBox in inches from the left, bottom, right and top of the paper.
    """

    scan: Image.Image | None = None
    dpi: int = 300
    sheet: Sheet | None = None
    layer: list[str] = field(default_factory=list)
    layer_sheet: Sheet | None = None
    rotate: int = 0
    crop: tuple[float, float, float, float] | None = None
    quality: int = 45


def write_pdf(path: Path, pages: Sequence[PdfPage], made: datetime, **properties: str) -> None:
    """One PDF of `pages`; `properties` are title, author, subject, keywords, creator, producer."""
    pdf = fpdf.FPDF(unit="in")
    pdf.set_auto_page_break(False)
    pdf.set_creation_date(made.replace(tzinfo=UTC))
    for name, value in properties.items():
        getattr(pdf, f"set_{name}")(value)
    for page in pages:
        _add(pdf, page)
    pdf.output(str(path))


def _add(pdf: fpdf.FPDF, page: PdfPage) -> None:
    size = page.sheet.size if page.sheet else tuple(side / page.dpi for side in page.scan.size)
    pdf.add_page(format=size)
    if page.scan is not None:
        pdf.image(_encoded(page), x=0, y=0, w=size[0], h=size[1])
    if page.sheet is not None:
        for rule in page.sheet.rules:
            pdf.set_line_width(rule.thick)
            pdf.line(rule.x0, rule.y0, rule.x1, rule.y1)
        for mark in page.sheet.marks:
            _face(pdf, mark.face, mark.points)
            pdf.text(mark.x, mark.y, mark.text)
    if page.layer or page.layer_sheet:
        pdf.text_mode = fpdf.enums.TextMode.INVISIBLE
        _face(pdf, "mono", 12)
        for mark in page.layer_sheet.marks if page.layer_sheet else ():
            if mark.text.strip("_"):
                pdf.set_font("mono", size=mark.points)
                pdf.text(mark.x, mark.y, mark.text)
        for number, line in enumerate(page.layer):
            pdf.text(0.75, 1 + number / 5, line)
        pdf.text_mode = fpdf.enums.TextMode.FILL
    made = pdf.pages[pdf.page]
    if page.rotate:
        made.rotate = page.rotate
    if page.crop:
        left, bottom, right, top = (round(side * 72, 2) for side in page.crop)
        made.crop_box = f"[{left} {bottom} {right} {top}]"


def _encoded(page: PdfPage):
    """A grey scan goes in as the JPEG it would be; a one-bit one as it is (fpdf2 makes it G4)."""
    if page.scan.mode == "1":
        return page.scan
    held = io.BytesIO()
    page.scan.save(held, "JPEG", quality=page.quality, dpi=(page.dpi, page.dpi), optimize=True)
    held.seek(0)
    return held


def _face(pdf: fpdf.FPDF, face: str, points: float) -> None:
    if face not in pdf.fonts:
        pdf.add_font(face, fname=str(fonts.path(face)))
    pdf.set_font(face, size=points)
