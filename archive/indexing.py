"""Feeds the index from the catalog: from its outbox as pages change, or whole and anew."""

from __future__ import annotations

from collections.abc import Iterator

from archive.catalog import items, journal
from archive.config import Config
from archive.errors import Gone, NotFound
from archive.holdings import Holdings
from archive.projection import documents
from archive.search.document import Document
from archive.search.engines import open_engine
from archive.search.request import Audience

#: Pages of the outbox written to an index in one commit.
PORTION = 2_000


def audiences(config: Config) -> tuple[Audience, ...]:
    """Whose indexes are built: the staff's only where the settings ask for it."""
    return (Audience.PUBLIC, Audience.STAFF) if config.search.staff_index else (Audience.PUBLIC,)


def catch_up(config: Config, catalog) -> int:
    """Writes to every index what the outbox holds; returns how many pages it heard of.

    A page leaves the outbox only when every index has it. Raises EngineError with nothing lost.
    """
    engines = {audience: open_engine(config, audience) for audience in audiences(config)}
    heard = 0
    try:
        while True:
            with catalog.connect() as connection:
                up_to, page_ids = journal.waiting(connection, PORTION)
            if not page_ids:
                return heard
            for audience, engine in engines.items():
                written, removed = _changes(Holdings(config, audience, catalog), page_ids)
                engine.write(written, removed)
            with catalog.begin() as connection:
                journal.heard(connection, up_to)
            heard += len(page_ids)
    finally:
        for engine in engines.values():
            engine.close()


def _changes(holdings: Holdings, page_ids: tuple[str, ...]) -> tuple[Iterator[Document], tuple[str, ...]]:
    """The documents of these pages, and the ids of those that may no longer be found."""
    with holdings.catalog.connect() as connection:
        touched = dict.fromkeys(page.item_id for id in page_ids if (page := items.page(connection, id)))
    asked, written = set(page_ids), []
    for item_id in touched:
        try:
            written += [d for d in documents(holdings, holdings.item(item_id)) if d.id in asked]
        except (NotFound, Gone):
            continue
    found = {document.id for document in written}
    return iter(written), tuple(id for id in page_ids if id not in found)


def rebuild(config: Config, catalog, audience: Audience) -> int:
    """Builds one index anew from the catalog, aside, and swaps it in; returns how many units it holds."""
    engine = open_engine(config, audience)
    holdings = Holdings(config, audience, catalog)
    try:
        return engine.rebuild(document for item in holdings.every_item() for document in documents(holdings, item))
    finally:
        engine.close()
