"""Reads components.csv: the tree of collection, series and files, parents first."""

from __future__ import annotations

from collections.abc import Container, Iterable

from ingest.sheets.access import read_access
from ingest.sheets.cells import Row, SpreadsheetReader
from ingest.sheets.paths import strip_zeros
from ingest.sheets.rows import ComponentRow, DoubtfulRow

#: How high a level stands; a component stands below one of a smaller number, or of its own where that nests.
_RANK = {
    "collection": 0,
    "fonds": 0,
    "recordgrp": 0,
    "subfonds": 1,
    "subgrp": 1,
    "class": 1,
    "series": 2,
    "subseries": 3,
    "file": 4,
    "item": 5,
}
_NESTING = frozenset(("class", "subseries", "otherlevel", "subgrp", "subfonds"))


def read_components(
    sheets: Iterable[SpreadsheetReader], known: Container[str]
) -> tuple[tuple[ComponentRow, ...], tuple[DoubtfulRow, ...]]:
    """The components of all tables of them, each after its parent; rows that cannot be placed are left out and said,
    and returned apart where they may restrict.

    `known` are the ref_ids that the catalog has: a parent may be one of them.
    """
    read: dict[str, tuple[Row, ComponentRow]] = {}
    refused: list[tuple[Row, ComponentRow]] = []
    for row in (row for sheet in sheets for row in sheet.rows):
        one = _component(row)
        if not one.ref_id:
            row.refuse("ref_id", "it is empty", "Give the component a short name of its own.")
        elif one.ref_id in read:
            row.refuse(
                "ref_id",
                f"{one.ref_id} stands in row {read[one.ref_id][1].row} already",
                "Give each component its own.",
            )
        if row.refused:
            refused.append((row, one))
        else:
            read[one.ref_id] = (row, one)
    placed: dict[str, ComponentRow] = {}
    waiting = dict(read)
    while waiting:
        ready = [
            ref
            for ref, (_, one) in waiting.items()
            if not one.parent_ref_id
            or one.parent_ref_id in placed
            or (one.parent_ref_id in known and one.parent_ref_id not in read)
        ]
        if not ready:
            break
        for ref in ready:
            row, one = waiting.pop(ref)
            _check_level(row, one, placed.get(one.parent_ref_id))
            placed[ref] = one
    for row, one in waiting.values():
        _say_why_not_placed(row, one, read)
    doubtful = [
        DoubtfulRow(row.number, row.sheet.name, access=one.access, component=one.ref_id)
        for row, one in (*refused, *waiting.values())
        if one.ref_id and _closes(row, one, placed)
    ]
    return tuple(placed.values()), tuple(doubtful)


def _closes(row: Row, one: ComponentRow, placed: Container[str]) -> bool:
    """Whether the row, refused, may restrict its component: by its own word, or by a parent that is not known."""
    if one.access is not None:
        return one.access.state != "open" or row.waits
    return row.waits or one.ref_id not in placed and bool(one.parent_ref_id)


def _component(row: Row) -> ComponentRow:
    ref, level, title, unitid = (row.one(column) for column in ("ref_id", "level", "title", "unitid"))
    if not level:
        if not row.written("level"):
            row.leave_out(
                "level",
                "it is empty; otherlevel was put in its place",
                "Write collection, series, subseries or file.",
                "otherlevel",
            )
        level = "otherlevel"
    if not title and ref:
        title = unitid or ref
        row.leave_out(
            "title", f"it is empty; {title} was put in its place", "Give the component a title (DACS 2.3).", title
        )
    return ComponentRow(
        row.number,
        ref,
        row.one("parent_ref_id"),
        level,
        unitid,
        title,
        row.one("date"),
        row.one("date_edtf"),
        row.one("description"),
        read_access(row, "component"),
    )


def _check_level(row: Row, one: ComponentRow, parent: ComponentRow | None) -> None:
    if parent is None:
        return
    above, own = _RANK.get(parent.level), _RANK.get(one.level)
    if above is None or own is None or above < own or (above == own and one.level in _NESTING):
        return
    row.warn(
        "level", f"a {one.level} stands below a {parent.level} ({parent.ref_id})", "Check level and parent_ref_id."
    )


def _say_why_not_placed(row: Row, one: ComponentRow, read: dict[str, tuple[Row, ComponentRow]]) -> None:
    seen, ref = [one.ref_id], one.parent_ref_id
    while ref in read and ref not in seen:
        seen.append(ref)
        ref = read[ref][1].parent_ref_id
    if ref == one.ref_id:
        row.refuse(
            "parent_ref_id", f"{' is below '.join((*seen, ref))}: a circle", "Correct one of them.", one.parent_ref_id
        )
    elif one.parent_ref_id in read:
        row.refuse("parent_ref_id", f"{one.parent_ref_id}, which it is below, was not taken in", "", one.parent_ref_id)
    else:
        row.refuse(
            "parent_ref_id",
            f"there is no component {one.parent_ref_id}",
            near_reference(one.parent_ref_id, read),
            one.parent_ref_id,
        )


def near_reference(ref: str, known) -> str:
    """What to do about a reference that leads nowhere, naming one that lost its leading zeros or its case."""
    likely = [one for one in known if strip_zeros(one.casefold()) == strip_zeros(ref.casefold())]
    return (
        f"Perhaps {likely[0]} is meant." if len(likely) == 1 else "Add it to components.csv, or correct the reference."
    )
