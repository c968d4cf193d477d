"""What happened: the append-only events, and the outbox from which the index is fed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, func, or_, select

from archive.catalog import tables as t
from archive.catalog import withheld
from archive.catalog.connect import actor_of
from archive.catalog.types import AnyRow
from archive.record import Event
from archive.unit import Kind, Subject, Unit, subject

#: Subjects whose events are asked for at once.
_PORTION = 500


def note(connection: Connection, action: str, about: Subject, outcome: str = "done", **detail: Any) -> None:
    """Adds an event; its agent is the actor that the catalog was signed with (`archive.catalog.connect.signed`)."""
    connection.execute(
        t.event.insert().values(
            at=datetime.now(UTC),
            agent=actor_of(connection),
            action=action,
            subject_kind=about.kind,
            subject_id=about.id,
            outcome=outcome,
            detail=detail,
        )
    )


def events(connection: Connection, about: Subject) -> tuple[Event, ...]:
    """What happened to one subject, in its order."""
    return tuple(event for _, event in numbered(connection, [about]))


def numbered(connection: Connection, subjects: Iterable[Subject]) -> tuple[tuple[int, Event], ...]:
    """The events of these subjects with the numbers they are kept under, in their order."""
    found: dict[int, Event] = {}
    c = t.event.c
    for kind, of_kind in groupby(sorted(set(subjects), key=lambda one: one.kind), key=lambda one: one.kind):
        ids = [one.id for one in of_kind]
        for start in range(0, len(ids), _PORTION):
            asked = select(t.event).where(c.subject_kind == kind, c.subject_id.in_(ids[start : start + _PORTION]))
            found |= {row.id: _event(row) for row in connection.execute(asked)}
    return tuple(sorted(found.items(), key=lambda one: one[0]))


def _event(row: AnyRow) -> Event:
    return Event(row.at, row.agent, row.action, subject(row.subject_kind, row.subject_id), row.outcome, row.detail)


def post(connection: Connection, units: Iterable[Unit]) -> None:
    """These units changed: the index must hear of them; of an item or a component, of all its pages, as they are when
    it is fed. Where less may be read than before, see `withheld.narrow`."""
    rows = [{"subject_kind": unit.kind, "subject_id": unit.id} for unit in units]
    if rows:
        connection.execute(t.outbox.insert(), rows)


def waiting(connection: Connection, limit: int) -> tuple[int, tuple[Unit, ...]]:
    """The next units the index must hear of, each once, and the number up to which they were asked."""
    rows = connection.execute(select(t.outbox).order_by(t.outbox.c.seq).limit(limit)).all()
    units = dict.fromkeys(Unit(row.subject_kind, row.subject_id) for row in rows)
    return (rows[-1].seq if rows else 0), tuple(units)


def heard(connection: Connection, up_to: int) -> None:
    """The index has heard of everything up to this number."""
    connection.execute(t.outbox.delete().where(t.outbox.c.seq <= up_to))
    withheld.heard(connection, up_to)


def outbox_length(connection: Connection) -> int:
    """How many units the index must still hear of."""
    units = select(t.outbox.c.subject_kind, t.outbox.c.subject_id).distinct().subquery()
    return connection.scalar(select(func.count()).select_from(units)) or 0


def items_changed(connection: Connection, since: datetime) -> frozenset[str]:
    """The ids of items added since, or of which, or of a page of which, something was noted since."""
    noted = select(t.event.c.subject_id).where(t.event.c.at >= since)
    of_pages = select(t.page.c.item_id).where(t.page.c.id.in_(noted.where(t.event.c.subject_kind == Kind.PAGE)))
    of_items = noted.where(t.event.c.subject_kind == Kind.ITEM)
    asked = select(t.item.c.id).where(
        or_(t.item.c.created >= since, t.item.c.id.in_(of_items), t.item.c.id.in_(of_pages))
    )
    return frozenset(connection.scalars(asked))
