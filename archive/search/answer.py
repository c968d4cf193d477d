"""What a search finds, with its words: titles, snippets with what matched, permalinks. For the page and the command.

An engine knows ids only. Titles and snippets come from the holdings, so that an index that lags behind
the record shows nothing that its audience may no longer read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from archive.dates import EdtfDate
from archive.held import DescribedItem, HeldPage
from archive.holdings import Holdings
from archive.projection import description, texts_of
from archive.search import analysis, match
from archive.search.analysis import Terms
from archive.search.document import Passage
from archive.search.engine import Searcher
from archive.search.fields import DESCRIBED, OF_THE_DOCUMENT
from archive.search.match import Match, Span
from archive.search.query import And, DateRange, Everything, Not, Or, Query, SaidDate, any_of
from archive.search.request import Bucket, Hit, SearchRequest
from archive.search.stored import KEPT, unpack

#: Words of a snippet: two to three lines on a desk, five or six on a phone.
SNIPPET_WORDS = 30
#: Where a snippet is taken from, the best first: what stands on the page before what is said of it, a running head
#: last.
SNIPPET_FIELDS = ("shown", "also", "description", "margin")
#: Where a page's beginning is taken from, where none of its words is asked for: its title, number and box stand beside.
BEGINNING_FIELDS = ("shown", "also")


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


@dataclass(frozen=True)
class Answer:
    """An exact total, the hits asked for, and the facets' counts."""

    total: int
    hits: tuple[Found, ...]
    facets: Mapping[str, tuple[Bucket, ...]] = field(default_factory=dict)


def as_json(answer: Answer) -> dict[str, Any]:
    """The answer as scripts may rely on it: `total`, `hits` and `facets` (name → list of value and count)."""
    return {
        "total": answer.total,
        "hits": [
            {
                "item": hit.item.id,
                "page": hit.page.id,
                "title": hit.title,
                "date": hit.date,
                "score": hit.score,
                "snippet": hit.snippet,
                "url": hit.url,
            }
            for hit in answer.hits
        ],
        "facets": {
            name: [{"value": bucket.value, "count": bucket.count} for bucket in buckets]
            for name, buckets in answer.facets.items()
        },
    }


def answer(holdings: Holdings, engine: Searcher, request: SearchRequest) -> Answer:
    """Asks the engine and says what it found in the archive's words. Raises EngineError.

    A hit that the holdings do not let be found any more was closed while it was asked: it is asked once more, so that
    the total and the facets do not tell of it.
    """
    again = False
    while True:
        response = engine.search(request)
        hits = tuple(found(holdings, request.query, response.hits))
        lost = len(response.hits) - len(hits)
        if again or not lost:
            return Answer(response.total - lost, hits, response.facets)
        again = True


def found(holdings: Holdings, query: Query, hits: Sequence[Hit]) -> Iterator[Found]:
    """The hits with their items, pages and words, in their order. However many they are of, in a few queries."""
    placed = {page.id: (item, page) for item, page in holdings.pages(hit.id for hit in hits)}
    # One that is not there was taken away, or is another item's now, and the index has not heard of it yet.
    hits = [hit for hit in hits if hit.id in placed and placed[hit.id][0].id == hit.item]
    read = _read(holdings, [(hit, *placed[hit.id]) for hit in hits])
    described: dict[str, _Words] = {}
    for hit in hits:
        item, page = placed[hit.id]
        if item.id not in described:
            described[item.id] = _Words.of(description(item))
        words = {**read.get(hit.id, {}), DESCRIBED if page.sequence == 1 else OF_THE_DOCUMENT: described[item.id]}
        terms = {name: one.terms for name, one in words.items()}
        if not page.access.text and not _is_described(query, item, terms):
            continue
        said, matched = {name: one.passages for name, one in words.items()}, _highlighted(query, terms, item.date)
        yield Found(item, page, hit.score, excerpt(said, matched), holdings.permalink(page.id), heading(item, matched))


class _Words(NamedTuple):
    """The words of a field, and what they are analysed to."""

    passages: tuple[Passage, ...]
    terms: Terms

    @classmethod
    def of(cls, passages: tuple[Passage, ...]) -> _Words:
        return cls(passages, analysis.tokens(passages))


def _read(holdings: Holdings, found: Sequence[tuple[Hit, DescribedItem, HeldPage]]) -> dict[str, dict[str, _Words]]:
    """By id, the words by field of those of these pages that may be read: as the index kept them, where that was of the
    reading that is shown; the others are read and analysed anew."""
    words: dict[str, dict[str, _Words]] = {}
    others = []
    for hit, item, page in found:
        if page.access.text:
            kept = unpack(hit.words) if hit.words else None
            if kept and kept.reading == page.reading:
                words[page.id] = {name: _Words(said, kept.terms[name]) for name, said in kept.passages.items()}
            else:
                others.append((item, page))
    if others:
        for id, texts in texts_of(holdings, others).items():
            words[id] = {name: _Words.of(texts[name]) for name in KEPT if name in texts}
    return words


def _is_described(query: Query, item: DescribedItem, terms: Mapping[str, Terms]) -> bool:
    """Whether a page whose text is closed is found by what is said of it."""
    known = item.date
    return match.match_terms(query, terms, *(known.earliest, known.latest) if known else ()) is not None


def heading(item: DescribedItem, matched: Match) -> Excerpt:
    """The title of an item, with its words that answer a query: on whichever of its pages they are searched."""
    title = item.title.split()
    found = [
        span for name in ("description", "context") for span in matched.spans.get(name, ()) if span.start < len(title)
    ]
    kept = [span._replace(end=min(span.end, len(title))) for span in found]
    return _excerpt("title", title, [None] * len(title), kept, len(title))


def excerpt(said: Mapping[str, Sequence[Passage]], matched: Match) -> Excerpt:
    """The words of a page that best show why it matches; its beginning where only its date or its document's words do,
    nothing where it has none that may be read."""
    for name in SNIPPET_FIELDS:
        if matched.spans.get(_searched(name)) and (places := _places(name, said, matched)).spans:
            return _excerpt(name, *places)
    for name in BEGINNING_FIELDS:
        if (places := _places(name, said, matched)).words:
            return _excerpt(name, *places)
    return Excerpt()


def _searched(name: str) -> str:
    """The field that the words of a snippet's are searched in: those of a margin are other words of the page."""
    return "also" if name == "margin" else name


class _Places(NamedTuple):
    """The words that a snippet may be taken from, the language of each, and the spans of them that matched."""

    words: Sequence[str]
    languages: Sequence[str | None]
    spans: Sequence[Span]


def _places(name: str, said: Mapping[str, Sequence[Passage]], matched: Match) -> _Places:
    """The words of a field, without the places of those that stand in a margin; these are a field by themselves, of the
    lines that matched alone."""
    margin, field = name == "margin", _searched(name)
    found = matched.spans.get(field, ())
    words: list[str] = []
    languages: list[str | None] = []
    before = [0]
    for passage in said.get(field, ()):
        first, end = len(before) - 1, len(before) - 1 + len(passage.words)
        told = passage.margin == margin and (not margin or any(first <= span.start < end for span in found))
        if told and all(passage.words):
            before += range(len(words) + 1, len(words) + len(passage.words) + 1)
            words += passage.words
        else:
            for word in passage.words:
                if word and told:
                    words.append(word)
                before.append(len(words))
        languages += [passage.language] * (len(words) - len(languages))
    spans = (Span(before[span.start], before[span.end], span.leaf) for span in found)
    return _Places(words, languages, [span for span in spans if span.start < span.end])


def _excerpt(
    name: str,
    words: Sequence[str],
    languages: Sequence[str | None],
    spans: Sequence[Span],
    width: int = SNIPPET_WORDS,
) -> Excerpt:
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
    return _highlighted(query, {name: analysis.tokens(passages) for name, passages in texts.items()}, known)


def _highlighted(query: Query, terms: Mapping[str, Terms], known: EdtfDate | None) -> Match:
    wanted = tuple(_wanted(query))
    if not wanted:
        return Match()
    # A query's own dates do not bear on which words are shown.
    found = match.match_terms(_undated(query), terms, *(known.earliest, known.latest) if known else ())
    return found or match.match_terms(any_of(wanted), terms) or Match()


def _wanted(query: Query) -> Iterator[Query]:
    """What is looked for and can be seen: no dates, nothing under Not."""
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
