"""Every sample master: where it goes, what is on its pages, how worn they are, in which format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PIL import Image

from . import embedded, formats, forms, newspaper, prints, scanner, typewriter
from .ageing import Stamp
from .formats import PdfPage
from .sheet import Sheet
from .texts import chronologies, clippings, guide, reports
from .texts import forms as papers
from .texts.pictures import PHOTOGRAPHS


@dataclass(frozen=True)
class Master:
    """One file: `sheets` gives the truth of each page, `write` makes the file at a path."""

    path: str
    sheets: Callable[[], list[Sheet]]
    write: Callable[[Path], None]

    def truths(self) -> dict[str, str]:
        """Ground truth by its file's path below truth/: `<stem>.txt`, or `<stem>-<page>.txt` for several pages."""
        sheets = self.sheets()
        stem = self.path.rsplit(".", 1)[0]
        if len(sheets) == 1:
            return {f"{stem}.txt": sheets[0].truth}
        return {f"{stem}-{number}.txt": sheet.truth for number, sheet in enumerate(sheets, 1)}


RECEIVED = Stamp(("EL RESCATE", "RECIBIDO", "22 JUN 1983"), 0.78, 0.10, 8)
ARCHIVE = Stamp(("ARCHIVO", "EL RESCATE", "LOS ANGELES"), 0.80, 0.90, -14, round=True)
COPY = Stamp(("COPIA",), 0.83, 0.06, 12)
DIAL = Stamp(("DOCUMENTATION", "NOV 20 1992"), 0.82, 0.045, -4)


def _stamped(sheets: list[Sheet], page: int, stamp: Stamp) -> list[Sheet]:
    """The stamp's words are on the page too: last in the truth, before the small print."""
    lines = sheets[page - 1].lines
    lines[-1:-1] = [*stamp.lines, ""]
    return sheets


REPORT = typewriter.Style(columns=70, per_inch=4.75, number_form="- {} -")
DAILY = typewriter.Style(columns=68, per_inch=4.15, left=0.95, top=1.15, number="top", number_form="{}")
MONTHLY = typewriter.Style(columns=66, per_inch=4.2, left=1.0, number="bottom", number_form="{}")


def _november() -> list[Sheet]:
    return _stamped(typewriter.typeset(reports.NOVEMBER_1992, REPORT, numbered_from=2), 1, DIAL)


def _february() -> list[Sheet]:
    return typewriter.typeset(reports.FEBRUARY_1989, REPORT, numbered_from=2)


def _january_report() -> list[Sheet]:
    return typewriter.typeset(reports.JANUARY_1990, REPORT, numbered_from=2)


def _march() -> list[Sheet]:
    cover = typewriter.typeset(
        chronologies.MARCH_1984_COVER, typewriter.Style(columns=68, per_inch=4, left=0.95, number="none")
    )
    return [*cover, *typewriter.typeset(chronologies.MARCH_1984, DAILY, first=41)]


def _may() -> list[Sheet]:
    slip = forms.set_page(
        "HOJA DE CONTROL DE DIGITALIZACIÓN", "Agregada al digitalizar, no es parte del original", SLIP, 0
    )
    slip.marks = [mark for mark in slip.marks if mark.text != "0"]
    slip.lines.remove("0")
    return [slip, *_stamped(typewriter.typeset(chronologies.MAY_1983, MONTHLY, first=17), 1, RECEIVED)]


SLIP = """
_ Documento

Cronología de El Salvador, mayo de 1983. Mecanografiado, copia al carbón.

_ Procedencia

Caja 2, carpeta 5. Digitalizado en 300 puntos por pulgada, un bit por punto.

_ Observaciones

La página 18 trae el texto de un reconocimiento anterior, que se lee bien. El de la página 19 salió dañado y no sirve;
se conserva porque así venía el archivo.
"""


def _january() -> list[Sheet]:
    card = scanner.target("12")
    card.footer()
    return [
        card,
        *typewriter.typeset(
            chronologies.JANUARY_1989, typewriter.Style(columns=66, per_inch=4.2, left=1.0, number_form="{}"), first=9
        ),
    ]


def _guide() -> list[Sheet]:
    return [forms.set_page(*page, number) for number, page in enumerate(guide.PAGES, 1)]


def _tiff(path: str, sheets: Callable[[], list[Sheet]], *conditions: tuple[str, dict]) -> Master:
    return Master(
        path, sheets, lambda to: formats.write_tiff(to, scanner.one_bit(sheets(), path, list(conditions)), 300)
    )


def _chronology_1989(to: Path) -> None:
    card, *sheets = _january()
    pages = scanner.one_bit(sheets, "chronology-1989-01", [("carbon", {}), ("good", {}), ("good", {"stamp": COPY})])
    formats.write_tiff(to, [scanner.target_page(card, "target"), *pages], 300)


def _report_1990(to: Path) -> None:
    """Image-only: its second page was laid sideways and set right by /Rotate, its third is cropped to the paper."""
    scans = scanner.one_bit(_january_report(), "report-1990", [("good", {}), ("faded", {}), ("good", {"holes": False})])
    pages = [PdfPage(scan) for scan in scans]
    pages[1] = PdfPage(scans[1].transpose(Image.Transpose.ROTATE_90), rotate=90)
    bed = Image.new("1", (2550 + 450, 3300 + 600), 0)
    bed.paste(scans[2], (150, 200))
    # The bed shows black around the paper; the CropBox leaves a sixteenth of an inch of it.
    pages[2] = PdfPage(
        bed, crop=(0.5 - 1 / 16, (600 - 200) / 300 - 1 / 16, (150 + 2550) / 300 + 1 / 16, (3900 - 200) / 300 + 1 / 16)
    )
    formats.write_pdf(to, pages, datetime(2021, 3, 4, 9, 30), producer="Sample scanner / escáner de muestra")


def _chronology_1983(to: Path) -> None:
    """A set page, then scans; one scan has a good text layer under it, another a spoilt one."""
    slip, *sheets = _may()
    scans = scanner.one_bit(
        sheets,
        "cronologia-1983-05",
        [("good", {"stamp": RECEIVED}), ("good", {}), ("carbon", {}), ("faded", {}), ("good", {})],
    )
    pages = [PdfPage(sheet=slip), *(PdfPage(scan) for scan in scans)]
    pages[2].layer_sheet = sheets[1]
    pages[3].layer = [
        "".join(chr(0x21 + (ord(letter) * 7) % 90) if letter != " " else " " for letter in line)
        for line in sheets[2].lines
    ]
    formats.write_pdf(
        to,
        pages,
        datetime(2021, 3, 4, 10, 2),
        title="Cronología de El Salvador, mayo de 1983 (muestra)",
        author="El Rescate",
        producer="Sample scanner / escáner de muestra",
    )


def _guide_pdf(to: Path) -> None:
    formats.write_pdf(
        to,
        [PdfPage(sheet=sheet) for sheet in _guide()],
        datetime(1996, 1, 15, 14, 0),
        title="Guía de la cronología y del informe semanal / Guide to the Chronology and the Weekly Report "
        "(muestra / sample)",
        author="El Rescate, Human Rights Department",
        subject="Sample made for the project / Muestra hecha para el proyecto",
        keywords="chronology, weekly report, cronología, guía, muestra",
        creator="Word processor (sample)",
    )


def _folder_pages() -> list[Master]:
    folder = "chronologies/cronologia-1984-03"

    def one(number: int) -> Master:
        def write(to: Path) -> None:
            conditions = [
                ("good", {"stamp": ARCHIVE}),
                ("good", {}),
                ("carbon", {}),
                ("good", {}),
                ("poor", {}),
                ("good", {}),
            ]
            scan = scanner.one_bit(_stamped_march(), folder, conditions, only=number)[0]
            formats.write_png(to, scan, 300)

        return Master(f"{folder}/cronologia-1984-03-{number:04d}.png", lambda: [_stamped_march()[number - 1]], write)

    return [one(number) for number in range(1, len(_march()) + 1)]


def _stamped_march() -> list[Sheet]:
    return _stamped(_march(), 1, ARCHIVE)


def _clipping(
    path: str, clipping: newspaper.Clipping, behind: newspaper.Clipping, kind: str = "good", dpi: int = 200, **more
) -> Master:
    def write(to: Path) -> None:
        image, _ = scanner.clipping_page(clipping, path, kind, dpi, newspaper.typeset(behind)[0], **more)
        if path.endswith(".jpg"):
            formats.write_jpeg(to, image, dpi, 42)
        elif path.endswith(".png"):
            formats.write_png(to, image.quantize(16).convert("L"), dpi)
        else:
            formats.write_tiff(
                to, [image.point(lambda tone: 255 if tone > 125 else 0).convert("1", dither=Image.Dither.NONE)], dpi
            )

    return Master(path, lambda: [newspaper.typeset(clipping)[0]], write)


FOLDER_PDF = (
    (clippings.FORUM_1987, clippings.POWER_1988),
    (clippings.FORUM_1987_CONTINUED, clippings.CURFEW_1989),
    None,
    (clippings.SANCTUARY_1985, clippings.GOTERA_1984),
    (clippings.SANCTUARY_1985_CONTINUED, clippings.RUNOFF_1984),
)


def _letter() -> Sheet:
    return typewriter.typeset(
        papers.LETTER, typewriter.Style(columns=62, per_inch=4.0, left=1.1, top=1.3, number="none")
    )[0]


def _folder_pdf_sheets() -> list[Sheet]:
    return [_letter() if pair is None else newspaper.typeset(pair[0])[0] for pair in FOLDER_PDF]


def _folder_pdf(to: Path) -> None:
    """A whole folder scanned into one PDF: two clippings of two pages with a letter between them."""
    pages = []
    for number, pair in enumerate(FOLDER_PDF, 1):
        if pair is None:
            scan = scanner.grey_page(_letter(), "letter", "faded", 150, paper=0.84, holes=False, stain=0.16)
            pages.append(PdfPage(scan, 150))
        else:
            image, _ = scanner.clipping_page(pair[0], f"folder-{number}", "good", 180, newspaper.typeset(pair[1])[0])
            pages.append(PdfPage(image, 180, quality=38))
    formats.write_pdf(to, pages, datetime(2021, 3, 5, 11, 11), producer="Sample scanner / escáner de muestra")


def _incident(form: dict) -> list[Sheet]:
    return forms.incident(form, papers.OPEN_HEAD)


def _grey(path: str, sheet: Callable[[], Sheet], kind: str, dpi: int = 150, **more) -> Master:
    def write(to: Path) -> None:
        scan = scanner.grey_page(sheet(), path, kind, dpi, **more)
        if path.endswith(".jpg"):
            formats.write_jpeg(to, scan, dpi, 40)
        else:
            formats.write_png(to, scan.quantize(16).convert("L"), dpi)

    return Master(path, lambda: [sheet()], write)


def _memorandum() -> Sheet:
    return typewriter.typeset(papers.MEMORANDUM, typewriter.Style(columns=66, per_inch=4.0, left=1.0, number="none"))[0]


def _photographs() -> list[Master]:
    def one(photograph) -> Master:
        def write(to: Path) -> None:
            image, _ = prints.page(photograph)
            exif = embedded.exif(**photograph.exif, orientation=photograph.turned)
            iptc = embedded.iptc(photograph.embedded, photograph.encoding)
            formats.write_jpeg(to, prints.stored(image, photograph.turned), prints.DPI, 52, exif, iptc)

        return Master(f"photographs/{photograph.name}.jpg", lambda: [prints.page(photograph)[1]], write)

    return [one(photograph) for photograph in PHOTOGRAPHS]


def masters() -> list[Master]:
    """All of them, in the order of the series."""
    return [
        _tiff("reports/report-1989-02-20.tif", _february, ("carbon", {}), ("carbon", {}), ("poor", {}), ("carbon", {})),
        Master("reports/report-1990-01-08.pdf", _january_report, _report_1990),
        _tiff(
            "reports/report-1992-11-09.tif",
            _november,
            ("good", {"stamp": DIAL}),
            ("good", {}),
            ("good", {"bleed": 0.4}),
            ("good", {}),
        ),
        Master("reports/guide-1996.pdf", _guide, _guide_pdf),
        Master("chronologies/cronologia-1983-05.pdf", _may, _chronology_1983),
        *_folder_pages(),
        Master("chronologies/chronology-1989-01.tif", _january, _chronology_1989),
        _clipping("clippings/clipping-1984-03-17.jpg", clippings.GOTERA_1984, clippings.CURFEW_1989, folds=(0.52,)),
        _clipping(
            "clippings/clipping-1984-05-07.tif", clippings.RUNOFF_1984, clippings.SANCTUARY_1985, dpi=300, bleed=0.0
        ),
        _clipping("clippings/clipping-1988-power.jpg", clippings.POWER_1988, clippings.FORUM_1987),
        _clipping("clippings/clipping-1989-11-16.png", clippings.CURFEW_1989, clippings.GOTERA_1984, dpi=180),
        _clipping("clippings/clipping-1992-01-17.jpg", clippings.CEASEFIRE_1992, clippings.POWER_1988, stain=0.12),
        Master("clippings/box-3-folder-7.pdf", _folder_pdf_sheets, _folder_pdf),
        *_photographs(),
        _tiff("incidents/incident-0107.tif", lambda: _incident(papers.INCIDENT_0107), ("good", {}), ("carbon", {})),
        _grey("incidents/incident-0231.jpg", lambda: _incident(papers.INCIDENT_0231)[0], "good", behind=None),
        _grey("incidents/incident-0312.png", lambda: _incident(papers.INCIDENT_0312)[0], "carbon", behind=None),
        _grey("administrative/memorandum-1987.jpg", _memorandum, "good"),
    ]
