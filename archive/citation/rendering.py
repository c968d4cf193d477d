"""citeproc-py at work: a style makes a pattern once for each shape of source, and values are set into it.

Rendering a source takes citeproc-py 2-3 ms, mostly XPath; an archive has a few hundred shapes (which variables
there are, how many creators of which kind), so a style is asked once a shape, with a placeholder for each value.

What meets at the seams of value and pattern is settled here, for citeproc-py 0.11 does not know the locale's
`punctuation-in-quote`, nor that no full stop follows a question mark. Nothing inside a value is touched.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from functools import cache, lru_cache
from html import escape
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from archive.citation.names import Name

if TYPE_CHECKING:
    from citeproc import CitationStylesStyle

#: Values by CSL variable (with `_` for `-`): text, or the names of an author or editor.
Values = dict[str, str | tuple[Name, ...]]

_NAMED = ("author", "editor")
#: es-MX quotes as Central America does (“…”), es-ES as Spain («…»).
_LOCALES = {"en": "en-US", "es": "es-MX"}
_CSL = "{http://purl.org/net/xbiblio/csl}"
_KEY = "s"
#: The first placeholder; private use, one character a value.
_FIRST = 0xE000
_SLOT = re.compile("([\ue000-\uf8ff])")
#: Rendering keeps its state in the style's elements.
_rendering = threading.Lock()


def render(style: str, language: str, values: Values, html: bool, as_note: bool) -> str:
    """The values in the style's citation (`as_note`) or bibliography form; as HTML they are escaped, the URL a link."""
    slots: list[str] = []
    shape: list[tuple[str, tuple[tuple[str, ...], ...]]] = []
    for variable, value in values.items():
        if not isinstance(value, str):
            names = value[:_MOST_NAMES]
            shape.append((variable, tuple(map(_parts, names))))
            slots += [part for name in names for part in name._asdict().values() if part]
        else:
            shape.append((variable, ()))
            slots.append(value)
    if html:
        slots = [escape(slot, quote=False) for slot in slots]
        if "URL" in values:
            where = _place(shape, "URL")
            slots[where] = f'<a href="{escape(str(values["URL"]))}">{slots[where]}</a>'
    return _set(_pattern(style, language, html, as_note, tuple(shape)), slots, language)


def _place(shape: Iterable[tuple[str, tuple[tuple[str, ...], ...]]], wanted: str) -> int:
    """The slot of a variable that is text."""
    place = 0
    for variable, names in shape:
        if variable == wanted:
            break
        place += sum(map(len, names)) if variable in _NAMED else 1
    return place


def _parts(name: Name) -> tuple[str, ...]:
    """Which parts a name has, in the order of its fields."""
    return tuple(part for part, value in name._asdict().items() if value)


#: More names than any style shows: beyond them a further one changes nothing.
_MOST_NAMES = 40


@cache
def _style(name: str, language: str, html: bool) -> CitationStylesStyle:
    from citeproc import CitationStylesStyle

    with as_file(files("archive.citation").joinpath("styles", f"{name}.csl")) as path:
        style = CitationStylesStyle(str(path), locale=_LOCALES[language], validate=False)
    if language == "es":
        for element in style.root.iter(f"{_CSL}name"):
            # Spanish has neither a comma before "y" nor an ampersand for it.
            element.set("delimiter-precedes-last", "never")
            element.set("and", "text")
    return style


@lru_cache(maxsize=4096)
def _pattern(
    style: str, language: str, html: bool, as_note: bool, shape: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
) -> tuple[str, ...]:
    """Literal text and placeholders by turns, as citeproc renders a source of this shape."""
    # Imported here, for it takes as long as all else that a command without citations does.
    from citeproc import Citation, CitationItem, CitationStylesBibliography
    from citeproc.formatter import html as html_formatter
    from citeproc.formatter import plain as plain_formatter
    from citeproc.source import BibliographySource, LiteralDate, Reference
    from citeproc.source import Name as CiteprocName
    from citeproc.string import String

    taken = iter(range(_FIRST, 0xF8FF))
    reference: dict[str, object] = {}
    for variable, names in shape:
        if variable in _NAMED:
            reference[variable] = [CiteprocName(**{part: chr(next(taken)) for part in parts}) for parts in names]
        elif variable in ("issued", "accessed"):
            reference[variable] = LiteralDate(String(chr(next(taken))))
        else:
            reference[variable] = String(chr(next(taken)))
    source = BibliographySource()
    source.add(Reference(_KEY, "document", **reference))
    with _rendering:
        bibliography = CitationStylesBibliography(
            _style(style, language, html), source, html_formatter if html else plain_formatter
        )
        citation = Citation([CitationItem(_KEY)])
        bibliography.register(citation)
        # Of a source in which the style prints nothing, citeproc has no entry.
        text = str(bibliography.cite(citation, str)) if as_note else "".join(map(str, bibliography.bibliography()))
    if language == "en":
        text = re.sub(r"(”)([.,])", r"\2\1", text)
    return tuple(_SLOT.split(text))


#: What a pattern puts behind a value: the end of italics, perhaps a closing quote, a stop or comma.
_BEHIND = re.compile(r"((?:</i>)?)(”?)([.,]?)(.*)", re.DOTALL)


def _behind(literal: str) -> tuple[str, ...]:
    found = _BEHIND.fullmatch(literal)
    return found.groups() if found else ("", "", "", literal)


def _set(pattern: tuple[str, ...], slots: list[str], language: str) -> str:
    """The pattern with its values, the punctuation between them settled."""
    text = pattern[0]
    for placeholder, literal in zip(pattern[1::2], pattern[2::2], strict=False):
        value = slots[ord(placeholder) - _FIRST]
        tag, quote, mark, rest = _behind(literal)
        ends = value.rstrip("’”")
        if quote and mark == ".":
            # Spanish: the stop is behind the quote, and is the only one.
            value = value.removesuffix(".") if not value.endswith("..") else value
        elif mark == "." and ends.endswith(("?", "!", "…", ".")) or mark == "," and ends.endswith(","):
            mark = ""
        elif mark and language == "en" and ends != value:
            value, mark = ends + mark + value[len(ends) :], ""
        text += value + tag + quote + mark + rest
    return text
