"""A page as fields: what is offered, what is kept, and that nothing typed is ever lost."""

import re
import threading

import pytest

from archive.catalog import items, journal
from archive.errors import EngineUnavailable
from archive.unit import Unit
from ingest.decisions import correcting
from tests.search_app.reading import Read, read
from tests.search_app.review.conftest import AUTHOR, FROM_HERE


def fields(found):
    return [(one.text or "").removeprefix("\n") for one in found.all("form.fields .lines textarea")]


def kept(office, page_id=""):
    found = read(office.client, f"/corrections?page={page_id}")
    return found.texts(".change p")


def test_every_line_is_a_field_beside_its_place_on_the_image(still):
    found = read(still.client, f"/page/{still.page('chronicle')}")
    assert fields(found) == [*still.shown(still.page("chronicle")).text.splitlines(), ""]
    assert len(found.all(".boxes rect")) == len(found.all(".excerpt image")) == 3
    assert [one.get("lang") for one in found.all(".lines textarea")] == ["es"] * 4
    assert all(one.get("spellcheck") == "true" for one in found.all(".lines textarea"))
    first = found.all(".excerpt svg")[0]
    x, y, width, height = map(int, first.get("viewbox").split())
    assert x < 150 and y < 200 and x + width > 150 + 20 * len("CRONOLOGÍA") and y + height > 244
    assert not found.tree.xpath("//@style|//script[not(@src)]")


def test_doubtful_words_and_the_other_reading_stand_at_their_line(still):
    found = read(still.client, f"/page/{still.page('chronicle')}")
    assert len(found.all(".doubt")) == 25
    assert found.texts(".offer .offered") == [
        "12 de mayo. Fuerzas del cuarte1 capturaron dos campesinos en Tecoluca.",
        "nota marginal",
    ]
    assert not read(still.client, f"/page/{still.page('weekly', 2)}").all(".doubt")


def test_what_is_typed_is_kept_signed_shown_and_searched(office):
    page = office.page("chronicle")
    done = office.save(
        page, line1="12 de mayo. Fuerzas del cuartel capturaron a dos campesinas en Tecoluca.", then="stay"
    )
    # What its words say of the document is described anew, and each of its pages is searched with that.
    assert done.status_code == 303 and office.fed == [2]
    assert "campesinas en Tecoluca." in office.shown(page).text
    found = read(office.client, done.location)
    assert "1 correction is kept." in found.text(".kept") and [
        text.split("dos ")[1].split(" en ")[0] for text in found.texts(".kept li")
    ] == ["campesinos →is now campesinas"]
    assert kept(office) == [
        "…cuartel capturaron a dos campesinos →is now campesinas en Tecoluca. Los capitanes…"
    ] and AUTHOR in read(office.client, "/corrections").text(".save .to-meta")
    assert found.texts(".item-meta a") == ["Corrections of this page"]


def test_lines_are_added_split_and_taken_away(office):
    page = office.page("weekly", 2)
    office.save(
        page,
        **{"line-1": "HEADING\r\nbelow it"},
        line0="",
        line1="No answer was given\r\nby the garrison before Friday.",
        line2="At the end",
    )
    assert [line for line in office.shown(page).text.split("\n") if line] == [
        "HEADING",
        "below it",
        "No answer was given",
        "by the garrison before Friday.",
        "At the end",
    ]


def test_a_page_without_words_is_typed_whole(office):
    page = office.page("undated")
    office.save(page, line0="")
    assert office.shown(page).text == ""
    found = read(office.client, f"/page/{page}")
    assert len(fields(found)) == 1 and "Nobody read a word" in found.text(".added label")
    office.save(page, line0="MARCHA\r\nen la avenida")
    assert office.shown(page).text.split() == ["MARCHA", "en", "la", "avenida"]


def test_nothing_typed_keeps_nothing(office):
    page = office.page("weekly")
    done = office.save(page, line0=" REPORT  FROM EL SALVADOR ")
    assert not kept(office) and office.fed == []
    assert "Nothing was changed" in read(office.client, done.location).text(".kept")


def test_a_page_compared_whole_is_confirmed_word_for_word(office):
    page = office.page("weekly")
    done = office.save(page, compared="1", then="stay")
    assert all(word.confidence == 1.0 for word in office.shown(page).words())
    assert "4 places confirmed as they were read" in read(office.client, done.location).text(".kept")
    assert "Compared whole by a person" in read(office.client, "/?language=eng&lang=en").texts(".done")


def test_from_page_to_page_the_list_goes_on_where_it_stood(office):
    """What was corrected is surer now: the next page is the one that came after it before."""
    pages = read(office.client, "/?language=spa").hrefs(".to-correct h2 a")
    first = pages[0]
    id, query = re.match(r"/page/(\w+)(\?.*)", first).groups()
    form = office.form(id, first)
    done = office.client.post(first, data=form | {"compared": "1", "then": "next"}, headers=FROM_HERE)
    assert done.location.split("?")[0] == pages[1].split("?")[0] and "language=spa" in done.location
    found = read(office.client, done.location)
    assert found.hrefs(".kept a") == [f"/page/{id}"]
    assert found.hrefs(".buttons a")[0].split("?")[0] == pages[2].split("?")[0]


def test_who_was_slower_finds_what_was_typed_beside_what_is_shown(office):
    page = office.page("weekly")
    form = office.form(page)
    office.save(page, line0="REPORT FROM EL SALVADOR, DAILY", line1="November 9-16, 1991")
    slower = Read(
        office.client.post(
            f"/page/{page}",
            headers=FROM_HERE,
            data=form
            | {
                "line1": "November 9-16, 1993",
                "line3": "The peasants were seen in the garrison.",
                "line4": "Added below",
                "then": "next",
            },
        )
    )
    assert slower.status == 409 and "somebody else" in slower.text(".trouble")
    assert fields(slower) == [
        "REPORT FROM EL SALVADOR, DAILY",
        "November 9-16, 1991",
        "Soldiers of the Atlacatl battalion arrested three peasants near Tecoluca.",
        "The peasants were seen in the garrison.",
        "Added below",
    ]
    assert slower.texts(".yours .offered") == ["November 9-16, 1993"]
    # Sent again as it stands, it is kept, and the other's words are, too.
    again = {
        one.get("name"): one.get("value") for one in slower.tree.xpath("//form[@id='fields']//input[@type='hidden']")
    }
    again |= {one.get("name"): (one.text or "").removeprefix("\n") for one in slower.all("form.fields textarea")}
    assert office.client.post(f"/page/{page}", data=again, headers=FROM_HERE).status_code == 303
    text = office.shown(page).text
    assert (
        "SALVADOR, DAILY" in text and "1991" in text and "in the garrison.\n" in text and text.endswith("Added below")
    )


def test_lines_that_are_there_no_more_are_said(office):
    page = office.page("weekly", 2)
    form = office.form(page)
    office.save(page, line1="")
    slower = Read(office.client.post(f"/page/{page}", data=form | {"line1": "No answer was given."}, headers=FROM_HERE))
    assert slower.status == 409 and slower.texts(".trouble .typed") == ["No answer was given."]


def test_a_form_from_before_the_server_started_loses_nothing(office):
    page = office.page("weekly")
    found = Read(office.save(page, token="of yesterday", line1="November 9-16, 1993"))
    assert found.status == 403 and "started anew" in found.text(".trouble")
    assert fields(found)[1] == "November 9-16, 1993" and not kept(office)


def test_what_cannot_be_kept_stands_in_its_field(office):
    page = office.page("weekly")
    found = Read(office.save(page, line1="x" * 2001))
    assert (
        found.status == 422
        and "several lines" in found.text(".trouble")
        and fields(found)[1] == "x" * 2001
        and not kept(office)
    )


def test_a_correction_is_kept_though_the_index_sleeps(office):
    office.trouble = EngineUnavailable("the engine is down")
    page = office.page("weekly")
    done = office.save(page, line1="November 9-16, 1993", then="stay")
    assert "when the search engine is back" in read(office.client, done.location).text(".kept")
    assert "1993" in office.shown(page).text
    office.trouble = None
    office.save(page, line1="November 9-16, 1994")
    assert office.fed == [3]


def test_nobody_waits_long_for_the_index(office, monkeypatch):
    monkeypatch.setattr("search_app.review.desk.PATIENCE", 0.01)
    office.busy = threading.Event()
    done = office.save(office.page("weekly"), line1="November 9-16, 1993", then="stay")
    assert "in a moment" in read(office.client, done.location).text(".kept")
    office.busy.set()


@pytest.mark.parametrize("form", [{"reading": "x"}, {"reading": "999999"}, {"reading": "-1"}, {}])
def test_a_form_of_no_reading_of_the_page_is_refused(still, form):
    page = still.page("weekly")
    assert (
        still.client.post(f"/page/{page}", data=form | {"token": "x", "line0": "y"}, headers=FROM_HERE).status_code
        == 400
    )


def test_a_reading_of_another_page_is_refused(still):
    form = still.form(still.page("weekly"))
    assert still.client.post(f"/page/{still.page('closed')}", data=form, headers=FROM_HERE).status_code == 400


def test_what_was_typed_is_text_and_nothing_else(office):
    page, evil = office.page("weekly"), "<script>alert(1)</script>\"'></textarea><img src=x onerror=alert(1)>"
    done = office.save(page, line0=evil, then="stay")
    for address in (done.location, "/corrections", f"/page/{page}"):
        found = read(office.client, address)
        assert not found.tree.xpath("//script[not(@src)]|//img[@src='x']|//@onerror")
    assert fields(found)[0] == evil


def test_items_and_other_spellings_lead_to_the_page(still):
    assert still.client.get(f"/page/{still.archive.items['weekly']}").location == f"/page/{still.page('weekly')}"
    assert still.client.get("/page/nothing").status_code == 404


def test_corrections_of_the_service_are_seen_as_well(office):
    page = office.page("closed")
    with office.catalog.connect() as connection:
        reading = items.page(connection, page).shown_reading
    correcting.correct(office.catalog, page, reading, {0: "Zacamilpa testimonio reservado de su familia"}, "Otra")
    with office.catalog.connect() as connection:
        assert journal.events(connection, Unit.page(page))[-1].agent == "Otra"
    assert kept(office) == ["…Zacamilpa testimonio reservado de la →is now su familia…"]
