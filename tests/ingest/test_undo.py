"""A batch taken back: all is as it was before it, every other permalink stays, and what comes again has its ids
again."""

import contextlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from archive.catalog import aliases, batches, erasing, items, outcomes, prior_states, rules, tree
from archive.catalog import tables as t
from archive.errors import BatchError
from archive.holdings import Holdings
from archive.outcome import ADDED, FileOutcome
from archive.unit import Unit
from ingest.run.accession import put_components
from ingest.sheets.rows import AccessDeclaration, ComponentRow, ItemRow, PageRange, PageRow, Part
from tests.ingest.shelf import NAAN


def row(id="0001", **more):
    return ItemRow(2, id, (Part("a"),), **more)


def living(connection):
    """All that a reader could see of the record: items with their pages, places, boxes and rules; components with
    theirs."""

    def rule(kind, id):
        return rules.standing(connection, Unit(kind, id))

    of_items = {
        item.id: (
            item.local_id,
            item.component_id,
            items.description(connection, item.id),
            tuple((c.type, c.indicator) for c in tree.item_containers(connection, item.id)),
            rule("item", item.id),
            tuple(
                (p.id, p.sequence, p.label, p.role, p.file_id, p.frame, p.width, rule("page", p.id))
                for p in items.pages(connection, item.id)
            ),
        )
        for item in items.every_item(connection)
    }
    places = set(connection.execute(select(t.location.c.root, t.location.c.path, t.location.c.file_id)).all())
    components = {
        one.ref_id: (one.id, one.title, one.parent_id, rule("component", one.id))
        for one in map(lambda id: tree.component(connection, id), tree.refs(connection).values())
    }
    return of_items, places, components


def undo(shelf, batch):
    batches.end(shelf.connection, batch)
    return batches.undo(shelf.connection, batch)


def test_what_a_batch_brought_goes_and_its_ids_lead_to_a_notice(shelf):
    shelf.master("a.tif")
    kept = shelf.accession(shelf.plan("a.tif"))
    before = living(shelf.connection)
    batch = shelf.new_batch()
    shelf.master("b.tif", frames=2)
    gone = shelf.accession(shelf.plan("b.tif", row=row("b", access=AccessDeclaration("closed", "why"))))
    assert undo(shelf, batch) == 1
    assert living(shelf.connection) == before
    assert items.item(shelf.connection, gone.item.id).undone == batch
    assert items.item(shelf.connection, kept.item.id).undone is None
    assert {page.id for page in gone.pages} <= shelf.pages_to_tell()


def test_what_comes_again_has_its_ids_again(shelf):
    shelf.master("b.tif", frames=2)
    planned = shelf.plan("b.tif", row=row("b", box="3"))
    first = shelf.accession(planned)
    undo(shelf, shelf.batch)
    shelf.batch = batches.begin(shelf.connection, batches.INGEST, ["again"]).id
    again = shelf.accession(planned)
    assert (again.item.id, [p.id for p in again.pages]) == (first.item.id, [p.id for p in first.pages])
    assert items.item(shelf.connection, first.item.id).undone is None


def test_what_comes_again_with_a_row_has_the_ids_of_its_pages_again(shelf):
    shelf.master("b.tif", frames=2)
    first = shelf.accession(shelf.plan("b.tif"))
    undo(shelf, shelf.batch)
    shelf.batch = batches.begin(shelf.connection, batches.INGEST, ["again"]).id
    again = shelf.accession(shelf.plan("b.tif", row=row("b")))
    assert [p.id for p in again.pages] == [p.id for p in first.pages]
    assert aliases.target(shelf.connection, first.item.id) == again.item.id


def test_a_rescan_undone_shows_the_old_scan(shelf):
    old = shelf.master("a.tif")
    page = shelf.accession(shelf.plan("a.tif")).pages[0]
    before = living(shelf.connection)
    batch = shelf.new_batch()
    shelf.master("a.tif", bytes="scanned again")
    assert shelf.accession(shelf.plan("a.tif")).pages[0].id == page.id
    undo(shelf, batch)
    assert living(shelf.connection) == before and items.page(shelf.connection, page.id).file_id == old.id


def test_a_row_that_took_pages_over_gives_them_back(shelf):
    shelf.master("a.tif", frames=3)
    plain = shelf.accession(shelf.plan("a.tif"))
    before = living(shelf.connection)
    batch = shelf.new_batch()
    shelf.accession(shelf.plan("a.tif", row=row("whole")))
    assert items.item(shelf.connection, plain.item.id) is None
    undo(shelf, batch)
    assert living(shelf.connection) == before
    assert aliases.target(shelf.connection, plain.item.id) == plain.item.id


def test_components_and_their_rules_are_as_before(shelf):
    series = ComponentRow(2, "s", level="series", title="Series")
    put_components(shelf.connection, NAAN, shelf.batch, [series])
    before, first = living(shelf.connection), shelf.batch
    batch = shelf.new_batch()
    closed = replace(series, title="Another", access=AccessDeclaration("closed", "legal files"))
    below = ComponentRow(3, "f", "s", level="file", title="File")
    put_components(
        shelf.connection, NAAN, batch, [closed, below, ComponentRow(4, "g", "f", level="file", title="Below")]
    )
    gone = tree.refs(shelf.connection)["f"]
    undo(shelf, batch)
    assert living(shelf.connection) == before
    assert aliases.target(shelf.connection, gone) == tree.refs(shelf.connection)["s"]
    top = tree.refs(shelf.connection)["s"]
    undo(shelf, first)
    assert aliases.target(shelf.connection, top) == ""


def test_what_might_not_be_named_is_not_named_by_its_notice(shelf, small_archive):
    from archive.config import load
    from archive.errors import Gone, NotFound

    put_components(
        shelf.connection,
        NAAN,
        shelf.batch,
        [ComponentRow(2, "s", level="series", title="Client files", access=AccessDeclaration("suppressed", "clients"))],
    )
    shelf.master("a.tif")
    shelf.master("b.tif")
    secret = shelf.accession(shelf.plan("a.tif", row=row("a")))
    items.set_description(
        shelf.connection,
        secret.item.id,
        items.description(shelf.connection, secret.item.id),
        tree.refs(shelf.connection)["s"],
        "",
    )
    plain = shelf.accession(shelf.plan("b.tif", row=row("b")))
    undo(shelf, shelf.batch)
    shelf.connection.commit()
    holdings = Holdings(load(small_archive.config), catalog=shelf.connection.engine)
    with pytest.raises(NotFound):
        holdings.find(secret.pages[0].id)
    with pytest.raises(Gone, match="taken back"):
        holdings.find(plain.pages[0].id)


def test_a_batch_on_which_a_later_one_stands_is_not_undone(shelf):
    shelf.master("a.tif")
    shelf.accession(shelf.plan("a.tif", row=row("a")))
    first = shelf.batch
    second = shelf.new_batch()
    shelf.accession(shelf.plan("a.tif", row=row("a", box="2")))
    shelf.accession(shelf.plan("a.tif", row=row("a", access=AccessDeclaration("closed", "why"))))
    with pytest.raises(BatchError, match="later batch.*") as refused:
        undo(shelf, first)
    assert str(second) in refused.value.remedy
    undo(shelf, second)
    undo(shelf, first)
    assert living(shelf.connection)[0] == {}
    with pytest.raises(BatchError, match="already"):
        batches.undo(shelf.connection, first)
    with pytest.raises(BatchError, match="no such"):
        batches.undo(shelf.connection, 99)


def test_a_persons_decision_is_not_undone(shelf):
    from archive.access import Rule, State

    shelf.master("a.tif")
    held = shelf.accession(shelf.plan("a.tif", row=row("a")))
    batch = shelf.new_batch()
    shelf.accession(shelf.plan("a.tif", row=row("a", access=AccessDeclaration("closed", "sheet"))))
    rules.put(shelf.connection, Unit.item(held.item.id), Rule(State.SUPPRESSED, reason="asked by the family"), "person")
    undo(shelf, batch)
    assert rules.standing(shelf.connection, Unit.item(held.item.id)).state is State.SUPPRESSED


def test_a_batch_that_did_nothing_leaves_no_trace(shelf):
    shelf.master("a.tif")
    shelf.accession(shelf.plan("a.tif"))
    idle = shelf.new_batch()
    shelf.accession(shelf.plan("a.tif"))
    assert not batches.end(shelf.connection, idle)
    assert [one.id for one in outcomes.batches(shelf.connection)] == [idle - 1]


def test_a_run_that_did_nothing_does_not_take_its_batch_from_another_at_work_in_it(shelf):
    one = batches.begin(shelf.connection, batches.INGEST, ["/a"])
    shelf.batch = batches.begin(shelf.connection, batches.INGEST, ["/a"]).id
    assert shelf.batch == one.id and not batches.end(shelf.connection, one.id)
    shelf.master("a.tif")
    shelf.accession(shelf.plan("a.tif"))
    assert batches.end(shelf.connection, shelf.batch)
    assert [each.id for each in outcomes.batches(shelf.connection) if each.ended] == [one.id]


def test_an_interrupted_batch_goes_on_under_its_number(shelf):
    first = batches.begin(shelf.connection, batches.INGEST, ["/a"])
    assert batches.begin(shelf.connection, batches.INGEST, ["/b"]).id != first.id
    assert batches.begin(shelf.connection, batches.INGEST, ["/a"]).id == first.id


def read(shelf, page, words):
    """A reading of a page as its master is now, with a mention."""
    shown = shelf.connection.execute(select(t.page).where(t.page.c.id == page.id)).one()
    values = dict(page_id=page.id, file_id=shown.file_id, frame=shown.frame, reader="r", recipe="r", languages="spa")
    values |= dict(language="spa", words=1, layout=words.encode(), created=datetime.now(UTC))
    id = shelf.connection.execute(t.reading.insert().values(values)).inserted_primary_key[0]
    mention = dict(
        page_id=page.id, reading_id=id, kind="place", first_word=0, last_word=0, text=words, rule="x", value=""
    )
    shelf.connection.execute(t.mention.insert().values(mention))
    shelf.connection.execute(t.page.update().where(t.page.c.id == page.id).values(shown_reading=id))


def readings_of(shelf):
    return sorted(shelf.connection.scalars(select(t.reading.c.layout)))


def noted(shelf, name, item):
    """The ledger's row of a master that was taken in."""
    path = shelf.folder / name
    outcomes.note_file(
        shelf.connection, shelf.batch, FileOutcome(path, shelf.known[path].sha256, ADDED, items=(item.id,))
    )


def test_erasing_takes_pages_put_into_an_item_that_stays(shelf):
    shelf.master("a.tif")
    shelf.master("b.tif")
    first = shelf.accession(shelf.plan("a.tif", row=row("a"))).pages[0]
    read(shelf, first, "stays")
    batch = shelf.new_batch()
    second = shelf.accession(shelf.plan("a.tif", "b.tif", row=row("a"))).pages[1]
    read(shelf, second, "goes")
    undo(shelf, batch)
    assert readings_of(shelf) == [b"goes", b"stays"]
    done = erasing.erase(shelf.connection, batch)
    assert (done.items, done.pages, done.pictured) == (0, 1, (second.id,))
    assert readings_of(shelf) == list(map(str.encode, shelf.connection.scalars(select(t.mention.c.text)))) == [b"stays"]
    again = erasing.erase(shelf.connection, batch)
    assert again == done


def test_erasing_takes_a_scan_in_whose_place_the_old_one_stands_again(shelf):
    shelf.master("a.tif")
    held = shelf.accession(shelf.plan("a.tif"))
    noted(shelf, "a.tif", held.item)
    read(shelf, held.pages[0], "old")
    batch = shelf.new_batch()
    shelf.master("a.tif", bytes="scanned again")
    shelf.accession(shelf.plan("a.tif"))
    noted(shelf, "a.tif", held.item)
    read(shelf, held.pages[0], "new")
    undo(shelf, batch)
    done = erasing.erase(shelf.connection, batch)
    assert readings_of(shelf) == [b"old"] and done.pictured == (held.pages[0].id,)
    assert shelf.connection.scalar(select(t.page.c.shown_reading).where(t.page.c.id == held.pages[0].id)) is not None


def test_what_a_later_batch_took_in_again_is_not_erased(shelf):
    shelf.master("a.tif")
    shelf.master("b.tif")
    shelf.accession(shelf.plan("a.tif", row=row("a")))
    batch = shelf.new_batch()
    second = shelf.accession(shelf.plan("a.tif", "b.tif", row=row("a"))).pages[1]
    gone = shelf.accession(shelf.plan("b.tif", row=row("b")))
    read(shelf, second, "of both")
    undo(shelf, batch)
    shelf.new_batch()
    shelf.accession(shelf.plan("a.tif", "b.tif", row=row("a")))
    shelf.accession(shelf.plan("b.tif", row=row("b")))
    before = living(shelf.connection)
    assert erasing.erase(shelf.connection, batch).pages == 0
    assert living(shelf.connection) == before and readings_of(shelf) == [b"of both"]
    assert items.item(shelf.connection, gone.item.id).undone is None


def test_a_transcript_of_an_item_is_undone_with_the_batch_that_brought_it(shelf):
    page = shelf.accession(shelf.plan("a.tif")) if shelf.master("a.tif") else None
    batch = shelf.new_batch()
    text = shelf.master("a.txt")
    prior_states.remember(
        shelf.connection, batch, Unit.item(page.item.id), prior_states.item_state(shelf.connection, page.item.id)
    )
    shelf.connection.execute(t.item_file.insert().values(item_id=page.item.id, file_id=text.id, role="transcript"))
    undo(shelf, batch)
    assert shelf.connection.execute(select(t.item_file)).all() == []


NAMES = ("a.tif", "b.tif", "c.tif")
PLANS = st.lists(
    st.tuples(
        st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True),
        st.sampled_from([None, "1", "2"]),
        st.sampled_from([None, PageRange((1,)), PageRange((2, 1))]),
        st.sampled_from([None, AccessDeclaration("closed", "why"), AccessDeclaration("withdrawn", "why")]),
        st.sampled_from(["", "7"]),
        st.sampled_from(["", "rescanned"]),
    ),
    max_size=4,
)


def carry_out(shelf, plans):
    for names, id, pages, access, label, bytes in plans:
        for name in names:
            shelf.master(name, frames=2, bytes=f"{name} {bytes}" if bytes else None)
        said = row(id, access=access, box=label) if id else None
        page_rows = (PageRow(2, id, 1, label=label),) if id and label else ()
        shelf.accession(shelf.plan(*names, row=said, pages=pages if id else None, page_rows=page_rows))


@contextlib.contextmanager
def undone(connection):
    """What is done in the block is as if it had not been."""
    savepoint = connection.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=PLANS, batch=PLANS)
def test_whatever_a_batch_did_undoing_it_restores_the_record(shelf, before, batch):
    with undone(shelf.connection):
        shelf.batch = batches.begin(shelf.connection, batches.INGEST, ["before"]).id
        carry_out(shelf, before)
        first = living(shelf.connection)
        number = shelf.new_batch()
        carry_out(shelf, batch)
        second = living(shelf.connection)
        if batches.end(shelf.connection, number):
            batches.undo(shelf.connection, number)
        assert living(shelf.connection) == first
        shelf.batch = batches.begin(shelf.connection, batches.INGEST, ["again"]).id
        carry_out(shelf, batch)
        if len(batch) > 1 or any(bytes for *_, bytes in before):
            return  # files that change, or change hands, in between: other pages may have come to them
        again = living(shelf.connection)
        assert {id: [p[0] for p in one[-1]] for id, one in again[0].items()} == {
            id: [p[0] for p in one[-1]] for id, one in second[0].items()
        }
