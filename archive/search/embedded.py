"""The embedded engine: tantivy, in a folder of the archive's own data, with nothing to install or start."""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain, product
from pathlib import Path

import tantivy
from tantivy import FieldType, Occur

from archive.access import Audience
from archive.errors import EngineError, EngineOutdated
from archive.search import analysis, collecting, fields, index_folders, nearest, ranking, segments, stored
from archive.search.analysis import Sought
from archive.search.document import Document
from archive.search.fields import GRAINS, KEYWORDS, OWN_TEXTS, TEXTS, WEIGHTS
from archive.search.grounds import Own, on_its_own
from archive.search.query import (
    EVERYTHING,
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
    ranks,
)
from archive.search.request import Hit, SearchRequest, SearchResponse, Sort, Stretch

_TANTIVY: str = tantivy.__version__  # type: ignore[attr-defined]  # missing in its stubs
#: What an index was built with; another mark means that it is to be built anew.
MARK = f"embedded 5, {_TANTIVY.rpartition(', ')[2]}, {analysis.MARK}"

#: Words of a vocabulary, the most frequent that begin with one letter, among which near ones are looked for.
_NEAR = 10_000
#: Bytes of memory that a writer fills before it writes a segment.
_WRITER_MEMORY = 100_000_000
#: Hits whose stored fields are read at once while all are walked.
_PORTION = 1000


def _schema() -> tantivy.Schema:
    made = tantivy.SchemaBuilder()
    made.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    made.add_text_field("item", stored=True, tokenizer_name="raw", index_option="basic")
    made.add_bytes_field("words", stored=True)
    made.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    for name in ("ordinal", "oldest", "newest"):
        made.add_unsigned_field(name, fast=True)
    for name in ("number", "earliest", "latest", *chain.from_iterable(fields.GAPS)):
        made.add_integer_field(name, fast=True)
    for name in (*(f"date_{grain}" for grain in GRAINS), *KEYWORDS):
        made.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in TEXTS:
        for stream in analysis.Streams._fields:
            made.add_text_field(f"{name}_{stream}", tokenizer_name="whitespace", index_option="position")
    return made.build()


SCHEMA = _schema()
_NOTHING = tantivy.Query.empty_query()


@dataclass(frozen=True)
class Compiled:
    """A request in tantivy's words: what is hit, by which field it is ordered (None: by score), the counts: for each
    set of filters what is counted under it, and which facet in which field; and whether that order is descending."""

    hits: tantivy.Query
    order: str | None
    counts: tuple[tuple[tantivy.Query, Mapping[str, str]], ...]
    backwards: bool = False


def compile(request: SearchRequest) -> Compiled:
    """The request as tantivy is asked it. Pure; raises QueryError for facets that there are not."""
    fields.check(request)
    order = {Sort.DATE: "oldest", Sort.DATE_DESC: "newest"}.get(
        request.sort, None if ranks(request.query) else "ordinal"
    )
    if request.stretch:
        order = "number"
    rest = [
        (Occur.Must, _unscored(_term("kind", request.kind))),
        *((Occur.MustNot, _filter(name, values)) for name, values in fields.withheld(request).items()),
        *((Occur.Must, one) for one in _stretch(request.stretch)),
    ]
    asked = [(Occur.Must, _found(request.query)), *rest]
    # What only moves hits up is asked of hits that are ordered by it, not of what is counted.
    weighed = asked if order else [(Occur.Must, _found(request.query, weighed=True)), *rest]
    under: dict[tuple[str, ...], dict[str, str]] = {}
    for facet in dict.fromkeys(request.facets):
        name = f"date_{request.date_bin}" if facet == "date" else facet
        under.setdefault(tuple(fields.others(request, facet)), {})[facet] = name
    return Compiled(
        _both(weighed, request, fields.others(request, "")),
        order,
        tuple((_both(asked, request, filters), named) for filters, named in under.items()),
        bool(request.stretch and request.stretch.backwards),
    )


def _stretch(stretch: Stretch | None) -> Iterator[tantivy.Query]:
    if stretch:
        yield _unscored(_term("item", stretch.item))
        yield _unscored(
            tantivy.Query.range_query(
                SCHEMA, "number", FieldType.Integer, lower_bound=stretch.first, upper_bound=stretch.last
            )
        )


def _both(
    asked: Iterable[tuple[Occur, tantivy.Query]], request: SearchRequest, filters: Iterable[str]
) -> tantivy.Query:
    narrowed = [(Occur.Must, _filter(name, request.filters[name])) for name in filters]
    return tantivy.Query.boolean_query([*asked, *narrowed])


def _filter(facet: str, values: Sequence[str]) -> tantivy.Query:
    if facet != "date":
        return _unscored(tantivy.Query.term_set_query(SCHEMA, facet, list(values)))
    known = [_term(f"date_{grain}", value) for value in values if (grain := fields.grain(value))]
    return _unscored(_any(known)) if known else _NOTHING


def _found(query: Query, weighed: bool = False) -> tantivy.Query:
    """What matches a query by the rule of archive.search.match: not by its document's words alone."""
    matched, narrowing = on_its_own(query)
    found = _compile(matched, weighed=weighed)
    alone = [(Occur.Must, _unscored(_compile(narrowing)))] if narrowing != EVERYTHING else []
    return tantivy.Query.boolean_query([(Occur.Must, found), *alone]) if alone else found


def _compile(query: Query, texts: Sequence[str] = TEXTS, weighed: bool = False) -> tantivy.Query:
    """A query asked of texts; `weighed`: with what moves up units in which its words stand together."""
    match query:
        case Everything():
            return tantivy.Query.all_query()
        case Own(part):
            return _compile(part, OWN_TEXTS)
        case SaidDate():
            return _compile(query.either, texts)
        case And(parts):
            wanted = [(Occur.Must, _compile(part, weighed=weighed)) for part in parts if not isinstance(part, Not)]
            unwanted = [(Occur.MustNot, _compile(part.part)) for part in parts if isinstance(part, Not)]
            nearer = [(Occur.Should, _together(one)) for one in ranking.together(parts)] if weighed else []
            return tantivy.Query.boolean_query(
                [*(wanted or [(Occur.Must, tantivy.Query.all_query())]), *unwanted, *nearer]
            )
        case Or(parts):
            return _any([_compile(part, weighed=weighed) for part in parts])
        case Not(part):
            return tantivy.Query.boolean_query(
                [(Occur.Must, _unscored(tantivy.Query.all_query())), (Occur.MustNot, _compile(part))]
            )
        case DateRange(earliest, latest):
            bounds = []
            if latest is not None:
                bounds.append(
                    tantivy.Query.range_query(SCHEMA, "earliest", FieldType.Integer, upper_bound=latest.toordinal())
                )
            if earliest is not None:
                bounds.append(
                    tantivy.Query.range_query(SCHEMA, "latest", FieldType.Integer, lower_bound=earliest.toordinal())
                )
            return _unscored(
                tantivy.Query.boolean_query([*((Occur.Must, bound) for bound in bounds), *_no_gap(earliest, latest)])
            )
        case Prefix(text):
            beginning: tantivy.Query = _beginning(analysis.terms(text)[0].folded, tuple(texts))
            return beginning
        case Word(text):
            return _best(
                [
                    one
                    for row in analysis.asked((text,))
                    for one in (_word(row[0], texts) if len(row) == 1 else _phrase(row, texts))
                ]
            )
        case Phrase(words):
            return _best([one for row in analysis.asked(words) for one in _phrase(row, texts)])
    raise TypeError(f"no query: {query!r}")


def _no_gap(earliest: date | None, latest: date | None) -> Iterator[tuple[Occur, tantivy.Query]]:
    """That a range of days does not lie in a gap of a unit's date."""
    if earliest is not None and latest is not None:
        for first, last in fields.GAPS:
            begun = tantivy.Query.range_query(SCHEMA, first, FieldType.Integer, upper_bound=earliest.toordinal())
            lasts = tantivy.Query.range_query(SCHEMA, last, FieldType.Integer, lower_bound=latest.toordinal())
            yield Occur.MustNot, tantivy.Query.boolean_query([(Occur.Must, begun), (Occur.Must, lasts)])


@lru_cache(maxsize=256)
def _beginning(folded: str, texts: tuple[str, ...]) -> tantivy.Query:
    """Any word that begins so. A phrase-prefix query stops silently at 50 words; an automaton over all does not."""
    start = "".join(c if c.isalnum() else f"\\{c}" for c in folded)
    return _unscored(_any([tantivy.Query.regex_query(SCHEMA, f"{name}_folded", f"{start}.*") for name in texts]))


def _word(sought: Sought, texts: Sequence[str]) -> list[tantivy.Query]:
    return [
        _boosted(_term(f"{name}_{stream}", form), weight * WEIGHTS[name])
        for name in texts
        for stream, form, weight in ranking.forms(sought)
    ]


def _phrase(row: Sequence[Sought], texts: Sequence[str]) -> list[tantivy.Query]:
    folded: list[str | tuple[int, str]] = [one.folded for one in row]
    return [
        _boosted(
            tantivy.Query.phrase_query(SCHEMA, f"{name}_folded", folded)
            if len(folded) > 1
            else _term(f"{name}_folded", row[0].folded),
            WEIGHTS[name],
        )
        for name in texts
    ]


def _together(asked: ranking.Together) -> tantivy.Query:
    """What counts beside the words where the tokens stand together: in the best of the fields in which they do."""
    return _best([_boosted(_standing(asked, f"{name}_folded"), asked.weight * WEIGHTS[name]) for name in TEXTS])


def _standing(asked: ranking.Together, name: str) -> tantivy.Query:
    """A row as a phrase; two neighbours as what both count for where they are near."""
    # Of two terms tantivy's slop is how many words stand between them, in this order; of more it would be something
    # else.
    near = tantivy.Query.phrase_query(SCHEMA, name, list(asked.tokens), asked.slack)
    if not asked.slack:
        return near
    words = [(Occur.Must, _term(name, token)) for token in asked.tokens]
    return tantivy.Query.boolean_query([*words, (Occur.Must, _unscored(near))])


def _term(name: str, value: str) -> tantivy.Query:
    return tantivy.Query.term_query(SCHEMA, name, value)


def _boosted(query: tantivy.Query, weight: float) -> tantivy.Query:
    return query if weight == 1 else tantivy.Query.boost_query(query, weight)


def _best(queries: list[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.disjunction_max_query(queries)


def _any(queries: list[tantivy.Query]) -> tantivy.Query:
    return queries[0] if len(queries) == 1 else tantivy.Query.boolean_query([(Occur.Should, one) for one in queries])


def _unscored(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, 0.0)


def written(document: Document) -> tantivy.Document:
    """A document as tantivy is given it. Pure."""
    made = tantivy.Document()
    made.add_text("id", document.id)
    made.add_text("item", document.item)
    made.add_text("kind", document.kind)
    oldest, newest = fields.sort_keys(document)
    made.add_unsigned("ordinal", document.ordinal)
    made.add_unsigned("oldest", oldest)
    made.add_unsigned("newest", newest)
    made.add_integer("number", document.number)
    if bounds := fields.day_bounds(document):
        for name, day in {"earliest": bounds[0], "latest": bounds[1], **fields.day_gaps(document)}.items():
            made.add_integer(name, day)
    for grain, values in fields.bins(document.earliest, document.latest, document.gaps).items():
        for value in values:
            made.add_text(f"date_{grain}", value)
    for name, values in fields.keywords(document).items():
        for value in values:
            made.add_text(name, value)
    terms = fields.analysed(document)
    for name, text in fields.streams(terms).items():
        made.add_text(name, text)
    made.add_bytes("words", stored.pack(document, terms))
    return made


class Embedded:
    """The index of one audience in `folder`, built under a `default` of access. Safe to share between threads; ever
    fresh."""

    def __init__(self, folder: Path, audience: Audience, default: str = ""):
        self.folder, self.audience = folder, audience
        self._mark = fields.mark(MARK, default)
        self._guard = threading.Lock()
        self._open: _Open | None = None

    def search(self, request: SearchRequest) -> SearchResponse:
        """Exact total and facets, and the asked-for slice of hits."""
        fields.admit(request, self.audience)
        asked = compile(request)
        counts: dict[str, list[tuple[str, int]]] = {}
        with segments.read(self.folder):
            searcher = self._searcher()
            far = request.offset + request.size > fields.FARTHEST
            total, hits = (
                (collecting.total(searcher.search(asked.hits, 1)), [])
                if far
                else collecting.part(searcher, asked.hits, asked.order, request.offset, request.size, asked.backwards)
            )
            fields.check_reach(request, total)
            for query, named in asked.counts:
                counts.update(collecting.counts(searcher, query, named))
            found = tuple(collecting.hits(searcher, hits, words=True))
        facets = {facet: fields.buckets(facet, counts[facet], request) for facet in dict.fromkeys(request.facets)}
        return SearchResponse(total, found, facets)

    def every(self, request: SearchRequest) -> Iterator[Hit]:
        """All hits in the request's order, from one snapshot, whatever is indexed meanwhile; no limit."""
        fields.admit(request, self.audience)
        asked = compile(request)
        with segments.read(self.folder):
            searcher = self._searcher()
            _, hits = collecting.part(searcher, asked.hits, asked.order, 0, searcher.num_docs, asked.backwards)
            for start in range(0, len(hits), _PORTION):
                yield from collecting.hits(searcher, hits[start : start + _PORTION])

    def write(self, documents: Iterable[Document], removed: Iterable[str] = ()) -> int:
        """Adds or replaces documents and removes ids, in one commit; returns how many were written."""
        with index_folders.writing(self.folder), segments.intact(self.folder):
            return _fill(self._opened(self._there(index_folders.current(self.folder))).index, documents, removed)

    def rebuild(self, documents: Iterable[Document]) -> int:
        """A new index built aside from `documents`, swapped in when whole, deleted on failure."""
        with index_folders.writing(self.folder), index_folders.staged(self.folder, self._mark) as path:
            with _told():
                made = tantivy.Index(SCHEMA, str(path))
            return _fill(made, documents)

    def near(self, folded: str) -> Mapping[str, int]:
        """Words of the index that may be near to a folded one: the most frequent of those that begin like it."""
        searcher = self._searcher()
        found: Counter[str] = Counter()
        for name, start in product(("shown_exact", "description_exact"), nearest.beginnings(folded)):
            found.update(dict(searcher.terms_with_prefix(name, start, None, _NEAR)))
        return found

    def check(self) -> str:
        """A sentence on the engine's version and state; raises EngineError when it cannot be used.

        Every byte of the index is looked at: what a disk has changed may answer a search, and wrongly.
        """
        with segments.read(self.folder):
            units = self._searcher().num_docs
        generation = self._there(index_folders.current(self.folder))
        wrong = segments.damaged(generation.folder)
        if wrong and index_folders.current(self.folder) == generation:
            raise EngineOutdated(f"the index is damaged: {', '.join(wrong)}", item=str(generation.folder))
        return f"{_TANTIVY}, embedded: {units:,} units in {self.folder}"

    def close(self) -> None:
        """Lets go of files."""
        with self._guard:
            self._open = None

    def _searcher(self) -> tantivy.Searcher:
        """What is searched from now on, whatever is written later."""
        while True:
            generation = index_folders.current(self.folder)
            try:
                with self._guard:
                    there = self._there(generation)
                    if self._open is None or self._open.folder != there.folder:
                        self._open = _Open(there.folder, self._opened(there))
                    fresh, searcher = self._open.searcher()
                    # A generation that is swept away while it is opened may lack files without a word of tantivy's:
                    # it is whole if it is still the one to read.
                    if not fresh or index_folders.current(self.folder) == generation:
                        return searcher
                    self._open = None
            except EngineOutdated:
                if index_folders.current(self.folder) == generation:
                    raise

    def _there(self, generation: index_folders.Generation | None) -> index_folders.Generation:
        if generation is None:
            raise EngineOutdated("there is no index yet", item=str(self.folder))
        return generation

    def _opened(self, generation: index_folders.Generation) -> segments.Opened:
        if generation.mark != self._mark:
            raise fields.outdated(generation.mark, self._mark, str(self.folder))
        try:
            return segments.Opened(generation.folder)
        except (ValueError, OSError) as broken:
            raise _lost(generation.folder, broken) from broken


class _Open:
    """A generation that is read."""

    def __init__(self, folder: Path, opened: segments.Opened):
        self.folder, self._opened = folder, opened
        self._meta = folder / "meta.json"
        self._committed: tuple[int, int, int] | None = None

    def searcher(self) -> tuple[bool, tantivy.Searcher]:
        """A searcher of what was last committed, and whether files were opened for it.

        Each commit replaces the index's `meta.json`.
        """
        try:
            found = os.stat(self._meta)
            committed = found.st_ino, found.st_mtime_ns, found.st_size
            fresh = committed != self._committed
            if fresh:
                self._opened.reload()
                self._committed = committed
        except (OSError, ValueError) as swept:
            raise _lost(self.folder, swept) from swept
        return fresh, self._opened.index.searcher()


def _lost(folder: Path, why: Exception) -> EngineOutdated:
    return EngineOutdated(f"the index cannot be opened: {why}", item=str(folder))


def _fill(index: tantivy.Index, documents: Iterable[Document], removed: Iterable[str] = ()) -> int:
    """Writes to an index in one commit, or nothing at all; returns how many documents."""
    with _told():
        writer = index.writer(_WRITER_MEMORY, 1)
    number, rejected, whole = 0, [], False
    try:
        for id in removed:
            with _told():
                writer.delete_documents_by_term("id", id)
        for document in documents:
            if faults := fields.faults(document):
                rejected.append(f"{document.id} ({', '.join(faults)})")
                continue
            made = written(document)
            with _told():
                writer.delete_documents_by_term("id", document.id)
                writer.add_document(made)
            number += 1
        if rejected:
            raise fields.rejection(rejected)
        with _told():
            writer.commit()
        whole = True
        return number
    finally:
        if not whole:
            writer.rollback()
        writer.wait_merging_threads()


@contextmanager
def _told() -> Iterator[None]:
    """Says what tantivy raises while it writes in the archive's own errors."""
    try:
        yield
    except (ValueError, OSError) as failed:
        raise EngineError(
            f"the index could not be written: {failed}",
            remedy="Look whether the disk is full, then run `rescate reindex`.",
        ) from failed
