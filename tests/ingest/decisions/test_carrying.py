"""What persons said of a page, on each reading that comes to be shown: laid over it, or waiting."""

import pytest

from archive.access import Rule, State
from archive.anchor import Place
from archive.catalog import decisions, items, readings, rules
from archive.catalog import tables as t
from archive.catalog.connect import signed
from archive.decisions import CORRECTION
from archive.record import NewReading
from archive.unit import Unit
from ingest.decisions import correcting
from ingest.decisions.carrying import carry_over, carry_over_item
from tests.archive.catalog.conftest import catalog, connection
from tests.archive.catalog.test_decisions import statements
from tests.archive.catalog.test_record import an_item
from tests.archive.corrections.test_anchor import READ
from tests.archive.corrections.test_anchor import page as layout_of
from tests.archive.decisions.kinds import NOTE, SECRET, more_kinds

__all__ = ["catalog", "connection", "more_kinds"]

AGAIN = layout_of("La rnaclre de Rosa EIvira Menpvar", "salió de Tecoluca el 12 de mayo", "y volvio por la noche")
OTHER = layout_of("Otra página", "de otra cosa")


def read(connection, page_id, layout, **how):
    """A reading that comes to be shown as ingest has it; its number."""
    new = NewReading("reader 1", "r", ("spa",), "spa", layout, **how)
    id = readings.add(connection, items.page(connection, page_id), new, ())
    carry_over(connection, page_id)
    return id


def said(connection, page_id, kind, first, last, decided):
    """A decision made of what is shown, and placed."""
    shown = items.page(connection, page_id).shown_reading
    where = [(Place(first, last), decided)]
    (id,) = decisions.keep(connection, kind, page_id, shown, readings.layout(connection, shown), where, "Ana Archivera")
    carry_over(connection, page_id)
    return id


def text(connection, page_id):
    return readings.layout(connection, items.page(connection, page_id).shown_reading).text.split("\n")[0]


def waiting(connection, page_id):
    return [one.id for one in decisions.of_page(connection, page_id) if not one.placed]


def open_to_all(connection, page_id):
    return rules.standing(connection, Unit.page(page_id)) is None


@pytest.fixture
def page_id(connection):
    _, _, (page, _) = an_item(connection)
    read(connection, page.id, READ)
    return page.id


def test_every_kind_is_carried_over_to_a_new_reading(connection, page_id, more_kinds):
    said(connection, page_id, NOTE, 4, 6, "her name")
    said(connection, page_id, CORRECTION, 1, 2, "madre")
    said(connection, page_id, SECRET, 8, 9, "a village")
    assert text(connection, page_id).startswith("La madre de Rosa Elvira") and not waiting(connection, page_id)
    machines = read(connection, page_id, AGAIN)
    assert text(connection, page_id) == "La madre de Rosa EIvira Menpvar" and not waiting(connection, page_id)
    assert readings.reading(connection, items.page(connection, page_id).shown_reading).base_id == machines
    assert open_to_all(connection, page_id)


def test_what_finds_no_place_waits_and_may_close_its_page(connection, page_id, more_kinds):
    """Another scan, of which the words alone say where something stood."""
    note, secret = said(connection, page_id, NOTE, 4, 6, "x"), said(connection, page_id, SECRET, 8, 9, "y")
    page = items.page(connection, page_id)
    items.set_master(connection, page_id, page.file_id, 2, 100, 200, None)
    assert waiting(connection, page_id) == [note, secret] and not open_to_all(connection, page_id)
    read(connection, page_id, OTHER)
    assert waiting(connection, page_id) == [note, secret] and not open_to_all(connection, page_id)
    read(connection, page_id, READ)
    assert not waiting(connection, page_id) and open_to_all(connection, page_id)


def test_a_page_on_which_nothing_was_decided_is_shown_as_it_was_read(connection):
    _, _, (page, _) = an_item(connection)
    number = read(connection, page.id, READ)
    assert items.page(connection, page.id).shown_reading == number


def test_a_page_costs_the_same_queries_however_much_was_decided_on_it(connection, more_kinds):
    _, _, pages = an_item(connection)

    def asked(page, number):
        reading = read(connection, page.id, READ)
        for kind in (CORRECTION, NOTE, SECRET):
            where = [(Place(n % 15, n % 15 + 1), f"x{n}") for n in range(number)]
            decisions.keep(connection, kind, page.id, reading, READ, where, "Ana Archivera")
        return statements(connection, lambda: carry_over(connection, page.id))

    few = asked(pages[0], 1)
    assert asked(pages[1], 40) <= few <= 25


def test_what_leaves_words_alone_makes_no_reading(connection, page_id, more_kinds):
    before = connection.execute(t.reading.select()).all()
    said(connection, page_id, NOTE, 4, 6, "x")
    carry_over(connection, page_id)
    assert connection.execute(t.reading.select()).all() == before and not waiting(connection, page_id)


def test_the_last_correction_withdrawn_leaves_the_machines_words_and_other_kinds_standing(
    connection, page_id, more_kinds
):
    said(connection, page_id, NOTE, 4, 6, "x")
    one = said(connection, page_id, CORRECTION, 1, 2, "madre")
    decisions.end(connection, CORRECTION, one)
    carry_over(connection, page_id)
    assert text(connection, page_id).startswith("La rnadre") and not waiting(connection, page_id)
    assert readings.reading(connection, items.page(connection, page_id).shown_reading).base_id is None


def test_a_correction_takes_other_kinds_along_to_what_is_shown_then(catalog, more_kinds):
    catalog = signed(catalog, "Ana Archivera")
    with catalog.begin() as connection:
        _, _, (page, _) = an_item(connection)
        read(connection, page.id, READ)
        note, secret = said(connection, page.id, NOTE, 4, 6, "x"), said(connection, page.id, SECRET, 8, 9, "y")
        shown = items.page(connection, page.id).shown_reading
    typed = {0: "La madre de Rosa Elvira Menjívar", 1: "salió de noche"}
    assert correcting.correct(catalog, page.id, shown, typed, "Ana Archivera") == 3
    with catalog.begin() as connection:
        # Nobody knows where the village stands that was typed over: what was to be kept back may be anywhere.
        assert waiting(connection, page.id) == [secret] and not open_to_all(connection, page.id)
        assert decisions.of_page(connection, page.id)[0].id == note
    correcting.withdraw(catalog, 5, "Ana Archivera")
    with catalog.begin() as connection:
        assert not waiting(connection, page.id) and open_to_all(connection, page.id)


def test_an_undo_that_has_the_old_scan_shown_again_has_decisions_stand_there_again(connection, page_id, more_kinds):
    typed, secret = said(connection, page_id, CORRECTION, 1, 2, "madre"), said(connection, page_id, SECRET, 8, 9, "y")
    before = items.page(connection, page_id)
    items.set_master(connection, page_id, before.file_id, 2, 100, 200, None)
    read(connection, page_id, OTHER)
    assert waiting(connection, page_id) == [typed, secret] and text(connection, page_id) == "Otra página"
    # As archive.catalog.batches restores a page.
    connection.execute(
        t.page.update()
        .where(t.page.c.id == page_id)
        .values(file_id=before.file_id, frame=before.frame, shown_reading=before.shown_reading)
    )
    carry_over_item(connection, before.item_id)
    assert not waiting(connection, page_id) and open_to_all(connection, page_id)
    assert items.page(connection, page_id).shown_reading == before.shown_reading
    assert decisions.waiting_in(connection, before.item_id) == []
    items.set_master(connection, page_id, before.file_id, 2, 100, 200, None)  # and not read by then
    connection.execute(
        t.page.update().where(t.page.c.id == page_id).values(frame=1, shown_reading=before.shown_reading)
    )
    assert rules.of_origin(connection, Unit.page(page_id), rules.DECISION) == Rule(State.CLOSED)
    carry_over_item(connection, before.item_id)
    assert open_to_all(connection, page_id)
