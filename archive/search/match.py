"""The one matcher: does a unit answer a query, and with which of its words. It is what the engines must agree with.

What matches:

- Word: a token whose folded form is the query's, or whose stem, in the language of its paragraph (in either
  language where that is undecided), is one of the query's; a word of several tokens matches as a phrase does;
- Phrase: folded tokens at consecutive positions of one field, across its lines and passages;
- word and phrase may be written joined or parted in the text, and in the query (archive.search.division);
- Prefix: a token whose folded form begins so;
- DateRange: the unit's own date overlaps it; the undated never do;
- SaidDate: its words stand as a phrase, or the unit's own date overlaps what they say;
- And, Or, Not: of units, whichever fields their parts are found in.

A page is also searched with its document's own words, which stand in the field `context`: they complete what stands on
the page, and never find a page by themselves. So every match has a ground, and what is found by the document's words
alone is no match (the document is found once: its first page bears the same words as its own, in `description`):

- a word, phrase or prefix that stands in a text of the unit's own has the ground OWN; one that stands in `context` only
  has the ground DOCUMENT; a phrase stands wholly in one field or in none;
- a date, Not and Everything say nothing of words: NO_WORD. What is negated is looked for in all fields, so that
  `-report` also excludes the pages of a document whose title has the word;
- Or has the best ground of its parts that hold: OWN, else NO_WORD, else DOCUMENT;
- And is OWN where one of its parts is, else DOCUMENT where one of its parts is, else NO_WORD.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from archive.search import analysis
from archive.search.analysis import Sought, Terms
from archive.search.document import Document, Passage
from archive.search.fields import CONTEXT
from archive.search.query import And, DateRange, Everything, Not, Or, Phrase, Prefix, Query, SaidDate, Word


class Ground(IntEnum):
    """By what a query holds of a unit: by words of its document alone, by no word at all, by words of its own."""

    DOCUMENT = 0
    NO_WORD = 1
    OWN = 2


class Span(NamedTuple):
    """The words from `start` up to, not including, `end`, and which leaf of the query they answer."""

    start: int
    end: int
    leaf: int = 0


@dataclass(frozen=True)
class Match:
    """Why a unit matches: by field, the spans of its words in reading order; none for what only a date found."""

    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)

    def words(self, name: str) -> frozenset[int]:
        """The numbers of the words to highlight in a field: of `shown`, places in `Layout.words()`."""
        return frozenset(n for span in self.spans.get(name, ()) for n in range(span.start, span.end))


def match(
    query: Query,
    texts: Mapping[str, Sequence[Passage]],
    earliest: date | None = None,
    latest: date | None = None,
    gaps: Sequence[tuple[date, date]] = (),
) -> Match | None:
    """How a unit with these texts and this date answers the query; None where it does not.

    >>> from archive.search.query import parse
    >>> found = match(parse("capitán"), {"shown": [Passage(("Dos", "Capitanes,"), "spa")]})
    >>> found.spans
    {'shown': (Span(start=1, end=2, leaf=0),)}
    """
    analysed = {name: analysis.tokens(passages) for name, passages in texts.items()}
    return match_terms(query, analysed, earliest, latest, gaps)


def match_document(query: Query, document: Document) -> Match | None:
    """Where an index document answers a query, and by which words; None where it does not."""
    return match(query, document.texts, document.earliest, document.latest, document.gaps)


def match_terms(
    query: Query,
    texts: Mapping[str, Terms],
    earliest: date | None = None,
    latest: date | None = None,
    gaps: Sequence[tuple[date, date]] = (),
) -> Match | None:
    """Where texts that are analysed already answer a query, and by which words; None where they do not."""
    answer = _Asked(texts, earliest, latest, gaps).answer(query)
    if answer is None or answer.ground is Ground.DOCUMENT:
        return None
    return Match({name: spans for name in texts if (spans := tuple(sorted({s for n, s in answer.found if n == name})))})


def overlaps(
    earliest: date | None, latest: date | None, wanted: DateRange, gaps: Sequence[tuple[date, date]] = ()
) -> bool:
    """Whether a unit's own date may lie in the range wanted; one without either bound is undated. It does not lie in
    its gaps."""
    if earliest is None and latest is None:
        return False
    if (
        wanted.earliest
        and wanted.latest
        and any(start <= wanted.earliest and wanted.latest <= end for start, end in gaps)
    ):
        return False
    return (earliest or date.min) <= (wanted.latest or date.max) and (latest or date.max) >= (
        wanted.earliest or date.min
    )


class _Asked:
    """One unit asked one query."""

    def __init__(
        self, texts: Mapping[str, Terms], earliest: date | None, latest: date | None, gaps: Sequence[tuple[date, date]]
    ):
        self.texts, self.earliest, self.latest, self.gaps = texts, earliest, latest, gaps
        self.leaf = -1

    def answer(self, query: Query) -> _Answer | None:
        """What makes the query hold of the unit; None where it does not hold.

        Every part is asked, so that all that is found is shown, and leaves keep their numbers.
        """
        match query:
            case And(parts):
                asked = [self.answer(part) for part in parts]
                answers = [one for one in asked if one is not None]
                if len(answers) < len(asked):
                    return None
                grounds = {one.ground for one in answers}
                ground = Ground.OWN if Ground.OWN in grounds else min(grounds)
                return _Answer([pair for one in answers for pair in one.found], ground)
            case Or(parts):
                held = [one for part in parts if (one := self.answer(part)) is not None]
                return (
                    _Answer([pair for one in held for pair in one.found], max(one.ground for one in held))
                    if held
                    else None
                )
            case Not(part):
                return _Answer([], Ground.NO_WORD) if self.answer(part) is None else None
            case Everything():
                return _Answer([], Ground.NO_WORD)
            case SaidDate():
                return self.answer(query.either)
        self.leaf += 1
        if isinstance(query, DateRange):
            return _Answer([], Ground.NO_WORD) if overlaps(self.earliest, self.latest, query, self.gaps) else None
        found = [
            (name, Span(start, end, self.leaf))
            for name, text in self.texts.items()
            for first, last in _places(query, text)
            for start, end in text.words(first, last)
        ]
        own = any(name != CONTEXT for name, _ in found)
        return _Answer(found, Ground.OWN if own else Ground.DOCUMENT) if found else None


class _Answer(NamedTuple):
    """Fields and spans of what makes a query hold of a unit, and by what it holds."""

    found: list[tuple[str, Span]]
    ground: Ground


def _places(query: Query, text: Terms) -> Iterable[tuple[int, int]]:
    """First and last position of each place where a word, phrase or prefix stands in a text."""
    match query:
        case Prefix(beginning):
            start = analysis.terms(beginning)[0].folded
            return ((n, n) for n, folded in enumerate(text.folded) if folded.startswith(start))
        case Word(written):
            return (
                place
                for row in analysis.asked((written,))
                for place in (_singles(row[0], text) if len(row) == 1 else _runs(row, text))
            )
        case Phrase(words):
            return (place for row in analysis.asked(words) for place in _runs(row, text))
    raise TypeError(f"no leaf of a query: {query!r}")


def _singles(wanted: Sought, text: Terms) -> Iterable[tuple[int, int]]:
    return (
        (n, n)
        for n, (folded, spa, eng) in enumerate(zip(text.folded, text.spa, text.eng, strict=False))
        if folded == wanted.folded or spa in wanted.spa or eng in wanted.eng
    )


def _runs(wanted: Sequence[Sought], text: Terms) -> Iterable[tuple[int, int]]:
    run = [term.folded for term in wanted]
    return (
        (n, n + len(run) - 1)
        for n, folded in enumerate(text.folded)
        if folded == run[0] and text.folded[n : n + len(run)] == run
    )


def snippet(spans: Sequence[Span], count: int, width: int = 30) -> tuple[int, int]:
    """The window of at most `width` of `count` words that shows most of what was found: its start and end.

    It holds as many different leaves of the query as it can, then as many spans, then stands as early as it
    can, with the found words in its middle. Without spans it is the beginning.

    >>> snippet([Span(40, 41, 0), Span(90, 91, 0), Span(93, 94, 1)], 200, 10)
    (87, 97)
    >>> snippet([], 5)
    (0, 5)
    """
    ordered = sorted(spans)
    best, chosen = (0, 0), (0, 0)
    for n, first in enumerate(ordered):
        inside = []
        for span in ordered[n:]:
            if span.start >= first.start + width:
                break
            if span.end <= first.start + width or span is first:
                inside.append(span)
        worth = len({span.leaf for span in inside}), len(inside)
        if worth > best:
            best, chosen = worth, (first.start, max(span.end for span in inside))
    start, end = chosen
    start = max(0, min(start - max(0, width - (end - start)) // 2, count - width))
    return start, min(count, start + width)
