"""Items and pages that were laid out from files, and what became of them: a portion of files in a few statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from archive.catalog import tables as t

#: Files asked for in one statement.
PORTION = 2_000


class LaidOutPage(NamedTuple):
    """A page as a run needs to know it. `read_in` is the language that a person said of it, or of its item;
    `fingerprint` is that of what its item was laid out from, `described_by` that of its description; `recipe`,
    `outcome`, `batch_id` and `transcript_id` are those of its last reading, None where it was never read."""

    id: str
    file_id: int
    item_id: str
    width: int
    height: int
    frame: int
    read_in: str
    by_ocr: bool
    fingerprint: str
    described_by: str
    recipe: str | None
    outcome: str | None
    batch_id: int | None
    transcript_id: int | None


def portions(file_ids: Iterable[int]) -> Iterator[Sequence[int]]:
    """The ids, each once and in order, so many at once as one statement is asked."""
    asked = sorted(set(file_ids))
    return (asked[start : start + PORTION] for start in range(0, len(asked), PORTION))


def pages(connection: Connection, file_ids: Sequence[int]) -> Iterator[LaidOutPage]:
    """The pages of these files (a portion) in items that were not undone."""
    page, item, outcome = t.page.c, t.item.c, t.page_outcome.c
    # Which items are undone is not asked of the database: SQLite would begin with all that are not, in every
    # portion anew.
    asked = (
        select(
            page.id,
            page.file_id,
            page.item_id,
            page.width,
            page.height,
            page.frame,
            page.read_in,
            page.by_ocr,
            item.plan,
            item.described_by,
            outcome.recipe,
            outcome.outcome,
            outcome.batch_id,
            outcome.transcript_id,
            item.read_in,
            item.undone,
        )
        .join(t.item, item.id == page.item_id)
        .outerjoin(t.page_outcome, outcome.page_id == page.id)
        .where(page.file_id.in_(file_ids), page.sequence > 0)
    )
    for *of_page, of_item, undone in connection.execute(asked):
        found = LaidOutPage(*of_page)
        if undone is None:
            yield found if found.read_in else found._replace(read_in=of_item)


def checksums(connection: Connection, file_ids: Sequence[int]) -> dict[int, str]:
    """The SHA-256 of each of these files (a portion), by id."""
    return dict(connection.execute(select(t.file.c.id, t.file.c.sha256).where(t.file.c.id.in_(file_ids))).all())


def at_several_places(connection: Connection, file_ids: Sequence[int]) -> set[int]:
    """The files among these (a portion) that are known at more than one place."""
    file_id = t.location.c.file_id
    asked = select(file_id).where(file_id.in_(file_ids)).group_by(file_id).having(func.count() > 1)
    return set(connection.scalars(asked))
