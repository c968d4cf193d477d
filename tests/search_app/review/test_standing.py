"""The corrections that stand, those that wait for a place, and taking them back."""

from babel.messages.pofile import read_po

from archive.catalog import tables as t
from archive.errors import EngineUnavailable
from search_app.review import standing
from tests.search_app.conftest import TRANSLATIONS
from tests.search_app.reading import Read, read
from tests.search_app.review.conftest import AUTHOR, FROM_HERE


def withdraw(office, number: int, **more):
    token = office.form(office.page("weekly"))["token"]
    return office.client.post(f"/corrections/{number}/withdraw", data={"token": token, **more}, headers=FROM_HERE)


def wait(office):
    """As after another reading on which nothing was found."""
    with office.catalog.begin() as connection:
        connection.execute(t.decision.update().values(placed_on=None))


def test_the_newest_stand_first_those_of_one_save_together(office):
    office.save(office.page("weekly"), line0="REPORT OF EL SALVADOR", line1="November 9-16, 1993")
    office.save(office.page("closed"), line0="Zacamilpa testimonio", compared="1")
    found = read(office.client, "/corrections")
    assert found.texts(".save h2") == ["Expediente de una clienta, Image 1", "Report from El Salvador, Page 10"]
    assert found.texts(".change p") == [
        "Zacamilpa testimonio reservado de la familia →is now Zacamilpa testimonio",
        "…EL SALVADOR November 9-16, 1992 →is now 1993 Soldiers of the Atlacatl…",
        "…REPORT FROM →is now OF EL SALVADOR November 9-16,…",
    ]
    assert all(AUTHOR in text for text in found.texts(".save .to-meta"))


def test_one_is_taken_back(office):
    page = office.page("weekly")
    office.save(page, line0="REPORT OF EL SALVADOR", line1="November 9-16, 1993")
    done = withdraw(office, 1)
    assert done.status_code == 303
    assert "Correction 1 is withdrawn" in read(office.client, f"{done.location}").text(".kept")
    assert office.shown(page).text.startswith("REPORT FROM EL SALVADOR\nNovember 9-16, 1993")
    assert withdraw(office, 1).status_code == 404 and withdraw(office, 2**40).status_code == 404
    office.trouble = EngineUnavailable("down")
    assert "search engine is back" in read(office.client, f"{withdraw(office, 2).location}").text(".kept")


def test_those_that_wait_are_shown_where_they_stood(office):
    assert not read(office.client, "/").all(".closed-note")
    page = office.page("weekly")
    office.save(page, line2="Soldiers of the Atlacatl battalion arrested four peasants near Tecoluca.")
    wait(office)
    assert read(office.client, "/").text(".closed-note").startswith("1 correction waits for its place")
    assert read(office.client, f"/page/{page}").texts(".item-meta a.unreviewed") == ["1 correction waits for its place"]
    found = read(office.client, "/corrections?waiting=1")
    assert found.texts(".change p") == [
        "…the Atlacatl battalion arrested three →is now four peasants near Tecoluca. The…"
    ]
    assert found.hrefs(".save h2 a") == [f"/page/{page}"] and len(found.all(".change svg image")) == 1
    x, y, width, height = map(int, found.one(".change svg").get("viewbox").split())
    at = 150 + sum(20 * len(word) + 20 for word in ["Soldiers", "of", "the", "Atlacatl", "battalion", "arrested"])
    assert x < at and at + 100 < x + width and y < 380 and y + height > 424
    assert "waits for its place" in read(office.client, "/corrections").text(".save")
    assert withdraw(office, 1, waiting="1").location.endswith("waiting=1")
    assert "No correction waits" in read(office.client, "/corrections?waiting=1").text(".nothing")


def test_they_come_in_portions(office, monkeypatch):
    monkeypatch.setattr(standing, "PORTION", 2)
    office.save(office.page("weekly"), line0="A REPORT OF SALVADOR", line1="December 9-16, 1993")
    seen, address = [], "/corrections"
    while address:
        found = read(office.client, address)
        seen += found.texts(".change p")
        address = next(iter(found.tree.xpath("//nav[@class='pager']/a/@href")), None)
    assert len(seen) == len(set(seen)) >= 3


def test_no_page_in_spanish_has_english_left(office):
    """Of all the sentences of the interface, on pages that say as much as they can."""
    page = office.page("chronicle")
    form = office.form(page)
    done = office.save(page, line0="CRONOLOGÍA", compared="1", then="stay")
    conflict = Read(office.client.post(f"/page/{page}?lang=es", data=form | {"line0": "Otra"}, headers=FROM_HERE))
    pages = [
        conflict,
        *(
            read(office.client, f"{address}{'&' if '?' in address else '?'}lang=es")
            for address in ("/", "/?batch=9", "/corrections", done.location)
        ),
    ]
    wait(office)
    pages += [
        read(office.client, f"{address}lang=es") for address in ("/?", "/corrections?waiting=1&", f"/page/{page}?")
    ]
    pages.append(Read(office.client.post("/corrections/1/withdraw?lang=es", headers={})))
    with (TRANSLATIONS / "es" / "LC_MESSAGES" / "messages.po").open("rb") as written:
        sentences = [
            id
            for one in read_po(written, locale="es")
            for id in ((one.id,) if isinstance(one.id, str) else one.id)
            if len(id) > 9 and "%" not in id and one.string != one.id
        ]
    # An error's page says everything twice, the reader's language first.
    assert "Esto no se envió desde estas páginas" in pages.pop().texts("section")[0]
    for found in pages:
        assert found.tree.get("lang") == "es"
        assert [one for one in sentences if one in " ".join(found.tree.text_content().split())] == []
