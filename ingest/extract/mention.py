"""A mention: words of a text that speak of a date or a place, where they stand, and what they mean if decided."""

from __future__ import annotations

from dataclasses import dataclass

from archive.dates import EdtfDate
from archive.record import Candidate


@dataclass(frozen=True, slots=True)
class Mention:
    """`text` is the words as found: always `source[start:end]`. `rule` names what found them.

    `value` is an EdtfDate where `kind` is `date`, a place key (`san-vicente/tecoluca`) where it is `place`,
    and None where the words do not decide it; `candidates` are then what they may mean, as far as is known.
    `first_word` and `last_word` are indexes in the order of `Layout.words()`, both included; None for a text that has
    no layout.
    """

    kind: str
    start: int
    end: int
    text: str
    rule: str
    value: EdtfDate | str | None = None
    first_word: int | None = None
    last_word: int | None = None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a page before it is read: the date of its unit, and the places of its description."""

    date: EdtfDate | None = None
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """What a finder yields: where, by which rule, and the parts that a resolver needs, already folded."""

    start: int
    end: int
    rule: str
    parts: dict[str, str]
