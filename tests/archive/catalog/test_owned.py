"""The registry of what an item owns names every table, and after erasing nothing says anything of what was erased."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import JSON, Boolean, Float, LargeBinary, select

from archive import folders
from archive.catalog import aliases, erasing, items, owned
from archive.catalog import tables as t
from archive.catalog.owned import Fate, Owner
from archive.catalog.types import DateTime, FilePath, String, Text
from archive.dump.rows import number_on

WHEN = datetime(2026, 5, 1, tzinfo=UTC)
FATES = {
    "undo": {Fate.KEEP, Fate.RESTORE, Fate.TAKE_AWAY},
    "erase": {Fate.KEEP, Fate.TAKE_AWAY, Fate.EMPTY, Fate.CLEAR},
    "retire": {Fate.KEEP, Fate.TAKE_AWAY, Fate.HAND_OVER},
    "dump": {Fate.KEEP, Fate.WRITE_OUT},
}
#: Of tables whose rows stay when they are emptied: the columns that hold words of the program's own, a format, a
#: language or who did it, and nothing of what was erased.
OURS = {
    "item": {"read_in"},
    "page": {"read_in"},
    "file": {"media_type", "puid", "format", "frames"},
    "access_rule": {"subject_kind", "state", "review_date", "origin"},
    "event": {"agent", "action", "subject_kind", "outcome"},
    "alias": {"kind"},
}
#: Columns of remembered tables that no batch changes.
UNCHANGED = {"item": {"ordinal", "id", "undone", "created"}, "page": {"ordinal", "item_id"}}
every_row = pytest.mark.parametrize("one", owned.REGISTRY, ids=lambda one: one.table.name)


def says(column):
    """Whether a column can hold words."""
    return isinstance(column.type, (String, Text, FilePath, JSON, LargeBinary))


def test_every_table_of_the_record_stands_in_it_once():
    assert sorted(one.table.name for one in owned.REGISTRY) == sorted(t.metadata.tables)


@every_row
def test_a_row_says_what_each_of_the_four_does(one):
    for name, allowed in FATES.items():
        assert getattr(one, name) in allowed, name
    assert bool(one.emptied) == (one.erase is Fate.EMPTY)
    assert bool(one.hangs) or one.erase in (Fate.KEEP, Fate.CLEAR)
    names = set(one.table.c.keys())
    assert names >= {*one.emptied, *one.stays, *one.handed_over, *(one.remembered.columns if one.remembered else ())}


@every_row
def test_what_refers_to_what_is_taken_away_hangs_on_it_or_lets_go(one):
    known = {hang.column.name for hang in (*one.hangs, *one.points)}
    for key in one.table.foreign_keys:
        if owned.of(key.column.table.name).erase is Fate.TAKE_AWAY:
            assert key.parent.name in known


@every_row
def test_a_column_that_holds_words_is_emptied_or_stays_for_a_reason(one):
    if one.erase is Fate.EMPTY:
        words = {column.name for column in one.table.c if says(column)}
        foreign = {key.parent.name for key in one.table.foreign_keys}
        assert words == {*one.emptied, *one.stays, *OURS.get(one.table.name, ())} & words | foreign & words - {
            *one.stays
        }


@every_row
def test_whatever_a_batch_may_change_of_a_row_is_remembered(one):
    if one.remembered:
        hang = {column.column.name for column in one.hangs if column.owner in (Owner.ITEM, Owner.COMPONENT)}
        rest = set(one.table.c.keys()) - {*one.remembered.columns} - hang - {one.remembered.position}
        assert rest == UNCHANGED.get(one.table.name, set()) - hang


class Record:
    """A catalog with a row of each kind in every table for each of two items, `gone` and `kept`: whatever can hold
    words says whose it is."""

    MEANT = {
        "component.id": "{}-series",
        "item.id": "{}-item",
        "page.id": "{}-page",
        "file.sha256": "{}-bytes",
        "file_outcome.sha256": "{}-bytes",
        "alias.alias": "{}-old",
        "alias.target": "{}-item",
    }
    SUBJECTS = {Owner.COMPONENT: "{}-series", Owner.ITEM: "{}-item", Owner.PAGE: "{}-page", Owner.BYTES: "{}-bytes"}

    def __init__(self, connection):
        self.connection = connection
        for table in t.metadata.sorted_tables:
            one = owned.of(table.name)
            for number, who in enumerate(("gone", "kept"), 1):
                if one.table is not t.root or who == "kept":
                    self._fill(one, number, who)
            number_on(connection, table)
        # As an undo leaves it.
        connection.execute(t.item.update().where(t.item.c.id == "kept-item").values(undone=None))
        connection.execute(t.decision.update().values(ended=None))
        connection.execute(t.item.update().where(t.item.c.id == "gone-item").values(component_id=None))
        for column in (t.component_container.c.component_id, t.component.c.id):
            connection.execute(column.table.delete().where(column == "gone-series"))

    def _fill(self, one, number, who):
        row = {column.name: self._value(one, column, number, who) for column in one.table.c}
        kinds = [hang for hang in one.hangs if hang.kind is not None]
        for place, hang in enumerate(kinds):
            subject = self.SUBJECTS.get(hang.owner, str(number)).format(who)
            of_kind = {hang.kind.name: hang.named, hang.column.name: subject}
            counted = {name: 100 * number + place for name in ("id", "seq") if name in row}
            self.connection.execute(one.table.insert().values({**row, **of_kind, **counted}))
        if not kinds:
            self.connection.execute(one.table.insert().values(row))

    def _value(self, one, column, number, who):
        if meant := self.MEANT.get(f"{column.table.name}.{column.name}"):
            return meant.format(who)
        for key in column.foreign_keys:
            return self._value(owned.of(key.column.table.name), key.column, number, who)
        if column in one.lists:
            return [f"{who}-item"]
        ours = column.name in OURS.get(column.table.name, ()) or not (one.hangs or one.erase is Fate.CLEAR)
        words = f"{'plain' if ours and not column.unique else who} {column.name}"
        if isinstance(column.type, JSON):
            return {"pages": [], "said": words}
        if isinstance(column.type, LargeBinary):
            return words.encode()
        if isinstance(column.type, (String, Text, FilePath)):
            return words[: getattr(column.type.impl, "length", None) or 99]
        if isinstance(column.type, DateTime):
            return WHEN
        return False if isinstance(column.type, Boolean) else 0.5 if isinstance(column.type, Float) else number

    def rows(self, table):
        return [row._mapping for row in self.connection.execute(select(table).order_by(*table.primary_key.columns))]

    def of(self, who):
        """Every row that says `who`, as text by table; without what only the other one's going may change."""
        return {
            table.name: [str(dict(row)) for row in self.rows(table) if who in str(dict(row))]
            for table in t.metadata.sorted_tables
        }


@pytest.fixture
def record(connection):
    return Record(connection)


def test_after_erasing_no_row_says_anything_of_what_was_erased(record):
    kept = record.of("kept")
    assert sum(map(bool, kept.values())) > 15
    done = erasing.erase(record.connection, 1)
    assert (done.items, done.pages, done.pictured) == (1, 1, ("gone-page",))
    for table in t.metadata.sorted_tables:
        one = owned.of(table.name)
        for row in record.rows(table):
            for column in filter(says, table.c):
                assert "gone" not in str(row[column.name]) or column.name in one.stays, (table.name, dict(row))
            if one.erase in (Fate.TAKE_AWAY, Fate.CLEAR):
                assert "gone" not in str(dict(row))
    # Its ids lead to a notice, and what closed it goes on closing it.
    assert items.item(record.connection, "gone-item").undone == 1
    assert aliases.target(record.connection, "gone-old") == "gone-item"
    rules = [row for row in record.rows(t.access_rule) if row["subject_id"] == "gone-item"]
    assert [(row["state"], row["reason"], row["authority"]) for row in rules] == [("plain state", "", "")]
    # A decision of a kind that is not known may restrict.
    closed = [row["state"] for row in record.rows(t.access_rule) if row["origin"] == erasing.ERASED]
    assert closed == ["closed"]
    assert record.of("kept") == {**kept, "identified_file": []}


def test_what_others_use_stays_and_does_not_name_what_was_erased(record):
    connection = record.connection
    connection.execute(t.page.update().where(t.page.c.id == "kept-page").values(file_id=1))
    both = ["gone-item", "kept-item"]
    connection.execute(t.file_outcome.update().where(t.file_outcome.c.sha256 == "gone-bytes").values(items=both))
    erasing.erase(connection, 1)
    (file,) = (row for row in record.rows(t.file) if row["id"] == 1)
    assert file["embedded"] == {"pages": [], "said": "gone embedded"}
    assert [row["items"] for row in record.rows(t.file_outcome)] == [["kept-item"]] * 2
    assert len(record.rows(t.location)) == 2


def test_an_item_that_is_retired_leaves_its_pages_and_its_id_to_another(record):
    items.retire(record.connection, "gone-item", "kept-item", "described by a row")
    of_items = {
        table.name for table in t.metadata.sorted_tables if any("gone-item" in str(r) for r in record.rows(table))
    }
    assert of_items == {"access_rule", "event", "alias", "prior_state", "file_outcome", "outbox", "withheld"}
    pages = {row["id"]: (row["item_id"], row["sequence"]) for row in record.rows(t.page)}
    assert pages == {"gone-page": ("kept-item", 0), "kept-page": ("kept-item", 2)}


def test_every_picture_of_an_erased_page_goes_and_no_other(tmp_path):
    places = {
        id: [p for one in folders.FOLDERS if one.of_page for p in one.of_page(tmp_path, id)] for id in ("a12", "b12")
    }
    for path in sum(places.values(), []):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    folders.erase(tmp_path, ["a12"])
    assert {path for path in tmp_path.rglob("*.jpg")} == set(places["b12"])
