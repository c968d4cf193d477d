"""What is said of an item, statement by statement, each with where it came from.

The elements are the columns of the metadata spreadsheet; elements.tsv is their one table: labels of the
interface, documentation and validation are read from it. vocabulary.tsv holds the words that a column
with a fixed list of values takes.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from archive import knowledge
from archive.text import sound


class Source(StrEnum):
    """Where a statement came from, the most trusted first."""

    PERSON = "person"
    SPREADSHEET = "spreadsheet"
    FILE = "file"
    TEXT = "text"


#: Sources of statements that a person made or chose. Where a text is closed, what a machine drew from it, or from the
#: file that holds it, stays closed too.
STATED = (Source.SPREADSHEET, Source.PERSON)


@dataclass(frozen=True, slots=True)
class Element:
    """One column of a spreadsheet: what it takes, what it is in Dublin Core and in archival description.

    `sheet` is `metadata`, `pages` or `components`. `kind` says how a value is checked. `dublin_core` is a
    term of DCMI (`title`, `creator`, …) or empty; `archival` is the element of EAD with its DACS rule.
    `said` is true where the column becomes a statement of the item's description (the others place,
    protect or check it).
    """

    sheet: str
    column: str
    repeatable: bool
    required: bool
    said: bool
    kind: str
    dublin_core: str
    archival: str
    label_en: str
    label_es: str
    explanation_en: str
    explanation_es: str
    source: str

    def label(self, language: str) -> str:
        """The element's name in the interface's language (`es`, `en`)."""
        return self.label_es if language == "es" else self.label_en

    def explanation(self, language: str) -> str:
        return self.explanation_es if language == "es" else self.explanation_en


@dataclass(frozen=True, slots=True)
class Term:
    """One word that a column with a fixed list takes; `also` are words that mean the same."""

    column: str
    value: str
    label_en: str
    label_es: str
    also: tuple[str, ...]
    source: str

    def label(self, language: str) -> str:
        return self.label_es if language == "es" else self.label_en


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing said of an item: the element (a column's name), its value, and where it came from.

    `detail` says where within the source: `IPTC 2:120`, `page 1`, `file name`.

    >>> Statement("title", "Weekly report", "file", "IPTC 2:05").source
    <Source.FILE: 'file'>
    """

    element: str
    value: str
    source: Source
    detail: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "source", Source(self.source))
        # As the catalog will hold it, so that what it holds is not taken for changed.
        object.__setattr__(self, "value", sound(self.value))
        object.__setattr__(self, "detail", sound(self.detail))


@dataclass(frozen=True)
class Description:
    """The statements of one item, in the order of the elements' table; several values are several statements."""

    statements: tuple[Statement, ...] = ()

    @classmethod
    def of(cls, statements: Iterable[Statement]) -> Description:
        """The description with `statements` put in the table's order; values of one element keep theirs."""
        places = {column: place for place, column in enumerate(elements())}
        return cls(tuple(sorted(statements, key=lambda one: places.get(one.element, len(places)))))

    def __iter__(self) -> Iterator[Statement]:
        return iter(self.statements)

    def first(self, element: str) -> str:
        """The first value of `element`, or an empty string where nothing is said.

        >>> Description((Statement("title", "Report", "text"),)).first("title")
        'Report'
        """
        return next((one.value for one in self.statements if one.element == element), "")

    def every(self, element: str) -> tuple[str, ...]:
        """All values of `element`, in order."""
        return tuple(one.value for one in self.statements if one.element == element)

    def source_of(self, element: str) -> Source | None:
        """Where the first value of `element` came from; None where nothing is said."""
        return next((one.source for one in self.statements if one.element == element), None)

    def dublin_core(self) -> dict[str, tuple[str, ...]]:
        """The description as Dublin Core: term → values, each value once, terms in the table's order.

        >>> Description((Statement("box", "3", "spreadsheet"), Statement("place", "Tecoluca", "text"))).dublin_core()
        {'coverage': ('Tecoluca',)}
        """
        terms: dict[str, dict[str, None]] = {}
        for one in self.statements:
            element = elements().get(one.element)
            if element and element.dublin_core and one.value:
                terms.setdefault(element.dublin_core, {})[one.value] = None
        return {term: tuple(values) for term, values in terms.items()}


def _values(row: Mapping[str, str], others: Mapping[str, object]) -> dict[str, Any]:
    """A row's cells, some of which are no texts."""
    return {**row, **others}


@functools.cache
def _every_element() -> tuple[Element, ...]:
    return tuple(
        Element(**_values(row, {flag: row[flag] == "yes" for flag in ("repeatable", "required", "said")}))
        for row in knowledge.rows("archive", "elements.tsv")
    )


@functools.cache
def elements(sheet: str = "metadata") -> Mapping[str, Element]:
    """Column → Element of one spreadsheet (`metadata`, `pages`, `components`), in the columns' fixed order.

    >>> list(elements())[:3]
    ['id', 'parent_ref_id', 'file']
    """
    return {one.column: one for one in _every_element() if one.sheet == sheet}


@functools.cache
def vocabulary(column: str) -> Mapping[str, Term]:
    """Value → Term of a column with a fixed list; empty for one without.

    >>> list(vocabulary("genre"))
    ['chronology', 'report', 'clipping', 'photograph', 'other']
    """
    return {
        row["value"]: Term(**_values(row, {"also": tuple(filter(None, row["also"].split("|")))}))
        for row in knowledge.rows("archive", "vocabulary.tsv")
        if row["column"] == column
    }


def __getattr__(name: str) -> object:
    # ELEMENTS reads a file: loaded when first asked for, not when the module is imported.
    if name == "ELEMENTS":
        return elements()
    raise AttributeError(name)
