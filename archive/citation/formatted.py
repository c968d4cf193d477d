"""Citations in words: Chicago (note and bibliography), MLA and APA, rendered by citeproc-py.

The styles are this package's own (styles/*.csl). The official ones were tried and not taken, for citeproc-py 0.11
makes of them: no date at all for a range (Chicago, APA), the title twice where there is no author, given names cut
to initials that Chicago spells out (`initialize="false"` is not heard), Spanish titles in English capitals, a stray
"Edition", a comma behind the closing quote, "9 de–16 de noviembre"; and 40 records a second, for they are 6,000
lines. Nor does any of them know a devised title, a printed page beside an image number, or a box in Spanish. So
order, quotes, italics and names are citeproc's; dates, labels and places come to it as words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from archive.citation import location
from archive.citation.names import Name, by_role
from archive.citation.rendering import Values, render
from archive.citation.source import Source
from archive.citation.text import one_line
from archive.citation.when import accessed_words, known
from archive.citation.wording import LANGUAGES, say, titled

STYLES = ("chicago-notes", "mla", "apa")


class Cited(NamedTuple):
    """`note` (Chicago's footnote; "" in the other styles) and `entry` of the bibliography or list of works."""

    note: str
    entry: str


def write(style: str, sources: Iterable[Source], accessed: date, language: str) -> Iterator[str]:
    """A source a piece, an empty line between: the entry; in `chicago-notes` the note on a line before it."""
    gap = ""
    for source in sources:
        cited = cite(style, source, accessed, language)
        yield gap + "".join(f"{line}\n" for line in cited if line)
        gap = "\n"


def cite(style: str, source: Source, accessed: date, language: str, html: bool = False) -> Cited:
    """The citation of one source as plain text, or as HTML: escaped, titles in `<i>`, the permalink a link.

    >>> photo = Source(kind="item", id="r1", genre="photograph", title="Market day", title_type="formal",
    ...                box="1", folder="1", collection="Collection", repository="Library")
    >>> cite("chicago-notes", photo, date(2026, 11, 24), "en").note
    'Photograph, “Market day,” n.d., Box 1, Folder 1, Collection, Library, accessed November 24, 2026.'
    """
    language = LANGUAGES[language]
    values = _values(style, source, accessed, language)
    note = render(style, language, values, html, as_note=True) if style == "chicago-notes" else ""
    return Cited(note, render(style, language, _sentences(values, language, style), html, as_note=False))


def _values(style: str, source: Source, accessed: date, language: str) -> Values:
    """What the style is given, by CSL variable, absent where unknown. Their use is told in chicago-notes.csl."""
    roles, when = by_role(source.creators), known(source)
    authors, editors = roles.authors, () if roles.authors else roles.editors
    title = titled(source.title, language)
    formal = source.title_type == "formal" and bool(one_line(source.title))
    words = when.words(language, {"mla": "short", "apa": "year first"}.get(style, "long"), brackets=style != "apa")
    clipping, apa = source.genre == "clipping", style == "apa"
    day = accessed_words(accessed, language, "short" if style == "mla" else "long")
    seen = say("retrieved" if apa and source.permalink else "accessed", language, day)
    page = one_line(source.publication_page) if clipping else ""
    found: dict[str, str | tuple[Name, ...]] = {
        "author": tuple(map(_initials, authors)) if apa else authors,
        "editor": tuple(map(_initials, editors)) if apa else editors,
        "genre": _genre(style, source, language, bool(authors or editors)),
        "title": _inner_quotes(title) if formal and not apa else title if formal else "",
        "title_short": "" if formal else (title.strip("[]") or title) if apa else title,
        "container_title": one_line(source.publication),
        "publisher_place": "" if apa else one_line(source.publication_place),
        "publisher": "; ".join(name.direct for name in roles.publishers),
        "issued": words,
        "section": page if apa else location.page(page, language),
        "note": location.within(source, language),
        "archive_location": location.containers(source, language),
        "source": one_line(source.collection),
        "archive": one_line(source.repository),
        "archive_place": location.further_place(source),
        "call_number": location.call_numbers(source),
        "accessed": seen,
        "URL": one_line(source.permalink),
    }
    return {variable: value for variable, value in found.items() if value}


def _sentences(values: Values, language: str, style: str) -> Values:
    """The values with a capital where an entry begins a sentence with them. "n.d." stays small (CMOS 18 13.103)."""
    if style == "apa":
        return values
    opening = next(
        (
            one
            for one in ("genre", "container_title", "publisher", "issued")
            if one in values and not (one == "genre" and style == "mla")
        ),
        "issued",
    )
    capital = {"genre", "accessed", "archive_location", opening}
    if values.get("issued") == say("n.d.", language):
        capital.discard("issued")
    return {
        variable: value[:1].upper() + value[1:] if variable in capital and isinstance(value, str) else value
        for variable, value in values.items()
    }


def _genre(style: str, source: Source, language: str, after_author: bool) -> str:
    """The kind of thing, where the style or the note form of the library says it: a photograph always, and in APA
    also what has a formal title that does not tell it."""
    if source.genre == "photograph":
        word = say("genre:photograph", language)
        return word.lower() if style == "chicago-notes" and after_author else word
    if style == "apa" and source.title_type == "formal":
        return say(f"genre:{source.genre}", language)
    return ""


def _inner_quotes(title: str) -> str:
    """Double quotes within a title that will be quoted become single ones."""
    return re.sub(r'[“"«]([^“”"«»]*)[”"»]', "‘\\1’", title)


def _initials(name: Name) -> Name:
    """With initials for given names: `M. J.`, `J.-P.`; particles stay (`M. de la`).

    >>> _initials(Name("Peña", "María de José-Luis"))
    Name(family='Peña', given='M. de J.-L.', literal='', suffix='')
    """
    words = (
        word if word[:1].islower() else "-".join(f"{part[:1]}." for part in word.split("-") if part)
        for word in name.given.replace(".", ". ").split()
    )
    return name._replace(given=" ".join(filter(None, words)))
