"""What became of each file and page: outcomes and recipes, kept so that a rerun does only what is missing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, select

from archive.catalog import tables as t

ADDED, KEPT, UNCHANGED, DUPLICATE, REFUSED, FAILED = "added", "kept", "unchanged", "duplicate", "refused", "failed"
#: In the order a summary names them.
OUTCOMES = (ADDED, KEPT, UNCHANGED, DUPLICATE, REFUSED, FAILED)

READ, BLANK = "read", "blank"
#: Outcomes of a page after which there is nothing left to do under the same recipe; a failure is tried again.
DONE = (READ, BLANK, KEPT)


@dataclass(frozen=True)
class FileOutcome:
    """What became of one file: `reason` says why where it is refused, failed, duplicate or noteworthy.

    `items` are the ids of the items it is part of, `pages` how many pages of it are in them.
    """

    path: Path
    sha256: str
    outcome: str
    reason: str = ""
    items: tuple[str, ...] = ()
    pages: int = 0
    failed_pages: tuple[tuple[str, str], ...] = field(default=())

    @property
    def well(self) -> bool:
        return self.outcome not in (REFUSED, FAILED)


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


def page_said(connection: Connection, page_id: str, used: str) -> tuple[str, str] | None:
    """What became of a page under this recipe, and what was said of it; None where it was read under another since."""
    c = t.page_outcome.c
    row = connection.execute(
        select(c.outcome, c.reason).where(c.page_id == page_id, c.recipe == used, c.outcome.in_(DONE))
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


def files_that_said(connection: Connection, reason: str) -> frozenset[int]:
    """The ids of the files of which a page failed with these words in its reason."""
    c = t.page_outcome.c
    return frozenset(
        connection.scalars(
            select(t.page.c.file_id)
            .join(t.page_outcome, c.page_id == t.page.c.id)
            .where(c.outcome == FAILED, c.reason.contains(reason, autoescape=True))
        )
    )
