"""The date that a text gives to its own unit: a report's heading, a chronology's month, a clipping's newspaper line.

Only lines that are a date and little else are believed; where they disagree nothing is said.
"""

from __future__ import annotations

import re

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
_LETTERED = re.compile(r"[^\W_]+")
_NEWSPAPER = re.compile(rf"(?<![a-z])(?:{alternatives('newspaper')})(?![a-z])")
_LABELLED = re.compile(r"(?<![a-z])(?:fecha|date|dated)(?: (?:del informe|of report))? ?[:;.]+ ?$")
#: A dateline: its town in capitals, the date, the agency.
_DATELINE = re.compile(r"^[a-z .]{3,40}, ?$")


def find_unit_date(text: str, language: str | None = None, genre: str | None = None) -> EdtfDate | None:
    """The date of the unit that the text is, or None where the text does not say it plainly.

    A report: the date in its heading. A chronology: the month in its title, else that of its days. A
    clipping: the date beside the newspaper's name, else its dateline's. A photograph: the only date of its
    caption. Anything: a line "Fecha: …". `language` may be a page's (`mul` and `und` decide nothing).

    >>> find_unit_date("EL RESCATE HUMAN RIGHTS DEPARTMENT\\nREPORT FROM EL SALVADOR\\nNovember 9-16, 1992").edtf
    '1992-11-09/1992-11-16'
    """
    language = language if language in ("spa", "eng") else None
    lines = [line for line in text.split("\n") if line.strip()]
    head, foot = lines[:_HEAD_LINES], lines[_HEAD_LINES:][-_FOOT_LINES:]
    for found in (_labelled(head + foot, language), _GENRES.get(genre, _in_heading)(lines, head, foot, language)):
        if found is not None:
            return found
    return None


def _dates(line: str, language: str | None) -> list[Mention]:
    return [one for one in find_dates(line, language) if one.value is not None]


def _agreed(found: list[EdtfDate]) -> EdtfDate | None:
    return found[0] if len({one.edtf for one in found}) == 1 else None


def _labelled(lines: list[str], language: str | None) -> EdtfDate | None:
    return _agreed([one.value for line in lines for one in _dates(line, language)
                    if _LABELLED.search(Folded(line[:one.start]).text)])


def is_heading(line: str, mentions: list[Mention] | tuple[Mention, ...]) -> bool:
    """Whether a line is a date and little else: the words of a title, an office, a page."""
    rest = line
    for one in sorted(mentions, key=lambda mention: -mention.start):
        rest = rest[:one.start] + " " + rest[one.end:]
    words = _LETTERED.findall(Folded(rest).text)
    return all(word in _TITLE_WORDS or _NUMBERING.fullmatch(word) for word in words)


def heading_date(text: Folded, language: str | None, context: Context) -> EdtfDate | None:
    """The date of a block that is the heading of what follows: one date alone on its first line."""
    first = text.source.split("\n", 1)[0]
    mentions = find_dates(first, language, context)
    if len(mentions) == 1 and mentions[0].value is not None and is_heading(first, mentions):
        return mentions[0].value
    return None


def _in_heading(lines, head, foot, language) -> EdtfDate | None:
    found = []
    for line in head:
        mentions = _dates(line, language)
        if len(mentions) == 1 and is_heading(line, mentions):
            found.append(mentions[0].value)
    return _agreed(found)


def _of_report(lines, head, foot, language) -> EdtfDate | None:
    """The heading's interval where there is one: a report of a week may name a day in its heading, too."""
    headings = [mentions[0].value for line in head
                if len(mentions := _dates(line, language)) == 1 and is_heading(line, mentions)]
    return _agreed([one for one in headings if one.form == "interval"]) or _agreed(headings)


def _of_chronology(lines, head, foot, language) -> EdtfDate | None:
    headings = []
    for line in lines:
        mentions = _dates(line, language)
        if len(mentions) == 1 and is_heading(line, mentions):
            headings.append(mentions[0].value)
    months = [one for one in headings if re.fullmatch(r"\d{4}-\d\d", one.edtf)]
    if months:
        return _agreed(months)
    spoken = {(one.earliest.year, one.earliest.month) for one in headings if one.is_day}
    if len(spoken) == 1:
        year, month = spoken.pop()
        return parse(f"{year:04d}-{month:02d}")
    return _agreed(headings)


def _of_clipping(lines, head, foot, language) -> EdtfDate | None:
    beside, alone, datelines = [], [], []
    for line in head + foot:
        mentions = [one for one in _dates(line, language) if one.value.is_day]
        if not mentions:
            continue
        if len(mentions) == 1 and _NEWSPAPER.search(Folded(line).text):
            beside.append(mentions[0].value)
        elif len(mentions) == 1 and is_heading(line, mentions):
            alone.append(mentions[0].value)
        elif _DATELINE.match(Folded(line[:mentions[0].start]).text):
            datelines.append(mentions[0].value)
    # The day it was printed, before the day it was written.
    return _agreed(beside or alone or datelines)


def _of_photograph(lines, head, foot, language) -> EdtfDate | None:
    return _agreed([one.value for line in lines for one in _dates(line, language)])


_GENRES = {"report": _of_report, "chronology": _of_chronology, "clipping": _of_clipping,
           "photograph": _of_photograph}
