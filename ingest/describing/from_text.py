"""What an item's own pages say of it: its heading, its date, its languages, and what a known heading means."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise

from archive import knowledge
from archive.description import Source, Statement
from ingest.describing.from_file import shorten
from ingest.sheets.spoilt import MONTHS

#: Headings stand among the first lines of a page.
_MOST_LINES = 12
#: A line of a heading is mostly letters; stamps, rules and what was misread are not.
_LETTERS = 0.6
#: A heading in capitals goes on over lines in capitals, one set large over lines set large; this many at most.
_MOST_HEADING = 3
#: Words that a line set large has, to be a headline further down.
_HEADLINE = 3


@dataclass(frozen=True)
class TextEvidence:
    """What the pages of an item say: the first page's text, the item's own date as EDTF with the words it
    was read from, the languages of its pages (`spa`, `eng`, `mul`; undecided ones left out), which lines of the first
    page are running heads, running feet or page numbers, and which are set larger than its text."""

    first_page: str = ""
    date_edtf: str = ""
    date_words: str = ""
    languages: tuple[str, ...] = ()
    detail: str = "page 1"
    in_margins: tuple[str, ...] = ()
    large_lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Heading:
    """A row of headings.tsv: a line that is known, and what it says wherever it stands `within` the first lines."""

    element: str
    value: str
    within: int


@functools.cache
def _headings() -> Mapping[str, tuple[_Heading, ...]]:
    found: dict[str, tuple[_Heading, ...]] = {}
    for row in knowledge.rows("ingest.describing", "headings.tsv"):
        found[row["line"]] = (*found.get(row["line"], ()), _Heading(row["element"], row["value"], int(row["within"])))
    return found


def text_statements(text: TextEvidence) -> tuple[Statement, ...]:
    """What the text says, as statements; the title among them is devised from the heading.

    >>> page = "EL RESCATE HUMAN RIGHTS DEPARTMENT\\nREPORT FROM EL SALVADOR\\nNovember 9-16, 1992\\nTwo men were."
    >>> evidence = TextEvidence(page, "1992-11-09/1992-11-16", "November 9-16, 1992")
    >>> [(one.element, one.value) for one in text_statements(evidence)]  # doctest: +NORMALIZE_WHITESPACE
    [('title', 'Report from El Salvador, November 9-16, 1992'), ('creator', 'El Rescate Human Rights Department'),
     ('date', 'November 9-16, 1992'), ('date_edtf', '1992-11-09/1992-11-16'), ('genre', 'report')]
    """
    known = _known(text.first_page)
    where = f"{text.detail}, heading"
    said = []
    words = " ".join(text.date_words.split())
    title = (
        f"{known['title']}, {words}"
        if "title" in known and words
        else known.get("title") or heading(text.first_page, words, text.in_margins, text.large_lines)
    )
    if title:
        said.append(Statement("title", shorten(title), Source.TEXT, where))
    if "creator" in known:
        said.append(Statement("creator", known["creator"], Source.TEXT, where))
    if text.date_edtf:
        if words:
            said.append(Statement("date", words, Source.TEXT, text.detail))
        said.append(Statement("date_edtf", text.date_edtf, Source.TEXT, text.detail))
    # A mixed page is in both languages that are told apart.
    languages = dict.fromkeys(
        code for one in text.languages for code in (("spa", "eng") if one == "mul" else (one,)) if code != "und"
    )
    said += [Statement("language", code, Source.TEXT, "its pages") for code in languages]
    said += [
        Statement(element, known[element], Source.TEXT, where)
        for element in ("genre", "publication", "publication_place")
        if element in known
    ]
    return tuple(said)


def _known(page: str) -> dict[str, str]:
    """Element → value, from the known headings that are whole lines near the top of the page; the first of each."""
    said: dict[str, str] = {}
    for place, line in enumerate(_lines(page), 1):
        for one in _headings().get(_without_date(_plain(line)), ()):
            # A newspaper's name or a publication's: the first decides, and a second genre is none.
            if place <= one.within:
                said.setdefault(one.element, one.value)
    return said


def heading(
    page: str, date_words: str = "", in_margins: Collection[str] = (), large_lines: Collection[str] = ()
) -> str:
    """The first lines that make a heading, cleaned; empty where there is none. What stands in the margins makes one
    only where nothing else does.

    >>> heading("14\\n--- . --\\nCAPTURAN A DOS DIRIGENTES\\nDE LA COOPERATIVA\\nSAN SALVADOR, 3 de mayo.")
    'CAPTURAN A DOS DIRIGENTES DE LA COOPERATIVA'
    >>> heading("Informe semanal, 14\\nCapturas en mayo", in_margins=["Informe semanal, 14"])
    'Capturas en mayo'
    >>> large = ["Sign a Plan; Those", "It Is Meant For"]
    >>> heading("Sign a Plan; Those\\nIt Is Meant For\\nLOS ANGELES -- In a church", large_lines=large)
    'Sign a Plan; Those It Is Meant For'
    >>> large = ["Capturan a dos dirigentes"]
    >>> heading("EL CORREO DEL ISTMO\\nCapturan a dos dirigentes\\nSAN SALVADOR.", large_lines=large)
    'Capturan a dos dirigentes'
    """
    said = [
        line for line in _lines(page) if _is_said(line, date_words) and _without_date(_plain(line)) not in _headings()
    ]
    lines = [line for line in said if line not in in_margins] or said
    if not lines:
        return ""
    # A headline goes before the slip that a clipping is mounted with.
    if lines[0] not in large_lines:
        lines = lines[
            next((at for at, line in enumerate(lines) if line in large_lines and len(_words(line)) >= _HEADLINE), 0) :
        ]
    taken = lines[:1]
    for above, line in pairwise(lines[:_MOST_HEADING]):
        as_large = above in large_lines and line in large_lines
        if not as_large and not (_in_capitals(above) and _in_capitals(line) and not re.search(r"[.:!?]$", above)):
            break
        taken.append(line)
    return shorten(_joined(taken))


def _lines(page: str) -> list[str]:
    lines = (" ".join(line.split()) for line in page.splitlines())
    return [line for line in lines if line][:_MOST_LINES]


def _is_said(line: str, date_words: str) -> bool:
    """Whether a line is words that could head a page: no number, no dateline, no noise."""
    letters = sum(char.isalpha() for char in line)
    return (
        letters >= 6 and letters >= _LETTERS * len(line.replace(" ", "")) and bool(_words(line)) and line != date_words
    )


def _words(line: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > 2]


def _in_capitals(line: str) -> bool:
    letters = [char for char in line if char.isalpha()]
    return bool(letters) and sum(char.isupper() for char in letters) >= 0.8 * len(letters)


def _joined(lines: list[str]) -> str:
    """Lines as one, a word divided at a line's end made whole."""
    text = ""
    for line in lines:
        text = text[:-1] + line if re.search(r"[^\W\d_]-$", text) else f"{text} {line}"
    return text.strip(" -–—*_=~.,;:|·•")


#: A date at the end of a heading: months, their days and years, and the words between them.
_DATE_AT_END = re.compile(rf"(?: (?:de|del|of|for|al|y|to|and|\d{{1,4}}|{'|'.join(MONTHS)}))+$")


def _without_date(plain: str) -> str:
    """A plain line without the date it ends in: `chronology of events january 1989` is a known heading."""
    return _DATE_AT_END.sub("", plain)


def _plain(line: str) -> str:
    """A line without case, accents and marks, to be looked up."""
    bare = "".join(char for char in unicodedata.normalize("NFD", line.casefold()) if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", " ", bare).strip()
