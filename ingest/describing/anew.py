"""Describes an item of the catalog anew, after its words changed: what its pages say, and what a person said of it."""

from __future__ import annotations

from pathlib import PurePosixPath

from sqlalchemy import Connection

from archive.catalog import files, items, journal, readings
from archive.description import STATED, Statement
from archive.margins import KINDS
from archive.record import Page
from archive.unit import Unit
from ingest.describing import TextEvidence, describe
from ingest.describing.headline import large_lines
from ingest.describing.margins import mark_margins
from ingest.extract.unit import unit_date


def evidence(connection: Connection, item_id: str) -> TextEvidence:
    """What the item's pages say: its first words, its date, its languages."""
    pages = [page for page in items.pages(connection, item_id) if page.role != "target"]
    languages = {row.language for page in pages if (row := readings.reading(connection, page.shown_reading))}
    layout = readings.layout(connection, pages[0].shown_reading) if pages else None
    if layout is None:
        return TextEvidence(languages=tuple(sorted(languages - {"und"})))
    said = items.description(connection, item_id)
    language = next(iter(languages)) if len(languages) == 1 else None
    found = unit_date(layout.text, language, said.first("genre") or None)
    margin = tuple(one.text for one in readings.mentions(connection, pages[0].shown_reading) if one.kind in KINDS)
    return TextEvidence(
        layout.text,
        found.value.edtf if found else "",
        found.text if found else "",
        tuple(sorted(languages - {"und"})),
        in_margins=margin,
        large_lines=large_lines(layout),
    )


def said_by_persons(connection: Connection, item_id: str) -> tuple[Statement, ...]:
    """What stands in its description because a spreadsheet or a person said it."""
    return tuple(one for one in items.description(connection, item_id) if one.source in STATED)


def name_of(connection: Connection, pages: tuple[Page, ...]) -> str:
    """The path, below its root, that an item's title is devised from where nothing else gives one: of its file, or the
    folder of its files."""
    place = next(files.locations_of(connection, pages[0].file_id), None) if pages else None
    path = PurePosixPath(place.path) if place else PurePosixPath("")
    return path.parent.name if len({page.file_id for page in pages}) > 1 else str(path)


def describe_anew(connection: Connection, item_id: str) -> bool:
    """Marks the margins of the item's pages, and writes its description, as its words are now; returns whether that
    changed."""
    journal.post(connection, map(Unit.page, mark_margins(connection, item_id)))
    pages, item = items.pages(connection, item_id), items.item(connection, item_id)
    embedded = files.file(connection, pages[0].file_id).embedded if pages else ()
    described = describe(
        said_by_persons(connection, item_id), embedded, evidence(connection, item_id), file=name_of(connection, pages)
    )
    if described == items.description(connection, item_id):
        return False
    items.set_description(connection, item_id, described, item.component_id, item.described_by)
    # Every page is searched with what is said of its item.
    journal.post(connection, [Unit.item(item_id)])
    return True
