"""Reads the metadata spreadsheets of a folder of scans: metadata, pages and components.

Every problem is a value; the other rows go on.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from archive.config import IngestSettings
from archive.errors import SheetError
from ingest.sheets.cells import SpreadsheetReader
from ingest.sheets.components import read_components
from ingest.sheets.doubtful import of_table
from ingest.sheets.items import References, read_items, read_pages
from ingest.sheets.paths import Folder
from ingest.sheets.rows import (
    AccessDeclaration,
    ComponentRow,
    DoubtfulRow,
    ItemRow,
    PageRange,
    PageRow,
    Part,
    Problem,
    Sheets,
    folded,
)
from ingest.sheets.sources import KINDS, sources
from ingest.sheets.table import Table
from ingest.sheets.writings import headings_of

__all__ = [
    "AccessDeclaration",
    "ComponentRow",
    "DoubtfulRow",
    "ItemRow",
    "PageRange",
    "PageRow",
    "Part",
    "Problem",
    "Sheets",
    "folded",
    "named_by",
    "read_folder",
]


def read_folder(
    folder: Path,
    *,
    known_components: Collection[str] = (),
    ignore: Sequence[str] = IngestSettings.ignore,
    names: Collection[str] | None = None,
) -> Sheets:
    """All that metadata.csv (or .xlsx), pages.csv and components.csv in `folder` say; empty where there are none.

    `known_components` are ref_ids that the catalog has already; `ignore` are patterns of file names that are no page
    images; `names` are the spreadsheets to be read, where not all that stand there are. Raises nothing: what cannot be
    used is in `problems`.
    """
    problems: list[Problem] = []
    found, unusable = sources(folder, names, problems)
    unread: list[Table] = []
    readers: dict[str, list[SpreadsheetReader]] = {kind: [] for kind in KINDS}
    for kind, tables in found.tables.items():
        for table in tables:
            try:
                readers[kind].append(SpreadsheetReader(table, kind))
            except SheetError as wrong:
                unread.append(table)
                unusable.add(kind)
                problems.append(Problem(wrong.item or kind, 0, "", "error", wrong.message, wrong.remedy, "file"))
    inside = Folder(folder, ignore)
    said = _read(inside, readers, known_components, "components" in unusable)
    for reader in (one for each in readers.values() for one in each):
        problems += reader.problems
        # What speaks of the whole of these may close a page of any item, or all of a series.
        unusable |= {reader.kind} & {"pages", "components"} if reader.unclear else set()
    order = {name: place for place, name in enumerate(dict.fromkeys(one.sheet for one in problems))}
    problems.sort(key=lambda one: (order[one.sheet], one.row))
    doubtful = (*said.doubtful, *(row for table in unread for row in of_table(table, inside)))
    said = replace(
        said,
        problems=tuple(problems),
        used=frozenset(found.used),
        leftover=tuple(found.leftover),
        doubtful=doubtful,
        unread=tuple(table for table in unread if not headings_of(table)[0]),
    )
    # What could not be read may close a page of any item.
    return said.without_rows() if unusable & {"metadata", "pages"} else said


def _read(
    inside: Folder, readers: Mapping[str, Sequence[SpreadsheetReader]], known: Collection[str], components_unread: bool
) -> Sheets:
    components, doubtful = read_components(readers["components"], known)
    if not readers["metadata"]:
        _, _, of_pages = read_pages(readers["pages"], inside, {}, ())
        return Sheets(components=components, doubtful=(*doubtful, *of_pages))
    references = {one.ref_id for one in components} | set(known)
    items = read_items(
        readers["metadata"],
        inside,
        References(
            references, _restricting(components), told=bool(references or readers["components"] or components_unread)
        ),
    )
    rows = {one.id: one for one in items.rows}
    pages, waiting, of_pages = read_pages(readers["pages"], inside, rows, items.ids)
    held = items.held.union(*(rows[id].files for id in waiting))
    for id in sorted(waiting):
        readers["metadata"][0].say(
            rows[id].row,
            "id",
            "error",
            f"item {id} waits: a row of its pages may restrict one and could not be read",
            "Correct that row.",
            scope="row",
            value=id,
        )
    doubtful = (
        *doubtful,
        *items.doubtful,
        *of_pages,
        *(
            DoubtfulRow(one.row, one.sheet, one.id, one.files, access=one.access)
            for one in (rows[id] for id in sorted(waiting))
        ),
    )
    return Sheets(
        tuple(one for one in items.rows if one.id not in waiting),
        tuple(one for one in pages if one.id not in waiting),
        components,
        held=held,
        rest_held=items.rest_held,
        unfound=items.unfound,
        doubtful=doubtful,
    )


def _restricting(components: Sequence[ComponentRow]) -> frozenset[str]:
    """The components that, by their own rule or by one above, are not open."""
    found: set[str] = set()
    for one in components:  # parents first
        if one.access.state != "open" if one.access else one.parent_ref_id in found:
            found.add(one.ref_id)
    return frozenset(found)


def named_by(sheets: Mapping[Path, Sheets], path: Path) -> bool:
    """Whether a row of the spreadsheets (by their folder) names the file at `path`, or the folder it stands in."""
    return any(
        said.names(path.relative_to(folder).as_posix()) for folder, said in sheets.items() if folder in path.parents
    )
