"""BibTeX, for LaTeX (classic BibTeX and biblatex) and for Zotero's importer.

Read off the importer (zotero/translators, BibTeX.js): it has no field for archive, box or call number, so they stand in
`howpublished` (its Extra field) for an artwork, else in `note`, the item's own identifier behind them (`lccn` is a
number of the Library of Congress); `location` would become the place, and `pages` of an `unpublished` the number of
pages. `date` is what biblatex reads and Zotero keeps; `year` is what classic styles print, in words where it is not
certain. A URL is read raw and is not escaped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from archive.citation import location
from archive.citation.names import Name, by_role
from archive.citation.source import Source
from archive.citation.text import one_line
from archive.citation.when import When, known
from archive.citation.wording import say, titled, unreviewed

TYPES = {"chronology": "techreport", "report": "techreport", "clipping": "article", "photograph": "artwork"}
_BABEL = {"spa": "spanish", "eng": "english"}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_SPECIAL = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "#": r"\#",
    "$": r"\$",
    "%": r"\%",
    "&": r"\&",
    "_": r"\_",
}
_ESCAPED = str.maketrans(_SPECIAL)
#: Where braces pair up they need no words, which not every importer turns back.
_ESCAPED_PAIRED = str.maketrans({**_SPECIAL, "{": r"\{", "}": r"\}"})
#: Letters that Unicode does not decompose, as keys spell them.
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})


def write(sources: Iterable[Source], accessed: date, language: str) -> Iterator[str]:
    """An entry a piece. Keys are unique: they end in the unit's id, and in a number if it comes again."""
    times: dict[str, int] = {}
    for source in sources:
        name = key(source)
        times[name] = times.get(name, 0) + 1
        yield entry(source, accessed, language, name if times[name] == 1 else f"{name}-{times[name]}")


def escaped(text: object) -> str:
    """`text` as LaTeX sets it letter by letter; braces stay balanced. Letters of all languages stay as they are.

    >>> print(escaped("50 % of R&D_{x}"), escaped(":-{"))
    50 \\% of R\\&D\\_\\{x\\} :-{\\textbraceleft}
    """
    line = one_line(text)
    return line.translate(_ESCAPED_PAIRED if _paired(line) else _ESCAPED)


def _paired(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0


def key(source: Source) -> str:
    """Surname (or body), year if certain, id: `perezalvarado1983-r1b3`.

    >>> key(Source(kind="item", id="r1b3", creators=(("Peña Ávila, Ana", "", False),), date_edtf="1983-09"))
    'penaavila1983-r1b3'
    """
    names = by_role(source.creators)
    first = next(iter(names.authors + names.editors), Name(literal=source.genre))
    return f"{_slug(first.family or first.literal)[:24]}{known(source).year or ''}-{_slug(source.id)}".lstrip("-")


def _slug(text: str) -> str:
    flat = unicodedata.normalize("NFKD", one_line(text).casefold().translate(_LETTERS))
    return re.sub(r"[^a-z0-9]", "", flat)


def entry(source: Source, accessed: date, language: str, name: str) -> str:
    """The entry of a source under the key `name`, with an empty line behind it."""
    kind = TYPES.get(source.genre, "unpublished")
    lines = [f"@{kind}{{{name}"]
    lines += [
        f"  {field} = {value if field == 'month' else '{' + value + '}'}"
        for field, value in _fields(source, kind, accessed, language)
        if value
    ]
    return ",\n".join(lines) + "\n}\n\n"


def _fields(source: Source, kind: str, accessed: date, language: str) -> Iterator[tuple[str, str]]:
    roles, when = by_role(source.creators), known(source)
    yield "title", "{" + escaped(titled(source.title, language)) + "}"
    for field, names in (("author", roles.authors), ("editor", roles.editors), ("translator", roles.translators)):
        yield field, " and ".join(map(_name, names))
    yield from _date(when, language)
    if kind == "article":
        yield "journal", escaped(source.publication)
        yield "entrysubtype", "newspaper"
        yield "pages", escaped(source.publication_page)
    elif kind == "techreport":
        yield "institution", "; ".join(escaped(one.inverted) for one in roles.publishers)
        yield "series", escaped(source.publication)
        yield "pages", escaped(source.page_label) if source.kind == "page" else ""
    if kind != "article":
        yield "type", escaped(say(f"genre:{source.genre}", language))
    if kind == "artwork":
        yield "howpublished", escaped(_kept(source, language))
    if source.kind == "item" and source.page_count:
        yield "pagetotal", str(source.page_count)
    yield "address", escaped(source.publication_place)
    yield "note", escaped(_note(source, kind, language))
    # Classic styles print the note, and not this; Zotero makes a note of it.
    yield "annote", escaped(unreviewed(source.unreviewed, language))
    yield "url", _url(source.permalink)
    yield "urldate", accessed.isoformat()
    yield "language", _BABEL.get(source.language, "")
    yield "keywords", ", ".join(f"{{{escaped(one)}}}" if "," in one else escaped(one) for one in source.subjects)
    yield "copyright", escaped(source.rights_uri or source.rights_note)
    yield "abstract", escaped(source.abstract)


def _date(when: When, language: str) -> Iterator[tuple[str, str]]:
    """`date` is EDTF where that is an exact date or a plain interval, else words: importers take `1982~`, `1985?`
    and `198X` for the years 1982, 1985 and 1980, and of a `year` that stands alone they keep the digits."""
    words = escaped(when.words(language))
    if not when.undated:
        yield "date", when.edtf if when.exact or when.span and not when.doubted else words
    yield "year", f"{when.year:04}" if when.year else words
    if len(when.exact) > 1:
        yield "month", _MONTHS[when.exact[1] - 1]
    if len(when.exact) > 2:
        yield "day", str(when.exact[2])


def _note(source: Source, kind: str, language: str) -> str:
    """What classic styles print of every type: the page or image, and where it is kept if nothing else says so."""
    cited = "" if kind == "techreport" and source.page_label else location.within(source, language)
    kept = "" if kind == "artwork" else _kept(source, language)
    return ", ".join(filter(None, (cited, kept, location.call_numbers(source))))


def _kept(source: Source, language: str) -> str:
    return ", ".join(filter(None, (location.shelf(source, language), location.further_place(source))))


def _name(name: Name) -> str:
    """`Pérez Alvarado, María`, `King, Jr., Martin`; a literal name in braces, so that it is not taken apart."""
    if name.literal:
        return "{" + escaped(name.literal) + "}"
    return ", ".join(_whole(part) for part in (name.family, name.suffix, name.given) if part)


def _whole(part: str) -> str:
    # "and" separates names, a comma their parts, and a small letter among several words takes for a particle all
    # before it ("Rivera y" of "Rivera y Damas"), unless in braces.
    text = escaped(part)
    small = " " in part and any(word[:1].islower() or not word[:1].isalpha() for word in part.split())
    return "{" + text + "}" if small or re.search(r",|\band\b", part, re.IGNORECASE) else text


def _url(url: str) -> str:
    """The URL as it is, but for what would unbalance the entry."""
    return one_line(url).replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")
