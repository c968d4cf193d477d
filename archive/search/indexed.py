"""What of a document both engines index alike: values and terms by field, days as numbers, sort keys; or why it is not
taken."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from archive import dates
from archive.errors import EngineRejected
from archive.search import analysis
from archive.search.analysis import Terms
from archive.search.document import Document
from archive.search.fields import Fields

#: Characters of a facet's value: Elasticsearch takes 32,766 bytes in a keyword, tantivy more.
LONGEST_VALUE = 1000
#: Control characters and halves of characters: no value has them, and an engine's protocol cannot say them.
UNSOUND = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")

#: The fields that hold the gaps in a unit's date: the first and the last day of each.
GAPS = tuple((f"gap{n}_first", f"gap{n}_last") for n in range(1, dates.MOST_GAPS + 1))

#: Bits of the packed sort keys that are the ordinal's: 2 ** 40 units are beyond any archive.
_ORDINAL_BITS = 40
#: Sorts after every day there is.
_NO_DAY = date.max.toordinal() + 1
#: Rejected documents named in an error.
_NAMED = 20


def keywords(document: Document, fields: Fields) -> dict[str, tuple[str, ...]]:
    """The values of a unit's keyword fields, each once."""
    return {name: tuple(dict.fromkeys(document.facets.get(name, ()))) for name in fields.keywords}


def analysed(document: Document, fields: Fields) -> dict[str, Terms]:
    """The terms of all texts of a unit, by field."""
    return {name: analysis.tokens(document.texts.get(name, ())) for name in fields.texts}


def streams(terms: Mapping[str, Terms], fields: Fields) -> dict[str, str]:
    """The terms of all texts of a unit, by `<field>_<stream>`, as both engines index them.

    What is absent is filled with places without a term, as many as such a text usually has words. BM25 weighs a
    word by how many units have the field and how long it is on average; tantivy takes for that all units and Lucene
    those that have it, and one ranking on both needs that these are the same.
    """
    return {
        f"{name}_{stream}": text or " ".join([analysis.PLACE] * field.usual)
        for name, field in fields.texts.items()
        for stream, text in terms[name].streams._asdict().items()
    }


def day_bounds(document: Document) -> tuple[int, int] | None:
    """Its first and last day as numbers (`date.toordinal`), an open side at the calendar's end; None if undated."""
    if document.earliest is None and document.latest is None:
        return None
    return (document.earliest or date.min).toordinal(), (document.latest or date.max).toordinal()


def day_gaps(document: Document) -> dict[str, int]:
    """The gaps in its date as numbers, as `day_bounds`."""
    return {
        name: day.toordinal()
        for names, gap in zip(GAPS, document.gaps, strict=False)
        for name, day in zip(names, gap, strict=False)
    }


def sort_keys(document: Document) -> tuple[int, int]:
    """The packed integers that order by date, oldest first and newest first, both ascending.

    A unit stands by its earliest day (by its latest where the beginning is open), the undated last, and units
    of one day by ordinal, in both orders.
    """
    day = document.earliest or document.latest
    oldest = day.toordinal() if day else _NO_DAY
    newest = date.max.toordinal() - oldest if day else _NO_DAY
    return (oldest << _ORDINAL_BITS) | document.ordinal, (newest << _ORDINAL_BITS) | document.ordinal


def faults(document: Document, fields: Fields) -> list[str]:
    """Why an index of these fields does not take a document: names only, never its words; empty where it does."""
    found = [f"it is of the kind {document.kind}"] if document.kind != fields.kind else []
    found += [f"unknown text {name}" for name in document.texts if name not in fields.texts]
    found += [f"unknown facet {name}" for name in document.facets if name not in fields.keywords]
    found += [
        f"a value of {name} is empty, too long or no text"
        for name, values in document.facets.items()
        if not all(
            isinstance(value, str) and 0 < len(value) <= LONGEST_VALUE and not UNSOUND.search(value) for value in values
        )
    ]
    if not 0 <= document.ordinal < 1 << _ORDINAL_BITS:
        found.append("its ordinal is out of range")
    if document.earliest and document.latest and document.latest < document.earliest:
        found.append("its date ends before it begins")
    return found


def rejection(rejected: Sequence[str]) -> EngineRejected:
    """The error that names the documents an engine did not take, each with its reason."""
    more = f" and {len(rejected) - _NAMED} more" if len(rejected) > _NAMED else ""
    return EngineRejected(f"the index did not take {len(rejected)} records: {'; '.join(rejected[:_NAMED])}{more}")
