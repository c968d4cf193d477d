"""The date that a text gives to its own unit: a report's heading, a chronology's month, a clipping's newspaper line.

Only lines that are a date and little else are believed; where they disagree nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from archive.dates import EdtfDate, parse
from ingest.extract.date_words import TABLE, alternatives
from ingest.extract.dates import find_dates
from ingest.extract.folded import Folded
from ingest.extract.mention import Context, Mention

#: A heading stands in the first lines, a clipping's source also in the last.
_HEAD_LINES = 12
_FOOT_LINES = 4
#: Words beside the date that a heading may have: its title, its numbering.
_TITLE_WORDS = frozenset(word for row in TABLE["title"] for word in row["word"].split())
_NUMBERING = re.compile(r"[ivxlc]+|[0-9]+|[a-z]")
#: A line that has "recibido" and more words than this is a sentence.
_WORDS_OF_A_STAMP = 6
_LETTERED = re.compile(r"[^\W_]+")
_NEWSPAPER = re.compile(rf"(?<![a-z])(?:{alternatives('newspaper')})(?![a-z])")
#: "Fecha: …", and on forms, which have several dates, that of the report.
_LABELLED = re.compile(
    r"(?<![a-z])(?:(?:fecha del? (?:informe|publicacion|emision)|date of (?:the )?report) ?[:;./|]* ?"
    r"|(?:fecha|date|dated) ?[:;.]+ ?)$"
)
#: A stamp of receipt: the day the paper came in, not its own. It stands in its date's line, or right before or after.
_STAMP = re.compile(r"(?<![a-z])(?:received|rec['’]?d|recibido|recibida|filed|archivado|entrada)(?![a-z])")
#: A dateline: its town, then the date.
_DATELINE = re.compile(r"^[a-z .]{3,40}, ?$")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the text that holds decided dates, and whether it is a date and little else."""

    text: str
    dates: tuple[Mention, ...]
    alone: bool

    @property
    def before(self) -> str:
        """What stands before its first date, folded."""
        return Folded(self.text[: self.dates[0].start]).text


def unit_date(text: str, language: str | None = None, genre: str | None = None) -> Mention | None:
    """The words that date the unit that `text` is, with their EDTF value, or None where it is not said plainly.

    A report: the date in its heading. A chronology: the month in its title, else that of its days. A
    clipping: the date beside the newspaper's name, else its dateline's. A photograph: the only date (or
    day) of its caption. Anything: a line "Fecha: …". `language` may be a page's (`mul` and `und` decide nothing).

    >>> found = unit_date("HUMAN RIGHTS DEPARTMENT\\nREPORT FROM EL SALVADOR\\nNovember 9-16, 1992", "eng", "report")
    >>> found.text, found.value.edtf
    ('November 9-16, 1992', '1992-11-09/1992-11-16')
    """
    language = language if language in ("spa", "eng") else None
    lines = [(found.start(), found[0]) for found in re.finditer(r"[^\n]*\S[^\n]*", text)]
    head = list(_dated(lines[:_HEAD_LINES], language))
    foot = list(_dated(lines[_HEAD_LINES:][-_FOOT_LINES:], language))
    labelled = [date for start, line in head + foot for date in _labelled(start, line)]
    if found := _agreed(labelled):
        return found
    if genre == "chronology":
        return _of_chronology(list(_dated(lines, language)))
    if genre == "photograph":
        return _of_photograph([_in_text(start, date) for start, line in _dated(lines, language) for date in line.dates])
    return _of_clipping(head + foot) if genre == "clipping" else _of_heading(head)


def find_unit_date(text: str, language: str | None = None, genre: str | None = None) -> EdtfDate | None:
    """The value of `unit_date`, or None."""
    found = unit_date(text, language, genre)
    return found.value if found else None


def heading_date(text: Folded, language: str | None, context: Context) -> EdtfDate | None:
    """The date of a block that is the heading of what follows: one date alone on its first line."""
    first = text.source.split("\n", 1)[0]
    mentions = find_dates(first, language, context)
    if len(mentions) == 1 and mentions[0].value is not None and _is_heading(first, mentions):
        return mentions[0].value
    return None


def _dated(lines: list[tuple[int, str]], language: str | None) -> Iterator[tuple[int, _Line]]:
    stamped = [len(line.split()) <= _WORDS_OF_A_STAMP and bool(_STAMP.search(Folded(line).text)) for _, line in lines]
    for number, (start, line) in enumerate(lines):
        if any(stamped[max(0, number - 1) : number + 2]):
            continue
        dates = tuple(one for one in find_dates(line, language) if one.value is not None)
        if dates:
            yield start, _Line(line, dates, len(dates) == 1 and _is_heading(line, dates))


def _in_text(start: int, date: Mention) -> Mention:
    return replace(date, start=date.start + start, end=date.end + start)


def _is_heading(line: str, dates: tuple[Mention, ...]) -> bool:
    """Whether a line is a date and little else: the words of a title, an office, a page."""
    rest = line
    for one in sorted(dates, key=lambda mention: -mention.start):
        rest = rest[: one.start] + " " + rest[one.end :]
    words = _LETTERED.findall(Folded(rest).text)
    return all(word in _TITLE_WORDS or _NUMBERING.fullmatch(word) for word in words)


def _agreed(found: list[Mention]) -> Mention | None:
    return found[0] if len({one.value.edtf for one in found}) == 1 else None


def _labelled(start: int, line: _Line) -> Iterator[Mention]:
    for date in line.dates:
        if _LABELLED.search(Folded(line.text[: date.start]).text):
            yield _in_text(start, date)


def _headings(lines: list[tuple[int, _Line]]) -> list[Mention]:
    return [_in_text(start, line.dates[0]) for start, line in lines if line.alone]


def _of_heading(lines: list[tuple[int, _Line]]) -> Mention | None:
    """The heading's interval where there is one: beside the week it reports a heading may name the day of printing."""
    headings = _headings(lines)
    return _agreed([one for one in headings if one.value.form == "interval"]) or _agreed(headings)


def _of_chronology(lines: list[tuple[int, _Line]]) -> Mention | None:
    headings = _headings(lines)
    months = [one for one in headings if re.fullmatch(r"\d{4}-\d\d", one.value.edtf)]
    if months:
        return _agreed(months)
    days = [one for one in headings if one.value.is_day]
    spoken = {f"{one.value.earliest:%Y-%m}" for one in days}
    if len(spoken) == 1:
        return replace(days[0], rule="month of the days", value=parse(spoken.pop()))
    return _agreed(headings)


def _of_photograph(dates: list[Mention]) -> Mention | None:
    """The only date of a caption, or the only day where it also names years ("the first since 1980")."""
    return _agreed(dates) or _agreed([one for one in dates if one.value.is_day])


def _of_clipping(lines: list[tuple[int, _Line]]) -> Mention | None:
    beside, alone, datelines = [], [], []
    for start, line in lines:
        days = [one for one in line.dates if one.value.is_day]
        if line.alone and (days or line.dates[0].rule == "month"):
            alone.append(_in_text(start, line.dates[0]))
        if not days:
            continue
        first = _in_text(start, days[0])
        if len(days) == 1 and _NEWSPAPER.search(Folded(line.text).text):
            beside.append(first)
        elif not line.alone and _DATELINE.match(line.before):
            datelines.append(first)
    # The day it was printed, before the day it was written.
    return _agreed(beside or alone or datelines)
