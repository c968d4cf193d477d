"""Readings and mentions in the catalog: added, shown, never changed.

A mention is drawn from a reading and is no part of it. Those that are drawn across the pages of an item
(archive.margins) are drawn anew whenever one of its pages is read again, or leaves it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, select

from archive.catalog import tables as t
from archive.catalog import withheld
from archive.catalog.numbering import inserted
from archive.catalog.types import AnyRow
from archive.layout import Layout
from archive.record import Candidate, NewMention, NewReading, Page
from archive.unit import Unit


def add(connection: Connection, page: Page, new: NewReading, mentions: Iterable[NewMention]) -> int:
    """Keeps a reading with what it mentions, and shows it from now on; returns its number."""
    layout = new.layout
    id = inserted(
        connection,
        t.reading.insert(),
        page_id=page.id,
        file_id=page.file_id,
        frame=page.frame,
        transcript_id=new.transcript_id,
        base_id=new.base,
        reader=new.reader,
        recipe=new.recipe,
        languages="+".join(new.languages),
        language=new.language,
        words=sum(1 for _ in layout.words()),
        confidence=layout.confidence,
        layout=layout.to_bytes(),
        created=datetime.now(UTC),
    )
    _add_mentions(connection, page.id, id, mentions)
    show(connection, page.id, id)
    return id


def show(connection: Connection, page_id: str, id: int) -> None:
    """Has a page shown by this reading of it. What a person typed or delivered, and is not shown any more, was perhaps
    taken back; and what a person typed over is not to be found."""
    of_persons = t.reading.c.transcript_id.is_not(None) | t.reading.c.base_id.is_not(None)
    shown = select(t.page.c.shown_reading).where(t.page.c.id == page_id).scalar_subquery()
    if (
        connection.scalar(
            select(t.reading.c.id)
            .where((t.reading.c.id == shown) & of_persons | (t.reading.c.id == id) & t.reading.c.base_id.is_not(None))
            .limit(1)
        )
        is not None
    ):
        withheld.narrow(connection, Unit.page(page_id))
    connection.execute(t.page.update().where(t.page.c.id == page_id).values(shown_reading=id))


def _add_mentions(connection: Connection, page_id: str, reading_id: int, drawn: Iterable[NewMention]) -> None:
    rows = [
        dict(
            page_id=page_id,
            reading_id=reading_id,
            kind=m.kind,
            first_word=m.first_word,
            last_word=m.last_word,
            text=m.text,
            rule=m.rule,
            value=m.value,
            candidates=[[one.value, list(one.evidence)] for one in m.candidates],
        )
        for m in drawn
    ]
    if rows:
        connection.execute(t.mention.insert(), rows)


#: Asked for every page that is indexed or shown, so built once.
_READING = select(*(column for column in t.reading.c if column is not t.reading.c.layout)).where(
    t.reading.c.id == bindparam("reading_id")
)
_LAYOUT = select(t.reading.c.layout).where(t.reading.c.id == bindparam("reading_id"))
_MENTIONS = (
    select(t.mention)
    .where(t.mention.c.reading_id == bindparam("reading_id"))
    .order_by(t.mention.c.first_word, t.mention.c.id)
)


def languages(row: AnyRow) -> tuple[str, ...]:
    """The languages that the reader of a reading was told; none where it needed none (the layer of a PDF, what was
    delivered)."""
    return tuple(filter(None, row.languages.split("+")))


def reading(connection: Connection, id: int | None) -> AnyRow | None:
    """The row of a reading without its layout: reader, base_id, recipe, languages, language, words, confidence,
    created."""
    return connection.execute(_READING, {"reading_id": id}).first()


def layout(connection: Connection, id: int | None) -> Layout | None:
    """The words of a reading where they stand."""
    stored = connection.scalar(_LAYOUT, {"reading_id": id})
    return Layout.from_bytes(stored) if stored is not None else None


def shown(connection: Connection, reading_ids: Collection[int]) -> dict[int, AnyRow]:
    """Language, confidence and layout (bytes) of these readings, by number."""
    c = t.reading.c
    rows = connection.execute(select(c.id, c.language, c.confidence, c.layout).where(c.id.in_(reading_ids)))
    return {row.id: row for row in rows}


def through(connection: Connection, item_id: str) -> Iterator[AnyRow]:
    """The rows of all pages of an item in their order, each with the layout (bytes) of its shown reading, if it has
    one. One query; memory stays flat."""
    p, c = t.page.c, t.reading.c
    asked = select(t.page, c.layout).outerjoin(t.reading, c.id == p.shown_reading)
    asked = asked.where(p.item_id == item_id, p.sequence > 0).order_by(p.sequence, p.ordinal)
    yield from connection.execute(asked, execution_options={"yield_per": 50})


def mentions_of(connection: Connection, reading_ids: Collection[int]) -> dict[int, list[NewMention]]:
    """The mentions of each of these readings, by number, in the order of its words; one without any is left out."""
    c = t.mention.c
    found: dict[int, list[NewMention]] = {}
    for row in connection.execute(
        select(t.mention).where(c.reading_id.in_(reading_ids)).order_by(c.reading_id, c.first_word, c.id)
    ):
        found.setdefault(row.reading_id, []).append(_mention(row))
    return found


def mentions(connection: Connection, reading_id: int | None) -> tuple[NewMention, ...]:
    return tuple(map(_mention, connection.execute(_MENTIONS, {"reading_id": reading_id})))


def _mention(r: AnyRow) -> NewMention:
    candidates = tuple(Candidate(value, tuple(evidence)) for value, evidence in r.candidates)
    return NewMention(r.kind, r.first_word, r.last_word, r.text, r.rule, r.value, candidates)


def mentioned(connection: Connection, kind: str, value: str = "") -> Iterator[tuple[str, NewMention]]:
    """Where pages of the archive, as they are shown, mention this value of a kind (a place by its key, a date in EDTF);
    empty: what is undecided. Each with its page's id, in the order in which they were read; found by an index, and
    memory stays flat."""
    c, page = t.mention.c, t.page.c
    asked = (
        select(t.mention)
        .join(t.page, (page.id == c.page_id) & (page.shown_reading == c.reading_id))
        .join(t.item, t.item.c.id == page.item_id)
        .where(c.kind == kind, c.value == value, page.sequence > 0, t.item.c.undone.is_(None))
        .order_by(c.id)
    )
    for row in connection.execute(asked, execution_options={"yield_per": 500}):
        yield row.page_id, _mention(row)


def put_mentions(
    connection: Connection, page_id: str, reading_id: int, kinds: Collection[str], drawn: Sequence[NewMention]
) -> bool:
    """Has the mentions of these kinds in a page's reading be the ones drawn now; returns whether any changed."""
    if tuple(one for one in mentions(connection, reading_id) if one.kind in kinds) == tuple(drawn):
        return False
    connection.execute(t.mention.delete().where(t.mention.c.reading_id == reading_id, t.mention.c.kind.in_(kinds)))
    _add_mentions(connection, page_id, reading_id, drawn)
    return True


def least_sure(connection: Connection, language: str = "", below: float = 1.0) -> Iterator[AnyRow]:
    """The shown readings with words, the least sure first: page_id, item_id, confidence, words, language, reader,
    base_id."""
    page, reading = t.page.c, t.reading.c
    asked = (
        select(
            page.id.label("page_id"),
            page.item_id,
            reading.confidence,
            reading.words,
            reading.language,
            reading.reader,
            reading.base_id,
        )
        .join(t.reading, reading.id == page.shown_reading)
        .join(t.item, t.item.c.id == page.item_id)
        .where(page.sequence > 0, t.item.c.undone.is_(None), reading.words > 0, reading.confidence <= below)
        .order_by(reading.confidence, page.ordinal)
    )
    if language:
        asked = asked.where(reading.language == language)
    yield from connection.execute(asked, execution_options={"yield_per": 500})


def twin(connection: Connection, page: Page, recipe: str, transcript_id: int | None = None) -> int | None:
    """A machine's reading of the same frame of the same bytes under the same recipe, from the same transcript or none,
    of whatever page."""
    c = t.reading.c
    return connection.scalar(
        select(c.id)
        .where(
            c.file_id == page.file_id,
            c.frame == page.frame,
            c.recipe == recipe,
            c.base_id.is_(None),
            c.transcript_id == transcript_id,
        )
        .limit(1)
    )
