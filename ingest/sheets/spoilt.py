"""Recognises what a spreadsheet program does to what was typed, cell by cell; nothing is read or written.

Each finding says what it was taken for, what it probably was, and whether that is certain enough to be
used. What has two readings is left out: a false date is worse than none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.sheets import miscoded


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in a cell. `kept` is false where the cell's value is left out; `proposed` is what was
    put in its place (kept), or what the person should look at (left out)."""

    what: str
    message: str
    remedy: str = ""
    proposed: str = ""
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text as it is used (empty where left out), and what was found in it."""

    text: str
    findings: tuple[Finding, ...] = ()

    def but(self, text: str, *findings: Finding) -> Cell:
        return Cell(text, self.findings + findings)


#: Kinds whose values are read by machines, so that typographic quotes and dashes cannot be meant.
MACHINE_KINDS = frozenset(
    [
        "identifier",
        "reference",
        "pages",
        "vocabulary",
        "edtf",
        "language",
        "container",
        "barcode",
        "rights",
        "day",
        "sha256",
        "number",
    ]
)
#: Kinds that are a whole number, or one among other things.
_COUNTED = frozenset(("container", "barcode", "number", "pages", "identifier", "reference"))
#: Kinds in which `1-4` is written, which spreadsheets take for a date.
_DATELIKE = frozenset(("pages", "container", "number"))

_AS_TEXT = "Format the column as text and type it again."


def mend(text: str, kind: str) -> Cell:
    """The cell as it was probably typed, for a column of `kind`.

    >>> mend("FotografÃ­a", "text").text
    'Fotografía'
    >>> mend("3.21E+13", "barcode").text
    ''
    """
    cell = Cell(text.strip())
    if cell.text.isascii() and cell.text.isprintable() and not cell.text.startswith(("=", "#", "Err:", "err:", "ERR:")):
        steps: tuple[Callable[[Cell], Cell], ...] = ()  # none of them has anything to find
    elif kind == "path":  # a file may be named so: it is looked up as it stands before it is mended
        steps = (_error_value, _formula)
    else:  # mojibake first: half of a letter spoilt so may be a non-breaking space or a soft hyphen
        steps = (_mojibake, _invisible, _error_value, _formula, _lost_character)
    for step in steps:
        cell = step(cell)
        if not cell.text:
            return cell
    if kind in MACHINE_KINDS:
        cell = _typographic(cell, kind)
    if kind in _COUNTED:
        cell = _number(cell, kind)
    if kind in _DATELIKE:
        cell = _range_as_date(cell)
    if kind in ("date", "edtf", "day"):
        cell = _date(cell, kind)
    return cell


# Spaces that look like a space and are none, and marks that do not show at all.
_ODD_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]")


def _invisible(cell: Cell) -> Cell:
    text = _UNSEEN.sub("", _ODD_SPACES.sub(" ", cell.text))
    findings: tuple[Finding, ...] = ()
    if text.strip() != cell.text.strip(" \t\r\n"):
        findings = (
            Finding(
                "unseen characters",
                "it had non-breaking spaces or characters that do not show; they were taken out",
                proposed=text.strip(),
            ),
        )
    return cell.but(text.strip(), *findings)


# The error values of Excel and LibreOffice, in English and in Spanish, and a column too narrow for its number.
_ERROR = re.compile(
    r"#(?:REF!|N/[AD]|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|FIELD!|GETTING_DATA|¡REF!|¿NOMBRE\?|¡VALOR!"
    r"|¡DIV/0!|¡NUM!|¡NULO!|¡DESBORDAMIENTO!|#+)|Err:\d{3}",
    re.I,
)


def _error_value(cell: Cell) -> Cell:
    if not _ERROR.fullmatch(cell.text):
        return cell
    return cell.but(
        "",
        Finding(
            "error value",
            f"{cell.text} is a spreadsheet's error, not a value; it was left out",
            "Type the value itself.",
            kept=False,
        ),
    )


def _formula(cell: Cell) -> Cell:
    if not cell.text.startswith("="):
        return cell
    if literal := re.fullmatch(r'="((?:[^"]|"")*)"', cell.text):
        text = literal[1].replace('""', '"').strip()
        return cell.but(text, Finding("formula of a text", f"{cell.text} was read as {text}", proposed=text))
    return cell.but(
        "",
        Finding(
            "formula",
            f"{cell.text[:80]} is a formula, not a value; it was left out",
            "Copy the column and paste it as values.",
            kept=False,
        ),
    )


def _mojibake(cell: Cell) -> Cell:
    text = miscoded.meant(cell.text)
    if text != cell.text:
        said, remedy = f"were spoilt ({_excerpt(cell.text)}) and were read as {_excerpt(text)}", "Check it."
        return cell.but(text, Finding("mojibake", f"its accents {said}", remedy, proposed=text))
    if miscoded.looks_miscoded(text):
        said, remedy = f"are spoilt ({_excerpt(text)}) and could not be mended", "Type them again."
        return cell.but(text, Finding("mojibake", f"its accents {said}", remedy))
    return cell


def _lost_character(cell: Cell) -> Cell:
    if "\ufffd" not in cell.text:
        return cell
    return cell.but(
        cell.text,
        Finding(
            "lost letter",
            f"a letter was lost when the spreadsheet was saved ({_excerpt(cell.text)})",
            "Type it again from the original.",
        ),
    )


_STRAIGHT = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "„": '"',
        "‘": "'",
        "’": "'",
        "‚": "'",
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "−": "-",
        "…": "...",
    }
)


def _typographic(cell: Cell, kind: str) -> Cell:
    text = cell.text
    if text[:1] in "“”„«\"'‘’" and len(text) > 1 and text[-1:] in "“”»\"'‘’":
        text = text[1:-1].strip()
    # EDTF has no such dash, and what it stood for is the reader's remedy, not ours to guess.
    text = text if kind in ("edtf", "vocabulary", "language", "identifier", "reference") else text.translate(_STRAIGHT)
    if text == cell.text:
        return cell
    return cell.but(text, Finding("typographic marks", f"{cell.text} was read as {text}", proposed=text))


_SCIENTIFIC = re.compile(r"[-+]?\d(?:[.,]\d+)?E\+?\d+", re.I)


def _number(cell: Cell, kind: str) -> Cell:
    text = cell.text
    if "E+" in text.upper() and _SCIENTIFIC.fullmatch(text):
        return cell.but(
            "",
            Finding(
                "scientific notation",
                f"{text} is a long number cut short by the spreadsheet; its digits are lost, and it was left out",
                _AS_TEXT,
                kept=False,
            ),
        )
    if whole := re.fullmatch(r"(\d+)\.0+", text):
        return cell.but(
            whole[1], Finding("decimal of a whole number", f"{text} was read as {whole[1]}", proposed=whole[1])
        )
    # Spreadsheets keep fifteen digits of a number; those after are noughts.
    if re.fullmatch(r"\d{16,}", text) and set(text[15:]) == {"0"}:
        return cell.but(
            text,
            Finding(
                "digits beyond fifteen",
                f"{text} may have lost its last digits: a spreadsheet keeps fifteen of a number",
                _AS_TEXT,
            ),
        )
    return cell


MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january ene enero",
            "feb february febrero",
            "mar march marzo",
            "apr april abr abril",
            "may mayo",
            "jun june junio",
            "jul july julio",
            "aug august ago agosto",
            "sep sept september set septiembre setiembre",
            "oct october octubre",
            "nov november noviembre",
            "dec december dic diciembre",
        ),
        1,
    )
    for name in names.split()
}


def _range_as_date(cell: Cell) -> Cell:
    """`1-4` typed into a cell that was not formatted as text becomes the fourth of January, or the first of April."""
    pair = _day_and_month(cell.text)
    if pair is None:
        return cell
    low, high = sorted(pair)
    readings = f"{low}-{high}" if low == high else f"{low}-{high} or {high}-{low}"
    return cell.but(
        "",
        Finding(
            "date for a range",
            f"{cell.text} is a date that a spreadsheet made of something like {readings}; it was left out",
            _AS_TEXT,
            f"{low}-{high}",
            kept=False,
        ),
    )


def _day_and_month(text: str) -> tuple[int, int] | None:
    lower = text.lower().replace(".", "")
    if found := re.fullmatch(r"(\d{1,2})[- ]([a-zé]{3,10})", lower):
        return (int(found[1]), MONTHS[found[2]]) if found[2] in MONTHS else None
    if found := re.fullmatch(r"([a-zé]{3,10})[- ](\d{1,2})", lower):
        return (MONTHS[found[1]], int(found[2])) if found[1] in MONTHS else None
    if found := re.fullmatch(r"\d{4}-(\d\d)-(\d\d)(?: 00:00:00)?", lower):
        return int(found[1]), int(found[2])
    if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(?:19|20)?\d\d", lower):
        return int(found[1]), int(found[2])
    return None


#: Excel's day 0 (1900 system, with its 29 February 1900 that never was).
_EPOCH = date(1899, 12, 30)
#: The 1904 system of old Macintosh workbooks counts this many days later.
_MACINTOSH = 1462
#: Serial numbers taken for dates: 1910 to 2064. Smaller ones are page or box numbers, larger ones identifiers.
_SERIALS = range(3654, 60_000)
#: Two digits of a year, as spreadsheets read them: 30-99 are the twentieth century.
_PIVOT = 30

_WRITE_DATE = "Write year, month and day: 1984-03-01; the column formatted as text."


def _date(cell: Cell, kind: str) -> Cell:
    text = cell.text
    if midnight := re.fullmatch(r"(\d{4}-\d\d-\d\d)[T ]00:00(?::00)?(?:\.0+)?Z?", text):
        return cell.but(
            midnight[1], Finding("time of a day", f"{text} was read as {midnight[1]}", proposed=midnight[1])
        )
    if re.fullmatch(r"\d{5}(?:\.0+)?", text) and int(text[:5]) in _SERIALS:
        day, other = (_EPOCH + timedelta(int(text[:5]) + late) for late in (0, _MACINTOSH))
        return cell.but(
            "",
            Finding(
                "serial date",
                f"{text} is a date as a spreadsheet counts it, probably {day} ({other} if it was made "
                "on an old Macintosh); it was left out",
                f"Type {day} if that is the date, the column formatted as text.",
                str(day),
                kept=False,
            ),
        )
    if year := re.fullmatch(r"(\d{4})\.0+", text):
        return cell.but(
            year[1], Finding("decimal of a whole number", f"{text} was read as {year[1]}", proposed=year[1])
        )
    if kind == "edtf" and (span := re.fullmatch(r"(\d{4}) ?[–—] ?(\d{4})", text)):
        proposed = f"{span[1]}/{span[2]}"
        return cell.but(proposed, Finding("dash for an interval", f"{text} was read as {proposed}", proposed=proposed))
    if kind == "edtf" and re.search("[–—−]", text):
        straight = text.translate(_STRAIGHT)
        return cell.but(straight, Finding("typographic marks", f"{text} was read as {straight}", proposed=straight))
    readings = reformatted(text)
    if not readings:
        return cell
    shown = " or ".join(readings)
    if kind == "date":  # shown to readers as it stands, and may stand so on the item
        return cell.but(
            text,
            Finding(
                "reformatted date",
                f"{text} may have been reformatted by a spreadsheet; it could be {shown}",
                "Write the date in words, and date_edtf beside it.",
                readings[0] if len(readings) == 1 else "",
            ),
        )
    if len(readings) == 1:
        return cell.but(shown, Finding("reformatted date", f"{text} was read as {shown}", _WRITE_DATE, shown))
    return cell.but(
        "",
        Finding("reformatted date", f"{text} could be {shown}; it was left out", _WRITE_DATE, readings[0], kept=False),
    )


def reformatted(text: str) -> tuple[str, ...]:
    """The readings, as EDTF, of a date in a form that spreadsheets put dates into; none for any other text.

    >>> reformatted("3/1/84")
    ('1984-03-01', '1984-01-03')
    >>> reformatted("25/03/1984"), reformatted("Mar-84"), reformatted("1982~")
    (('1984-03-25',), ('1984-03',), ())
    """
    lower = unicodedata.normalize("NFC", text).lower().replace(".", "")
    if found := re.fullmatch(r"(\d{1,2})([/-])(\d{1,2})\2(\d{2}|\d{4})", lower):
        first, second, year = int(found[1]), int(found[3]), _year(found[4])
        return tuple(dict.fromkeys(filter(None, (_iso(year, first, second), _iso(year, second, first)))))
    if found := re.fullmatch(r"(\d{4})/(\d{1,2})/(\d{1,2})", lower):
        return tuple(filter(None, (_iso(int(found[1]), int(found[2]), int(found[3])),)))
    if found := re.fullmatch(r"(\d{1,2})[- ]([a-z]{3,10})[- ](\d{2}|\d{4})", lower):
        return tuple(filter(None, (_iso(_year(found[3]), MONTHS.get(found[2], 0), int(found[1])),)))
    if (found := re.fullmatch(r"([a-z]{3,10})-(\d{2}|\d{4})", lower)) and found[1] in MONTHS:
        return (f"{_year(found[2])}-{MONTHS[found[1]]:02}",)
    return ()


def _year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (1900 if int(digits) >= _PIVOT else 2000)


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _excerpt(text: str, most: int = 40) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
