"""In which order every engine must give what it finds: that of the oracle, words that stand together first."""

import itertools
from dataclasses import replace

import pytest

from archive.access import Audience
from archive.search.document import Document, Passage
from archive.search.embedded import Embedded
from archive.search.kinds.page import FIELDS
from archive.search.query import parse
from archive.search.request import SearchRequest, Sort
from tests.archive.search import corpus, oracle
from tests.test_engine_contract import MANY, UNITS, engine_of, fresh, ids, many, units  # noqa: F401 (fixtures)


@pytest.mark.parametrize(
    "query",
    [
        "policía",
        "la policía",
        "San Vicente",
        "weekly report",
        "niños OR (San Salvador)",
        "La Esperanza",
        "jurisdicción de Tecoluca",
        '"San Vicente" policía',
        "DM-4 OR la",
        "the report",
        "-masacre San Vicente",
        "fuerza armada date:1984",
        "capitán Ficticio quiso",
    ],
)
def test_the_order_is_the_oracles(query, units):
    request = SearchRequest(parse(query), size=100)
    found, expected = units.search(request).hits, oracle.ranked(UNITS, request)
    assert {hit.id: hit.score for hit in found} == pytest.approx(dict(expected), rel=1e-4)
    assert ids(found) == [id for id, _ in expected]


TOGETHER, STREWN = corpus.together()


@pytest.fixture(scope="module")
def strewn(engine_of):
    engine = engine_of("strewn")
    engine.rebuild(STREWN)
    return engine


@pytest.mark.parametrize("query, first, later, why", TOGETHER)
def test_words_that_stand_together_go_first(query, first, later, why, strewn):
    request = SearchRequest(parse(query), size=100)
    found = ids(strewn.search(request).hits)
    assert found.index(first) < found.index(later)
    assert found == [id for id, _ in oracle.ranked(STREWN, request)]
    assert sorted(found) == ids(oracle.hits(STREWN, request))
    # By date, nothing is weighed.
    assert sorted(ids(strewn.search(replace(request, sort=Sort.DATE)).hits)) == sorted(found)


#: Pages that have every word asked for: frequent neighbours side by side, and the rare word more often.
FREQUENT = "La policía nacional entró en la casa de noche, según Rutilio, y se llevó a dos vecinos"
RARE = "Rutilio habló con Rutilio, y Rutilio vio la policía de noche en un camión del ejército nacional"


@pytest.mark.parametrize("count", [100, 3000])
def test_what_stands_together_weighs_as_much_as_its_words_are_rare(count, fresh):
    """In a small archive and in a large one: together.tsv keeps its order, and a frequent pair counts little."""
    others = [
        "Un cuartel nacional, y de camino la policía de la ciudad vieja",
        "Cartas de los campamentos al otro lado de la frontera en invierno",
    ]
    texts = {"frequent": FREQUENT, "rare": RARE, **{f"other {n}": others[n % 2] for n in range(count)}}
    pages = [
        Document(id, "i", n, texts={"shown": (Passage(tuple(text.split()), "spa"),)})
        for n, (id, text) in enumerate(texts.items(), len(STREWN))
    ]
    fresh.rebuild([*STREWN, *pages])
    for query, first, later, why in TOGETHER:
        found = ids(fresh.search(SearchRequest(parse(query), size=100)).hits)
        assert found.index(first) < found.index(later), why
    assert ids(fresh.search(SearchRequest(parse("policía nacional Rutilio"))).hits) == ["rare", "frequent"]


@pytest.mark.parametrize(
    "query", ["García García", "García García García", "de García García", "García de García", '"García García" de']
)
def test_a_name_twice_is_weighed_as_often_as_it_stands(query, fresh):
    texts = ["García", "García García", "García de García", "García García García García", "de García x García García"]
    pages = [
        Document(str(n), "i", n, texts={"shown": (Passage(tuple(text.split()), "spa"),)})
        for n, text in enumerate(texts)
    ]
    fresh.rebuild(pages)
    request = SearchRequest(parse(query))
    found = {hit.id: hit.score for hit in fresh.search(request).hits}
    assert found == pytest.approx(dict(oracle.ranked(pages, request)), rel=1e-4)


@pytest.mark.parametrize("query", ["acta", "acta paz", "diálogo OR peace"])
def test_ties_in_score_are_ordered_by_ordinal(query, many):
    hits = list(many.every(SearchRequest(parse(query))))
    ordinals = {one.id: one.ordinal for one in MANY}
    ties = 0
    for one, following in itertools.pairwise(hits):
        assert one.score >= following.score
        if one.score == following.score:
            ties += 1
            assert ordinals[one.id] < ordinals[following.id]
    assert ties > 1000


def test_the_nearest_comes_first(fresh):
    texts = {
        "endings": "los policías",
        "accents": "la policia",
        "exact": "la policía",
        "long": "la policía " + "y x " * 40,
    }
    fresh.rebuild(
        Document(id, "i", n, texts={"shown": (Passage(tuple(text.split()), "spa"),)})
        for n, (id, text) in enumerate(texts.items())
    )
    hits = fresh.search(SearchRequest(parse("policía"))).hits
    assert ids(hits)[0] == "exact"
    assert set(ids(hits)) == set(texts)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize(
    "query",
    [
        "policía",
        "san",
        "niños OR children",
        "masacre OR massacre",
        '"San Vicente"',
        "weekly report",
        "policía -jóvenes",
        "refugees",
        "Usulután",
        "DM-4 OR la",
    ],
)
def test_engines_rank_alike(query, units, tmp_path):
    """Both weigh words by BM25, and both must take the same for the length of a text and the number of units."""
    embedded = Embedded(tmp_path, FIELDS, Audience.PUBLIC)
    embedded.rebuild(UNITS)
    found, expected = (list(engine.every(SearchRequest(parse(query)))) for engine in (units, embedded))
    assert found
    assert {hit.id: hit.score for hit in found} == pytest.approx({hit.id: hit.score for hit in expected}, rel=1e-4)
    assert ids(found) == ids(expected)
