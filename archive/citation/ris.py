"""RIS, in the tags and types that Zotero's importer gives each field to.

Read off the importer (zotero/translators, RIS.js of 2026-01-05), not off the 2001 specification, which has no
archive: `DB` is the archive, `AN` the location in it, `CN` the call number, `Y2` the day of access, `M2` its
Extra field, `CR` the rights. `SP` is a page in a report or newspaper but the *number* of pages in a manuscript,
and there it is used for nothing else. `N1` must not begin with words that ProCite used as tags ("Notes:",
"Language:", "Size:"), for the importer takes them for fields. `KW` is split at semicolons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from archive.citation import location
from archive.citation.csl import LANGUAGE_TAGS
from archive.citation.names import by_role
from archive.citation.source import Source
from archive.citation.text import one_line
from archive.citation.when import When, known
from archive.citation.wording import say

#: FIGURE is read as artwork too, but ART is what Zotero writes itself and EndNote calls an artwork.
TYPES = {"chronology": "RPRT", "report": "RPRT", "clipping": "NEWS", "photograph": "ART"}
#: The RIS types with a field for a page; an artwork and a manuscript have none.
_PAGED = ("RPRT", "NEWS")


def write(sources: Iterable[Source], accessed: date, language: str) -> Iterator[str]:
    """A record a piece, CRLF line ends; UTF-8 without a byte order mark, which would hide the first `TY`."""
    for source in sources:
        yield record(source, accessed, language)


def record(source: Source, accessed: date, language: str) -> str:
    """One record, ended by `ER` and an empty line.

    >>> print(record(Source(kind="item", id="r1", genre="clipping", title="Titular"), date(2026, 11, 24), "es"))
    TY  - NEWS\r
    ID  - r1\r
    TI  - Titular\r
    Y2  - 2026/11/24/\r
    N1  - El título es atribuido.\r
    ER  - \r
    <BLANKLINE>
    <BLANKLINE>
    """
    kind = TYPES.get(source.genre, "MANSCPT")
    lines = [f"TY  - {kind}"]
    for tag, value in _fields(source, kind, accessed, language):
        value = one_line(value)
        if value:
            lines.append(f"{tag}  - {value}")
    return "\r\n".join([*lines, "ER  - ", "", ""])


def _fields(source: Source, kind: str, accessed: date, language: str) -> Iterator[tuple[str, object]]:
    roles, when = by_role(source.creators), known(source)
    yield "ID", source.id
    yield "TI", source.title or say("untitled", language)
    for tag, names in (("AU", roles.authors), ("ED", roles.editors), ("A4", roles.translators)):
        for name in names:
            yield tag, name.inverted
    yield "T2", source.publication if kind in _PAGED else ""
    yield "CY", source.publication_place
    yield "PB", "; ".join(name.inverted for name in roles.publishers)
    yield from _date(when, language)
    yield "SP", _pages(source, kind)
    if kind != "NEWS":  # there M3 is read as a DOI
        yield "M3", say(f"genre:{source.genre}", language)
    yield "LA", LANGUAGE_TAGS.get(source.language, "")
    yield "AB", source.abstract
    yield "AN", location.containers(source, language)
    yield "DB", location.keeper(source)
    yield "CN", source.call_number
    yield "UR", source.permalink
    yield "Y2", f"{accessed:%Y/%m/%d}/"
    yield "CR", " ".join(filter(None, (one_line(source.rights_uri), one_line(source.rights_note))))
    for subject in source.subjects:
        yield "KW", subject.replace(";", ",")
    for note in _notes(source, when, kind, language):
        yield "N1", note


def _pages(source: Source, kind: str) -> object:
    if kind == "NEWS":
        return source.publication_page
    if kind == "RPRT":
        return source.page_label if source.kind == "page" else ""
    return source.page_count if kind == "MANSCPT" and source.page_count else ""


def _date(when: When, language: str) -> Iterator[tuple[str, str]]:
    """`PY` only for a year that is certain; `DA` as year/month/day only for an exact date.

    Any other date stands in `DA` in words, which Zotero keeps as they are and nobody takes for a day, and in
    `M2`, Zotero's Extra field, as the EDTF that its citations then go by. Words without a year of four digits
    are left out of `DA`: the importer would begin them with "0000".
    """
    if when.year:
        yield "PY", f"{when.year:04}"
    if when.exact:
        year, month, day = (*when.exact, 0, 0)[:3]
        yield "DA", f"{year:04}/{month:02}/{day:02}/" if day else f"{year:04}/{month:02}//" if month else f"{year:04}///"
    elif not when.undated:
        words = when.words(language)
        if any(part.isdecimal() and len(part) == 4 for part in _runs(words)):
            yield "DA", words
        if when.edtf:
            yield "M2", f"Issued: {when.edtf}"


def _runs(words: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in words).split()


def _notes(source: Source, when: When, kind: str, language: str) -> Iterator[str]:
    cited = location.within(source, language)
    if cited and not (kind == "RPRT" and source.page_label):
        yield cited
    if not when.exact and not when.undated:
        yield say("note:date", language, when.words(language))
    if when.edtf and when.found:
        yield say("note:found", language, when.found)
    if kind != "MANSCPT" and source.kind == "item" and (source.page_count or 0) > 1:
        yield say("note:extent", language, source.page_count)
    if kind not in _PAGED and source.publication:
        yield say("note:publication", language, source.publication)
    for name, role in by_role(source.creators).others:
        yield f"{name.inverted} ({role})"
    if len(source.component_path) > 1:
        yield say("note:path", language, " › ".join(map(one_line, source.component_path)))
    if source.barcode:
        yield say("note:barcode", language, source.barcode)
    if source.title_type == "devised" and source.title:
        yield say("note:devised", language)
