"""The embedded engine's own: whole compiled requests, its files, and any documents and queries against the matcher."""

import re
import threading
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from archive.access import Audience
from archive.errors import EngineError, EngineOutdated
from archive.search import collecting, embedded_terms, index_folders, ranking
from archive.search.bins import GRAINS
from archive.search.document import Document, Passage
from archive.search.embedded import Embedded
from archive.search.embedded_terms import compile
from archive.search.kinds.page import FIELDS
from archive.search.query import DateRange, Not, Phrase, Prefix, Query, Word, all_of, any_of, parse
from archive.search.request import SearchRequest, Sort
from tests.archive.search import corpus, oracle

FACETS = tuple(FIELDS.facets)


def names() -> list[str]:
    """The schema's own names of fields, by number: nothing but its pickled form tells them."""
    _, (schema,) = embedded_terms.schema(FIELDS).__reduce__()
    return [field["name"] for field in schema["inner"]]


def said(query) -> str:
    """A compiled query with its fields by name."""
    text = re.sub(r"Field\((\d+)\)", lambda number: NAMES[int(number[1])], repr(query))
    text = re.sub(r"field=(\d+),", lambda number: f"{NAMES[int(number[1])]}:", text)
    return text.removeprefix("Query(").removesuffix(")").replace("type=Str, ", "")


NAMES = names()


def test_a_request_is_compiled_whole():
    request = SearchRequest(
        parse("arrests"),
        filters={"genre": ("report",), "date": ("1984", "198X")},
        facets=("genre", "date", "place"),
        date_bin="month",
        sort=Sort.DATE,
    )
    compiled = compile(request, FIELDS)
    word = (
        "(Must, DisjunctionMaxQuery { disjuncts: ["
        'Boost(query=TermQuery(Term(shown_exact: "arrests")), boost=2), '
        'Boost(query=TermQuery(Term(shown_folded: "arrests")), boost=1.5), '
        'TermQuery(Term(shown_spa: "arrests")), TermQuery(Term(shown_eng: "arrest")), '
        'TermQuery(Term(also_exact: "arrests")), Boost(query=TermQuery(Term(also_folded: "arrests")), boost=0.75), '
        'Boost(query=TermQuery(Term(also_spa: "arrests")), boost=0.5), Boost(query=TermQuery(Term(also_eng: '
        '"arrest")), boost=0.5), '
        'Boost(query=TermQuery(Term(description_exact: "arrests")), boost=2), '
        'Boost(query=TermQuery(Term(description_folded: "arrests")), boost=1.5), '
        'TermQuery(Term(description_spa: "arrests")), TermQuery(Term(description_eng: "arrest"))], '
        "tie_breaker: 0.0 })"
    )
    genre = '(Must, Const(score=0, query=TermSetQuery { terms_map: {genre: [Term(genre: "report")]} }))'
    dates = (
        "(Must, Const(score=0, query=BooleanQuery { subqueries: ["
        '(Should, TermSetQuery { terms_map: {date_year: [Term(date_year: "1984")]} }), '
        '(Should, TermSetQuery { terms_map: {date_decade: [Term(date_decade: "198X")]} })], '
        "minimum_number_should_match: 1 }))"
    )

    def all_of(*clauses):
        return f"BooleanQuery {{ subqueries: [{', '.join(clauses)}], minimum_number_should_match: 0 }}"

    assert said(compiled.hits) == all_of(word, genre, dates)
    assert compiled.order == "oldest"
    assert [(said(query), dict(named)) for query, named in compiled.counts] == [
        (all_of(word, dates), {"genre": "genre"}),
        (all_of(word, genre), {"date": "date_month"}),
        (all_of(word, genre, dates), {"place": "place"}),
    ]


@pytest.mark.parametrize(
    "typed, expected",
    [
        ("*", "AllQuery"),
        ('"San Vicente"', 'phrase_terms: [(0, Term(shown_folded: "san")), (1, Term(shown_folded: "vicente"))]'),
        (
            '"Vicente"',
            'disjuncts: [TermQuery(Term(shown_folded: "vicente")), Boost(query=TermQuery(Term(also_folded: '
            '"vicente")), boost=0.5), TermQuery(Term(description_folded: "vicente"))]',
        ),
        ("-a", "(Must, Const(score=0, query=AllQuery)), (MustNot, DisjunctionMaxQuery"),
        ("date:1984", f"{date(1984, 12, 31).toordinal()}"),
        ("date:1984..", f"{date(1984, 1, 1).toordinal()}"),
    ],
)
def test_each_kind_of_query_is_compiled(typed, expected):
    assert expected in said(compile(SearchRequest(parse(typed)), FIELDS).hits)


def test_words_that_stand_together_weigh_more_where_the_order_is_by_weight():
    """What is counted, and what is ordered by date, is asked without them."""
    near = [f"(Should, DisjunctionMaxQuery {{ disjuncts: [Boost(query={one}" for one in ("PhraseQuery", "BooleanQuery")]
    request = SearchRequest(parse("Rutilio Grande"), facets=("genre",))
    asked = said(compile(request, FIELDS).hits)
    assert [asked.count(one) for one in near] == [1, 1]
    # In each text, as much as the text weighs: the row as a phrase, the neighbours as their two words.
    for name in FIELDS.texts:
        terms = [f'Term({name}_folded: "{word}")' for word in ("rutilio", "grande")]
        phrase = f"PhraseQuery {{ field: {name}_folded, phrase_terms: [(0, {terms[0]}), (1, {terms[1]})]"
        assert f"Boost(query={phrase}, slop: 0 }}, boost={ranking.RUN * FIELDS.weights[name]:g})" in asked
        assert f"{phrase}, slop: {ranking.SLACK} }}" in asked
    assert not any(one in said(compile(request, FIELDS).counts[0][0]) for one in near)
    for other in (
        replace(request, sort=Sort.DATE),
        replace(request, query=parse("-(Rutilio Grande)")),
        replace(request, query=parse("Rutilio OR Grande")),
        replace(request, query=parse("de la")),
    ):
        assert not any(one in said(compile(other, FIELDS).hits) for one in near)


@pytest.mark.parametrize(
    "sort, typed, order",
    [
        (Sort.RELEVANCE, "a", None),
        (Sort.RELEVANCE, "", "ordinal"),
        (Sort.RELEVANCE, "a*", "ordinal"),
        (Sort.DATE, "a", "oldest"),
        (Sort.DATE_DESC, "a", "newest"),
    ],
)
def test_the_order_is_compiled(sort, typed, order):
    assert compile(SearchRequest(parse(typed), sort=sort), FIELDS).order == order


def test_facets_under_the_same_filters_are_counted_together():
    assert len(compile(SearchRequest(facets=FACETS), FIELDS).counts) == 1
    assert len(compile(SearchRequest(facets=FACETS, filters={"genre": ("report",)}), FIELDS).counts) == 2


def test_a_beginning_finds_every_word_that_begins_so(tmp_path):
    """A phrase-prefix query of tantivy would stop at 50."""
    engine = Embedded(tmp_path, FIELDS, Audience.PUBLIC)
    engine.rebuild(Document(f"d{n}", "i", n, texts={"shown": (Passage((f"palabra{n:03}",)),)}) for n in range(300))
    assert engine.search(SearchRequest(parse("palabra*"))).total == 300
    assert engine.search(SearchRequest(parse("palabra1*"))).total == 100


def test_more_values_than_tantivy_counts_are_counted_exactly(tmp_path, monkeypatch):
    engine = Embedded(tmp_path, FIELDS, Audience.PUBLIC)
    engine.rebuild(corpus.units())
    request = SearchRequest(parse("-masacre"), facets=FACETS, date_bin="day", filters={"genre": ("report", "clipping")})
    whole = engine.search(request)
    monkeypatch.setattr(collecting, "_MOST_BUCKETS", 3)
    assert engine.search(request) == whole


def test_an_index_that_cannot_be_opened_says_so(tmp_path):
    Embedded(tmp_path, FIELDS, Audience.PUBLIC).rebuild(corpus.units()[:3])
    for file in index_folders.current(tmp_path).folder.glob("*.store"):
        file.unlink()
    (index_folders.current(tmp_path).folder / "meta.json").write_text("{half")
    with pytest.raises(EngineOutdated, match="rescate reindex"):
        Embedded(tmp_path, FIELDS, Audience.PUBLIC).search(SearchRequest())
    engine = Embedded(tmp_path, FIELDS, Audience.PUBLIC)
    engine.rebuild(corpus.units()[:3])
    assert engine.search(SearchRequest()).total == 3


def test_threads_search_while_another_writes(tmp_path):
    engine, documents = Embedded(tmp_path, FIELDS, Audience.PUBLIC), corpus.many(600)
    engine.rebuild(documents[:100])
    wrong, ended = [], threading.Event()

    def search():
        try:
            while not ended.is_set():
                response = engine.search(SearchRequest(parse('acta OR "acta paz"'), size=30))
                if response.total % 100 or len(response.hits) != 30:
                    wrong.append(response.total)
        except (EngineError, ValueError) as failed:
            wrong.append(failed)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(3):
        for start in range(100, 600, 100):
            engine.rebuild(documents[:start])
            engine.write(documents[start : start + 100])
    ended.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert engine.search(SearchRequest()).total == 600


# -- any documents and queries

WORDS = st.sampled_from(
    [
        "la",
        "policía",
        "policias",
        "Police",
        "capitán",
        "capitanes",
        "San",
        "Vicente",
        "DM-4",
        "O.E.A.",
        "masa-",
        "cre",
        "masacre",
        "niño",
        "NINO",
        "Romero's",
        "1,500",
        "...",
        "running",
        "runs",
        "12",
        "d'Au",
        "ﬁn",
    ]
)
PASSAGES = st.lists(
    st.builds(Passage, st.lists(WORDS, max_size=8).map(tuple), st.sampled_from(["spa", "eng", None])), max_size=3
).map(tuple)
DAYS = st.dates(date(1979, 1, 1), date(1985, 12, 31))
DATES = st.one_of(
    st.just((None, None)),
    DAYS.map(lambda day: (day, day)),
    st.tuples(DAYS, DAYS).map(sorted).map(tuple),
    DAYS.map(lambda day: (None, day)),
    st.just((date(1600, 1, 1), date(1984, 1, 1))),
)
VALUES = st.lists(st.sampled_from("abc"), max_size=2, unique=True).map(tuple)
PARTS = st.builds(
    lambda shown, description, context, when, place, genre: dict(
        texts={"shown": shown, "description": description, "context": context},
        facets={"place": place, "genre": genre},
        earliest=when[0],
        latest=when[1],
    ),
    PASSAGES,
    PASSAGES,
    PASSAGES,
    DATES,
    VALUES,
    VALUES,
)
LEAVES = st.one_of(
    WORDS.filter(lambda word: word != "...").map(lambda word: parse(word.replace("- ", ""))),
    st.lists(WORDS.filter(lambda word: word != "..."), min_size=1, max_size=3).map(tuple).map(Phrase),
    st.sampled_from(["p", "po", "capi", "1", "ni", "mas"]).map(Prefix),
    st.tuples(DAYS, DAYS).map(lambda days: DateRange(*sorted(days))),
    DAYS.map(lambda day: DateRange(None, day)),
    st.sampled_from(["policía", "massacre", "niños", "run"]).map(Word),
)
QUERIES = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        st.lists(parts, min_size=2, max_size=3).map(all_of),
        st.lists(parts, min_size=2, max_size=3).map(any_of),
        parts.map(Not),
    ),
    max_leaves=5,
)
CHOSEN = st.fixed_dictionaries(
    {},
    optional={
        "place": VALUES,
        "genre": VALUES,
        "date": st.lists(
            st.sampled_from(["198X", "197X", "1982", "1983-05", "1983-05-12", "1983-05~", "~", "undated"]), max_size=2
        ).map(tuple),
    },
)


#: A word typed twice that stands once, where it would be near itself; and an alternative of which only one word stands.
TWICE = [dict(texts={"description": (Passage(("la",), "spa"),), "context": (Passage(("policía",), "spa"),)})]
HALF = [dict(texts={"shown": (Passage(("DM-4", "1,500"), "spa"),)})]


@example(TWICE, [(parse("la policía policía"), {}, "year"), (parse("policía la policía la"), {}, "year")])
@example(HALF, [(parse("(ni* DM-4) OR -niño"), {}, "year"), (parse("(capitán DM-4) OR 1,500"), {}, "year")])
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(
    st.lists(PARTS, min_size=1, max_size=8),
    st.lists(st.tuples(QUERIES, CHOSEN, st.sampled_from(GRAINS)), min_size=1, max_size=8),
)
def test_any_documents_and_queries_agree_with_the_matcher(tmp_path_factory, made, asked: list[tuple[Query, dict, str]]):
    documents = [Document(f"d{n}", f"i{n}", n, **parts) for n, parts in enumerate(made)]
    engine = Embedded(tmp_path_factory.mktemp("index"), FIELDS, Audience.PUBLIC)
    engine.rebuild(documents)
    for query, chosen, grain in asked:
        request = SearchRequest(query, filters=chosen, facets=FACETS, date_bin=grain)
        response = engine.search(request)
        assert sorted(hit.id for hit in response.hits) == [one.id for one in oracle.hits(documents, request)]
        assert {
            facet: {bucket.value: bucket.count for bucket in buckets} for facet, buckets in response.facets.items()
        } == oracle.facets(documents, request)
        assert {hit.id: hit.score for hit in response.hits} == pytest.approx(
            dict(oracle.ranked(documents, request)), rel=1e-4
        )
        for sort in (Sort.DATE, Sort.DATE_DESC):
            dated = SearchRequest(query, filters=chosen, sort=sort)
            assert [hit.id for hit in engine.every(dated)] == oracle.by_date(documents, dated)
    engine.close()


def test_what_the_documents_raise_is_not_taken_for_the_engines(tmp_path):
    engine = Embedded(tmp_path, FIELDS, Audience.PUBLIC)
    with pytest.raises(ValueError, match="invalid literal"):
        engine.rebuild(Document("a", "i", int(number)) for number in ("1", "one"))
    engine.rebuild([])
    with pytest.raises(ValueError, match="invalid literal"):
        engine.write(Document("a", "i", int(number)) for number in ("1", "one"))
    assert engine.search(SearchRequest()).total == 0
