"""Which rows that were not understood may restrict what the archive has already: by their own word, or for want of
one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

from archive.description import elements
from archive.errors import SheetError
from ingest.sheets.cells import Row
from ingest.sheets.paths import Folder
from ingest.sheets.rows import DoubtfulRow, ItemRow
from ingest.sheets.table import Table
from ingest.sheets.values import read_cell
from ingest.sheets.writings import headings_of


class References(Protocol):
    """The ref_ids known."""

    @property
    def known(self) -> Collection[str]: ...


def of_item(
    row: Row, item: ItemRow, files: Iterable[str], unfound: Iterable[str], components: References
) -> Iterator[DoubtfulRow]:
    """The doubtful row, if it is one, of a refused row of an item.

    It is one where something that may restrict it was not understood, where its own word is not `open`, and where it
    has none and stands in a component: one that is not known, or that may restrict. A row that says nothing, and was
    refused for something else, says nothing.
    """
    inherits = item.access is None and not row.waits
    plainly_open = not row.waits and item.access is not None and item.access.state == "open"
    if plainly_open or inherits and not row.written("parent_ref_id"):
        return
    parent = item.parent_ref_id if inherits and item.parent_ref_id in components.known else ""
    yield DoubtfulRow(row.number, row.sheet.name, item.id, tuple(files), tuple(unfound), item.access, parent=parent)


def of_table(table: Table, folder: Folder) -> Iterator[DoubtfulRow]:
    """The rows of a table that could not be read as a whole, each that names something and does not plainly say
    `open`."""
    header_row, columns = headings_of(table)
    for number, cells in table.rows if header_row else ():
        if number <= header_row:
            continue
        id, component, access, written = (
            cells[place].strip() if place is not None and place < len(cells) else ""
            for place in map(columns.get, ("id", "ref_id", "access", "file"))
        )
        if read_cell(elements()["access"], access).text == "open" or not (id or component or written):
            continue
        files: list[str] = []
        unfound: list[str] = []
        for one in filter(None, map(str.strip, written.split("|"))):
            try:
                path, _ = folder.find(one)
                files += folder.pages(path)[0] if folder.is_folder(path) else (path,)
            except SheetError:
                unfound.append(one)
        yield DoubtfulRow(number, table.name, id, tuple(files), tuple(unfound), None, component)
