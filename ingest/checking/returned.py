"""The spreadsheets of a checked batch, given back as they were with the columns `errors` and `warnings` added."""

from __future__ import annotations

import csv
import warnings
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from archive.description import elements
from archive.errors import SheetError
from ingest.checking.batch import Batch
from ingest.checking.finding import Finding
from ingest.sheets import template
from ingest.sheets.cells import RETURNED, column_name
from ingest.sheets.table import BROKEN, csv_records, refuse_bomb, worksheet_of

#: The list of what is of no row; so named, or so where the workbook has a sheet of that name.
_FILES, _FILES_TOO = "files", "files (checked)"
_HEADINGS = template.FILES_HEADINGS
_SEVERITY = {"errors": "error", "warnings": "warning"}
#: By this we know our own comments again.
_AUTHOR = "Rescate"
#: Cells marked with a comment; where more are wrong, the column says it all the same.
_MOST_COMMENTS = 5000
#: What a cell of XLSX holds at most.
_LONGEST = 32_000
_ERROR = PatternFill("solid", bgColor="F8D7DA")
_WARNING = PatternFill("solid", bgColor="FFF3CD")
_ZIP = b"PK\x03\x04"
_Notes = dict[int, list[Finding]]


def write(batch: Batch, findings: Iterable[Finding], target: Path) -> tuple[Path, ...]:
    """Writes the metadata spreadsheet at `target`, the others and the list of files beside it; returns what was
    written.

    A batch without any spreadsheet gets a new one, with a row proposed for each item. The folder of the
    batch is not written to. Raises SheetError where a copy cannot be written.
    """
    every = list(findings)
    sources, main = _sources(batch), batch.metadata_of(batch.folder)
    loose = [one for one in every if one.sheet not in sources or not one.row]
    written: list[Path] = []
    listed = False  # whether what is of no row stands in a workbook already
    if main is None:
        listed = _new(batch, loose, target)
        written.append(target)
    for source in sources:
        own = [one for one in every if one.sheet == source]
        to = target if source == main else _beside(target, _flat(source.relative_to(batch.folder)))
        try:
            data = source.read_bytes()
            if data.startswith(_ZIP):
                _return_xlsx(data, source, to, own, _listed(batch, loose) if loose and source == main else ())
                listed |= source == main
            else:
                _return_csv(data, source, to, own)
        except _Unreadable:
            continue  # why, is among the findings of no row
        written.append(to)
    if loose and not listed:
        written.append(_beside(target, "files.csv"))
        _write_csv(written[-1], ",", _listed(batch, loose))
    return tuple(written)


class _Unreadable(Exception):
    """A spreadsheet of which no copy can be made, for it cannot be read."""


def _sources(batch: Batch) -> list[Path]:
    """The spreadsheets that were read, the batch's own metadata first."""
    first = batch.metadata_of(batch.folder)
    used = [sheet.path for sheet in batch.survey.sheets if sheet.path.name in batch.sheets[sheet.path.parent].used]
    return sorted(used, key=lambda path: path != first)


def _flat(below: Path) -> str:
    """The name of a spreadsheet's copy, from its path below the batch; macros are not given back."""
    return (
        below.with_suffix(".xlsx" if below.suffix.casefold() == ".xlsm" else below.suffix).as_posix().replace("/", "-")
    )


def _beside(target: Path, name: str) -> Path:
    return target.with_name(f"{target.stem}-{name}")


def _listed(batch: Batch, findings: Iterable[Finding]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [_HEADINGS]
    for one in findings:
        sheet = one.as_json(batch.folder)["sheet"]
        rows.append(tuple(map(_shown, (one.severity, sheet, one.column, one.file, one.message, one.remedy))))
    return rows


def _shown(text: str) -> str:
    """The text as a cell that no spreadsheet program takes for a formula, and that can be written."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text).encode("utf-8", "replace").decode("utf-8")[:_LONGEST]
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _told(found: Iterable[Finding], heading: str) -> str:
    """What stands in the column `heading` of a row: every finding once, a line each."""
    return _shown("\n".join(dict.fromkeys(one.text for one in found if one.severity == _SEVERITY[heading])))


def _by_row(findings: Iterable[Finding], worksheet: str) -> _Notes:
    rows: _Notes = {}
    for one in findings:
        if one.row and one.worksheet == worksheet:
            rows.setdefault(one.row, []).append(one)
    return rows


# -- CSV


def _return_csv(data: bytes, source: Path, to: Path, own: list[Finding]) -> None:
    kind = source.stem.casefold()
    try:
        delimiter, records, _ = csv_records(data, source.name, elements(kind))
    except SheetError as broken:
        raise _Unreadable from broken
    header = next((number for number, cells in records if any(cell.strip() for cell in cells)), 0)
    width = max((len(cells) for _, cells in records), default=0)
    names = [column_name(cell) for cell in dict(records).get(header, ())]
    places: dict[str, int] = {}
    for heading in RETURNED:
        places[heading] = (
            names.index(heading) if heading in names else width + len([one for one in places.values() if one >= width])
        )
    notes = _by_row(own, kind)

    def rows() -> Iterator[list[str]]:
        for number, cells in records:
            row = [*cells, *[""] * (max(*places.values(), width - 1) + 1 - len(cells))]
            for heading, place in places.items():
                row[place] = heading if number == header else _told(notes.get(number, ()), heading)
            yield row

    _write_csv(to, delimiter, rows())


def _write_csv(to: Path, delimiter: str, rows: Iterable[Iterable[str]]) -> None:
    text = StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    _put(to, text.getvalue().encode("utf-8-sig", "replace"))


def _put(to: Path, data: bytes) -> None:
    try:
        with to.open("xb") as file:
            file.write(data)
    except OSError as trouble:
        raise SheetError(
            f"it cannot be written: {trouble.strerror or trouble}",
            item=str(to),
            remedy="Name another place with --output.",
        ) from trouble


# -- XLSX


def _return_xlsx(data: bytes, source: Path, to: Path, own: list[Finding], listed: Iterable[tuple[str, ...]]) -> None:
    try:
        refuse_bomb(data, to.name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of extensions that it leaves out
            book = openpyxl.load_workbook(BytesIO(data), rich_text=True)
    except (SheetError, *BROKEN) as broken:
        raise _Unreadable from broken
    kind = source.stem.casefold()
    main = worksheet_of(book, kind if kind in template.SHEETS and kind != "metadata" else "") or book.sheetnames[0]
    for sheet in book.worksheets:
        notes = (
            _by_row(own, sheet.title)
            | _by_row(own, sheet.title.strip().casefold())
            | (_by_row(own, kind) if sheet.title == main else {})
        )
        if notes or sheet.title == main or sheet.title.strip().casefold() in template.SHEETS:
            _mark(sheet, notes)
    if listed:
        _list(book, listed)
    _save(book, to)


def _mark(sheet: Worksheet, notes: _Notes) -> None:
    """Adds the two columns, marks the cells that are meant, and takes away what an earlier check said."""
    # Going through its rows would make every cell that a worksheet claims to have.
    filled = [
        cell for _, cell in sorted(sheet._cells.items()) if cell.value not in (None, "") or cell.comment is not None
    ]
    header = next((cell.row for cell in filled if cell.value not in (None, "")), 0)
    if not header:
        return
    places: dict[str, int] = {}
    for cell in filled:
        if cell.row == header and cell.value not in (None, ""):
            places.setdefault(column_name(str(cell.value)), cell.column)
    widest = max(cell.column for cell in filled if cell.row == header or cell.row in notes)
    for heading in RETURNED:
        if heading not in places:
            widest += 1
            places[heading] = widest
            sheet.cell(header, widest, heading).font = Font(bold=True)
            sheet.column_dimensions[get_column_letter(widest)].width = 60
    ours = {places[heading] for heading in RETURNED}
    for cell in filled:
        if cell.row > header and cell.comment is not None and cell.comment.author == _AUTHOR:
            cell.comment = None
        if cell.row > header and cell.column in ours:
            cell.value = None
    comments = 0
    for number, found in notes.items():
        if number <= header:  # what is said of a heading stands in the list
            continue
        for heading in RETURNED:
            if text := _told(found, heading):
                sheet.cell(number, places[heading]).value = text
        by_cell: dict[str, list[str]] = {}
        for one in found:
            by_cell.setdefault(column_name(one.column), []).append(one.text.removeprefix(f"{one.column}: "))
        for column, texts in by_cell.items():
            if column in places and comments < _MOST_COMMENTS:
                _comment(sheet.cell(number, places[column]), "\n".join(dict.fromkeys(texts)))
                comments += 1
    _colour(sheet, header, places, widest)


def _comment(cell, text: str) -> None:
    before = f"{cell.comment.text}\n\n" if cell.comment is not None else ""
    cell.comment = Comment(_shown(before + text), _AUTHOR if not before else cell.comment.author, width=320, height=120)


def _colour(sheet: Worksheet, header: int, places: Mapping[str, int], widest: int) -> None:
    """Rows with errors are coloured as long as the column says something; no cell's own style is touched."""
    area = f"A{header + 1}:{get_column_letter(widest)}{max(sheet.max_row, header + 1)}"
    for heading, fill in zip(RETURNED, (_ERROR, _WARNING), strict=True):
        formula = f'${get_column_letter(places[heading])}{header + 1}<>""'
        if not any(formula in rule.formula for rules in sheet.conditional_formatting for rule in rules.rules):
            sheet.conditional_formatting.add(area, FormulaRule(formula=[formula], fill=fill, stopIfTrue=True))


def _list(book, listed: Iterable[tuple[str, ...]]) -> None:
    for name in (_FILES, _FILES_TOO):
        if name in book.sheetnames and tuple(cell.value for cell in book[name][1]) == _HEADINGS:
            del book[name]
    sheet = book.create_sheet(_FILES if _FILES not in book.sheetnames else _FILES_TOO)
    for row in listed:
        sheet.append(row)
    for letter, width in zip("ABCDEF", (10, 24, 14, 40, 70, 50), strict=True):
        sheet.column_dimensions[letter].width = width
        sheet[f"{letter}1"].font = Font(bold=True)
    sheet.freeze_panes = "A2"


def _save(book, to: Path) -> None:
    packed = BytesIO()
    book.save(packed)
    _put(to, packed.getvalue())


# -- no spreadsheet at all


def _new(batch: Batch, loose: list[Finding], to: Path) -> bool:
    """Writes a first spreadsheet: a row for each item that the files would make, for the archivist to fill in;
    returns whether it has what was found of the files, too."""
    rows = list(proposed(batch))
    if to.suffix.casefold() == ".csv":
        columns = template.headings("metadata")
        _write_csv(to, ",", [columns, *([row.get(column, "") for column in columns] for row in rows)])
        return False
    book = template.workbook("en", {"metadata": rows})
    if loose:
        _list(book, _listed(batch, loose))
    _save(book, to)
    return True


def proposed(batch: Batch) -> Iterator[dict[str, str]]:
    """A row by column for each item: an id from the name of its file or folder, the file, its pages and checksum."""
    taken: set[str] = set()
    for item in batch.plan.items:
        first = item.parts[0].file
        whole = first.relative.rpartition("/")[0] if len(item.parts) > 1 else first.relative
        name = whole.rpartition("/")[2] or first.root.name
        id = name if len(item.parts) > 1 else first.path.stem
        if id in taken:
            id = whole.replace("/", "-")
        taken.add(id)
        row = {"id": id, "file": whole or "|".join(part.file.relative for part in item.parts)}
        one = batch.seen.get(first.path)
        if len(item.parts) == 1 and one is not None:
            row |= {"pages": f"1-{len(one.frames)}" if len(one.frames) > 1 else "", "sha256": one.sha256}
        yield {
            column: ILLEGAL_CHARACTERS_RE.sub("", value).encode("utf-8", "replace").decode()
            for column, value in row.items()
        }
