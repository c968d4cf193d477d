"""The list of pages to correct: the least sure first, narrowed, in portions; restricted ones are in it, and nowhere in
public."""

from datetime import UTC, datetime

import pytest

from archive.access import Audience
from archive.catalog import tables as t
from archive.errors import AccessError
from archive.holdings import Holdings
from archive.review import Asked, Review
from search_app import create_app
from search_app.review import worst
from tests.search_app.reading import read


def names(found):
    return [name.rsplit(",", 1)[0] for name in found.texts(".to-correct h2")]


def test_the_least_surely_read_come_first_with_what_is_known_of_them(still):
    found = read(still.client, "/")
    assert names(found)[:3] == ["Expediente de una clienta", "Cronología de mayo de 1983", "Report from El Salvador"]
    sure = [int(text.split()[0]) for text in found.texts(".sureness span")]
    assert sure == sorted(sure) and len(sure) == 15 == int(found.text(".count").split()[0])
    assert "25 words Spanish two readers 1" in found.texts(".to-meta")[1]
    assert len(found.all(".to-picture img")) == 15


def test_what_is_restricted_is_here_and_nowhere_in_public(still):
    assert {"Nombre suprimido", "Nombre oculto", "Nombre retirado"} <= set(names(read(still.client, "/")))
    assert still.client.get(f"/image/{still.page('closed')}.jpg").status_code == 200
    assert "Zacamilpa" in read(still.client, f"/page/{still.page('closed')}").source
    public = create_app(still.archive.config).test_client()
    for address in ("/corrections", f"/page/{still.page('weekly')}", f"/page/{still.page('closed')}"):
        assert public.get(address).status_code == 404
    assert public.post("/corrections/1/withdraw").status_code in (404, 405)
    assert public.get(f"/image/{still.page('closed')}.jpg").status_code == 403
    with Holdings(still.archive.config) as holdings, pytest.raises(AccessError):
        Review(holdings)


@pytest.mark.parametrize(
    "query, first, number",
    [
        ("language=eng", "Report from El Salvador", 2),
        ("below=55", "Expediente de una clienta", 2),
        ("below=0,4", None, 0),
        ("kind=failed", None, 0),
        ("kind=unmeasured", None, 0),
        ("kind=nonsense&below=x&batch=-1", "Expediente de una clienta", 15),
        ("batch=7", None, 0),
    ],
)
def test_the_list_is_narrowed(still, query, first, number):
    found = read(still.client, f"/?{query}")
    assert (names(found)[:1] or [None])[0] == first and len(names(found)) == number


def test_targets_and_pages_compared_as_empty_are_no_work(office):
    target, compared = office.page("weekly", 2), office.page("weekly", 3)
    with office.catalog.begin() as connection:
        connection.execute(t.page.update().where(t.page.c.id == target).values(role="target"))
    assert [
        row.page.id
        for row in Review(Holdings(office.archive.config, Audience.STAFF, office.catalog)).pages(Asked(), 50)
    ].count(target) == 0
    # Asked for by its document, it is there.
    assert len(names(read(office.client, f"/?item={office.archive.items['weekly']}"))) == 3
    lines = office.form(compared)
    office.save(compared, form=lines, compared="1", **{name: "" for name in lines if name.startswith("line")})
    empty = Review(Holdings(office.archive.config, Audience.STAFF, office.catalog)).pages(Asked(kind="empty"), 50)
    assert compared not in [row.page.id for row in empty]


def test_one_document_or_one_page(still):
    found = read(still.client, f"/?item={still.archive.items['weekly']}")
    assert set(names(found)) == {"Report from El Salvador"} and len(names(found)) == 3
    there = still.client.get(f"/?item=ark:99999/{still.page('half', 2)}")
    assert there.status_code == 302 and there.location == f"/page/{still.page('half', 2)}"
    assert read(still.client, "/?item=r1nothing").status == 200


def test_portions_follow_one_another_both_ways_and_hold_each_page_once(still, monkeypatch):
    monkeypatch.setattr(worst, "PORTION", 4)
    address, seen, back = "/", [], []
    while address:
        found = read(still.client, address)
        seen.append(found.hrefs(".to-correct h2 a"))
        address = next(iter(found.tree.xpath("//nav[@class='pager']/a[@rel='next']/@href")), None)
    assert [len(one) for one in seen] == [4, 4, 4, 3] and len({id for one in seen for id in one}) == 15
    while previous := next(iter(found.tree.xpath("//nav[@class='pager']/a[@rel='prev']/@href")), None):
        found = read(still.client, previous)
        back.append(found.hrefs(".to-correct h2 a"))
    assert back == seen[-2::-1]


def test_pages_without_words_and_without_a_reading_have_lists_of_their_own(office):
    with office.catalog.begin() as connection:
        empty, failed = office.page("undated"), office.page("clipping")
        row = connection.execute(t.page.select().where(t.page.c.id == empty)).one()
        connection.execute(
            t.reading.update().where(t.reading.c.id == row.shown_reading).values(words=0, confidence=None)
        )
        connection.execute(t.page.update().where(t.page.c.id == failed).values(shown_reading=None))
        connection.execute(
            t.page_outcome.insert().values(
                page_id=failed, recipe="r", outcome="failed", reason="timed out", at=datetime.now(UTC)
            )
        )
    assert names(read(office.client, "/?kind=empty")) == ["Marcha en la avenida"]
    found = read(office.client, "/?kind=failed")
    assert names(found) == ["Madres piden respuesta"] and found.text(".reason") == "timed out"
    page = read(office.client, f"/page/{failed}")
    assert f"rescate redo {failed}" in page.text(".leaf code") and not page.all("form.fields")


def test_the_lists_ask_for_as_many_rows_as_they_show(still):
    with Holdings(still.archive.config, Audience.STAFF, still.catalog) as holdings:
        lists = Review(holdings)
        assert [len(lists.pages(Asked(), size)) for size in (1, 3, 100)] == [1, 3, 15]
