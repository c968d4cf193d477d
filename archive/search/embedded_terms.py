"""A request in tantivy's words: schema, document, query, filters, order, counts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import chain

import tantivy
from tantivy import FieldType, Occur

from archive.search import analysis, bins, indexed, ranking, refused, stored
from archive.search.analysis import Sought
from archive.search.bins import GRAINS
from archive.search.document import Document
from archive.search.fields import Fields
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
from archive.search.request import SearchRequest, Sort, Stretch

VERSION: str = tantivy.__version__  # type: ignore[attr-defined]  # missing in its stubs
#: What an index was built with; another mark means that it is to be built anew.
MARK = f"embedded 6, {VERSION.rpartition(', ')[2]}, {analysis.MARK}"

_NOTHING = tantivy.Query.empty_query()


@cache
def schema(fields: Fields) -> tantivy.Schema:
    """The schema of an index of these fields. The terms are ours: nothing is analysed but at blanks."""
    made = tantivy.SchemaBuilder()
    made.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    made.add_text_field("item", stored=True, tokenizer_name="raw", index_option="basic")
    made.add_bytes_field("words", stored=True)
    for name in ("ordinal", "oldest", "newest"):
        made.add_unsigned_field(name, fast=True)
    for name in ("number", "earliest", "latest", *chain.from_iterable(indexed.GAPS)):
        made.add_integer_field(name, fast=True)
    for name in (*(f"date_{grain}" for grain in GRAINS), *fields.keywords):
        made.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in fields.texts:
        for stream in analysis.Streams._fields:
            made.add_text_field(f"{name}_{stream}", tokenizer_name="whitespace", index_option="position")
    return made.build()


def written(document: Document, fields: Fields) -> tantivy.Document:
    """A document as tantivy is given it."""
    made = tantivy.Document()
    made.add_text("id", document.id)
    made.add_text("item", document.item)
    oldest, newest = indexed.sort_keys(document)
    made.add_unsigned("ordinal", document.ordinal)
    made.add_unsigned("oldest", oldest)
    made.add_unsigned("newest", newest)
    made.add_integer("number", document.number)
    if bounds := indexed.day_bounds(document):
        for name, day in {"earliest": bounds[0], "latest": bounds[1], **indexed.day_gaps(document)}.items():
            made.add_integer(name, day)
    for grain, values in bins.bins(document.earliest, document.latest, document.gaps).items():
        for value in values:
            made.add_text(f"date_{grain}", value)
    for name, values in indexed.keywords(document, fields).items():
        for value in values:
            made.add_text(name, value)
    terms = indexed.analysed(document, fields)
    for name, text in indexed.streams(terms, fields).items():
        made.add_text(name, text)
    made.add_bytes("words", stored.pack(document, terms, fields.kept))
    return made


@dataclass(frozen=True)
class Compiled:
    """A request in tantivy's words: what is hit, by which field it is ordered (None: by score), the counts: for each
    set of filters what is counted under it, and which facet in which field; and whether that order is descending."""

    hits: tantivy.Query
    order: str | None
    counts: tuple[tuple[tantivy.Query, Mapping[str, str]], ...]
    backwards: bool = False


def compile(request: SearchRequest, fields: Fields) -> Compiled:
    """The request as an index of these fields is asked it. Raises QueryError for facets that there are not."""
    refused.check(request, fields)
    order = {Sort.DATE: "oldest", Sort.DATE_DESC: "newest"}.get(
        request.sort, None if ranks(request.query) else "ordinal"
    )
    if request.stretch:
        order = "number"
    of = _compiler(fields)
    rest = [
        *((Occur.MustNot, of.any_value({name: ids})) for name, ids in request.withheld.by_field().items()),
        *((Occur.Must, one) for one in of.stretch(request.stretch)),
    ]
    asked = [(Occur.Must, of.found(request.query)), *rest]
    # What only moves hits up is asked of hits that are ordered by it, not of what is counted.
    weighed = asked if order else [(Occur.Must, of.found(request.query, weighed=True)), *rest]
    under: dict[tuple[str, ...], dict[str, str]] = {}
    for name in dict.fromkeys(request.facets):
        counted = fields.facets[name].counted(request.date_bin)
        under.setdefault(tuple(request.others(name)), {})[name] = counted
    return Compiled(
        of.narrowed(weighed, request, request.others()),
        order,
        tuple((of.narrowed(asked, request, filters), named) for filters, named in under.items()),
        bool(request.stretch and request.stretch.backwards),
    )


@cache
def _compiler(fields: Fields) -> _Compiler:
    return _Compiler(fields)


class _Compiler:
    """What queries of an index of these fields are made of."""

    def __init__(self, fields: Fields):
        self.fields, self.schema = fields, schema(fields)
        self.texts = tuple(fields.texts)
        self.beginning = lru_cache(maxsize=256)(self._beginning)

    def narrowed(
        self, asked: Iterable[tuple[Occur, tantivy.Query]], request: SearchRequest, filters: Iterable[str]
    ) -> tantivy.Query:
        """The query for units of which all that is asked holds, and these filters of the request."""
        chosen = (self.fields.facets[name].chosen(request.filters[name]) for name in filters)
        return tantivy.Query.boolean_query([*asked, *((Occur.Must, self.any_value(one)) for one in chosen)])

    def any_value(self, values: Mapping[str, Sequence[str]]) -> tantivy.Query:
        """That a unit has at least one of the values in one of the fields."""
        sets = [tantivy.Query.term_set_query(self.schema, name, list(some)) for name, some in values.items()]
        return _unscored(_any(sets)) if sets else _NOTHING

    def stretch(self, stretch: Stretch | None) -> Iterator[tantivy.Query]:
        if stretch:
            yield _unscored(self.term("item", stretch.item))
            yield _unscored(self.range("number", stretch.first, stretch.last))

    def range(self, name: str, first: int | None = None, last: int | None = None) -> tantivy.Query:
        return tantivy.Query.range_query(self.schema, name, FieldType.Integer, lower_bound=first, upper_bound=last)

    def term(self, name: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self.schema, name, value)

    def found(self, query: Query, weighed: bool = False) -> tantivy.Query:
        """What matches a query by the rule of archive.search.match: not by its document's words alone."""
        matched, narrowing = on_its_own(query)
        found = self.asked(matched, self.texts, weighed)
        if narrowing == EVERYTHING:
            return found
        alone = _unscored(self.asked(narrowing, self.texts))
        return tantivy.Query.boolean_query([(Occur.Must, found), (Occur.Must, alone)])

    def asked(self, query: Query, texts: Sequence[str], weighed: bool = False) -> tantivy.Query:
        """A query asked of texts; `weighed`: with what moves up units in which its words stand together."""
        match query:
            case Everything():
                return tantivy.Query.all_query()
            case Own(part):
                return self.asked(part, self.fields.own_texts)
            case SaidDate():
                return self.asked(query.either, texts)
            case And(parts):
                wanted = [
                    (Occur.Must, self.asked(part, self.texts, weighed)) for part in parts if not isinstance(part, Not)
                ]
                unwanted = [
                    (Occur.MustNot, self.asked(part.part, self.texts)) for part in parts if isinstance(part, Not)
                ]
                nearer = [(Occur.Should, self.together(one)) for one in ranking.together(parts)] if weighed else []
                return tantivy.Query.boolean_query(
                    [*(wanted or [(Occur.Must, tantivy.Query.all_query())]), *unwanted, *nearer]
                )
            case Or(parts):
                return _any([self.asked(part, self.texts, weighed) for part in parts])
            case Not(part):
                return tantivy.Query.boolean_query(
                    [
                        (Occur.Must, _unscored(tantivy.Query.all_query())),
                        (Occur.MustNot, self.asked(part, self.texts)),
                    ]
                )
            case DateRange(earliest, latest):
                return _unscored(tantivy.Query.boolean_query([*self.days(earliest, latest)]))
            case Prefix(text):
                beginning: tantivy.Query = self.beginning(analysis.terms(text)[0].folded, tuple(texts))
                return beginning
            case Word(text):
                return _best(
                    [
                        one
                        for row in analysis.asked((text,))
                        for one in (self.word(row[0], texts) if len(row) == 1 else self.phrase(row, texts))
                    ]
                )
            case Phrase(words):
                return _best([one for row in analysis.asked(words) for one in self.phrase(row, texts)])
        raise TypeError(f"no query: {query!r}")

    def days(self, earliest: date | None, latest: date | None) -> Iterator[tuple[Occur, tantivy.Query]]:
        """That a unit's date may lie in a range of days, and the range in no gap of that date."""
        if latest is not None:
            yield Occur.Must, self.range("earliest", last=latest.toordinal())
        if earliest is not None:
            yield Occur.Must, self.range("latest", first=earliest.toordinal())
        if earliest is not None and latest is not None:
            for first, last in indexed.GAPS:
                begun = self.range(first, last=earliest.toordinal())
                lasts = self.range(last, first=latest.toordinal())
                yield Occur.MustNot, tantivy.Query.boolean_query([(Occur.Must, begun), (Occur.Must, lasts)])

    def _beginning(self, folded: str, texts: tuple[str, ...]) -> tantivy.Query:
        """Any word that begins so. A phrase-prefix query stops silently at 50 words; an automaton over all does not."""
        start = "".join(c if c.isalnum() else f"\\{c}" for c in folded)
        return _unscored(
            _any([tantivy.Query.regex_query(self.schema, f"{name}_folded", f"{start}.*") for name in texts])
        )

    def word(self, sought: Sought, texts: Sequence[str]) -> list[tantivy.Query]:
        weights = self.fields.weights
        return [
            _boosted(self.term(f"{name}_{stream}", form), weight * weights[name])
            for name in texts
            for stream, form, weight in ranking.forms(sought)
        ]

    def phrase(self, row: Sequence[Sought], texts: Sequence[str]) -> list[tantivy.Query]:
        folded: list[str | tuple[int, str]] = [one.folded for one in row]
        return [
            _boosted(
                tantivy.Query.phrase_query(self.schema, f"{name}_folded", folded)
                if len(folded) > 1
                else self.term(f"{name}_folded", row[0].folded),
                self.fields.weights[name],
            )
            for name in texts
        ]

    def together(self, asked: ranking.Together) -> tantivy.Query:
        """What counts beside the words where the tokens stand together: in the best of the fields in which they do."""
        weights = self.fields.weights
        return _best(
            [_boosted(self.standing(asked, f"{name}_folded"), asked.weight * weights[name]) for name in self.texts]
        )

    def standing(self, asked: ranking.Together, name: str) -> tantivy.Query:
        """A row as a phrase; two neighbours as what both count for where they are near."""
        # Of two terms tantivy's slop is how many words stand between them, in this order; of more it would be something
        # else.
        near = tantivy.Query.phrase_query(self.schema, name, list(asked.tokens), asked.slack)
        if not asked.slack:
            return near
        words = [(Occur.Must, self.term(name, token)) for token in asked.tokens]
        return tantivy.Query.boolean_query([*words, (Occur.Must, _unscored(near))])


def _boosted(query: tantivy.Query, weight: float) -> tantivy.Query:
    return query if weight == 1 else tantivy.Query.boost_query(query, weight)


def _best(queries: list[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.disjunction_max_query(queries)


def _any(queries: list[tantivy.Query]) -> tantivy.Query:
    return queries[0] if len(queries) == 1 else tantivy.Query.boolean_query([(Occur.Should, one) for one in queries])


def _unscored(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, 0.0)
