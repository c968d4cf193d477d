"""In which order every engine must give what it finds: that of the oracle, words that stand together first."""

import itertools
from dataclasses import replace

import pytest

from archive.search.query import parse
from archive.search.request import SearchRequest, Sort
from tests.archive.search import corpus, oracle
from tests.test_engine_contract import MANY, UNITS, engine_of, ids, many, units  # noqa: F401 (fixtures)


@pytest.mark.parametrize("query", ["policía", "la policía", "San Vicente", "weekly report", "niños OR (San Salvador)", "La Esperanza",
                                   "jurisdicción de Tecoluca", '"San Vicente" policía', "DM-4 OR la", "the report", "-masacre San Vicente",
                                   "fuerza armada date:1984", "capitán Ficticio quiso"])
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
