"""Readings and mentions in the catalog: added, shown, never changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Connection, Row, bindparam, select

from archive.catalog import tables as t
from archive.layout import Layout
from archive.record import NewMention, NewReading, Page


def add(connection: Connection, page: Page, new: NewReading, mentions: Iterable[NewMention]) -> int:
    """Keeps a reading with what it mentions, and shows it from now on; returns its number."""
    layout = new.layout
    id = connection.execute(t.reading.insert().values(
        page_id=page.id, file_id=page.file_id, frame=page.frame, transcript_id=new.transcript_id, reader=new.reader, recipe=new.recipe, languages="+".join(new.languages),
        language=new.language, words=sum(1 for _ in layout.words()), confidence=layout.confidence,
        layout=layout.to_bytes(), created=datetime.now(UTC))).inserted_primary_key[0]
    rows = [dict(reading_id=id, kind=m.kind, first_word=m.first_word, last_word=m.last_word, text=m.text,
                 rule=m.rule, value=m.value) for m in mentions]
    if rows:
        connection.execute(t.mention.insert(), rows)
    connection.execute(t.page.update().where(t.page.c.id == page.id).values(shown_reading=id))
    return id


#: Asked for every page that is indexed or shown, so built once.
_READING = select(*(column for column in t.reading.c if column is not t.reading.c.layout)).where(
    t.reading.c.id == bindparam("reading_id"))
_LAYOUT = select(t.reading.c.layout).where(t.reading.c.id == bindparam("reading_id"))
_MENTIONS = select(t.mention).where(t.mention.c.reading_id == bindparam("reading_id")).order_by(t.mention.c.first_word)


def reading(connection: Connection, id: int | None) -> Row | None:
    """The row of a reading without its layout: reader, recipe, languages, language, words, confidence, created."""
    return connection.execute(_READING, {"reading_id": id}).first()


def layout(connection: Connection, id: int | None) -> Layout | None:
    """The words of a reading where they stand."""
    stored = connection.scalar(_LAYOUT, {"reading_id": id})
    return Layout.from_bytes(stored) if stored is not None else None


def mentions(connection: Connection, reading_id: int | None) -> tuple[NewMention, ...]:
    return tuple(NewMention(r.kind, r.first_word, r.last_word, r.text, r.rule, r.value)
                 for r in connection.execute(_MENTIONS, {"reading_id": reading_id}))


def twin(connection: Connection, page: Page, recipe: str, transcript_id: int | None = None) -> int | None:
    """A reading of the same frame of the same bytes under the same recipe, from the same transcript or none, of whatever page."""
    c = t.reading.c
    return connection.scalar(select(c.id).where(
        c.file_id == page.file_id, c.frame == page.frame, c.recipe == recipe,
        c.transcript_id == transcript_id).limit(1))
