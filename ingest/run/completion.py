"""Completes items: their pages are read, each is described when its last page is done, and the index fed as it goes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import closing

from archive.catalog import items, journal
from archive.catalog.connect import writing
from archive.outcome import FileOutcome
from archive.reason import Reason
from archive.unit import Unit
from ingest.describing.anew import evidence
from ingest.describing.margins import mark_margins
from ingest.execution import Executor
from ingest.page.read import read as read_page
from ingest.page.transcribe import time_limit
from ingest.run.delivery import Delivery
from ingest.run.describe import Unfinished, describe, described_by
from ingest.run.index_feed import IndexFeed
from ingest.run.ledger import note_entries
from ingest.run.page_queue import PageQueue
from ingest.run.run import Run

#: Pages read between two feedings of the index: a long run can be searched while it goes on.
FEED_EVERY = 500


def complete(
    run: Run,
    unfinished: Mapping[str, Unfinished],
    delivery: Delivery,
    feed: IndexFeed,
    executor: Executor,
    again: Collection[str] = (),
) -> Iterator[FileOutcome]:
    """Reads what is to be read of the unfinished items (by id), and describes them; notes and yields what became of
    each file as its last item is complete. Pages have their words from `delivery` where it has them; `again` are
    pages to be read though they are read already, and no others then."""
    run.progress.stage("read", sum(entry.pages for entry in run.tally if entry.waiting))
    queue, read = PageQueue(run, delivery, again), 0
    with closing(executor.run(read_page, queue.tasks(unfinished), time_limit(run.config.ingest))) as results:
        for task, result in results:
            queue.keep(task, result)
            read += 1
            yield from _finish(run, queue, unfinished)
            if read % FEED_EVERY == 0:
                feed.catch_up()
    yield from _finish(run, queue, unfinished)


def _finish(run: Run, queue: PageQueue, unfinished: Mapping[str, Unfinished]) -> Iterator[FileOutcome]:
    """Marks the margins of the items whose pages are all done, and describes them; yields what became of their
    files."""
    while queue.finished:
        item_id = queue.finished.popleft()
        was_read, one = item_id in queue.read, unfinished[item_id]
        with writing(run.catalog) as connection:
            if was_read or described_by(run, one) != items.item(connection, item_id).described_by:
                journal.post(connection, map(Unit.page, mark_margins(connection, item_id)))
                if describe(connection, run, item_id, one, evidence(connection, item_id)):
                    journal.post(connection, [Unit.item(item_id)])
                    if not was_read:
                        for entry in run.tally.of_item(item_id):
                            entry.note(Reason.DESCRIBED_ANEW, "its description was updated")
        yield from note_entries(run, list(run.tally.finished(item_id)))
