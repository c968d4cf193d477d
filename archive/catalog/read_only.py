"""An SQLite catalog that this account may only read, as a public server should: opened without writing a byte beside
it.

SQLite keeps what is written last in a log beside the database, and who reads must see that log's index, which a reader
that may not write cannot make. Where a program that may write has the catalog open, log and index are there, and are
read. Where none has, there is no log, and the database file is all: it is read as it stands (`immutable`) until a log
appears or the file changes, which is asked whenever a connection is taken from the pool.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry


def is_read_only(database: str) -> bool:
    """Whether the file is there and this account may not write it, or nothing beside it."""
    path = Path(database)
    return path.is_file() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


class Reader:
    """Connections to one database that is only read."""

    def __init__(self, database: str):
        self._database = Path(os.path.abspath(database))

    def connect(self) -> sqlite3.Connection:
        """A connection that sees all that was committed. Raises sqlite3.OperationalError."""
        alone = "" if self._log() else "&immutable=1"
        return sqlite3.connect(f"file:{quote(str(self._database))}?mode=ro{alone}", uri=True, check_same_thread=False)

    def opened(self, _connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        """Notes, when a connection is opened, what it sees. For SQLAlchemy's event `connect`."""
        record.info["seen"] = self._seen()

    def taken(self, _connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: object) -> None:
        """Has a connection opened anew that would not see what was written since. For SQLAlchemy's event `checkout`."""
        if record.info["seen"] != self._seen():
            raise DisconnectionError("the catalog was written to since")

    def _log(self) -> bool:
        return self._database.with_name(f"{self._database.name}-wal").exists()

    def _seen(self) -> tuple[object, ...]:
        """What tells a connection that is out of date: through a log everything is seen, without one the file as it
        was."""
        if self._log():
            return ("log",)
        found = self._database.stat()
        return found.st_ino, found.st_size, found.st_mtime_ns
