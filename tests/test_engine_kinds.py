"""Another kind of documents than pages, known to no engine: beside them on both, and neither bears on the other."""

from dataclasses import replace

import pytest

from archive.errors import EngineRejected, QueryError
from archive.search.kinds.page import FIELDS
from archive.search.query import parse
from archive.search.request import SearchRequest, Withheld
from tests.archive.search import corpus, oracle
from tests.archive.search.corpus import LEAFLETS
from tests.test_engine_contract import UNITS, counted, engine_of, ids, units  # noqa: F401 (fixtures)


def said(engine, kind, fields):
    """All that an engine answers of some words: hits in their order with their scores, counts, words that are near."""
    requests = [
        SearchRequest(parse(typed), kind=kind, facets=tuple(fields.facets), date_bin="year", size=100)
        for typed in ("policía", "masacre OR libertad", "tierra libertad", "-policía", "")
    ]
    asked = [(engine.search(request), list(engine.every(request))) for request in requests]
    return requests, asked, engine.near("libertaz"), engine.near("polizia")


def test_kinds_stand_beside_each_other_and_neither_changes_the_others_answers(units, engine_of):
    """Of the leaflets most have words that are rare on pages, by which pages would be ranked otherwise; and one has the
    id of a page."""
    before, leaflets, made = said(units, "page", FIELDS), engine_of("units", fields=LEAFLETS), corpus.leaflets()
    assert leaflets.rebuild(made) == len(made)
    assert said(units, "page", FIELDS) == before
    requests, asked, near, _ = said(leaflets, "leaflet", LEAFLETS)
    assert set(near) & {"libertad"} and not set(before[2]) & {"libertad"}
    for request, (found, every) in zip(requests, asked, strict=True):
        assert sorted(ids(every)) == sorted(ids(oracle.hits(made, request))) and found.total == len(every)
        assert counted(found) == oracle.facets(made, request)
    expected = oracle.ranked(made, requests[0], LEAFLETS)
    assert [(hit.id, hit.score) for hit in asked[0][0].hits] == [(id, pytest.approx(score)) for id, score in expected]
    # What is taken out of one, or withheld, is no matter of the other's.
    leaflets.write([], [UNITS[0].id])
    left_out = Withheld(components=("c1",))
    assert leaflets.search(SearchRequest(kind="leaflet")).total == len(made) - 1
    assert leaflets.search(SearchRequest(kind="leaflet", withheld=left_out)).total == len(made) // 2 - 1
    assert said(units, "page", FIELDS) == before


def test_a_kind_has_its_own_fields_alone(engine_of):
    leaflets, pages = engine_of("kinds", fields=LEAFLETS), engine_of("kinds")
    leaflets.rebuild(corpus.leaflets())
    pages.rebuild(UNITS[:3])
    own = SearchRequest(parse("libertad"), kind="leaflet", filters={"printer": ("Imprenta A",)}, facets=("printer",))
    assert counted(leaflets.search(own)) == {"printer": {"Imprenta A": 20, "Imprenta B": 20}}
    for engine, wrong in ((leaflets, replace(own, kind="page")), (pages, own), (pages, SearchRequest(kind="act"))):
        for ask in (engine.search, lambda request, engine=engine: next(engine.every(request))):
            with pytest.raises(ValueError, match="of the kind"):
                ask(wrong)
    with pytest.raises(QueryError):
        leaflets.search(SearchRequest(kind="leaflet", facets=("genre",)))
    for engine, others in ((leaflets, UNITS[:1]), (pages, corpus.leaflets()[:1])):
        with pytest.raises(EngineRejected, match="of the kind"):
            engine.write(others)
