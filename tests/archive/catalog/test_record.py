"""The record in the catalog: ids stay, rules are ended and not deleted, the outbox forgets nothing."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import text

from archive.access import Rule, State
from archive.catalog import aliases, files, items, journal, readings, rules, tree
from archive.config import Config, IngestSettings
from archive.description import Description, Statement
from archive.layout import Layout, TextBlock, TextLine, Word
from archive.record import Candidate, File, Frame, Location, NewMention, NewReading
from archive.unit import Unit

NAAN = "99999"
FILE = File(
    0,
    "a" * 64,
    10,
    "image/tiff",
    (Frame(1, 100, 200, 300.0), Frame(2, 100, 200, None)),
    (("title", "Foto", "IPTC 2:05"),),
)


def an_item(connection, pages=2):
    file = files.add_file(connection, FILE)
    item = items.add_item(connection, NAAN)
    return (
        file,
        item,
        [items.add_page(connection, NAAN, item.id, n, file.id, n, 100, 200, 300.0) for n in range(1, pages + 1)],
    )


def test_a_file_comes_back_as_it_was_put(connection):
    file = files.add_file(connection, FILE)
    assert files.file_by_sha256(connection, "a" * 64) == replace(FILE, id=file.id)


def test_roots_keep_their_names_and_never_share_one(connection):
    first = files.put_root(connection, Path("/a/scans"), {})
    assert files.put_root(connection, Path("/a/scans"), {}) == first == "scans"
    assert files.put_root(connection, Path("/b/scans"), {}) == "scans-2"
    assert files.put_root(connection, Path("/mnt/disk"), {"masters": Path("/mnt/disk")}) == "masters"


def test_a_disk_mounted_elsewhere_is_one_changed_setting(connection, tmp_path):
    file = files.add_file(connection, FILE)
    root = files.put_root(connection, tmp_path / "old", {})
    files.put_location(connection, Location(file.id, root, "a/b.tif", 10, 1))
    assert files.path_of(connection, file.id, Config()) is None
    (tmp_path / "new" / "a").mkdir(parents=True)
    (tmp_path / "new" / "a" / "b.tif").touch()
    moved = Config(ingest=IngestSettings(roots={root: str(tmp_path / "new")}))
    assert files.path_of(connection, file.id, moved) == tmp_path / "new" / "a" / "b.tif"
    assert files.put_root(connection, tmp_path / "new", moved.roots) == root


def test_pages_are_in_order_and_those_taken_out_are_not_among_them(connection):
    _, item, pages = an_item(connection)
    items.set_sequence(connection, pages[0].id, 3)
    assert [page.id for page in items.pages(connection, item.id)] == [pages[1].id, pages[0].id]
    items.set_sequence(connection, pages[1].id, 0)
    assert [page.id for page in items.pages(connection, item.id)] == [pages[0].id]
    assert items.page(connection, pages[1].id) is not None


def test_an_alias_leads_on_and_a_loop_of_them_ends(connection):
    a, b, c = map(Unit.item, "abc")
    aliases.add(connection, a, b, "merged")
    aliases.add(connection, b, c, "merged")
    assert aliases.target(connection, "a") == "c"
    assert aliases.target(connection, "z") == "z"
    aliases.add(connection, c, a, "by mistake")
    assert aliases.target(connection, "a") in {"a", "b", "c"}


def test_a_description_is_replaced_whole(connection):
    _, item, _ = an_item(connection)
    said = Description((Statement("title", "Uno", "text"), Statement("subject", "x", "spreadsheet")))
    items.set_description(connection, item.id, said, None, "hash")
    assert items.description(connection, item.id) == said
    items.set_description(connection, item.id, Description(), None, "")
    assert items.description(connection, item.id).statements == ()


def test_the_newest_reading_is_shown_and_the_old_one_kept(connection):
    _, _, pages = an_item(connection)
    layout = Layout(100, 200, (TextBlock((TextLine((Word("Tecoluca", 1, 2, 3, 4, 0.5),)),), "spa"),))
    new = NewReading("tesseract 5", "r", ("spa", "eng"), "spa", layout)
    mention = NewMention("place", 0, 0, "Tecoluca", "name", "san-vicente/tecoluca")
    first = readings.add(connection, pages[0], new, [mention])
    second = readings.add(connection, pages[0], replace(new, recipe="r2"), [])
    assert items.page(connection, pages[0].id).shown_reading == second
    assert readings.layout(connection, first) == layout
    assert readings.mentions(connection, first) == (mention,)
    assert readings.twin(connection, pages[0], "r") == first
    assert readings.twin(connection, pages[1], "r") is None


def test_what_is_undecided_keeps_what_it_may_be(connection):
    _, _, pages = an_item(connection)
    layout = Layout(100, 200, (TextBlock((TextLine((Word("San José", 1, 2, 3, 4),)),), "spa"),))
    candidates = (Candidate("la-union/san-jose", ("name", "page")), Candidate("costa-rica/san-jose"))
    mention = NewMention("place", 0, 0, "San José", "name", "", candidates)
    id = readings.add(connection, pages[0], NewReading("x", "r", ("spa",), "spa", layout), [mention])
    assert readings.mentions(connection, id) == tuple(readings.mentions_of(connection, [id])[id]) == (mention,)


def test_a_value_is_found_by_an_index_on_pages_as_they_are_shown(connection):
    _, _, (one, other) = an_item(connection)
    new = NewReading("x", "r", ("spa",), "spa", Layout(100, 200))
    place, date = (NewMention(kind, 0, 0, "x", "r", "1983") for kind in ("place", "date"))
    undecided = NewMention("place", 0, 0, "x", "r", "")
    readings.add(connection, one, new, [place, date, undecided])
    readings.add(connection, other, new, [place])
    assert list(readings.mentioned(connection, "place", "1983")) == [(one.id, place), (other.id, place)]
    assert list(readings.mentioned(connection, "place")) == [(one.id, undecided)]
    readings.add(connection, one, new, [date])
    assert list(readings.mentioned(connection, "place", "1983")) == [(other.id, place)]
    items.set_sequence(connection, other.id, 0)
    assert list(readings.mentioned(connection, "place", "1983")) == []
    asked = text("select id from mention where kind = 'place' and value = '1983' order by id")
    if connection.dialect.name == "sqlite":
        ((*_, plan),) = connection.execute(text(f"explain query plan {asked}"))
        assert "ix_mention_kind_value_id (kind=? AND value=?)" in plan


def test_a_spreadsheet_does_not_undo_what_a_person_decided(connection):
    _, item, _ = an_item(connection)
    assert rules.put(connection, Unit.item(item.id), Rule(State.SUPPRESSED, reason="asked by the family"), "person")
    assert rules.put(connection, Unit.item(item.id), Rule(State.OPEN), "spreadsheet")
    assert rules.of_item(connection, item.id, None, State.OPEN).state is State.SUPPRESSED


def test_the_same_rule_again_is_no_change(connection):
    _, item, _ = an_item(connection)
    rule = Rule(State.CLOSED, reason="legal file")
    assert rules.put(connection, Unit.item(item.id), rule, "spreadsheet")
    assert not rules.put(connection, Unit.item(item.id), rule, "spreadsheet")
    assert rules.put(connection, Unit.item(item.id), None, "spreadsheet")
    assert not rules.put(connection, Unit.item(item.id), None, "spreadsheet")
    assert rules.standing(connection, Unit.item(item.id)) is None


def test_rules_come_down_from_the_series(connection):
    series, _ = tree.put_component(connection, NAAN, ref_id="s", parent_id=None, level="series", title="Legal files")
    below, _ = tree.put_component(connection, NAAN, ref_id="f", parent_id=series, level="file", title="File 1")
    _, item, pages = an_item(connection)
    items.set_description(connection, item.id, Description(), below, "")
    rules.put(connection, Unit.component(series), Rule(State.CLOSED), "spreadsheet")
    assert rules.of_page(connection, pages[0].id, item.id, below, State.OPEN).state is State.CLOSED
    assert tree.below(connection, series) == (series, below)
    assert [one.id for one in tree.path(connection, below)] == [series, below]


def test_a_component_keeps_its_id_when_read_again(connection):
    id, changed = tree.put_component(connection, NAAN, ref_id="c", parent_id=None, level="collection", title="Papers")
    assert changed
    assert tree.put_component(connection, NAAN, ref_id="c", parent_id=None, level="collection", title="Papers") == (
        id,
        False,
    )
    assert tree.put_component(connection, NAAN, ref_id="c", parent_id=None, level="collection", title="The papers") == (
        id,
        True,
    )


def test_folder_3_of_box_1_is_not_folder_3_of_box_2(connection):
    one = tree.put_container(connection, "box", "1", barcode="0031")
    two = tree.put_container(connection, "box", "2")
    assert tree.put_container(connection, "folder", "3", parent_id=one) != tree.put_container(
        connection, "folder", "3", parent_id=two
    )
    assert tree.put_container(connection, "box", "1") == one


def test_the_outbox_keeps_what_came_after(connection):
    journal.post(connection, map(Unit.page, ["p1", "p2", "p1"]))
    up_to, waiting = journal.waiting(connection, 100)
    assert waiting == (Unit.page("p1"), Unit.page("p2"))
    journal.post(connection, [Unit.page("p1")])
    journal.heard(connection, up_to)
    assert journal.waiting(connection, 100)[1] == (Unit.page("p1"),)
    assert journal.outbox_length(connection) == 1


def test_events_are_added_in_order(connection):
    journal.note(connection, "accession", Unit.item("x"), file="a.tif")
    journal.note(connection, "access", Unit.item("x"), state="closed")
    assert [(one.action, one.detail) for one in journal.events(connection, Unit.item("x"))] == [
        ("accession", {"file": "a.tif"}),
        ("access", {"state": "closed"}),
    ]
