"""Citations from a page, an item, a selection and a whole result, in every format, without a limit."""

import csv
import io
import json
import re
from typing import NamedTuple

import pytest
import rispy

from archive.citation import FORMATS
from archive.errors import EngineUnavailable
from archive.exports import as_shelved
from search_app import create_app
from search_app.state import SearchState
from search_app.views.citations import MOST_LISTED
from tests.search_app.reading import read
from tests.search_app.small_archive import THIS_YEAR, build


class Container(NamedTuple):
    type: str
    indicator: str


class Page(NamedTuple):
    sequence: int


def ris(answer) -> list[dict]:
    return rispy.loads(answer.get_data(as_text=True))


def test_a_page_is_cited_with_its_label_its_box_and_its_link(client, archive):
    answer = client.get(f"/cite/{archive.pages['weekly'][1]}?format=ris&lang=en")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{archive.pages["weekly"][1]}.ris"'
    (cited,) = ris(answer)
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
    assert (
        len(list(csv.DictReader(io.StringIO(client.get("/cite?genre=report&format=csv").get_data(as_text=True))))) == 4
    )


def test_a_long_result_is_whole_though_its_pages_are_short(tmp_path):
    client = create_app(build(tmp_path, page_size=1).config).test_client()
    assert len(ris(client.get("/cite?format=ris&page=5"))) == 11


def ids_in(answer) -> list[str]:
    return [one["URL"].rpartition("/")[2] for one in json.loads(answer.data)]


def test_a_list_is_cited_by_document_and_page_or_as_it_was_chosen_and_nothing_else(client, archive):
    # Box 3 is before what has no box or a later one, and page 1 before page 2.
    weekly, clipping = archive.pages["weekly"], archive.pages["clipping"][0]
    chosen = [("selected", id) for id in (weekly[1], clipping, weekly[0])]
    asked = [*chosen, ("q", "Tecoluca"), ("format", "csl-json")]
    kept = ids_in(client.get("/cite", query_string=asked))
    assert sorted(kept) == sorted((weekly[0], weekly[1], clipping))
    assert kept.index(weekly[1]) == kept.index(weekly[0]) + 1
    assert ids_in(client.get("/cite", query_string=[*asked, ("order", "chosen")])) == [weekly[1], clipping, weekly[0]]
    # Too long for an address, it is sent.
    assert ids_in(
        client.post(
            "/cite?only=selected", data={"selected": [weekly[1], clipping], "order": "chosen", "format": "csl-json"}
        )
    ) == [weekly[1], clipping]
    page = read(client, "/cite?only=selected&lang=en&" + "&".join(f"{name}={value}" for name, value in chosen))
    assert len(page.all(".listed li")) == 3 and "3 pages are on the list." in page.text("#list")
    assert page.texts(".listed-title a span")[0] == "Report from El Salvador"


def test_the_order_of_a_shelf_counts_numbers_as_numbers():
    class Item(NamedTuple):
        id: str
        local_id: str
        title: str
        containers: tuple

    def held(box, local_id, sequence=1):
        kept = (Container("box", box),) if box else ()
        return Item(local_id, local_id, "T", kept), Page(sequence)

    pairs = [held("", "ER-1"), held("10", "ER-2"), held("9", "ER-10"), held("9", "ER-9", 10), held("9", "ER-9", 2)]
    assert [(item.local_id, page.sequence) for item, page in sorted(pairs, key=as_shelved)] == [
        ("ER-9", 2),
        ("ER-9", 10),
        ("ER-10", 1),
        ("ER-2", 1),
        ("ER-1", 1),
    ]


def test_a_page_of_the_list_is_taken_off_without_a_script_too(client, archive):
    first, second = archive.pages["weekly"][:2]
    page = read(client, f"/cite?only=selected&selected={first}&selected={second}&without={first}&lang=en")
    assert [one.get("value") for one in page.all(".listed input")] == [second]
    assert "No page is on the list." in read(
        client, f"/cite?only=selected&selected={first}&without={first}&lang=en"
    ).text("#list")


def test_what_is_no_longer_available_is_counted_and_not_named(client, archive):
    good = archive.pages["weekly"][0]
    gone = [archive.pages["suppressed"][0], archive.pages["withdrawn"][0], "r1nosuch"]
    page = read(client, "/cite?only=selected&lang=en&" + "&".join(f"selected={id}" for id in (good, *gone)))
    assert "3 pages of your list are no longer available." in page.text(".list-missing")
    for id in gone:
        # As the reader sent it, it goes along in addresses; nothing is said of it.
        assert id not in page.text("main") and id not in [one.get("value") for one in page.all(".listed input")]


def test_a_list_has_a_limit_and_says_so(client, archive):
    sent = {"selected": [f"r1x{number}" for number in range(MOST_LISTED)] + [archive.pages["weekly"][0]], "lang": "en"}
    answer = client.post("/cite?only=selected&lang=en", data=sent).get_data(as_text=True)
    assert "A list holds at most 500 pages" in answer


def test_the_page_of_the_list_is_fetched_in_part_by_the_script(client, archive):
    answer = client.post(
        "/cite?only=selected&lang=en", data={"part": "1", "selected": archive.pages["weekly"][0], "q": "Tecoluca"}
    )
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200 and "<html" not in text and "1 page is on the list." in text
    assert "selected=" not in "".join(re.findall(r'href="([^"]*)"', text))


def test_every_page_leads_to_the_list_and_a_page_that_is_read_can_be_added(client, archive):
    kept = archive.pages["clipping"][0]
    for address in ("/", "/about", "/search?q=Tecoluca", archive.ark("weekly", 2), "/cite?q=Tecoluca", "/nothing"):
        page = read(client, f"{address}{'&' if '?' in address else '?'}selected={kept}&lang=en")
        assert page.text("header .list-link").split() == ["List", "(1)"]
        assert f"selected={kept}" in page.one("header .list-link").get("href")
    page = read(client, archive.ark("weekly", 2) + f"?q=Tecoluca&selected={kept}&lang=en")
    here = archive.pages["weekly"][1]
    added = page.one(".list-toggle").get("href")
    assert f"selected={kept}&selected={here}" in added and "q=Tecoluca" in added
    again = read(client, added + "&lang=en")
    assert again.text(".list-toggle") == "Take this page off the list" and f"selected={here}" not in again.one(
        ".list-toggle"
    ).get("href")
    # A new search from the page keeps it.
    assert [one.get("value") for one in again.all("form.within input") if one.get("name") == "selected"] == [kept, here]


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
    assert page.status == 200 and "No page is on the list." in page.text("main")
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
    for bad in (
        "r1",
        "x" * 500,
        "\u0000",
        archive.pages["suppressed"][0],
        archive.pages["withdrawn"][0],
        archive.items["weekly"],
    ):
        answer = client.get("/cite", query_string=[("selected", bad), ("selected", good), ("format", "ris")])
        assert len(ris(answer)) == 1, bad


def test_a_component_is_not_cited(client, archive):
    assert client.get(f"/cite/{archive.components['weekly']}").status_code == 404
