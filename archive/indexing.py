"""Feeds the index from the catalog: from its outbox as pages change, or whole and anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import NamedTuple, TypeAlias

import sqlalchemy

from archive.access import Audience
from archive.catalog import journal, units, withheld
from archive.catalog.connect import writing
from archive.config import Config
from archive.errors import EngineOutdated
from archive.holdings import Holdings
from archive.search import index_folders
from archive.search.engine import Engine
from archive.search.engines import open_engine
from archive.search.kinds import KINDS

#: Units of the outbox heard of at once, and pages written to an index in one commit.
PORTION = 2_000
#: Seconds to wait for another program that feeds the index, where what is to be told is left out of searches meanwhile.
NO_PATIENCE = 0.0

#: The index of each kind of documents for each audience.
Engines: TypeAlias = Mapping[tuple[Audience, str], Engine]


def audiences(config: Config) -> tuple[Audience, ...]:
    """Whose indexes are built: the staff's only where the settings ask for it."""
    return (Audience.PUBLIC, Audience.STAFF) if config.search.staff_index else (Audience.PUBLIC,)


def _sole_writer(config: Config, patience: float) -> AbstractContextManager[None]:
    """One process at a time feeds the index: what one hears while another rebuilds would be lost in the swap."""
    return index_folders.writing(config.data_folder / "index", patience)


def catch_up(config: Config, catalog: sqlalchemy.Engine, patience: float = index_folders.PATIENCE) -> int:
    """Writes to every index what the outbox holds; returns how many pages it heard of.

    What waits leaves the outbox only when every index has it, an item or a component when every index has all its
    pages. An index of another version of this program is built anew.
    Raises EngineError with nothing lost: also where another program has not ended its own feeding or rebuilding after
    so many seconds of patience. What waits then is told to the index by that program.
    """
    with _sole_writer(config, patience), _engines(config) as engines:
        return _feed(config, catalog, engines)


def tell_what_narrows(config: Config, catalog: sqlalchemy.Engine) -> int:
    """Feeds the index where less may be read of something than it knows: before anything that takes long.

    Returns how many pages it heard of; raises EngineError as `catch_up` does, when searches leave out what waits.
    """
    with catalog.connect() as connection:
        waits = withheld.is_any(connection)
    return catch_up(config, catalog, NO_PATIENCE) if waits else 0


def _feed(config: Config, catalog: sqlalchemy.Engine, engines: Engines) -> int:
    heard = 0
    while True:
        with catalog.connect() as connection:
            up_to, changed = journal.waiting(connection, PORTION)
        if not changed:
            return heard
        for page_ids in units.pages_of(catalog, changed, PORTION):
            _write(config, catalog, engines, page_ids)
            heard += len(page_ids)
        with writing(catalog) as connection:
            journal.heard(connection, up_to)


def _write(config: Config, catalog: sqlalchemy.Engine, engines: Engines, page_ids: tuple[str, ...]) -> None:
    for (audience, kind), engine in engines.items():
        holdings = Holdings(config, audience, catalog)
        try:
            engine.write(*KINDS[kind].changed(holdings, page_ids))
        except EngineOutdated:
            engine.rebuild(KINDS[kind].every(holdings))


@contextmanager
def _engines(config: Config) -> Iterator[Engines]:
    opened = {(audience, kind): open_engine(config, audience, kind) for audience in audiences(config) for kind in KINDS}
    try:
        yield opened
    finally:
        for engine in opened.values():
            engine.close()


class Built(NamedTuple):
    """An index that was built anew: for whom, of which kind of documents, and how many it holds."""

    audience: Audience
    kind: str
    number: int

    def __str__(self) -> str:
        return f"{self.audience.value}: {self.number} {KINDS[self.kind].FIELDS.plural} indexed"


def rebuild(config: Config, catalog: sqlalchemy.Engine) -> list[Built]:
    """Builds every index anew from the catalog, aside, and swaps it in.

    What changed while it was built stays in the outbox, is left out of searches where it narrows, and is told to the
    new index right after the swap.
    """
    with _sole_writer(config, index_folders.PATIENCE), _engines(config) as engines:
        built = [
            Built(audience, kind, engine.rebuild(KINDS[kind].every(Holdings(config, audience, catalog))))
            for (audience, kind), engine in engines.items()
        ]
        _feed(config, catalog, engines)
        return built
