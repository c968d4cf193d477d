"""The rule of archive.search.match as operators alone, as engines are asked it: no page by its document's words
alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archive.search.query import EVERYTHING, And, DateRange, Everything, Not, Or, Query, SaidDate, all_of, any_of


@dataclass(frozen=True, slots=True)
class Own(Query):
    """What a unit's own texts match, its document's words aside."""

    part: Query

    def __str__(self) -> str:
        return str(self.part)


def on_its_own(query: Query) -> tuple[Query, Query]:
    """What of a query is matched and weighed, and what that is narrowed by so that no unit is found by its document's
    words alone.

    >>> from archive.search.query import parse
    >>> on_its_own(parse("Colomoncagua informe -radio"))[1]
    Or(parts=(Own(part=Word(text='Colomoncagua')), Own(part=Word(text='informe'))))
    >>> on_its_own(parse("Colomoncagua OR informe"))
    (Or(parts=(Own(part=Word(text='Colomoncagua')), Own(part=Word(text='informe')))), Everything())
    >>> on_its_own(parse("date:1983 -radio"))[1]
    Everything()
    """
    own, without = _holds(query, top=True)
    if without == query:
        return query, EVERYTHING
    narrowing = any_of(part for part in (own, without) if part is not None)
    together = isinstance(query, And) or isinstance(query, Or) and any(isinstance(part, And) for part in query.parts)
    return (query, narrowing) if together else (narrowing, EVERYTHING)


def _holds(query: Query, top: bool = False) -> tuple[Query | None, Query | None]:
    """When a query holds by a word of the unit's own, and when it holds by no word at all; None for never. Of what
    stands on `top` the first is asked beside the query itself."""
    match query:
        case SaidDate():
            return _holds(query.either)
        case Or(parts):
            own, without = zip(*map(_holds, parts), strict=False)
            return _either(own), _either(without)
        case And(parts):
            own, without = zip(*map(_holds, parts), strict=False)
            found = _either(own)
            if found is not None and not top:
                found = all_of((query, found))
            return found, None if None in without else all_of(without)
        case Not() | DateRange() | Everything():
            return None, query
    return Own(query), None


def _either(parts: Iterable[Query | None]) -> Query | None:
    found = [part for part in parts if part is not None]
    return any_of(found) if found else None
