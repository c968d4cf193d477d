"""A request in Elasticsearch's words: mapping, document, query, filters, sort, counts. Pure."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from typing import Any

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

#: What an index was built with; another mark means that it is to be built anew.
MARK = f"elasticsearch 6, {analysis.MARK}"

#: Values counted of a facet at once: Elasticsearch's own limit of buckets (search.max_buckets) less one.
MOST_BUCKETS = 65_535

#: What is asked of each hit beside its id and score, and, of those that are shown, the words kept of it.
HIT, SHOWN = ["item"], ["words"]

Json = dict[str, Any]


def index(fields: Fields, mark: str, shards: int = 1) -> Json:
    """Settings and mapping of an index of these fields. The terms are ours: nothing is analysed but at blanks, nothing
    guessed.

    One shard holds millions of pages, and makes counts exact and scores comparable. What was sent is not kept
    (`_source`), but for the words that snippets are taken from: the index is built anew from the catalog.
    """
    text = {"type": "text", "analyzer": "whitespace", "index_options": "positions"}
    properties: Json = {"item": {"type": "keyword"}}
    properties["words"] = {"type": "binary", "store": True}
    for name in ("ordinal", "oldest", "newest"):
        properties[name] = {"type": "long", "index": False}
    for name in ("number", "earliest", "latest", *chain.from_iterable(indexed.GAPS)):
        properties[name] = {"type": "integer"}
    for name in (*(f"date_{grain}" for grain in GRAINS), *fields.keywords):
        properties[name] = {"type": "keyword"}
    for name in fields.texts:
        for stream in analysis.Streams._fields:
            properties[f"{name}_{stream}"] = dict(text)
    return {
        "settings": {"number_of_shards": shards, "auto_expand_replicas": "0-1"},
        "mappings": {
            "dynamic": "strict",
            "_source": {"enabled": False},
            "_meta": {"rescate": mark},
            "properties": properties,
        },
    }


def written(document: Document, fields: Fields) -> Json:
    """A document as Elasticsearch is given it."""
    oldest, newest = indexed.sort_keys(document)
    made: Json = {
        "item": document.item,
        "ordinal": document.ordinal,
        "oldest": oldest,
        "newest": newest,
        "number": document.number,
    }
    if bounds := indexed.day_bounds(document):
        made |= {"earliest": bounds[0], "latest": bounds[1], **indexed.day_gaps(document)}
    for grain, values in bins.bins(document.earliest, document.latest, document.gaps).items():
        made[f"date_{grain}"] = list(values)
    for name, values in indexed.keywords(document, fields).items():
        if values:
            made[name] = list(values)
    terms = indexed.analysed(document, fields)
    return {
        **made,
        **indexed.streams(terms, fields),
        "words": b64encode(stored.pack(document, terms, fields.kept)).decode("ascii"),
    }


def compile(request: SearchRequest, fields: Fields) -> Json:
    """The body of a search of an index of these fields, but for its slice. Raises QueryError for facets that there are
    not.

    Filters on a facet that is counted come after the counting (`post_filter`), so that one request answers all.
    """
    refused.check(request, fields)
    chosen = {name: _filter(name, request, fields) for name in request.others()}
    before = [one for name, one in chosen.items() if name not in request.facets]
    after = [one for name, one in chosen.items() if name in request.facets]
    asked: Json = {
        "must": [_Compiler(fields).found(request.query, _by_score(request))],
        "filter": [*_stretch(request.stretch), *before],
    }
    if request.withheld:
        asked["must_not"] = [{"terms": {name: list(ids)}} for name, ids in request.withheld.by_field().items()]
    body: Json = {
        "query": {"bool": asked},
        "sort": order(request),
        "track_total_hits": True,
        "docvalue_fields": HIT,
    }
    if after:
        body["post_filter"] = {"bool": {"filter": after}}
    if request.facets:
        body["aggs"] = {name: _counts(name, request, fields) for name in dict.fromkeys(request.facets)}
    return body


def _stretch(stretch: Stretch | None) -> list[Json]:
    if not stretch:
        return []
    numbers = {"gte": stretch.first} if stretch.last is None else {"gte": stretch.first, "lte": stretch.last}
    return [{"term": {"item": stretch.item}}, {"range": {"number": numbers}}]


def order(request: SearchRequest) -> list[Json]:
    """What hits are sorted by; it ends in what is unique."""
    if request.stretch:
        return [{"number": "desc" if request.stretch.backwards else "asc"}, {"ordinal": "asc"}]
    by_date = {Sort.DATE: "oldest", Sort.DATE_DESC: "newest"}.get(request.sort)
    if by_date:
        return [{by_date: "asc"}]
    return [{"_score": "desc"}, {"ordinal": "asc"}] if _by_score(request) else [{"ordinal": "asc"}]


def _by_score(request: SearchRequest) -> bool:
    return request.stretch is None and request.sort is Sort.RELEVANCE and ranks(request.query)


def under(facet: str, request: SearchRequest, fields: Fields) -> Json:
    """The filters that a facet is counted under, of those that come after the counting."""
    return {
        "bool": {"filter": [_filter(name, request, fields) for name in request.others(facet) if name in request.facets]}
    }


def _counts(facet: str, request: SearchRequest, fields: Fields) -> Json:
    counted = fields.facets[facet].counted(request.date_bin)
    counts = {"values": {"terms": {"field": counted, "size": MOST_BUCKETS}}}
    return {"filter": under(facet, request, fields), "aggs": counts}


def _filter(facet: str, request: SearchRequest, fields: Fields) -> Json:
    chosen = fields.facets[facet].chosen(request.filters[facet])
    return _any([{"terms": {name: list(values)}} for name, values in chosen.items()])


class _Compiler:
    """What queries of an index of these fields are made of."""

    def __init__(self, fields: Fields):
        self.fields, self.texts, self.weights = fields, tuple(fields.texts), fields.weights

    def found(self, query: Query, weighed: bool = False) -> Json:
        """What matches a query by the rule of archive.search.match: not by its document's words alone."""
        matched, narrowing = on_its_own(query)
        found = self.asked(matched, self.texts, weighed)
        if narrowing == EVERYTHING:
            return found
        return {"bool": {"must": [found], "filter": [self.asked(narrowing, self.texts)]}}

    def asked(self, query: Query, texts: Sequence[str], weighed: bool = False) -> Json:
        """A query asked of texts; `weighed`: with what moves up units in which its words stand together."""
        match query:
            case Everything():
                return {"match_all": {}}
            case Own(part):
                return self.asked(part, self.fields.own_texts)
            case SaidDate():
                return self.asked(query.either, texts)
            case And(parts):
                wanted = [self.asked(part, self.texts, weighed) for part in parts if not isinstance(part, Not)]
                unwanted = [self.asked(part.part, self.texts) for part in parts if isinstance(part, Not)]
                nearer = [self.together(one) for one in ranking.together(parts)] if weighed else []
                clauses = {"must": wanted, "must_not": unwanted, "should": nearer}
                return {"bool": {occur: some for occur, some in clauses.items() if some}}
            case Or(parts):
                return _any([self.asked(part, self.texts, weighed) for part in parts])
            case Not(part):
                return {"bool": {"must_not": [self.asked(part, self.texts)]}}
            case DateRange(earliest, latest):
                return _days(earliest, latest)
            case Prefix(text):
                start = analysis.terms(text)[0].folded
                return {"bool": {"filter": [_any([{"prefix": {f"{name}_folded": start}} for name in texts])]}}
            case Word(text):
                return _best(
                    one
                    for row in analysis.asked((text,))
                    for one in (self.word(row[0], texts) if len(row) == 1 else self.phrase(row, texts))
                )
            case Phrase(words):
                return _best(one for row in analysis.asked(words) for one in self.phrase(row, texts))
        raise TypeError(f"no query: {query!r}")

    def word(self, sought: Sought, texts: Sequence[str]) -> list[Json]:
        return [
            {"term": {f"{name}_{stream}": {"value": form, "boost": weight * self.weights[name]}}}
            for name in texts
            for stream, form, weight in ranking.forms(sought)
        ]

    def phrase(self, row: Sequence[Sought], texts: Sequence[str]) -> list[Json]:
        folded = [one.folded for one in row]
        if len(folded) == 1:
            return [{"term": {f"{name}_folded": {"value": folded[0], "boost": self.weights[name]}}} for name in texts]
        return [
            {"match_phrase": {f"{name}_folded": {"query": " ".join(folded), "boost": self.weights[name]}}}
            for name in texts
        ]

    def together(self, asked: ranking.Together) -> Json:
        """What counts beside the words where the tokens stand together: in the best of the fields in which they do."""
        return _best(_standing(asked, f"{name}_folded", asked.weight * weight) for name, weight in self.weights.items())


def _days(earliest: date | None, latest: date | None) -> Json:
    """That a unit's date may lie in a range of days, and the range in no gap of that date."""
    bounds = []
    if latest is not None:
        bounds.append({"range": {"earliest": {"lte": latest.toordinal()}}})
    if earliest is not None:
        bounds.append({"range": {"latest": {"gte": earliest.toordinal()}}})
    if earliest is None or latest is None:
        return {"bool": {"filter": bounds}}
    begun, lasts = {"lte": earliest.toordinal()}, {"gte": latest.toordinal()}
    gaps = [{"bool": {"filter": [{"range": {first: begun}}, {"range": {last: lasts}}]}} for first, last in indexed.GAPS]
    return {"bool": {"filter": bounds, "must_not": gaps}}


def _standing(asked: ranking.Together, name: str, weight: float) -> Json:
    """A row as a phrase; two neighbours as what both count for where they are near."""
    if not asked.slack:
        return {"match_phrase": {name: {"query": " ".join(asked.tokens), "boost": weight}}}
    near = {"clauses": [{"span_term": {name: token}} for token in asked.tokens], "slop": asked.slack, "in_order": True}
    words = [{"term": {name: {"value": token}}} for token in asked.tokens]
    return {"bool": {"must": words, "filter": [{"span_near": near}], "boost": weight}}


def _best(queries: Iterable[Json]) -> Json:
    return {"dis_max": {"queries": list(queries)}}


def _any(queries: list[Json]) -> Json:
    """At least one of them; of none, nothing."""
    if not queries:
        return {"match_none": {}}
    return queries[0] if len(queries) == 1 else {"bool": {"should": queries, "minimum_should_match": 1}}
