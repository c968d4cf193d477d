"""What the catalog knows of a run's files, read in bulk: an unchanged file costs a stat and no more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection

from archive import derivatives
from archive.catalog import laid_out
from archive.outcome import DONE, KEPT
from ingest.run.recipe import Recipe


@dataclass
class Known:
    """By the files asked for: the items laid out from them and their pages.

    `items` has the id of each by the fingerprint of what it was laid out from; `unfinished` are those of which a page
    is still to be read, or the description to be written; `pages` maps file and item to the number of pages; `touched`
    are files of which this batch read a page before it was interrupted; `kept` those that are kept unread; `twins` are
    files known at more than one place; `wide` are the pages whose image has no narrower copies yet.
    """

    items: dict[str, str] = field(default_factory=dict)
    unfinished: set[str] = field(default_factory=set)
    pages: dict[int, dict[str, int]] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)
    kept: set[int] = field(default_factory=set)
    twins: set[int] = field(default_factory=set)
    wide: list[str] = field(default_factory=list)

    def pages_of(self, file_id: int, item_id: str) -> int:
        """How many pages of a file are in an item."""
        return self.pages[file_id].get(item_id, 0)


def what_is_known(
    connection: Connection,
    data: Path,
    file_ids: Iterable[int],
    recipe: Recipe,
    batch_id: int,
    transcripts: Callable[[int, int], Collection[int]] = lambda file_id, frame: (),
    *,
    image_width: int,
) -> Known:
    """What is known of these files under this recipe. A page whose image is gone is still to be read, and one that is
    to be taken from another of the `transcripts` of its file and frame. `image_width` is that of page images, by the
    settings."""
    found = Known()
    for portion in laid_out.portions(file_ids):
        found.twins.update(laid_out.at_several_places(connection, portion))
        for page in laid_out.pages(connection, portion):
            of_file = found.pages.setdefault(page.file_id, {})
            of_file[page.item_id] = of_file.get(page.item_id, 0) + 1
            if page.fingerprint:
                found.items[page.fingerprint] = page.item_id
            delivered = () if page.by_ocr else transcripts(page.file_id, page.frame)
            done = (
                page.outcome in DONE
                and page.recipe in recipe.each(page.read_in, by_ocr=page.by_ocr)
                and (not delivered or page.transcript_id in delivered)
            )
            if page.outcome == KEPT:
                found.kept.add(page.file_id)
            if page.batch_id == batch_id and done:
                found.touched.add(page.file_id)
            if not done or not page.described_by or page.width and not derivatives.made(data, page.id):
                found.unfinished.add(page.item_id)
            elif page.width and derivatives.lacks_narrow(data, page.id, page.width, page.height, image_width):
                found.wide.append(page.id)
    return found
