"""Citations from a page, an item, a selection and a whole result, in every format, without a limit."""

import csv
import io
import json

import pytest
import rispy

from archive.citation import FORMATS
from archive.errors import EngineUnavailable
from search_app import create_app
from search_app.state import SearchState
from tests.search_app.reading import read
from tests.search_app.small_archive import THIS_YEAR, build


def ris(answer) -> list[dict]:
    return rispy.loads(answer.get_data(as_text=True))


def test_a_page_is_cited_with_its_label_its_box_and_its_link(client, archive):
    answer = client.get(f"/cite/{archive.pages['weekly'][1]}?format=ris&lang=en")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{archive.pages["weekly"][1]}.ris"'
    cited, = ris(answer)
    assert cited["type_of_reference"] == "RPRT" and "Report from El Salvador" in cited.values()
    assert archive.ark("weekly", 2) in answer.get_data(as_text=True)
    assert "Box 3" in answer.get_data(as_text=True)


def test_the_page_shows_three_styles_and_offers_the_others(client, archive):
    page = read(client, archive.ark("weekly", 2) + "?lang=en")
    assert len(page.all(".citation")) == 3
    chicago = page.texts(".citation p")[0]
    assert chicago.startswith("Note: El Rescate Human Rights Department, “Report from El Salvador,”")
    assert "p. 11" in chicago and "Box 3, Folder 2" in chicago and THIS_YEAR in chicago
    offered = page.hrefs(".cite .downloads a")
    assert [href.split("format=")[1] for href in offered] == ["ris", "bibtex", "csl-json", "csv"]
    assert all(client.get(href).status_code == 200 for href in offered)
    assert page.text("#cite-title") == "Cite this page"
    assert read(client, archive.ark("weekly") + "?lang=en").text("#cite-title") == "Cite this document"


def test_a_title_that_was_devised_stands_without_quotation_marks(client, archive):
    note = read(client, archive.ark("undated") + "?lang=en").texts(".citation p")[0]
    assert "“Marcha" not in note and "Marcha en la avenida" in note and "n.d." in note


@pytest.mark.parametrize("format", FORMATS)
def test_a_whole_result_in_every_format(client, format):
    answer = client.get(f"/cite?q=Tecoluca&format={format}")
    assert answer.status_code == 200
    assert answer.content_type == FORMATS[format].media_type
    assert answer.headers["Content-Disposition"] == f'attachment; filename="rescate{FORMATS[format].suffix}"'
    assert answer.is_streamed
    assert "Report from El Salvador" in answer.get_data(as_text=True)


def test_a_whole_result_has_every_page_once_or_every_item_once(client):
    assert len(ris(client.get("/cite?q=Tecoluca&format=ris"))) == 4
    assert len(ris(client.get("/cite?q=Tecoluca&format=ris&cite=items"))) == 3
    assert len(json.loads(client.get("/cite?format=csl-json").data)) == 11
    assert len(list(csv.DictReader(io.StringIO(client.get("/cite?genre=report&format=csv").get_data(as_text=True))))) == 4


def test_a_long_result_is_whole_though_its_pages_are_short(tmp_path):
    client = create_app(build(tmp_path, page_size=1).config).test_client()
    assert len(ris(client.get("/cite?format=ris&page=5"))) == 11


def test_a_selection_is_cited_in_its_order_and_nothing_else(client, archive):
    chosen = [archive.pages["clipping"][0], archive.pages["weekly"][1]]
    answer = client.get(f"/cite?selected={chosen[0]}&selected={chosen[1]}&q=Tecoluca&format=csl-json&lang=en")
    assert [one["URL"].rpartition("/")[2] for one in json.loads(answer.data)] == chosen
    page = read(client, f"/cite?selected={chosen[0]}&selected={chosen[1]}&only=selected&lang=en")
    assert len(page.all("ol.citations li")) == 2 and "They are those that you selected." in page.source


def test_what_is_selected_goes_with_the_form_and_the_boxes_stay_ticked(client, archive):
    kept = archive.pages["clipping"][0]
    ticked = archive.pages["weekly"][0]
    page = read(client, f"/search?q=Atlacatl&selected={kept}&selected={ticked}")
    assert [box.get("value") for box in page.all(".select input") if box.get("checked") is not None] == [ticked]
    form = page.one("form.selecting")
    assert form.get("action") == "/cite" and form.get("method") == "get"
    assert [one.get("value") for one in form.xpath(".//input[@type='hidden'][@name='selected']")] == [kept]
    assert "2 páginas guardadas para citar." in page.text(".selected-note")
    assert page.one(".selected-note a").get("href") == SearchState(q="Atlacatl").url()
    assert any(f"selected={kept}" in href for href in page.hrefs(".sorts a"))


def test_selecting_nothing_is_not_taken_for_everything(client):
    page = read(client, "/cite?q=Tecoluca&only=selected&lang=en")
    assert page.status == 200 and "No page was selected." in page.text("main")
    assert client.get("/cite?q=Tecoluca&only=selected&format=ris").data == b""


def test_the_list_shows_the_first_and_says_that_the_files_hold_all(client):
    page = read(client, "/cite?q=Tecoluca&style=mla&lang=en")
    assert page.text(".tabs .chosen") == "MLA" and len(page.all("ol.citations li")) == 4
    assert "4 pages are cited." in page.source


def test_documents_are_cited_once_where_that_is_asked_for(client):
    page = read(client, "/cite?q=Tecoluca&cite=items&lang=en")
    assert "The documents of 4 pages are cited, each once." in page.source and len(page.all("ol.citations li")) == 3


def test_a_search_that_does_not_answer_is_an_error_and_no_broken_file(archive):
    class Broken:
        def every(self, request):
            raise EngineUnavailable("refused")
            yield

    answer = create_app(archive.config, engine=Broken()).test_client().get("/cite?format=ris")
    assert answer.status_code == 503 and answer.mimetype == "text/html"


def test_forms_carry_the_search_along(client):
    page = read(client, "/cite?q=Tecoluca&genre=report")
    hidden = {one.get("name"): one.get("value") for one in page.all("form.take input") if one.get("type") == "hidden"}
    assert hidden == {"q": "Tecoluca", "genre": "report"}
    assert [button.get("value") for button in page.all("form.take button")] == list(FORMATS)


@pytest.mark.parametrize("address", ["/cite?format=word", "/cite?q=*a*", "/cite?q=*a*&format=ris", "/cite?from=x"])
def test_what_cannot_be_had_is_refused(client, address):
    page = read(client, address)
    assert page.status == 400 and len(page.all("main h1")) == 2


def test_what_is_not_there_is_passed_over_in_a_selection(client, archive):
    good = archive.pages["weekly"][0]
    for bad in ("r1", "x" * 500, "\u0000", archive.pages["suppressed"][0], archive.pages["withdrawn"][0], archive.items["weekly"]):
        answer = client.get("/cite", query_string=[("selected", bad), ("selected", good), ("format", "ris")])
        assert len(ris(answer)) == 1, bad


def test_a_component_is_not_cited(client, archive):
    assert client.get(f"/cite/{archive.components['weekly']}").status_code == 404
