"""Printed, an answer stands on its paper: a page's image, its marks, citation and permalink on one sheet; a result with
what was asked."""

import re

import pypdfium2
import pytest

from archive.catalog import items
from archive.catalog.connect import open_catalog
from archive.description import Description, Statement
from tests.browser import SMALL_PHONE
from tests.search_app.conftest import served
from tests.search_app.small_archive import build

#: What marks a word on the image, and nothing else on the sheet.
MARK = (0xFF, 0xDF, 0x66)
LONG = (
    "Denuncia presentada ante la comisión por los familiares de las personas capturadas y desaparecidas en los "
    "operativos "
    "del mes de octubre de 1983 en San José Las Flores, San Antonio Los Ranchos y otros lugares del departamento "
    "de Chalatenango"
)
FORMATS = [pytest.param("Letter", id="letter"), pytest.param("A4", id="a4")]


@pytest.fixture(scope="module")
def long_titled(tmp_path_factory):
    """The small archive, one of its items with a title of many lines that a machine drew, and a note of difficult
    content."""
    made = build(tmp_path_factory.mktemp("paper"), contact="archivo@example.org")
    catalog = open_catalog(made.config.catalog_url)
    with catalog.begin() as connection:
        items.set_description(
            connection,
            made.items["chronicle"],
            Description.of(
                [
                    Statement("title", LONG, "text"),
                    Statement("title_type", "formal", "text"),
                    Statement("genre", "report", "spreadsheet"),
                    Statement("creator", "Comisión de Derechos Humanos de El Salvador", "spreadsheet"),
                    Statement("language", "spa", "spreadsheet"),
                    Statement(
                        "content_note",
                        "Testimonios de violencia contra niñas y niños; fotografías de personas fallecidas.",
                        "spreadsheet",
                    ),
                ]
            ),
            made.components["weekly"],
            "test",
        )
    catalog.dispose()
    return made


@pytest.fixture(scope="module")
def long_site(long_titled):
    with served(long_titled) as address:
        yield address


def sheets(page, format: str) -> list[tuple[str, bool]]:
    """Each sheet of a page as it is printed: its words in one line, and whether a mark of the image is on it."""
    document = pypdfium2.PdfDocument(page.pdf(format=format))
    found = []
    for sheet in document:
        words = re.sub(r"\s+", " ", sheet.get_textpage().get_text_bounded())
        colours = sheet.render(scale=1).to_pil().convert("RGB").getcolors(1 << 24)
        found.append((words, any(colour == MARK for _, colour in colours)))
    return found


def ready(page) -> None:
    page.wait_for_selector("#picture[data-ready=yes]")


@pytest.mark.parametrize("format", FORMATS)
def test_a_page_with_its_marks_citation_and_permalink_is_one_sheet(open_browser, site, archive, format):
    page = open_browser("es")
    page.goto(site + archive.ark("weekly", 1) + "?q=Tecoluca")
    ready(page)
    first, *rest = sheets(page, format)
    assert first[1] and "Report from El Salvador" in first[0] and "marcada en esta página para «Tecoluca»" in first[0]
    assert (
        "Nota: El Rescate Human Rights Department" in first[0]
        and f"Enlace permanente: http://127.0.0.1:8000{archive.ark('weekly', 1)}" in first[0]
    )
    assert len(rest) == 1 and "Soldiers of the Atlacatl battalion" in rest[0][0] and "Citar esta página" in rest[0][0]


@pytest.mark.parametrize("format", FORMATS)
def test_a_long_title_leaves_the_sheet_whole(open_browser, long_site, long_titled, format):
    page = open_browser("es")
    page.goto(long_site + long_titled.ark("chronicle", 1) + "?q=Tecoluca")
    page.locator(".content-note > summary").click()
    ready(page)
    first, *_ = sheets(page, format)
    assert (
        first[1]
        and LONG in first[0]
        and f"Enlace permanente: http://127.0.0.1:8000{long_titled.ark('chronicle', 1)}" in first[0]
    )


@pytest.mark.parametrize("format", FORMATS)
def test_an_items_first_sheet_has_its_image(open_browser, site, archive, format):
    page = open_browser("en")
    page.goto(site + archive.ark("weekly"))
    ready(page)
    document = pypdfium2.PdfDocument(page.pdf(format=format))
    pictures = [one for one in document[0].get_objects() if one.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    assert (
        len(document) == 2
        and max(one.get_bounds()[3] - one.get_bounds()[1] for one in pictures) > document[0].get_height() / 3
    )


@pytest.mark.parametrize("format", FORMATS)
def test_a_printed_result_says_what_was_asked(open_browser, site, format):
    page = open_browser("es")
    page.goto(site + "/search?q=Tecoluca&genre=report")
    printed = sheets(page, format)
    assert (
        len(printed) == 1
        and "Se buscó: Tecoluca" in printed[0][0]
        and "Con los filtros: Tipo de documento: Informe" in printed[0][0]
    )
    assert re.search(
        r"Rescate, \d+ de \w+ de \d{4}: http://127\.0\.0\.1:8000/search\?q=Tecoluca&genre=report", printed[0][0]
    )
    assert "Se encontraron 2 páginas" in printed[0][0] and "Filtrar" not in printed[0][0]


def test_a_printed_list_is_its_citations(open_browser, site, archive):
    page = open_browser("es")
    page.goto(
        site + f"/cite?only=selected&selected={archive.pages['weekly'][0]}&selected={archive.pages['clipping'][0]}"
    )
    printed = sheets(page, "Letter")
    assert len(printed) == 1 and "Ayala Cruz, Berta. “Madres piden respuesta”" in printed[0][0]
    assert not re.search("BibTeX|Quitar|Vaciar|Descargar", printed[0][0])


@pytest.mark.parametrize("query", ["", "?q=Tecoluca"])
def test_on_a_phone_the_image_begins_on_the_first_screen(open_browser, site, archive, long_site, long_titled, query):
    page = open_browser("es", SMALL_PHONE, touch=True)
    page.goto(site + archive.ark("weekly", 1) + query)
    ready(page)
    assert page.locator("#picture .canvas").bounding_box()["y"] < 520
    page.goto(long_site + long_titled.ark("chronicle", 1) + query)
    title, note = page.locator("h1"), page.locator(".content-note > summary .show")
    assert note.bounding_box()["y"] + note.bounding_box()["height"] < SMALL_PHONE["height"]
    line = float(title.evaluate("one => parseFloat(getComputedStyle(one).lineHeight)"))
    assert title.bounding_box()["height"] < 2.2 * line
    page.get_by_role("link", name="El título completo").click()
    assert title.bounding_box()["height"] > 3 * line and page.evaluate(
        "document.documentElement.scrollWidth <= innerWidth"
    )
