"""A hit in the archive's words: its item and page, the words that show why it was found, where it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.dates import EdtfDate
from archive.held import DescribedItem, HeldPage
from archive.search import analysis, match
from archive.search.analysis import Terms
from archive.search.document import Passage
from archive.search.match import Match, Span
from archive.search.query import And, DateRange, Everything, Not, Or, Query, SaidDate, any_of

#: Words of a snippet: two to three lines on a desk, five or six on a phone.
SNIPPET_WORDS = 30


@dataclass(frozen=True)
class Excerpt:
    """Some words of a page: their text, where in it the words stand that matched, and from which field (`margin`: a
    running head or foot, or a page number)."""

    text: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    field: str = ""
    language: str | None = None

    def runs(self) -> Iterator[tuple[str, bool]]:
        """The text in pieces, each with whether it matched.

        >>> list(Excerpt("la fuerza armada", ((3, 9),)).runs())
        [('la ', False), ('fuerza', True), (' armada', False)]
        """
        at = 0
        for start, end in self.marks:
            if start > at:
                yield self.text[at:start], False
            yield self.text[start:end], True
            at = end
        if at < len(self.text):
            yield self.text[at:], False


@dataclass(frozen=True)
class Found:
    """One hit: the item and page as their audience may have them, the words that show why, and the title with its words
    that do."""

    item: DescribedItem
    page: HeldPage
    score: float
    excerpt: Excerpt
    url: str
    heading: Excerpt = Excerpt()

    @property
    def title(self) -> str:
        """Empty where it has none that may be said."""
        return self.item.title

    @property
    def date(self) -> str:
        """The item's date as EDTF, empty where it is undated."""
        return self.item.description.first("date_edtf")

    @property
    def snippet(self) -> str:
        return self.excerpt.text


def window(
    name: str,
    words: Sequence[str],
    languages: Sequence[str | None],
    spans: Sequence[Span],
    width: int = SNIPPET_WORDS,
) -> Excerpt:
    """At most `width` of the words of a field, each with its language, that show most of the spans that matched."""
    start, end = match.snippet(spans, len(words), width)
    hit = {n for span in spans for n in range(span.start, span.end)}
    text, marks = "… " if start > 0 else "", []
    for n in range(start, end):
        if n > start:
            text += " "
        if n in hit:
            marks.append((len(text), len(text) + len(words[n])))
        text += words[n]
    if end < len(words):
        text += " …"
    spoken = set(languages[start:end])
    return Excerpt(text, tuple(_joined(marks)), name, spoken.pop() if len(spoken) == 1 else None)


def _joined(marks: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Marks of neighbouring words as one, so that a phrase is read as one."""
    open_mark: tuple[int, int] | None = None
    for start, end in marks:
        if open_mark and start == open_mark[1] + 1:
            open_mark = open_mark[0], end
            continue
        if open_mark:
            yield open_mark
        open_mark = start, end
    if open_mark:
        yield open_mark


def highlighted(query: Query, texts: Mapping[str, Sequence[Passage]], known: EdtfDate | None = None) -> Match:
    """The words of a text to show for a query, of a unit whose date is `known`: those by which it matches.

    A text that does not match as a whole (the page after a hit) shows what is looked for one by one.
    """
    return highlighted_terms(query, {name: analysis.tokens(passages) for name, passages in texts.items()}, known)


def highlighted_terms(query: Query, terms: Mapping[str, Terms], known: EdtfDate | None) -> Match:
    """What `highlighted` shows of texts that are analysed already."""
    wanted = tuple(_wanted(query))
    if not wanted:
        return Match()
    # A query's own dates do not bear on which words are shown.
    found = match.match_terms(_undated(query), terms, *(known.earliest, known.latest) if known else ())
    return found or match.match_terms(any_of(wanted), terms) or Match()


def _wanted(query: Query) -> Iterator[Query]:
    """The parts of a query that an excerpt can show: no dates, nothing under Not."""
    match_parts = query.parts if isinstance(query, And | Or) else ()
    for part in match_parts:
        yield from _wanted(part)
    if isinstance(query, SaidDate):
        yield query.either.parts[0]
    elif not isinstance(query, And | Or | Not | DateRange | Everything):
        yield query


def _undated(query: Query) -> Query:
    if isinstance(query, And):
        kept = tuple(part for part in query.parts if not isinstance(part, DateRange))
        return And(kept) if len(kept) > 1 else kept[0] if kept else Everything()
    return query
