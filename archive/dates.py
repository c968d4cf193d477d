"""Dates as archivists write them: EDTF kept verbatim, with the earliest and the latest day it allows.

EDTF is ISO 8601-2:2019, profile of the Library of Congress. Read here: levels 0 and 1 but for years
beyond four digits, and of level 2 what archives use: sets, seasons and quarters 25-41, `X` anywhere,
qualifiers on a part. The `edtf` package (5.0.2) was measured and not taken: it takes `1983/1981`,
`1900-02-29`, ` 1984 ` and winter ending in December without a word, gives an unknown end ten years and
`XXXX` the years 0-9999, ignores significant digits, and needs 3-20 ms a date, which a table of
dates a page cannot afford.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import TypeAlias

from archive.date_words import WORDS, Words
from archive.errors import DateError


@dataclass(frozen=True, slots=True)
class Part:
    """One date of an expression: its components as written (X for what is not known) and its qualifier.

    `month` may be a season's number (21-41). `qualifier` is "", "?", "~" or "%" (both), from any component.
    """

    year: str
    month: str = ""
    day: str = ""
    qualifier: str = ""


#: What a date, an interval or a set has for parts: a date, a range of a set, an open end.
Member: TypeAlias = Part | tuple[Part | None, Part | None] | None


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """A date as it is known: `edtf` as written, and the bounds it allows.

    `earliest` or `latest` is None where there is no bound on that side: `../1984` and `/1984` (an open and
    an unknown start) bound only the end. Both are None for what is undated: the empty string, `XXXX`,
    `../..`, a month of no known year. An approximate date has the bounds of its words (`1984~` is 1984):
    how far "about" reaches is the reader's judgement.
    """

    edtf: str
    earliest: date | None = None
    latest: date | None = None
    #: `single`, `interval`, `one of` ([…]), `all of` ({…}) or `undated`, and its parts; None is an open end.
    form: str = field(default="undated", compare=False)
    parts: tuple[Member, ...] = field(default=(), compare=False, repr=False)

    @property
    def undated(self) -> bool:
        return self.earliest is None and self.latest is None

    @property
    def approximate(self) -> bool:
        return "~" in self.edtf or "%" in self.edtf

    @property
    def uncertain(self) -> bool:
        return "?" in self.edtf or "%" in self.edtf

    @property
    def is_day(self) -> bool:
        """Whether it is one known day."""
        return self.form == "single" and self.earliest is not None and self.earliest == self.latest


#: First and last month of a season, by ISO 8601-2's number. A winter lies in two years and customs differ as to
#: which names it, so its bounds are the whole year that is named; 21-24 name no hemisphere, and are read as northern.
SEASONS = {
    21: (3, 5),
    22: (6, 8),
    23: (9, 11),
    24: (1, 12),
    25: (3, 5),
    26: (6, 8),
    27: (9, 11),
    28: (1, 12),
    29: (9, 11),
    30: (1, 12),
    31: (3, 5),
    32: (6, 8),
    33: (1, 3),
    34: (4, 6),
    35: (7, 9),
    36: (10, 12),
    37: (1, 4),
    38: (5, 8),
    39: (9, 12),
    40: (1, 6),
    41: (7, 12),
}

_DAY = timedelta(1)
_Q = "[?~%]?"
_DATE = re.compile(
    rf"(?P<q1>{_Q})(?P<year>[0-9X]{{4}})(?P<q2>{_Q})"
    rf"(?:-(?P<q3>{_Q})(?P<month>[0-9X]{{2}})(?P<q4>{_Q})"
    rf"(?:-(?P<q5>{_Q})(?P<day>[0-9X]{{2}})(?P<q6>{_Q}))?)?"
    r"(?P<time>T[0-2]\d:[0-5]\d:[0-5]\d(?:Z|[+-][01]\d(?::[0-5]\d)?)?)?",
    re.ASCII,
)

#: What people write instead of EDTF, and what to write: tried in order on what was refused.
_REMEDIES = (
    (r"^\[?(?:n\.? ?d\.?|s\.? ?[fd]\.?|undated|sin fecha)\]?$", "Leave the field empty (DACS 2.4: no “n.d.”)."),
    (r"(?i)\b(?:open|unknown)\b", "Write `..` for an open end and nothing for an unknown one: `1984/..`, `1984/`."),
    (r"[–—]", "Write an interval with a slash: `1981/1983`."),
    (r"[xuU]", "Write capital X for what is not known: `198X`, `1984-03-XX`."),
    (r"(?i)^(?:ca?\.?|circa|about|hacia)\s*\d{4}$", "Write `1984~` for about 1984."),
    (r"^\d{3}0['’]?s$", "Write `198X` for the 1980s."),
    (r"^\d{4}-\d{4}$", "Write an interval with a slash: `1981/1983`."),
    (r"^\d{4}S\d$", "Write the digits that are not known as X: `19XX`."),
    (r"^\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}$", "Write year, month, day: `1984-03-12`."),
    (r"^\d{5}$", "This looks like a spreadsheet's serial number: format the column as text."),
    (r"^(?:Y|-|0000)", "Only the years 0001 to 9999 are kept."),
    (r"\s", "Write it without spaces."),
)


@lru_cache(maxsize=8192)
def parse(edtf: str) -> EdtfDate:
    """The date that `edtf` says, its text kept verbatim (outer spaces aside).

    Raises DateError, with what to write instead, for what is not EDTF, is no day of the calendar, or ends
    before it begins.

    >>> parse("1981/1983").latest
    datetime.date(1983, 12, 31)
    >>> parse("198X").earliest, parse("1984~").earliest, parse("../1984").earliest
    (datetime.date(1980, 1, 1), datetime.date(1984, 1, 1), None)
    """
    text = edtf.strip()
    if not text:
        return EdtfDate(text)
    if text[0] in "[{":
        return _set(text)
    if "/" in text:
        return _interval(text)
    part = _part(text, text)
    earliest, latest = _bounds(part, text)
    return EdtfDate(text, earliest, latest, "single" if earliest else "undated", (part,))


def _refused(text: str, what: str = "no EDTF date", remedy: str | None = None) -> DateError:
    if remedy is None:
        remedy = next(
            (advice for pattern, advice in _REMEDIES if re.search(pattern, text)),
            "Write `1984`, `1984-03`, `1984-03-12`, `1984~` (about), `1981/1983` or `198X`.",
        )
    return DateError(what, item=text, remedy=remedy)


def _part(text: str, whole: str) -> Part:
    found = _DATE.fullmatch(text)
    if not found or found["time"] and "X" in text:
        raise _refused(whole)
    marks = {found[f"q{n}"] for n in range(1, 7)} - {"", None}
    qualifier = "%" if len(marks) > 1 else "".join(marks)
    return Part(found["year"], found["month"] or "", found["day"] or "", qualifier)


def _bounds(part: Part, whole: str) -> tuple[date | None, date | None]:
    """The first and the last day of the calendar that fit; (None, None) where the year is quite unknown."""
    years = _fitting(part.year, 1, 9999)
    if not years:
        raise _refused(whole, "no year of the calendar", "Only the years 0001 to 9999 are kept.")
    if part.month.isdecimal() and int(part.month) in SEASONS and not part.day:
        first, last = SEASONS[int(part.month)]
        return (
            (None, None)
            if part.year == "XXXX"
            else (date(years[0], first, 1), date(years[-1], last, monthrange(years[-1], last)[1]))
        )
    months = _fitting(part.month or "XX", 1, 12)
    if not months:
        raise _refused(
            whole, f"there is no month {part.month}", "Months are 01 to 12, seasons 21 to 24 (spring to winter)."
        )
    earliest = _first_day(years, months, part.day or "XX", 1)
    latest = _first_day(years[::-1], months[::-1], part.day or "XX", -1)
    if earliest is None or latest is None:
        raise _refused(whole, f"there is no day {part.day} in that month", "Check the day, or leave it out.")
    return (None, None) if part.year == "XXXX" else (earliest, latest)


def _fitting(pattern: str, low: int, high: int) -> range | list[int]:
    """The numbers from `low` to `high` that a pattern of digits and X allows, in order."""
    if "X" not in pattern:
        return [int(pattern)] if low <= int(pattern) <= high else []
    stem = pattern.rstrip("X")
    if "X" not in stem:
        span = 10 ** (len(pattern) - len(stem))
        start = int(stem or "0") * span
        return range(max(low, start), min(high, start + span - 1) + 1)
    wanted = re.compile(pattern.replace("X", "[0-9]"))
    return [n for n in range(low, high + 1) if wanted.fullmatch(f"{n:0{len(pattern)}}")]


def _first_day(years: Iterable[int], months: Iterable[int], day: str, step: int) -> date | None:
    """The first day, going by `step`, of the first month that has a fitting one."""
    for year in years:
        for month in months:
            days = _fitting(day, 1, monthrange(year, month)[1])
            if days:
                return date(year, month, days[0] if step > 0 else days[-1])
    return None


def _interval(text: str) -> EdtfDate:
    sides = text.split("/")
    if len(sides) != 2 or not any(side.strip(".") for side in sides) and sides != ["..", ".."]:
        raise _refused(text)
    parts = tuple(None if side in ("", "..") else _part(side, text) for side in sides)
    earliest = _bounds(parts[0], text)[0] if parts[0] else None
    latest = _bounds(parts[1], text)[1] if parts[1] else None
    _in_order(earliest, latest, text)
    return EdtfDate(text, earliest, latest, "interval" if earliest or latest else "undated", parts)


def _in_order(earliest: date | None, latest: date | None, text: str) -> None:
    if earliest and latest and latest < earliest:
        raise _refused(text, "ends before it begins", "Write the earlier date first.")


def _set(text: str) -> EdtfDate:
    """`[…]` is one of its members, `{…}` all of them; a member may be a range `1981..1983`, open at the rim."""
    if text[-1] != {"[": "]", "{": "}"}[text[0]]:
        raise _refused(text)
    members: list[Member] = []
    lows: list[date | None] = []
    highs: list[date | None] = []
    for member in (one.strip() for one in text[1:-1].split(",")):
        sides = member.split("..")
        if len(sides) == 1:
            part = _part(member, text)
            low, high = _bounds(part, text)
            members.append(part)
        elif len(sides) == 2 and any(sides):
            first, last = (_part(side, text) if side else None for side in sides)
            ends = first, last
            low = _bounds(ends[0], text)[0] if ends[0] else None
            high = _bounds(ends[1], text)[1] if ends[1] else None
            _in_order(low, high, text)
            members.append(ends)
        else:
            raise _refused(text)
        lows.append(low)
        highs.append(high)
    known = [low for low in lows if low], [high for high in highs if high]
    earliest = min(known[0]) if len(known[0]) == len(lows) else None
    latest = max(known[1]) if len(known[1]) == len(highs) else None
    form = "one of" if text[0] == "[" else "all of"
    return EdtfDate(text, earliest, latest, form if earliest or latest else "undated", tuple(members))


#: So many gaps of a set are told apart, the longest: an index has a place for each.
MOST_GAPS = 4


def gaps(when: EdtfDate) -> tuple[tuple[date, date], ...]:
    """The days between the members of a set that it is not of, each gap by its first and its last; none of any other
    date.

    Of a set with more than MOST_GAPS of them, the longest.

    >>> gaps(parse("[1984,1986]"))
    ((datetime.date(1985, 1, 1), datetime.date(1985, 12, 31)),)
    >>> gaps(parse("{1984,1985..1986}")), gaps(parse("1984/1986"))
    ((), ())
    """
    if when.form not in ("one of", "all of"):
        return ()
    found: list[tuple[date, date]] = []
    until: date | None = None
    for low, high in sorted(
        (_member_bounds(member, when.edtf) for member in when.parts), key=lambda one: one[0] or date.min
    ):
        if until is not None and low is not None and low > until + _DAY:
            found.append((until + _DAY, low - _DAY))
        until = max(until or date.min, high or date.max)
        if until == date.max:
            break
    return tuple(sorted(sorted(found, key=lambda gap: gap[0] - gap[1])[:MOST_GAPS]))


def _member_bounds(member: Member, whole: str) -> tuple[date | None, date | None]:
    if member is None:
        return None, None
    if isinstance(member, Part):
        return _bounds(member, whole)
    first, last = member
    return _bounds(first, whole)[0] if first else None, _bounds(last, whole)[1] if last else None


def label(when: EdtfDate, language: str) -> str:
    """How a person reads the date, in Spanish (`es`, `spa`) or English (`en`, `eng`).

    What is not known is left out (`1984-XX-XX` is "1984"), what is doubtful is said ("about", "probably"), and
    the undated is "undated": DACS 2.4 does not take "n.d.".

    >>> label(parse("1984-03"), "es"), label(parse("1984~"), "en"), label(parse("198X"), "es")
    ('marzo de 1984', 'about 1984', 'década de 1980')
    """
    words = WORDS[language]
    when = parse(when.edtf)
    if when.undated:
        return words.said["undated"]
    if when.form == "single":
        return _say_member(when.parts[0], words)
    if when.form == "interval":
        first, last = (part if isinstance(part, Part) else None for part in when.parts)
        return _say_interval(first, last, words)
    said = [_say_member(member, words) for member in when.parts]
    joint = words.said["or" if when.form == "one of" else "and"]
    return f"{', '.join(said[:-1])} {joint} {said[-1]}" if len(said) > 1 else said[0]


def _say_member(member: Member, words: Words) -> str:
    if member is None or isinstance(member, Part):
        return _say(member, words)
    first, last = member
    if not first:
        return words.said["before"].format(_say(last, words))
    return _say_interval(first, last, words) if last else words.said["after"].format(_say(first, words))


def _say_interval(first: Part | None, last: Part | None, words: Words) -> str:
    if not first or first.year == "X" * 4:
        return words.said["until"].format(_say(last, words))
    if not last or last.year == "X" * 4:
        return words.said["from"].format(_say(first, words))
    plain = not first.qualifier and not last.qualifier and "X" not in first.year and first.year == last.year
    if plain and _named(first) and _named(last) and first != last:
        a, b = (words.months[int(one.month) - 1] for one in (first, last))
        d, e = (one.day.lstrip("0") for one in (first, last))
        if d.isdecimal() and e.isdecimal():
            form = "days" if a == b else "two"
            return words.said[form].format(d=d, e=e, m=a, n=b, y=_year(first))
        if not first.day and not last.day:
            return words.said["months_of"].format(m=a, n=b, y=_year(first))
    said = _say(first, words), _say(last, words)
    if said[0] == said[1]:
        return said[0]
    return ("–" if all(one.isdecimal() for one in said) else " – ").join(said)


def _named(part: Part) -> bool:
    return part.month.isdecimal() and int(part.month) <= 12


def _year(part: Part) -> str:
    return part.year.lstrip("0")


def _say(part: Part | None, words: Words) -> str:
    if part is None:
        return words.said["undated"]
    said = _say_plain(part, words)
    if not part.qualifier:
        return said
    return words.said[part.qualifier].format(words.said["the"] + said if _is_decade(part) else said)


def _is_decade(part: Part) -> bool:
    return bool(re.fullmatch(r"[0-9]{3}X", part.year)) and part.month in ("", "XX")


def _say_plain(part: Part, words: Words) -> str:
    if _is_decade(part):
        return words.said["decade"].format(_year(part)[:-1] + "0")
    if "X" in part.year:
        earliest, latest = _bounds(part, part.year)
        return f"{earliest.year}–{latest.year}" if earliest and latest else words.said["undated"]
    if not part.month.isdecimal():
        return _year(part)
    number = int(part.month)
    if number > 12:
        # A season of a hemisphere is called as it is anywhere.
        name = words.seasons[number if number < 25 or number > 32 else (number - 25) % 4 + 21]
        return words.said["season"].format(m=name, y=_year(part))
    month = words.months[number - 1]
    if part.day.isdecimal():
        return words.said["day"].format(d=int(part.day), m=month, y=_year(part))
    return words.said["month"].format(m=month, y=_year(part))
