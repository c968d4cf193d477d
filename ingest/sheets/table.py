"""A spreadsheet's cells as text: CSV of any encoding and delimiter, and XLSX."""

from __future__ import annotations

import csv
import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path

from archive.errors import SheetError
from ingest.sheets.encoding import decode
from ingest.sheets.number_formats import shown
from ingest.sheets.workbook import Margin, Styles, margin_of

#: A spreadsheet of metadata is small; what is larger is something else.
_MOST_BYTES = 200_000_000
#: An XLSX is a zip file, and a small one can be made to unpack into a disk full of nothing.
_MOST_UNPACKED = 1_000_000_000
#: The texts of an XLSX stand in one part of it, which is read whole.
_MOST_TEXTS = 300_000_000
#: As many rows as a worksheet may have, and more columns than anyone describes an item by.
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 1000
#: How far beyond the last heading values are looked for, to say that they stand there.
_BEYOND = 50

_FILL = "Write one row of column names, then a row for each item."
_RESAVE = "Save it again as CSV (UTF-8) or XLSX."
_OLD = "Open it in the spreadsheet program, take off any password, and save it as XLSX or CSV (UTF-8)."


@dataclass(frozen=True)
class Table:
    """The cells of one spreadsheet, by the row numbers it shows; blank rows are left out.

    `header_row` is the first row that is not blank. `formulas` maps (row, place) to the formula of a cell whose
    computed value is in `rows`. `remarks` are sentences on how the file was read: (message, remedy). Of an XLSX
    `worksheet` is the title of the one it is, `hidden` says whether it is shown at all, `margin` what it says beside
    its values, and `formatted` which numbers (row, place) stand in `rows` as their format shows them: the number
    itself.
    """

    name: str
    header_row: int = 0
    header: tuple[str, ...] = ()
    rows: tuple[tuple[int, tuple[str, ...]], ...] = ()
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    remarks: tuple[tuple[str, str], ...] = ()
    worksheet: str = ""
    hidden: bool = False
    margin: Margin = field(default_factory=Margin)
    formatted: Mapping[tuple[int, int], str] = field(default_factory=dict)


def read_table(path: Path, name: str, columns: Collection[str], worksheet: str = "") -> Table | None:
    """The one table wanted of the file at `path`; see `read_tables`.

    `worksheet` names the one wanted of an XLSX; None where it has none of that name, or a blank one. Without a name,
    the one called `metadata`, else the first.
    """
    tables = read_tables(path, name, columns)
    if not worksheet:
        wanted = next((one for one in tables if one.worksheet.strip().casefold() == "metadata"), tables[0])
        if not wanted.header:
            raise SheetError("it is empty", item=name, remedy=_FILL)
        return wanted
    return next((one for one in tables if one.worksheet.strip().casefold() == worksheet and one.header), None)


def read_tables(path: Path, name: str, columns: Collection[str]) -> tuple[Table, ...]:
    """The tables in the file at `path`, whatever its suffix says: that of a CSV file, or every worksheet of an XLSX, a
    blank one without a header; `columns` are the known ones, to tell the delimiter. Raises SheetError for what cannot
    be read as tables.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise SheetError("it is too large for a spreadsheet of metadata", item=name, remedy="Divide it.")
        data = path.read_bytes()
    except OSError as broken:
        raise SheetError(
            f"it cannot be read: {broken.strerror or broken}",
            item=name,
            remedy="Check that the file is there and may be read.",
        ) from broken
    if data.startswith(b"PK\x03\x04"):
        return _xlsx(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise SheetError("it is an old Excel file, or one with a password", item=name, remedy=_OLD)
    return (read_csv(data, name, columns),)


def read_csv(data: bytes, name: str, columns: Collection[str]) -> Table:
    """The table in the bytes of a CSV file."""
    delimiter, records, remarks = csv_records(data, name, columns)
    return _table(name, records, {}, remarks)


def csv_records(
    data: bytes, name: str, columns: Collection[str]
) -> tuple[str, list[tuple[int, tuple[str, ...]]], list[tuple[str, str]]]:
    """The delimiter of a CSV file, all its records by their numbers, and remarks on how it was read."""
    decoded = decode(data, name)
    remarks = []
    if not decoded.utf8:
        remarks.append(
            (
                f"it is not UTF-8 but {decoded.encoding}, and was read as that",
                "Check the accents, and save it as CSV (UTF-8).",
            )
        )
    text = decoded.text.removeprefix("\ufeff")
    first, _, rest = text.partition("\n")
    delimiter = ""
    # Excel's own first line; it does not count it as a row.
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        delimiter, text = first.strip()[4], rest
    delimiter = delimiter or _delimiter(text, columns)
    if delimiter != ",":
        shown = "tabs" if delimiter == "\t" else f"`{delimiter}`"
        remarks.append((f"its columns are separated by {shown}, not by commas, and were read so", ""))
    records = list(_records(text, delimiter, name))
    if unclosed := _unclosed(text, delimiter):
        raise SheetError(
            f"row {unclosed} opens a quotation mark that is never closed; the rest of the file would be lost in "
            "one cell",
            item=name,
            remedy='Close it, or write "" for a quotation mark within quotes.',
        )
    return delimiter, records, remarks


def _records(text: str, delimiter: str, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    try:
        for number, record in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
            yield number, tuple(record)
    except csv.Error as broken:
        raise SheetError(f"it cannot be read as CSV: {broken}", item=name, remedy=_RESAVE) from broken


def _unclosed(text: str, delimiter: str) -> int:
    """The row whose quotation mark is still open at the end of the file, else 0."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            next(reader)
        except StopIteration:
            return 0
        except csv.Error as broken:
            if "unexpected end" in str(broken):
                return number
            # Some other slip (a letter after a closing quote), which the lenient reader takes as it is.


def _delimiter(text: str, columns: Collection[str]) -> str:
    """Of comma, semicolon and tab, the one that cuts the first line into the most known columns."""
    line = next((line for line in text.splitlines() if line.strip(" \t,;")), "")

    def known(delimiter: str) -> tuple[int, int]:
        cells = [cell.strip(' "').casefold() for cell in line.split(delimiter)]
        return sum(cell in columns for cell in cells), len(cells)

    return max(",;\t", key=known)


def _table(name: str, records, formulas, remarks) -> Table:
    kept = [(number, cells) for number, cells in records if any(cell.strip() for cell in cells)]
    if not kept:
        raise SheetError("it is empty", item=name, remedy=_FILL)
    (header_row, header), *rows = kept
    return Table(name, header_row, header, tuple(rows), formulas, tuple(remarks))


# What openpyxl lets through when a workbook is broken. Its own InvalidFileException is of the names of files, and it is
# given bytes.
BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    SyntaxError,
    NotImplementedError,
    RuntimeError,
    ArithmeticError,
)


def refuse_bomb(data: bytes, name: str) -> None:
    """Raises SheetError where a workbook would unpack into more than a spreadsheet of metadata can hold."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        sizes = {entry.filename: entry.file_size for entry in packed.infolist()}
    if sum(sizes.values()) > _MOST_UNPACKED or sizes.get("xl/sharedStrings.xml", 0) > _MOST_TEXTS:
        raise SheetError("it unpacks into more than a spreadsheet of metadata can hold", item=name, remedy=_RESAVE)


def _xlsx(data: bytes, name: str) -> tuple[Table, ...]:
    import openpyxl  # a quarter of a second, that a run without a workbook need not wait

    try:
        refuse_bomb(data, name)
        with warnings.catch_warnings(), zipfile.ZipFile(io.BytesIO(data)) as packed:
            warnings.simplefilter("ignore")  # openpyxl warns of charts and styles that it leaves out
            values = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            if not values.worksheets:
                raise ValueError("it has no worksheet")
            written = (
                openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
                if _has_formulas(data)
                else None
            )
            styles = Styles.of(packed)
            return tuple(
                _worksheet(
                    sheet,
                    name,
                    margin_of(packed, sheet._worksheet_path.lstrip("/"), styles),
                    written[sheet.title] if written else None,
                )
                for sheet in values.worksheets
            )
    except BROKEN as broken:
        raise SheetError(f"it cannot be read as XLSX: {broken}", item=name, remedy=_RESAVE) from broken


def _worksheet(sheet, name: str, margin: Margin, written) -> Table:
    formatted: dict[tuple[int, int], str] = {}
    records = []
    for number, row in _rows(sheet, name):
        cells = []
        for place, cell in enumerate(row):
            text = _text(cell)
            if (
                type(cell.value) in (int, float)
                and text.isdecimal()
                and (seen := shown(int(text), cell.number_format or "")) != text
            ):
                formatted[number, place], text = text, seen
            cells.append(text)
        records.append((number, tuple(cells)))
    formulas = {}
    if written is not None:
        formulas = {
            (number, place): str(getattr(cell.value, "text", cell.value))
            for number, row in _rows(written, name)
            for place, cell in enumerate(row)
            if getattr(cell, "data_type", "") == "f"
        }
    # A formula that was never computed has no value, and its row may look blank.
    if formulas:
        records = _filled(dict(records), formulas)
    of_workbook = {
        "worksheet": sheet.title,
        "hidden": sheet.sheet_state != "visible",
        "margin": margin,
        "formatted": formatted,
    }
    if not any(any(cell.strip() for cell in cells) for _, cells in records):
        return Table(name, **of_workbook)
    return replace(_table(name, records, formulas, []), **of_workbook)


def _filled(
    rows: dict[int, tuple[str, ...]], formulas: Mapping[tuple[int, int], str]
) -> list[tuple[int, tuple[str, ...]]]:
    for (number, place), formula in formulas.items():
        cells = rows.get(number, ())
        cells += ("",) * (place + 1 - len(cells))
        rows[number] = (*cells[:place], cells[place] or formula, *cells[place + 1 :])
    return sorted(rows.items())


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for entry in packed.namelist():
            if entry.startswith("xl/worksheets/") and entry.endswith(".xml"):
                with packed.open(entry) as sheet:
                    end = b""
                    while portion := sheet.read(1 << 20):
                        if b"<f" in end + portion:
                            return True
                        end = portion[-1:]
    return False


def worksheet_of(workbook, wanted: str) -> str | None:
    """The title of the worksheet that is read: the one called so; without a name `metadata`, else the first."""
    by_name = {one.title.strip().casefold(): one.title for one in workbook.worksheets}
    if wanted:
        return by_name.get(wanted)
    first = workbook.worksheets[0].title if workbook.worksheets else None
    if first is None:
        raise ValueError("it has no worksheet")
    return by_name.get("metadata", first)


def _rows(sheet, name: str) -> Iterator[tuple[int, tuple]]:
    """The rows that are not blank, as wide as the first of them and a little; SheetError where they do not end."""
    # The size a workbook claims may be a million blank rows; only what it holds is read.
    sheet.reset_dimensions()
    width = None
    for number, row in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS), 1):
        if number > _MOST_ROWS:
            raise _endless(name)
        filled = [place for place, cell in enumerate(row, 1) if cell.value not in (None, "")]
        if filled:
            width = min(filled[-1] + _BEYOND, _MOST_COLUMNS)
            break
    if width is None:
        return
    for number, row in enumerate(sheet.iter_rows(max_col=width), 1):
        if number > _MOST_ROWS:
            raise _endless(name)
        last = next((place for place in range(len(row), 0, -1) if row[place - 1].value not in (None, "")), 0)
        if last:
            yield number, row[:last]


def _endless(name: str) -> SheetError:
    return SheetError(f"it has more than {_MOST_ROWS:,} rows", item=name, remedy="Divide it.")


def _text(cell) -> str:
    """A cell as its spreadsheet's keeper would type it: numbers without `.0`, dates by what their format shows."""
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer() and abs(value) < 1e18:
            return str(int(value))
        case datetime() if value.time() == time(0):
            return _day(value.date(), getattr(cell, "number_format", "") or "")
        case datetime():
            return value.isoformat(" ", "seconds")
        case date():
            return _day(value, getattr(cell, "number_format", "") or "")
        case _:
            return str(value)


def _day(value: date, number_format: str) -> str:
    """A date cell to the precision that its format shows: `mmm-yy` is what a spreadsheet makes of `March 1984`."""
    shown = number_format.split(";")[0].lower()
    if "d" not in shown.replace("[red]", "") and "y" in shown:
        return f"{value:%Y-%m}" if "m" in shown else f"{value:%Y}"
    return value.isoformat()
