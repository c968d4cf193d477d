"""What was found of each master at each place, and when: the part of the catalog that fixity writes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, or_, select, tuple_

from archive.catalog import tables as t
from archive.errors import NotFound

#: Places asked at once: memory stays flat however many there are.
PORTION = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A master at one of its places: its fixity as taken in, and as what it was found there last
    (`intact`, `missing`, `changed`, `unreadable`; empty: never looked at)."""

    id: int
    root: str
    path: str
    sha256: str
    bytes: int
    found: str
    checked: datetime | None


@dataclass(frozen=True, slots=True)
class Below:
    """All places of a root (`path` empty), or those at or below a path of it."""

    root: str
    path: str = ""

    def holds(self, root: str, path: str) -> bool:
        """
        >>> Below("disk", "box1").holds("disk", "box1/a.tif"), Below("disk", "box1").holds("disk", "box10/a.tif")
        (True, False)
        """
        return root == self.root and (not self.path or path == self.path or path.startswith(self.path + "/"))

    def condition(self) -> ColumnElement[bool]:
        c = t.location.c
        if not self.path:
            return c.root == self.root
        return and_(c.root == self.root, or_(c.path == self.path, c.path.startswith(self.path + "/", autoescape=True)))


def scope(mounted: Mapping[str, Path], given: Iterable[Path]) -> tuple[Below, ...]:
    """What of the archive stands at or below the given paths; without any, all roots.

    Raises NotFound for a path that no root reaches.

    >>> scope({"disk": Path("/mnt/disk")}, [Path("/mnt/disk/box1")])
    (Below(root='disk', path='box1'),)
    """
    paths = [Path(os.path.abspath(path)) for path in given]
    if not paths:
        return tuple(Below(name) for name in sorted(mounted))
    found: dict[Below, None] = {}
    for path in paths:
        here = [Below(name) for name, folder in sorted(mounted.items()) if folder.is_relative_to(path)]
        here += [
            Below(name, PurePosixPath(path.relative_to(folder)).as_posix())
            for name, folder in sorted(mounted.items())
            if path != folder and path.is_relative_to(folder)
        ]
        if not here:
            raise NotFound(
                "nothing of the archive is here",
                item=str(path),
                remedy="Give a folder that was ingested, or a file or folder below it; ingest.roots "
                "in config.yaml says where disks are now.",
            )
        found.update(dict.fromkeys(here))
    return tuple(found)


def _asked(within: Sequence[Below], before: datetime | None) -> ColumnElement[bool]:
    c = t.location.c
    reached = or_(*(one.condition() for one in within)) if within else c.id < 0
    return reached if before is None else and_(reached, or_(c.checked.is_(None), c.checked < before))


def number(connection: Connection, within: Sequence[Below], before: datetime | None = None) -> tuple[int, int]:
    """How many places there are to look at, and of how many bytes."""
    row = connection.execute(
        select(func.count(), func.coalesce(func.sum(t.location.c.bytes), 0)).where(_asked(within, before))
    ).one()
    return row[0], int(row[1])


def portions(connection: Connection, within: Sequence[Below], before: datetime | None = None) -> Iterator[list[Place]]:
    """The places in order of root and path, a portion at a time; `before`: only those not looked at since."""
    c, after = t.location.c, ("", "")
    columns = (c.id, c.root, c.path, t.file.c.sha256, c.bytes, c.found, c.checked)
    while True:
        rows = connection.execute(
            select(*columns)
            .join(t.file, t.file.c.id == c.file_id)
            .where(_asked(within, before), tuple_(c.root, c.path) > after)
            .order_by(c.root, c.path)
            .limit(PORTION)
        ).all()
        if not rows:
            return
        # Databases ask without regard to case where they like; a path is meant as it stands.
        yield [Place(*row) for row in rows if any(one.holds(row.root, row.path) for one in within)]
        after = (rows[-1].root, rows[-1].path)


def note(connection: Connection, found: Iterable[tuple[int, str]], at: datetime) -> None:
    """Notes as what each place (by its number) was found."""
    rows = [{"place": id, "state": state, "at": at} for id, state in found]
    if rows:
        connection.execute(
            t.location.update()
            .where(t.location.c.id == bindparam("place"))
            .values(found=bindparam("state"), checked=bindparam("at")),
            rows,
        )


def pages_read(connection: Connection, within: Sequence[Below]) -> Iterator[tuple[str, str, str]]:
    """Each page that was read or found blank, with root and path of a place of its master."""
    c, after = t.page.c, 0
    while True:
        rows = connection.execute(
            select(c.ordinal, c.id, t.location.c.root, t.location.c.path)
            .join(t.page_outcome, t.page_outcome.c.page_id == c.id)
            .join(t.item, t.item.c.id == c.item_id)
            .join(t.location, t.location.c.file_id == c.file_id)
            .where(
                c.ordinal > after,
                c.sequence > 0,
                t.item.c.undone.is_(None),
                t.page_outcome.c.outcome.in_(("read", "blank")),
                _asked(within, None),
            )
            .order_by(c.ordinal, t.location.c.id)
            .limit(1000)
        ).all()
        if not rows:
            return
        for row in rows:
            if row.ordinal != after:
                yield row.id, row.root, row.path
            after = row.ordinal
