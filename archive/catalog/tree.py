"""Components and containers in the catalog: the tree, and the boxes."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from archive import ids
from archive.catalog import tables as t
from archive.record import Component, Container

#: EAD levels in the order they may nest; a component hangs below one that stands before it.
LEVELS = ("collection", "series", "subseries", "file", "item")


def component(connection: Connection, id: str) -> Component | None:
    return _one(connection, t.component.c.id == id)


def component_by_ref(connection: Connection, ref_id: str) -> Component | None:
    return _one(connection, t.component.c.ref_id == ref_id)


def _one(connection, condition) -> Component | None:
    row = connection.execute(select(t.component).where(condition)).first()
    return _component(row) if row else None


def _component(row) -> Component:
    return Component(row.id, row.ref_id, row.parent_id, row.level, row.unitid, row.title, row.date,
                     row.date_edtf, row.description)


def path(connection: Connection, component_id: str | None) -> tuple[Component, ...]:
    """The components from the top of the tree down to this one; empty for None."""
    found: list[Component] = []
    seen: set[str] = set()
    while component_id and component_id not in seen:
        seen.add(component_id)
        here = component(connection, component_id)
        if here is None:
            break
        found.append(here)
        component_id = here.parent_id
    return tuple(reversed(found))


def children(connection: Connection, parent_id: str | None) -> tuple[Component, ...]:
    condition = t.component.c.parent_id.is_(None) if parent_id is None else t.component.c.parent_id == parent_id
    rows = connection.execute(select(t.component).where(condition).order_by(t.component.c.ordinal))
    return tuple(_component(row) for row in rows)


def below(connection: Connection, component_id: str) -> tuple[str, ...]:
    """The ids of this component and of all below it."""
    top = select(t.component.c.id).where(t.component.c.id == component_id).cte("below", recursive=True)
    tree = top.union(select(t.component.c.id).join(top, t.component.c.parent_id == top.c.id))
    return tuple(connection.scalars(select(tree.c.id)))


def put_component(connection: Connection, naan: str, *, ref_id: str, parent_id: str | None, level: str,
                  title: str, unitid: str = "", date: str = "", date_edtf: str = "",
                  description: str = "") -> tuple[str, bool]:
    """Adds a component, or updates the one with this `ref_id`; its id never changes.

    Returns its id, and whether anything changed.
    """
    values = dict(parent_id=parent_id, level=level, title=title, unitid=unitid, date=date,
                  date_edtf=date_edtf, description=description)
    standing = connection.execute(select(t.component).where(t.component.c.ref_id == ref_id)).first()
    if standing is None:
        id = ids.mint(naan)
        connection.execute(t.component.insert().values(id=id, ref_id=ref_id, **values))
        return id, True
    changed = any(getattr(standing, name) != value for name, value in values.items())
    if changed:
        connection.execute(t.component.update().where(t.component.c.id == standing.id).values(**values))
    return standing.id, changed


def put_container(connection: Connection, type: str, indicator: str, *, barcode: str = "",
                  parent_id: int | None = None) -> int:
    """The id of this box or folder, made where it was not known yet."""
    c = t.container.c
    parent = c.parent_id.is_(None) if parent_id is None else c.parent_id == parent_id
    standing = connection.execute(
        select(c.id, c.barcode).where(c.type == type, c.indicator == indicator, parent)).first()
    if standing is None:
        return connection.execute(t.container.insert().values(
            type=type, indicator=indicator, barcode=barcode, parent_id=parent_id)).inserted_primary_key[0]
    if barcode and standing.barcode != barcode:
        connection.execute(t.container.update().where(c.id == standing.id).values(barcode=barcode))
    return standing.id


def set_item_containers(connection: Connection, item_id: str, container_ids: Iterable[int]) -> None:
    connection.execute(t.item_container.delete().where(t.item_container.c.item_id == item_id))
    for id in dict.fromkeys(container_ids):
        connection.execute(t.item_container.insert().values(item_id=item_id, container_id=id))


def item_containers(connection: Connection, item_id: str) -> tuple[Container, ...]:
    """Where an item is kept: each box before its folders."""
    rows = connection.execute(
        select(t.container).join(t.item_container, t.item_container.c.container_id == t.container.c.id)
        .where(t.item_container.c.item_id == item_id).order_by(t.container.c.id)).all()
    found = [Container(r.id, r.type, r.indicator, r.barcode, r.parent_id) for r in rows]
    return tuple(sorted(found, key=lambda one: (one.parent_id is not None, one.id)))


def refs(connection: Connection) -> dict[str, str]:
    """The id of every component by its ref_id."""
    return dict(connection.execute(select(t.component.c.ref_id, t.component.c.id).where(t.component.c.ref_id.is_not(None))).all())
