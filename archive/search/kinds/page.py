"""Pages: the kind of document that is searched where no other is asked for; its fields, facets, documents and hits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from archive import dates
from archive.held import DescribedItem, HeldPage, Recognised
from archive.margins import is_in_margin, margin_words
from archive.places import Gazetteer
from archive.projection import DESCRIBED, PORTION, Pair, description, going_on, text_described, texts_of, texts_read
from archive.search import analysis, match
from archive.search.analysis import Terms
from archive.search.document import Document, Passage
from archive.search.fields import CONTEXT, Facet, Fields, Order, Text, Values
from archive.search.found import Excerpt, Found, highlighted_terms, window
from archive.search.match import Match, Span
from archive.search.query import Query
from archive.search.request import Hit
from archive.search.stored import unpack

if TYPE_CHECKING:
    from archive.holdings import Holdings

#: `shown` is the reading shown; `also` has lines as another reader has them, and what stands in the margins;
#: `description` what is said of the item (title, creator, date in words, number, box…), on its first page; `context`
#: the same words, on its other pages. What another reader has, or a running head, counts less than what the page says,
#: and what is said of all pages of its document least.
FIELDS = Fields(
    "page",
    "pages",
    (
        Text(name="shown", kept=True, suggests=True),
        Text(name="also", weight=0.5, usual=8, kept=True),
        Text(name=DESCRIBED, usual=24, suggests=True),
        Text(name=CONTEXT, weight=0.25, usual=24),
        Facet(
            name="date",
            label="Date",
            values=Values.DATE,
            order=Order.TIME,
            panel=1,
            # Bins of a month's days, and those beside them.
            shown=40,
            option="Only this date: 198X, 1983, 1983-05, 1983-05-12, undated.",
            dublin_core="date",
        ),
        Facet(
            name="place",
            label="Place",
            values=Values.PLACE,
            panel=2,
            option="Only pages on this place, by its key (san-vicente/tecoluca).",
            dublin_core="coverage",
        ),
        Facet(
            name="language",
            label="Language",
            values=Values.LANGUAGE,
            panel=4,
            option="Only pages in this language: spa, eng, mul, und.",
            dublin_core="language",
        ),
        Facet(
            name="genre",
            label="Kind of document",
            values=Values.GENRE,
            panel=3,
            option="Only this genre: chronology, report, clipping, photograph, other.",
            dublin_core="type",
        ),
        Facet(name="series", label="Series", values=Values.COMPONENT, panel=5, dublin_core="relation"),
        Facet(name="confidence", label="Confidence of the reading", values=Values.SHARE, order=Order.GREATEST, panel=6),
    ),
)

#: The values of the facet `confidence`: of a hundred words so many or more are right, as the readers judge.
STEPS = (90, 75, 50, 0)

#: Where a snippet is taken from, the best first: what stands on the page before what is said of it, a running head
#: last.
SNIPPET_FIELDS = ("shown", "also", DESCRIBED, "margin")
#: Where a page's beginning is taken from, where none of its words is asked for: its title, number and box stand beside.
BEGINNING_FIELDS = ("shown", "also")


# -- documents


def every(holdings: Holdings) -> Iterator[Document]:
    """The documents of all pages, in the archive's order."""
    return documents(holdings, holdings.every_page())


def changed(holdings: Holdings, page_ids: Sequence[str]) -> tuple[Iterator[Document], tuple[str, ...]]:
    """The documents to be written where these pages changed, and the ids of those that may no longer be found.

    A page may have the rest of its last word from the next one that may be named, so that the page before one that
    changed is written, too, where its last word goes on.
    """
    pairs = [pair for pair in holdings.pages(page_ids) if is_found(pair[1])]
    found = {page.id for _, page in pairs}
    before = holdings.pages(id for id in holdings.pages_before(page_ids) if id not in found)
    written = documents(holdings, chain(pairs, going_on(holdings, before)))
    return written, tuple(id for id in page_ids if id not in found)


def documents(holdings: Holdings, pairs: Iterable[Pair]) -> Iterator[Document]:
    """The index documents of these pages: those that are found, of the others none.

    An item's description is searched on its first page, so that a title found is one answer and not sixty; on the
    others it completes what stands there (archive.search.match). A page whose text is closed is in the index
    only as that first page, by its description.
    """
    left = (pair for pair in pairs if is_found(pair[1]))
    while portion := tuple(islice(left, PORTION)):
        read = holdings.recognised(page for _, page in portion)
        searched = texts_read(holdings, portion, read)
        for item, page in portion:
            yield _document(item, page, read.get(page.id), searched[page.id])


def is_found(page: HeldPage) -> bool:
    """Whether a page has a document in the index: its text may be read, or it bears its item's description."""
    return page.access.text or text_described(page) == DESCRIBED


def step(confidence: float | None) -> tuple[str, ...]:
    """The value of the facet `confidence` of a reading; none where its reader gives none.

    >>> step(0.93), step(0.4), step(None)
    (('90',), ('0',), ())
    """
    return () if confidence is None else (str(next(one for one in STEPS if confidence * 100 >= one)),)


def _document(
    item: DescribedItem, page: HeldPage, read: Recognised | None, searched: Mapping[str, tuple[Passage, ...]]
) -> Document:
    said = item.description
    languages = set(said.every("language"))
    confidence: tuple[str, ...] = ()
    places: set[str] = set()
    gazetteer = Gazetteer.load()
    for name in said.every("place"):
        known = gazetteer.lookup(name)
        if len(known) == 1:
            places.add(known[0].key)
    if read is not None:
        languages, confidence = {read.language}, step(read.confidence)
        margin = margin_words(read.mentions)
        # A place that a running head names is the whole item's: its title has it, its pages have their own.
        places.update(m.value for m in read.mentions if m.kind == "place" and m.value and not is_in_margin(m, margin))
    dated = item.date
    return Document(
        id=page.id,
        item=item.id,
        ordinal=page.ordinal,
        texts=searched,
        facets={
            "place": tuple(sorted({key for place in places for key in gazetteer.lineage(place)})),
            "language": tuple(sorted(languages)),
            "genre": (item.genre,),
            "series": tuple(one.id for one in item.components if one.level == "series"),
            "confidence": confidence,
            "component": item.within,
        },
        earliest=dated.earliest if dated else None,
        latest=dated.latest if dated else None,
        gaps=dates.gaps(dated) if dated else (),
        reading=page.reading,
        number=page.sequence,
    )


# -- hits


def link(holdings: Holdings, id: str) -> str:
    """Where a page may be cited and linked."""
    return holdings.permalink(id)


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
        words = {**read.get(hit.id, {}), text_described(page): described[item.id]}
        terms = {name: one.terms for name, one in words.items()}
        if not page.access.text and not _is_described(query, item, terms):
            continue
        said, matched = {name: one.passages for name, one in words.items()}, highlighted_terms(query, terms, item.date)
        yield Found(item, page, hit.score, excerpt(said, matched), link(holdings, page.id), heading(item, matched))


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
            words[id] = {name: _Words.of(texts[name]) for name in FIELDS.kept if name in texts}
    return words


def _is_described(query: Query, item: DescribedItem, terms: Mapping[str, Terms]) -> bool:
    """Whether a page whose text is closed is found by what is said of it."""
    known = item.date
    return match.match_terms(query, terms, *(known.earliest, known.latest) if known else ()) is not None


def heading(item: DescribedItem, matched: Match) -> Excerpt:
    """The title of an item, with its words that answer a query: on whichever of its pages they are searched."""
    title = item.title.split()
    found = [span for name in (DESCRIBED, CONTEXT) for span in matched.spans.get(name, ()) if span.start < len(title)]
    kept = [span._replace(end=min(span.end, len(title))) for span in found]
    return window("title", title, [None] * len(title), kept, len(title))


def excerpt(said: Mapping[str, Sequence[Passage]], matched: Match) -> Excerpt:
    """The words of a page that best show why it matches; its beginning where only its date or its document's words do,
    nothing where it has none that may be read."""
    for name in SNIPPET_FIELDS:
        if matched.spans.get(_searched(name)) and (places := _places(name, said, matched)).spans:
            return window(name, *places)
    for name in BEGINNING_FIELDS:
        if (places := _places(name, said, matched)).words:
            return window(name, *places)
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
