"""The tree that a query is parsed to: immutable values, each of which says itself as text that is parsed to it
again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from archive.search import analysis, said_dates, written


class Query:
    """A tree of what is looked for. `str()` says it as text, which `parse` reads to the same tree."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Word(Query):
    """A written word. Folded or stemmed it equals one of the text; if it has several tokens, they follow each other."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Phrase(Query):
    """Written words whose folded tokens follow each other, within one field."""

    words: tuple[str, ...]

    def __str__(self) -> str:
        return f'"{" ".join(self.words)}"'


@dataclass(frozen=True, slots=True)
class Prefix(Query):
    """Any word that, folded, begins as `text` does; it has one token."""

    text: str

    def __str__(self) -> str:
        return f"{self.text}*"


@dataclass(frozen=True, slots=True)
class DateRange(Query):
    """Units whose own date may lie between two days, both counted; None is an open side."""

    earliest: date | None
    latest: date | None

    def __str__(self) -> str:
        return f"date:{said_dates.written(self.earliest, self.latest)}"


@dataclass(frozen=True, slots=True)
class SaidDate(Query):
    """Words that say a date: `either` they stand one after another in a text, or the unit's own date may lie in it."""

    words: tuple[str, ...]
    earliest: date
    latest: date

    def __str__(self) -> str:
        return " ".join(self.words)

    @property
    def either(self) -> Or:
        words = Word(self.words[0]) if len(self.words) == 1 else Phrase(self.words)
        return Or((words, DateRange(self.earliest, self.latest)))


@dataclass(frozen=True, slots=True)
class Everything(Query):
    """All units."""

    def __str__(self) -> str:
        return "*"


@dataclass(frozen=True, slots=True)
class And(Query):
    """Units that match every part, each in any field. Made by `all_of`."""

    parts: tuple[Query, ...]

    def __str__(self) -> str:
        before = (None, *self.parts)
        return " ".join(
            f"({part})" if isinstance(part, Or) or goes_on(previous, part) else str(part)
            for previous, part in zip(before, self.parts, strict=False)
        )


@dataclass(frozen=True, slots=True)
class Or(Query):
    """Units that match at least one part. Made by `any_of`."""

    parts: tuple[Query, ...]

    def __str__(self) -> str:
        return " OR ".join(f"({part})" if isinstance(part, And) else str(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Not(Query):
    """All units but those that match."""

    part: Query

    def __str__(self) -> str:
        return f"-({self.part})" if isinstance(self.part, (And, Or, Not, SaidDate)) else f"-{self.part}"


EVERYTHING = Everything()


def all_of(parts: Iterable[Query]) -> Query:
    """Units that match all parts; what asks for everything adds nothing, and initials in a row are one abbreviation.

    >>> all_of([Word("a"), EVERYTHING, all_of([Word("b"), Word("c")])])
    And(parts=(Word(text='a'), Word(text='b'), Word(text='c')))
    >>> all_of(map(Word, ("F", "M", "L", "N", "armas")))
    And(parts=(Word(text='F.M.L.N'), Word(text='armas')))
    """
    flat = [one for part in parts for one in (part.parts if isinstance(part, And) else (part,)) if one != EVERYTHING]
    letters = [part.text if isinstance(part, Word) else "" for part in flat]
    for first, end in reversed(list(written.rows(letters))):
        flat[first:end] = [Word(".".join(letters[first:end]))]
    return And(tuple(flat)) if len(flat) > 1 else flat[0] if flat else EVERYTHING


def any_of(parts: Iterable[Query]) -> Query:
    """Units that match at least one of the parts, of which there is one."""
    flat = [one for part in parts for one in (part.parts if isinstance(part, Or) else (part,))]
    if EVERYTHING in flat:
        return EVERYTHING
    return Or(tuple(flat)) if len(flat) > 1 else flat[0]


def leaves(query: Query) -> tuple[Query, ...]:
    """The words, phrases, prefixes and dates of a query in order, those under Not as well.

    >>> from archive.search.query import parse
    >>> leaves(parse("a (b OR -c)"))
    (Word(text='a'), Word(text='b'), Word(text='c'))
    """
    match query:
        case And(parts) | Or(parts):
            return tuple(leaf for part in parts for leaf in leaves(part))
        case Not(part):
            return leaves(part)
    return () if query == EVERYTHING else (query,)


def ranks(query: Query) -> bool:
    """Whether units can be nearer to it or farther: it has a word or phrase that is not under Not.

    Units found by the beginnings of words or by dates alone are equally near, and stand in the archive's order.
    """
    match query:
        case And(parts) | Or(parts):
            return any(map(ranks, parts))
    return isinstance(query, (Word, Phrase, SaidDate))


def depth(query: Query) -> int:
    """How deep its operators stand within each other; 0 where there is none."""
    match query:
        case And(parts) | Or(parts):
            return 1 + max(map(depth, parts))
        case Not(part):
            return 1 + depth(part)
    return 0


def goes_on(previous: Query | None, part: Query) -> bool:
    """Whether a part would be read as one with the word before it."""
    if not isinstance(previous, Word):
        return False
    return isinstance(part, SaidDate) or isinstance(part, Word) and in_container(previous.text, part.text)


#: What boxes and folders are called where a number follows; the index has both languages (archive.projection).
_CONTAINERS = frozenset(("caja", "carpeta", "folder", "box"))
_CONTAINER_NUMBER = re.compile(r"\d{1,4}[A-Za-z]?")


def in_container(word: str, number: str) -> bool:
    return analysis.fold(word) in _CONTAINERS and _CONTAINER_NUMBER.fullmatch(number) is not None
