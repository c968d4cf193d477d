"""Every format a citation can be had in, and the one function that writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from archive.citation import bibtex, csl, formatted, ris, table
from archive.citation.source import Source
from archive.citation.wording import LANGUAGES
from archive.errors import QueryError

Writer = Callable[[Iterable[Source], date, str], Iterator[str]]


@dataclass(frozen=True)
class Format:
    """A format's labels, its media type and file suffix for a download, and what writes it."""

    label_en: str
    label_es: str
    media_type: str
    suffix: str
    write: Writer


#: By the name that the commands and the pages use, in the order to offer them.
FORMATS: dict[str, Format] = {
    "ris": Format(
        "RIS (Zotero, EndNote, Mendeley)",
        "RIS (Zotero, EndNote, Mendeley)",
        "application/x-research-info-systems; charset=utf-8",
        ".ris",
        ris.write,
    ),
    "bibtex": Format("BibTeX", "BibTeX", "application/x-bibtex; charset=utf-8", ".bib", bibtex.write),
    "csl-json": Format(
        "CSL-JSON (Zotero, Pandoc)",
        "CSL-JSON (Zotero, Pandoc)",
        "application/vnd.citationstyles.csl+json",
        ".json",
        csl.write,
    ),
    "csv": Format("CSV (spreadsheet)", "CSV (hoja de cálculo)", "text/csv; charset=utf-8", ".csv", table.write),
    "chicago-notes": Format(
        "Chicago (notes and bibliography)",
        "Chicago (notas y bibliografía)",
        "text/plain; charset=utf-8",
        ".txt",
        partial(formatted.write, "chicago-notes"),
    ),
    "mla": Format("MLA", "MLA", "text/plain; charset=utf-8", ".txt", partial(formatted.write, "mla")),
    "apa": Format("APA", "APA", "text/plain; charset=utf-8", ".txt", partial(formatted.write, "apa")),
}


def write(name: str, sources: Iterable[Source], accessed: date, language: str = "en") -> Iterator[str]:
    """The sources in the format `name`, in pieces of text, each source read once and none kept: any number will do.

    `accessed` is the day of access that is cited; `language` (`en`, `es` or ISO 639-2) that of labels and dates.
    Write the pieces as UTF-8 and as they are (`newline=""`): RIS and CSV bring their own line ends.

    Raises QueryError for an unknown format or language, before anything is written.

    >>> "".join(write("ris", [], date(2026, 11, 24)))
    ''
    """
    if name not in FORMATS:
        raise QueryError("no such citation format", item=name, remedy=f"Ask for one of {', '.join(FORMATS)}.")
    if language not in LANGUAGES:
        raise QueryError("citations are not written in this language", item=language, remedy="Ask for en or es.")
    return FORMATS[name].write(sources, accessed, language)
