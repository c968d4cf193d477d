"""Closes what is public and named by what was not understood: a row that was refused, a table that was not read.

Its rule is of an origin of its own (`rules.HELD`). It ends by itself when a later run understands what is said of the
item; what a person decided stands before it. A doubt about a whole folder closes nothing that it does not name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection

from archive.access import Access, Rule, State, effective, narrows
from archive.catalog import files, items, journal, prior_states, rules
from archive.record import Item
from archive.unit import Unit
from ingest.intake.companions import Beside
from ingest.intake.survey import SurveyedFile
from ingest.run.accession import rule_of
from ingest.sheets.access import NOT_DETERMINED
from ingest.sheets.rows import DoubtfulRow

_CLOSED = Rule(State.CLOSED, reason=NOT_DETERMINED)


class Holding:
    """Closes in one run what is to be held. `components` are the ids by ref_id; `doubted` the items, by id, named by
    something that was not understood, whether it closed them or they were closed before; `said` a line on each it
    closed."""

    def __init__(self, connection: Connection, batch_id: int, default: State, components: Mapping[str, str]):
        self._connection, self._batch, self._default, self._components = connection, batch_id, default, components
        self.doubted: set[str] = set()
        self.said: list[str] = []

    def hold(
        self, beside: Beside, surveyed: Iterable[SurveyedFile], origins: Mapping[Path, str], roots: Mapping[Path, str]
    ) -> None:
        """Closes what rows and tables beside the surveyed files name and may restrict. `origins` are the folders' by
        their root's name and path below it, `roots` the roots' names."""
        clear = {
            (origins.get(folder, ""), row.id): row.access is not None
            for folder, said in beside.sheets.items()
            for row in said.items
        }
        for folder, said in beside.sheets.items():
            for row in said.doubtful:
                self._row(row, origins.get(folder, ""), clear)
        for file in surveyed if beside.doubtful else ():
            if file.path in beside.doubtful and file.root in roots:
                for item in self._of_file(roots[file.root], file.relative):
                    if not clear.get((item.origin, item.local_id)):
                        why = f"what lies beside {file.path.name} was not understood, and may restrict it"
                        self._item(item, _CLOSED, why)

    def _row(self, row: DoubtfulRow, origin: str, clear: Mapping[tuple[str, str], bool]) -> None:
        if row.parent and row.parent in self._components and not self._restricts(self._components[row.parent]):
            return
        wanted = rule_of(row.access) if row.access and row.access.state != "open" else _CLOSED
        why = f"row {row.row} of {row.sheet} was not understood, and may restrict it"
        if row.component and (id := self._components.get(row.component)):
            self._component(id, row.component, wanted, why)
        if row.id:
            for item in items.items_by_local_id(self._connection, row.id):
                if item.origin == origin and item.undone is None:
                    self._item(item, wanted, why)
        root, _, folder = origin.partition(":")
        for file in (*row.files, *row.unfound):
            for item in self._of_file(root, f"{folder}/{file}".lstrip("/")):
                # What another row says of it was understood.
                if (item.origin, item.local_id) not in clear and (item.origin, item.local_id) != (origin, row.id):
                    self._item(item, wanted, why)

    def _of_file(self, root: str, path: str) -> list[Item]:
        place = files.location(self._connection, root, path)
        found = items.items_of_file(self._connection, place.file_id) if place else ()
        return [one for one in found if one.undone is None]

    def _item(self, item: Item, wanted: Rule, why: str) -> None:
        self.doubted.add(item.id)
        now = rules.of_item(self._connection, item.id, item.component_id, self._default)
        before = prior_states.item_state(self._connection, item.id)
        if self._put(Unit.item(item.id), now, wanted):
            prior_states.remember(self._connection, self._batch, Unit.item(item.id), before)
            self.said.append(f"item {item.local_id or item.id} is closed until that is mended: {why}")

    def _component(self, id: str, ref: str, wanted: Rule, why: str) -> None:
        before = prior_states.component_state(self._connection, id)
        if self._put(Unit.component(id), rules.of_component(self._connection, id, self._default), wanted):
            prior_states.remember(self._connection, self._batch, Unit.component(id), before)
            self.said.append(f"component {ref} is closed until that is mended: {why}")

    def _restricts(self, component_id: str) -> bool:
        return narrows(effective(()), rules.of_component(self._connection, component_id, self._default))

    def _put(self, unit: Unit, now: Access, wanted: Rule) -> bool:
        """Puts the rule there, unless the unit's own rules keep as much from readers already: what is above it may be
        opened meanwhile."""
        if not now.description and wanted.state == State.CLOSED:
            wanted = replace(wanted, description=False)  # an equal rule above it may have it unnamed
        own = rules.standing(self._connection, unit)
        then = rules.standing_with(self._connection, unit, wanted, rules.HELD)
        if not narrows(effective((own,)), effective((then,))):
            return False
        if not rules.put(self._connection, unit, wanted, rules.HELD):
            return False
        journal.note(self._connection, "access", unit, state=wanted.state.value, held=True)
        return True


def release(connection: Connection, batch_id: int, item_id: str) -> None:
    """Ends the rule of an item that was held: what is said of it is understood now, and is in the catalog."""
    before = prior_states.item_state(connection, item_id)
    if rules.put(connection, Unit.item(item_id), None, rules.HELD):
        prior_states.remember(connection, batch_id, Unit.item(item_id), before)
        journal.note(connection, "access", Unit.item(item_id), held=False)
