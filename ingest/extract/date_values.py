"""What a date's form means: a span in, an EDTF date out, or None where its words do not decide it."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta

from archive.dates import EdtfDate, parse
from archive.errors import DateError
from archive.record import Candidate
from ingest.extract import date_words
from ingest.extract.mention import Context, Span

#: A date without a year belongs to the year of its unit, but a report of January that names 12 December speaks of
#: the year before: beyond so many days after the unit's own date the year is not decided.
_AHEAD = timedelta(days=31)
#: A heading "LUNES 12" is completed from a context of at most this many days.
_LONGEST_FOR_DAYS = timedelta(days=62)

_SLIPS = str.maketrans("li|og", "11109")
_QUALIFIERS = {row["word"]: row["value"] for row in date_words.TABLE["about"]}
_PARTS = [(re.compile(row["word"]), row["value"]) for row in date_words.TABLE["part"]]
#: EDTF level 2: the first and second half of a year. "Early 1981" lies in the first; no more is claimed.
_HALVES = {"first": "-40", "second": "-41"}
_ROMANS = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}


def resolve(span: Span, language: str | None = None, context: Context = Context()) -> EdtfDate | None:
    """The date that a span means. Two figures of a year are 19xx.

    `3/4/84` is decided by a figure above 12, by a weekday, by the paragraph's `language` (`eng`: month first,
    `spa`: day first) or by the context's date; else it is None. So is a day without a year where the context
    has none, and what is no day of the calendar.
    """
    try:
        written = _RESOLVERS[span.rule](span.parts, language, context)
        if written is None:
            return None
        return parse(written + _qualifier(span.parts, written))
    except (DateError, ValueError):
        # No such day, or an end before its start: the words are kept, nothing is made of them.
        return None


def candidates(span: Span, context: Context = Context()) -> tuple[Candidate, ...]:
    """What an undecided span may mean, as far as its words say: the days of figures that may be read with the day or
    with the month first. Of a day without a year no year is one of them.

    >>> span = Span(0, 7, "numeric", {"a": "3", "b": "4", "y": "84"})
    >>> resolve(span), [(one.value, *one.evidence) for one in candidates(span)]
    (None, [('1984-03-04', 'month first'), ('1984-04-03', 'day first')])
    """
    found: list[Candidate] = []
    with suppress(ValueError):  # a figure cannot be read
        for order, written in _READINGS[span.rule](span.parts, context).items() if span.rule in _READINGS else ():
            with suppress(DateError):  # the words read so are no date
                found.append(Candidate(parse(written + _qualifier(span.parts, written)).edtf, (_ORDERS[order],)))
    return tuple(found)


#: The order of figures that each language has.
_ORDERS = {"eng": "month first", "spa": "day first"}


def _qualifier(parts, written: str) -> str:
    if "about" in parts:
        return next(mark for word, mark in _QUALIFIERS.items() if re.fullmatch(word, parts["about"]))
    if "doubt" in parts:
        return "?"
    of_a_day = "wd" in parts and re.fullmatch(r"\d{4}-\d\d-\d\d", written)
    # A weekday that was another day: one of the two was misread or mistyped.
    if of_a_day and date.fromisoformat(written).isoweekday() != date_words.weekday_number(parts["wd"]):
        return "?"
    return ""


def _day(text: str) -> int:
    if text == "1O":
        raise ValueError("1 or 10")
    if re.fullmatch(r"[0-9li|o]+", text):
        return int(text.translate(_SLIPS))
    return sum(ord(symbol) - date_words.DAY for symbol in text if ord(symbol) > date_words.DAY)


def _year(text: str) -> int:
    digits = re.sub(r"(?<=^.)[. ]", "", text.strip("'’‘`"))
    if re.fullmatch(r"[0-9li|og]+", digits):
        year = int(digits.translate(_SLIPS))
        return year + 1900 if year < 100 else year
    return 1900 + sum(_symbol_number(symbol) for symbol in text if ord(symbol) > date_words.DAY)


def _symbol_number(symbol: str) -> int:
    return ord(symbol) - (date_words.TENS if ord(symbol) > date_words.TENS else date_words.DAY)


def _month(text: str) -> int:
    return date_words.month_number(text[0])


def _written_year(parts, context: Context, name: str = "y") -> int | None:
    """The year in the words; "this" and "last year" count from the context's."""
    if name + "u" in parts:
        raise ValueError("a letter of the year cannot be read")
    for key in (name, name + "b", name + "c", name + "d"):
        if key in parts:
            return _year(parts[key])
    if name == "y" and ("this" in parts or "last" in parts):
        bounds = _bounds(context)
        if bounds and bounds[0].year == bounds[1].year:
            return bounds[0].year - ("last" in parts)
        raise ValueError("which year is this?")
    return None


def _bounds(context: Context) -> tuple[date, date] | None:
    when = context.date
    return (when.earliest, when.latest) if when and when.earliest and when.latest else None


def _real(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] else None


def complete(context: Context, day: int, month: int | None, weekday: int | None = None) -> date | None:
    """The one day that a day without a year (or without its month) can be in this context, else None."""
    bounds = _bounds(context)
    if not bounds:
        return None
    earliest, latest = bounds
    if month is None:
        if latest - earliest > _LONGEST_FOR_DAYS:
            return None
        span = (earliest + timedelta(days=n) for n in range((latest - earliest).days + 1))
        fitting = [one for one in span if one.day == day and weekday in (None, one.isoweekday())]
        return fitting[0] if len(fitting) == 1 else None
    candidates = [one for year in range(earliest.year, latest.year + 1) if (one := _real(year, month, day))]
    on_weekday = [one for one in candidates if weekday in (None, one.isoweekday())]
    inside = [one for one in on_weekday or candidates if earliest <= one <= latest]
    if len(inside) == 1:
        return inside[0]
    if earliest.year == latest.year and len(candidates) == 1 and candidates[0] <= latest + _AHEAD:
        return candidates[0]
    return None


def _single(parts, language, context) -> str | None:
    day, month = _day(parts["d"]), _month(parts["m"])
    year = _written_year(parts, context)
    if year is None:
        found = complete(context, day, month, _weekday(parts))
        return found and found.isoformat()
    return f"{year:04d}-{month:02d}-{day:02d}"


def _weekday(parts) -> int | None:
    return date_words.weekday_number(parts["wd"]) if "wd" in parts else None


def _weekday_day(parts, language, context) -> str | None:
    found = complete(context, _day(parts["d"]), None, _weekday(parts))
    return found and found.isoformat()


def _several(parts, language, context, choice: bool = False) -> str | None:
    """Days of one month: an interval where they follow each other, else a set; `choice` is one of them."""
    days = [
        _day(one) for one in re.findall(r"[0-9][0-9o]?|[\ue141-\ue15e](?: y [\ue141-\ue149])?(?=,| |$)", parts["days"])
    ]
    month, year = _month(parts["m"]), _written_year(parts, context)
    if year is None:
        first = complete(context, days[0], month)
        if first is None:
            return None
        year = first.year
    written = [f"{year:04d}-{month:02d}-{day:02d}" for day in days]
    if choice:
        return f"[{','.join(written)}]"
    if days == list(range(days[0], days[0] + len(days))):
        return f"{written[0]}/{written[-1]}"
    return f"{{{','.join(written)}}}"


def _day_range(parts, language, context) -> str | None:
    first, last = _day(parts["d"]), _day(parts["d2"])
    month2 = _month(parts["m2"]) if "m2" in parts else _month(parts["m"])
    return _between(
        _month(parts["m"]),
        first,
        month2,
        last,
        _written_year(parts, context, "y1"),
        _written_year(parts, context),
        context,
    )


def _between(month1, day1, month2, day2, year1, year2, context) -> str | None:
    """An interval of days. One year said after both is the end's: a December before a January is of the year before."""
    if year2 is None and year1 is not None:
        year2 = year1 + (month2 < month1)
    if year2 is None:
        last = complete(context, day2, month2)
        if last is None:
            return None
        year2 = last.year
    if year1 is None:
        year1 = year2 - (month1 > month2)
    return f"{year1:04d}-{month1:02d}-{day1:02d}/{year2:04d}-{month2:02d}-{day2:02d}"


def _month_year(parts, language, context) -> str | None:
    return f"{_written_year(parts, context):04d}-{_month(parts['m']):02d}"


def _month_alone(parts, language, context) -> str | None:
    first = complete(context, 1, _month(parts["m"]))
    return first and f"{first:%Y-%m}"


def _month_range(parts, language, context) -> str | None:
    first, last = _month(parts["m"]), _month(parts["m2"])
    year2 = _written_year(parts, context)
    year1 = _written_year(parts, context, "y1") or year2 - (first > last)
    return f"{year1:04d}-{first:02d}/{year2:04d}-{last:02d}"


def _iso(parts, language, context) -> str:
    return f"{parts['y']}-{parts['n']}-{parts['d']}"


def _roman(parts, language, context) -> str:
    month = _ROMANS.get(re.sub("[1l|]", "i", parts["r"]))
    return month and f"{_year(parts['y']):04d}-{month:02d}-{int(parts['d']):02d}"


def _readings(a: str, b: str) -> Iterator[tuple[str, int, int]]:
    """The ways to read two figures: `eng` month first, `spa` day first."""
    if int(a) <= 12:
        yield "eng", int(a), int(b)
    if int(b) <= 12 and a != b:
        yield "spa", int(b), int(a)


def _numeric_days(parts, context) -> dict[str, date]:
    """The day that each way of reading the figures gives, of those that are days."""
    year = _year(parts["y"])
    return {
        reading: day
        for reading, month, day_of_month in _readings(parts["a"], parts["b"])
        if (day := _real(year, month, day_of_month))
    }


def _numeric(parts, language, context) -> str | None:
    decided = _decide(_numeric_days(parts, context), _weekday(parts), language, context)
    return decided and decided.isoformat()


def _short_days(parts, context) -> dict[str, date]:
    return {
        reading: day
        for reading, month, day_of_month in _readings(parts["a"], parts["b"])
        if (day := complete(context, day_of_month, month))
    }


def _numeric_short(parts, language, context) -> str | None:
    found = _short_days(parts, context)
    both = len(list(_readings(parts["a"], parts["b"])))
    if len(found) < both and both > 1 and language is None:
        return None
    decided = _decide(found, _weekday(parts), language, context)
    return decided and decided.isoformat()


def _decide(found: dict[str, date], weekday: int | None, language: str | None, context: Context) -> date | None:
    if len(set(found.values())) <= 1:
        return next(iter(found.values()), None)
    on_weekday = [day for day in found.values() if day.isoweekday() == weekday]
    if len(on_weekday) == 1:
        return on_weekday[0]
    if language in found:
        return found[language]
    bounds = _bounds(context)
    inside = [day for day in found.values() if bounds and bounds[0] <= day <= bounds[1]]
    return inside[0] if len(inside) == 1 else None


def _ends(parts) -> dict[str, tuple[int, int, int, int]]:
    """Month and day of both ends, which are read the same way."""
    found = {}
    for reading in ("eng", "spa"):
        order = slice(None, None, 1 if reading == "eng" else -1)
        (month1, day1), (month2, day2) = ((int(parts[a]), int(parts[b]))[order] for a, b in (("a", "b"), ("a2", "b2")))
        if all(1 <= month <= 12 and 1 <= day <= 31 for month, day in ((month1, day1), (month2, day2))):
            found[reading] = (month1, day1, month2, day2)
    return found


def _numeric_range(parts, language, context) -> str | None:
    """A figure above 12 in one end decides the other."""
    found = _ends(parts)
    if len(set(found.values())) == 1:
        ends = next(iter(found.values()))
    elif language in found:
        ends = found[language]
    else:
        return None
    return _between_ends(parts, ends, context)


def _between_ends(parts, ends, context) -> str | None:
    return _between(*ends, _written_year(parts, context, "y1"), _written_year(parts, context), context)


def _month_first_range(parts, language, context) -> str:
    """`11/6-16/92` can only be a month and its days, `6-16/11/92` days and their month."""
    year, month = _year(parts["y"]), int(parts["n"])
    return f"{year:04d}-{month:02d}-{int(parts['d']):02d}/{year:04d}-{month:02d}-{int(parts['d2']):02d}"


def _year_range(parts, language, context) -> str:
    first, last = _year(parts["y1"]), parts["y"]
    last = first // 100 * 100 + int(last) if len(last) == 2 else _year(last)
    if last <= first:
        raise ValueError("no range")
    return f"{first}/{last}"


def _year_list(parts, language, context) -> str:
    first, last = _year(parts["y1"]), _year(parts["y"])
    if parts["joint"] in ("o", "or"):
        return f"[{first},{last}]"
    return f"{first}/{last}" if last == first + 1 else f"{{{first},{last}}}"


def _decade(parts, language, context) -> str:
    if "decade" in parts:
        return parts["decade"][:3] + "X"
    tens = parts["tens"]
    return f"19{(int(tens) if tens.isdecimal() else _symbol_number(tens)) // 10}X"


def _just_year(parts, language, context) -> str:
    part = next((value for pattern, value in _PARTS if pattern.fullmatch(parts.get("part", "").strip())), "")
    return f"{_year(parts['y']):04d}" + ("" if "about" in parts else _HALVES.get(part, ""))


def _choice(parts, language, context):
    return _several(parts, language, context, choice=True)


#: Of forms that may be read in two ways, what each of them gives.
_READINGS = {
    "numeric": lambda parts, context: {n: day.isoformat() for n, day in _numeric_days(parts, context).items()},
    "numeric-short": lambda parts, context: {n: day.isoformat() for n, day in _short_days(parts, context).items()},
    "numeric-range": lambda parts, context: {
        n: written for n, ends in _ends(parts).items() if (written := _between_ends(parts, ends, context))
    },
}

_RESOLVERS = {
    "day-list": _several,
    "day-list-en": _several,
    "day-choice": _choice,
    "day-range": _day_range,
    "day-range-en": _day_range,
    "day-range-months": _day_range,
    "day-range-months-en": _day_range,
    "day": _single,
    "day-en": _single,
    "weekday-day": _weekday_day,
    "month": _month_year,
    "month-alone": _month_alone,
    "month-range": _month_range,
    "iso": _iso,
    "roman": _roman,
    "numeric": _numeric,
    "numeric-short": _numeric_short,
    "numeric-range": _numeric_range,
    "month/day-day": _month_first_range,
    "day-day/month": _month_first_range,
    "year": _just_year,
    "year-range": _year_range,
    "year-list": _year_list,
    "decade": _decade,
}
