"""The archivist's work on what was read: pages, the least sure first, and the corrections that stand or wait. For staff
alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from archive.access import STAFF, Audience
from archive.anchor import Anchor
from archive.catalog import decisions, readings, review
from archive.catalog.review import KINDS, READ, Asked, Key
from archive.catalog.types import AnyRow
from archive.corrections import SURE
from archive.decisions import CORRECTION
from archive.decisions.correction import confirms
from archive.errors import AccessError
from archive.held import HeldPage
from archive.holdings import Holdings
from archive.layout import Layout

__all__ = ["KINDS", "READ", "Asked", "Key", "Review", "ToCorrect", "Typed"]


@dataclass(frozen=True, slots=True)
class ToCorrect:
    """A page in a list of work. `confidence` is None where its reader gives none; `corrected` says that persons
    corrected it, `whole` that each of its words is a person's. `reason` is why it could not be read."""

    page: HeldPage
    title: str
    confidence: float | None
    words: int
    language: str
    reader: str
    corrected: bool
    whole: bool
    reason: str
    key: Key


@dataclass(frozen=True, slots=True)
class Typed:
    """A standing correction with its page: what was read at `anchor`, and `text` that stands there; it may wait for a
    place, and where it `confirms`, what was read is right."""

    id: int
    page: HeldPage
    title: str
    anchor: Anchor
    text: str
    author: str
    created: datetime
    waiting: bool
    confirms: bool


class Review:
    """Lists of work over the holdings as staff may read them; raises AccessError over those of anybody else."""

    def __init__(self, holdings: Holdings):
        if holdings.audience is not Audience.STAFF:
            raise AccessError("what there is to correct is for staff alone", remedy="")
        self._holdings = holdings

    def pages(self, asked: Asked, size: int, *, after: Key | None = None, before: Key | None = None) -> list[ToCorrect]:
        """At most `size` pages from behind `after`, or the last ones before `before`; the least surely read first."""
        with self._holdings.catalog.connect() as connection:
            rows = review.pages(connection, asked, size, after=after, before=before)
            titles = _titles(connection, rows)
        return [_to_correct(row, titles[row.item_id]) for row in rows]

    def number(self, asked: Asked) -> int:
        with self._holdings.catalog.connect() as connection:
            return review.number(connection, asked)

    def key(self, page_id: str) -> Key | None:
        with self._holdings.catalog.connect() as connection:
            return review.key_of(connection, page_id)

    def following(self, asked: Asked, key: Key | None) -> ToCorrect | None:
        """The page that comes after a key; None where that was the last."""
        return next(iter(self.pages(asked, 1, after=key) if key else ()), None)

    def reading(self, page_id: str, reading_id: int) -> Layout | None:
        """The words of one of a page's readings, shown or not; None where it has no such reading."""
        with self._holdings.catalog.connect() as connection:
            row = readings.reading(connection, reading_id)
            return readings.layout(connection, reading_id) if row is not None and row.page_id == page_id else None

    def corrections(self, size: int, *, waiting: bool = False, page_id: str = "", below: int = 0) -> list[Typed]:
        """Standing corrections, the newest first, at most `size`, with numbers below `below` where it is given."""
        with self._holdings.catalog.connect() as connection:
            rows = decisions.newest(connection, CORRECTION, size, waiting=waiting, page_id=page_id, below=below)
            titles = _titles(connection, rows)
        return [_typed(row, titles[row.item_id]) for row in rows]

    def waiting(self, page_id: str = "") -> int:
        """How many corrections found no place on the newest reading, of all pages or of one."""
        with self._holdings.catalog.connect() as connection:
            return decisions.waiting(connection, CORRECTION, page_id)


def _to_correct(row: AnyRow, title: str) -> ToCorrect:
    corrected = row.base_id is not None
    # Of a reading without confidences a person's words alone have one: that of the page is not known.
    known = row.base_confidence if corrected and row.base_words else row.confidence
    return ToCorrect(
        _page(row),
        title,
        row.confidence if known is not None else None,
        row.words or 0,
        row.language or "",
        row.reader or "",
        corrected,
        corrected and known is not None and row.confidence == SURE,
        row.reason or "",
        Key(row.key_confidence, row.ordinal),
    )


def _typed(row: AnyRow, title: str) -> Typed:
    one = decisions.of_row(row)
    return Typed(
        one.id, _page(row), title, one.anchor, one.decided, one.author, one.created, not one.placed, confirms(one)
    )


def _page(row: AnyRow) -> HeldPage:
    asked = row._mapping
    return HeldPage(
        row.page_id,
        asked.get("ordinal", 0),
        row.item_id,
        row.sequence,
        row.label,
        row.role,
        row.width,
        row.height,
        STAFF,
        asked.get("reading_id"),
    )


def _titles(connection: Connection, rows: Iterable[AnyRow]) -> dict[str, str]:
    """Item → its title, each asked for once."""
    return {id: review.title(connection, id) for id in dict.fromkeys(row.item_id for row in rows)}
