"""The date of a citation: as it is known, never more exactly.

A date an archivist supplied or doubts stands in square brackets (CMOS 18 14.44, DACS 2.4.7): `[ca. 1982]`,
`[1982?]`, `[1980s]`. An interval stays an interval. Only a date without qualifier or X is `exact`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from archive.citation.source import Source
from archive.citation.text import one_line
from archive.citation.wording import LANGUAGES, say
from archive.dates import EdtfDate, Part, label, parse
from archive.errors import DateError

_MONTHS = {
    "en": ["Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."],
    "es": ["ene.", "feb.", "mar.", "abr.", "mayo", "jun.", "jul.", "ago.", "sept.", "oct.", "nov.", "dic."],
}
#: What people write for "no date"; it is said in the citation's language instead.
_UNDATED = re.compile(r"\[?\s*(?:n\.?\s*d\.?|s\.?\s*[fd]\.?|undated|no date|sin fecha)\s*\]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class When:
    """A date ready to be cited: `edtf` is "" where the description has none that can be read.

    `exact` holds (year,), (year, month) or (year, month, day), only where that is what is known and nothing of it is
    doubted; `span` the two ends of an interval whose both ends are so known or merely approximate; `doubted` is true
    where a qualifier stands anywhere. `year` is the one year the date lies in, if it is certain; `first` the year to
    file it by where one must be named: of a span or a decade the first, of a doubted date the one meant.
    """

    edtf: str = ""
    exact: tuple[int, ...] = ()
    span: tuple[tuple[int, ...], tuple[int, ...]] | None = None
    near: tuple[int, ...] = ()
    doubted: bool = False
    year: int | None = None
    first: int | None = None
    found: str = ""

    @property
    def certain(self) -> tuple[int, ...]:
        """Year, month, day as far as they are beyond doubt: what the two ends of an interval have in common.

        >>> known(Source(kind="item", id="r1", date_edtf="1992-11-09/1992-11-16")).certain
        (1992, 11)
        """
        if self.exact or not self.span or self.doubted:
            return self.exact
        return tuple(first for first, _ in takewhile(lambda pair: pair[0] == pair[1], zip(*self.span, strict=False)))

    @property
    def undated(self) -> bool:
        return not self.edtf and not self.found

    def words(self, language: str, style: str = "long", brackets: bool = True) -> str:
        """The date in words. `style`: `long` (November 16, 1989), `short` (16 Nov. 1989) or `year first`
        (1989, November 16). Without `brackets` an inferred date has none ("ca. 1982")."""
        language = LANGUAGES[language]
        if self.undated:
            return say("n.d.", language)
        if not self.edtf:
            return self.found
        when = parse(self.edtf)
        plain = parse(re.sub("[?~%]", "", self.edtf))
        text = _arranged(plain, language, style) or label(plain, language)
        if when.approximate:
            text = say("ca.", language, text)
        if when.uncertain:
            text += "?"
        return f"[{text}]" if brackets and self._inferred(when) else text

    @staticmethod
    def _inferred(when: EdtfDate) -> bool:
        flat = [part for part in when.parts if isinstance(part, Part)]
        return when.approximate or when.uncertain or when.form == "one of" or any("X" in part.year for part in flat)


def known(source: Source) -> When:
    """The date of a source: its EDTF, else its date as found, else undated.

    >>> known(Source(kind="item", id="r1", date_edtf="1982~")).words("en")
    '[ca. 1982]'
    >>> known(Source(kind="item", id="r1", date_edtf="1992-11-09/1992-11-16")).words("es")
    '9–16 de noviembre de 1992'
    >>> known(Source(kind="item", id="r1")).words("es")
    's. f.'
    """
    found = one_line(source.date_text)
    if _UNDATED.fullmatch(found):
        found = ""
    try:
        when = parse(source.date_edtf)
    except DateError:
        # The sheet's checks say so at ingest; a citation shows what was written.
        written = found or one_line(source.date_edtf)
        return When(found=written, first=_written_year(written))
    if when.undated:
        return When(found=found, first=_written_year(found))
    doubted = when.approximate or when.uncertain
    numbers = [_numbers(part) if isinstance(part, Part) else () for part in when.parts]
    exact = numbers[0] if when.form == "single" and not doubted else ()
    near = numbers[0] if when.form == "single" and doubted else ()
    span = (numbers[0], numbers[1]) if when.form == "interval" and all(numbers) else None
    return When(
        edtf=when.edtf,
        exact=exact,
        near=near,
        span=span,
        doubted=doubted,
        year=_year(when, doubted),
        first=_first_year(when),
        found=found,
    )


def _year(when: EdtfDate, doubted: bool) -> int | None:
    if doubted or when.form == "one of" or not when.earliest or not when.latest:
        return None
    return when.earliest.year if when.earliest.year == when.latest.year else None


#: A year in words that no rule of EDTF reads: "invierno de 1984-1985".
_WRITTEN_YEAR = re.compile(r"(?<![\d.,])(?:1[5-9]|20)\d\d(?![\d]|[.,]\d)")


def _written_year(words: str) -> int | None:
    found = _WRITTEN_YEAR.search(words)
    return int(found[0]) if found else None


def _first_year(when: EdtfDate) -> int | None:
    """The first year a date names, a decade's first for a decade; None for what is vaguer, and for no year at all."""
    years = (part.year for part in when.parts if isinstance(part, Part))
    return next(
        (int(year.replace("X", "0")) for year in years if re.fullmatch(r"\d{3}[\dX]", year) and int(year[:3])), None
    )


def _numbers(part: Part) -> tuple[int, ...]:
    """Year, month, day as far as they are known; () where the year is not, or the month is a season."""
    if not part.year.isdecimal():
        return ()
    if part.month.isdecimal() and int(part.month) > 12:
        return ()
    numbers = [int(part.year)]
    for text in (part.month, part.day):
        if not text.isdecimal():
            break
        numbers.append(int(text))
    return tuple(numbers)


def _arranged(when: EdtfDate, language: str, style: str) -> str:
    """A month or day, or an interval of days within one month, in the order of `style`; "" for all else."""
    if style == "long" or when.form not in ("single", "interval") or None in when.parts:
        return ""
    numbers = [_numbers(part) for part in when.parts if isinstance(part, Part)]
    first, last = numbers[0], numbers[-1]
    if not 1 < len(first) == len(last) or first[:2] != last[:2]:
        return ""
    year, month = first[:2]
    days = "–".join(str(one[2]) for one in dict.fromkeys(numbers)) if len(first) == 3 else ""
    if style == "short":
        return " ".join(filter(None, (days, _MONTHS[language][month - 1], str(year))))
    name = (
        label(parse(f"{year:04}-{month:02}"), "en").split()[0]
        if language == "en"
        else label(parse(f"{year:04}-{month:02}"), "es").split()[0]
    )
    if language == "en":
        return f"{year}, {name} {days}".rstrip()
    return f"{year}, {days} de {name}" if days else f"{year}, {name}"


def accessed_words(day: date, language: str, style: str = "long") -> str:
    """The date of access in words.

    >>> accessed_words(date(2026, 11, 24), "es")
    '24 de noviembre de 2026'
    """
    return When(edtf=day.isoformat()).words(language, style)
