"""Writes an item's description into the catalog: from its row or what a person said, its master, and its text."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from archive.catalog import files, items, prior_states
from archive.description import Statement
from archive.unit import Unit
from ingest import describing
from ingest.describing import TextEvidence
from ingest.extract import margins
from ingest.run.recipe import fingerprint
from ingest.run.run import Run


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An item to be completed: the name its title is devised from, what its row (or a person) says of it, its
    component, and the fingerprint of all that."""

    name: str
    said: tuple[Statement, ...]
    component_id: str | None
    fingerprint: str


def describe(connection: Connection, run: Run, item_id: str, unfinished: Unfinished, text: TextEvidence) -> bool:
    """Writes the description; returns whether it changed. Without a fingerprint the item stays unfinished."""
    first = items.pages(connection, item_id)[:1]
    embedded = files.file(connection, first[0].file_id).embedded if first else ()
    described = describing.describe(unfinished.said, embedded, text, file=unfinished.name)
    before, item = items.description(connection, item_id), items.item(connection, item_id)
    changed = before != described or item.component_id != unfinished.component_id
    if changed:
        prior_states.remember(
            connection, run.batch.id, Unit.item(item_id), prior_states.item_state(connection, item_id)
        )
    mark = described_by(run, unfinished) if unfinished.fingerprint else ""
    items.set_description(connection, item_id, described, unfinished.component_id, mark)
    return changed


def described_by(run: Run, unfinished: Unfinished) -> str:
    """The fingerprint of a description: of what was said, of the readings, and of the rule of margins."""
    return fingerprint(fingerprint=unfinished.fingerprint, recipe=run.recipe.present, margins=margins.VERSION)
