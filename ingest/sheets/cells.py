"""One spreadsheet being read: its columns known by name, its cells by row and column, its problems collected."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from typing import Literal, NamedTuple

from archive.description import Element, elements
from archive.errors import SheetError
from ingest.sheets.access_words import spoken
from ingest.sheets.ditto import resolve
from ingest.sheets.doubts import doubts
from ingest.sheets.merged import spread
from ingest.sheets.rows import Problem
from ingest.sheets.several import parted
from ingest.sheets.spoilt import Cell, Finding
from ingest.sheets.table import Table
from ingest.sheets.values import read_cell

#: An unknown column this like a known one is that one misspelt.
_LIKE = 0.75
#: The columns that `rescate batch check` adds to the spreadsheet it returns; read again, they say nothing.
RETURNED = ("errors", "warnings")


class Value(NamedTuple):
    """A value that is used, and the cell's text where that was another."""

    text: str
    written: str = ""


class SpreadsheetReader:
    """A table with its columns; raises SheetError where rows could not be told apart or a restriction missed."""

    def __init__(self, table: Table, sheet: str):
        self.name = table.name
        self.kind = sheet
        self.worksheet = table.worksheet
        self.problems: list[Problem] = []
        self._table = table
        self._elements = elements(sheet)
        for message, remedy in table.remarks:
            self.say(0, "", "warning", message, remedy, scope="file")
        #: Column → its place.
        self.places = self._columns()
        #: Every column by its place; the unknown ones as they are headed.
        self.names = {place: heading.strip() for place, heading in enumerate(table.header) if heading.strip()}
        self.names |= {place: column for column, place in self.places.items()}
        self._spread = spread(table, self.names)
        returned = frozenset(place for place, name in self.names.items() if column_name(name) in RETURNED)
        self._doubts = doubts(table, self._spread.rows, sheet, self.names, self.places, returned)
        #: Whether something that is of no row speaks of access: then only rows that say theirs are clear.
        self.unclear = bool(self._doubts.whole)
        self._say_what_was_found()
        #: Its columns that become statements of an item's description, in the order of the elements' table.
        self.said = tuple(one.column for one in self._elements.values() if one.said and one.column in self.places)

    def say(
        self,
        row: int,
        column: str,
        severity: Literal["error", "warning"],
        message: str,
        remedy: str = "",
        *,
        scope: Literal["cell", "row", "file"] = "cell",
        value: str = "",
        proposed: str = "",
    ) -> None:
        self.problems.append(Problem(self.name, row, column, severity, message, remedy, scope, value, proposed))

    @property
    def rows(self) -> Iterator[Row]:
        """The rows, by the numbers that the spreadsheet shows, each made as it is asked for: to be gone through
        once."""
        before: tuple[int, tuple[str, ...]] = (0, ())
        for number, cells in self._spread.rows:
            cells, dittos = resolve(cells, before[1] if before[0] == number - 1 else (), self.names, self._elements)
            before = number, cells
            row = self._row(number, cells)
            for one in dittos:
                if one.refuses:
                    row.refuse(one.column, one.message, one.remedy)
                elif one.value:
                    row.warn(one.column, one.message, one.remedy)
                else:
                    row.leave_out(one.column, one.message, one.remedy)
            yield row

    def _say_what_was_found(self) -> None:
        """What was found beside the values and is of no row that waits."""
        for message, remedy in self._doubts.whole:
            self.say(0, "", "error", f"{message}; rows that do not say their access wait", remedy, scope="file")
        for number, column, message, remedy in (*self._spread.filled, *self._doubts.remarks):
            self.say(number, column, "warning", message, remedy, scope="cell" if number else "file")
        by_column: dict[int, list[tuple[int, int]]] = {}
        for number, place in self._table.formatted:
            by_column.setdefault(place, []).append((number, place))
        for place, cells in by_column.items():
            first = cells[0]
            seen = (
                next(row[place] for number, row in self._table.rows if number == first[0])
                if first[0] != self._table.header_row
                else ""
            )
            self.say(
                0,
                self.names.get(place, ""),
                "warning",
                f"{len(cells)} cell{'s' * (len(cells) > 1)} of the column show a number otherwise than it is "
                f"({self._table.formatted[first]} as {seen}); what is shown was read",
                "Format the column as text and type it again.",
                scope="file",
            )

    def _row(self, number: int, cells: tuple[str, ...]) -> Row:
        row = Row(self, number, cells)
        if number in self._spread.waiting:
            row.wait(*self._spread.waiting[number])
        if number in self._doubts.rows and not row.restricts:
            for one in self._doubts.rows[number]:
                if one.grave or not row.one("access"):
                    row.wait(one.column, one.message, one.remedy)
        if self.unclear and not row.written("access"):
            row.waits = row.refused = True
        if len(cells) > (known := len(self._table.header)) and (
            beyond := [cell for cell in cells[known:] if cell.strip()]
        ):
            row.waits = row.waits or row.one("access") != "open"
            row.refuse(
                "",
                f"it has more cells than there are columns ({beyond[0][:40]}); its values may stand in wrong columns",
                "Put quotes around values with a comma in them.",
            )
        return row

    def element(self, column: str) -> Element:
        return self._elements[column]

    def formula(self, row: int, column: str) -> str:
        return self._table.formulas.get((row, self.places[column]), "")

    def _columns(self) -> dict[str, int]:
        """Column → its place; raises SheetError where one that matters is missing, double or misspelt."""
        places: dict[str, int] = {}
        row = self._table.header_row
        for place, heading in enumerate(self._table.header):
            column = column_name(heading)
            if column in RETURNED:
                continue
            if column in self._elements:
                if column in places:
                    raise SheetError(f"the column {column} stands twice", item=self.name, remedy="Delete one of them.")
                places[column] = place
            elif heading.strip():
                self._unknown(heading.strip(), place, row)
            elif any(len(cells) > place and cells[place].strip() for _, cells in self._table.rows):
                self.say(
                    row,
                    "",
                    "warning",
                    f"column {_letters(place)} has values but no name; it was passed over",
                    "Give it a name, or delete it.",
                    scope="file",
                )
        missing = [one.column for one in self._elements.values() if one.required and one.column not in places]
        if missing:
            unknown = "none of its columns is known" if not places else f"the column {missing[0]} is missing"
            raise SheetError(
                f"{unknown}{_and_others(missing[1:]) if places else ''}",
                item=self.name,
                remedy=f"The first row gives the columns' names: {', '.join(self._elements)}.",
            )
        return places

    def _unknown(self, heading: str, place: int, row: int) -> None:
        names: dict[str, str] = {}
        for one in self._elements.values():
            for name in (one.column, one.label_en, one.label_es):
                names.setdefault(column_name(name), one.column)
        near = difflib.get_close_matches(column_name(heading), names, 1, _LIKE)
        nearest = names[near[0]] if near else ""
        # A restriction in a column with a typing error, or another name, would be passed over, and the item shown.
        if (
            nearest.startswith("access")
            or spoken(heading, "heading", "state", "order")
            and any(len(cells) > place and cells[place].strip() for _, cells in self._table.rows)
        ):
            named = nearest if nearest.startswith("access") else "access"
            raise SheetError(
                f"the column {heading} is unknown, and may restrict access",
                item=self.name,
                remedy=f"Name it {named} if that is meant, else something less like it.",
            )
        self.say(
            row,
            heading,
            "warning",
            f"the column {heading} is unknown; it was passed over",
            f"Perhaps {nearest} is meant." if nearest else "",
            scope="file",
            proposed=nearest,
        )


class Row:
    """One row: its values by column. What is wrong is said to its spreadsheet as the cells are asked for."""

    def __init__(self, sheet: SpreadsheetReader, number: int, cells: tuple[str, ...]):
        self.number = number
        self.refused = False
        #: Refused for something that may restrict it and was not understood.
        self.waits = False
        self._sheet = sheet
        self._cells = cells
        self._read: dict[tuple[str, bool], tuple[Value, ...]] = {}

    def refuse(self, column: str, message: str, remedy: str = "", value: str = "", proposed: str = "") -> None:
        """Says why the whole row is not taken in."""
        self.refused = True
        self._sheet.say(
            self.number,
            column,
            "error",
            f"{message.rstrip('.')}; the row was not taken in",
            remedy,
            scope="row",
            value=value,
            proposed=proposed,
        )

    def wait(self, column: str, message: str, remedy: str) -> None:
        """Says why the row waits: something may restrict it and was not understood."""
        self.waits = True
        self.refuse(column, message, remedy, self.written(column))

    @property
    def restricts(self) -> bool:
        """Whether its own word of access, understood, is not open."""
        return self.one("access") not in ("", "open")

    def warn(self, column: str, message: str, remedy: str = "", proposed: str = "") -> None:
        self._sheet.say(self.number, column, "warning", message, remedy, value=self.written(column), proposed=proposed)

    def leave_out(self, column: str, message: str, remedy: str = "", proposed: str = "") -> None:
        self._sheet.say(self.number, column, "error", message, remedy, value=self.written(column), proposed=proposed)

    def tell(self, column: str, findings: tuple[Finding, ...]) -> None:
        """Says what was found in a cell, in the findings' own words."""
        for one in findings:
            (self.warn if one.kept else self.leave_out)(column, one.message, one.remedy, one.proposed)

    @property
    def sheet(self) -> SpreadsheetReader:
        """The spreadsheet it stands in."""
        return self._sheet

    @property
    def said(self) -> tuple[str, ...]:
        """The columns of its spreadsheet that become statements, in the order of the elements' table."""
        return self._sheet.said

    def written(self, column: str) -> str:
        """The cell as it stands in the file; empty where there is none."""
        place = self._sheet.places.get(column)
        return self._cells[place].strip() if place is not None and place < len(self._cells) else ""

    def values(self, column: str, *, positional: bool = False) -> tuple[Value, ...]:
        """The values of a cell that can be used; where `positional`, an empty one keeps its place.

        What is wrong with the cell is said the first time it is asked for.
        """
        place = self._sheet.places.get(column)
        if place is None or place >= len(self._cells) or not self._cells[place]:
            return ()
        found = self._read.get((column, positional))
        if found is None:
            found = self._read[column, positional] = self._values(column, positional)
        return found

    def _values(self, column: str, positional: bool) -> tuple[Value, ...]:
        element, written = self._sheet.element(column), self.written(column)
        if not written:
            return ()
        if (formula := self._sheet.formula(self.number, column)) and not written.startswith("="):
            self.warn(
                column,
                f"the cell is a formula ({formula[:60]}); its last value, {written[:60]}, was used",
                "Copy the column and paste it as values.",
            )
        if "|" not in written:  # mostly
            values, clear = parted(element, written)
            if not clear:
                self.warn(column, "it may hold several values; it was read as one", "Write | between them if it does.")
            elif len(values) > 1:
                self.warn(
                    column,
                    f"it was read as {len(values)} values: {' | '.join(values)[:120]}",
                    "Write | between them.",
                    "|".join(values),
                )
                read = [(one, read_cell(element, one)) for one in values]
                self.tell(column, _each_once(cell for _, cell in read))
                return tuple(
                    Value(cell.text, one if _altered(one, cell) else "")
                    for one, cell in read
                    if cell.text or positional
                )
            cell = read_cell(element, written)
            if cell.findings:
                self.tell(column, tuple(dict.fromkeys(cell.findings)))
            if not cell.text and not positional:
                return ()
            return (Value(cell.text, written if cell.findings and _altered(written, cell) else ""),)
        parts = written.split("|") if element.repeatable else [written]
        if not element.repeatable and element.kind in ("text", "date"):
            self.warn(column, "it takes one value; the | was kept as part of it")
        read = [(part.strip(), read_cell(element, part)) for part in parts]
        self.tell(column, _each_once(cell for _, cell in read))
        return tuple(
            Value(cell.text, part if _altered(part, cell) else "") for part, cell in read if cell.text or positional
        )

    def one(self, column: str) -> str:
        """The one value of a cell, or an empty string."""
        found = self.values(column)
        return found[0].text if found else ""


def _altered(written: str, cell: Cell) -> bool:
    return cell.text != written and any(one.kept and one.proposed for one in cell.findings)


def _each_once(cells) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(finding for cell in cells for finding in cell.findings))


def column_name(heading: str) -> str:
    """A heading as a column's name: lower case, one underscore for spaces and dashes, no accents."""
    plain = unicodedata.normalize(
        "NFD", heading.replace("\u00a0", " ").replace("\ufeff", "").strip(' \t\r\n"“”').casefold()
    )
    return re.sub(r"[\s_-]+", "_", "".join(c for c in plain if not unicodedata.combining(c)))


def _letters(place: int) -> str:
    """A column's letters, as spreadsheets show them.

    >>> _letters(0), _letters(27)
    ('A', 'AB')
    """
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text


def _and_others(columns: list[str]) -> str:
    return f", and {', '.join(columns)}" if columns else ""
