"""Units by kind and id: what waits for the index, ids that lead on, rules and events; and who had it done."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import MetaData, create_engine, select

from archive.access import Rule, State
from archive.catalog import aliases, batches, erasing, items, journal, rules, shape, tree, units
from archive.catalog import tables as t
from archive.catalog.connect import open_catalog, signed, writing
from archive.description import Description
from archive.unit import Kind, Matter, Unit
from tests.archive.catalog.test_record import FILE, NAAN, files


@pytest.fixture
def archive(catalog):
    """Of a collection with a series in it: the ids of the two, and by name those of an item in either and of one in
    none, each with its pages."""
    with writing(catalog) as connection:
        put = {"parent_id": None, "level": "series", "title": ""}
        above, _ = tree.put_component(connection, NAAN, ref_id="c", **put)
        below, _ = tree.put_component(connection, NAAN, ref_id="s", **put | {"parent_id": above})
        file, held = files.add_file(connection, FILE), {}
        for name, component in (("letter", below), ("report", above), ("photo", None)):
            item = items.add_item(connection, NAAN)
            items.set_description(connection, item.id, Description(), component, "")
            pages = [items.add_page(connection, NAAN, item.id, n, file.id, n, 9, 9, None).id for n in (1, 2, 3)]
            held[name] = (item.id, pages)
        connection.execute(t.outbox.delete())
    return above, below, held


@pytest.mark.parametrize("items_at_once", [1, 100])
def test_the_pages_of_a_unit_come_by_portions_and_each_once(catalog, archive, monkeypatch, items_at_once):
    monkeypatch.setattr(units, "_ITEMS", items_at_once)
    above, below, held = archive
    (letter, of_letter), (_, of_report), (photo, of_photo) = held["letter"], held["report"], held["photo"]

    def told(*asked, portion=2):
        portions = list(units.pages_of(catalog, asked, portion))
        assert all(0 < len(one) <= portion for one in portions)
        return [id for one in portions for id in one]

    assert told(Unit.item(letter)) == of_letter and told(Unit.page(of_photo[1])) == [of_photo[1]]
    assert told(Unit.component(below)) == of_letter
    assert told(Unit.component(above)) == [*of_letter, *of_report]
    assert told(Unit.page(of_letter[2]), Unit.component(above), Unit.item(letter), Unit.item(photo)) == [
        *(of_letter[2], of_letter[0], of_letter[1]),
        *of_photo,
        *of_report,
    ]
    # A page that is there no more, or was taken out, is told to go; of nothing comes nothing.
    with writing(catalog) as connection:
        items.set_sequence(connection, of_photo[0], 0)
    assert told(Unit.page("gone")) == ["gone"] and told(Unit.item(photo)) == of_photo
    assert told() == [] and told(Unit.item("none"), Unit.component("none")) == []


def test_what_waits_in_the_outbox_is_units_of_any_kind(connection):
    asked = (Unit.component("c"), Unit.item("x"), Unit.page("x"))
    journal.post(connection, [*asked, asked[0]])
    assert journal.waiting(connection, 10)[1] == asked and journal.outbox_length(connection) == 3


def test_a_kind_that_is_not_known_is_refused_and_never_passed_over(connection):
    for refused in (lambda: Unit("entry", "x"), lambda: Kind("entry")):
        with pytest.raises(ValueError, match="'entry' is no kind of unit: component, item, page"):
            refused()
    for table in (t.outbox, t.event):
        of_event = {"at": FIRST, "agent": "a", "action": "a", "outcome": "", "detail": {}} if table is t.event else {}
        connection.execute(table.insert().values(subject_kind="entry", subject_id="x", **of_event))
    with pytest.raises(ValueError, match="'entry' is no kind"):
        journal.waiting(connection, 10)
    of_a_kind_to_come = type("ToCome", (), {"kind": "act", "id": "x"})()
    with pytest.raises(ValueError, match="pages of a unit of the kind act"):
        units.is_in(of_a_kind_to_come)
    with pytest.raises(ValueError, match="pages of a unit of the kind act"):
        next(units.pages_of(connection.engine, [Unit.page("p"), of_a_kind_to_come], 10))


def test_an_id_leads_to_a_unit_of_its_own_kind(connection):
    with pytest.raises(ValueError, match="item i cannot lead to page p"):
        aliases.add(connection, Unit.item("i"), Unit.page("p"), "by mistake")
    aliases.add(connection, Unit.component("gone"), None, "undone")
    assert aliases.target(connection, "gone") == "" and aliases.target(connection, "i") == "i"
    aliases.end(connection, Unit.item("gone"))
    assert aliases.target(connection, "gone") == ""
    aliases.end(connection, Unit.component("gone"))
    assert aliases.target(connection, "gone") == "gone"


def test_rules_of_units_that_share_an_id_are_two(connection):
    rules.put(connection, Unit.item("x"), Rule(State.CLOSED), "person")
    assert rules.standing(connection, Unit.page("x")) is None
    assert rules.put(connection, Unit.page("x"), Rule(State.SUPPRESSED), rules.HELD)
    assert rules.held(connection) == {Unit.page("x")}


# -- who had it done


def test_two_actors_in_one_process_are_told_apart(catalog):
    ana, rui = signed(catalog, "Ana Archivera"), signed(catalog, "Rui Restaurador")
    with writing(ana) as connection:
        journal.note(connection, "access", Unit.item("x"))
    with writing(rui) as connection:
        journal.note(connection, "access", Unit.item("x"))
        batch = batches.begin(connection, batches.INGEST, ["a"]).id
        batches.undo(connection, batch)
        erasing.erase(connection, batch)
    with writing(signed(rui, "Ana Archivera")) as connection:
        journal.note(connection, "access", Unit.item("x"))
        assert [one.agent for one in journal.events(connection, Unit.item("x"))] == [
            "Ana Archivera",
            "Rui Restaurador",
            "Ana Archivera",
        ]
        of_batch = journal.events(connection, Matter.batch(batch))
    assert [(one.action, one.agent) for one in of_batch] == [("undo", "Rui Restaurador"), ("erase", "Rui Restaurador")]


def test_nobody_notes_an_event_without_a_name(catalog):
    with writing(catalog) as connection, pytest.raises(ValueError, match="nobody has signed"):
        journal.note(connection, "access", Unit.item("x"))
    with pytest.raises(ValueError, match="has a name"):
        signed(catalog, " ")


# -- what stood before


FIRST = datetime(2026, 11, 1, tzinfo=UTC)
CANVAS = {"width": 9, "height": 9, "read_in_by_row": False, "by_ocr": False}


def test_what_waited_and_what_led_on_before_does_so_still(bare_url):
    """In the shape before, what waits is pages, and an id leads to one of whatever kind."""
    catalog = create_engine(bare_url.replace("/deep", ""))
    with catalog.begin() as connection:
        shape.bring(connection, "0008")
        before = MetaData()
        before.reflect(connection)

        def put(table, **values):
            columns = [one for one in before.tables[table].columns if not one.nullable and one.name not in values]
            empty = {one.name: FIRST if one.name in ("created", "at") else "" for one in columns}
            connection.execute(before.tables[table].insert().values(empty | values))

        put("file", id=1, bytes=3, frames=[], embedded=[])
        put("component", ordinal=1, id="c", position=0)
        put("item", ordinal=1, id="i")
        put("page", ordinal=1, id="p", item_id="i", file_id=1, **dict.fromkeys(("sequence", "frame"), 1), **CANVAS)
        put("outbox", seq=7, page_id="p")
        put("outbox", seq=9, page_id="q")
        put("withheld", seq=1, kind="item", subject_id="i", until=9)
        led_on = {"to-item": "i", "to-that": "to-item", "to-page": "p", "to-that-page": "to-page", "to-series": "c"}
        led_on |= {"below": "to-series", "lower": "below", "top": "", "below-top": "top"}
        for alias, target in led_on.items():
            put("alias", alias=alias, target=target)
    catalog.dispose()
    catalog = open_catalog(bare_url.replace("/deep", ""), create=True)
    with writing(catalog) as connection:
        assert journal.waiting(connection, 10) == (9, (Unit.page("p"), Unit.page("q")))
        assert connection.execute(select(t.withheld.c.subject_kind, t.withheld.c.subject_id)).all() == [("item", "i")]
        by_kind = {}
        for alias, kind in connection.execute(select(t.alias.c.alias, t.alias.c.kind)):
            by_kind.setdefault(kind, set()).add(alias)
        assert by_kind == {
            "item": {"to-item", "to-that"},
            "page": {"to-page", "to-that-page"},
            "component": {"to-series", "below", "lower", "top", "below-top"},
        }
        assert aliases.target(connection, "lower") == "c" and aliases.target(connection, "below-top") == ""
    catalog.dispose()
