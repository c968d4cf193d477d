"""Carries what persons said of a page over to a reading that comes to be shown, a new one or one shown again."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from archive.catalog import decisions, items, journal, readings
from archive.decisions import carried, kind_named
from archive.layout import Layout
from archive.record import NewReading
from archive.unit import Unit
from ingest.page.read import drawn


def carry_over(connection: Connection, page_id: str) -> None:
    """Places the decisions of every kind on the newest reading of a page by a machine or of a delivered text; what
    finds no place there waits. To be called wherever another reading comes to be shown, in the same transaction."""
    said = decisions.of_page(connection, page_id)
    page = items.page(connection, page_id)
    row = readings.reading(connection, page.shown_reading)
    if row is None or not said and row.base_id is None:
        return
    base = row.base_id or row.id
    read = readings.layout(connection, base)
    found = carried(read, said)
    if found.layout == (readings.layout(connection, row.id) if row.base_id else read):
        decisions.place(connection, page_id, found.placed, row.id)
    elif found.layout != read:
        _show(connection, page_id, found.layout, found.placed)
    else:
        readings.show(connection, page_id, base)
        decisions.place(connection, page_id, found.placed, base)
        journal.post(connection, [Unit.page(page_id)])


def carry_over_item(connection: Connection, item_id: str) -> None:
    """Has what waits on an item's pages stand where it may, as after an undo, which has them shown as they were."""
    for page_id in decisions.waiting_in(connection, item_id):
        carry_over(connection, page_id)


def show_typed(connection: Connection, page_id: str, layout: Layout, new: Collection[int]) -> None:
    """Shows what a person typed over the words that are shown of a page, as the `new` decisions have it. What was typed
    before stands where it stood; what else was decided finds its words again, or waits."""
    said = decisions.of_page(connection, page_id)
    typed = {one.id for one in said if kind_named(one.kind).changes_words}
    found = carried(layout, [one for one in said if one.id not in typed])
    standing = {one.id for one in said if one.placed and one.id in typed}
    _show(connection, page_id, found.layout, {*new, *standing, *found.placed})


def _show(connection: Connection, page_id: str, layout: Layout, placed: Collection[int]) -> None:
    """Keeps a layout that persons made of what is shown of a page as a reading that stands on the machine's, and shows
    it; the decisions in `placed` stand in it. The index is to hear of it."""
    page = items.page(connection, page_id)
    row = readings.reading(connection, page.shown_reading)
    said = items.description(connection, page.item_id)
    layout, language, mentions = drawn(layout, said.first("genre") or "", said.first("date_edtf") or "")
    id = readings.add(
        connection,
        page,
        NewReading(
            row.reader, row.recipe, readings.languages(row), language, layout, row.transcript_id, row.base_id or row.id
        ),
        mentions,
    )
    decisions.place(connection, page_id, placed, id)
    journal.post(connection, [Unit.page(page_id)])
