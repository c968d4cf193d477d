"""The search page: hits by item, facets, timeline, orders, pages, and what it says when there is nothing."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from search_app import create_app
from tests.search_app.reading import read, said
from tests.search_app.small_archive import build

PUBLIC_PAGES = 11  # of 14: three are suppressed or withdrawn, one has its text closed and stands behind another


def test_the_first_page_welcomes_and_shows_the_whole_archive(client):
    page = read(client, "/")
    assert page.status == 200
    assert page.text("h1") == "Los papeles de El Rescate sobre la guerra en El Salvador"
    assert page.text(".count") == f"El archivo tiene {PUBLIC_PAGES} páginas."
    assert page.texts(".browse .series-title") == ["Chronology and Weekly Report", "Press clippings", "Legal files"]
    assert len(page.all(".hit")) == PUBLIC_PAGES


def test_hits_of_one_item_stand_together_with_all_that_tells_them(client, archive):
    page = read(client, "/search?q=peasants+OR+mayor&lang=en")
    assert page.text(".count") == "2 pages found."
    group = page.one(".group")
    assert page.text(".group-title a") == "Report from El Salvador"
    assert page.one(".group-title a").get("lang") == "en"
    assert page.text(".group-meta .genre") == "Report"
    assert page.text(".group-meta .date") == "November 9–16, 1992"
    assert page.text(".group-meta .shelf") == "Chronology and Weekly Report · Box 3 · Folder 2"
    assert sorted(page.texts(".page-label")) == ["Page 10", "Page 11"]
    assert sorted(urlsplit(href).path for href in page.hrefs("a.page-label")) == sorted(
        [archive.ark("weekly", 1), archive.ark("weekly", 2)]
    )
    assert "peasants" in page.texts(".snippet mark")
    assert group.xpath(".//img")[0].get("src").startswith("/thumbnail/")


def test_a_link_to_a_page_keeps_the_search(client):
    page = read(client, "/search?q=Tecoluca&genre=report&sort=date")
    asked = parse_qs(urlsplit(page.hrefs("a.page-label")[0]).query)
    assert asked == {"q": ["Tecoluca"], "genre": ["report"], "sort": ["date"]}


def test_titles_that_a_machine_made_are_said_to_be(client):
    page = read(client, "/search?q=capitanes")
    assert page.text(".group-title .unreviewed") == "título sin revisar"
    assert "máquina" in page.one(".group-title .unreviewed").get("title")
    assert not read(client, "/search?q=Atlacatl").all(".group-title .unreviewed")


def test_a_closed_item_is_found_by_its_description_and_says_why_it_is_closed(client):
    page = read(client, "/search?q=expediente+clienta")
    assert page.text(".count") == "Se encontró 1 página."
    assert "Client files are closed for 75 years." in page.text(".closed-note")
    assert page.text(".snippet").startswith("En la descripción: Expediente de una clienta")
    assert not page.all(".group-picture img")


@pytest.mark.parametrize("word", ["Zacamilpa", "reservado", "quetzalcoatlito", "witness"])
def test_what_is_kept_back_is_not_found(client, word):
    page = read(client, f"/search?q={word}")
    assert page.text(".count") == "No se encontró nada."
    assert not page.all(".group") and not page.all(".facet") and not page.all(".bars")


# -- facets


def values(page, facet: str) -> dict[str, int]:
    """The names and counts of a facet's open choices."""
    return {
        name: int(count)
        for name, count in zip(
            page.texts(f".facet-{facet} li .name"), page.texts(f".facet-{facet} li .number"), strict=False
        )
    }


def follow(client, page, facet: str, name: str):
    link = next(a for a in page.all(f".facet-{facet} a") if name in a.text_content())
    return read(client, link.get("href"))


def test_facets_have_exact_counts_and_lead_to_as_many(client):
    page = read(client, "/search?lang=en")
    assert values(page, "genre") == {"Report": 4, "Chronology": 2, "Clipping": 2, "Other": 2, "Photograph": 1}
    assert values(page, "language") == {"Spanish": 7, "English": 3, "Undecided": 1}
    assert values(page, "date") == {"1980s": 7, "1990s": 3, "Undated": 1}
    for facet in ("genre", "language", "date", "place", "series"):
        for link, count in zip(
            page.all(f".facet-{facet} li a"), page.texts(f".facet-{facet} li a .number"), strict=False
        ):
            assert len(read(client, link.get("href")).all(".hit")) == int(count), (facet, link.get("href"))


def test_values_of_one_facet_are_alternatives_and_facets_narrow_each_other(client):
    page = follow(client, read(client, "/search"), "genre", "Informe")
    page = follow(client, page, "genre", "Cronología")
    assert page.text(".count") == "Se encontraron 6 páginas."
    page = follow(client, page, "language", "Inglés")
    assert page.text(".count") == "Se encontraron 3 páginas."
    assert values(page, "genre") == {"Informe (elegido; quitar)": 3, "Cronología (elegido; quitar)": 0}
    assert len(page.all(".chip")) == 3


def test_a_chip_takes_its_filter_away(client):
    page = read(client, "/search?genre=report&genre=clipping&place=san-vicente")
    assert [text.split(" ×")[0] for text in page.texts(".chip")] == [
        "Lugar: San Vicente (departamento)",
        "Tipo de documento: Informe",
        "Tipo de documento: Recorte",
    ]
    without = read(client, page.hrefs("a.chip")[0])
    assert len(without.all(".chip")) == 2 and without.text(".count") == "Se encontraron 6 páginas."
    assert not read(client, page.one("a.clear").get("href")).all(".chip")


def test_a_place_stands_in_its_department(client):
    page = read(client, "/search?lang=en")
    assert page.text(".facet-place details summary") == "1 place there: San Vicente"
    assert page.texts(".facet-place details .name") == ["Tecoluca"]
    chosen = read(client, "/search?place=san-vicente/tecoluca")
    assert chosen.one(".facet-place details").get("open") is not None
    assert chosen.text(".count") == "Se encontraron 4 páginas."


def test_a_series_has_its_title(client, archive):
    page = read(client, "/search")
    assert values(page, "series") == {"Chronology and Weekly Report": 6, "Press clippings": 4, "Legal files": 1}
    chosen = read(client, f"/search?series={archive.components['legal']}")
    assert chosen.texts(".chip")[0].startswith("Serie: Legal files")


def test_dates_are_drilled_down_from_decades_to_days(client):
    page = read(client, "/search?lang=en")
    page = follow(client, page, "date", "1980s")
    assert page.text(".count") == "7 pages found."
    year = next(a for a in page.all(".bars a") if said(a).startswith("1983:"))
    assert year.xpath("span")[0].text_content() == "1983: 4 pages"
    page = read(client, year.get("href"))
    assert page.text(".count") == "4 pages found."
    assert page.texts(".timeline-path a") == ["The whole time", "1980s"]
    assert len(page.all(".bars li")) == 12
    month = next(a for a in page.all(".bars a") if said(a).startswith("May 1983:"))
    page = read(client, month.get("href"))
    assert len(page.all(".bars li")) == 31
    day = next(a for a in page.all(".bars a") if said(a).startswith("May 12, 1983"))
    page = read(client, day.get("href"))
    assert page.texts(".timeline-path a") == ["The whole time", "1980s", "1983", "May 1983"]
    assert "Madres piden respuesta" in page.texts(".group-title a")
    # Beside the day chosen stand the others of its month, to choose several.
    assert "May 13, 1983" in page.texts(".facet-date .name")


def test_several_years_can_be_chosen(client):
    page = read(client, "/search?date=1983&date=1992&lang=en")
    assert page.text(".count") == "7 pages found."
    assert sum("(chosen; remove)" in name for name in page.texts(".facet-date .name")) == 2


def test_a_span_of_time_is_typed(client):
    page = read(client, "/search?from=1992&to=1992-12&lang=en")
    assert page.text(".count") == "3 pages found."
    assert page.texts(".chip")[0].startswith("From 1992 to 1992-12")
    assert read(client, "/search?from=1990").text(".count") == "Se encontraron 3 páginas."
    assert read(client, "/search?to=1983-05-11&genre=clipping").text(".count") == "No se encontró nada."


@pytest.mark.parametrize("typed", ["yesterday", "1983-13", '1983" OR "x', "(((", "..", "1990..1980", "-"])
def test_a_span_that_is_no_time_is_said_to_be_none(client, typed):
    page = read(client, "/search?" + "from=" + typed)
    assert page.status == 400
    assert "Eso no es una fecha" in page.text(".error")


def test_a_span_that_ends_before_it_begins_is_refused(client):
    assert read(client, "/search?from=1990&to=1980").status == 400


def test_the_undated_can_be_asked_for(client):
    page = read(client, "/search?date=undated")
    assert page.texts(".group-title a") == ["Marcha en la avenida"]


@pytest.mark.parametrize(
    "address", ["/search?date=nonsense", "/search?genre=none", "/search?place=x/y/z", "/search?series=r1"]
)
def test_a_value_that_there_is_not_finds_nothing_and_can_be_taken_back(client, address):
    page = read(client, address)
    assert page.status == 200
    assert page.text(".count") == "No se encontró nada."
    assert len(page.all(".chip")) == 1


# -- orders and pages


def test_orders(client):
    dated = read(client, "/search?sort=date").texts(".group-title a")
    assert dated[0].startswith("<script>") and dated[-1] == "Marcha en la avenida"
    newest = read(client, "/search?sort=-date").texts(".group-title a")
    assert newest[0] == "Report from El Salvador" and newest[-1] == "Marcha en la avenida"
    assert read(client, "/search").text(".sorts .chosen") == "Como se conservan"
    assert read(client, "/search?q=Tecoluca").text(".sorts .chosen") == "Relevancia"


@pytest.fixture(scope="module")
def by_two(tmp_path_factory):
    """The same archive, two hits on a page."""
    return create_app(build(tmp_path_factory.mktemp("two"), page_size=2).config).test_client(use_cookies=False)


def test_pages_show_every_hit_once(by_two):
    seen, address = [], "/search?sort=date"
    while address:
        page = read(by_two, address)
        seen += [box.get("value") for box in page.all(".select input")]
        address = next(iter(page.hrefs("a.step") if "→" in "".join(page.texts("a.step")) else []), None)
        steps = [a.get("href") for a in page.all("a.step") if a.get("rel") == "next"]
        address = steps[0].split("#")[0] if steps else None
    assert len(seen) == len(set(seen)) == PUBLIC_PAGES


def test_pages_have_links_of_their_own(by_two):
    page = read(by_two, "/search?page=3")
    assert page.text(".pager .here") == "3"
    assert [a.get("rel") for a in page.all(".pager a.step")] == ["prev", "next"]
    assert any(href.startswith("/search?page=6") for href in page.hrefs(".pager a"))


def test_a_page_beyond_the_last_says_so(by_two):
    page = read(by_two, "/search?page=999999")
    assert page.status == 404 and page.text("title") == "No se encontró · Buscar · Rescate"
    assert "no tiene página 999999" in page.text(".nothing")
    assert page.hrefs(".nothing a") == ["/search?page=6"]
    assert read(by_two, "/search?page=6").status == read(by_two, "/search?q=nadaquever&page=9999").status == 200


def test_nothing_found_says_what_to_do(client):
    page = read(client, "/search?q=nadaquever&genre=report&lang=en")
    assert page.text(".count") == "Nothing was found."
    assert "look in the whole archive, without the filters" in page.texts(".nothing li")
    assert "some papers are closed" in page.text(".nothing")


def test_what_is_not_found_together_is_counted_alone(client):
    page = read(client, "/search", query_string={"q": "Tecoluca nadaquever -Morazán", "genre": "report", "lang": "en"})
    count = read(client, "/search?q=Tecoluca&genre=report&lang=en").text(".count").removesuffix(" found.")
    assert page.texts(".alone li") == [f"Tecoluca {count}", "nadaquever 0 pages"]
    assert page.hrefs(".alone a") == ["/search?q=Tecoluca&genre=report&lang=en"]
    assert read(client, "/search?q=nadaquever").texts(".alone li") == []
    assert (
        read(client, "/search", query_string={"q": " ".join(f"nadaquever{n}" for n in range(9))}).texts(".alone li")
        == []
    )


@pytest.mark.parametrize(
    "query, said",
    [
        ("*a*", "El asterisco solo puede ir al final"),
        ("!!!", "No hay ninguna palabra que buscar"),
        ("date:then", "Eso no es una fecha"),
        ("a " * 500, "demasiado larga"),
        ("(" * 60 + "a", "demasiados paréntesis"),
    ],
)
def test_a_query_that_cannot_be_asked_stays_to_be_mended(client, query, said):
    page = read(client, "/search", query_string={"q": query})
    assert page.status == 400
    assert said in page.text(".error")
    assert page.one("input#q").get("value") == query.strip()
    assert page.one("input#q").get("aria-describedby") == "query-error"


# -- JSON


def test_json_is_what_scripts_rely_on(client, archive):
    said = json.loads(client.get("/search.json?q=Tecoluca&genre=report&sort=date").data)
    assert list(said) == ["total", "hits", "facets"]
    assert said["total"] == 2
    hit = said["hits"][0]
    assert list(hit) == ["item", "page", "title", "date", "score", "snippet", "url"]
    assert hit["item"] == archive.items["weekly"] and hit["page"] == archive.pages["weekly"][0]
    assert hit["date"] == "1992-11-09/1992-11-16" and "Tecoluca" in hit["snippet"]
    assert hit["url"] == f"{archive.config.archive.base_url}{archive.ark('weekly', 1)}"
    assert {"value": "report", "count": 2} in said["facets"]["genre"]


def test_json_says_errors_in_json(client):
    answer = client.get("/search.json?q=*a*")
    assert answer.status_code == 400 and answer.is_json
    assert answer.json["error"] and answer.json["remedy"]
    assert client.get("/search.json?q=date:1981-1984").json["instead"] == ["date:1981..1984"]


def test_a_page_farther_than_pages_go_says_how_to_go_on(client, monkeypatch):
    monkeypatch.setattr("archive.search.refused.FARTHEST", 3)
    page = read(client, "/search?q=Tecoluca&lang=en")
    assert page.status == 400 and "file of citations" in page.text("main")
