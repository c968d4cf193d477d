"""Undoes a batch: in the catalog, in the margins of what stays and what was decided there, in the index, and if asked
for good, with its page images."""

from __future__ import annotations

from archive import derivatives, indexing
from archive.catalog import batches, databases, journal
from archive.catalog.connect import open_catalog, writing
from archive.config import Config
from ingest.decisions.carrying import carry_over_item
from ingest.describing.margins import mark_margins


def take_back(config: Config, batch_id: int, *, erase: bool = False) -> tuple[int, int]:
    """How many items are as they were before the batch, and of how many pages the index heard.

    With `erase`, images, texts and descriptions of what goes are removed for good. Raises BatchError where the batch
    cannot be undone; EngineError where the index could not hear of it, with nothing lost: the public pages ask the
    catalog, and the next run feeds the index; CatalogError where the database keeps what was erased, with all else
    done.
    """
    catalog = open_catalog(config.catalog_url, create=True)
    with writing(catalog) as connection:
        items = batches.undo(connection, batch_id)
        for item_id in batches.changed(connection, batch_id):
            carry_over_item(connection, item_id)
            # Its margins were marked with the pages that the batch brought.
            journal.post(connection, mark_margins(connection, item_id))
        erased = batches.erase(connection, batch_id) if erase else []
    for page_id in erased:
        for place in derivatives.every(config.data_folder, page_id):
            place.unlink(missing_ok=True)
    try:
        heard = indexing.catch_up(config, catalog)
        if erase:
            # An index keeps the words of what was removed until it is written anew.
            indexing.rebuild(config, catalog)
    finally:
        if erase:
            databases.leave_no_trace(catalog, batches.ERASED)
    return items, heard
