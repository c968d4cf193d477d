"""An empty spreadsheet of metadata with its explanations, from the table of elements: XLSX, or the headings as CSV."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from archive import knowledge, languages, rights
from archive.description import Element, elements, vocabulary
from ingest.sheets.table import Table

Language = Literal["es", "en"]
SHEETS = ("metadata", "pages", "components")

_REQUIRED = (PatternFill("solid", fgColor="1F4E5F"), Font(bold=True, color="FFFFFF"))
_OPTIONAL = (PatternFill("solid", fgColor="DCE9EC"), Font(bold=True))
#: Cells are text, or a spreadsheet program makes dates of dates and takes zeros from ids.
_TEXT = "@"
#: As many rows as a worksheet may have.
_LAST = 1_048_576
#: Of the list of files in a spreadsheet that was checked.
FILES_HEADINGS = ("kind", "sheet", "column", "file", "message", "remedy")
_LISTS = {"es": "listas - lists", "en": "lists - listas"}
_READ_ME = {"es": "léame - read me", "en": "read me - léame"}
_MUST = {"es": "Obligatorio.", "en": "Required."}
_SEVERAL = {"es": "Varios valores, separados por |.", "en": "Several values, separated by |."}
_HINT = {"es": "No está en la lista. ¿Dejarlo así?", "en": "It is not in the list. Leave it so?"}


@functools.cache
def examples(sheet: str, language: str) -> tuple[Mapping[str, str], ...]:
    """Three invented rows of a sheet: column → value, the columns that say something."""
    rows = [row for row in knowledge.rows("ingest.sheets", "examples.tsv") if row["sheet"] == sheet]
    return tuple({row["column"]: row[f"{language}_{n}"] for row in rows if row[f"{language}_{n}"]} for n in (1, 2, 3))


def workbook(language: Language = "en", rows: Mapping[str, Iterable[Mapping[str, str]]] | None = None) -> Workbook:
    """The template; `language` comes first where both are written. `rows` fills sheets: name → rows by column."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in SHEETS:
        _form(book.create_sheet(sheet), sheet, language, (rows or {}).get(sheet, ()))
    _lists(book.create_sheet(_LISTS[language]), language)
    for sheet in SHEETS:
        _offer(book[sheet], sheet, book[_LISTS[language]], language)
    _read_me(book.create_sheet(_READ_ME[language]), language)
    return book


def is_ours(table: Table) -> bool:
    """Whether a worksheet holds nothing but what the template, or a spreadsheet that was checked, has on its further
    worksheets."""
    if tuple(table.header) == FILES_HEADINGS:
        return True
    cells = {cell.strip() for _, row in ((0, table.header), *table.rows) for cell in row} - {""}
    return not table.margin.comments and cells <= _own_words()


@functools.cache
def _own_words() -> frozenset[str]:
    found = set()
    for language in ("es", "en"):
        book = workbook(language)
        found |= {
            str(cell.value).strip()
            for title in (_LISTS[language], _READ_ME[language])
            for row in book[title].iter_rows()
            for cell in row
            if cell.value is not None
        }
    return frozenset(found)


def headings(sheet: str) -> list[str]:
    return list(elements(sheet))


def _form(to: Worksheet, sheet: str, language: Language, rows: Iterable[Mapping[str, str]]) -> None:
    """The headings with their explanations, all columns text, and the rows."""
    for place, element in enumerate(elements(sheet).values(), 1):
        column = to.column_dimensions[get_column_letter(place)]
        column.number_format = _TEXT
        column.width = max(12, min(40, len(element.column) + 6), 30 * (element.kind in ("text", "path")))
        heading = to.cell(1, place, element.column)
        heading.fill, heading.font = _REQUIRED if element.required else _OPTIONAL
        heading.number_format = _TEXT
        heading.comment = Comment(_explained(element, language), "Rescate", width=360, height=170)
    to.freeze_panes = "B2"
    for number, row in enumerate(rows, 2):
        for place, column in enumerate(elements(sheet), 1):
            if row.get(column):
                _write(to, number, place, row[column])


def _write(to: Worksheet, row: int, place: int, text: str) -> None:
    cell = to.cell(row, place)
    cell.value, cell.number_format = text, _TEXT
    cell.data_type = "s"  # also what begins with =


def _explained(element: Element, first: Language) -> str:
    said = []
    for language in (first, "en" if first == "es" else "es"):
        marks = [_MUST[language]] * element.required + [_SEVERAL[language]] * element.repeatable
        said.append(" ".join([f"{element.label(language)}:", element.explanation(language), *marks]))
    return "\n\n".join([*said, " · ".join(filter(None, (element.archival, element.source)))])


def _lists(to: Worksheet, language: Language) -> None:
    """The words that columns take, each with its name beside it in both languages."""
    place = 1
    for column, words in _words().items():
        for offset, heading in enumerate((column, *((language,) + tuple({"es", "en"} - {language})))):
            cell = to.cell(1, place + offset, heading)
            cell.fill, cell.font = _OPTIONAL
        for number, (value, labels) in enumerate(words, 2):
            first, second = (labels[language], labels["en" if language == "es" else "es"])
            for offset, text in enumerate((value, first, second)):
                to.cell(number, place + offset, text)
        for offset, width in enumerate((52 if column == "rights_uri" else 18, 30, 30)):
            to.column_dimensions[get_column_letter(place + offset)].width = width
        place += 3
    to.freeze_panes = "A2"


@functools.cache
def _words() -> dict[str, list[tuple[str, dict[str, str]]]]:
    """Column → the words it takes, each with its labels."""
    found: dict[str, list] = {
        "language": list(languages.languages().values()),
        "rights_uri": list(rights.statements().values()),
    }
    for sheet in SHEETS:
        for column, element in elements(sheet).items():
            if element.kind == "vocabulary" and column not in found:
                found[column] = list(vocabulary(column).values())
    key = {"language": "code", "rights_uri": "uri"}
    return {
        column: [
            (getattr(one, key.get(column, "value")), {"es": one.label("es"), "en": one.label("en")}) for one in terms
        ]
        for column, terms in found.items()
    }


def _offer(to: Worksheet, sheet: str, lists: Worksheet, language: Language) -> None:
    """Lists to choose from. What is not in one may be written all the same: several values, a word in Spanish."""
    places = {column: 1 + 3 * number for number, column in enumerate(_words())}
    for place, element in enumerate(elements(sheet).values(), 1):
        if element.column not in places:
            continue
        letter, last = get_column_letter(places[element.column]), len(_words()[element.column]) + 1
        offered = DataValidation(
            "list",
            formula1=f"'{lists.title}'!${letter}$2:${letter}${last}",
            allow_blank=True,
            errorStyle="warning",
            showErrorMessage=True,
        )
        offered.error = " / ".join(_HINT[one] for one in _order(language))
        own = get_column_letter(place)
        offered.add(f"{own}2:{own}{_LAST}")
        to.add_data_validation(offered)


def _read_me(to: Worksheet, language: Language) -> None:
    """The explanations in both languages, then the examples of each sheet, a column an example."""
    number = 1
    for one in _order(language):
        for first, row in enumerate(knowledge.rows("ingest.sheets", "read_me.tsv")):
            cell = to.cell(number, 1, row[one])
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            to.merge_cells(start_row=number, start_column=1, end_row=number, end_column=4)
            to.row_dimensions[number].height = 22 if first == 0 else 15 * (1 + len(row[one]) // 120)
            cell.font = Font(bold=not first, size=14 if not first else 11)
            number += 1
        for sheet in SHEETS:
            number = _show_examples(to, number + 1, sheet, one)
        number += 2
    for letter, width in zip("ABCD", (24, 42, 42, 42), strict=True):
        to.column_dimensions[letter].width = width


def _show_examples(to: Worksheet, number: int, sheet: str, language: Language) -> int:
    shown = examples(sheet, language)
    to.cell(number, 1, sheet).font = Font(bold=True, size=12)
    for column in elements(sheet):
        values = [row.get(column, "") for row in shown]
        if any(values):
            number += 1
            to.cell(number, 1, column).font = Font(bold=True)
            for place, value in enumerate(values, 2):
                if value:
                    _write(to, number, place, value)
    return number + 1


def _order(first: Language) -> Sequence[Language]:
    return ("es", "en") if first == "es" else ("en", "es")
