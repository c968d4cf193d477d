"""Files in the catalog: bytes by their SHA-256, and the named roots below which they are found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, replace
from pathlib import Path

from sqlalchemy import Connection, select

from archive.catalog import tables as t
from archive.record import File, Frame, Location


def roots(connection: Connection) -> dict[str, Path]:
    return {row.name: Path(row.path) for row in connection.execute(select(t.root))}


def put_root(connection: Connection, folder: Path, configured: dict[str, Path]) -> str:
    """The name of the root at `folder`: as configured, as known, or a new one after the folder's name."""
    known = roots(connection) | configured
    for name, path in known.items():
        if path == folder:
            _set_root(connection, name, folder)
            return name
    stem = folder.name or "root"
    name, number = stem, 2
    while name in known:
        name, number = f"{stem}-{number}", number + 1
    _set_root(connection, name, folder)
    return name


def _set_root(connection, name: str, folder: Path) -> None:
    if connection.scalar(select(t.root.c.path).where(t.root.c.name == name)) is None:
        connection.execute(t.root.insert().values(name=name, path=str(folder)))
    else:
        connection.execute(t.root.update().where(t.root.c.name == name).values(path=str(folder)))


def file(connection: Connection, file_id: int) -> File:
    return _file(connection.execute(select(t.file).where(t.file.c.id == file_id)).one())


def file_by_sha256(connection: Connection, sha256: str) -> File | None:
    row = connection.execute(select(t.file).where(t.file.c.sha256 == sha256)).first()
    return _file(row) if row else None


def _file(row) -> File:
    return File(row.id, row.sha256, row.bytes, row.media_type, tuple(Frame(*frame) for frame in row.frames),
                tuple(map(tuple, row.embedded)))


def add_file(connection: Connection, new: File) -> File:
    """Keeps a file not known before; its `id` is given here."""
    id = connection.execute(t.file.insert().values(
        sha256=new.sha256, bytes=new.bytes, media_type=new.media_type,
        frames=[astuple(frame) for frame in new.frames], embedded=new.embedded)).inserted_primary_key[0]
    return replace(new, id=id)


def location(connection: Connection, root: str, path: str) -> Location | None:
    row = connection.execute(select(t.location).where(t.location.c.root == root, t.location.c.path == path)).first()
    return _location(row) if row else None


def locations(connection: Connection, file_id: int | None = None) -> Iterator[Location]:
    """Where a file is found, or where every file is, in order of root and path."""
    asked = select(t.location).order_by(t.location.c.root, t.location.c.path)
    if file_id is not None:
        asked = asked.where(t.location.c.file_id == file_id)
    for row in connection.execute(asked):
        yield _location(row)


def _location(row) -> Location:
    return Location(row.file_id, row.root, row.path, row.bytes, row.modified_ns)


def put_location(connection: Connection, found: Location) -> None:
    """Notes where a file is found; what was noted at that place before is replaced."""
    values = dict(file_id=found.file_id, bytes=found.bytes, modified_ns=found.modified_ns)
    c = t.location.c
    here = (c.root == found.root) & (c.path == found.path)
    if connection.execute(t.location.update().where(here).values(**values)).rowcount == 0:
        connection.execute(t.location.insert().values(root=found.root, path=found.path, **values))


def path_of(connection: Connection, file_id: int) -> Path | None:
    """Where the file can be opened now, or None where it is nowhere to be found."""
    mounted = roots(connection)
    for place in locations(connection, file_id):
        path = mounted[place.root] / place.path
        if path.is_file():
            return path
    return None
