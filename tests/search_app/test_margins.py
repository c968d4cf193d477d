"""Running heads and page numbers: shown as such, found, counting less than the text, and said of a page without being
cited."""

import pytest
from lxml import etree

from archive import exports
from archive.access import Audience
from archive.holdings import Holdings
from archive.search.answer import answer
from archive.search.engines import open_engine
from archive.search.query import parse
from archive.search.request import SearchRequest
from search_app import create_app
from tests.search_app import marked_report
from tests.search_app.reading import read
from tests.search_app.small_archive import build


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    made = build(tmp_path_factory.mktemp("margins"))
    marked_report.add(made)
    return made


@pytest.fixture
def client(archive):
    return create_app(archive.config).test_client(use_cookies=False)


def ask(archive, text):
    with Holdings(archive.config) as holdings:
        return answer(
            holdings, open_engine(archive.config, Audience.PUBLIC), SearchRequest(parse(text), facets=("place",))
        )


@pytest.mark.parametrize(
    "language, head, number",
    [("es", "Encabezado de página", "Número de página"), ("en", "Running head", "Page number")],
)
def test_they_are_shown_as_such(client, archive, language, head, number):
    page = read(client, f"{archive.ark('report', 2)}?lang={language}")
    assert page.texts(".words .margin") == [f"{head} Comisión de Quezalapa -", f"{number} 21"]
    assert page.texts(".machine")[0].count("máquina" if language == "es" else "machine") == 2
    first = read(client, f"{archive.ark('report', 1)}?lang={language}")
    assert (
        not first.all(".margin") and first.texts(".machine")[0].count("máquina" if language == "es" else "machine") == 1
    )


def test_the_printed_number_is_said_and_not_cited(client, archive):
    page = read(client, f"{archive.ark('report', 2)}?lang=en")
    said = dict(zip(page.texts(".described dt"), page.texts(".described dd"), strict=False))
    assert said["Page number printed on the page"] == "21 read by a machine"
    assert page.text(".where strong") == "Image 2"
    assert "21" not in " ".join(page.texts(".citation"))
    assert "SP  - 21" not in client.get(f"/cite/{archive.pages['report'][1]}.ris").get_data(as_text=True)


def test_a_word_in_a_running_head_is_found_and_marked(client, archive):
    page = read(client, "/search?q=Comisión&lang=es")
    assert page.text(".count") == "Se encontraron 2 páginas."
    assert set(page.texts(".snippet")) == {
        f"En un encabezado o número de página: Comisión de Quezalapa - 2{n}" for n in (1, 2)
    }
    shown = read(client, f"{archive.ark('report', 2)}?q=Comisión")
    assert shown.texts(".words .margin mark") == ["Comisión"] and len(shown.all("svg rect.hit")) == 1


def test_it_counts_less_than_in_the_text(archive):
    hits = ask(archive, "Quezalapa").hits
    assert [hit.page.sequence for hit in hits] == [3, 2]
    assert hits[0].score > hits[1].score
    assert hits[0].excerpt.field == "shown" and "Comisión" not in hits[0].snippet
    assert hits[1].excerpt.field == "margin"


def test_a_snippet_begins_with_the_text(archive):
    (hit,) = ask(archive, "marimba").hits
    assert hit.snippet.startswith("La alcaldía de Tecoluca")


def test_a_phrase_does_not_go_on_from_a_running_head(archive):
    assert ask(archive, '"Quezalapa - 21"').total == 1
    assert ask(archive, '"21 La alcaldía"').total == 0


def test_a_place_in_a_running_head_is_not_one_of_the_page(archive):
    found = ask(archive, "marimba").facets["place"]
    assert {bucket.value for bucket in found} == {"san-vicente", "san-vicente/tecoluca"}


def test_they_are_exported_with_the_text_and_told_apart_in_alto(archive):
    with Holdings(archive.config) as holdings:
        pairs = [
            (holdings.item(archive.items["report"]), page) for page in holdings.item(archive.items["report"]).pages
        ]
        one = exports.PageFile(*pairs[1], "report.tif", 2, "report-2.xml")
        assert exports.text_of(holdings, one).decode().startswith("Comisión de Quezalapa - 21\n")
        root = etree.fromstring(exports.alto_of(holdings, one))
    assert [one.get("LABEL") for one in root.iter("{*}LayoutTag")] == ["page number", "running head"]
    assert root.find(".//{*}Page").get("PRINTED_IMG_NR") is None
