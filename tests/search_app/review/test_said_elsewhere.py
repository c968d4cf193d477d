"""That persons corrected a page is said wherever its text is given: to the public without a name, in ALTO, in
PREMIS."""

import pytest
from lxml import etree

from archive.access import Audience
from archive.catalog import tables as t
from archive.exports import PageFile, alto_of
from archive.holdings import Holdings
from archive.preservation.item import premis_of
from search_app import create_app
from search_app.present import labels
from tests.schemas import valid
from tests.search_app.reading import read
from tests.search_app.review.conftest import AUTHOR, read_badly

ALTO = {"a": "http://www.loc.gov/standards/alto/ns-v4#"}


@pytest.fixture
def public(office):
    return create_app(office.archive.config).test_client(use_cookies=False)


def said(public, office, name, language="en", number=1):
    return read(public, f"{office.archive.ark(name, number)}?lang={language}").texts(".machine")


def test_the_public_is_told_how_much_a_person_corrected_and_not_who(public, office):
    assert said(public, office, "chronicle")[0].startswith("Read by a machine and not corrected")
    page = office.page("chronicle")
    office.save(
        page,
        line1="12 de mayo. Fuerzas del cuartel capturaron a dos campesinas en Tecoluca.",
        line2="Los capitanes negaron la detención ante los periodistas.",
    )
    with Holdings(office.archive.config) as holdings:
        standing = holdings.corrected(holdings.find(page))
    with office.app.test_request_context("/?lang=es"):
        day = labels.day_of(standing.last)
    assert said(public, office, "chronicle", "es") == [
        f"Corregido por el archivo en 2 lugares, el {day}. Lo demás lo leyó una máquina y tiene errores; lo que "
        "vale es la imagen."
    ]
    assert said(public, office, "chronicle")[0].startswith("Corrected by the archive in 2 places, on ")
    assert AUTHOR not in read(public, office.archive.ark("chronicle", 1)).source


def test_a_page_compared_whole_is_said_to_be(public, office):
    office.save(office.page("chronicle"), compared="1")
    assert said(public, office, "chronicle")[0].startswith("Compared by the archive with its image, on ")


def test_what_is_confirmed_in_part_is_said_to_be(public, office):
    """As after another reading, on which of what was compared one line alone was found."""
    office.save(office.page("weekly", 2), compared="1")
    with office.catalog.begin() as connection:
        connection.execute(t.decision.update().where(t.decision.c.id == 2).values(placed_on=None))
    read_badly(office.catalog, office.page("weekly", 2), 0.8)
    with office.catalog.begin() as connection:
        shown = connection.scalar(
            t.page.select().with_only_columns(t.page.c.shown_reading).where(t.page.c.id == office.page("weekly", 2))
        )
        connection.execute(t.decision.update().where(t.decision.c.id == 1).values(placed_on=shown))
    assert said(public, office, "weekly", number=2)[0].startswith("Confirmed by the archive in 1 place, on ")


def test_of_a_closed_page_nothing_is_said(public, office):
    office.save(office.page("closed"), line0="Zacamilpa testimonio")
    source = public.get(office.archive.ark("closed", 1) + "?lang=en").get_data(as_text=True)
    assert "Corrected by" not in source and "Compared by" not in source
    with Holdings(office.archive.config) as holdings:
        assert holdings.corrected(holdings.item(office.archive.items["closed"]).pages[0]) is None


def test_a_persons_words_are_marked_in_alto(office):
    page = office.page("weekly")
    office.save(page, line1="November 9-16, 1993", line2="Soldiers of the Atlacatl battalion arrested near Tecoluca.")
    with Holdings(office.archive.config) as holdings:
        item, held = holdings.look_up(page)
        document = alto_of(holdings, PageFile(item, held, "a.tif", 1, None))
    root = valid("alto", document)
    assert [one.get("CONTENT") for one in root.iterfind(".//a:String[@CS='true']", ALTO)] == ["1993"]
    assert root.find(".//a:Page", ALTO).get("PROCESSINGREFS") == "reading correction"
    steps = {
        one.get("ID"): one.findtext("a:processingDateTime", namespaces=ALTO)
        for one in root.iterfind(".//a:Processing", ALTO)
    }
    assert steps["reading"] <= steps["correction"] and AUTHOR not in document.decode()


def test_a_word_typed_where_none_was_read_moves_no_box(office):
    """Its place is not known: the line stands where its other words do."""
    page = office.page("weekly")
    office.save(page, line1="November 9-16, 1992 (sic)")
    with Holdings(office.archive.config) as holdings:
        item, held = holdings.look_up(page)
        root = valid("alto", alto_of(holdings, PageFile(item, held, "a.tif", 1, None)))
    assert root.find(".//a:String[@CS='true']", ALTO).get("CONTENT") == "(sic)"
    assert [(one.get("HPOS"), one.get("VPOS")) for one in root.iterfind(".//a:TextLine", ALTO)][1] == ("150", "290")


def test_a_page_that_nobody_corrected_has_no_marks(office):
    with Holdings(office.archive.config) as holdings:
        item, held = holdings.look_up(office.page("weekly"))
        document = alto_of(holdings, PageFile(item, held, "a.tif", 1, None))
    assert b"CS=" not in document and b"contentModification" not in document


def test_premis_names_who_corrected_to_staff_alone(office):
    office.save(office.page("weekly"), line1="November 9-16, 1993")
    for audience in Audience:
        with Holdings(office.archive.config, audience) as holdings:
            document = premis_of(holdings, holdings.item(office.archive.items["weekly"]))
        root = etree.fromstring(document)
        ns = {"p": "http://www.loc.gov/premis/v3"}
        kinds = {
            one.findtext("p:eventDetailInformation/p:eventDetail", namespaces=ns): one.findtext(
                "p:eventType", namespaces=ns
            )
            for one in root.iterfind("p:event", ns)
        }
        assert kinds["correct"] == "modification"
        assert (AUTHOR in document.decode()) is (audience is Audience.STAFF)
        people = [
            one.findtext("p:agentName", namespaces=ns)
            for one in root.iterfind("p:agent", ns)
            if one.findtext("p:agentType", namespaces=ns) == "person"
        ]
        assert (AUTHOR in people) is (audience is Audience.STAFF)


def test_the_list_of_the_worst_pages_says_it(office):
    office.save(office.page("weekly"), line1="November 9-16, 1993")
    with Holdings(office.archive.config) as holdings:
        corrected = {page.id: row.base_id is not None for _, page, row in holdings.least_sure()}
    assert corrected[office.page("weekly")] and sum(corrected.values()) == 1
