"""Opens a catalog by its URL and brings it to the newest shape by its migrations."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError

from archive.errors import ConfigError

#: How long a connection waits for another writer, in milliseconds: two runs at once do not fail.
BUSY_MS = 60_000


def open_catalog(url: str, *, create: bool = False) -> Engine:
    """An SQLAlchemy engine on a catalog of the newest shape.

    With `create`, an absent catalog is made and an older one migrated; without, both raise
    ConfigError (a reader never changes the record).
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        path = Path(parsed.database)
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
        elif not path.exists():
            raise ConfigError("there is no catalog yet", item=str(path), remedy="Run `rescate ingest PATH` first.")
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_pragmas)
        event.listen(engine, "begin", _begin)
    try:
        _migrate(engine, create)
    except DatabaseError as failed:
        raise ConfigError(f"the catalog cannot be opened: {failed.orig}", item=str(parsed.database)) from failed
    return engine


def writing(catalog: Engine) -> AbstractContextManager[Connection]:
    """A transaction that writes, alone from its beginning: what it reads stays true until it commits.

    (SQLite's own transactions take the lock at their first write, and fail where another came between.)
    """
    return catalog.execution_options(writing=True).begin()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writing") else "BEGIN")


def _sqlite_pragmas(connection, _record) -> None:
    # Transactions are begun by `_begin`, not by the driver's own guess.
    connection.isolation_level = None
    cursor = connection.cursor()
    # WAL: readers go on while the one writer writes, and a killed process leaves no torn record.
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _migrate(engine: Engine, create: bool) -> None:
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    newest = ScriptDirectory.from_config(settings).get_current_head()
    with engine.connect() as connection:
        current = _revision(connection)
    if current == newest:
        return
    if not create:
        raise ConfigError(f"the catalog has shape {current or 'none'}, this program needs {newest}",
                          remedy="Run `rescate ingest` or `rescate reindex` once to bring it up to date.")
    with engine.connect().execution_options(writing=True) as connection:
        if engine.dialect.name == "sqlite":
            # SQLite changes a table by making it anew; the old one could not go while others refer to it. What is
            # asked outside a transaction lasts as long as the connection.
            connection.connection.execute("PRAGMA foreign_keys = OFF")
        with connection.begin():
            if _revision(connection) != newest:  # another run may have come first
                settings.attributes["connection"] = connection
                command.upgrade(settings, "head")
        connection.invalidate()


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
