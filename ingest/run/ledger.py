"""The ledger of one run: what became of each of its files, kept in the catalog as it is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from archive.catalog import batches, laid_out, outcomes
from archive.catalog.connect import writing
from archive.outcome import UNCHANGED, FileOutcome
from ingest.run.run import Run
from ingest.run.tally import Entry


def note(run: Run, outcome: FileOutcome) -> FileOutcome:
    """Keeps what became of a file, and its place where that is still to be noted; returns the outcome. Of what is
    unchanged, and of which there is nothing to say, an earlier batch has it."""
    if outcome.outcome != UNCHANGED or outcome.reason:
        entry = run.tally.get(outcome.path)
        with writing(run.catalog) as connection:
            if entry is not None and (place := entry.take_place()) is not None:
                batches.put_place(connection, run.batch.id, place)
            outcomes.note_file(connection, run.batch.id, outcome)
    return outcome


def note_entries(run: Run, entries: Iterable[Entry]) -> Iterator[FileOutcome]:
    """Keeps what became of files, and yields it; their checksums are asked for by the portion."""
    rest = iter(entries)
    while portion := list(islice(rest, laid_out.PORTION)):
        with run.catalog.connect() as connection:
            sums = laid_out.checksums(connection, [one.file_id for one in portion if one.file_id and not one.sha256])
        yield from (note(run, one.outcome(sums.get(one.file_id, ""))) for one in portion)
