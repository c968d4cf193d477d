"""Batches in the catalog: what one ingest did, and how it is taken back whole. The state before it: `prior_states`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, not_, or_, select

from archive.access import Rule, State
from archive.catalog import aliases, files, identified, items, journal, prior_states, rules, tree, withheld
from archive.catalog import tables as t
from archive.catalog.numbering import inserted
from archive.catalog.owned import Owner
from archive.catalog.types import AnyRow
from archive.errors import BatchError
from archive.record import Location
from archive.unit import Kind, Matter, Other, Unit

#: The origin of the rule that keeps unnamed what an undo took out.
UNDO = "undo"
INGEST, REDO, FINDING_AID = "ingest", "redo", "finding aid"


@dataclass(frozen=True)
class Batch:
    """One batch: `ended` is None while it is under way, or where it was interrupted; `undone` once taken back."""

    id: int
    kind: str
    name: str
    paths: tuple[str, ...]
    recipe: str
    started: datetime
    ended: datetime | None
    undone: datetime | None


def begin(connection: Connection, kind: str, paths: Iterable[str], recipe: str = "", name: str = "") -> Batch:
    """A new batch; or the one of that kind over the same paths (a redo: the same selection) that was interrupted, or
    that did nothing, which goes on."""
    paths = list(paths)
    c = t.batch.c
    standing = connection.execute(
        select(t.batch).where(c.kind == kind, c.undone.is_(None), c.ended.is_(None) | idle()).order_by(c.id.desc())
    ).all()
    for row in standing:
        if row.paths == paths:
            began = {"started": datetime.now(UTC)} if row.ended else {}
            connection.execute(t.batch.update().where(c.id == row.id).values(recipe=recipe, ended=None, **began))
            return batch(connection, row.id)
    id = inserted(
        connection,
        t.batch.insert(),
        kind=kind,
        name=name or ", ".join(PurePath(path).name or path for path in paths),
        paths=paths,
        recipe=recipe,
        started=datetime.now(UTC),
    )
    return batch(connection, id)


def end(connection: Connection, batch_id: int) -> bool:
    """The batch is complete; returns whether it did anything.

    One that did nothing stays, unseen, for the next run: another run over the same paths may be at work in it.
    """
    connection.execute(t.batch.update().where(t.batch.c.id == batch_id).values(ended=datetime.now(UTC)))
    identified.forget(connection, batch_id)
    return connection.scalar(select(t.batch.c.id).where(t.batch.c.id == batch_id, ~idle())) is not None


def idle() -> ColumnElement[bool]:
    """The condition that a batch is complete and did nothing. A finding aid that changes nothing was read all the
    same."""
    did = [
        exists().where(table.c.batch_id == t.batch.c.id) for table in (t.prior_state, t.file_outcome, t.page_outcome)
    ]
    # What an undone one did may be erased.
    return and_(
        t.batch.c.ended.is_not(None), t.batch.c.undone.is_(None), t.batch.c.kind != FINDING_AID, not_(or_(*did))
    )


def batch(connection: Connection, id: int) -> Batch:
    """Raises BatchError where there is none of that number."""
    row = connection.execute(select(t.batch).where(t.batch.c.id == id)).first()
    if row is None:
        raise BatchError("there is no such batch", item=f"batch {id}", remedy="`rescate batch list` shows all.")
    return _batch(row)


def _batch(row: AnyRow) -> Batch:
    return Batch(row.id, row.kind, row.name, tuple(row.paths), row.recipe, row.started, row.ended, row.undone)


def given_to_ingest(connection: Connection) -> set[str]:
    """The paths that were given to ingests which were not undone."""
    asked = select(t.batch.c.paths).where(t.batch.c.kind == INGEST, t.batch.c.undone.is_(None))
    return {path for paths in connection.scalars(asked) for path in paths}


def put_place(connection: Connection, batch_id: int, found: Location) -> None:
    """Notes where a file is found; what was found there before, the batch remembers."""
    standing = files.location(connection, found.root, found.path)
    files.put_location(connection, found)
    if standing is None or standing.file_id != found.file_id:
        number: int = connection.execute(
            select(t.location.c.id).where(t.location.c.root == found.root, t.location.c.path == found.path)
        ).scalar_one()
        prior_states.remember(connection, batch_id, Matter.place(number), vars(standing) if standing else None)


# -- undo


def undo(connection: Connection, batch_id: int) -> int:
    """Takes a batch back whole: what it brought goes, what it changed is what it was; returns how many items it
    touched.

    Ids are not lost: those of what goes lead to a notice, and to the item again once it is taken in again.
    Readings stay with their pages. Raises BatchError where it was undone already, or a later
    batch stands on it.
    """
    this = batch(connection, batch_id)
    if this.undone:
        raise BatchError("was undone already", item=f"batch {batch_id}", remedy="")
    if this.kind == REDO:
        raise BatchError(
            "only read pages again, and the readings before are kept: there is nothing to undo",
            item=f"batch {batch_id}",
            remedy="",
        )
    if later := _later(connection, batch_id):
        raise BatchError(
            f"{len(later)} later {'batch stands' if len(later) == 1 else 'batches stand'} on what it did",
            item=f"batch {batch_id}",
            remedy=f"Undo those first, in this order: {', '.join(map(str, later))}.",
        )
    identified.forget(connection, batch_id)
    c = t.prior_state.c
    states = connection.execute(
        select(t.prior_state).where(c.batch_id == batch_id).order_by(c.subject_kind, c.subject_id)
    ).all()
    items_before = {row.subject_id: row.state for row in states if row.subject_kind == Kind.ITEM}
    touched: set[str] = set()
    for id in items_before:
        touched.update(connection.scalars(select(t.page.c.id).where(t.page.c.item_id == id, t.page.c.sequence > 0)))
    # What it brought and put into another item again is not there any more.
    gone = [id for id, before in items_before.items() if before is None and items.item(connection, id)]
    for id in gone:
        withheld.narrow(connection, Unit.item(id))
        _keep_unnamed(connection, id)
        connection.execute(t.page.update().where(t.page.c.item_id == id).values(sequence=0))
        connection.execute(t.item.update().where(t.item.c.id == id).values(undone=batch_id, plan="", component_id=None))
        journal.note(connection, "undo", Unit.item(id), batch=batch_id)
    for id, before in items_before.items():
        if before is not None:
            prior_states.restore_item(connection, id, before)
            journal.note(connection, "undo", Unit.item(id), "as before", batch=batch_id)
            touched.update(connection.scalars(select(t.page.c.id).where(t.page.c.item_id == id, t.page.c.sequence > 0)))
    for row in states:
        if row.subject_kind == Other.PLACE:
            place = t.location.c.id == int(row.subject_id)
            connection.execute(
                t.location.delete().where(place)
                if row.state is None
                else t.location.update().where(place).values(**row.state)
            )
    # What came last goes first: a component never before those below it.
    ordinals = dict(connection.execute(select(t.component.c.id, t.component.c.ordinal)).all())
    components = [row for row in states if row.subject_kind == Kind.COMPONENT and row.subject_id in ordinals]
    for row in sorted(components, key=lambda row: -ordinals[row.subject_id]):
        touched |= _restore_component(connection, row.subject_id, row.state)
        journal.note(connection, "undo", Unit.component(row.subject_id), batch=batch_id)
    connection.execute(t.batch.update().where(t.batch.c.id == batch_id).values(undone=datetime.now(UTC)))
    journal.note(connection, "undo", Matter.batch(batch_id), items=len(items_before))
    journal.post(connection, map(Unit.page, sorted(touched)))
    return len(items_before)


def _keep_unnamed(connection: Connection, item_id: str) -> None:
    """What might not even be named stays so when it leaves the series that said it."""
    item = items.item(connection, item_id)
    if item and not rules.of_item(connection, item_id, item.component_id, State.OPEN).description:
        rules.put(connection, Unit.item(item_id), Rule(State.SUPPRESSED), UNDO)


def put_back(connection: Connection, item_id: str) -> None:
    """An item that an undo took out is in the archive again, under its id."""
    connection.execute(t.item.update().where(t.item.c.id == item_id).values(undone=None))
    rules.put(connection, Unit.item(item_id), None, UNDO)


def _later(connection: Connection, batch_id: int) -> list[int]:
    """Later batches, not undone, that changed what this one changed; the newest first."""
    mine, theirs = t.prior_state.alias(), t.prior_state.alias()
    return list(
        connection.scalars(
            select(theirs.c.batch_id)
            .distinct()
            .join(mine, (mine.c.subject_kind == theirs.c.subject_kind) & (mine.c.subject_id == theirs.c.subject_id))
            .join(t.batch, t.batch.c.id == theirs.c.batch_id)
            .where(mine.c.batch_id == batch_id, theirs.c.batch_id > batch_id, t.batch.c.undone.is_(None))
            .order_by(theirs.c.batch_id.desc())
        )
    )


def _restore_component(connection: Connection, id: str, before: dict[str, Any] | None) -> set[str]:
    """A component as it was; one that was not there goes, unless something hangs below it. Returns the pages below."""
    below = tree.below(connection, id)
    touched = set(
        connection.scalars(
            select(t.page.c.id)
            .join(t.item, t.item.c.id == t.page.c.item_id)
            .where(t.item.c.component_id.in_(below), t.page.c.sequence > 0)
        )
    )
    if before is None:
        rules.reinstate(connection, Unit.component(id), ())
        hangs = len(below) > 1 or connection.scalar(select(t.item.c.id).where(t.item.c.component_id == id).limit(1))
        if not hangs:
            gone = tree.component(connection, id)
            above = Unit.component(gone.parent_id) if gone and gone.parent_id else None
            aliases.add(connection, Unit.component(id), above, "its batch was undone")
            prior_states.put_back_lists(connection, Owner.COMPONENT, id, {"containers": []})
            connection.execute(t.component.delete().where(t.component.c.id == id))
        return touched
    columns = {name: value for name, value in before.items() if name in t.component.c and name not in ("id", "ordinal")}
    tree.describe(connection, id, columns)
    prior_states.put_back_lists(connection, Owner.COMPONENT, id, before)
    rules.reinstate(connection, Unit.component(id), before["rules"])
    return touched
