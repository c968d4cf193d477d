"""RIS, in the tags and types that Zotero's importer gives each field to.

Read off the importer (zotero/translators, RIS.js of 2026-01-05), not off the 2001 specification, which has no archive:
`DB` is the archive, `AN` the location in it, `CN` the call number and the item's own identifier, `Y2` the day of
access, `M2` its Extra field, `CR` the rights. `SP` is a page in a report or newspaper but the *number* of pages in a
manuscript, and there it is used for nothing else. `N1` must not begin with words that ProCite used as tags ("Notes:",
"Language:", "Size:"), for the importer takes them for fields. `KW` is split at semicolons (and at commas where it is
the only one, which nothing prevents; nor is there a way to say that the comma of a body's name does not begin given
names: CSL-JSON and BibTeX say it). Of `AU` all behind the first comma is the given names, a suffix too, as Zotero keeps
one. Each `N1` becomes a note of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import zip_longest

from archive.citation import location
from archive.citation.csl import LANGUAGE_TAGS
from archive.citation.names import by_role
from archive.citation.source import Source
from archive.citation.text import one_line
from archive.citation.when import When, known
from archive.citation.wording import say, titled, unreviewed

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
    N1  - El título es atribuido\r
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
    yield "TI", titled(source.title, language)
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
    yield "CN", location.call_numbers(source)
    yield "UR", source.permalink
    yield "Y2", f"{accessed:%Y/%m/%d}/"
    yield "CR", " ".join(filter(None, (one_line(source.rights_uri), one_line(source.rights_note))))
    for subject in source.subjects:
        yield "KW", subject.replace(";", ",")
    # One note a record: an importer makes as many notes as there are lines of it.
    yield "N1", "; ".join(note.removesuffix(".") for note in _notes(source, when, kind, language))


def _pages(source: Source, kind: str) -> object:
    if kind == "NEWS":
        return source.publication_page
    if kind == "RPRT":
        return source.page_label if source.kind == "page" else ""
    return source.page_count if kind == "MANSCPT" and source.page_count else ""


def _date(when: When, language: str) -> Iterator[tuple[str, str]]:
    """`PY` is the year, of an approximate date the one that is meant and of a span its first; `DA` goes only as far as
    year, month and day are known. Managers that read neither Extra nor notes have nothing else to file it by.

    Words in `DA` are not an escape: one importer reads "November 9–16, 1992" as the years 9 and 1992. So the date
    as it is known stands in a note, and in `M2`, Zotero's Extra field, whose `Issued:` its citations go by: an
    interval there is EDTF, all else quoted words, which are cited as they stand.
    """
    numbers = when.certain or when.near or ((when.first,) if when.first else ())
    if numbers:
        yield "PY", f"{numbers[0]:04}"
        yield (
            "DA",
            "/".join(
                f"{number:0{width}}" if number else ""
                for number, width in zip_longest(numbers, (4, 2, 2, 0), fillvalue=0)
            ),
        )
    if not when.exact and not when.undated:
        interval = when.span and not when.doubted
        words = when.words(language).replace('"', "'")
        yield "M2", f"Issued: {when.edtf}" if interval else f'Issued: "{words}"'


def _notes(source: Source, when: When, kind: str, language: str) -> Iterator[str]:
    cited = location.within(source, language)
    if cited and not (kind == "RPRT" and source.page_label):
        yield cited
    if not when.exact and not when.undated:
        yield say("note:date", language, when.words(language))
    if when.edtf and when.found and when.found.replace("-", "–") != when.words(language, brackets=False):
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
    if source.title_type == "devised" and one_line(source.title) and "title" not in source.unreviewed:
        yield say("note:devised", language)
    if not_confirmed := unreviewed(source.unreviewed, language):
        yield not_confirmed
