"""An item's preservation metadata, gathered from the catalog: only what the audience may read."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from archive.access import Audience
from archive.catalog import journal
from archive.catalog import tables as t
from archive.catalog.types import AnyRow
from archive.held import HeldItem
from archive.holdings import Holdings
from archive.preservation import premis
from archive.preservation.premis import KeptFile
from archive.unit import Matter, Subject, Unit


def premis_of(holdings: Holdings, item: HeldItem) -> bytes:
    """The item in PREMIS 3.0.

    The public is told of masters that it may download, and of events without who did them and why; of a
    page that it may not download, nothing.
    """
    staff = holdings.audience is Audience.STAFF
    pages = [page.id for page in item.pages if staff or page.access.download]
    with holdings.catalog.connect() as connection:
        kept = tuple(_kept(connection, pages))
        if staff:
            kept += tuple(_beside(connection, item.id, {one.sha256 for one in kept}))
        subjects: list[Subject] = [Unit.item(item.id), *map(Unit.page, pages)]
        subjects += (Matter.file(one.sha256) for one in kept)
        events = journal.numbered(connection, subjects)
    return premis.document(holdings.ark(item.id), item.title, kept, events, whole=staff)


_FILES = (t.file.c.id, t.file.c.sha256, t.file.c.bytes, t.file.c.media_type, t.file.c.puid, t.file.c.format)


def _kept(connection: Connection, page_ids: list[str]) -> Iterator[KeptFile]:
    """The masters of these pages, each once, in the order of the pages."""
    seen: set[int] = set()
    for id in page_ids:
        row = connection.execute(
            select(*_FILES).join(t.page, t.page.c.file_id == t.file.c.id).where(t.page.c.id == id)
        ).one()
        if row.id not in seen:
            seen.add(row.id)
            yield _file(connection, row)


def _beside(connection: Connection, item_id: str, known: set[str]) -> Iterator[KeptFile]:
    for id in beside(connection, item_id, known):
        yield _file(connection, connection.execute(select(*_FILES).where(t.file.c.id == id)).one())


def beside(connection: Connection, item_id: str, known: set[str]) -> list[int]:
    """By number, the item's files that are no page's master (`known`, by SHA-256): transcripts, for one."""
    c = t.file.c
    rows = connection.execute(
        select(c.id, c.sha256)
        .join(t.item_file, t.item_file.c.file_id == c.id)
        .where(t.item_file.c.item_id == item_id)
        .distinct()
        .order_by(c.id)
    )
    return [row.id for row in rows.all() if row.sha256 not in known]


def _file(connection: Connection, row: AnyRow) -> KeptFile:
    c = t.location.c
    places = connection.execute(select(c.path, c.found, c.checked).where(c.file_id == row.id).order_by(c.id)).all()
    checked = max((place.checked for place in places if place.found == "intact" and place.checked), default=None)
    return KeptFile(
        row.sha256, row.bytes, row.media_type, places[0].path if places else row.sha256, row.puid, row.format, checked
    )
