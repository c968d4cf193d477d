"""Files in the catalog: bytes by their SHA-256, and the named roots below which they are found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import astuple, replace
from pathlib import Path

from sqlalchemy import Connection, func, select

from archive.catalog import tables as t
from archive.catalog.numbering import inserted
from archive.catalog.types import AnyRow
from archive.config import Config
from archive.record import File, Frame, Location

#: Values in one statement; SQLite takes no more than some 32,000.
_AT_ONCE = 500


def roots(connection: Connection) -> dict[str, Path]:
    return {row.name: Path(row.path) for row in connection.execute(select(t.root))}


def mounted(connection: Connection, config: Config) -> dict[str, Path]:
    """Where each named root is now: as the settings say (`ingest.roots`), else where it was last ingested from."""
    return roots(connection) | config.roots


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


def _set_root(connection: Connection, name: str, folder: Path) -> None:
    if connection.scalar(select(t.root.c.path).where(t.root.c.name == name)) is None:
        connection.execute(t.root.insert().values(name=name, path=str(folder)))
    else:
        connection.execute(t.root.update().where(t.root.c.name == name).values(path=str(folder)))


def file(connection: Connection, file_id: int) -> File:
    return _file(connection.execute(select(t.file).where(t.file.c.id == file_id)).one())


def by_id(connection: Connection, ids: Collection[int]) -> dict[int, File]:
    """These files, by id."""
    wanted = sorted(ids)
    found: dict[int, File] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = connection.execute(select(t.file).where(t.file.c.id.in_(wanted[start : start + _AT_ONCE])))
        found |= {row.id: _file(row) for row in rows}
    return found


def file_by_sha256(connection: Connection, sha256: str) -> File | None:
    row = connection.execute(select(t.file).where(t.file.c.sha256 == sha256)).first()
    return _file(row) if row else None


def _file(row: AnyRow) -> File:
    return File(
        row.id,
        row.sha256,
        row.bytes,
        row.media_type,
        tuple(Frame(*frame) for frame in row.frames),
        tuple(map(tuple, row.embedded)),
        row.puid,
        row.format,
    )


def add_file(connection: Connection, new: File) -> File:
    """Keeps a file not known before; its `id` is given here."""
    id = inserted(
        connection,
        t.file.insert(),
        sha256=new.sha256,
        bytes=new.bytes,
        media_type=new.media_type,
        puid=new.puid,
        format=new.format,
        frames=[astuple(frame) for frame in new.frames],
        embedded=new.embedded,
    )
    return replace(new, id=id)


def set_frames(connection: Connection, file_id: int, frames: tuple[Frame, ...]) -> None:
    """The frames of a file, as they are found in it now."""
    connection.execute(
        t.file.update().where(t.file.c.id == file_id).values(frames=[astuple(frame) for frame in frames])
    )


def set_embedded(connection: Connection, file_id: int, embedded: Iterable[tuple[str, str, str]]) -> None:
    """What a file says of itself, as it is found in it now."""
    connection.execute(t.file.update().where(t.file.c.id == file_id).values(embedded=list(embedded)))


def location(connection: Connection, root: str, path: str) -> Location | None:
    row = connection.execute(select(t.location).where(t.location.c.root == root, t.location.c.path == path)).first()
    return _location(row) if row else None


def locations_below(connection: Connection, root: str, folder: str = "") -> dict[str, tuple[int, int, int]]:
    """By path, the (file id, bytes, modification time in ns) of all that is known below a folder of a root."""
    c = t.location.c
    asked = select(c.path, c.file_id, c.bytes, c.modified_ns).where(c.root == root)
    if folder:
        asked = asked.where(c.path.startswith(f"{folder}/", autoescape=True))
    return {path: (file_id, size, modified_ns) for path, file_id, size, modified_ns in connection.execute(asked)}


def put_in_item(connection: Connection, item_id: str, file_id: int, role: str) -> None:
    """Notes that a file is part of an item, as what: its transcript."""
    values = dict(item_id=item_id, file_id=file_id, role=role)
    if connection.scalar(select(t.item_file.c.file_id).filter_by(**values)) is None:
        connection.execute(t.item_file.insert().values(**values))


def in_items(connection: Connection, role: str) -> set[int]:
    """The ids of all files that are part of an item as this: its transcript."""
    return set(connection.scalars(select(t.item_file.c.file_id).where(t.item_file.c.role == role)))


def locations(connection: Connection) -> Iterator[Location]:
    """Where every file is found, in order of root and path."""
    return map(_location, connection.execute(select(t.location).order_by(t.location.c.root, t.location.c.path)))


def locations_of(connection: Connection, file_id: int) -> Iterator[Location]:
    """Where a file is found, the place at which it was known first before the others."""
    return map(
        _location,
        connection.execute(select(t.location).where(t.location.c.file_id == file_id).order_by(t.location.c.id)),
    )


def first_places(connection: Connection, file_ids: Sequence[int]) -> dict[int, tuple[str, str, int]]:
    """By file, the root and the path below it at which it was known first, and how many frames it has."""
    c = t.location.c
    first = select(func.min(c.id)).where(c.file_id.in_(file_ids)).group_by(c.file_id)
    asked = select(c.file_id, c.root, c.path, t.file.c.frames).join(t.file, t.file.c.id == c.file_id)
    return {r.file_id: (r.root, r.path, len(r.frames)) for r in connection.execute(asked.where(c.id.in_(first)))}


def _location(row: AnyRow) -> Location:
    return Location(row.file_id, row.root, row.path, row.bytes, row.modified_ns)


def put_location(connection: Connection, found: Location) -> None:
    """Notes where a file is found; what was noted at that place before is replaced."""
    values = dict(file_id=found.file_id, bytes=found.bytes, modified_ns=found.modified_ns)
    c = t.location.c
    here = (c.root == found.root) & (c.path == found.path)
    # Other bytes were never looked at.
    connection.execute(t.location.update().where(here, c.file_id != found.file_id).values(checked=None, found=""))
    if connection.execute(t.location.update().where(here).values(**values)).rowcount == 0:
        connection.execute(t.location.insert().values(root=found.root, path=found.path, **values))


def path_of(connection: Connection, file_id: int, config: Config) -> Path | None:
    """Where the file can be opened now, or None where it is nowhere to be found."""
    where = mounted(connection, config)
    for place in locations_of(connection, file_id):
        path = where[place.root] / place.path
        if path.is_file():
            return path
    return None
