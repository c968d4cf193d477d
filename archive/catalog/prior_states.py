"""What items and components were before a batch changed them, and their restoring: as `archive.catalog.owned` says."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Connection, select

from archive.catalog import aliases, owned, rules, withheld
from archive.catalog import tables as t
from archive.catalog.owned import Owner, Remembered
from archive.unit import Kind, Subject, Unit

_ITEM, _PAGE = owned.columns_of(t.item), owned.columns_of(t.page)


def remember(connection: Connection, batch_id: int, about: Subject, before: dict[str, Any] | None) -> None:
    """Keeps what an item, a component or the place of a file was before the batch changed it: once, whatever
    follows."""
    key = dict(batch_id=batch_id, subject_kind=about.kind, subject_id=about.id)
    if connection.scalar(select(t.prior_state.c.batch_id).filter_by(**key)) is None:
        # JSON's own null, and not SQL's: that nothing stood is a state, too.
        connection.execute(t.prior_state.insert().values(**key, state=before if before is not None else JSON.NULL))


def item_state(connection: Connection, item_id: str) -> dict[str, Any] | None:
    """All that a batch may change of an item; None where it is not there, or was taken out by an undo."""
    item = connection.execute(select(t.item).where(t.item.c.id == item_id)).first()
    if item is None or item.undone is not None:
        return None
    pages = connection.execute(select(t.page).where(t.page.c.item_id == item_id).order_by(t.page.c.ordinal)).all()
    page_rules = {page.id: found for page in pages if (found := rules.numbers(connection, Unit.page(page.id)))}
    return {
        "item": {name: getattr(item, name) for name in _ITEM},
        "created": item.created.isoformat(),
        "pages": [{name: getattr(page, name) for name in _PAGE} for page in pages],
        "rules": rules.numbers(connection, Unit.item(item_id)),
        "page_rules": page_rules,
        **_lists(connection, Owner.ITEM, item_id),
    }


def component_state(connection: Connection, component_id: str) -> dict[str, Any] | None:
    """All that a batch may change of a component; None where it is not there."""
    row = connection.execute(select(t.component).where(t.component.c.id == component_id)).first()
    if row is None:
        return None
    return {
        **row._mapping,
        "rules": rules.numbers(connection, Unit.component(component_id)),
        **_lists(connection, Owner.COMPONENT, component_id),
    }


def _lists(connection: Connection, owner: Owner, id: str) -> dict[str, list[Any]]:
    """The rows that hang on an item or component itself, each a list of its values; of one column the values alone."""
    found = {}
    for table, named, kept in owned.remembered_of(owner):
        columns = [table.c[name] for name in kept.columns]
        order = (table.c[kept.position],) if kept.position else columns
        rows = connection.execute(select(*columns).where(named == id).order_by(*order))
        found[kept.key] = [row[0] if len(columns) == 1 else list(row) for row in rows]
    return found


def put_back_lists(connection: Connection, owner: Owner, id: str, before: dict[str, Any]) -> None:
    """Has the rows that hang on an item or component itself be those of its state before; what an earlier version of
    the program did not remember stays as it is."""
    for table, named, kept in owned.remembered_of(owner):
        if kept.key not in before:
            continue
        connection.execute(table.delete().where(named == id))
        rows = [{named.name: id, **_row(kept, place, one)} for place, one in enumerate(before[kept.key], 1)]
        if rows:
            connection.execute(table.insert(), rows)


def _row(kept: Remembered, place: int, values: Any) -> dict[str, Any]:
    row = dict(zip(kept.columns, [values] if len(kept.columns) == 1 else values, strict=True))
    return {**row, kept.position: place} if kept.position else row


def restore_item(connection: Connection, item_id: str, before: dict[str, Any]) -> None:
    """An item with its pages, description, boxes, files and rules as they were."""
    values = {**before["item"], "undone": None}
    withheld.narrow(connection, Unit.item(item_id))
    for page in before["pages"]:
        withheld.narrow(connection, Unit.page(page["id"]))  # it may have gone into another item
    if connection.execute(t.item.update().where(t.item.c.id == item_id).values(**values)).rowcount == 0:
        # It had gone into another item; its id no longer leads there.
        aliases.end(connection, Unit.item(item_id))
        connection.execute(
            t.item.insert().values(id=item_id, created=datetime.fromisoformat(before["created"]), **values)
        )
    kept = {page["id"] for page in before["pages"]}
    connection.execute(t.page.update().where(t.page.c.item_id == item_id, t.page.c.id.not_in(kept)).values(sequence=0))
    for page in before["pages"]:
        _restore_page(connection, item_id, page)
    put_back_lists(connection, Owner.ITEM, item_id, before)
    rules.reinstate(connection, Unit.item(item_id), before["rules"])
    for page in before["pages"]:
        rules.reinstate(connection, Unit.page(page["id"]), before["page_rules"].get(page["id"], ()))


def _restore_page(connection: Connection, item_id: str, page: dict[str, Any]) -> None:
    here = t.page.c.id == page["id"]
    now = connection.execute(select(t.page).where(here)).one()
    if (now.file_id, now.frame) != (page["file_id"], page["frame"]):
        # Another scan is the page's master again: whether its reading is of the present recipe, the next run sees.
        connection.execute(t.page_outcome.delete().where(t.page_outcome.c.page_id == page["id"]))
    else:
        page = {**page, "shown_reading": now.shown_reading or page["shown_reading"]}
    values = {name: page[name] for name in _PAGE if name != "id" and name in page}
    connection.execute(t.page.update().where(here).values(item_id=item_id, **values))


def changed(connection: Connection, batch_id: int) -> dict[str, frozenset[str]]:
    """The ids of the items that the batch changed and did not bring, each with those of the pages it had before."""
    c = t.prior_state.c
    asked = (
        select(c.subject_id, c.state).where(c.batch_id == batch_id, c.subject_kind == Kind.ITEM).order_by(c.subject_id)
    )
    return {
        id: frozenset(page["id"] for page in before["pages"])
        for id, before in connection.execute(asked)
        if before is not None
    }
