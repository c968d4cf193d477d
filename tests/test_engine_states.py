"""What every engine says of an index that is not built, empty or of another version: part of the contract."""

import pytest

from archive.errors import EngineError, EngineOutdated, EngineRejected
from archive.search.embedded import Embedded
from archive.search.fields import FACETS
from archive.search.query import parse
from archive.search.request import SearchRequest
from tests.test_engine_contract import UNITS, engine_of, fresh, units  # noqa: F401 (fixtures)


def test_an_index_that_was_not_built_says_so(fresh):
    for asked in (lambda: fresh.search(SearchRequest()), lambda: next(fresh.every(SearchRequest())), fresh.check,
                  lambda: fresh.write(UNITS[:1])):
        with pytest.raises(EngineOutdated, match="rescate reindex"):
            asked()


def test_an_empty_index_is_an_index(fresh):
    assert fresh.rebuild([]) == 0
    assert fresh.write([]) == 0
    assert fresh.search(SearchRequest(facets=FACETS, date_bin="day")).total == 0
    assert list(fresh.every(SearchRequest(parse("x")))) == []


def test_an_index_of_another_version_is_not_asked(fresh, monkeypatch):
    module = {"Embedded": "archive.search.embedded", "Elastic": "archive.search.elastic"}[type(fresh).__name__]
    fresh.rebuild(UNITS[:2])
    with monkeypatch.context() as changed:
        changed.setattr(f"{module}.MARK", "another")
        if hasattr(fresh, "_checked"):
            fresh._checked = float("-inf")
        fresh.close() if isinstance(fresh, Embedded) else None
        for asked in (lambda: fresh.search(SearchRequest()), lambda: fresh.write(UNITS[:1]), fresh.check):
            with pytest.raises(EngineOutdated):
                asked()
    assert fresh.search(SearchRequest()).total == 2


def test_the_state_is_a_sentence(units):
    assert f"{len(UNITS)} units" in units.check()


def test_errors_of_an_engine_are_the_archives(units):
    assert issubclass(EngineOutdated, EngineError) and issubclass(EngineRejected, EngineError)
