"""What every engine does where an index is written, swapped, not built or of another version: part of the contract."""

import itertools
from dataclasses import replace

import pytest

from archive.errors import EngineError, EngineOutdated, EngineRejected
from archive.search.document import Document, Passage
from archive.search.kinds.page import FIELDS
from archive.search.query import parse
from archive.search.request import SearchRequest, Sort
from tests.archive.search import oracle
from tests.test_engine_contract import MANY, UNITS, counted, engine_of, fresh, ids, units  # noqa: F401 (fixtures)

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


# -- writing


def test_what_is_written_is_found_replaced_and_removed(fresh):
    one = Document("a", "i", 1, texts={"shown": (Passage(("primera",), "spa"),)}, facets={"genre": ("report",)})
    fresh.rebuild([])
    assert fresh.write([one]) == 1
    assert fresh.search(SearchRequest(parse("primera"))).total == 1
    other = replace(one, texts={"shown": (Passage(("segunda",), "spa"),)}, facets={"genre": ("other",)})
    assert fresh.write([other, replace(one, id="b", ordinal=2)]) == 2
    assert ids(fresh.search(SearchRequest(parse("primera"))).hits) == ["b"]
    assert ids(fresh.search(SearchRequest(parse("segunda"))).hits) == ["a"]
    assert counted(fresh.search(SearchRequest(facets=("genre",)))) == {"genre": {"report": 1, "other": 1}}
    assert fresh.write([], ["b", "never there"]) == 0
    assert ids(fresh.search(SearchRequest()).hits) == ["a"]
    assert counted(fresh.search(SearchRequest(facets=("genre",)))) == {"genre": {"other": 1}}


def test_of_one_id_written_twice_the_last_stands(fresh):
    one = Document("a", "i", 1, texts={"shown": (Passage(("primera",), "spa"),)})
    again = replace(one, texts={"shown": (Passage(("segunda",), "spa"),)})
    fresh.rebuild([one, again])
    assert fresh.search(SearchRequest()).total == 1
    assert fresh.search(SearchRequest(parse("segunda"))).total == 1


def test_another_process_sees_what_is_written(engine_of):
    writer, reader = engine_of("shared"), engine_of("shared")
    writer.rebuild(UNITS[:2])
    assert reader.search(SearchRequest()).total == 2
    writer.write(UNITS[2:5])
    assert reader.search(SearchRequest()).total == 5
    writer.rebuild(UNITS[:1])
    assert reader.search(SearchRequest()).total == 1


def test_a_snapshot_is_whole_whatever_is_written_meanwhile(fresh):
    fresh.rebuild(MANY[:6000])
    request = SearchRequest(parse("acta"), sort=Sort.DATE)
    expected = oracle.by_date(MANY[:6000], request)
    walk = fresh.every(request)
    begun = ids(itertools.islice(walk, 10))
    fresh.write(MANY[6000:6100], [one.id for one in MANY[:50]])
    assert begun + ids(walk) == expected
    assert fresh.search(request).total == 6050


def test_a_rebuild_swaps_in_the_whole(fresh):
    fresh.rebuild(UNITS)
    fresh.rebuild(UNITS[:7])
    assert fresh.search(SearchRequest()).total == 7


@pytest.mark.parametrize("failure", [RuntimeError, KeyboardInterrupt])
def test_a_rebuild_that_fails_leaves_the_old(failure, fresh):
    def stopping():
        yield from UNITS[:3]
        raise failure

    fresh.rebuild(UNITS[:7])
    with pytest.raises(failure):
        fresh.rebuild(stopping())
    assert fresh.search(SearchRequest()).total == 7
    assert fresh.write(UNITS[7:8]) == 1
    assert fresh.search(SearchRequest()).total == 8


@pytest.mark.parametrize(
    "fault",
    [
        dict(facets={"colour": ("red",)}),
        dict(texts={"second": ()}),
        dict(ordinal=-1),
        dict(facets={"genre": ("",)}),
        dict(facets={"genre": ("x" * 2000,)}),
    ],
)
def test_rejected_records_are_named_and_a_rebuild_with_one_is_given_up(fault, fresh):
    fresh.rebuild(UNITS[:7])
    with pytest.raises(EngineRejected) as caught:
        fresh.rebuild([UNITS[0], replace(UNITS[1], **fault), UNITS[2]])
    assert "u02" in str(caught.value) and "u01" not in str(caught.value)
    assert fresh.search(SearchRequest()).total == 7
    with pytest.raises(EngineRejected, match="u02"):
        fresh.write([replace(UNITS[1], **fault)])
