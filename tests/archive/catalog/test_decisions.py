"""Decisions in the catalog: kept under their numbers, standing where their reading is shown, ended for good; one that
restricts closes its page while it waits."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from archive.access import Rule, State
from archive.anchor import Place
from archive.catalog import decisions, items, readings, rules
from archive.catalog import tables as t
from archive.decisions import CORRECTION, KINDS
from archive.layout import Layout
from archive.record import NewReading
from archive.unit import Kind, Unit
from tests.archive.catalog.test_record import an_item
from tests.archive.corrections.test_anchor import READ
from tests.archive.decisions.kinds import NOTE, SECRET, more_kinds

__all__ = ["more_kinds"]

READING = NewReading("tesseract 5", "r", ("spa",), "spa", READ)


@pytest.fixture
def page(connection):
    """A page that was read, and the number of its reading."""
    _, _, (page, _) = an_item(connection)
    return page, readings.add(connection, page, READING, ())


def keep(connection, page, kind, *decided, layout: Layout = READ):
    page, reading = page
    return decisions.keep(connection, kind, page.id, reading, layout, decided, "Ana Archivera")


def standing(connection, page, kind=CORRECTION):
    return {one.id: one.placed for one, _ in decisions.listed(connection, kind, page_id=page[0].id)}


def statements(connection, work):
    """How many statements it takes."""
    seen = []

    def count(*said):
        seen.append(said[2])

    event.listen(connection, "before_cursor_execute", count)
    try:
        work()
    finally:
        event.remove(connection, "before_cursor_execute", count)
    return len(seen)


def test_what_was_decided_comes_back_as_it_was_said(connection, page, more_kinds):
    typed, remark = (
        keep(connection, page, CORRECTION, (Place(1, 2), "madre")),
        keep(connection, page, NOTE, (Place(4, 6), "x")),
    )
    first, second = decisions.of_page(connection, page[0].id)
    assert ([first.id], [second.id]) == (typed, remark) and (first.kind, second.kind) == ("correction", "note")
    assert (first.decided, first.anchor.exact, first.anchor.after) == ("madre", "rnadre", "de Rosa Elvira Menjivar")
    assert second.decided == "x" and second.author == "Ana Archivera" and first.created.tzinfo is not None
    assert first.same_image and not first.placed


def test_of_each_kind_its_own_are_listed_counted_and_ended(connection, page, more_kinds):
    (typed,), (remark,) = (
        keep(connection, page, CORRECTION, (Place(1, 2), "madre")),
        keep(connection, page, NOTE, (Place(1, 2), "x")),
    )
    decisions.place(connection, page[0].id, [typed, remark], page[1])
    assert standing(connection, page) == {typed: True} and standing(connection, page, NOTE) == {remark: True}
    assert [one.id for one in decisions.standing_on(connection, NOTE, [page[0].id])[page[0].id]] == [remark]
    assert decisions.end(connection, CORRECTION, remark) is None
    assert decisions.end(connection, NOTE, remark) == page[0].id and decisions.end(connection, NOTE, remark) is None
    assert standing(connection, page) == {typed: True} and standing(connection, page, NOTE) == {}
    kept = connection.execute(t.decision.select().where(t.decision.c.id == remark)).one()
    assert kept.ended is not None and kept.placed_on is None and kept.decided == {"remark": "x"}


def test_it_stands_where_its_reading_is_shown_and_waits_where_another_is(connection, page):
    one, other = keep(connection, page, CORRECTION, (Place(1, 2), "madre"), (Place(5, 6), "Menjívar"))
    decisions.place(connection, page[0].id, [one], page[1])
    assert standing(connection, page) == {one: True, other: False}
    assert decisions.waiting(connection, CORRECTION) == decisions.waiting(connection, CORRECTION, page[0].id) == 1
    assert [row.id for row in decisions.newest(connection, CORRECTION, 9, waiting=True)] == [other]
    # Scanned again and not read yet: what was shown is not shown any more, and what stood in it waits.
    items.set_master(connection, page[0].id, page[0].file_id, 2, 100, 200, None)
    assert standing(connection, page) == {one: False, other: False}
    assert not any(found.same_image for found in decisions.of_page(connection, page[0].id))
    assert decisions.standing_on(connection, CORRECTION, [page[0].id]) == {}
    assert decisions.waiting_in(connection, page[0].item_id) == [page[0].id]


def test_of_pages_that_are_not_in_the_archive_nothing_is_listed(connection, page):
    (one,) = keep(connection, page, CORRECTION, (Place(1, 2), "madre"))
    assert decisions.waiting(connection, CORRECTION) == 1
    items.set_sequence(connection, page[0].id, 0)
    assert standing(connection, page) == {} and decisions.waiting(connection, CORRECTION) == 0
    assert not decisions.newest(connection, CORRECTION, 9)
    assert [kept.id for kept in decisions.of_page(connection, page[0].id)] == [one], "nothing is lost"


def test_they_go_with_their_page_into_another_item_and_out_with_an_undo(connection, page):
    (one,) = keep(connection, page, CORRECTION, (Place(1, 2), "madre"))
    decisions.place(connection, page[0].id, [one], page[1])
    other = items.add_item(connection, "99999")
    connection.execute(t.page.update().where(t.page.c.id == page[0].id).values(item_id=other.id))
    ((kept, item_id),) = decisions.listed(connection, CORRECTION)
    assert (kept.id, kept.placed, item_id) == (one, True, other.id)
    assert decisions.newest(connection, CORRECTION, 9)[0].item_id == other.id
    connection.execute(t.item.update().where(t.item.c.id == other.id).values(undone=a_batch(connection)))
    assert standing(connection, page) == {} and not decisions.newest(connection, CORRECTION, 9)
    assert [kept.id for kept in decisions.of_page(connection, page[0].id)] == [one], "put back, it stands again"


def a_batch(connection) -> int:
    values = dict(kind="ingest", name="", paths=[], recipe="", started=datetime.now(UTC))
    return connection.execute(t.batch.insert().values(**values)).inserted_primary_key[0]


def test_a_list_goes_on_below_the_last_number(connection, page):
    made = keep(connection, page, CORRECTION, *((Place(n, n + 1), "x") for n in range(5)))
    first = [row.id for row in decisions.newest(connection, CORRECTION, 2)]
    assert first == made[:2:-1]
    assert [row.id for row in decisions.newest(connection, CORRECTION, 9, below=first[-1])] == made[2::-1]


def test_no_query_is_made_for_each(connection, page):
    def work(number):
        made = keep(connection, page, CORRECTION, *((Place(n % 15, n % 15 + 1), "x") for n in range(number)))
        decisions.place(connection, page[0].id, made, page[1])
        assert len(decisions.of_page(connection, page[0].id)) >= number
        assert len(decisions.standing_on(connection, CORRECTION, [page[0].id])[page[0].id]) == number
        assert len(list(decisions.listed(connection, CORRECTION))) >= number

    assert statements(connection, lambda: work(2)) == statements(connection, lambda: work(200))


# -- restricting


def closed(connection, page) -> bool:
    item = items.item(connection, page[0].item_id)
    access = rules.of_page(connection, page[0].id, item.id, None, State.OPEN)
    tally = rules.tally_on_pages(connection, [item.id]).get(item.id, [])
    assert [rule.state for rule, _ in tally] == (
        [access.state] if rules.standing(connection, Unit.page(page[0].id)) else []
    )
    assert rules.standing_on_pages(connection, item.id) == rules.standing_on(connection, Kind.PAGE, [page[0].id])
    return not access.text and not access.image


def test_what_restricts_closes_its_page_until_it_stands(connection, page, more_kinds):
    keep(connection, page, NOTE, (Place(1, 2), "x"))
    assert not closed(connection, page)
    (one,) = keep(connection, page, SECRET, (Place(1, 2), "x"))
    assert closed(connection, page)
    decisions.place(connection, page[0].id, [one], page[1])
    assert not closed(connection, page)
    items.set_master(connection, page[0].id, page[0].file_id, 2, 100, 200, None)
    assert closed(connection, page), "scanned again, and nobody knows where the words stand"
    decisions.place(connection, page[0].id, [one], readings.add(connection, page[0], READING, ()))
    assert not closed(connection, page)
    decisions.place(connection, page[0].id, [], None)
    assert closed(connection, page)
    decisions.end(connection, SECRET, one)
    assert not closed(connection, page)


def test_it_waits_for_each_of_them(connection, page, more_kinds):
    one, other = keep(connection, page, SECRET, (Place(1, 2), "x"), (Place(3, 4), "y"))
    decisions.place(connection, page[0].id, [one], page[1])
    assert closed(connection, page)
    decisions.end(connection, SECRET, other)
    assert not closed(connection, page)


def test_a_kind_that_this_version_does_not_know_closes_its_page(connection, page, more_kinds, monkeypatch):
    (one,) = keep(connection, page, NOTE, (Place(1, 2), "x"))
    decisions.place(connection, page[0].id, [one], page[1])
    assert not closed(connection, page)
    monkeypatch.delitem(KINDS, NOTE.name)
    decisions.place(connection, page[0].id, [], None)
    assert closed(connection, page)
    assert [found.decided for found in decisions.of_page(connection, page[0].id)] == [{"remark": "x"}]


@pytest.mark.parametrize("origin", ["person", "spreadsheet", "finding aid"])
def test_it_is_closed_though_it_was_opened(connection, page, more_kinds, origin):
    rules.put(connection, Unit.page(page[0].id), Rule(State.OPEN), origin)
    (one,) = keep(connection, page, SECRET, (Place(1, 2), "x"))
    assert closed(connection, page)
    rules.put(connection, Unit.page(page[0].id), Rule(State.CLOSED, text=True), origin)
    assert closed(connection, page)
    decisions.place(connection, page[0].id, [one], page[1])
    assert rules.standing(connection, Unit.page(page[0].id)) == Rule(State.CLOSED, text=True)


@pytest.mark.parametrize("origin", ["person", "spreadsheet"])
@pytest.mark.parametrize(
    "unnamed", [Rule(State.SUPPRESSED), Rule(State.WITHDRAWN), Rule(State.CLOSED, description=False)]
)
def test_what_may_not_be_named_is_not_named_by_it(connection, page, more_kinds, origin, unnamed):
    rules.put(connection, Unit.page(page[0].id), unnamed, origin)
    keep(connection, page, SECRET, (Place(1, 2), "x"))
    assert closed(connection, page)
    assert rules.standing(connection, Unit.page(page[0].id)) == unnamed
    (tallied,) = rules.tally_on_pages(connection, [page[0].item_id])[page[0].item_id]
    assert tallied == (replace(unnamed), 1)
    named = t.page.select().where(t.page.c.id == page[0].id, rules.is_named(Kind.PAGE, t.page.c.id))
    assert connection.execute(named).first() is None
    rules.put(connection, Unit.page(page[0].id), None, origin)
    assert connection.execute(named).first() is not None and closed(connection, page)


def test_a_batch_undone_leaves_it_closed(connection, page, more_kinds):
    keep(connection, page, SECRET, (Place(1, 2), "x"))
    assert rules.numbers(connection, Unit.page(page[0].id)) == []
    rules.reinstate(connection, Unit.page(page[0].id), ())
    assert closed(connection, page)
