"""What an item owns: each table of the record once, how its rows hang on an item, and what becomes of them.

Undoing a batch, erasing it for good, the retiring of an item and the dump are driven from here, and name no tables of
their own. What an item owns on the disk is in `archive.folders`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Table

from archive.catalog import tables as t
from archive.unit import Kind, Other


class Owner(StrEnum):
    """What a row may hang on, by the id that rows know it by: a unit, or what is none."""

    ITEM, PAGE, COMPONENT = "item", "page", "component"
    READING = "reading"
    #: A file that nothing else uses: by its number, and (as the ledger and events know it) by its SHA-256.
    FILE, BYTES = "file", "bytes"
    #: A file that others use, too, by its SHA-256.
    SHARED_BYTES = "shared bytes"
    #: A place of a file, by its number.
    PLACE = "place"


class Fate(StrEnum):
    """What becomes of the rows that an item owns."""

    KEEP = "keep"
    TAKE_AWAY = "take away"
    #: Every row of the table goes, whosever it is.
    CLEAR = "clear"
    #: The row stays, and loses what it says.
    EMPTY = "empty"
    #: As the batch remembers that it was before.
    RESTORE = "restore"
    #: It goes over to the item that an id leads to from now on.
    HAND_OVER = "hand over"
    WRITE_OUT = "write out"


@dataclass(frozen=True)
class Hang:
    """How a row hangs on its owner: `column` holds its id, where `kind`, if the table has such a column, names it
    (`named`)."""

    owner: Owner
    column: Column[Any]
    kind: Column[Any] | None = None
    named: str = ""


@dataclass(frozen=True)
class Remembered:
    """What a batch keeps of rows that it may change, in `prior_state`: the `columns`, under `key`. `position` is the
    column that numbers the rows of an item, from 1."""

    key: str
    columns: tuple[str, ...]
    position: str = ""


@dataclass(frozen=True)
class Owned:
    """A table of the record.

    `undo` is what becomes of rows when a batch that changed them is taken back, `erase` of rows of what it brought when
    that is to go for good, `retire` of rows of an item whose id leads to another from now on, `dump` of all rows.
    `emptied` and `handed_over` have the columns, with their new values, that EMPTY and HAND_OVER mean. `points` refer
    to what may be taken away from rows that stay, and then to nothing; `lists` are JSON lists of item ids. `stays` are
    the columns that go on naming what was erased: ids that must lead to a notice, and stand again when the masters are
    taken in again.
    """

    table: Table
    hangs: tuple[Hang, ...] = ()
    undo: Fate = Fate.KEEP
    erase: Fate = Fate.KEEP
    retire: Fate = Fate.KEEP
    dump: Fate = Fate.WRITE_OUT
    remembered: Remembered | None = None
    emptied: Mapping[str, object] = field(default_factory=dict)
    handed_over: Mapping[str, object] = field(default_factory=dict)
    points: tuple[Hang, ...] = ()
    lists: tuple[Column[Any], ...] = ()
    stays: tuple[str, ...] = ()


def _by_kind(table: Table, owners: Mapping[Kind | Other, Owner]) -> tuple[Hang, ...]:
    kind, id = table.c.subject_kind, table.c.subject_id
    return tuple(Hang(owner, id, kind, named) for named, owner in owners.items())


_UNITS: dict[Kind | Other, Owner] = {Kind.ITEM: Owner.ITEM, Kind.PAGE: Owner.PAGE, Kind.COMPONENT: Owner.COMPONENT}

#: A row a table of the record; a test demands that none is missing.
REGISTRY: tuple[Owned, ...] = (
    # The tree and the boxes are the archive's: an undo restores them, and no item owns any.
    Owned(t.component, undo=Fate.RESTORE),
    Owned(t.container),
    Owned(
        t.component_container,
        (Hang(Owner.COMPONENT, t.component_container.c.component_id),),
        undo=Fate.RESTORE,
        remembered=Remembered("containers", ("container_id",)),
    ),
    Owned(
        t.item,
        (Hang(Owner.ITEM, t.item.c.id),),
        undo=Fate.RESTORE,
        erase=Fate.EMPTY,
        retire=Fate.TAKE_AWAY,
        remembered=Remembered("item", ("local_id", "origin", "component_id", "described_by", "plan", "read_in")),
        emptied={"described_by": "", "plan": "", "component_id": None},
        stays=("id", "local_id", "origin"),
    ),
    Owned(
        t.item_container,
        (Hang(Owner.ITEM, t.item_container.c.item_id),),
        undo=Fate.RESTORE,
        erase=Fate.TAKE_AWAY,
        retire=Fate.TAKE_AWAY,
        remembered=Remembered("containers", ("container_id",)),
    ),
    Owned(
        t.statement,
        (Hang(Owner.ITEM, t.statement.c.item_id),),
        undo=Fate.RESTORE,
        erase=Fate.TAKE_AWAY,
        retire=Fate.TAKE_AWAY,
        remembered=Remembered("statements", ("element", "value", "source", "detail"), "position"),
    ),
    Owned(
        t.item_file,
        (Hang(Owner.ITEM, t.item_file.c.item_id),),
        undo=Fate.RESTORE,
        erase=Fate.TAKE_AWAY,
        retire=Fate.TAKE_AWAY,
        remembered=Remembered("files", ("file_id", "role")),
    ),
    Owned(
        t.page,
        (Hang(Owner.PAGE, t.page.c.id), Hang(Owner.ITEM, t.page.c.item_id)),
        undo=Fate.RESTORE,
        erase=Fate.EMPTY,
        retire=Fate.HAND_OVER,
        remembered=Remembered(
            "pages",
            (
                "id",
                "sequence",
                "label",
                "role",
                "file_id",
                "frame",
                "width",
                "height",
                "dpi",
                "shown_reading",
                "read_in",
                "read_in_by_row",
                "by_ocr",
            ),
        ),
        emptied={"label": "", "role": "", "shown_reading": None},
        handed_over={"sequence": 0},
        points=(Hang(Owner.READING, t.page.c.shown_reading),),
        stays=("id", "item_id"),
    ),
    Owned(
        t.reading,
        (Hang(Owner.PAGE, t.reading.c.page_id), Hang(Owner.READING, t.reading.c.id)),
        erase=Fate.TAKE_AWAY,
        points=(Hang(Owner.READING, t.reading.c.base_id),),
    ),
    Owned(
        t.mention,
        (Hang(Owner.PAGE, t.mention.c.page_id), Hang(Owner.READING, t.mention.c.reading_id)),
        erase=Fate.TAKE_AWAY,
    ),
    Owned(
        t.decision,
        (Hang(Owner.PAGE, t.decision.c.page_id), Hang(Owner.READING, t.decision.c.reading_id)),
        erase=Fate.TAKE_AWAY,
        points=(Hang(Owner.READING, t.decision.c.placed_on),),
    ),
    Owned(t.page_outcome, (Hang(Owner.PAGE, t.page_outcome.c.page_id),), erase=Fate.TAKE_AWAY),
    # A file: its bytes are known again by their SHA-256, and so have their pages again.
    Owned(
        t.file,
        (Hang(Owner.FILE, t.file.c.id),),
        erase=Fate.EMPTY,
        emptied={"embedded": []},
        stays=("sha256",),
    ),
    Owned(t.root),
    Owned(t.location, (Hang(Owner.FILE, t.location.c.file_id),), undo=Fate.RESTORE, erase=Fate.TAKE_AWAY),
    Owned(t.identified_file, undo=Fate.TAKE_AWAY, erase=Fate.CLEAR),
    # Whatever is said of a unit by kind and id. A rule goes on closing what may come again; an event goes on having
    # happened.
    Owned(
        t.access_rule,
        _by_kind(t.access_rule, _UNITS),
        undo=Fate.RESTORE,
        erase=Fate.EMPTY,
        emptied={"reason": "", "authority": ""},
        stays=("subject_id",),
    ),
    Owned(
        t.event,
        _by_kind(t.event, {**_UNITS, Other.FILE: Owner.BYTES}),
        erase=Fate.EMPTY,
        emptied={"detail": {}},
        stays=("subject_id",),
    ),
    Owned(
        t.alias,
        (Hang(Owner.ITEM, t.alias.c.target), Hang(Owner.PAGE, t.alias.c.target)),
        erase=Fate.EMPTY,
        emptied={"reason": ""},
        stays=("alias", "target"),
    ),
    Owned(t.batch),
    Owned(
        t.prior_state,
        _by_kind(t.prior_state, {**_UNITS, Other.PLACE: Owner.PLACE}),
        erase=Fate.TAKE_AWAY,
    ),
    Owned(
        t.file_outcome,
        (Hang(Owner.BYTES, t.file_outcome.c.sha256), Hang(Owner.SHARED_BYTES, t.file_outcome.c.sha256)),
        erase=Fate.TAKE_AWAY,
        lists=(t.file_outcome.c["items"],),
    ),
    # What the index has still to hear; it forgets by itself.
    Owned(t.outbox, _by_kind(t.outbox, _UNITS), stays=("subject_id",)),
    Owned(
        t.withheld,
        _by_kind(t.withheld, {Kind.ITEM: Owner.ITEM, Kind.COMPONENT: Owner.COMPONENT}),
        stays=("subject_id", "component_id"),
    ),
)

_BY_NAME = {one.table.name: one for one in REGISTRY}
_CHILDREN_FIRST = tuple(_BY_NAME[table.name] for table in reversed(t.metadata.sorted_tables) if table.name in _BY_NAME)


def of(table: str) -> Owned | None:
    """What the registry says of the table of this name; None of one that an earlier shape had."""
    return _BY_NAME.get(table)


def children_first() -> Iterator[Owned]:
    """All tables, each before those that its rows refer to: in this order rows can be taken away."""
    return iter(_CHILDREN_FIRST)


def columns_of(table: Table) -> tuple[str, ...]:
    """The columns of a table that a batch remembers of a row before it changes it."""
    remembered = _BY_NAME[table.name].remembered
    return remembered.columns if remembered else ()


def remembered_of(owner: Owner) -> Iterator[tuple[Table, Column[Any], Remembered]]:
    """The tables whose rows a batch remembers as a list of their item (or component), for they have no id of their own;
    with the column that names it, and what is remembered of a row."""
    for one in REGISTRY:
        for hang in one.hangs:
            if hang.owner is owner and one.remembered is not None and len(one.table.primary_key.columns) > 1:
                yield one.table, hang.column, one.remembered


def retired() -> Iterator[tuple[Owned, Column[Any]]]:
    """The tables of which an item that is retired loses its rows, each before those that its rows refer to, with the
    column that names the item."""
    for one in _CHILDREN_FIRST:
        for hang in one.hangs:
            if hang.owner is Owner.ITEM and hang.kind is None and one.retire is not Fate.KEEP:
                yield one, hang.column


def erased() -> tuple[Table, ...]:
    """The tables that erasing changes."""
    return tuple(one.table for one in REGISTRY if one.erase is not Fate.KEEP)
