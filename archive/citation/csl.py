"""CSL-JSON: one object a source, as the CSL 1.0.2 input schema has it and Zotero, Pandoc and citeproc read it.

Types: `report` for chronologies and reports, `article-newspaper`, `graphic`, `manuscript` for the rest; they are
those that Zotero turns into report, newspaperArticle, artwork and manuscript, all of which have an archive.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from archive.citation import location
from archive.citation.names import Name, by_role
from archive.citation.source import Source
from archive.citation.text import one_line
from archive.citation.when import When, known
from archive.citation.wording import say, titled, unreviewed

TYPES = {"chronology": "report", "report": "report", "clipping": "article-newspaper", "photograph": "graphic"}
#: BCP 47, which CSL processors decide on; an undecided language is left out.
LANGUAGE_TAGS = {"spa": "es", "eng": "en", "mul": "mul"}


def write(sources: Iterable[Source], accessed: date, language: str) -> Iterator[str]:
    """A JSON array, an object a line, in pieces."""
    opening = "["
    for source in sources:
        yield f"{opening}\n{json.dumps(item(source, accessed, language), ensure_ascii=False)}"
        opening = ","
    yield "[]\n" if opening == "[" else "\n]\n"


def item(source: Source, accessed: date, language: str) -> dict[str, Any]:
    """The CSL item of a source; what is not known is absent.

    >>> item(Source(kind="item", id="r1", date_edtf="198X"), date(2026, 11, 24), "en")["issued"]
    {'literal': '[1980s]'}
    """
    roles, when, clipping = by_role(source.creators), known(source), source.genre == "clipping"
    genre = say(f"genre:{source.genre}", language)
    report = TYPES.get(source.genre) == "report"
    found = {
        "id": source.id,
        "type": TYPES.get(source.genre, "manuscript"),
        "title": titled(source.title, language),
        "author": _names(roles.authors),
        "editor": _names(roles.editors),
        "translator": _names(roles.translators),
        "issued": _date(when, language),
        "accessed": {"date-parts": [[accessed.year, accessed.month, accessed.day]]},
        "container-title": one_line(source.publication) if clipping else "",
        "collection-title": one_line(source.publication) if not clipping else "",
        "publisher": "; ".join(name.direct for name in roles.publishers),
        "publisher-place": one_line(source.publication_place),
        "page": one_line(source.publication_page) if clipping else one_line(source.page_label) if report else "",
        "number-of-pages": source.page_count if source.kind == "item" and source.page_count else "",
        # Zotero reads a graphic's `medium`, and of the others the `genre`.
        "medium" if source.genre == "photograph" else "genre": genre,
        "archive": one_line(source.repository),
        "archive-place": one_line(source.repository_place),
        "archive_collection": one_line(source.collection),
        "archive_location": location.containers(source, language),
        # Zotero's Call Number.
        "call-number": location.call_numbers(source),
        "URL": one_line(source.permalink),
        "language": LANGUAGE_TAGS.get(source.language, ""),
        "abstract": one_line(source.abstract),
        "keyword": ", ".join(map(one_line, source.subjects)),
        "note": _note(source, language),
        "custom": {
            key: value
            for key, value in (
                ("edtf", when.edtf),
                ("title_type", source.title_type if one_line(source.title) else ""),
                ("rights", one_line(source.rights_uri)),
                ("identifier", one_line(source.identifier)),
                ("barcode", one_line(source.barcode)),
            )
            if value
        },
    }
    return {key: value for key, value in found.items() if value not in ("", None, [], {})}


def _names(names: tuple[Name, ...]) -> list[dict[str, str]]:
    return [{field: value for field, value in name._asdict().items() if value} for name in names]


def _date(when: When, language: str) -> dict[str, Any]:
    """CSL's date: parts alone only where the date is exact.

    For the others `literal` says it in words, which Zotero, citeproc-js and Pandoc prefer to the parts: a Zotero
    before 2026 takes the first part of a range for the whole date and drops `circa`.
    """
    if when.undated:
        return {}
    if when.exact:
        return {"date-parts": [list(when.exact)]}
    found: dict[str, Any] = {}
    if when.span:
        found["date-parts"] = [list(end) for end in when.span]
    elif when.near:
        found["date-parts"] = [list(when.near)]
    if when.doubted:
        found["circa"] = True
    return {**found, "literal": when.words(language)}


def _note(source: Source, language: str) -> str:
    """Free text first, then `variable: value` lines, which Zotero's Extra field and citeproc-js read as variables:
    Zotero has no field for `archive_collection`."""
    cited = "" if source.page_label and TYPES.get(source.genre) == "report" else location.within(source, language)
    # One line: citeproc-js looks for variables in the next, and no further where it has none.
    free = "; ".join(filter(None, (cited, unreviewed(source.unreviewed, language))))
    lines = [free] if free else []
    if source.collection:
        lines.append(f"archive_collection: {one_line(source.collection)}")
    return "\n".join(lines)
