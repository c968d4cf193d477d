"""The pages behind permalinks: image and text with the same words marked, pages to turn, description, components."""

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from archive.catalog import tables, tree
from archive.catalog.connect import open_catalog
from search_app import create_app
from search_app.state import SearchState
from tests.search_app.reading import read
from tests.search_app.small_archive import HEIGHT, WIDTH


def boxes(page, marked_only=True) -> list[tuple[int, int, int, int]]:
    return [
        tuple(int(rect.get(name)) for name in ("x", "y", "width", "height"))
        for rect in page.all("svg.boxes rect")
        if not marked_only or rect.get("class") == "hit"
    ]


def test_an_item_opens_at_its_first_page_and_a_page_at_itself(client, archive):
    item = read(client, archive.ark("weekly"))
    assert item.status == 200 and item.text(".turn .where strong") == "Página 10"
    page = read(client, archive.ark("weekly", 3))
    assert page.text(".turn .where strong") == "Página 12" and page.text(".turn .where span") == "3 de 3"
    assert page.text("h1") == "Report from El Salvador" and page.one("h1").get("lang") == "en"


def test_words_are_marked_in_the_text_and_at_their_boxes(client, archive):
    page = read(client, archive.ark("weekly", 1) + "?q=peasant")
    assert page.texts(".words mark") == ["peasants", "peasants"]
    numbers = [mark.get("data-w") for mark in page.all(".words mark")]
    assert numbers == [rect.get("data-w") for rect in page.all("svg.boxes rect.hit")]
    assert page.one("svg.boxes").get("viewbox") == f"0 0 {WIDTH} {HEIGHT}"
    # "peasants" of the third line: after five words and their spaces, see small_archive.layout_of.
    x = 150 + sum(
        20 * len(word) + 20 for word in ["Soldiers", "of", "the", "Atlacatl", "battalion", "arrested", "three"]
    )
    box = boxes(page)[0]
    assert box[0] <= x <= x + 160 <= box[0] + box[2]
    assert box[1] <= 380 and box[1] + box[3] >= 424 and box[3] < 60
    assert "2 palabras marcada" in page.text(".hit-line")


def test_every_word_has_its_box(client, archive):
    page = read(client, archive.ark("weekly", 1))
    words = page.one("div.words").xpath(".//*[@data-w]")
    assert len(words) == len(boxes(page, marked_only=False)) > 20
    assert boxes(page) == [] and not page.all(".hit-line")


def test_a_page_that_answers_only_in_part_shows_that_part(client, archive):
    page = read(client, archive.ark("weekly", 3) + "?q=Atlacatl+garrison")
    assert page.texts(".words mark") == ["Atlacatl"]


def test_nothing_that_is_not_looked_for_is_marked(client, archive):
    assert read(client, archive.ark("weekly", 1) + "?q=Atlacatl+-garrison").texts(".words mark") == ["Atlacatl"]
    assert read(client, archive.ark("weekly", 1) + "?date=1992").texts(".words mark") == []


def test_a_query_that_cannot_be_asked_is_no_reason_not_to_show_a_page(client, archive):
    page = read(client, archive.ark("weekly", 1), query_string={"q": "*a* ((("})
    assert page.status == 200 and page.texts(".words mark") == []


def test_pages_turn_and_hits_are_gone_to(client, archive):
    first = read(client, archive.ark("weekly", 1) + "?q=battalion&genre=report")
    steps = {a.get("rel"): a.get("href") for a in first.all(".turn a")}
    assert list(steps) == ["next"]
    assert urlsplit(steps["next"]).path == archive.ark("weekly", 2)
    assert parse_qs(urlsplit(steps["next"]).query) == {"q": ["battalion"], "genre": ["report"]}
    assert [urlsplit(href).path for href in first.hrefs(".hit-line a")] == [archive.ark("weekly", 3)]
    middle = read(client, archive.ark("weekly", 2) + "?q=battalion")
    assert [urlsplit(href).path for href in middle.hrefs(".hit-line a")] == [
        archive.ark("weekly", 1),
        archive.ark("weekly", 3),
    ]
    assert "Ninguna palabra marcada" in middle.text(".hit-line")
    assert [li.get("class").split() for li in middle.all(".strip li")] == [["hit"], ["here"], ["hit"]]


def test_a_page_is_gone_to_by_its_number(client, archive):
    for typed, page in (("2", 2), ("999", 3), ("0", 1)):
        answer = client.get(f"{archive.ark('weekly')}?q=mayor&image={typed}")
        assert (answer.status_code, answer.location) == (303, archive.ark("weekly", page) + "?q=mayor")
    assert client.get(f"{archive.ark('weekly')}?image=x").status_code == 200


def test_the_way_back_leads_to_the_same_results(client, archive):
    page = read(client, archive.ark("weekly", 2) + "?q=mayor&place=san-vicente&page=1&sort=date")
    assert (
        page.one("a.back").get("href") == SearchState(q="mayor", filters={"place": ("san-vicente",)}, sort="date").url()
    )
    assert not read(client, archive.ark("weekly", 2)).all("a.back")


def test_the_description_says_what_is_known_and_from_where(client, archive):
    page = read(client, archive.ark("weekly") + "?lang=en")
    rows = {
        row.xpath(".//dt")[0].text_content(): [" ".join(dd.text_content().split()) for dd in row.xpath(".//dd")]
        for row in page.all(".described dl div")
    }
    assert rows["Creator"] == ["El Rescate Human Rights Department"]
    assert rows["Date"] == ["November 9-16, 1992", "November 9–16, 1992"]
    assert rows["Language"] == ["English"] and rows["Kind of document"] == ["Report"]
    assert rows["Rights"] == ["In Copyright"]
    assert rows["Where it is kept"] == ["Box 3 · Folder 2"]
    assert rows["Permanent link"] == [f"{archive.config.archive.base_url}{archive.ark('weekly')}"]
    assert page.one(".described .permalink").get("href").endswith(archive.ark("weekly"))
    assert [a.text_content() for a in page.all(".crumbs a")] == [
        "El Rescate Collection",
        "Chronology and Weekly Report",
    ]
    drawn = read(client, archive.ark("chronicle") + "?lang=en")
    assert drawn.texts(".described dd .unreviewed").count("from the text, unreviewed") == 4
    assert "machine" in drawn.text(".item-meta .unreviewed.whole")


def test_the_language_of_a_text_is_said(client, archive):
    assert read(client, archive.ark("weekly", 1)).one(".words p").get("lang") == "en"
    assert read(client, archive.ark("chronicle", 1) + "?lang=en").one(".words p").get("lang") == "es"
    assert read(client, archive.ark("hostile", 1)).one(".words p").get("lang") == "und"


def test_difficult_content_is_shown_when_asked_for(client, archive):
    page = read(client, archive.ark("undated"))
    folded = page.one("details.content-note")
    assert folded.get("open") is None
    assert "Se ven personas heridas." in page.text("details.content-note summary")
    assert folded.xpath(".//img") and len(page.all("figure.picture")) == 1
    assert not read(client, "/search?q=marcha").all(".group-picture img")


def test_links_for_programs_that_cite(client, archive):
    page = read(client, archive.ark("weekly", 2))
    links = {link.get("rel"): link.get("href") for link in page.all("link")}
    assert links["canonical"] == f"{archive.config.archive.base_url}{archive.ark('weekly', 2)}"
    assert client.get(links["alternate"]).content_type.startswith("application/x-research-info-systems")


# -- addresses


@pytest.mark.parametrize("spelling", ["/ark:/99999/{}", "/ark:99999/{}/", "/ark:99999/{upper}", "/ark:99999/{hyphens}"])
def test_other_spellings_of_an_ark_lead_to_the_one(client, archive, spelling):
    id = archive.items["weekly"]
    answer = client.get(spelling.format(id, upper=id.upper(), hyphens=f"{id[:4]}-{id[4:]}") + "?q=garrison")
    assert answer.status_code == 308
    assert answer.location == archive.ark("weekly") + "?q=garrison"


def test_an_id_that_once_stood_leads_to_what_stands_now(client, archive):
    from archive import ids

    old = "r1old0000"
    old += ids.check_character("99999", old)
    answer = client.get(f"/ark:99999/{old}")
    assert (answer.status_code, answer.location) == (308, archive.ark("weekly"))


@pytest.mark.parametrize(
    "path",
    [
        "/ark:99999/",
        "/ark:99999/r1",
        "/ark:12345/r1sznv9bg7hb",
        "/ark:99999/zzz",
        "/ark:99999/r1/x/y",
        "/ark:",
        "/nothing",
        "/ark:99999/%00",
        "/ark:99999/é",
        "/image/x.jpg",
        "/text/x.txt",
        "/cite/x",
    ],
)
def test_what_is_not_there_is_not_found(client, path):
    page = read(client, path)
    assert page.status == 404
    assert page.texts("main h1") == ["No hay nada en esta dirección", "There is nothing at this address"]


# -- components


def test_a_component_shows_its_place_its_parts_and_its_items(client, archive):
    top = read(client, f"/ark:99999/{archive.components['coll']}")
    assert top.texts(".series-title") == ["Chronology and Weekly Report", "Press clippings", "Legal files"]
    series = read(client, f"/ark:99999/{archive.components['weekly']}?lang=en")
    assert series.text(".level") == "Series II"
    assert series.text(".scope") == "Weekly reports and monthly chronologies."
    assert series.texts(".entry-title") == [
        "Report from El Salvador",
        "Cronología de mayo de 1983",
        "Informe de dos hojas",
    ]
    assert [urlsplit(href).path for href in series.hrefs(".entries a")][0] == archive.ark("weekly")
    assert series.hrefs(".crumbs a") == [f"/ark:99999/{archive.components['coll']}"]


def test_a_component_shows_what_its_finding_aid_says(own):
    with open_catalog(own.config.catalog_url).begin() as connection:
        series = own.components["weekly"]
        tree.describe(
            connection, series, {"extent": "2 Linear Feet", "access_note": "One.\n\nTwo <b>.", "use_note": "Three."}
        )
        box = tree.put_container(connection, "box", "3")
        inside = [tree.put_container(connection, type, "7", parent_id=box) for type in ("folder", "reel")]
        tree.set_component_containers(connection, series, [*inside, box])
        tree.describe(connection, own.components["press"], {"position": -1, "date": "", "date_edtf": "1981/1994"})
    client = create_app(own.config).test_client()
    page = read(client, f"/ark:99999/{series}?lang=en")
    assert page.texts(".about-component dt") == [
        "Extent",
        "Where it is kept",
        "Conditions of access",
        "Conditions of use",
    ]
    assert page.texts(".about-component dd p") == [
        "2 Linear Feet",
        "Box 3 · Folder 7 · Reel 7",
        "One.",
        "Two <b>.",
        "Three.",
    ]
    spanish = read(client, f"/ark:99999/{series}?lang=es")
    assert spanish.texts(".about-component dt") == [
        "Extensión",
        "Dónde se conserva",
        "Condiciones de acceso",
        "Condiciones de uso",
    ]
    top = read(client, f"/ark:99999/{own.components['coll']}")
    assert top.texts(".series-title")[0] == "Press clippings" and top.texts(".series-date")[0] == "1981–1994"


def test_a_closed_component_says_why_once(own):
    with open_catalog(own.config.catalog_url).begin() as connection:
        tree.describe(connection, own.components["legal"], {"access_note": "Client files are closed for 75 years."})
    page = read(create_app(own.config).test_client(), f"/ark:99999/{own.components['legal']}")
    assert page.source.count("Client files are closed for 75 years.") == 1 and page.all(".closed-note")


def test_a_closed_series_names_its_items_as_closed(client, archive):
    page = read(client, f"/ark:99999/{archive.components['legal']}")
    assert page.texts(".entry-title") == ["Expediente de una clienta"]
    assert page.texts(".closed-tag") == ["cerrado"] and not page.all(".entries img")


# -- text


def test_the_text_of_a_page_and_of_an_item(client, archive):
    page = client.get(f"/text/{archive.pages['weekly'][1]}.txt")
    assert page.content_type == "text/plain; charset=utf-8"
    assert page.get_data(as_text=True) == (
        "The mayor of Tecoluca asked for an answer in writing.\nNo answer was given by the garrison before Friday.\n"
    )
    whole = client.get(f"/text/{archive.items['weekly']}.txt").get_data(as_text=True)
    assert whole.count("\n\n") == 2 and "Usulutan" in whole
    assert "attachment" in page.headers["Content-Disposition"]


def test_a_text_that_was_delivered_is_not_said_to_be_a_machines(own):
    with open_catalog(own.config.catalog_url).begin() as connection:
        file = connection.scalar(select(tables.file.c.id))
        connection.execute(
            tables.reading.update().where(tables.reading.c.page_id == own.pages["weekly"][0]).values(transcript_id=file)
        )
    client = create_app(own.config).test_client()
    assert "se entregó junto con el escaneo" in read(client, own.ark("weekly", 1)).text(".text .machine")
    assert "Lo leyó una máquina" in read(client, own.ark("weekly", 2)).text(".text .machine")
