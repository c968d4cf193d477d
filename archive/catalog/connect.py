"""Opens a catalog by its URL and brings it to the newest shape by its migrations."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError

from archive.catalog import databases, shape
from archive.errors import ConfigError, NoCatalog

_NONE_YET = "there is no catalog yet"
#: The option of a connection, or of all of an engine, that has the actor.
_ACTOR = "rescate_actor"


def open_catalog(url: str, *, create: bool = False) -> Engine:
    """An SQLAlchemy engine on a catalog of the newest shape.

    With `create`, an absent catalog is made and an older one migrated; without, the one raises NoCatalog, the
    other ConfigError (a reader never changes the record). Raises CatalogError where the database cannot be
    reached, ToolMissing where its driver is not installed.
    """
    engine = reach(url, create=create)
    try:
        _migrate(engine, create)
    except DatabaseError as failed:
        raise ConfigError(f"the catalog cannot be opened: {failed.orig}", item=databases.named(engine)) from failed
    return engine


def reach(url: str, *, create: bool = False) -> Engine:
    """An engine on the database, whatever shape the catalog in it has, if there is one."""
    address = databases.parse(url)
    if address.get_backend_name() == "sqlite" and address.database:
        path = Path(address.database)
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
        elif not path.exists():
            raise NoCatalog(_NONE_YET, item=str(path))
    return databases.engine(url)


def signed(catalog: Engine, actor: str) -> Engine:
    """A catalog in which everything that is noted is an event of `actor`: the account at the command line, the person
    whose name a page or a setting has. Who that is, the rim decides; nothing below it asks the system."""
    if not actor.strip():
        raise ValueError("an actor has a name")
    return catalog.execution_options(**{_ACTOR: actor})


def actor_of(connection: Connection) -> str:
    """Who has done what is written through a connection. Raises ValueError where its catalog was not signed."""
    actor = connection.get_execution_options().get(_ACTOR)
    if not isinstance(actor, str):
        raise ValueError("nobody has signed this catalog: an event is noted with its actor, see connect.signed")
    return actor


def writing(catalog: Engine) -> AbstractContextManager[Connection]:
    """A transaction that writes, alone from its beginning: what it reads stays true until it commits."""
    return catalog.execution_options(**databases.writing_options(catalog)).begin()


def _migrate(engine: Engine, create: bool) -> None:
    newest = shape.NEWEST
    with engine.connect() as connection:
        current = shape.revision(connection)
    if current == newest:
        return
    if not create and current is None:
        raise NoCatalog(_NONE_YET, item=databases.named(engine))
    if not create:
        raise ConfigError(
            f"the catalog has shape {current}, this program needs {newest}",
            remedy="Run `rescate ingest` or `rescate reindex` once to bring it up to date.",
        )
    if current is not None and current not in shape.known():
        raise ConfigError(
            f"the catalog has shape {current}, which is newer than this program's {newest}",
            item=databases.named(engine),
            remedy="Use the newer Rescate that wrote it.",
        )
    with shape.reshaping(engine) as connection:
        if shape.revision(connection) != newest:  # another run may have come first
            shape.bring(connection)
