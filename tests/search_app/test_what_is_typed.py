"""What a historian types first: a page with its document's words, dates in words, fields that there are not, names
written otherwise."""

import pytest

from tests.search_app.reading import read

# -- a page is searched with its document's own words


@pytest.mark.parametrize(
    "typed, pages",
    [
        ("mayor report", {("weekly", 2)}),
        ("Friday El Salvador", {("weekly", 2)}),
        ("policía 1983", {("chronicle", 2)}),
        ("Usulutan November 1992", {("weekly", 3)}),
        ("caja 1 carpeta 7", {("chronicle", 1)}),
        ("Box 3 Friday", {("weekly", 2)}),
        ("policía cronología", {("chronicle", 2)}),
        ("policía chronology", {("chronicle", 2)}),
        ("LOC-7 avenida", set()),
        ("buses garrison", set()),
    ],
)
def test_a_page_is_found_by_its_words_and_its_documents_together(client, archive, typed, pages):
    page = read(client, "/search", query_string={"q": typed})
    assert {box.get("value") for box in page.all(".select input")} == {archive.pages[item][n - 1] for item, n in pages}


def test_the_words_of_a_title_that_answer_are_marked_in_it(client):
    page = read(client, "/search?q=mayor+report&lang=en")
    assert page.text(".group-title a") == "Report from El Salvador"
    assert page.texts(".group-title mark") == ["Report"]
    assert not read(client, "/search?q=mayor").all(".group-title mark")


def test_what_is_closed_lends_its_pages_no_machines_words(client):
    """Of an item of which one page is closed, what a machine drew from it is not said; its own title is."""
    assert read(client, "/search?q=abierta+informe").text(".count") == "Se encontró 1 página."
    assert read(client, "/search?q=abierta+Zacamilpa").text(".count") == "No se encontró nada."


# -- what was searched is said


def test_a_year_is_also_a_date_which_is_said_and_can_be_taken_back(client):
    page = read(client, "/search?q=campesinos+1983")
    assert page.text(".count") == "Se encontró 1 página."
    assert page.text(".asked-note") == "1983: también como fecha · solo como palabra"
    only = read(client, page.hrefs(".asked-note a")[0])
    assert only.one("input#q").get("value") == 'campesinos "1983"' and not only.all(".asked-note")
    english = read(client, "/search?q=May+1983&lang=en")
    assert english.text(".asked-note") == "May 1983: also as a date · only as words"
    assert english.text(".count") == "4 pages found."
    assert not read(client, "/search?q=caja+3+nueve+1500").all(".asked-note")


def test_a_span_of_years_is_offered_as_one(client):
    page = read(client, "/search?q=1981-1984&lang=en")
    assert page.text(".asked-note") == "1981-1984: these words one after another · as a span of time"
    assert read(client, page.hrefs(".asked-note a")[0]).text(".count") == "5 pages found."


def test_forms_and_what_was_left_out_are_said(client):
    page = read(client, "/search", query_string={"q": 'OR capitanes - -radio desapar* "San Vicente'})
    assert page.text(".asked-all summary") == 'Qué se buscó · sin tomar en cuenta: - " OR'
    assert page.texts(".asked-all li") == [
        "capitanes: con o sin tildes, y otras terminaciones: capitan…",
        "radio: se excluye: con o sin tildes, y otras terminaciones: rad…",
        "desapar: toda palabra que empiece así",
        "San Vicente: estas palabras, una tras otra",
    ]
    assert not read(client, "/search").all(".asked")


@pytest.mark.parametrize(
    "typed, name, offers",
    [
        ("place:Tecoluca", "place", ["Lugar: Tecoluca", "Tecoluca"]),
        (
            'captura lugar:"San Vicente"',
            "lugar",
            ["Lugar: San Vicente (departamento)", "Lugar: San Vicente (municipio)", "captura San Vicente"],
        ),
        ("título:informe", "título", ["informe"]),
        ("author:", "author", []),
        ("género:informe", "género", ["Tipo de documento: Informe", "informe"]),
        ("año:1983 cuartel", "año", ["cuartel date:1983"]),
        ("idioma:inglés", "idioma", ["Idioma: Inglés", "inglés"]),
    ],
)
def test_a_field_that_there_is_not_is_said_with_what_may_be_meant(client, typed, name, offers):
    page = read(client, "/search", query_string={"q": typed})
    assert page.status == 400
    assert f"No hay un campo «{name}»" in page.text(".error")
    assert page.texts(".offers li") == offers
    for href in page.hrefs(".offers a"):
        assert read(client, href).status == 200


@pytest.mark.parametrize(
    "typed, offers",
    [
        ("date:1981-1984", ["date:1981..1984"]),
        ("Tecoluca fecha:12/5/1983", ["Tecoluca date:1983-05-12", "Tecoluca date:1983-12-05"]),
    ],
)
def test_a_date_that_is_written_otherwise_is_offered(client, typed, offers):
    page = read(client, "/search", query_string={"q": typed})
    assert page.status == 400 and "1981..1984" in page.text(".error")
    assert page.texts(".offers li") == offers


# -- places within places


def test_a_municipio_narrows_its_department(client):
    page = read(client, "/search?place=san-vicente&lang=en")
    before = int(page.text(".count").split()[0])
    link = next(a for a in page.all(".facet-place a") if "Tecoluca" in a.text_content())
    count = int(link.xpath(".//*[@class='number']")[0].text_content())
    narrowed = read(client, link.get("href"))
    assert narrowed.text(".count") == f"{count} pages found." and count <= before
    assert [text.split(" ×")[0] for text in narrowed.texts(".chip")] == [
        "Place: San Vicente (department)",
        "San Vicente › Tecoluca",
    ]
    whole, wider = (read(client, href) for href in narrowed.hrefs("a.chip"))
    assert not whole.all(".chip") and wider.text(".count") == f"{before} pages found."
    assert len(wider.all(".chip")) == 1


# -- where nothing is found


@pytest.mark.parametrize(
    "typed, offered",
    [
        ("Tecoluka", ["Tecoluca 4 páginas"]),
        ("Usulutam", ["Usulutan 1 página"]),
        ("campesinos Tecoluka", ["campesinos Tecoluca 1 página"]),
        ("xyzxyz", []),
        ("Zacamilpo", []),
        ("quetzalcoatlita", []),
    ],
)
def test_near_words_of_the_archive_are_offered_where_nothing_is_found(client, typed, offered):
    page = read(client, "/search", query_string={"q": typed})
    assert page.text(".count") == "No se encontró nada."
    assert page.texts(".near li") == offered
    for href in page.hrefs(".near a"):
        assert read(client, href).all(".hit")


def test_near_words_are_offered_within_the_time_that_was_asked_for(client):
    page = read(client, "/search?q=Tecoluka&from=1992&to=1992&lang=en")
    assert page.texts(".near li") == ["Tecoluca date:1992 2 pages"]
    assert len(read(client, page.hrefs(".near a")[0]).all(".hit")) == 2
    assert read(client, "/search?q=madress&from=1992&to=1992&lang=en").texts(".near li") == ["madres 1 page"]
