"""The shape of a catalog's tables: which revision it has, and how its migrations bring it to another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from archive.catalog.databases import writing_options


def newest() -> str:
    """The revision that this program's tables have."""
    return ScriptDirectory.from_config(_settings()).get_current_head()


def known() -> frozenset[str]:
    """Every revision that this program can start from."""
    return frozenset(one.revision for one in ScriptDirectory.from_config(_settings()).walk_revisions())


def revision(connection: Connection) -> str | None:
    """The revision of the catalog at hand; None where it has no tables yet."""
    return MigrationContext.configure(connection).get_current_revision()


def bring(connection: Connection, to: str) -> None:
    """Makes the tables of an empty database, or migrates those that stand, up to a revision."""
    settings = _settings()
    settings.attributes["connection"] = connection
    command.upgrade(settings, to)


@contextmanager
def reshaping(engine: Engine) -> Iterator[Connection]:
    """A transaction, alone from its beginning, in which tables may be made anew.

    SQLite changes a table by making it anew; the old one could not go while others refer to it, so that
    its foreign keys are not looked at meanwhile.
    """
    with engine.connect().execution_options(**writing_options(engine)) as connection:
        try:
            if engine.dialect.name == "sqlite":
                # What is asked outside a transaction lasts as long as the connection.
                connection.connection.execute("PRAGMA foreign_keys = OFF")
            with connection.begin():
                yield connection
        finally:
            connection.invalidate()


def _settings() -> AlembicConfig:
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return settings
