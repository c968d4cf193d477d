"""What a query was understood to ask, part by part, so that it can be said to who typed it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive.search import analysis, said_dates
from archive.search.query import (
    And,
    DateRange,
    Everything,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    SaidDate,
    Word,
    all_of,
    any_of,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A word, phrase, beginning or date of a query: its text, whether it is excluded, and `stems`, by which other
    endings of a word are found. `other` is the whole query with this part understood otherwise: a date as words alone,
    1981-1984 as a span of time."""

    leaf: Query
    text: str
    excluded: bool = False
    stems: tuple[str, ...] = ()
    other: str = ""

    @property
    def kind(self) -> str:
        """`word`, `row` (words one after another), `beginning`, `date`, or `either` (words or date)."""
        if isinstance(self.leaf, Word):
            return "word" if len(analysis.terms(self.leaf.text)) == 1 else "row"
        return {Phrase: "row", Prefix: "beginning", DateRange: "date", SaidDate: "either"}[type(self.leaf)]


def parts(query: Query) -> tuple[Part, ...]:
    """The parts of a query in their order, each once.

    >>> from archive.search.query import parse
    >>> [(one.text, one.kind, one.excluded, one.stems) for one in parts(parse("capitanes -radio desapar*"))]
    [('capitanes', 'word', False, ('capitan',)), ('radio', 'word', True, ('rad',)), ('desapar', 'beginning', False, ())]
    >>> [one.other for one in parts(parse("Colomoncagua mayo de 1983"))]
    ['', 'Colomoncagua "mayo de 1983"']
    """
    return tuple(dict.fromkeys(_part(leaf, excluded, query) for leaf, excluded in _leaves(query, False)))


def _leaves(query: Query, excluded: bool) -> Iterator[tuple[Query, bool]]:
    match query:
        case And(inner) | Or(inner):
            for one in inner:
                yield from _leaves(one, excluded)
        case Not(part):
            yield from _leaves(part, not excluded)
        case Everything():
            return
        case _:
            yield query, excluded


def _part(leaf: Query, excluded: bool, query: Query) -> Part:
    match leaf:
        case SaidDate(words):
            return Part(leaf, str(leaf), excluded, other=str(exchanged(query, leaf, Phrase(words))))
        case Word(text):
            found = analysis.sought(text)
            stems = (
                {*found[0].spa, *found[0].eng} - {found[0].folded} if len(found) == 1 and not text.isdecimal() else ()
            )
            meant = said_dates.span(text)
            # A stem that another one begins with finds its endings, too, as far as a reader is concerned.
            shortest = tuple(
                sorted(one for one in stems if not any(one != other and one.startswith(other) for other in stems))
            )
            return Part(leaf, text, excluded, shortest, _with_date(query, leaf, meant) if meant else "")
        case Phrase(words):
            return Part(leaf, " ".join(words), excluded)
        case Prefix(text):
            return Part(leaf, text, excluded)
    return Part(leaf, str(leaf).partition(":")[2], excluded)


def _with_date(query: Query, leaf: Query, meant: str) -> str:
    first, last = (said_dates.said_date([one]) for one in meant.split(".."))
    return str(exchanged(query, leaf, DateRange(first.earliest, last.latest))) if first and last else ""


def exchanged(query: Query, leaf: Query, other: Query) -> Query:
    """The query with another part wherever this one stands.

    >>> from archive.search.query import parse
    >>> str(exchanged(parse("Tecoluka (captura OR -radio)"), Word("Tecoluka"), Word("Tecoluca")))
    'Tecoluca (captura OR -radio)'
    """
    match query:
        case And(inner):
            return all_of(exchanged(one, leaf, other) for one in inner)
        case Or(inner):
            return any_of(exchanged(one, leaf, other) for one in inner)
        case Not(part):
            return Not(exchanged(part, leaf, other))
    return other if query == leaf else query
