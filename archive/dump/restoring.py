"""Restores a dump into an empty archive, in either database: whole, or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, MetaData, Table, inspect, text
from sqlalchemy.exc import DatabaseError

from archive.bagging import PAYLOAD
from archive.catalog import databases, files, journal, shape
from archive.catalog.connect import reach, signed
from archive.config import Config
from archive.dump import bag, rows
from archive.dump.writing import FORMAT, binding
from archive.errors import ArchiveError, ConfigError, FixityError
from archive.folders import FOLDERS
from archive.unit import Matter

_CATALOG = f"{PAYLOAD}catalog/"
_FOLDERS = tuple(f"{PAYLOAD}{one.name}/" for one in FOLDERS if one.dumped)


@dataclass(frozen=True)
class Restored:
    """What came out of a dump: the rows of each table, how many derivatives, and the roots of masters that are
    not mounted here where they were, by name."""

    rows: Mapping[str, int]
    derivatives: int
    absent: Mapping[str, Path]


def settings(path: Path) -> bytes:
    """config.yaml as the dump has it. Raises FixityError where the dump is damaged."""
    return bag.verify(path, "config.yaml")["config.yaml"]


def restore(config: Config, path: Path, actor: str) -> Restored:
    """Puts the dump into the catalog and the data folder that the settings name; `actor` had it done.

    The catalog is there whole once its one transaction is through; killed before, the next run starts anew. A dump
    of an older revision is restored as it was, then migrated. Raises FixityError for a damaged dump, ConfigError
    where the catalog is not empty, the dump is of a newer program, or the settings give the record another meaning.
    """
    if not path.is_file():
        raise ArchiveError("there is no such file", item=str(path))
    about = json.loads(bag.verify(path, "dump.json")["dump.json"])
    _fits(about, config, path)
    catalog = signed(reach(config.catalog_url, create=True), actor)
    try:
        with shape.reshaping(catalog) as connection:
            _make_room(connection, databases.named(catalog))
            shape.bring(connection, about["revision"])
            tables = {table.name: table for table in rows.tables(connection)}
            with _in_any_order(connection, tables.values(), path), bag.opened(path) as members:
                derivatives = _unpack(connection, tables, config.data_folder, members, path)
            numbers = {name: rows.count(connection, table) for name, table in tables.items()}
            if numbers != about["rows"]:
                raise bag.damaged(path, "its tables have not the rows that it says they have")
            for table in tables.values():
                rows.number_on(connection, table)
            shape.bring(connection)
            absent = {name: folder for name, folder in files.mounted(connection, config).items() if not folder.is_dir()}
            journal.note(
                connection, "restore", Matter.archive(path.name), dumped=about["created"], version=about["version"]
            )
    except DatabaseError as failed:
        raise FixityError(
            f"its rows do not fit the catalog: {failed.orig}",
            item=str(path),
            remedy="Nothing was restored. Use another copy of the dump.",
        ) from failed
    finally:
        catalog.dispose()
    return Restored(numbers, derivatives, absent)


def _fits(about: Mapping[str, Any], config: Config, path: Path) -> None:
    if about["format"] > FORMAT or about["revision"] not in shape.known():
        raise ConfigError(
            f"the dump was made by a newer Rescate ({about['version']}, shape {about['revision']})",
            item=str(path),
            remedy="Restore it with that version or a later one.",
        )
    for name, here in binding(config).items():
        there = about["settings"][name]
        if there != here:
            raise ConfigError(
                f"{name} was {there!r} in the archive of the dump, and is {here!r} here",
                item=str(path),
                remedy=f"Set {name} to {there!r} in config.yaml: the record means something else with another.",
            )


def _make_room(connection: Connection, named: str) -> None:
    """Takes the empty tables away that another command made; refuses where there is a record."""
    standing = inspect(connection).get_table_names()
    if (
        standing
        and shape.revision(connection) is None
        or any(rows.count(connection, one) for one in rows.tables(connection))
    ):
        raise ConfigError(
            "the catalog is not empty, and a restore replaces none",
            item=named,
            remedy="Restore into a folder of its own (`rescate --config NEW/config.yaml restore DUMP`), into "
            "another database (catalog.url), or move the old one away first.",
        )
    if standing:
        empty = MetaData()
        empty.reflect(connection)
        empty.drop_all(connection)


@contextmanager
def _in_any_order(connection: Connection, tables: Iterable[Table], path: Path) -> Iterator[None]:
    """Rows may come before those that they refer to; at the end none may refer to what is not there."""
    quote = connection.dialect.identifier_preparer.quote
    keys = (
        [
            f"ALTER TABLE {quote(table.name)} ALTER CONSTRAINT {quote(key.name)}"
            for table in tables
            for key in table.foreign_key_constraints
            if isinstance(key.name, str)
        ]
        if connection.dialect.name == "postgresql"
        else []
    )
    for key in keys:
        connection.execute(text(f"{key} DEFERRABLE INITIALLY DEFERRED"))
    yield
    if keys:
        connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    elif loose := connection.execute(text("PRAGMA foreign_key_check")).first():
        raise bag.damaged(path, f"a row of {loose[0]} refers to one of {loose[2]} that is not there")
    for key in keys:
        connection.execute(text(f"{key} NOT DEFERRABLE"))


def _unpack(
    connection: Connection,
    tables: Mapping[str, Table],
    data: Path,
    members: Iterable[tuple[str, IO[bytes]]],
    path: Path,
) -> int:
    number = 0
    for name, file in members:
        if name.startswith(_CATALOG):
            table = tables.get(name.removeprefix(_CATALOG).removesuffix(".jsonl"))
            if table is None:
                raise bag.damaged(path, f"{name} is no table of its revision")
            rows.load(connection, table, file)
        elif name.startswith(_FOLDERS):
            _put(data / name.removeprefix(PAYLOAD), file)
            number += 1
    return number


def _put(target: Path, file: IO[bytes]) -> None:
    part = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as written:
            while chunk := file.read(1 << 18):
                written.write(chunk)
        part.replace(target)
    except OSError as trouble:
        raise ArchiveError(
            f"cannot be written: {trouble.strerror or trouble}",
            item=str(target),
            remedy="Look whether the disk is full or the folder may not be written; then restore again.",
        ) from trouble
