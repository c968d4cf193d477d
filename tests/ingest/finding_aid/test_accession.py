"""A finding aid in the catalog: read again it updates by ref_id and changes no permalink; what was before is kept."""

import re
from pathlib import Path

import pytest
from sqlalchemy import false, or_, select

from archive.access import Rule, State
from archive.catalog import batches, files, items, journal, rules, tree, units
from archive.catalog import tables as t
from archive.catalog.connect import open_catalog, signed
from archive.description import Description
from archive.record import File, Frame
from archive.unit import Unit
from ingest.finding_aid.accession import put_finding_aid
from ingest.finding_aid.whole import read_whole

NAAN = "99999"
HERE = Path(__file__).parent
LETTERS = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def connection(catalog_url):
    catalog = open_catalog(catalog_url, create=True)
    with signed(catalog, "Ana").begin() as connection:
        yield connection
    catalog.dispose()


@pytest.fixture
def put(connection, tmp_path):
    """Puts in the EAD 2002 sample, changed by pairs of a pattern and what to put in its place."""

    def put(*changes, name="ead2002.xml", **options):
        text = (HERE / name).read_text("utf-8")
        for pattern, instead in changes:
            text, found = re.subn(pattern, instead, text, flags=re.S)
            assert found, pattern
        path = tmp_path / name
        path.write_text(text, "utf-8")
        with read_whole(path) as whole:
            path.unlink()  # nothing of it is looked at while the catalog is written
            return put_finding_aid(connection, NAAN, whole, **options)

    return put


def an_item(connection, ref_id):
    """An item of one page in a component; returns the page's id."""
    number = len(connection.execute(select(t.file.c.id)).all())
    file = files.add_file(connection, File(0, f"{number:064d}", 10, "image/tiff", (Frame(1, 100, 200, 300.0),)))
    item = items.add_item(connection, NAAN)
    items.set_description(connection, item.id, Description(), tree.component_by_ref(connection, ref_id).id, "")
    return items.add_page(connection, NAAN, item.id, 1, file.id, 1, 100, 200, 300.0).id


def rows(connection):
    return {row.ref_id: dict(row._mapping) for row in connection.execute(select(t.component))}


def state_before(connection, batch):
    return {
        row.subject_id: row.state
        for row in connection.execute(select(t.prior_state).where(t.prior_state.c.batch_id == batch))
    }


def heard(connection):
    """The pages of which the index is to hear; it has heard of them then."""
    up_to, changed = journal.waiting(connection, 1000)
    journal.heard(connection, up_to)
    return set(connection.scalars(select(t.page.c.id).where(or_(false(), *map(units.is_in, changed)))))


def test_the_tree_with_its_containers_and_rules(connection, put):
    done = put()
    assert (done.added, done.changed, done.well) == (6, 0, True)
    top = tree.component_by_ref(connection, "prueba-1")
    assert [one.title for one in tree.children(connection, top.id)] == ["Letters to El Mundo Inventado", "1987-1989"]
    letters = tree.component_by_ref(connection, LETTERS)
    assert (letters.source, letters.finding_aid, letters.use_note) == ("finding aid", "prueba-1", "Quote with care.")
    assert [(one.type, one.indicator, one.barcode) for one in tree.component_containers(connection, letters.id)] == [
        ("box", "3", "32108000000017"),
        ("folder", "7-9", ""),
        ("box", "3", "32108000000025"),
    ]
    batch = connection.execute(select(t.batch)).one()
    assert (batch.kind, batch.name, batch.ended is not None, batch.id) == (
        "finding aid",
        "ead2002.xml",
        True,
        done.batch,
    )
    assert list(state_before(connection, batch.id).values()) == [None] * 6
    below = tree.component_by_ref(connection, "below-hidden")
    assert rules.of_component(connection, below.id, State.OPEN).state is State.SUPPRESSED
    assert done.undecided == [LETTERS] and done.suppressed == ["hidden"] and len(done.closed) == 1
    assert rules.of_component(connection, letters.id, State.OPEN).whole


@pytest.mark.parametrize("name", ["ead2002.xml", "ead3.xml"])
def test_read_again_it_changes_nothing_and_makes_no_batch(connection, put, name):
    put(name=name)
    before, outbox = rows(connection), heard(connection)
    done = put(name=name)
    assert (done.added, done.changed, done.batch, outbox) == (0, 0, None, set())
    assert rows(connection) == before
    assert len(connection.execute(select(t.batch)).all()) == 1


def test_a_newer_export_as_ead3_finds_the_same_components(connection, put):
    put()
    before = rows(connection)
    put(name="ead3.xml")
    after = rows(connection)
    assert {ref: row["id"] for ref, row in before.items()} == {ref: row["id"] for ref, row in after.items()}


def test_a_changed_component_keeps_its_id_and_its_state_before(connection, put):
    first = put()
    before = rows(connection)
    done = put(("Letters to", "Notes to"), ('type="Folder">7-9', 'type="Folder">10'))
    assert done.changes == [(LETTERS, ("title", "containers"))] and done.unchanged == 5
    after = rows(connection)[LETTERS]
    assert after["id"] == before[LETTERS]["id"] and after["title"] == "Notes to El Mundo Inventado"
    kept = state_before(connection, done.batch)
    assert set(kept) == {after["id"]}
    state = kept[after["id"]]
    state.pop("containers"), state.pop("rules")
    assert state == before[LETTERS]
    batches.undo(connection, done.batch)
    assert rows(connection) == before
    assert put().changed == 0 and first.batch != done.batch


def test_undone_the_rules_of_spreadsheet_and_finding_aid_are_as_they_were(connection, put):
    put(close_restricted=True)
    page = an_item(connection, LETTERS)
    letters = tree.component_by_ref(connection, LETTERS).id
    rules.put(connection, Unit.component(letters), Rule(State.CLOSED, reason="Of the row."), "spreadsheet")
    before = [rules.of_origin(connection, Unit.component(letters), origin) for origin in ("spreadsheet", "finding aid")]
    assert None not in before
    hidden = put(
        (
            'id="aspace_0123456789abcdef0123456789abcdef"',
            'id="aspace_0123456789abcdef0123456789abcdef" audience="internal"',
        )
    )
    assert rules.of_component(connection, letters, State.OPEN).state is State.SUPPRESSED
    heard(connection)
    batches.undo(connection, hidden.batch)
    assert [
        rules.of_origin(connection, Unit.component(letters), origin) for origin in ("spreadsheet", "finding aid")
    ] == before
    assert rules.of_component(connection, letters, State.OPEN).reason == "Of the row." and heard(connection) == {page}


def test_the_first_import_undone_leaves_nothing(connection, put):
    batches.undo(connection, put().batch)
    assert rows(connection) == {}
    assert put().added == 6


def test_a_component_that_moved_takes_its_items_along_and_the_index_hears(connection, put):
    put()
    page, other = an_item(connection, "photos"), an_item(connection, LETTERS)
    heard(connection)
    moved = re.search(r'<c02 id="aspace_photos".*?</c02>', (HERE / "ead2002.xml").read_text("utf-8"), re.S)[0]
    done = put(
        (re.escape(moved), ""),
        ("</dsc>\n  </archdesc>", moved.replace("c02", "c01").replace("\\", "") + "</dsc></archdesc>"),
    )
    assert done.moved == 1 and not done.missing
    photos = tree.component_by_ref(connection, "photos")
    assert tree.component(connection, photos.parent_id).ref_id == "prueba-1"
    assert heard(connection) == {page} and other


def test_what_is_no_longer_published_is_suppressed_and_comes_back(connection, put):
    put()
    page = an_item(connection, "photos")
    heard(connection)
    done = put(('id="aspace_photos"', 'id="aspace_photos" audience="internal"'))
    photos = tree.component_by_ref(connection, "photos")
    assert rules.of_component(connection, photos.id, State.OPEN).state is State.SUPPRESSED
    assert heard(connection) == {page} and done.changes == [("photos", ("access",))]
    done = put()
    assert rules.of_component(connection, photos.id, State.OPEN).whole and heard(connection) == {page}
    batches.undo(connection, done.batch)
    assert rules.of_component(connection, photos.id, State.OPEN).state is State.SUPPRESSED


def test_what_vanished_is_kept_while_items_hang_on_it_else_a_tombstone_stands(connection, put):
    put()
    an_item(connection, "photos")
    gone = (r'<c02 id="aspace_photos".*?</c02>', ""), (r'<c02 id="aspace_hidden".*?</c02>', "")
    done = put(*gone)
    assert (done.missing, sorted(done.withdrawn), done.well) == (["photos"], ["below-hidden", "hidden"], False)
    photos, hidden = (tree.component_by_ref(connection, ref) for ref in ("photos", "hidden"))
    assert rules.of_component(connection, photos.id, State.OPEN).whole
    assert rules.of_component(connection, hidden.id, State.OPEN).state is State.WITHDRAWN
    again = put(*gone)
    assert (again.batch, again.withdrawn, again.missing) == (None, [], ["photos"])
    put()
    assert rules.of_component(connection, hidden.id, State.OPEN).state is State.SUPPRESSED


def test_a_persons_rule_stands_whatever_the_finding_aid_says(connection, put):
    put()
    letters = tree.component_by_ref(connection, LETTERS)
    rules.put(connection, Unit.component(letters.id), Rule(State.CLOSED, reason="A person said so."), "person")
    put(close_restricted=True)
    assert rules.standing(connection, Unit.component(letters.id)).reason == "A person said so."
    rules.put(connection, Unit.component(letters.id), Rule(State.OPEN), "person")
    put(("Ask the archivist", "Ask no one"), close_restricted=True)
    assert rules.of_component(connection, letters.id, State.OPEN).whole


def test_what_is_not_published_is_not_opened_by_a_spreadsheet(connection, put):
    put()
    hidden = tree.component_by_ref(connection, "hidden")
    rules.put(connection, Unit.component(hidden.id), Rule(State.OPEN), "spreadsheet")
    assert rules.of_component(connection, hidden.id, State.OPEN).state is State.SUPPRESSED


def test_every_note_not_known_to_be_open_closes_where_that_is_asked(connection, put):
    done = put(close_restricted=True)
    letters = tree.component_by_ref(connection, LETTERS)
    found = rules.of_component(connection, letters.id, State.OPEN)
    assert (found.state, found.reason) == (State.CLOSED, "Ask the archivist before the day comes.")
    assert done.undecided == [] and LETTERS in done.closed
    assert rules.of_component(connection, tree.component_by_ref(connection, "prueba-1").id, State.OPEN).whole


def test_a_finding_aid_stands_before_components_csv(connection, put):
    def spreadsheet(title):
        top, _ = tree.put_component(
            connection, NAAN, ref_id="own-name", parent_id=None, level="collection", title=title, unitid="PI.1"
        )
        return top, tree.put_component(connection, NAAN, ref_id="photos", parent_id=top, level="file", title=title)[0]

    top, photos = spreadsheet("As typed")
    done = put()
    # The collection is found by its reference code, and both keep their ids.
    assert tree.component_by_ref(connection, "photos").id == photos
    assert tree.component(connection, top).title == "Papers of an Invented Committee"
    assert tree.component_by_ref(connection, "prueba-1") is None
    assert [one.text for one in done.remarks if "components.csv" in one.text] == [
        "components.csv says otherwise of its title; the finding aid holds",
        "components.csv says otherwise of its title, level; the finding aid holds",
    ]
    spreadsheet("Typed again")
    assert tree.component(connection, photos).title == "Photographs"
    assert put().changed == 0


def test_ids_that_every_finding_aid_has_do_not_meet(connection, put):
    put()
    done = put(("prueba-1", "prueba-2"), ("PI.1", "PI.2"))
    assert rows(connection)["photos"]["finding_aid"] == "prueba-1"
    assert rows(connection)["prueba-2:photos"]["finding_aid"] == "prueba-2"
    # An id that ArchivesSpace made is one component, carried over.
    assert rows(connection)[LETTERS]["finding_aid"] == "prueba-2"
    assert done.added == 5 and any("known by both" in one.text for one in done.remarks)
    assert put(("prueba-1", "prueba-2"), ("PI.1", "PI.2")).changed == 0
