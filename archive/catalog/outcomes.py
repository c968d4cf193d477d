"""What became of batches, files and pages: noted in a run, asked for by the next one and, in portions, by reports."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, and_, func, select

from archive.catalog import tables as t
from archive.catalog.batches import FINDING_AID, Batch, idle
from archive.catalog.types import AnyRow, AnySelect
from archive.errors import NotFound
from archive.outcome import DONE, FAILED, REFUSED, FileOutcome
from archive.reason import Reason

#: Rows fetched at once.
PORTION = 500


@dataclass(frozen=True)
class BatchOutcomes(Batch):
    """A batch with what became of its files."""

    #: When its last file had its outcome; None where none had.
    last: datetime | None = None
    #: Outcome → number of files.
    files: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileRow:
    """What became of one file in a batch, with what the catalog knows of its format."""

    path: str
    outcome: str
    reason: str
    code: str
    sha256: str
    items: tuple[str, ...]
    pages: int
    at: datetime
    media_type: str
    puid: str
    format: str


@dataclass(frozen=True, slots=True)
class PageRow:
    """What became of one page of a file in a batch. `outcome` is empty for a page not read yet; `here` says that
    it was read in this very batch. Reader, language, words and confidence are those of the reading shown."""

    path: str
    page_id: str
    item_id: str
    local_id: str
    sequence: int
    frame: int
    outcome: str
    reason: str
    code: str
    recipe: str
    at: datetime | None
    seconds: float
    here: bool
    reader: str
    language: str
    words: int
    confidence: float | None
    sha256: str
    puid: str


def batches(connection: Connection) -> Iterator[BatchOutcomes]:
    """Every batch that did anything, the newest first, with its files by outcome."""
    for row in connection.execute(select(t.batch).where(~idle()).order_by(t.batch.c.id.desc())).all():
        yield _batch(connection, row)


def batch(connection: Connection, id: int | None = None) -> BatchOutcomes:
    """The batch of this number, or the newest that took files in. Raises NotFound."""
    asked = select(t.batch).order_by(t.batch.c.id.desc()).limit(1)
    asked = asked.where(t.batch.c.kind != FINDING_AID, ~idle()) if id is None else asked.where(t.batch.c.id == id)
    row = connection.execute(asked).first()
    if row is None:
        raise NotFound(
            "there is no batch yet" if id is None else "there is no such batch",
            item="" if id is None else str(id),
            remedy="Run `rescate ingest PATH` first." if id is None else "Without a number, the newest is reported.",
        )
    return _batch(connection, row)


def _batch(connection: Connection, row: AnyRow) -> BatchOutcomes:
    c = t.file_outcome.c
    counted = {
        one.outcome: one.number
        for one in connection.execute(
            select(c.outcome, func.count().label("number")).where(c.batch_id == row.id).group_by(c.outcome)
        )
    }
    last = connection.scalar(select(func.max(c.at)).where(c.batch_id == row.id))
    return BatchOutcomes(
        row.id, row.kind, row.name, tuple(row.paths), row.recipe, row.started, row.ended, row.undone, last, counted
    )


def of_files(connection: Connection, batch_id: int, only: Collection[str] = ()) -> Iterator[FileRow]:
    """The files of a batch by path, those with one of the outcomes `only` where it names any."""
    outcome, file = t.file_outcome.c, t.file.c
    asked = (
        select(
            outcome.path,
            outcome.outcome,
            outcome.reason,
            outcome.reason_code,
            outcome.sha256,
            outcome["items"],
            outcome.pages,
            outcome.at,
            func.coalesce(file.media_type, ""),
            func.coalesce(file.puid, ""),
            func.coalesce(file.format, ""),
        )
        .select_from(t.file_outcome.outerjoin(t.file, _same_bytes()))
        .where(outcome.batch_id == batch_id)
        .order_by(outcome.path)
    )
    if only:
        asked = asked.where(outcome.outcome.in_(only))
    for row in _streamed(connection, asked):
        yield FileRow(row[0], row[1], row[2], row[3], row[4], tuple(row[5]), *row[6:])


def of_pages(connection: Connection, batch: BatchOutcomes, only: Collection[str] = ()) -> Iterator[PageRow]:
    """The pages of a batch's files, file by file and in their order, those with one of the outcomes `only` where it
    names any. A page of the same bytes that belongs to an item of another folder is no page of this batch."""
    outcome, page, read = t.file_outcome.c, t.page.c, t.page_outcome.c
    reading = t.reading.c
    asked = (
        select(
            outcome.path,
            outcome["items"],
            page.id,
            page.item_id,
            t.item.c.local_id,
            page.sequence,
            page.frame,
            read.outcome,
            read.reason,
            read.reason_code,
            read.recipe,
            read.at,
            read.reader_seconds,
            read.batch_id,
            reading.reader,
            reading.language,
            reading.words,
            reading.confidence,
            t.file.c.sha256,
            t.file.c.puid,
        )
        .select_from(
            t.file_outcome.join(t.file, _same_bytes())
            .join(t.page, page.file_id == t.file.c.id)
            .join(t.item, t.item.c.id == page.item_id)
            .outerjoin(t.page_outcome, read.page_id == page.id)
            .outerjoin(t.reading, reading.id == page.shown_reading)
        )
        .where(outcome.batch_id == batch.id, page.sequence > 0)
        .order_by(outcome.path, page.item_id, page.sequence)
    )
    if only:
        asked = asked.where(read.outcome.in_(only))
    for row in _streamed(connection, asked):
        if row.item_id in row[1]:
            yield PageRow(
                row.path,
                row.id,
                row.item_id,
                row.local_id or "",
                row.sequence,
                row.frame,
                row.outcome or "",
                row.reason or "",
                row.reason_code or "",
                row.recipe or "",
                row.at,
                row.reader_seconds or 0.0,
                _read_in(batch, row),
                row.reader or "",
                row.language or "",
                row.words or 0,
                row.confidence,
                row.sha256,
                row.puid,
            )


def files_with_pages(connection: Connection, batch: BatchOutcomes) -> Iterator[tuple[FileRow, list[PageRow]]]:
    """Every file of a batch with its pages, in one pass; a file without any (refused, a duplicate) has an empty
    list."""
    pages = of_pages(connection, batch)
    waiting = next(pages, None)
    for file in of_files(connection, batch.id):
        own = []
        while waiting is not None and waiting.path == file.path:
            own.append(waiting)
            waiting = next(pages, None)
        yield file, own


def utc(at: datetime) -> datetime:
    """A time of the catalog as UTC: SQLite gives it without a zone, PostgreSQL in the session's."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _read_in(batch: BatchOutcomes, row: AnyRow) -> bool:
    """Outcomes of catalogs of the first shape name no batch: there the time says it."""
    if row.at is None or row.batch_id is not None:
        return bool(row.batch_id == batch.id)
    end = batch.ended or batch.last
    return bool(row.at >= batch.started and (end is None or row.at <= end))


def _same_bytes() -> ColumnElement[bool]:
    return and_(t.file_outcome.c.sha256 != "", t.file.c.sha256 == t.file_outcome.c.sha256)


def _streamed(connection: Connection, asked: AnySelect) -> Iterable[AnyRow]:
    return connection.execute(asked, execution_options={"yield_per": PORTION})


# -- in a run


def note_file(connection: Connection, batch_id: int, outcome: FileOutcome) -> None:
    """The newest outcome of a file in a batch replaces the one before."""
    c = t.file_outcome.c
    connection.execute(t.file_outcome.delete().where(c.batch_id == batch_id, c.path == str(outcome.path)))
    connection.execute(
        t.file_outcome.insert().values(
            batch_id=batch_id,
            path=str(outcome.path),
            sha256=outcome.sha256,
            outcome=outcome.outcome,
            reason=outcome.reason,
            reason_code=outcome.code,
            items=list(outcome.items),
            pages=outcome.pages,
            at=datetime.now(UTC),
        )
    )


def note_page(
    connection: Connection,
    batch_id: int,
    page_id: str,
    used: str,
    outcome: str,
    reason: str = "",
    code: str = "",
    traceback: str = "",
    reader_seconds: float = 0.0,
    transcript_id: int | None = None,
) -> None:
    """The newest outcome of a page replaces the one before; which transcript it was last to be taken from, it
    remembers."""
    values = dict(
        batch_id=batch_id,
        recipe=used,
        outcome=outcome,
        reason=reason,
        reason_code=code,
        traceback=traceback,
        reader_seconds=reader_seconds,
        at=datetime.now(UTC),
    )
    if transcript_id is not None:
        values["transcript_id"] = transcript_id
    if (
        connection.execute(t.page_outcome.update().where(t.page_outcome.c.page_id == page_id).values(**values)).rowcount
        == 0
    ):
        connection.execute(t.page_outcome.insert().values(page_id=page_id, **values))


def page_said(connection: Connection, page_id: str, used: str) -> tuple[str, str, str] | None:
    """What became of a page under this recipe, what was said of it, and the code of that; None where it
    was read under another since."""
    c = t.page_outcome.c
    row = connection.execute(
        select(c.outcome, c.reason, c.reason_code).where(c.page_id == page_id, c.recipe == used, c.outcome.in_(DONE))
    ).first()
    return tuple(row) if row else None


def page_is_done(connection: Connection, page_id: str, used: Collection[str], transcript_id: int | None = None) -> bool:
    """There is nothing left to do for the page under one of these recipes, and with this transcript where it has
    one."""
    c = t.page_outcome.c
    asked = select(c.outcome).where(c.page_id == page_id, c.recipe.in_(used), c.outcome.in_(DONE))
    return (
        connection.scalar(asked if transcript_id is None else asked.where(c.transcript_id == transcript_id)) is not None
    )


def files_failed_for(connection: Connection, reason: Reason) -> frozenset[int]:
    """The ids of the files of which a page failed for this reason."""
    c = t.page_outcome.c
    return frozenset(
        connection.scalars(
            select(t.page.c.file_id)
            .join(t.page_outcome, c.page_id == t.page.c.id)
            .where(c.outcome == FAILED, c.reason_code == reason)
        )
    )


def pages_done(connection: Connection, batch_id: int) -> set[str]:
    """The pages of which a batch left nothing to do."""
    c = t.page_outcome.c
    return set(connection.scalars(select(c.page_id).where(c.batch_id == batch_id, c.outcome.in_(DONE))))


def last_refusals(connection: Connection) -> Iterator[tuple[str, str, str, datetime]]:
    """Path, outcome, reason and time of each file that was not taken in, the older first."""
    c = t.file_outcome.c
    asked = select(c.path, c.outcome, c.reason, c.at).where(c.outcome.in_((REFUSED, FAILED))).order_by(c.id)
    return (tuple(row) for row in connection.execute(asked))
