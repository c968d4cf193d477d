"""Closes at once what the spreadsheets close of items that the archive knows: before a file is hashed, and long before
one is read.

What a row opens, and whatever else it says, comes with its item's own turn, when its files are known.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Connection

from archive.access import Rule, State, effective, narrows
from archive.catalog import files, items, journal, prior_states, rules, tree
from archive.record import Item, Page
from archive.unit import Unit
from ingest.run.accession import SPREADSHEET, rule_of
from ingest.sheets.rows import ItemRow, PageRow, Sheets

#: Pages that were closed, by their item, each with the rule of a spreadsheet that stood on it before.
ClosedPages = dict[str, dict[str, Rule | None]]


def restrict(
    connection: Connection, batch_id: int, sheets: Mapping[Path, Sheets], origins: Mapping[Path, str], default: State
) -> ClosedPages:
    """Sets the rules by which less may be read than now, of the items that stand under a row's folder (`origins`) and
    id.

    Returns the pages that were closed: which of them a row means is sure only when the item's files are known.
    """
    closing = _Closing(connection, batch_id, default, tree.refs(connection))
    for folder, said in sheets.items():
        for row in said.items:
            if item := _known(connection, row.id, origins.get(folder, "")):
                closing.item(item, row)
        for row in said.pages:
            item = _known(connection, row.id, origins.get(folder, ""))
            page = _page(connection, item, row, origins.get(folder, "")) if item else None
            if page is not None:
                closing.page(item, page, row)
    return closing.pages


class _Closing:
    def __init__(self, connection: Connection, batch_id: int, default: State, components: Mapping[str, str]):
        self._connection, self._batch, self._default, self._components = connection, batch_id, default, components
        self.pages: ClosedPages = {}

    def item(self, item: Item, row: ItemRow) -> None:
        """The rule of its row, and the component it is in by its row."""
        wanted = rule_of(row.access)
        parent = self._components.get(row.parent_ref_id)
        now = rules.of_item(self._connection, item.id, item.component_id, self._default)
        own = rules.standing_with(self._connection, Unit.item(item.id), wanted, SPREADSHEET)
        then = effective((*rules.chain_of_component(self._connection, parent), own), self._default)
        if not narrows(now, then):
            return
        self._remember(item)
        if parent != item.component_id:
            items.move(self._connection, item.id, parent)
        self._put(Unit.item(item.id), wanted)

    def page(self, item: Item, page: Page, row: PageRow) -> None:
        wanted = rule_of(row.access)
        component = items.item(self._connection, item.id).component_id
        now = rules.of_page(self._connection, page.id, item.id, component, self._default)
        own = rules.standing_with(self._connection, Unit.page(page.id), wanted, SPREADSHEET)
        above = (
            *rules.chain_of_component(self._connection, component),
            rules.standing(self._connection, Unit.item(item.id)),
        )
        if not narrows(now, effective((*above, own), self._default)):
            return
        self._remember(item)
        self.pages.setdefault(item.id, {})[page.id] = rules.of_origin(self._connection, Unit.page(page.id), SPREADSHEET)
        self._put(Unit.page(page.id), wanted)

    def _remember(self, item: Item) -> None:
        prior_states.remember(
            self._connection, self._batch, Unit.item(item.id), prior_states.item_state(self._connection, item.id)
        )

    def _put(self, unit: Unit, wanted: Rule | None) -> None:
        if rules.put(self._connection, unit, wanted, SPREADSHEET):
            journal.note(self._connection, "access", unit, state=wanted.state.value if wanted else "")


def _known(connection: Connection, local_id: str, origin: str) -> Item | None:
    """The item of a row, where the archive knows it by its folder and id."""
    same = items.items_by_local_id(connection, local_id)
    return next((one for one in same if one.origin == origin and one.undone is None), None)


def _page(connection: Connection, item: Item, row: PageRow, origin: str) -> Page | None:
    """The page of a row as it stands now: by its file where that is known at its place, else by its number."""
    pages = items.pages(connection, item.id)
    if row.file:
        root, _, folder = origin.partition(":")
        place = files.location(connection, root, f"{folder}/{row.file}".lstrip("/"))
        of_file = [page for page in pages if place is not None and page.file_id == place.file_id]
        if len(of_file) == 1 or row.sequence is None:
            return of_file[0] if of_file else None
    return next((page for page in pages if page.sequence == row.sequence), None)
