"""The shape of a catalog's tables: which revision it has, and how its migrations bring it to another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from archive.catalog.databases import writing_options
from archive.catalog.tables import metadata

if TYPE_CHECKING:
    from alembic.config import Config

# Alembic is imported where it migrates only: every command opens the catalog, and few change its shape.

#: The revision that this program's tables have: the last in `migrations/`.
NEWEST = "0011"


def known() -> frozenset[str]:
    """Every revision that this program can start from."""
    from alembic.script import ScriptDirectory

    return frozenset(one.revision for one in ScriptDirectory.from_config(_settings()).walk_revisions())


def revision(connection: Connection) -> str | None:
    """The revision of the catalog at hand; None where it has no tables yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def bring(connection: Connection, to: str = NEWEST) -> None:
    """Makes the tables of an empty database, or migrates those that stand, up to a revision.

    Those of the newest are made as they are, a second sooner than by one migration after the other: the same tables,
    though the older leave columns in another order and with defaults in the database.
    """
    from alembic import command

    settings = _settings()
    settings.attributes["connection"] = connection
    if to == NEWEST and revision(connection) is None:
        metadata.create_all(connection, checkfirst=False)
        command.stamp(settings, to)
    else:
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


def _settings() -> Config:
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return settings
