"""Components and containers in the catalog: the tree, and the boxes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from sqlalchemy import ColumnElement, Connection, select

from archive import ids
from archive.catalog import tables as t
from archive.catalog import units, withheld
from archive.catalog.numbering import inserted
from archive.catalog.types import AnyRow
from archive.record import Component, Container
from archive.unit import Unit

#: EAD levels in the order they may nest; a component hangs below one that stands before it.
LEVELS = ("collection", "series", "subseries", "file", "item")
#: The source of a component that a finding aid describes.
FINDING_AID = "finding aid"


def component(connection: Connection, id: str) -> Component | None:
    return _one(connection, t.component.c.id == id)


def component_by_ref(connection: Connection, ref_id: str) -> Component | None:
    return _one(connection, t.component.c.ref_id == ref_id)


def _one(connection: Connection, condition: ColumnElement[bool]) -> Component | None:
    row = connection.execute(select(t.component).where(condition)).first()
    return component_of_row(row) if row else None


def component_of_row(row: AnyRow) -> Component:
    return Component(
        row.id,
        row.ref_id,
        row.parent_id,
        row.level,
        row.unitid,
        row.title,
        row.date,
        row.date_edtf,
        row.description,
        row.extent,
        row.access_note,
        row.use_note,
        row.position,
        row.source,
        row.finding_aid,
    )


def path(connection: Connection, component_id: str | None) -> tuple[Component, ...]:
    """The components from the top of the tree down to this one; empty for None."""
    return paths(connection, [component_id])[component_id] if component_id else ()


def paths(connection: Connection, component_ids: Collection[str]) -> dict[str, tuple[Component, ...]]:
    """By id of a component, the components from the top of the tree down to it. One query, however deep the tree."""
    if not component_ids:
        return {}
    c = t.component.c
    above = select(c.id, c.parent_id).where(c.id.in_(component_ids)).cte("above", recursive=True)
    above = above.union(select(c.id, c.parent_id).where(c.id == above.c.parent_id))
    rows = connection.execute(select(t.component).where(c.id.in_(select(above.c.id))))
    known = {row.id: component_of_row(row) for row in rows}
    return {id: _path(known, id) for id in component_ids}


def _path(known: Mapping[str, Component], id: str | None) -> tuple[Component, ...]:
    found: dict[str, Component] = {}
    while id is not None and id in known and id not in found:
        found[id] = known[id]
        id = known[id].parent_id
    return tuple(reversed(found.values()))


def children(connection: Connection, parent_id: str | None) -> tuple[Component, ...]:
    """The components below one (None: the top ones), in the order of their finding aid, else of the archive."""
    condition = t.component.c.parent_id.is_(None) if parent_id is None else t.component.c.parent_id == parent_id
    rows = connection.execute(
        select(t.component).where(condition).order_by(t.component.c.position, t.component.c.ordinal)
    )
    return tuple(component_of_row(row) for row in rows)


def below(connection: Connection, component_id: str) -> tuple[str, ...]:
    """The ids of this component and of all below it."""
    return tuple(connection.scalars(select(units.subtree([component_id]).c.id)))


def put_component(
    connection: Connection,
    naan: str,
    *,
    ref_id: str,
    parent_id: str | None,
    level: str,
    title: str,
    unitid: str = "",
    date: str = "",
    date_edtf: str = "",
    description: str = "",
) -> tuple[str, bool]:
    """Adds a component of a spreadsheet, or updates the one with this `ref_id`; its id never changes.

    One that a finding aid describes stays as that says: a spreadsheet gives it its access rule alone.
    Returns its id, and whether anything changed.
    """
    values = dict(
        parent_id=parent_id,
        level=level,
        title=title,
        unitid=unitid,
        date=date,
        date_edtf=date_edtf,
        description=description,
    )
    standing = connection.execute(select(t.component).where(t.component.c.ref_id == ref_id)).first()
    if standing is None:
        id = ids.mint(naan)
        connection.execute(t.component.insert().values(id=id, ref_id=ref_id, **values))
        return id, True
    if standing.source == FINDING_AID:
        return standing.id, False
    changed = any(getattr(standing, name) != value for name, value in values.items())
    if changed:
        describe(connection, standing.id, values)
    return standing.id, changed


def add_described(connection: Connection, naan: str, ref_id: str, values: Mapping[str, object]) -> str:
    """A new component with the columns that a finding aid gives it; returns its minted id."""
    id = ids.mint(naan)
    connection.execute(t.component.insert().values(id=id, ref_id=ref_id, **values))
    return id


def describe(connection: Connection, id: str, values: Mapping[str, object]) -> None:
    """Changes columns of a component; its id and ref_id are none of them.

    What hangs elsewhere than before is under other rules, and by another title nothing is to be found any more by the
    old one.
    """
    before = connection.execute(
        select(t.component.c.parent_id, t.component.c.title).where(t.component.c.id == id)
    ).one()
    if any(values.get(name, value) != value for name, value in before._mapping.items()):
        withheld.narrow(connection, Unit.component(id))
    connection.execute(t.component.update().where(t.component.c.id == id).values(**values))


def described_by(connection: Connection, finding_aid: str) -> tuple[Component, ...]:
    """The components that a finding aid described when it was last read."""
    return tuple(
        map(
            component_of_row,
            connection.execute(
                select(t.component).where(t.component.c.finding_aid == finding_aid).order_by(t.component.c.ordinal)
            ),
        )
    )


def put_container(
    connection: Connection,
    type: str,
    indicator: str,
    *,
    barcode: str = "",
    parent_id: int | None = None,
    by_barcode: bool = False,
) -> int:
    """The id of this box or folder, made where it was not known yet.

    With `by_barcode`, one of the same number that has another barcode is another box (a finding aid's Box 1 of
    papers and Box 1 of tapes); without, the barcode is corrected.
    """
    c = t.container.c
    parent = c.parent_id.is_(None) if parent_id is None else c.parent_id == parent_id
    same = select(c.id, c.barcode).where(c.type == type, c.indicator == indicator, parent).order_by(c.id)
    if by_barcode and barcode:
        same = same.where(c.barcode.in_((barcode, ""))).order_by(None).order_by(c.barcode.desc(), c.id)
    standing = connection.execute(same).first()
    if standing is None:
        made = dict(type=type, indicator=indicator, barcode=barcode, parent_id=parent_id)
        return inserted(connection, t.container.insert(), **made)
    if barcode and standing.barcode != barcode:
        connection.execute(t.container.update().where(c.id == standing.id).values(barcode=barcode))
    return int(standing.id)


def set_item_containers(connection: Connection, item_id: str, container_ids: Iterable[int]) -> None:
    connection.execute(t.item_container.delete().where(t.item_container.c.item_id == item_id))
    for id in dict.fromkeys(container_ids):
        connection.execute(t.item_container.insert().values(item_id=item_id, container_id=id))


def item_containers(connection: Connection, item_id: str) -> tuple[Container, ...]:
    """Where an item is kept: each box before its folders."""
    return containers_of_items(connection, [item_id])[item_id]


def containers_of_items(connection: Connection, item_ids: Collection[str]) -> dict[str, tuple[Container, ...]]:
    """By id of an item, where it is kept: each box before its folders."""
    c = t.item_container.c
    found: dict[str, list[Container]] = {id: [] for id in item_ids}
    for row in connection.execute(
        select(c.item_id, t.container)
        .join(t.container, t.container.c.id == c.container_id)
        .where(c.item_id.in_(item_ids))
    ):
        found[row.item_id].append(Container(row.id, row.type, row.indicator, row.barcode, row.parent_id))
    return {id: tuple(sorted(kept, key=lambda one: (one.parent_id is not None, one.id))) for id, kept in found.items()}


def refs(connection: Connection) -> dict[str, str]:
    """The id of every component by its ref_id."""
    return dict(
        connection.execute(
            select(t.component.c.ref_id, t.component.c.id).where(t.component.c.ref_id.is_not(None))
        ).all()
    )


def set_component_containers(connection: Connection, component_id: str, container_ids: Iterable[int]) -> None:
    connection.execute(t.component_container.delete().where(t.component_container.c.component_id == component_id))
    rows = [{"component_id": component_id, "container_id": id} for id in dict.fromkeys(container_ids)]
    if rows:
        connection.execute(t.component_container.insert(), rows)


def component_containers(connection: Connection, component_id: str) -> tuple[Container, ...]:
    """Where a component is kept: each box followed by its folders."""
    rows = connection.execute(
        select(t.container)
        .join(t.component_container, t.component_container.c.container_id == t.container.c.id)
        .where(t.component_container.c.component_id == component_id)
        .order_by(t.container.c.id)
    ).all()
    found = [Container(r.id, r.type, r.indicator, r.barcode, r.parent_id) for r in rows]
    known = {one.id for one in found}
    within: dict[int | None, list[Container]] = {}
    for one in found:
        within.setdefault(one.parent_id if one.parent_id in known else None, []).append(one)

    def nested(parent: int | None) -> Iterator[Container]:
        for one in within.get(parent, ()):
            yield one
            yield from nested(one.id)

    return tuple(nested(None))
