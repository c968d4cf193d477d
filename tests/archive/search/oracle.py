"""What an engine must answer, by the matcher and the table of fields alone: slow, plain, and right by definition."""

import math
from collections import Counter

from archive.search import analysis, ranking
from archive.search.bins import bins, listed
from archive.search.grounds import Own, on_its_own
from archive.search.indexed import analysed, streams
from archive.search.kinds.page import FIELDS
from archive.search.match import match as answers
from archive.search.match import match_document
from archive.search.query import And, Not, Or, Phrase, SaidDate, Word
from archive.search.request import SearchRequest, Sort


def passes(document, request: SearchRequest, without: str = "") -> bool:
    """Whether a unit is of the request's kind, matches its query, and has a chosen value of every filter but one."""
    if document.kind != request.kind or match_document(request.query, document) is None:
        return False
    return all(
        name == without or not chosen or set(chosen) & values(document, name)
        for name, chosen in request.filters.items()
    )


def values(document, facet: str) -> set[str]:
    if facet != "date":
        return set(document.facets.get(facet, ()))
    return {one for some in bins(document.earliest, document.latest, document.gaps).values() for one in some}


def hits(documents, request: SearchRequest) -> list:
    """The units found, in the archive's order."""
    return sorted((one for one in documents if passes(one, request)), key=lambda one: one.ordinal)


def along(documents, request: SearchRequest) -> list[str]:
    """The ids found in the stretch that the request asks for, in its order."""
    asked = request.stretch
    found = [
        (one.number, one.id)
        for one in documents
        if one.item == asked.item and asked.first <= one.number <= (asked.last or one.number) and passes(one, request)
    ]
    return [id for _, id in sorted(found, reverse=asked.backwards)]


def by_date(documents, request: SearchRequest) -> list[str]:
    """The ids found in the order of dates that the request asks for."""
    sign = -1 if request.sort is Sort.DATE_DESC else 1
    dated = [(one.earliest or one.latest, one) for one in hits(documents, request)]
    return [
        one.id
        for day, one in sorted(
            dated, key=lambda pair: (pair[0] is None, sign * pair[0].toordinal() if pair[0] else 0, pair[1].ordinal)
        )
    ]


def facets(documents, request: SearchRequest) -> dict[str, dict[str, int]]:
    """Each facet's values and counts, under the others' filters."""
    counted = {}
    for facet in request.facets:
        counts: dict[str, int] = {}
        for document in documents:
            if passes(document, request, without=facet):
                own = values(document, facet)
                if facet == "date":
                    own = set(bins(document.earliest, document.latest, document.gaps)[request.date_bin])
                    own = set(listed(own, request.date_bin, request.filters.get("date", ())))
                for value in own:
                    counts[value] = counts.get(value, 0) + 1
        counted[facet] = counts
    return counted


def ranked(documents, request: SearchRequest, fields=FIELDS) -> list[tuple[str, float]]:
    """The ids found, the nearest first, with their scores: BM25 over the terms as they are indexed, by its formula, and
    over the documents of the request's kind alone."""
    index = _Index([one for one in documents if one.kind == request.kind], fields)
    weighed, _narrowing = on_its_own(request.query)
    scored = [(-index.score(weighed, one), one.ordinal, one.id) for one in hits(documents, request)]
    return [(id, -score) for score, _, id in sorted(scored)]


def holds(query, document, texts=tuple(FIELDS.texts)) -> bool:
    """Whether a query holds of these texts, by whosever words."""
    match query:
        case Own(part):
            return holds(part, document, FIELDS.own_texts)
        case And(parts):
            return all(holds(part, document, texts) for part in parts)
        case Or(parts):
            return any(holds(part, document, texts) for part in parts)
        case Not(part):
            return not holds(part, document, texts)
    # Under names that say nothing, so that the document's words are words like others.
    named = {str(number): document.texts.get(name, ()) for number, name in enumerate(texts)}
    return answers(query, named, document.earliest, document.latest, document.gaps) is not None


class _Index:
    """The terms of all units of a kind: BM25 weighs a word by how many of them have it."""

    def __init__(self, documents, fields):
        self.fields = fields
        self.terms = {
            one.id: {name: text.split() for name, text in streams(analysed(one, fields), fields).items()}
            for one in documents
        }
        names = next(iter(self.terms.values()))
        self.mean = {name: sum(len(own[name]) for own in self.terms.values()) / len(self.terms) for name in names}
        self.often = {name: Counter(term for own in self.terms.values() for term in set(own[name])) for name in names}

    def score(self, query, document, weighed=True, texts=None) -> float:
        texts = texts or tuple(self.fields.texts)
        match query:
            case Own(part):
                return self.score(part, document, weighed, self.fields.own_texts)
            case SaidDate():
                return self.score(query.either, document, weighed, texts)
            case And() if not holds(query, document, tuple(self.fields.texts)):
                return 0.0
            case And(parts):
                near = ranking.together(parts) if weighed else []
                return sum(self.score(part, document, weighed) for part in parts) + sum(
                    one.weight * self.nearness(one, document) for one in near
                )
            case Or(parts):
                return sum(self.score(part, document, weighed) for part in parts)
            case Word() | Phrase():
                words = query.words if isinstance(query, Phrase) else (query.text,)
                return max(self.row(row, document, texts, isinstance(query, Word)) for row in analysis.asked(words))
        return 0.0

    def row(self, row, document, texts, any_form: bool) -> float:
        """One of the ways in which a word or phrase may be written: a word of one token in any of its forms."""
        if any_form and len(row) == 1:
            return max(
                weight * self.fields.weights[name] * self.bm25(f"{name}_{stream}", [form], document)
                for name in texts
                for stream, form, weight in ranking.forms(row[0])
            )
        run = [term.folded for term in row]
        return max(self.fields.weights[name] * self.bm25(f"{name}_folded", run, document) for name in texts)

    def bm25(self, name: str, run: list[str], document) -> float:
        own, count = self.terms[document.id][name], len(self.terms)
        often = sum(own[n : n + len(run)] == run for n in range(len(own)))
        rarity = sum(math.log(1 + (count - of + 0.5) / (of + 0.5)) for of in (self.often[name][term] for term in run))
        return rarity * often * 2.2 / (often + 1.2 * (0.25 + 0.75 * _coarse(len(own)) / self.mean[name]))

    def nearness(self, asked, document) -> float:
        """What tokens that stand together count for in the best of their fields: as a phrase; neighbours as words."""

        def counted(name: str) -> float:
            if not asked.slack:
                return self.bm25(name, list(asked.tokens), document)
            if not self.near(asked, name, document):
                return 0.0
            return sum(self.bm25(name, [token], document) for token in asked.tokens)

        return max(self.fields.weights[name] * counted(f"{name}_folded") for name in self.fields.texts)

    def near(self, asked, name: str, document) -> bool:
        """Whether two tokens stand in this order in a field, with at most so many others between them."""
        own, (first, second) = self.terms[document.id][name], asked.tokens
        return any(second in own[at + 1 : at + 2 + asked.slack] for at, term in enumerate(own) if term == first)


def _coarse(length: int) -> int:
    """A text's length as both engines keep it: in one byte, exact to 40."""
    steps = max(0, (length - 24).bit_length() - 4)
    return length if length < 40 else 24 + ((length - 24) >> steps << steps)
