"""Decisions in the catalog: kept for good, ended where they are withdrawn, placed on the reading that is shown or
waiting. Whatever their kind: what a kind says of its own is in archive.decisions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, and_, false, func, select, true

from archive.access import Rule, State
from archive.anchor import Anchor, Place, anchor
from archive.catalog import journal, rules
from archive.catalog import tables as t
from archive.catalog.types import AnyRow
from archive.decisions import KINDS, Decision, Kind, kind_named
from archive.layout import Layout
from archive.unit import Unit

D = TypeVar("D")

#: Rows asked for at once.
PORTION = 500
_C = t.decision.c


def keep(
    connection: Connection,
    kind: Kind[D],
    page_id: str,
    reading_id: int,
    layout: Layout,
    decided: Iterable[tuple[Place, D]],
    author: str,
) -> list[int]:
    """Keeps what was decided of places of a reading's layout; returns the decisions' numbers. They wait until they are
    placed."""
    rows = [
        dict(
            kind=kind.name,
            page_id=page_id,
            reading_id=reading_id,
            anchor=asdict(anchor(layout, where)),
            decided=kind.kept(one),
            author=author,
            created=created,
        )
        for created in (datetime.now(UTC),)
        for where, one in decided
    ]
    if not rows:
        return []
    last = connection.scalar(select(func.max(_C.id))) or 0
    connection.execute(t.decision.insert(), rows)
    ids = list(connection.scalars(select(_C.id).where(_C.page_id == page_id, _C.id > last).order_by(_C.id)))
    if kind.restricts:
        _restrict(connection, page_id)
    return ids


_ASKED = (
    select(
        t.decision,
        t.page.c.item_id,
        ((t.reading.c.file_id == t.page.c.file_id) & (t.reading.c.frame == t.page.c.frame)).label("same_image"),
    )
    .join(t.reading, t.reading.c.id == _C.reading_id)
    .join(t.page, t.page.c.id == _C.page_id)
    .where(_C.ended.is_(None))
)


#: That it stands in what is shown of its page; of a page shown by another reading nobody has looked yet.
_STANDS = func.coalesce(_C.placed_on == t.page.c.shown_reading, false())


def of_row(row: AnyRow) -> Decision[Any]:
    """The decision of a row of `listed` or `newest`."""
    return Decision(
        row.id,
        row.kind,
        row.page_id,
        Anchor(**row.anchor),
        kind_named(row.kind).read(row.decided),
        row.author,
        row.created,
        row.ended,
        row.placed_on is not None,
        bool(row.same_image),
    )


def of_page(connection: Connection, page_id: str) -> tuple[Decision[Any], ...]:
    """The decisions of every kind on a page that were not withdrawn, in the order in which they were made."""
    return tuple(map(of_row, connection.execute(_ASKED.where(_C.page_id == page_id).order_by(_C.id))))


def waiting_in(connection: Connection, item_id: str) -> list[str]:
    """The ids of an item's pages on which a decision does not stand in what is shown of them."""
    asked = select(_C.page_id).distinct().join(t.page, t.page.c.id == _C.page_id)
    asked = asked.where(t.page.c.item_id == item_id, _C.ended.is_(None), ~_STANDS)
    return list(connection.scalars(asked.order_by(_C.page_id)))


def standing_on(connection: Connection, kind: Kind[D], page_ids: Collection[str]) -> dict[str, tuple[Decision[D], ...]]:
    """By page, the decisions of a kind that stand in what is shown of these pages; most have none."""
    found: dict[str, list[Decision[D]]] = {}
    asked = _ASKED.where(_C.page_id.in_(page_ids), _C.kind == kind.name, _STANDS)
    for row in connection.execute(asked.order_by(_C.id)):
        found.setdefault(row.page_id, []).append(of_row(row))
    return {page_id: tuple(some) for page_id, some in found.items()}


def _restrict(connection: Connection, page_id: str) -> None:
    """Closes a page as long as a decision on it that restricts does not stand in the reading that is shown, and no
    longer."""
    lost = select(_C.id).join(t.page, t.page.c.id == _C.page_id).limit(1)
    lost = lost.where(_C.page_id == page_id, _C.ended.is_(None), _restricts(), ~_STANDS)
    is_lost = connection.scalar(lost) is not None
    if rules.put(connection, Unit.page(page_id), Rule(State.CLOSED) if is_lost else None, rules.DECISION):
        state = {"state": State.CLOSED.value} if is_lost else {}
        journal.note(connection, "access", Unit.page(page_id), waiting=is_lost, **state)


def restricted(connection: Connection, page_ids: Collection[str]) -> list[str]:
    """Which of these pages have a decision that restricts and was not withdrawn, wherever it stands."""
    asked = select(_C.page_id).distinct().where(_C.page_id.in_(page_ids), _C.ended.is_(None), _restricts())
    return list(connection.scalars(asked))


def _restricts() -> ColumnElement[bool]:
    """That a decision is of a kind that restricts, or of none that is known."""
    return _C.kind.not_in([one.name for one in KINDS.values() if not one.restricts])


def place(connection: Connection, page_id: str, placed: Collection[int], reading_id: int | None) -> None:
    """The decisions on a page, of every kind, that are in `placed` stand in the reading, the others wait: the page is
    closed while one of them restricts."""
    standing = t.decision.update().where(_C.page_id == page_id, _C.ended.is_(None))
    connection.execute(standing.values(placed_on=None))
    if placed:
        connection.execute(standing.where(_C.id.in_(placed)).values(placed_on=reading_id))
    _restrict(connection, page_id)


def end(connection: Connection, kind: Kind[Any], id: int) -> str | None:
    """Withdraws one of a kind; returns the id of its page, or None where there is no such decision standing."""
    this = (_C.id == id) & (_C.kind == kind.name) & _C.ended.is_(None)
    page_id: str | None = connection.scalar(select(_C.page_id).where(this))
    if page_id is not None:
        connection.execute(t.decision.update().where(this).values(ended=datetime.now(UTC), placed_on=None))
        _restrict(connection, page_id)
    return page_id


def listed(
    connection: Connection, kind: Kind[Any], *, waiting: bool = False, page_id: str = ""
) -> Iterator[tuple[Decision[Any], str]]:
    """The decisions of a kind on pages that are in the archive, the oldest first, each with the id of its item."""
    asked = _ASKED.where(_of_list(kind, waiting, page_id)).order_by(_C.id)
    asked = asked.join(t.item, t.item.c.id == t.page.c.item_id)
    for row in connection.execute(asked, execution_options={"yield_per": PORTION}):
        yield of_row(row), row.item_id


def newest(
    connection: Connection, kind: Kind[Any], size: int, *, waiting: bool = False, page_id: str = "", below: int = 0
) -> Sequence[AnyRow]:
    """At most `size` of the list, the newest first, those with numbers below `below` where it is given. A row is a
    decision's (`of_row`), with its page's item_id, sequence, label, role, width, height."""
    page = t.page.c
    asked = _ASKED.add_columns(page.sequence, page.label, page.role, page.width, page.height)
    asked = asked.join(t.item, t.item.c.id == page.item_id).where(_of_list(kind, waiting, page_id))
    if below:
        asked = asked.where(_C.id < below)
    return connection.execute(asked.order_by(_C.id.desc()).limit(size)).all()


def waiting(connection: Connection, kind: Kind[Any], page_id: str = "") -> int:
    """How many decisions of a kind found no place on the newest reading, of all pages or of one."""
    asked = select(func.count()).select_from(t.decision).join(t.page, t.page.c.id == _C.page_id)
    asked = asked.join(t.item, t.item.c.id == t.page.c.item_id)
    return connection.scalar(asked.where(_C.ended.is_(None), _of_list(kind, True, page_id))) or 0


def _of_list(kind: Kind[Any], waiting: bool, page_id: str) -> ColumnElement[bool]:
    return and_(
        _C.kind == kind.name,
        t.page.c.sequence > 0,
        t.item.c.undone.is_(None),
        _C.placed_on.is_(None) if waiting else true(),
        _C.page_id == page_id if page_id else true(),
    )
