"""What stands in the catalog already of a run's files, read in bulk: an unchanged file costs a stat and no more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, func, select

from archive import derivatives
from archive.catalog import tables as t
from ingest.run.ledger import DONE, KEPT
from ingest.run.recipe import Recipe

#: Files asked for in one query.
PORTION = 2_000


@dataclass
class Standing:
    """By the files asked for: the items laid out from them and their pages.

    `plans` maps what an item was laid out from to its id; `unfinished` are the items of which a page is still to be
    read, or the description to be written; `pages` maps file and item to the number of pages; `touched` are files of
    which this batch read a page before it was interrupted; `kept` those that are kept unread; `twins` are files known
    at more than one place; `wide` are the pages whose image has no narrower copies yet.
    """

    plans: dict[str, str] = field(default_factory=dict)
    unfinished: set[str] = field(default_factory=set)
    pages: dict[int, dict[str, int]] = field(default_factory=dict)
    sha256: dict[int, str] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)
    kept: set[int] = field(default_factory=set)
    twins: set[int] = field(default_factory=set)
    wide: list[str] = field(default_factory=list)


def standing(
    connection: Connection,
    data: Path,
    file_ids: Iterable[int],
    recipe: Recipe,
    batch_id: int,
    transcripts: Callable[[int, int], Collection[int]] = lambda file_id, frame: (),
    *,
    image_width: int,
) -> Standing:
    """What stands of these files under this recipe. A page whose image is gone is still to be read, and one that is to
    be taken from another of the `transcripts` of its file and frame. `image_width` is that of page images, by the
    settings."""
    found = Standing()
    asked = sorted(set(file_ids))
    page, item, outcome, file, location = t.page.c, t.item.c, t.page_outcome.c, t.file.c, t.location.c
    for start in range(0, len(asked), PORTION):
        some = asked[start : start + PORTION]
        found.sha256.update(connection.execute(select(file.id, file.sha256).where(file.id.in_(some))).all())
        found.twins.update(
            connection.scalars(
                select(location.file_id)
                .where(location.file_id.in_(some))
                .group_by(location.file_id)
                .having(func.count() > 1)
            )
        )
        # Which items are undone is not asked of the database: SQLite would begin with all that are not, in every
        # portion anew.
        rows = connection.execute(
            select(
                page.id,
                page.file_id,
                page.item_id,
                page.width,
                page.height,
                page.frame,
                page.read_in,
                page.by_ocr,
                item.read_in.label("of_item"),
                item.plan,
                item.described_by,
                item.undone,
                outcome.recipe,
                outcome.outcome,
                outcome.batch_id,
                outcome.transcript_id,
            )
            .join(t.item, item.id == page.item_id)
            .outerjoin(t.page_outcome, outcome.page_id == page.id)
            .where(page.file_id.in_(some), page.sequence > 0)
        ).all()
        for (
            page_id,
            file_id,
            item_id,
            width,
            height,
            frame,
            said,
            by_ocr,
            of_item,
            plan,
            described_by,
            undone,
            used,
            became,
            of_batch,
            transcript,
        ) in rows:
            if undone is not None:
                continue
            found.pages.setdefault(file_id, {})
            found.pages[file_id][item_id] = found.pages[file_id].get(item_id, 0) + 1
            if plan:
                found.plans[plan] = item_id
            delivered = () if by_ocr else transcripts(file_id, frame)
            done = (
                became in DONE
                and used in recipe.each(said or of_item, by_ocr=by_ocr)
                and (not delivered or transcript in delivered)
            )
            if became == KEPT:
                found.kept.add(file_id)
            if of_batch == batch_id and done:
                found.touched.add(file_id)
            if not done or not described_by or width and not derivatives.made(data, page_id):
                found.unfinished.add(item_id)
            elif width and derivatives.lacks_narrow(data, page_id, width, height, image_width):
                found.wide.append(page_id)
    return found
