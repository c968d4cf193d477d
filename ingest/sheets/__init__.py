"""Reads the metadata spreadsheets of a folder of scans: metadata, pages and components.

Every problem is a value; the other rows go on.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from archive.config import IngestSettings
from archive.description import elements
from archive.errors import SheetError
from ingest.sheets.cells import SpreadsheetReader
from ingest.sheets.components import read_components
from ingest.sheets.items import read_items, read_pages
from ingest.sheets.paths import Folder
from ingest.sheets.rows import AccessDeclaration, ComponentRow, ItemRow, PageRange, PageRow, Part, Problem, Sheets, folded
from ingest.sheets.table import Table, read_table

__all__ = ["AccessDeclaration", "ComponentRow", "ItemRow", "PageRange", "PageRow", "Part", "Problem", "Sheets",
           "folded", "named_by", "read_folder"]


def read_folder(folder: Path, *, known_components: Collection[str] = (), ignore: Sequence[str] = IngestSettings.ignore) -> Sheets:
    """All that metadata.csv (or .xlsx), pages.csv and components.csv in `folder` say; empty where there are none.

    `known_components` are ref_ids that the catalog has already; `ignore` are patterns of file names that
    are no page images. Raises nothing: what cannot be used is in `problems`.
    """
    problems: list[Problem] = []
    tables: dict[str, SpreadsheetReader | None] = {}
    unusable: set[str] = set()
    for kind in ("components", "metadata", "pages"):
        try:
            table = _table(folder, kind, problems)
            tables[kind] = SpreadsheetReader(table, kind) if table else None
        except SheetError as wrong:
            tables[kind] = None
            unusable.add(kind)
            problems.append(Problem(wrong.item or kind, 0, "", "error", wrong.message, wrong.remedy, "file"))
    found = _read(folder, tables, known_components, ignore)
    for sheet in tables.values():
        problems += sheet.problems if sheet else ()
    order = {name: place for place, name in enumerate(dict.fromkeys(one.sheet for one in problems))}
    problems.sort(key=lambda one: (order[one.sheet], one.row))
    found = replace(found, problems=tuple(problems))
    # What could not be read may close a page of any item.
    return replace(found, items=(), pages=(), refused=True) if unusable & {"metadata", "pages"} else found


def _read(folder: Path, tables: Mapping[str, SpreadsheetReader | None], known: Collection[str], ignore: Sequence[str]) -> Sheets:
    inside = Folder(folder, ignore)
    components = read_components(tables["components"], known) if tables["components"] else ()
    metadata = tables["metadata"]
    if metadata is None:
        return Sheets(components=components)
    references = {one.ref_id for one in components} | set(known)
    items = read_items(metadata, inside, references, _restricting(components))
    rows = {one.id: one for one in items.rows}
    pages, waiting = (), frozenset()
    if tables["pages"]:
        pages, waiting = read_pages(tables["pages"], inside, rows, items.ids)
    held = items.held.union(*(rows[id].files for id in waiting))
    for id in sorted(waiting):
        metadata.say(rows[id].row, "id", "error", f"item {id} waits: a row of its pages may restrict one and could not be read",
                     "Correct that row.", scope="row", value=id)
    return Sheets(tuple(one for one in items.rows if one.id not in waiting), tuple(one for one in pages if one.id not in waiting),
                  components, held=held, rest_held=items.rest_held)


def _restricting(components: Sequence[ComponentRow]) -> frozenset[str]:
    """The components that, by their own rule or by one above, are not open."""
    found: set[str] = set()
    for one in components:  # parents first
        if one.access.state != "open" if one.access else one.parent_ref_id in found:
            found.add(one.ref_id)
    return frozenset(found)


def _table(folder: Path, kind: str, problems: list[Problem]) -> Table | None:
    """The table of one kind: its CSV, else its XLSX, else the worksheet of its name in metadata.xlsx."""
    try:
        names = sorted(path.name for path in folder.iterdir() if path.is_file())
    except OSError as broken:
        raise SheetError(f"the folder cannot be read: {broken.strerror or broken}", item=str(folder)) from broken
    files = {}
    for name in names:
        files.setdefault(name.casefold(), name)
    found = [files[name] for name in (f"{kind}.csv", f"{kind}.xlsx") if name in files]
    for suffix in (".xls", ".ods", ".tsv", ".numbers"):
        if not found and kind + suffix in files:
            raise SheetError("spreadsheets of this format are not read", item=_shown(folder, files[kind + suffix]),
                             remedy="Save it as XLSX or CSV (UTF-8).")
    if len(found) > 1:
        problems.append(Problem(_shown(folder, found[1]), 0, "", "warning", f"{found[0]} stands beside it and was used; this one was passed over",
                                "Keep one of them.", "file"))
    if found:
        return read_table(folder / found[0], _shown(folder, found[0]), elements(kind))
    if kind != "metadata" and "metadata.xlsx" in files and "metadata.csv" not in files:
        name = files["metadata.xlsx"]
        return read_table(folder / name, f"{_shown(folder, name)} ({kind})", elements(kind), kind)
    return None


def _shown(folder: Path, name: str) -> str:
    """A spreadsheet as messages name it: with its folder, for each may have one."""
    return f"{folder.name}/{name}" if folder.name else name


def named_by(sheets: Mapping[Path, Sheets], path: Path) -> bool:
    """Whether a row of the spreadsheets (by their folder) names the file at `path`, or the folder it stands in."""
    return any(said.names(path.relative_to(folder).as_posix()) for folder, said in sheets.items() if folder in path.parents)
