"""SQLite and PostgreSQL made to behave alike: how each is reached, how a transaction begins, what its errors mean."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import ExceptionContext
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError

from archive.catalog import read_only
from archive.errors import CatalogError, ConfigError, ToolMissing

#: How long a connection waits for another writer, in milliseconds: two runs at once do not fail.
BUSY_MS = 600_000
#: The password of a PostgreSQL catalog; without it, PGPASSWORD or ~/.pgpass, as PostgreSQL has it.
PASSWORD = "RESCATE_CATALOG_PASSWORD"
#: Of PostgreSQL's advisory locks, the one that a transaction which writes holds. Each database has its own.
WRITER = 0x7265736361746500
#: SQLite's result codes that say: not the statement, but the disk, the file or another program is at fault.
_TROUBLES = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
}


def engine(url: str) -> Engine:
    """An SQLAlchemy engine on `catalog.url`. What a transaction reads is of one moment, on either database.

    No error or log shows a password. Raises ConfigError for a URL that is
    none, ToolMissing where PostgreSQL's driver is not installed.
    """
    address = parse(url)
    try:
        made = _postgresql(address) if address.get_backend_name() == "postgresql" else _sqlite(address)
    except ModuleNotFoundError as missing:
        raise ToolMissing(
            f"PostgreSQL's driver is not installed ({missing.name})",
            item="catalog.url",
            remedy="Run `python -m pip install 'psycopg[binary]>=3.2,<4'` with Rescate's own Python "
            "(.venv/bin/python).",
        ) from missing
    event.listen(made, "handle_error", _translated)
    return made


def parse(url: str) -> URL:
    """`catalog.url` with its driver. Raises ConfigError where it is no URL, names another database, or holds a
    password."""
    try:
        address = make_url(url)
        backend = address.get_backend_name()
        if address.drivername in ("postgresql", "postgres"):
            address, backend = address.set(drivername="postgresql+psycopg"), "postgresql"
        address.get_dialect()
    except (ArgumentError, NoSuchModuleError, ValueError) as wrong:
        # What was written is not repeated: it may hold a password.
        raise ConfigError(
            "it is no URL of a database that Rescate knows", item="catalog.url", remedy=_EXAMPLE
        ) from wrong
    if backend not in ("sqlite", "postgresql"):
        raise ConfigError(f"a catalog cannot be kept in {backend}", item="catalog.url", remedy=_EXAMPLE)
    if address.password or "password" in address.query:
        raise ConfigError(
            "it holds a password",
            item="catalog.url",
            remedy=f"Take it out of config.yaml, and put it into the environment as {PASSWORD} or into ~/.pgpass.",
        )
    return address


_EXAMPLE = "Leave it empty for SQLite in the data folder, or write postgresql+psycopg://USER@HOST/DATABASE."


def named(engine: Engine) -> str:
    """The catalog as a message names it: its file, or its address without a password."""
    if engine.dialect.name == "sqlite":
        return engine.url.database or "the catalog"
    return engine.url.render_as_string(hide_password=True)


def writing_options(engine: Engine) -> dict[str, Any]:
    """The execution options of a transaction that writes: alone from its beginning.

    On PostgreSQL it sees what others committed before it got the lock, which a snapshot taken while it
    waited would not.
    """
    if engine.dialect.name == "postgresql":
        return {"writing": True, "isolation_level": "READ COMMITTED"}
    return {"writing": True}


def leave_no_trace(engine: Engine, tables: Iterable[Table]) -> None:
    """Has what was deleted from the tables leave the disk: a PostgreSQL writes them anew, SQLite, which has overwritten
    it in the database, empties its log. Raises CatalogError where a program that reads is in the way for too long.

    A PostgreSQL's own log (WAL), its replicas and backups are its keeper's matter.
    """
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"VACUUM (FULL) {', '.join(table.name for table in tables)}")
        return
    raw = engine.raw_connection()
    try:
        busy, *_ = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        raw.close()
    if busy:
        raise CatalogError(
            "the log of the catalog still holds what was erased, because another program is reading in it",
            item=f"{named(engine)}-wal",
            remedy="End the programs that use the archive: the last to end empties it.",
        )


# -- SQLite


def _sqlite(address: URL) -> Engine:
    if address.database and read_only.is_read_only(address.database):
        reader = read_only.Reader(address.database)
        made = create_engine(address, creator=reader.connect, hide_parameters=True)
        event.listen(made, "connect", reader.opened)
        event.listen(made, "checkout", reader.taken)
        event.listen(made, "connect", _for_reading)
    else:
        made = create_engine(address, hide_parameters=True)
        event.listen(made, "connect", _pragmas)
    event.listen(made, "begin", _begin_sqlite)
    return made


def _begin_sqlite(connection: Connection) -> None:
    # SQLite's own transactions take the lock at their first write, and fail where another came between.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writing") else "BEGIN")


def _for_reading(connection: sqlite3.Connection, _record: object) -> None:
    # Transactions are begun by `_begin_sqlite`, not by the driver's own guess.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")


def _pragmas(connection: sqlite3.Connection, record: object) -> None:
    _for_reading(connection, record)
    cursor = connection.cursor()
    # What is erased is overwritten, and not only let go.
    cursor.execute("PRAGMA secure_delete = ON")
    _keep_a_log(cursor)
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _keep_a_log(cursor: sqlite3.Cursor) -> None:
    """WAL: readers go on while the one writer writes, and a killed process leaves no torn record.

    Of two that come first to a new database SQLite refuses one, and does not wait: its reading would become writing.
    """
    until = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as trouble:
            if trouble.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(0.01)


# -- PostgreSQL


def _postgresql(address: URL) -> Engine:
    arguments = {
        "application_name": "rescate",
        "connect_timeout": 10,
        "keepalives_idle": 30,
        "options": f"-c timezone=UTC -c lock_timeout={BUSY_MS}",
    }
    if password := os.environ.get(PASSWORD):
        arguments["password"] = password  # not in the URL, which messages show
    made = create_engine(
        address, isolation_level="REPEATABLE READ", pool_pre_ping=True, hide_parameters=True, connect_args=arguments
    )
    event.listen(made, "begin", _begin_postgresql)
    return made


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("writing"):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER})")


# -- errors


def _translated(context: ExceptionContext) -> CatalogError | None:
    """What the database says of itself, its disk or its network, as an error of the archive; a wrong statement stays
    what it is."""
    cause = context.original_exception
    if context.is_pre_ping or context.engine is None:
        return None
    if isinstance(cause, sqlite3.Error):
        # Extended result codes have the primary one in their last byte.
        if getattr(cause, "sqlite_errorcode", 0) & 0xFF not in _TROUBLES:
            return None
    elif not (context.is_disconnect or isinstance(context.sqlalchemy_exception, OperationalError)):
        return None
    if getattr(cause, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_READONLY:
        return CatalogError(
            "this account may only read the catalog",
            item=named(context.engine),
            remedy="Run the command as the account that owns the data folder, or give this one the right "
            "to write there. What was written before stands.",
        )
    said = " ".join(str(cause).split()) or type(cause).__name__
    return CatalogError(f"the catalog cannot be used: {said}", item=named(context.engine))
