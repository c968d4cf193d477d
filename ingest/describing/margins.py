"""Marks running heads, running feet and page numbers in the readings of an item, once all its pages are read."""

from __future__ import annotations

from sqlalchemy import Connection

from archive.catalog import items, readings
from archive.margins import KINDS
from ingest.extract.margins import find_margins
from ingest.extract.page_edges import Edges, page_edges


def mark_margins(connection: Connection, item_id: str) -> tuple[str, ...]:
    """Has the mentions in the margins of an item's pages be what its present readings say; returns the ids of the pages
    where that changed. Of each page a few lines are kept in memory, so that a volume takes no more than a letter."""
    shown: dict[int, tuple[str, int]] = {}
    edges: list[Edges] = []
    for page in items.pages(connection, item_id):
        layout = readings.layout(connection, page.shown_reading) if page.role != "target" else None
        if layout is not None:
            shown[page.sequence] = page.id, page.shown_reading
            edges.append(page_edges(layout, page.sequence))
    return tuple(
        id
        for one, drawn in zip(edges, find_margins(edges), strict=False)
        for id, reading in (shown[one.sequence],)
        if readings.put_mentions(connection, id, reading, KINDS, drawn)
    )
