"""Closes what the spreadsheets of a run close, or may, of what the archive knows: before a file is hashed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from archive.access import State
from archive.catalog import files, items, rules, tree
from archive.catalog.connect import writing
from archive.record import Item
from archive.unit import Kind
from ingest.intake.companions import Beside
from ingest.intake.plan import Held
from ingest.intake.survey import SurveyedFile
from ingest.run.accession import put_components
from ingest.run.held import Holding, release
from ingest.run.restrictions import ClosedPages, restrict
from ingest.run.run import Run
from ingest.run.tally import Entry


@dataclass(frozen=True, slots=True)
class Closed:
    """What was closed: `pages` by a row, whose files are not known yet; `held` are the items (by id) closed for want of
    understanding, `doubted` those of them, and of others, that this run did not understand either. `components` are the
    ids by ref_id, `origins` the names of the spreadsheets' folders, by root and path below it."""

    origins: Mapping[Path, str]
    components: Mapping[str, str]
    pages: ClosedPages
    held: frozenset[str]
    doubted: frozenset[str]


def close(run: Run, beside: Beside, surveyed: Iterable[SurveyedFile]) -> Closed:
    """Puts in the components, and closes what the spreadsheets close of what is known, or may."""
    doubtful = {row.component for said in beside.sheets.values() for row in said.doubtful}
    default = State(run.config.access.default)
    with writing(run.catalog) as connection:
        names = {
            root: files.put_root(connection, root, run.config.roots)
            for root in dict.fromkeys(sheet.root for sheet in beside.found)
        }
        origins = {
            sheet.path.parent: f"{names[sheet.root]}:{Path(sheet.relative).parent.as_posix().removeprefix('.')}"
            for sheet in beside.found
        }
        for said in beside.sheets.values():
            put_components(connection, run.config.archive.naan, run.batch.id, said.components, doubtful)
        components = tree.refs(connection)
        pages = restrict(connection, run.batch.id, beside.sheets, origins, default)
        holding = Holding(connection, run.batch.id, default, components)
        roots = {path: name for name, path in files.mounted(connection, run.config).items()}
        holding.hold(beside, surveyed, origins, roots)
        held = frozenset(unit.id for unit in rules.held(connection) if unit.kind is Kind.ITEM)
    for line in holding.said:
        run.progress.say(line)
    return Closed(origins, components, pages, held, frozenset(holding.doubted))


def keep_waiting(run: Run, held: Iterable[Held], closed: Closed) -> None:
    """Says of each file that waits why, what to do, and what becomes of what the archive has of it."""
    for file, reason, remedy, code in held:
        entry = run.tally[file.path]
        entry.refuse(code, f"{reason}. {remedy}{_what_is_known(run, entry, closed)}")


def _what_is_known(run: Run, entry: Entry, closed: Closed) -> str:
    if not entry.file_id or entry.place is not None:
        return ""
    if closed.held:
        with run.catalog.connect() as connection:
            known = items.items_of_file(connection, entry.file_id)
            if any(one.id in closed.held and _is_closed(run, connection, one) for one in known):
                return " What the archive has of it is closed until then, and opens by itself."
    return " What the archive has of it stays as it is."


def _is_closed(run: Run, connection: Connection, item: Item) -> bool:
    """Whether an item is closed as this run leaves it; what was held, a person may have opened."""
    default = State(run.config.access.default)
    return rules.of_item(connection, item.id, item.component_id, default).state is not State.OPEN


def open_what_is_understood(run: Run, item_id: str, closed: Closed) -> None:
    """Ends the rule of an item that was held, where this run understood all that is said of it."""
    if item_id in closed.held and item_id not in closed.doubted:
        with writing(run.catalog) as connection:
            release(connection, run.batch.id, item_id)
