"""What stands beside the values of a spreadsheet and may speak of access: then rows wait until somebody has looked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ingest.sheets.access_words import spoken
from ingest.sheets.rows import PageRange
from ingest.sheets.table import Table

#: By this the comments of the template, and of a spreadsheet that was checked, are known again.
AUTHOR = "Rescate"
#: The columns that name what a row is of.
_NAMING = {"metadata": "file", "pages": "id", "components": "ref_id"}
#: Notes that readers see: what they forbid may be more than they say.
_NOTES = frozenset(("rights_note", "content_note"))
#: Columns whose value, struck out, may mean that the row is not to be used, or that its access is another.
_WEIGHTY = ("id", "ref_id", "file", "title", "parent_ref_id", "access")
_LOOK = "Write into the column access what holds for it, and take this away."
#: From this share of the rows on, colour is decoration.
_MANY = 0.5


class Doubt(NamedTuple):
    """Why a row waits. Not even a row that says `open` is taken in where the doubt is `grave`; one that restricts
    always is."""

    column: str
    message: str
    remedy: str
    grave: bool


@dataclass
class Doubts:
    """The doubts of each row; those of the whole (message, remedy), which hold for every row that does not say its
    access; and what only wants a look."""

    rows: dict[int, list[Doubt]] = field(default_factory=dict)
    whole: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[tuple[int, str, str, str]] = field(default_factory=list)


def doubts(
    table: Table,
    rows: tuple[tuple[int, tuple[str, ...]], ...],
    kind: str,
    names: Mapping[int, str],
    known: Mapping[str, int],
    passed_over: frozenset[int],
) -> Doubts:
    """What of a table of this kind may speak of access beside the values that are read. `names` are its columns by
    place, the unknown ones as they are headed; `known` those that are read; `passed_over` the places of columns that
    say nothing."""
    found = Doubts()
    numbers = {number for number, _ in rows}
    _title(table, found)
    _comments(table, numbers, names, found)
    _cells(rows, kind, names, known, passed_over, found)
    _struck_and_hidden(table, dict(rows), names, found)
    for text in table.margin.texts:
        if word := spoken(text, "state", "order"):
            found.whole.append((f"a header, footer or text box speaks of access ({word})", _LOOK))
    return found


def _title(table: Table, found: Doubts) -> None:
    if word := spoken(table.worksheet, "state", "order"):
        found.whole.append(
            (
                f"the worksheet's name, {table.worksheet}, speaks of access ({word})",
                "Write the access of each row, or name it otherwise.",
            )
        )
    if table.hidden:
        found.remarks.append(
            (
                0,
                "",
                f"the worksheet {table.worksheet} is hidden, and was read as the others",
                "Unhide it, or delete it.",
            )
        )


def _comments(table: Table, numbers: set[int], names: Mapping[int, str], found: Doubts) -> None:
    for one in table.margin.comments:
        if one.author == AUTHOR or not one.text:
            continue
        word = spoken(one.text, "state", "order")
        if one.row in numbers:
            column = names.get(one.place, "")
            if word:
                found.rows.setdefault(one.row, []).append(
                    Doubt(column, f"its comment speaks of access ({word})", _LOOK, True)
                )
            else:
                found.remarks.append((one.row, column, "its comment was not read", "Write into a column what it says."))
        elif word:
            found.whole.append((f"a comment in row {one.row} speaks of access ({word})", _LOOK))


def _cells(
    rows, kind: str, names: Mapping[int, str], known: Mapping[str, int], passed_over: frozenset[int], found: Doubts
) -> None:
    naming = known.get(_NAMING[kind], -1)
    read = {place: column for column, place in known.items()}
    for number, cells in rows:
        loose = naming >= 0 and not (naming < len(cells) and cells[naming].strip())
        for place, cell in enumerate(cells):
            if len(cell) < 4 or place in passed_over:
                continue
            if loose:
                if word := spoken(cell, "state", "order"):
                    found.whole.append(
                        (f"row {number} names nothing and speaks of access ({word}); it may be of other rows", _LOOK)
                    )
            elif place not in read:
                if word := spoken(cell, "state", "order"):
                    column = names.get(place, "")
                    found.rows.setdefault(number, []).append(
                        Doubt(
                            column,
                            f"the column {column or 'without a name'}, which is not read, speaks of access ({word})",
                            _LOOK,
                            bool(spoken(cell, "order")),
                        )
                    )
            elif read[place] in _NOTES and (word := spoken(cell, "order")):
                found.rows.setdefault(number, []).append(
                    Doubt(read[place], f"it speaks of access ({word})", "Write the column access, too.", True)
                )


def _struck_and_hidden(
    table: Table, rows: Mapping[int, tuple[str, ...]], names: Mapping[int, str], found: Doubts
) -> None:
    margin = table.margin
    for number, place in sorted(margin.struck):
        cells = rows.get(number, ())
        column = names.get(place, "")
        if place >= len(cells) or not cells[place].strip():
            continue
        if column in _WEIGHTY:
            found.rows.setdefault(number, []).append(
                Doubt(column, "it is struck out", "Delete the row or the value, or take the line away.", True)
            )
        else:
            found.remarks.append(
                (number, column, "it is struck out, and was read all the same", "Delete it, or take the line away.")
            )
    for number in sorted(margin.hidden & set(rows)):
        found.rows.setdefault(number, []).append(Doubt("", "the row is hidden", "Unhide it, or delete it.", False))
    if filtered := margin.filtered & set(rows):
        found.remarks.append(
            (
                0,
                "",
                f"a filter hides row{'s' * (len(filtered) > 1)} {_numbers(filtered)}; "
                f"{'they were' if len(filtered) > 1 else 'it was'} "
                "read as the others",
                "Delete the rows if they are not meant.",
            )
        )
    coloured = {number for number, place in margin.coloured if place < len(rows.get(number, ()))}
    if coloured and len(coloured) <= _MANY * len(rows):
        found.remarks.append(
            (
                0,
                "",
                f"row{'s' * (len(coloured) > 1)} {_numbers(coloured)} {'are' if len(coloured) > 1 else 'is'} coloured; "
                "what the colour means was not read",
                "If it marks what is not for readers, write that into the column access.",
            )
        )


def _numbers(numbers: set[int]) -> str:
    return str(PageRange(tuple(sorted(numbers))))
