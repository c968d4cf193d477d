"""Undoes a batch: in the catalog, in the margins of what stays and what was decided there, in the index, and if asked
for good, with its page images."""

from __future__ import annotations

from archive import folders, indexing
from archive.catalog import batches, databases, erasing, journal, owned, prior_states
from archive.catalog.connect import open_catalog, signed, writing
from archive.config import Config
from archive.unit import Unit
from ingest.decisions.carrying import carry_over_item
from ingest.describing.margins import mark_margins


def take_back(config: Config, batch_id: int, actor: str, *, erase: bool = False) -> tuple[int, int]:
    """How many items are as they were before the batch, and of how many pages the index heard; `actor` has it done.

    With `erase`, whatever the record and the disk hold of what goes is removed for good, also where the batch was
    undone before. Raises BatchError where the batch
    cannot be undone; EngineError where the index could not hear of it, with nothing lost: the public pages ask the
    catalog, and the next run feeds the index; CatalogError where the database keeps what was erased, with all else
    done.
    """
    catalog = signed(open_catalog(config.catalog_url, create=True), actor)
    pictured: tuple[str, ...] = ()
    with writing(catalog) as connection:
        items = 0
        if not (erase and batches.batch(connection, batch_id).undone):
            items = batches.undo(connection, batch_id)
            for item_id in prior_states.changed(connection, batch_id):
                carry_over_item(connection, item_id)
                # Its margins were marked with the pages that the batch brought.
                journal.post(connection, map(Unit.page, mark_margins(connection, item_id)))
        if erase:
            pictured = erasing.erase(connection, batch_id).pictured
    folders.erase(config.data_folder, pictured)
    try:
        heard = indexing.catch_up(config, catalog)
        if erase:
            # An index keeps the words of what was removed until it is written anew.
            indexing.rebuild(config, catalog)
    finally:
        if erase:
            databases.leave_no_trace(catalog, owned.erased())
    return items, heard
