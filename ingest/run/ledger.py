"""The ledger of one run: what became of each of its files, kept in the catalog as it is said."""

from __future__ import annotations

from archive.catalog import batches, outcomes
from archive.catalog.connect import writing
from archive.outcome import UNCHANGED, FileOutcome
from ingest.run.run import Run


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
