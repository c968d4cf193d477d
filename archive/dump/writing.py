"""Writes a dump: the catalog as it was at one moment, and the derivatives beside it."""

from __future__ import annotations

import dataclasses
import io
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Connection, Engine, Table

from archive import __version__
from archive.bagging import BagWriter, bag_in_tar
from archive.catalog import files, owned, shape
from archive.catalog.owned import Fate
from archive.config import Config
from archive.dump import rows
from archive.errors import ArchiveError
from archive.folders import FOLDERS

#: The version of the dump's format: raised when an older program could not read it.
FORMAT = 1
#: What decides which ids mean what, and what is closed where nothing is said: it must be the same where it is restored.
BINDING = ("archive.naan", "access.default")
_PASSWORD = re.compile(r"(://[^/@:\s]*):[^/@\s]*@")


@dataclass(frozen=True)
class Dumped:
    """What went into a dump: the rows of each table, how many derivatives, and the size of the file in bytes."""

    path: Path
    rows: Mapping[str, int]
    derivatives: int
    bytes: int


def dump(config: Config, catalog: Engine, path: Path, *, derivatives: bool = True) -> Dumped:
    """Writes the whole archive into a file that stands at `path` once it is whole.

    An ingest may go on meanwhile: the catalog is of the moment of the beginning; a page image made since is
    in it, too. Raises ArchiveError where there is a file already, or it cannot be written.
    """
    if os.path.lexists(path):
        raise ArchiveError("there is a file of that name already", item=str(path), remedy="Give the dump another name.")
    number, moment = 0, datetime.now(UTC)
    try:
        with bag_in_tar(path) as new:
            with catalog.connect() as connection:
                about = _catalog(new, connection)
            about |= {
                "format": FORMAT,
                "created": moment.isoformat(),
                "version": __version__,
                "derivatives": derivatives,
                "settings": binding(config),
            }
            new.add_file("dump.json", io.BytesIO(json.dumps(about, ensure_ascii=True, indent=1).encode()))
            new.add_file("config.yaml", io.BytesIO(_settings(config)))
            if derivatives:
                number = sum(_folder(new, config.data_folder, one.name) for one in FOLDERS if one.dumped)
            new.seal(
                {
                    "Source-Organization": config.archive.repository,
                    "External-Description": f"{config.archive.title}: the whole archive, restricted material included",
                    "Bag-Software-Agent": f"rescate {__version__}",
                }.items()
            )
    except OSError as trouble:
        raise ArchiveError(
            f"it cannot be written: {trouble.strerror or trouble}",
            item=trouble.filename or str(path),
            remedy="Look whether the folder is there, may be written and has room; there is no dump yet.",
        ) from trouble
    return Dumped(path, about["rows"], number, path.stat().st_size)


def binding(config: Config) -> dict[str, str]:
    """The settings without which the record would mean something else."""
    return {"archive.naan": config.archive.naan, "access.default": config.access.default}


def _catalog(new: BagWriter, connection: Connection) -> dict[str, Any]:
    numbers: dict[str, int] = {}

    def counted(table: Table) -> Iterator[bytes]:
        numbers[table.name] = 0
        for line in rows.written(connection, table):
            numbers[table.name] += 1
            yield line

    for table in rows.tables(connection):
        said = owned.of(table.name)
        if said is None or said.dump is Fate.WRITE_OUT:
            new.add(f"catalog/{table.name}.jsonl", counted(table))
    return {
        "revision": shape.revision(connection),
        "rows": numbers,
        "roots": {name: str(path) for name, path in files.roots(connection).items()},
    }


def _folder(new: BagWriter, data: Path, folder: str) -> int:
    number = 0
    for above, below, names in os.walk(data / folder):
        below.sort()
        for name in sorted(names):
            if name.endswith(".part"):
                continue  # a worker is about to finish it
            path = Path(above) / name
            with suppress(FileNotFoundError), path.open("rb") as file:
                new.add_file(path.relative_to(data).as_posix(), file)
                number += 1
    return number


def _settings(config: Config) -> bytes:
    """config.yaml as it was in force, every setting named: a default that changes later changes nothing here."""
    written = {name: value for name, value in dataclasses.asdict(config).items() if name != "folder"}
    return yaml.safe_dump(_unlocked(written), allow_unicode=True, sort_keys=False).encode("utf-8")


def _unlocked(value: object) -> object:
    """The value as YAML has it, without the passwords of URLs."""
    if isinstance(value, Mapping):
        return {name: _unlocked(one) for name, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [_unlocked(one) for one in value]
    return _PASSWORD.sub(r"\1@", value) if isinstance(value, str) else value
