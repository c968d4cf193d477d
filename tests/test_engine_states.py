"""What every engine says of an index that is not built, empty or of another version: part of the contract."""

import pytest

from archive.errors import EngineError, EngineOutdated, EngineRejected
from archive.search.kinds.page import FIELDS
from archive.search.query import parse
from archive.search.request import SearchRequest
from tests.test_engine_contract import UNITS, engine_of, fresh, units  # noqa: F401 (fixtures)

FACETS = tuple(FIELDS.facets)


def test_an_index_that_was_not_built_says_so(fresh):
    for asked in (
        lambda: fresh.search(SearchRequest()),
        lambda: next(fresh.every(SearchRequest())),
        fresh.check,
        lambda: fresh.write(UNITS[:1]),
    ):
        with pytest.raises(EngineOutdated, match="rescate reindex"):
            asked()


def test_an_empty_index_is_an_index(fresh):
    assert fresh.rebuild([]) == 0
    assert fresh.write([]) == 0
    assert fresh.search(SearchRequest(facets=FACETS, date_bin="day")).total == 0
    assert list(fresh.every(SearchRequest(parse("x")))) == []


def test_an_index_of_another_version_is_not_asked(engine_of, monkeypatch):
    built = engine_of("versions")
    built.rebuild(UNITS[:2])
    with monkeypatch.context() as changed:
        changed.setattr(f"{type(built).__module__}.MARK", "another")
        later = engine_of("versions")
    for asked in (lambda: later.search(SearchRequest()), lambda: later.write(UNITS[:1]), later.check):
        with pytest.raises(EngineOutdated, match="another version"):
            asked()
    assert built.search(SearchRequest()).total == 2


def test_the_state_is_a_sentence(units):
    assert f"{len(UNITS)} units" in units.check()


def test_errors_of_an_engine_are_the_archives(units):
    assert issubclass(EngineOutdated, EngineError) and issubclass(EngineRejected, EngineError)
