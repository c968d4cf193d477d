"""Ids that once stood and lead to another unit of their kind now: a permalink that was given out stays good."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, select

from archive.catalog import tables as t
from archive.unit import Unit


def add(connection: Connection, alias: Unit, target: Unit | None, reason: str) -> None:
    """From now on the id of `alias` leads to `target`, or to nothing. Raises ValueError where they are of two kinds:
    what was cited as a page is not to be an item one day."""
    if target is not None and target.kind is not alias.kind:
        raise ValueError(f"{alias} cannot lead to {target}: an id leads to a unit of its own kind")
    connection.execute(
        t.alias.insert().values(
            alias=alias.id,
            kind=alias.kind,
            target=target.id if target else "",
            reason=reason,
            at=datetime.now(UTC),
        )
    )


def end(connection: Connection, alias: Unit) -> None:
    """What the id named stands again: it leads nowhere else any more."""
    connection.execute(t.alias.delete().where(t.alias.c.alias == alias.id, t.alias.c.kind == alias.kind))


def target(connection: Connection, id: str) -> str:
    """The id that an id which once stood leads to now; the id itself where it is no alias, an empty text where it
    leads to nothing any more."""
    seen = {id}
    while (
        led := connection.scalar(select(t.alias.c.target).where(t.alias.c.alias == id))
    ) is not None and led not in seen:
        seen.add(led)
        id = led
    return id
