"""Dates as people type them: years, months and days in figures or in words, Spanish or English, between 1800 and 2100.

What may be read in two ways (12/5/1983) is no date here; nor is a day or a month without its year.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from archive import dates
from archive.search import analysis

FIRST_YEAR, LAST_YEAR = 1800, 2100

#: The number of a month by its name in Spanish or English and by the three letters it is cut to.
_MONTHS = {
    name[:length]: number
    for language in ("es", "en")
    for number in range(1, 13)
    for name in [analysis.fold(dates.label(dates.parse(f"2000-{number:02}"), language).split()[0])]
    for length in (3, 99)
}
_MONTHS |= {"setiembre": 9, "sept": 9}
_BETWEEN = frozenset(("de", "del", "of"))
_YEAR = re.compile(r"\d{4}")
_DAY = re.compile(r"(\d\d?)(?:st|nd|rd|th|º|°|ª|o|ro|er)?|primero", re.IGNORECASE)
_FIGURES = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)(?:-(?P<day>\d\d))?")
#: The order in which day, month and year stand, each by its letter, `c` for what may stand between.
_ORDER = re.compile(r"(?:Dc?Mc?|MDc?|Mc?)?Y")
#: Words of the longest date: 12 de enero de 1989, and one to spare.
LONGEST = 6

#: Figures that say one thing only, though they are no EDTF: 1983-5, 1983/5, 5/1983, 05-1983, 1980s.
_LOOSE = (
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d\d?)(?:[-/.](?P<day>\d\d?))?"),
    re.compile(r"(?P<month>\d\d?)[-/.](?P<year>\d{4})"),
    re.compile(r"(?P<decade>\d{3})0'?s", re.IGNORECASE),
)
_THREE = re.compile(r"(\d\d?)[-/.](\d\d?)[-/.](\d{4})")
_SPAN = re.compile(r"(\d{4}(?:-\d\d)?)\s*(?:[-–—]|to|a|hasta)\s*(\d{4}(?:-\d\d)?)", re.IGNORECASE)


class Said(NamedTuple):
    """A date at the beginning of some words: how many words it takes, and the days it may be."""

    words: int
    earliest: date
    latest: date


def said_date(words: Sequence[str]) -> Said | None:
    """The date that these words begin with, the longest there is; None where they begin with none.

    >>> said_date("mayo de 1983 en Tecoluca".split())
    Said(words=3, earliest=datetime.date(1983, 5, 1), latest=datetime.date(1983, 5, 31))
    >>> said_date(["May"]), said_date(["1.983"]), said_date(["1500"])
    (None, None, None)
    """
    letters = ""
    parts: dict[str, str | int] = {}
    for word in words[:LONGEST]:
        if (figures := _FIGURES.fullmatch(word)) and not letters:
            return _said(1, **figures.groupdict())
        letter, value = _kind(word)
        if not letter:
            break
        letters += letter
        parts.setdefault(letter, value)
    found = _ORDER.match(letters)
    return (
        _said(found.end(), parts["Y"], parts.get("M"), parts.get("D") if "D" in found[0] else None) if found else None
    )


def _kind(word: str) -> tuple[str, str | int]:
    folded = analysis.fold(word)
    if folded in _MONTHS:
        return "M", _MONTHS[folded]
    if folded in _BETWEEN:
        return "c", word
    if _YEAR.fullmatch(word):
        return "Y", word
    if day := _DAY.fullmatch(word):
        return "D", day[1] or 1
    return "", ""


def _said(words: int, year: str | int, month: str | int | None = None, day: str | int | None = None) -> Said | None:
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    edtf = _edtf(year, month, day) if month else str(year)
    if not edtf:
        return None
    known = dates.parse(edtf)
    return Said(words, known.earliest, known.latest) if known.earliest and known.latest else None


def loosely(text: str) -> str:
    """EDTF for figures that are none but say one thing only; empty where they say nothing, or two things.

    >>> loosely("1983-5"), loosely("5/1983"), loosely("1980s"), loosely("25/12/1983"), loosely("12/5/1983")
    ('1983-05', '1983-05', '198X', '1983-12-25', '')
    """
    for pattern in _LOOSE:
        if found := pattern.fullmatch(text):
            said = found.groupdict()
            if "decade" in said:
                return f"{said['decade']}X"
            return _edtf(said["year"], said["month"], said.get("day"))
    days = either_day(text)
    return days[0] if len(days) == 1 else ""


def either_day(text: str) -> tuple[str, ...]:
    """The days that three numbers may be, the day before the month first, as in El Salvador.

    >>> either_day("12/5/1983"), either_day("25/12/1983"), either_day("31/31/1983")
    (('1983-05-12', '1983-12-05'), ('1983-12-25',), ())
    """
    if not (found := _THREE.fullmatch(text)):
        return ()
    first, second, year = found.groups()
    return tuple(dict.fromkeys(filter(None, (_edtf(year, second, first), _edtf(year, first, second)))))


def span(text: str) -> str:
    """How a span of time is written, for one that is written with a dash or a word between; empty for what is none.

    >>> span("1981-1984"), span("1984-1981")
    ('1981..1984', '')
    """
    found = _SPAN.fullmatch(text)
    return f"{found[1]}..{found[2]}" if found and found[1] < found[2] else ""


def _edtf(year: str | int, month: str | int, day: str | int | None) -> str:
    if not 1 <= int(month) <= 12 or day and not 1 <= int(day) <= monthrange(int(year) or 1, int(month))[1]:
        return ""
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")


def written(earliest: date | None, latest: date | None) -> str:
    """A range of days in the fewest characters, as `date:` takes it: 1983, 1983-05, 1982..1984-06; None is an open
    side."""
    if earliest and latest:
        if (earliest.month, earliest.day, latest.month, latest.day) == (1, 1, 12, 31) and earliest.year == latest.year:
            return earliest.isoformat()[:4]
        if earliest.day == 1 and latest == earliest.replace(day=monthrange(earliest.year, earliest.month)[1]):
            return earliest.isoformat()[:7]
        if earliest == latest:
            return earliest.isoformat()
    first = "" if earliest is None else earliest.isoformat()
    last = "" if latest is None else latest.isoformat()
    return f"{first.removesuffix('-01-01')}..{last.removesuffix('-12-31')}"
