"""Cells merged over several rows: their value holds for every row, or, where that has no sense, the rows wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from archive.errors import SheetError
from ingest.sheets.table import Table
from ingest.sheets.workbook import Merge

#: Columns that say which item or page a row is of: no two rows can share them.
_OWN = frozenset(("id", "ref_id", "pages", "sha256", "sequence", "label"))
_UNMERGE = "Unmerge the cells, and write the value into each row it is meant for."


@dataclass
class Spread:
    """The rows of a table with merged values in every row they hold for; what was filled in, each (row, column,
    message, remedy); and the rows that must wait, each with (column, message, remedy)."""

    rows: tuple[tuple[int, tuple[str, ...]], ...]
    filled: list[tuple[int, str, str, str]] = field(default_factory=list)
    waiting: dict[int, tuple[str, str, str]] = field(default_factory=dict)


def spread(table: Table, names: Mapping[int, str]) -> Spread:
    """The rows of `table` as their merged cells mean them. `names` are its columns by their places, the unknown ones as
    headed.

    Raises SheetError where headings are merged, for then it is not clear which column a value stands in.
    """
    found = Spread(table.rows)
    rows = dict(table.rows)
    for one in table.margin.merges:
        numbers = [number for number in rows if one.first_row <= number <= one.last_row]
        if one.first_row <= table.header_row <= one.last_row:
            _check_headings(table, one, names)
            continue
        value = _cell(rows.get(one.first_row, ()), one.first_place)
        if not value or one.first_row < table.header_row:
            continue
        named = [
            place for place in range(one.first_place, min(one.last_place, max(names, default=0)) + 1) if place in names
        ]
        column = names.get(one.first_place, "")
        if len(named) > 1 or column in _OWN and len(numbers) > 1:
            what = "over several columns" if len(named) > 1 else "over several rows"
            for number in numbers:
                found.waiting[number] = (
                    column,
                    f"{one.ref} is merged {what}; what its value, {value[:40]}, is of is not clear",
                    _UNMERGE,
                )
        elif len(numbers) > 1:
            for number in numbers[1:]:
                cells = rows[number] + ("",) * (one.first_place + 1 - len(rows[number]))
                rows[number] = (*cells[: one.first_place], value, *cells[one.first_place + 1 :])
            found.filled.append(
                (
                    numbers[0],
                    column,
                    f"{one.ref} is merged over rows {numbers[0]}-{numbers[-1]}; its value, {value[:40]}, "
                    "was read for each of them",
                    _UNMERGE,
                )
            )
    found.rows = tuple(rows.items())
    return found


def _check_headings(table: Table, one: Merge, names: Mapping[int, str]) -> None:
    covered = range(one.first_place, one.last_place + 1)
    if (
        one.last_row > table.header_row
        and any(_cell(cells, place) for number, cells in table.rows for place in covered if number > one.last_row)
        or any(_cell(cells, place) for _, cells in table.rows for place in covered[1:])
    ):
        raise SheetError(
            f"{one.ref} is merged in the row of the columns' names; which column a value stands in is not clear",
            item=table.name,
            remedy="Unmerge it, and give each column its name.",
        )


def _cell(cells: tuple[str, ...], place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""
