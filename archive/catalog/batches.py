"""Batches in the catalog: what one ingest did, and the state before it, so that it can be taken back whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any

from sqlalchemy import JSON, ColumnElement, Connection, and_, exists, not_, null, or_, select

from archive.access import Rule, State
from archive.catalog import files, identified, items, journal, rules, tree, withheld
from archive.catalog import tables as t
from archive.catalog.numbering import inserted
from archive.catalog.types import AnyRow
from archive.errors import BatchError
from archive.record import Location

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
    return and_(t.batch.c.ended.is_not(None), t.batch.c.kind != FINDING_AID, not_(or_(*did)))


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


# -- the state before


def remember(connection: Connection, batch_id: int, kind: str, id: str, before: dict[str, Any] | None) -> None:
    """Keeps what an item or component was before the batch changed it: once, whatever follows."""
    key = dict(batch_id=batch_id, subject_kind=kind, subject_id=id)
    if connection.scalar(select(t.prior_state.c.batch_id).filter_by(**key)) is None:
        # JSON's own null, and not SQL's: that nothing stood is a state, too.
        connection.execute(t.prior_state.insert().values(**key, state=before if before is not None else JSON.NULL))


def item_state(connection: Connection, item_id: str) -> dict[str, Any] | None:
    """All that a batch may change of an item; None where it is not there, or was taken out by an undo."""
    item = connection.execute(select(t.item).where(t.item.c.id == item_id)).first()
    if item is None or item.undone is not None:
        return None
    pages = connection.execute(select(t.page).where(t.page.c.item_id == item_id).order_by(t.page.c.ordinal)).all()
    page_rules = {page.id: found for page in pages if (found := rules.numbers(connection, "page", page.id))}
    return {
        "item": {
            name: getattr(item, name)
            for name in ("local_id", "origin", "component_id", "described_by", "plan", "read_in")
        },
        "created": item.created.isoformat(),
        "statements": [[s.element, s.value, s.source, s.detail] for s in items.description(connection, item_id)],
        "containers": [one.id for one in tree.item_containers(connection, item_id)],
        "pages": [{name: getattr(page, name) for name in _OF_PAGE} for page in pages],
        "rules": rules.numbers(connection, "item", item_id),
        "page_rules": page_rules,
    }


def put_place(connection: Connection, batch_id: int, found: Location) -> None:
    """Notes where a file is found; what was found there before, the batch remembers."""
    standing = files.location(connection, found.root, found.path)
    files.put_location(connection, found)
    if standing is None or standing.file_id != found.file_id:
        id = connection.scalar(
            select(t.location.c.id).where(t.location.c.root == found.root, t.location.c.path == found.path)
        )
        remember(connection, batch_id, "place", str(id), vars(standing) if standing else None)


def component_state(connection: Connection, component_id: str) -> dict[str, Any] | None:
    """All that a batch may change of a component; None where it is not there."""
    row = connection.execute(select(t.component).where(t.component.c.id == component_id)).first()
    if row is None:
        return None
    containers = connection.scalars(
        select(t.component_container.c.container_id).where(t.component_container.c.component_id == component_id)
    )
    return {
        **row._mapping,
        "containers": list(containers),
        "rules": rules.numbers(connection, "component", component_id),
    }


_OF_PAGE = (
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
)


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
    items_before = {row.subject_id: row.state for row in states if row.subject_kind == "item"}
    touched: set[str] = set()
    for id in items_before:
        touched.update(connection.scalars(select(t.page.c.id).where(t.page.c.item_id == id, t.page.c.sequence > 0)))
    # What it brought and put into another item again is not there any more.
    gone = [id for id, before in items_before.items() if before is None and items.item(connection, id)]
    for id in gone:
        withheld.narrow(connection, "item", id)
        _keep_unnamed(connection, id)
        connection.execute(t.page.update().where(t.page.c.item_id == id).values(sequence=0))
        connection.execute(t.item.update().where(t.item.c.id == id).values(undone=batch_id, plan="", component_id=None))
        journal.note(connection, "undo", "item", id, batch=batch_id)
    for id, before in items_before.items():
        if before is not None:
            _restore(connection, id, before)
            journal.note(connection, "undo", "item", id, "as before", batch=batch_id)
            touched.update(connection.scalars(select(t.page.c.id).where(t.page.c.item_id == id, t.page.c.sequence > 0)))
    for row in states:
        if row.subject_kind == "place":
            place = t.location.c.id == int(row.subject_id)
            connection.execute(
                t.location.delete().where(place)
                if row.state is None
                else t.location.update().where(place).values(**row.state)
            )
    # What came last goes first: a component never before those below it.
    ordinals = dict(connection.execute(select(t.component.c.id, t.component.c.ordinal)).all())
    components = [row for row in states if row.subject_kind == "component" and row.subject_id in ordinals]
    for row in sorted(components, key=lambda row: -ordinals[row.subject_id]):
        touched |= _restore_component(connection, row.subject_id, row.state)
        journal.note(connection, "undo", "component", row.subject_id, batch=batch_id)
    connection.execute(t.batch.update().where(t.batch.c.id == batch_id).values(undone=datetime.now(UTC)))
    journal.note(connection, "undo", "batch", str(batch_id), items=len(items_before))
    journal.post(connection, sorted(touched))
    return len(items_before)


def changed(connection: Connection, batch_id: int) -> list[str]:
    """The ids of the items that the batch changed and did not bring."""
    c = t.prior_state.c
    asked = select(c.subject_id, c.state).where(c.batch_id == batch_id, c.subject_kind == "item").order_by(c.subject_id)
    return [id for id, before in connection.execute(asked) if before is not None]


def _keep_unnamed(connection: Connection, item_id: str) -> None:
    """What might not even be named stays so when it leaves the series that said it."""
    item = items.item(connection, item_id)
    if item and not rules.of_item(connection, item_id, item.component_id, State.OPEN).description:
        rules.put(connection, "item", item_id, Rule(State.SUPPRESSED), UNDO)


def put_back(connection: Connection, item_id: str) -> None:
    """An item that an undo took out is in the archive again, under its id."""
    connection.execute(t.item.update().where(t.item.c.id == item_id).values(undone=None))
    rules.put(connection, "item", item_id, None, UNDO)


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


def _restore(connection: Connection, item_id: str, before: dict[str, Any]) -> None:
    values = {**before["item"], "undone": None}
    withheld.narrow(connection, "item", item_id)
    for page in before["pages"]:
        withheld.narrow(connection, "page", page["id"])  # it may have gone into another item
    if connection.execute(t.item.update().where(t.item.c.id == item_id).values(**values)).rowcount == 0:
        # It had gone into another item; its id no longer leads there.
        connection.execute(t.alias.delete().where(t.alias.c.alias == item_id))
        connection.execute(
            t.item.insert().values(id=item_id, created=datetime.fromisoformat(before["created"]), **values)
        )
    kept = {page["id"] for page in before["pages"]}
    connection.execute(t.page.update().where(t.page.c.item_id == item_id, t.page.c.id.not_in(kept)).values(sequence=0))
    for page in before["pages"]:
        now = connection.execute(select(t.page).where(t.page.c.id == page["id"])).one()
        if (now.file_id, now.frame) != (page["file_id"], page["frame"]):
            # Another scan is the page's master again: whether its reading is of the present recipe, the next run sees.
            connection.execute(t.page_outcome.delete().where(t.page_outcome.c.page_id == page["id"]))
        else:
            page = {**page, "shown_reading": now.shown_reading or page["shown_reading"]}
        connection.execute(
            t.page.update()
            .where(t.page.c.id == page["id"])
            .values(item_id=item_id, **{name: page[name] for name in _OF_PAGE[1:] if name in page})
        )
    connection.execute(t.statement.delete().where(t.statement.c.item_id == item_id))
    if before["statements"]:
        connection.execute(
            t.statement.insert(),
            [
                dict(item_id=item_id, position=n, element=element, value=value, source=source, detail=detail)
                for n, (element, value, source, detail) in enumerate(before["statements"], 1)
            ],
        )
    tree.set_item_containers(connection, item_id, before["containers"])
    rules.reinstate(connection, "item", item_id, before["rules"])
    for page in before["pages"]:
        rules.reinstate(connection, "page", page["id"], before["page_rules"].get(page["id"], ()))


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
        rules.reinstate(connection, "component", id, ())
        hangs = len(below) > 1 or connection.scalar(select(t.item.c.id).where(t.item.c.component_id == id).limit(1))
        if not hangs:
            gone = tree.component(connection, id)
            items.add_alias(connection, id, (gone and gone.parent_id) or "", "its batch was undone")
            connection.execute(t.component_container.delete().where(t.component_container.c.component_id == id))
            connection.execute(t.component.delete().where(t.component.c.id == id))
        return touched
    columns = {name: value for name, value in before.items() if name in t.component.c and name not in ("id", "ordinal")}
    tree.describe(connection, id, columns)
    if "containers" in before:
        connection.execute(t.component_container.delete().where(t.component_container.c.component_id == id))
        for container in before["containers"]:
            connection.execute(t.component_container.insert().values(component_id=id, container_id=container))
    rules.reinstate(connection, "component", id, before["rules"])
    return touched


# -- erase

#: What erasing deletes from.
ERASED = (t.mention, t.decision, t.reading, t.page_outcome, t.statement, t.identified_file)


def erase(connection: Connection, batch_id: int) -> list[str]:
    """Of the items that undoing this batch took out, removes readings, descriptions and mentions for good.

    Returns the ids of their pages, whose images the caller removes. The ids stay, and lead to a notice.
    """
    gone = select(t.item.c.id).where(t.item.c.undone == batch_id)
    pages = select(t.page.c.id).where(t.page.c.item_id.in_(gone))
    page_ids = list(connection.scalars(pages))
    readings = select(t.reading.c.id).where(t.reading.c.page_id.in_(pages))
    connection.execute(t.mention.delete().where(t.mention.c.reading_id.in_(readings)))
    connection.execute(t.page.update().where(t.page.c.item_id.in_(gone)).values(shown_reading=null()))
    connection.execute(t.decision.delete().where(t.decision.c.page_id.in_(pages)))
    connection.execute(t.reading.delete().where(t.reading.c.page_id.in_(pages)))
    connection.execute(t.page_outcome.delete().where(t.page_outcome.c.page_id.in_(pages)))
    connection.execute(t.statement.delete().where(t.statement.c.item_id.in_(gone)))
    # Whichever run looked into its files, what they say of themselves goes too; the others are looked into again.
    identified.forget_all(connection)
    journal.note(connection, "erase", "batch", str(batch_id), pages=len(page_ids))
    return page_ids
