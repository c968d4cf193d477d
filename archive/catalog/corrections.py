"""Corrections in the catalog: kept for good, ended where they are withdrawn, placed on the reading that is shown or
waiting."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, select

from archive.anchor import Anchor, anchor
from archive.catalog import tables as t
from archive.catalog.numbering import inserted
from archive.catalog.outcomes import utc
from archive.catalog.types import AnyRow
from archive.corrections import Correction, Edit
from archive.layout import Layout
from archive.record import Page


def add(
    connection: Connection, page_id: str, reading_id: int, layout: Layout, edits: Iterable[Edit], author: str
) -> list[int]:
    """Keeps edits that were made of a reading's layout; returns their numbers. They wait until they are placed."""
    now = datetime.now(UTC)
    return [
        inserted(
            connection,
            t.correction.insert(),
            page_id=page_id,
            reading_id=reading_id,
            anchor=asdict(anchor(layout, edit.place)),
            text=edit.text,
            author=author,
            created=now,
        )
        for edit in edits
    ]


def of_page(connection: Connection, page: Page) -> tuple[Correction, ...]:
    """The corrections of a page that were not withdrawn, in the order in which they were made."""
    c = t.correction.c
    return tuple(
        _correction(row, page)
        for row in connection.execute(_ASKED.where(c.page_id == page.id, c.ended.is_(None)).order_by(c.id))
    )


_ASKED = select(t.correction, t.reading.c.file_id, t.reading.c.frame).join(
    t.reading, t.reading.c.id == t.correction.c.reading_id
)


def _correction(row: AnyRow, page: Page) -> Correction:
    return Correction(
        row.id,
        row.page_id,
        Anchor(**row.anchor),
        row.text,
        row.author,
        row.created,
        row.ended,
        row.placed_on is not None,
        (row.file_id, row.frame) == (page.file_id, page.frame),
    )


def place(connection: Connection, page_id: str, placed: Collection[int], reading_id: int | None) -> None:
    """The standing corrections of a page that are in `placed` stand in the reading, the others wait."""
    c = t.correction.c
    standing = t.correction.update().where(c.page_id == page_id, c.ended.is_(None))
    connection.execute(standing.values(placed_on=None))
    if placed:
        connection.execute(standing.where(c.id.in_(placed)).values(placed_on=reading_id))


def end(connection: Connection, id: int) -> str | None:
    """Withdraws one; returns the id of its page, or None where there is no such correction standing."""
    c = t.correction.c
    page_id = connection.scalar(select(c.page_id).where(c.id == id, c.ended.is_(None)))
    if page_id is not None:
        connection.execute(t.correction.update().where(c.id == id).values(ended=datetime.now(UTC), placed_on=None))
    return page_id


def listed(connection: Connection, *, waiting: bool = False, page_id: str = "") -> Iterator[AnyRow]:
    """Standing corrections of pages that are in the archive, the oldest first: id, page_id, item_id, anchor, text,
    author, created, placed_on."""
    c, page = t.correction.c, t.page.c
    asked = (
        select(t.correction, page.item_id)
        .join(t.page, page.id == c.page_id)
        .join(t.item, t.item.c.id == page.item_id)
        .where(c.ended.is_(None), page.sequence > 0, t.item.c.undone.is_(None))
        .order_by(c.id)
    )
    if waiting:
        asked = asked.where(c.placed_on.is_(None))
    if page_id:
        asked = asked.where(c.page_id == page_id)
    yield from connection.execution_options(yield_per=500).execute(asked)


@dataclass(frozen=True, slots=True)
class Standing:
    """What persons did to a reading: in how many places they changed it, how many they confirmed as read, when they did
    so last."""

    changed: int
    confirmed: int
    last: datetime


def standing_on(connection: Connection, page_id: str, reading_id: int | None) -> Standing | None:
    """The corrections that stand in one of a page's readings; None where there are none."""
    c = t.correction.c
    found = connection.execute(
        select(c.anchor, c.text, c.created).where(c.page_id == page_id, c.placed_on == reading_id, c.ended.is_(None))
    ).all()
    changed = sum(row.text.strip() != row.anchor["exact"] for row in found)
    return Standing(changed, len(found) - changed, utc(max(row.created for row in found))) if found else None
