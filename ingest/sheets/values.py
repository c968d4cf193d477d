"""What a cell must be, by the kind of its column: the value kept, or why it is left out."""

from __future__ import annotations

import difflib
import functools
import re
import unicodedata
from collections.abc import Callable
from datetime import date

from archive import dates, languages, rights
from archive.description import Element, elements, vocabulary
from archive.errors import DateError, SheetError
from ingest.sheets.rows import PageRange
from ingest.sheets.spoilt import Cell, Finding, mend

#: More pages than one item has; a typing error must not fill the memory with numbers.
_MOST_PAGES = 20_000
#: Columns whose text may have lines and paragraphs; in others a line break is a slip of the keyboard.
_IN_LINES = frozenset(("description", "rights_note", "content_note"))


def read_cell(element: Element, text: str) -> Cell:
    """The value of a cell of column `element`, mended where it was certainly spoilt, empty where left out.

    >>> from archive.description import elements
    >>> read_cell(elements()["language"], "castellano").text
    'spa'
    """
    return _read(element.sheet, element.column, text)


# The same words stand in row after row: what was read of one cell holds for the others. By the column's name, for an
# element is many words to compare.
@functools.lru_cache(maxsize=8192)
def _read(sheet: str, column: str, text: str) -> Cell:
    element = elements(sheet)[column]
    cell = mend(text, element.kind)
    if not cell.text:
        return cell
    if element.kind in ("text", "date") and element.column not in _IN_LINES:
        cell = Cell(" ".join(cell.text.split()), cell.findings)
    check = _CHECKS.get(element.kind)
    return check(cell, element) if check else cell


def parse_pages(text: str) -> PageRange:
    """The pages that `1-4` or `1,3,5-7` names, in that order; raises SheetError for anything else.

    >>> parse_pages("1,3,5-7").numbers
    (1, 3, 5, 6, 7)
    """
    numbers: list[int] = []
    for part in re.sub(r"\s+", "", text).split(","):
        found = re.fullmatch(r"(\d{1,6})(?:-(\d{1,6}))?", part, re.ASCII)
        if not found:
            raise SheetError(f"{text} is no range of pages", remedy="Write 1-4 or 1,3,5-7.")
        first, last = int(found[1]), int(found[2] or found[1])
        if first < 1:
            raise SheetError(f"{text}: pages are counted from 1", remedy="Write 1-4 or 1,3,5-7.")
        if last < first:
            raise SheetError(
                f"{text}: {last} comes before {first}", remedy=f"Write {last}-{first}, or each page: {first},{last}."
            )
        if last - first + len(numbers) >= _MOST_PAGES:
            raise SheetError(f"{text} is more than {_MOST_PAGES:,} pages", remedy="Check the numbers.")
        numbers += range(first, last + 1)
    if len(set(numbers)) < len(numbers):
        raise SheetError(f"{text} names a page twice", remedy="Name each page once.")
    return PageRange(tuple(numbers))


def _left_out(cell: Cell, message: str, remedy: str = "", proposed: str = "") -> Cell:
    return cell.but("", Finding("not understood", f"{message}; it was left out", remedy, proposed, kept=False))


def _read_as(cell: Cell, value: str, remedy: str = "") -> Cell:
    if value == cell.text:
        return cell
    return cell.but(value, Finding("another form", f"{cell.text} was read as {value}", remedy, value))


def _vocabulary(cell: Cell, element: Element) -> Cell:
    terms = vocabulary(element.column)
    key = _key(cell.text)
    for term in terms.values():
        if key == _key(term.value):
            return Cell(term.value, cell.findings)
    for term in terms.values():
        if key in map(_key, (term.label_en, term.label_es, *term.also)):
            return _read_as(cell, term.value)
    words = {
        _key(word): term.value
        for term in terms.values()
        for word in (term.value, term.label_en, term.label_es, *term.also)
    }
    near = difflib.get_close_matches(key, words, 1, 0.7)
    return _left_out(
        cell,
        f"{cell.text} is not one of {', '.join(terms)}",
        f"Perhaps {words[near[0]]} is meant." if near else "Write one of them, or leave the cell empty.",
        words[near[0]] if near else "",
    )


def _key(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.casefold())
    return re.sub(r"[\W_]+", "", "".join(c for c in plain if not unicodedata.combining(c)))


def _language(cell: Cell, element: Element) -> Cell:
    code = languages.find(cell.text)
    if code:
        # `es` and `SPA` are codes too: read as they are meant, without a word.
        return Cell(code, cell.findings) if len(cell.text) <= 3 else _read_as(cell, code)
    known = languages.languages()
    near = difflib.get_close_matches(
        cell.text.casefold(),
        [name.casefold() for one in known.values() for name in (one.label_en, one.label_es)],
        1,
        0.7,
    )
    code = languages.find(near[0]) if near else ""
    return _left_out(
        cell,
        f"{cell.text} is no language known here",
        f"Perhaps {code} ({near[0]}) is meant." if code else "Write its ISO 639-2 code: spa, eng.",
        code or "",
    )


def _edtf(cell: Cell, element: Element) -> Cell:
    try:
        return Cell(dates.parse(cell.text).edtf, cell.findings)
    except DateError as wrong:
        return _left_out(
            cell,
            f"{cell.text} is {wrong.message}" if wrong.message.startswith("no ") else f"{cell.text}: {wrong.message}",
            wrong.remedy,
        )


def _day(cell: Cell, element: Element) -> Cell:
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", cell.text, re.ASCII):
            raise ValueError(cell.text)
        return Cell(date.fromisoformat(cell.text).isoformat(), cell.findings)
    except ValueError:
        return _left_out(cell, f"{cell.text} is no day", "Write year, month and day: 2031-12-31.")


def _rights(cell: Cell, element: Element) -> Cell:
    if rights.find(cell.text):
        return cell
    likely = rights.suggest(cell.text)
    if likely and likely.same:
        return _read_as(cell, likely.uri, "Write it so.")
    return _left_out(
        cell,
        f"{cell.text} is no rights statement or licence known here",
        f"Perhaps {likely.uri} is meant."
        if likely
        else "Write a canonical URI, as http://rightsstatements.org/vocab/InC/1.0/ or "
        "https://creativecommons.org/licenses/by/4.0/.",
        likely.uri if likely else "",
    )


def _sha256(cell: Cell, element: Element) -> Cell:
    text = re.sub(r"^sha-?256:", "", cell.text.strip(), flags=re.I).lower()
    if re.fullmatch(r"[0-9a-f]{64}", text):
        return Cell(text, cell.findings)
    return _left_out(
        cell, f"{cell.text[:70]} is no SHA-256: it has 64 digits 0-9, a-f", "Copy it whole, or leave the cell empty."
    )


def _number(cell: Cell, element: Element) -> Cell:
    if re.fullmatch(r"\d{1,6}", cell.text, re.ASCII) and int(cell.text) > 0:
        return Cell(str(int(cell.text)), cell.findings)
    return _left_out(cell, f"{cell.text} is no number counted from 1", "Write 1, 2, 3 …")


def _pages(cell: Cell, element: Element) -> Cell:
    try:
        return Cell(str(parse_pages(cell.text)), cell.findings)
    except SheetError as wrong:
        return _left_out(cell, wrong.message, wrong.remedy)


_CHECKS: dict[str, Callable[[Cell, Element], Cell]] = {
    "vocabulary": _vocabulary,
    "language": _language,
    "edtf": _edtf,
    "day": _day,
    "rights": _rights,
    "sha256": _sha256,
    "number": _number,
    "pages": _pages,
}
