"""What files were found to be by a run that is not at its end: so that none is hashed twice where it is interrupted.

A file's bytes are hashed long before its item is laid out, which alone notes its place for good. Until then what was
found stands here, by place, size and time; the end of its batch clears it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, tuple_

from archive.catalog import tables as t

#: Rows in one statement.
PORTION = 500


class IdentifiedFile(NamedTuple):
    """A file at a place, as it was found. `mark` is a fingerprint of how it was looked at: what was found under another
    one does not hold."""

    root: str
    path: str
    bytes: int
    modified_ns: int
    mark: str
    found: dict[str, Any]


def remember(connection: Connection, batch_id: int, rows: Collection[IdentifiedFile]) -> None:
    """Keeps what was found, in the place of what was found there before."""
    if not rows:
        return
    c = t.identified_file.c
    places = [(one.root, one.path) for one in rows]
    for start in range(0, len(places), PORTION):
        connection.execute(
            t.identified_file.delete().where(tuple_(c.root, c.path).in_(places[start : start + PORTION]))
        )
    connection.execute(t.identified_file.insert(), [{**one._asdict(), "batch_id": batch_id} for one in rows])


def recall(connection: Connection, root: str, paths: Iterable[str]) -> dict[str, IdentifiedFile]:
    """What was found of the files at some paths (no more than PORTION) below a root, by path."""
    c = t.identified_file.c
    asked = select(c.root, c.path, c.bytes, c.modified_ns, c.mark, c.found).where(c.root == root, c.path.in_(paths))
    return {row.path: IdentifiedFile(*row) for row in connection.execute(asked)}


def forget(connection: Connection, batch_id: int) -> None:
    """Clears what a batch found: its files have their places, or it was taken back."""
    connection.execute(t.identified_file.delete().where(t.identified_file.c.batch_id == batch_id))


def forget_all(connection: Connection) -> None:
    """Clears what every batch found: what was looked into by one that was interrupted is looked into again."""
    connection.execute(t.identified_file.delete())
