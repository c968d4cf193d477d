"""What happened: the append-only events, and the outbox from which the index is fed."""

from __future__ import annotations

import getpass
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, or_, select

from archive.catalog import tables as t
from archive.catalog import withheld
from archive.record import Event


def note(connection: Connection, action: str, kind: str, id: str, outcome: str = "done", **detail: Any) -> None:
    """Adds an event; the agent is who runs the program."""
    connection.execute(
        t.event.insert().values(
            at=datetime.now(UTC),
            agent=_agent(),
            action=action,
            subject_kind=kind,
            subject_id=id,
            outcome=outcome,
            detail=detail,
        )
    )


def _agent() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"  # a container's user without a name


def events(connection: Connection, kind: str, id: str) -> tuple[Event, ...]:
    rows = connection.execute(
        select(t.event).where(t.event.c.subject_kind == kind, t.event.c.subject_id == id).order_by(t.event.c.id)
    )
    return tuple(Event(r.at, r.agent, r.action, r.subject_kind, r.subject_id, r.outcome, r.detail) for r in rows)


def numbered(connection: Connection, subjects: Iterable[tuple[str, str]]) -> tuple[tuple[int, Event], ...]:
    """The events of these subjects (kind, id) with the numbers they are kept under, in their order."""
    found: dict[int, Event] = {}
    c = t.event.c
    by_kind: dict[str, list[str]] = {}
    for kind, id in subjects:
        by_kind.setdefault(kind, []).append(id)
    for kind, ids in by_kind.items():
        for start in range(0, len(ids), 500):
            rows = connection.execute(
                select(t.event).where(c.subject_kind == kind, c.subject_id.in_(ids[start : start + 500]))
            )
            found |= {
                r.id: Event(r.at, r.agent, r.action, r.subject_kind, r.subject_id, r.outcome, r.detail) for r in rows
            }
    return tuple(sorted(found.items()))


def post(connection: Connection, page_ids: Iterable[str]) -> None:
    """These pages changed: the index must hear of it. Where less may be read than before, see `withheld.narrow`."""
    rows = [{"page_id": id} for id in page_ids]
    if rows:
        connection.execute(t.outbox.insert(), rows)


def waiting(connection: Connection, limit: int) -> tuple[int, tuple[str, ...]]:
    """The next pages the index must hear of, each once, and the number up to which they were asked."""
    rows = connection.execute(select(t.outbox).order_by(t.outbox.c.seq).limit(limit)).all()
    return (rows[-1].seq if rows else 0), tuple(dict.fromkeys(row.page_id for row in rows))


def heard(connection: Connection, up_to: int) -> None:
    """The index has heard of everything up to this number."""
    connection.execute(t.outbox.delete().where(t.outbox.c.seq <= up_to))
    withheld.heard(connection, up_to)


def outbox_length(connection: Connection) -> int:
    return connection.scalar(select(func.count(t.outbox.c.page_id.distinct()))) or 0


def items_changed(connection: Connection, since: datetime) -> frozenset[str]:
    """The ids of items added since, or of which, or of a page of which, something was noted since."""
    noted = select(t.event.c.subject_id).where(t.event.c.at >= since)
    of_pages = select(t.page.c.item_id).where(t.page.c.id.in_(noted.where(t.event.c.subject_kind == "page")))
    of_items = noted.where(t.event.c.subject_kind == "item")
    asked = select(t.item.c.id).where(
        or_(t.item.c.created >= since, t.item.c.id.in_(of_items), t.item.c.id.in_(of_pages))
    )
    return frozenset(connection.scalars(asked))
