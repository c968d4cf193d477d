"""Feeds the index from the catalog: from its outbox as pages change, or whole and anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager

from archive.catalog import items, journal, withheld
from archive.catalog.connect import writing
from archive.config import Config
from archive.errors import EngineOutdated, Gone, NotFound
from archive.holdings import Holdings
from archive.projection import documents
from archive.search import generations
from archive.search.document import Document
from archive.search.engine import Engine
from archive.search.engines import open_engine
from archive.search.request import Audience

#: Pages of the outbox written to an index in one commit.
PORTION = 2_000
#: Seconds to wait for another program that feeds the index, where what is to be told is left out of searches meanwhile.
NO_PATIENCE = 0.0


def audiences(config: Config) -> tuple[Audience, ...]:
    """Whose indexes are built: the staff's only where the settings ask for it."""
    return (Audience.PUBLIC, Audience.STAFF) if config.search.staff_index else (Audience.PUBLIC,)


def _sole_writer(config: Config, patience: float) -> AbstractContextManager[None]:
    """One process at a time feeds the index: what one hears while another rebuilds would be lost in the swap."""
    return generations.writing(config.data_folder / "index", patience)


def catch_up(config: Config, catalog, patience: float = generations.PATIENCE) -> int:
    """Writes to every index what the outbox holds; returns how many pages it heard of.

    A page leaves the outbox only when every index has it. An index of another version of this program is built anew.
    Raises EngineError with nothing lost: also where another program has not ended its own feeding or rebuilding after
    so many seconds of patience. What waits then is told to the index by that program.
    """
    with _sole_writer(config, patience), _engines(config) as engines:
        return _feed(config, catalog, engines)


def tell_what_narrows(config: Config, catalog) -> int:
    """Feeds the index where less may be read of something than it knows: before anything that takes long.

    Returns how many pages it heard of; raises EngineError as `catch_up` does, when searches leave out what waits.
    """
    with catalog.connect() as connection:
        waits = withheld.is_any(connection)
    return catch_up(config, catalog, NO_PATIENCE) if waits else 0


def _feed(config: Config, catalog, engines: Mapping[Audience, Engine]) -> int:
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
    return (document for item in holdings.every_item() for document in documents(holdings, item))


def _changes(holdings: Holdings, page_ids: tuple[str, ...]) -> tuple[Iterator[Document], tuple[str, ...]]:
    """The documents of these pages, and the ids of those that may no longer be found."""
    with holdings.catalog.connect() as connection:
        item_ids = dict.fromkeys(page.item_id for id in page_ids if (page := items.page(connection, id)))
        touched = {id: items.pages(connection, id) for id in item_ids}
    written: list[Document] = []
    for item_id, whole in touched.items():
        try:
            item = holdings.item(item_id)
        except (NotFound, Gone):
            continue
        held = {page.id for page in item.pages}
        # A page may have the rest of its last word from the next one that may be named.
        asked, before = set(page_ids), None
        for page in whole:
            if page.id in page_ids and before is not None:
                asked.add(before)
            before = page.id if page.id in held else before
        written += [document for document in documents(holdings, item) if document.id in asked]
    found = {document.id for document in written}
    return iter(written), tuple(id for id in page_ids if id not in found)


def rebuild(config: Config, catalog) -> dict[Audience, int]:
    """Builds every index anew from the catalog, aside, and swaps it in; returns how many units each holds.

    What changed while it was built stays in the outbox, is left out of searches where it narrows, and is told to the
    new index right after the swap.
    """
    with _sole_writer(config, generations.PATIENCE), _engines(config) as engines:
        built = {
            audience: engine.rebuild(_all(Holdings(config, audience, catalog))) for audience, engine in engines.items()
        }
        _feed(config, catalog, engines)
        return built
