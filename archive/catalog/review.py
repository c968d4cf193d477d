"""The archivist's list of work in the catalog: pages by how surely they were read, in portions.

Pages are asked for by the last one seen (its confidence and ordinal), never by counting on from the first, so that
what was corrected meanwhile moves no page past the reader's eyes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, func, not_, or_, select, tuple_

from archive.catalog import tables as t
from archive.catalog.types import AnyRow, AnySelect

#: What became of the pages of each list: words with a confidence, words without one (a PDF's own text, a transcript),
#: no words at all, or no reading.
READ, UNMEASURED, EMPTY, FAILED = KINDS = ("read", "unmeasured", "empty", "failed")


#: The role of a page that is no part of its document: a colour chart, a resolution target.
TARGET = "target"


@dataclass(frozen=True, slots=True)
class Key:
    """The place of a page in its list: the confidence of its reading, 0 in the lists that go by the archive's order."""

    confidence: float
    ordinal: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Which pages: of a kind, in a language (ISO 639-2), read with less confidence than `below`, by no person yet
    (`untouched`), of a batch, of an item. Empty, 0 and None ask for all."""

    kind: str = READ
    language: str = ""
    below: float | None = None
    untouched: bool = False
    batch: int = 0
    item: str = ""


def pages(
    connection: Connection, asked: Asked, size: int, *, after: Key | None = None, before: Key | None = None
) -> Sequence[AnyRow]:
    """At most `size` pages, the least surely read first, from behind `after` on, or the last ones before `before`.

    A row has page_id, ordinal, item_id, sequence, label, role, width, height, confidence, words, language, reader,
    base_id, base_confidence and base_words (of the machine's reading that persons corrected), reading_id, outcome,
    reason, key_confidence.
    """
    page, reading, read = t.page.c, t.reading.c, t.page_outcome.c
    key = _key(asked)
    found = _from(
        asked,
        select(
            page.id.label("page_id"),
            page.ordinal,
            page.item_id,
            page.sequence,
            page.label,
            page.role,
            page.width,
            page.height,
            reading.confidence,
            reading.words,
            reading.language,
            reading.reader,
            reading.base_id,
            _base.c.confidence.label("base_confidence"),
            _base.c.words.label("base_words"),
            reading.id.label("reading_id"),
            read.outcome,
            read.reason,
            key.label("key_confidence"),
        ),
        also_outcome=True,
    )
    backwards = before is not None
    if after is not None:
        found = found.where(_beyond(asked, after))
    elif before is not None:
        found = found.where(_short_of(asked, before))
    order = (key, page.ordinal) if asked.kind == READ else (page.ordinal,)
    rows = connection.execute(found.order_by(*(one.desc() if backwards else one for one in order)).limit(size)).all()
    return rows[::-1] if backwards else rows


def number(connection: Connection, asked: Asked) -> int:
    """How many pages that is."""
    return connection.scalar(_from(asked, select(func.count()).select_from(t.page), also_outcome=False)) or 0


def _key(asked: Asked) -> ColumnElement[float]:
    return t.reading.c.confidence if asked.kind == READ else func.coalesce(t.reading.c.confidence, 0.0)


def _beyond(asked: Asked, key: Key) -> ColumnElement[bool]:
    if asked.kind != READ:
        return t.page.c.ordinal > key.ordinal
    return tuple_(t.reading.c.confidence, t.page.c.ordinal) > tuple_(key.confidence, key.ordinal)


def _short_of(asked: Asked, key: Key) -> ColumnElement[bool]:
    if asked.kind != READ:
        return t.page.c.ordinal < key.ordinal
    return tuple_(t.reading.c.confidence, t.page.c.ordinal) < tuple_(key.confidence, key.ordinal)


def _from(asked: Asked, found: AnySelect, *, also_outcome: bool) -> AnySelect:
    """The tables that a list needs, joined, and what it leaves out."""
    page, reading, read = t.page.c, t.reading.c, t.page_outcome.c
    failed = asked.kind == FAILED
    found = found.join(t.item, t.item.c.id == page.item_id)
    found = found.join(t.reading, reading.id == page.shown_reading, isouter=failed)
    found = found.join(_base, _base.c.id == reading.base_id, isouter=True)
    if failed or asked.batch or also_outcome:
        found = found.join(t.page_outcome, read.page_id == page.id, isouter=not failed)
    found = found.where(page.sequence > 0, t.item.c.undone.is_(None), _OF_KIND[asked.kind])
    if asked.language:
        found = found.where(reading.language == asked.language)
    if asked.below is not None:
        found = found.where(reading.confidence < asked.below)
    if asked.untouched:
        found = found.where(reading.base_id.is_(None))
    if asked.batch:
        found = found.where(read.batch_id == asked.batch)
    # Nobody types over a scanning target; who asks for its document sees it there.
    return found.where(page.item_id == asked.item) if asked.item else found.where(page.role != TARGET)


#: Of what a person corrected, the machine's reading beneath: a few words that are sure make no reading of known
#: confidence.
_base = t.reading.alias("base")
_unmeasured = or_(
    t.reading.c.confidence.is_(None), and_(_base.c.id.is_not(None), _base.c.words > 0, _base.c.confidence.is_(None))
)
_OF_KIND = {
    READ: and_(t.reading.c.words > 0, not_(_unmeasured)),
    UNMEASURED: and_(t.reading.c.words > 0, _unmeasured),
    # Where a person compared it with its image, it is decided that there is no text.
    EMPTY: and_(t.reading.c.words == 0, t.reading.c.base_id.is_(None)),
    FAILED: t.page_outcome.c.outcome == "failed",
}


def key_of(connection: Connection, page_id: str) -> Key | None:
    """The place of a page in its list; None where there is no such page."""
    row = connection.execute(
        select(t.page.c.ordinal, func.coalesce(t.reading.c.confidence, 0.0))
        .join(t.reading, t.reading.c.id == t.page.c.shown_reading, isouter=True)
        .where(t.page.c.id == page_id)
    ).first()
    return Key(row[1], row[0]) if row else None


def title(connection: Connection, item_id: str) -> str:
    """An item's first title; empty where it has none."""
    c = t.statement.c
    return (
        connection.scalar(
            select(c.value).where(c.item_id == item_id, c.element == "title").order_by(c.position).limit(1)
        )
        or ""
    )
