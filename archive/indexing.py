"""Feeds the index from the catalog: from its outbox as pages change, or whole and anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from itertools import chain

import sqlalchemy

from archive.access import Audience
from archive.catalog import journal, withheld
from archive.catalog.connect import writing
from archive.config import Config
from archive.errors import EngineOutdated
from archive.holdings import Holdings
from archive.projection import documents, going_on, is_found
from archive.search import index_folders
from archive.search.document import Document
from archive.search.engine import Engine
from archive.search.engines import open_engine

#: Pages of the outbox written to an index in one commit.
PORTION = 2_000
#: Seconds to wait for another program that feeds the index, where what is to be told is left out of searches meanwhile.
NO_PATIENCE = 0.0


def audiences(config: Config) -> tuple[Audience, ...]:
    """Whose indexes are built: the staff's only where the settings ask for it."""
    return (Audience.PUBLIC, Audience.STAFF) if config.search.staff_index else (Audience.PUBLIC,)


def _sole_writer(config: Config, patience: float) -> AbstractContextManager[None]:
    """One process at a time feeds the index: what one hears while another rebuilds would be lost in the swap."""
    return index_folders.writing(config.data_folder / "index", patience)


def catch_up(config: Config, catalog: sqlalchemy.Engine, patience: float = index_folders.PATIENCE) -> int:
    """Writes to every index what the outbox holds; returns how many pages it heard of.

    A page leaves the outbox only when every index has it. An index of another version of this program is built anew.
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


def _feed(config: Config, catalog: sqlalchemy.Engine, engines: Mapping[Audience, Engine]) -> int:
    heard = 0
    while True:
        with catalog.connect() as connection:
            up_to, page_ids = journal.waiting(connection, PORTION)
        if not page_ids:
            return heard
        for audience, engine in engines.items():
            holdings = Holdings(config, audience, catalog)
            try:
                engine.write(*_changes(holdings, page_ids))
            except EngineOutdated:
                engine.rebuild(_all(holdings))
        with writing(catalog) as connection:
            journal.heard(connection, up_to)
        heard += len(page_ids)


@contextmanager
def _engines(config: Config) -> Iterator[dict[Audience, Engine]]:
    opened = {audience: open_engine(config, audience) for audience in audiences(config)}
    try:
        yield opened
    finally:
        for engine in opened.values():
            engine.close()


def _all(holdings: Holdings) -> Iterator[Document]:
    return documents(holdings, holdings.every_page())


def _changes(holdings: Holdings, page_ids: tuple[str, ...]) -> tuple[Iterator[Document], tuple[str, ...]]:
    """The documents of these pages, and the ids of those that may no longer be found.

    A page may have the rest of its last word from the next one that may be named, so that the page before one that
    changed is written, too, where its last word goes on.
    """
    pairs = [pair for pair in holdings.pages(page_ids) if is_found(pair[1])]
    found = {page.id for _, page in pairs}
    before = holdings.pages(id for id in holdings.pages_before(page_ids) if id not in found)
    written = documents(holdings, chain(pairs, going_on(holdings, before)))
    return written, tuple(id for id in page_ids if id not in found)


def rebuild(config: Config, catalog: sqlalchemy.Engine) -> dict[Audience, int]:
    """Builds every index anew from the catalog, aside, and swaps it in; returns how many units each holds.

    What changed while it was built stays in the outbox, is left out of searches where it narrows, and is told to the
    new index right after the swap.
    """
    with _sole_writer(config, index_folders.PATIENCE), _engines(config) as engines:
        built = {
            audience: engine.rebuild(_all(Holdings(config, audience, catalog))) for audience, engine in engines.items()
        }
        _feed(config, catalog, engines)
        return built
