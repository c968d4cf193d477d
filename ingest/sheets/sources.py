"""Which tables of a folder say what: its spreadsheets by their names, the worksheets of a workbook by name and
headings."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from archive.description import elements
from archive.errors import SheetError
from ingest.sheets.cells import column_name
from ingest.sheets.rows import Problem
from ingest.sheets.table import Table, read_tables

#: What spreadsheets describe: a component before the items below it, an item before its pages.
KINDS = ("components", "metadata", "pages")
#: Suffixes that are read, the first that is there counts; and those of spreadsheets that are not.
SUFFIXES = (".csv", ".xlsx", ".xlsm", ".tsv")
UNREAD_SUFFIXES = (".xls", ".ods", ".numbers", ".xlsb")


@dataclass
class Sources:
    """The tables to be read, by kind; `used` are the files they come from, `leftover` worksheets of these that are of
    no kind."""

    tables: dict[str, list[Table]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    used: set[str] = field(default_factory=set)
    leftover: list[Table] = field(default_factory=list)


def sources(folder: Path, names: Collection[str] | None, problems: list[Problem]) -> tuple[Sources, set[str]]:
    """The tables of a folder's spreadsheets, and the kinds of which one could not be read; why, goes to `problems`.
    `names` are the files to be read, where not all are."""
    found, unusable = Sources(), set()
    try:
        files = {
            name.casefold(): name
            for name in sorted(
                (path.name for path in folder.iterdir() if path.is_file() and (names is None or path.name in names)),
                reverse=True,
            )
        }
    except OSError as broken:
        problems.append(
            Problem(str(folder), 0, "", "error", f"the folder cannot be read: {broken.strerror or broken}", "", "file")
        )
        return found, set(KINDS)
    for kind in KINDS:
        standing = [files[kind + suffix] for suffix in (*SUFFIXES, *UNREAD_SUFFIXES) if kind + suffix in files]
        if not standing:
            continue
        shown = _shown(folder, standing[0])
        for other in standing[1:]:
            problems.append(
                Problem(
                    _shown(folder, other),
                    0,
                    "",
                    "warning",
                    f"{standing[0]} stands beside it and was used; this one was passed over",
                    "Keep one of them.",
                    "file",
                )
            )
        found.used.add(standing[0])
        try:
            if Path(standing[0]).suffix.casefold() in UNREAD_SUFFIXES:
                raise SheetError(
                    "spreadsheets of this format are not read", item=shown, remedy="Save it as XLSX or CSV (UTF-8)."
                )
            _sort(kind, read_tables(folder / standing[0], shown, elements(kind)), found)
        except SheetError as wrong:
            unusable.add(kind)
            problems.append(Problem(wrong.item or kind, 0, "", "error", wrong.message, wrong.remedy, "file"))
    return found, unusable


def _sort(kind: str, tables: Iterable[Table], found: Sources) -> None:
    """Gives each table of the file of a kind to the kind it is of. Raises SheetError where none is of the file's
    own."""
    blank = []
    loose = []
    own = 0
    tables = tuple(tables)
    # It is called as the file is; so that a person finds the others, they are named.
    main = next((table for table in tables if table.worksheet.strip().casefold() == kind), tables[0])
    for table in tables:
        of = _kind(table, kind)
        if not table.header:
            blank += [table] * (of == kind)
        elif of is None:
            loose.append(table)
        else:
            title = table.worksheet.strip()
            own += of == kind
            part = of if title.casefold() == of else title
            found.tables[of].append(
                table if table is main and of == kind else replace(table, name=f"{table.name} ({part})")
            )
    if not own:
        if not loose:
            raise SheetError(
                "it is empty",
                item=(*blank, main)[0].name,
                remedy="Write one row of column names, then a row for each item.",
            )
        found.tables[kind].append(loose.pop(0))  # why it cannot be read, is said when its columns are looked for
    found.leftover += loose


def _kind(table: Table, of_file: str) -> str | None:
    """What a table describes: as its worksheet is called, else as its headings tell; a CSV file what its name says."""
    title = table.worksheet.strip().casefold()
    if not title:
        return of_file
    told = kind_of(table.header)
    return title if title == of_file or title in KINDS and not told else told


def kind_of(header: Iterable[str]) -> str | None:
    """The kind of a table with these headings; None for other tables.

    >>> headings = (["id", "file"], ["ID", "Sequence", "label"], ["ref_id", "level"], ["id", "name"])
    >>> tuple(kind_of(one) for one in headings)
    ('metadata', 'pages', 'components', None)
    """
    columns = frozenset(map(column_name, header))
    if "ref_id" in columns and columns & {"level", "title"}:
        return "components"
    if "id" in columns and (columns & {"sequence", "role"} or "label" in columns and "title" not in columns):
        return "pages"
    return "metadata" if columns >= {"id", "file"} else None


def _shown(folder: Path, name: str) -> str:
    """A spreadsheet as messages name it: with its folder, for each may have one."""
    return f"{folder.name}/{name}" if folder.name else name
