"""Items and pages in the catalog: minted once, described by statements, never renumbered by accident."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime

from sqlalchemy import Connection, case, func, select

from archive import ids
from archive.catalog import aliases, decisions, owned, withheld
from archive.catalog import tables as t
from archive.catalog.numbering import inserted
from archive.catalog.owned import Fate
from archive.catalog.types import AnyRow
from archive.description import STATED, Description, Statement
from archive.record import Item, Page
from archive.unit import Unit

#: 0 for an item that is in the archive, 1 for one that an undo took out.
_TAKEN_OUT = case((t.item.c.undone.is_(None), 0), else_=1)


def add_item(connection: Connection, naan: str, local_id: str | None = None, origin: str = "") -> Item:
    item = Item(ids.mint(naan), local_id, None, "", origin)
    connection.execute(t.item.insert().values(id=item.id, local_id=local_id, origin=origin, created=datetime.now(UTC)))
    return item


def item(connection: Connection, id: str) -> Item | None:
    row = connection.execute(select(t.item).where(t.item.c.id == id)).first()
    return _item(row) if row else None


def by_id(connection: Connection, ids: Collection[str]) -> dict[str, Item]:
    """Items by id; an id that is no item's is left out."""
    return {row.id: _item(row) for row in connection.execute(select(t.item).where(t.item.c.id.in_(ids)))}


def items_by_local_id(connection: Connection, local_id: str) -> tuple[Item, ...]:
    """The items that spreadsheets call by this id, oldest first: each folder may have its own `0001`. Those that
    an undo took out stand last."""
    rows = connection.execute(
        select(t.item).where(t.item.c.local_id == local_id).order_by(_TAKEN_OUT, t.item.c.ordinal)
    )
    return tuple(map(_item, rows))


def _item(row: AnyRow) -> Item:
    return Item(row.id, row.local_id, row.component_id, row.described_by, row.origin, row.plan, row.undone, row.read_in)


def items_of_file(connection: Connection, file_id: int) -> tuple[Item, ...]:
    """The items that have a page in this file, oldest first; those that an undo took out stand last."""
    rows = connection.execute(
        select(t.item)
        .where(t.item.c.id.in_(select(t.page.c.item_id).where(t.page.c.file_id == file_id)))
        .order_by(_TAKEN_OUT, t.item.c.ordinal)
    )
    return tuple(map(_item, rows))


def items_of_component(connection: Connection, component_ids: Iterable[str]) -> tuple[Item, ...]:
    rows = connection.execute(
        select(t.item)
        .where(t.item.c.component_id.in_(tuple(component_ids)), t.item.c.undone.is_(None))
        .order_by(t.item.c.ordinal)
    )
    return tuple(map(_item, rows))


def every_item(connection: Connection) -> Iterator[Item]:
    """All items, in the archive's order, by portions, so that memory stays flat."""
    after = 0
    while rows := connection.execute(
        select(t.item).where(t.item.c.ordinal > after, t.item.c.undone.is_(None)).order_by(t.item.c.ordinal).limit(500)
    ).all():
        yield from map(_item, rows)
        after = rows[-1].ordinal


def set_plan(connection: Connection, item_id: str, plan: str) -> None:
    """Notes what an item was laid out from; an empty text has it laid out again by the next run."""
    connection.execute(t.item.update().where(t.item.c.id == item_id, t.item.c.plan != plan).values(plan=plan))


def set_description(
    connection: Connection, item_id: str, description: Description, component_id: str | None, described_by: str
) -> None:
    """Replaces an item's statements and its place in the tree.

    What persons said and is gone, and what a machine drew of an item described in full, is no longer to be found.
    """
    _narrow_what_goes(connection, item_id, description, component_id)
    connection.execute(t.statement.delete().where(t.statement.c.item_id == item_id))
    rows = [
        dict(item_id=item_id, position=n, element=s.element, value=s.value, source=s.source, detail=s.detail)
        for n, s in enumerate(description.statements, 1)
    ]
    if rows:
        connection.execute(t.statement.insert(), rows)
    connection.execute(
        t.item.update().where(t.item.c.id == item_id).values(component_id=component_id, described_by=described_by)
    )


def move(connection: Connection, item_id: str, component_id: str | None) -> None:
    """Puts an item into another component, as it is; its description is still to be written."""
    withheld.narrow(connection, Unit.item(item_id))
    connection.execute(t.item.update().where(t.item.c.id == item_id).values(component_id=component_id, described_by=""))


def _narrow_what_goes(connection: Connection, item_id: str, wanted: Description, component_id: str | None) -> None:
    before, standing = item(connection, item_id), description(connection, item_id)
    if before is None:
        return
    moves = bool(standing.statements) and before.component_id != component_id
    kept = {(one.element, one.value) for one in wanted}
    goes = any((one.element, one.value) not in kept for one in standing if before.described_by or one.source in STATED)
    if moves or goes:
        withheld.narrow(connection, Unit.item(item_id))


def description(connection: Connection, item_id: str) -> Description:
    return descriptions(connection, [item_id])[item_id]


def descriptions(connection: Connection, item_ids: Collection[str]) -> dict[str, Description]:
    """The description of each of these items, by id; an empty one where nothing is said."""
    c = t.statement.c
    said: dict[str, list[Statement]] = {id: [] for id in item_ids}
    for row in connection.execute(
        select(c.item_id, c.element, c.value, c.source, c.detail)
        .where(c.item_id.in_(item_ids))
        .order_by(c.item_id, c.position)
    ):
        said[row.item_id].append(Statement(row.element, row.value, row.source, row.detail))
    return {id: Description(tuple(statements)) for id, statements in said.items()}


def add_page(
    connection: Connection,
    naan: str,
    item_id: str,
    sequence: int,
    file_id: int,
    frame: int,
    width: int,
    height: int,
    dpi: float | None,
) -> Page:
    """A new page; its canvas is fixed from now on."""
    id = ids.mint(naan)
    place = dict(item_id=item_id, sequence=sequence, file_id=file_id, frame=frame)
    ordinal = inserted(connection, t.page.insert(), id=id, **place, width=width, height=height, dpi=dpi)
    return Page(id, ordinal, item_id, sequence, "", "", file_id, frame, width, height, dpi, None)


def set_sequence(connection: Connection, page_id: str, sequence: int) -> None:
    """Moves a page to this place in its item; 0 takes it out, while its id goes on leading to the item."""
    if sequence == 0:
        withheld.narrow(connection, Unit.page(page_id))
    connection.execute(t.page.update().where(t.page.c.id == page_id).values(sequence=sequence))


def move_page(connection: Connection, page_id: str, item_id: str) -> None:
    """A page goes over to another item, with its id."""
    withheld.narrow(connection, Unit.page(page_id))
    connection.execute(t.page.update().where(t.page.c.id == page_id).values(item_id=item_id))


def retire(connection: Connection, item_id: str, target: str, reason: str) -> None:
    """An item without pages goes; its id leads to `target` from now on."""
    withheld.narrow(connection, Unit.item(item_id))
    for one, named in owned.retired():
        here = named == item_id
        if one.retire is Fate.HAND_OVER:
            connection.execute(one.table.update().where(here).values({named.name: target, **one.handed_over}))
        else:
            connection.execute(one.table.delete().where(here))
    aliases.add(connection, Unit.item(item_id), Unit.item(target), reason)


def set_master(
    connection: Connection, page_id: str, file_id: int, frame: int, width: int, height: int, dpi: float | None
) -> None:
    """The page was scanned again: another master, another canvas, the same id. What was read of the old
    one is kept and no longer shown, what was decided on it waits, and the page is to be read anew."""
    withheld.narrow(connection, Unit.page(page_id))
    connection.execute(t.page_outcome.delete().where(t.page_outcome.c.page_id == page_id))
    connection.execute(
        t.page.update()
        .where(t.page.c.id == page_id)
        .values(file_id=file_id, frame=frame, width=width, height=height, dpi=dpi, shown_reading=None)
    )
    decisions.place(connection, page_id, (), None)


def set_label(connection: Connection, page_id: str, label: str, role: str) -> bool:
    """Notes a page's printed label and role; returns whether that changed anything."""
    c = t.page.c
    return (
        connection.execute(
            t.page.update().where(c.id == page_id, (c.label != label) | (c.role != role)).values(label=label, role=role)
        ).rowcount
        > 0
    )


def read_in(
    connection: Connection, languages: str, *, item_id: str = "", page_id: str = "", by_row: bool = False
) -> bool:
    """Notes in which languages (ISO 639-2, by +) an item's pages, or one page, are to be read, empty where nobody says,
    and whether it is the page's row that says so; returns whether that changed the languages."""
    if page_id:
        connection.execute(
            t.page.update()
            .where(t.page.c.id == page_id, t.page.c.read_in_by_row != by_row)
            .values(read_in_by_row=by_row)
        )
    table, id = (t.item, item_id) if item_id else (t.page, page_id)
    return (
        connection.execute(
            table.update().where(table.c.id == id, table.c.read_in != languages).values(read_in=languages)
        ).rowcount
        > 0
    )


def read_by_ocr(connection: Connection, page_ids: Iterable[str], said: bool = True) -> None:
    """Notes whether pages are to be read by OCR from now on, in spite of their text layer or a delivered text."""
    for page_id in page_ids:
        connection.execute(t.page.update().where(t.page.c.id == page_id).values(by_ocr=said))


def page(connection: Connection, id: str) -> Page | None:
    row = connection.execute(select(t.page).where(t.page.c.id == id)).first()
    return page_of_row(row) if row else None


def pages_by_id(connection: Connection, ids: Collection[str]) -> dict[str, Page]:
    """Pages by id, also such as were taken out of their items; an id that is no page's is left out."""
    return {row.id: page_of_row(row) for row in connection.execute(select(t.page).where(t.page.c.id.in_(ids)))}


def pages(connection: Connection, item_id: str) -> tuple[Page, ...]:
    """An item's pages in order."""
    rows = connection.execute(
        select(t.page)
        .where(t.page.c.item_id == item_id, t.page.c.sequence > 0)
        .order_by(t.page.c.sequence, t.page.c.ordinal)
    )
    return tuple(page_of_row(row) for row in rows)


def pages_of_file(connection: Connection, file_id: int) -> tuple[Page, ...]:
    """The pages that are frames of a file, in whatever items they are, in its order."""
    rows = connection.execute(
        select(t.page)
        .where(t.page.c.file_id == file_id, t.page.c.sequence > 0)
        .order_by(t.page.c.frame, t.page.c.ordinal)
    )
    return tuple(page_of_row(row) for row in rows)


def pages_taken_out(connection: Connection, item_id: str) -> tuple[Page, ...]:
    """The pages that were in an item once, oldest first; their ids lead to it, and stand again if they come back."""
    rows = connection.execute(
        select(t.page).where(t.page.c.item_id == item_id, t.page.c.sequence == 0).order_by(t.page.c.ordinal)
    )
    return tuple(page_of_row(row) for row in rows)


def page_of_row(r: AnyRow) -> Page:
    return Page(
        r.id,
        r.ordinal,
        r.item_id,
        r.sequence,
        r.label,
        r.role,
        r.file_id,
        r.frame,
        r.width,
        r.height,
        r.dpi,
        r.shown_reading,
        r.read_in,
        r.read_in_by_row,
        r.by_ocr,
    )


def count(connection: Connection) -> tuple[int, int]:
    """How many items and pages there are."""
    return (
        connection.scalar(select(func.count()).select_from(t.item).where(t.item.c.undone.is_(None))) or 0,
        connection.scalar(select(func.count()).select_from(t.page).where(t.page.c.sequence > 0)) or 0,
    )
