"""Items and pages in the catalog: minted once, described by statements, never renumbered by accident."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select

from archive import ids
from archive.catalog import tables as t
from archive.description import Description, Statement
from archive.record import Item, Page


def add_item(connection: Connection, naan: str, local_id: str | None = None) -> Item:
    item = Item(ids.mint(naan), local_id, None)
    connection.execute(t.item.insert().values(id=item.id, local_id=local_id, created=datetime.now(UTC)))
    return item


def item(connection: Connection, id: str) -> Item | None:
    return _one(connection, t.item.c.id == id)


def item_by_local_id(connection: Connection, local_id: str) -> Item | None:
    return _one(connection, t.item.c.local_id == local_id)


def _one(connection, condition) -> Item | None:
    row = connection.execute(select(t.item).where(condition)).first()
    return Item(row.id, row.local_id, row.component_id, row.described_by) if row else None


def items_of_file(connection: Connection, file_id: int) -> tuple[Item, ...]:
    """The items that have a page in this file, oldest first."""
    rows = connection.execute(
        select(t.item).where(t.item.c.id.in_(select(t.page.c.item_id).where(t.page.c.file_id == file_id)))
        .order_by(t.item.c.ordinal))
    return tuple(Item(r.id, r.local_id, r.component_id, r.described_by) for r in rows)


def items_of_component(connection: Connection, component_ids: Iterable[str]) -> tuple[Item, ...]:
    rows = connection.execute(select(t.item).where(t.item.c.component_id.in_(tuple(component_ids)))
                              .order_by(t.item.c.ordinal))
    return tuple(Item(r.id, r.local_id, r.component_id, r.described_by) for r in rows)


def every_item(connection: Connection) -> Iterator[Item]:
    """All items, in the archive's order, by portions, so that memory stays flat."""
    after = 0
    while rows := connection.execute(select(t.item).where(t.item.c.ordinal > after)
                                     .order_by(t.item.c.ordinal).limit(500)).all():
        for r in rows:
            yield Item(r.id, r.local_id, r.component_id, r.described_by)
        after = rows[-1].ordinal


def set_description(connection: Connection, item_id: str, description: Description,
                    component_id: str | None, described_by: str) -> None:
    """Replaces an item's statements and its place in the tree."""
    connection.execute(t.statement.delete().where(t.statement.c.item_id == item_id))
    rows = [dict(item_id=item_id, position=n, element=s.element, value=s.value, source=s.source, detail=s.detail)
            for n, s in enumerate(description.statements, 1)]
    if rows:
        connection.execute(t.statement.insert(), rows)
    connection.execute(t.item.update().where(t.item.c.id == item_id).values(
        component_id=component_id, described_by=described_by))


def description(connection: Connection, item_id: str) -> Description:
    rows = connection.execute(select(t.statement).where(t.statement.c.item_id == item_id)
                              .order_by(t.statement.c.position))
    return Description(tuple(Statement(r.element, r.value, r.source, r.detail) for r in rows))


def add_page(connection: Connection, naan: str, item_id: str, sequence: int, file_id: int, frame: int,
             width: int, height: int, dpi: float | None) -> Page:
    """A new page; its canvas is fixed from now on."""
    id = ids.mint(naan)
    ordinal = connection.execute(t.page.insert().values(
        id=id, item_id=item_id, sequence=sequence, file_id=file_id, frame=frame, width=width, height=height,
        dpi=dpi)).inserted_primary_key[0]
    return Page(id, ordinal, item_id, sequence, "", "", file_id, frame, width, height, dpi, None)


def set_sequence(connection: Connection, page_id: str, sequence: int) -> None:
    connection.execute(t.page.update().where(t.page.c.id == page_id).values(sequence=sequence))


def set_label(connection: Connection, page_id: str, label: str, role: str) -> bool:
    """Notes a page's printed label and role; returns whether that changed anything."""
    c = t.page.c
    return connection.execute(t.page.update().where(
        c.id == page_id, (c.label != label) | (c.role != role)).values(label=label, role=role)).rowcount > 0


def page(connection: Connection, id: str) -> Page | None:
    row = connection.execute(select(t.page).where(t.page.c.id == id)).first()
    return _page(row) if row else None


def pages(connection: Connection, item_id: str) -> tuple[Page, ...]:
    """An item's pages in order."""
    rows = connection.execute(select(t.page).where(t.page.c.item_id == item_id)
                              .order_by(t.page.c.sequence, t.page.c.ordinal))
    return tuple(_page(row) for row in rows)


def pages_of_file(connection: Connection, file_id: int) -> tuple[Page, ...]:
    rows = connection.execute(select(t.page).where(t.page.c.file_id == file_id).order_by(t.page.c.ordinal))
    return tuple(_page(row) for row in rows)


def _page(r) -> Page:
    return Page(r.id, r.ordinal, r.item_id, r.sequence, r.label, r.role, r.file_id, r.frame, r.width,
                r.height, r.dpi, r.shown_reading)


def count(connection: Connection) -> tuple[int, int]:
    """How many items and pages there are."""
    return (connection.scalar(select(func.count()).select_from(t.item)),
            connection.scalar(select(func.count()).select_from(t.page)))


def target_of_alias(connection: Connection, id: str) -> str:
    """The id that an id which once stood leads to now; the id itself where it is no alias."""
    seen = {id}
    while target := connection.scalar(select(t.alias.c.target).where(t.alias.c.alias == id)):
        if target in seen:
            break
        seen.add(target)
        id = target
    return id


def add_alias(connection: Connection, alias: str, target: str, reason: str) -> None:
    """From now on `alias` leads to `target`."""
    connection.execute(t.alias.insert().values(alias=alias, target=target, reason=reason, at=datetime.now(UTC)))
