"""The table of fields, the bins of dates and what a facet lists."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import QueryError
from archive.search import fields
from archive.search.document import Document
from archive.search.query import EVERYTHING
from archive.search.request import Bucket, SearchRequest

DAYS = st.dates(date(1900, 1, 1), date(1999, 12, 31))


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    "earliest, latest, grain, expected",
    [
        ("1983-05-12", "1983-05-12", "decade", ["198X"]),
        ("1983-05-12", "1983-05-12", "year", ["1983"]),
        ("1983-05-12", "1983-05-12", "month", ["1983-05"]),
        ("1983-05-12", "1983-05-12", "day", ["1983-05-12"]),
        ("1979-12-31", "1980-01-01", "decade", ["197X", "198X"]),
        ("1979-12-31", "1980-01-01", "month", ["1979-12", "1980-01"]),
        ("1979-12-31", "1980-01-01", "day", ["1979-12-31", "1980-01-01"]),
        ("1983-05-01", "1983-07-02", "day", ["1983-05~", "1983-06~", "1983-07~"]),
        ("1983-01-01", "1983-12-31", "day", [f"1983-{month:02}~" for month in range(1, 13)]),
        ("0987-01-01", "0987-01-02", "decade", ["098X"]),
        ("1800-01-01", "1900-01-02", "year", ["~"]),
    ],
)
def test_the_bins_of_a_date(earliest, latest, grain, expected):
    assert list(fields.bins(day(earliest), day(latest))[grain]) == expected


def test_two_months_are_counted_by_the_day():
    assert len(fields.bins(date(1983, 7, 1), date(1983, 8, 31))["day"]) == fields.MOST_DAYS


def test_undated_and_open_dates_have_one_bin_of_every_grain():
    assert fields.bins(None, None) == dict.fromkeys(fields.GRAINS, ("undated",))
    assert (
        fields.bins(None, date(1984, 1, 1))
        == fields.bins(date(1984, 1, 1), None)
        == dict.fromkeys(fields.GRAINS, ("~",))
    )


@given(DAYS, st.integers(0, 40_000))
def test_every_bin_is_of_its_grain_and_counted_once(earliest, length):
    latest = earliest + timedelta(length)
    for grain, values in fields.bins(earliest, latest).items():
        assert len(set(values)) == len(values) > 0
        assert list(values) == sorted(values)
        assert values == ("~",) or {fields.grain(value) for value in values} == {grain}


@given(DAYS, st.integers(0, 3000))
def test_a_finer_bin_lies_in_a_coarser_one_of_the_same_unit(earliest, length):
    found = fields.bins(earliest, earliest + timedelta(length))
    for coarse, fine in zip(fields.GRAINS, fields.GRAINS[1:], strict=False):
        request = SearchRequest(filters={"date": found[coarse]}, date_bin=fine)
        assert all(fields.listed(value, request) for value in found[fine])


@pytest.mark.parametrize(
    "value, chosen, grain, listed",
    [
        ("1983", (), "year", True),
        ("1983", ("198X",), "year", True),
        ("1993", ("198X",), "year", False),
        ("1993", ("198X", "199X"), "year", True),
        ("1983", ("1984",), "year", True),
        ("198X", ("1984",), "decade", True),
        ("1983-05", ("1983",), "month", True),
        ("1983-05", ("198X",), "month", True),
        ("1984-05", ("1983",), "month", False),
        ("1983-05~", ("1983-05",), "day", True),
        ("1983-05-12", ("1983-05",), "day", True),
        ("1983-06-12", ("1983-05",), "day", False),
        ("undated", ("198X",), "year", False),
        ("~", ("198X",), "year", False),
        ("undated", (), "year", True),
        ("undated", ("undated",), "year", True),
        ("1983", ("undated",), "year", True),
        ("1983", ("May",), "year", True),
    ],
)
def test_what_a_histogram_lists(value, chosen, grain, listed):
    assert fields.listed(value, SearchRequest(EVERYTHING, filters={"date": chosen}, date_bin=grain)) is listed


def test_the_order_of_buckets():
    request = SearchRequest()
    assert fields.buckets("date", [("undated", 1), ("~", 1), ("198X", 2), ("197X", 0), ("196X", 1)], request) == (
        Bucket("196X", 1),
        Bucket("198X", 2),
        Bucket("~", 1),
        Bucket("undated", 1),
    )
    assert fields.buckets("place", [("b", 1), ("c", 2), ("a", 1)], request) == (
        Bucket("c", 2),
        Bucket("a", 1),
        Bucket("b", 1),
    )


def test_the_table_of_fields():
    assert fields.TEXTS == ("shown", "also", "description", "context")
    assert fields.OWN_TEXTS == ("shown", "also", "description")
    assert fields.FACETS == ("date", "place", "language", "genre", "series", "confidence")
    assert all(row.label for row in fields.FIELDS)
    assert {row.dublin_core for row in fields.FIELDS if row.facet} == {
        "date",
        "coverage",
        "language",
        "type",
        "relation",
        "",
    }


@given(
    st.lists(st.tuples(st.none() | DAYS, st.integers(0, 10**9)), min_size=2, max_size=20, unique_by=lambda one: one[1])
)
def test_packed_keys_sort_by_day_then_ordinal(made):
    documents = [Document(str(ordinal), "i", ordinal, earliest=when, latest=when) for when, ordinal in made]
    for place, sign in ((0, 1), (1, -1)):
        packed = sorted(documents, key=lambda one: fields.sort_keys(one)[place])
        assert packed == sorted(
            documents,
            key=lambda one: (one.earliest is None, sign * one.earliest.toordinal() if one.earliest else 0, one.ordinal),
        )
        assert all(fields.sort_keys(one)[place] < 2**63 for one in documents)


def test_faults_name_no_words():
    bad = Document(
        "a",
        "i",
        -1,
        texts={"secret": ()},
        facets={"genre": ("", "x" * 1001, None)},
        earliest=date(1984, 1, 2),
        latest=date(1984, 1, 1),
    )
    assert len(fields.faults(bad)) == 4
    assert not any("xxx" in fault for fault in fields.faults(bad))
    assert fields.faults(Document("a", "i", 1)) == []


@pytest.mark.parametrize(
    "wrong", [dict(facets=("x",)), dict(filters={"x": ("y",)}), dict(date_bin="x"), dict(offset=-1)]
)
def test_a_request_is_checked(wrong):
    with pytest.raises(QueryError):
        fields.check(SearchRequest(**wrong))
