"""The table of fields, the bins of dates, what a facet is and lists, and what of a document is indexed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.access import Audience
from archive.errors import QueryError
from archive.search import bins, indexed, marks, refused
from archive.search.document import Document
from archive.search.fields import Facet, Fields, Text, Values
from archive.search.kinds import KINDS
from archive.search.kinds.page import FIELDS
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
    assert list(bins.bins(day(earliest), day(latest))[grain]) == expected


def test_two_months_are_counted_by_the_day():
    assert len(bins.bins(date(1983, 7, 1), date(1983, 8, 31))["day"]) == bins.MOST_DAYS


def test_undated_and_open_dates_have_one_bin_of_every_grain():
    assert bins.bins(None, None) == dict.fromkeys(bins.GRAINS, ("undated",))
    assert bins.bins(None, date(1984, 1, 1)) == bins.bins(date(1984, 1, 1), None) == dict.fromkeys(bins.GRAINS, ("~",))


@given(DAYS, st.integers(0, 40_000))
def test_every_bin_is_of_its_grain_and_counted_once(earliest, length):
    latest = earliest + timedelta(length)
    for grain, values in bins.bins(earliest, latest).items():
        assert len(set(values)) == len(values) > 0
        assert list(values) == sorted(values)
        assert values == ("~",) or {bins.grain(value) for value in values} == {grain}


@given(DAYS, st.integers(0, 3000))
def test_a_finer_bin_lies_in_a_coarser_one_of_the_same_unit(earliest, length):
    found = bins.bins(earliest, earliest + timedelta(length))
    for coarse, fine in zip(bins.GRAINS, bins.GRAINS[1:], strict=False):
        assert bins.listed(found[fine], fine, found[coarse]) == list(found[fine])


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
    assert bins.listed([value], grain, chosen) == ([value] if listed else [])


def test_the_order_of_buckets():
    counted = {
        "date": [("undated", 1), ("~", 1), ("198X", 2), ("197X", 0), ("196X", 1)],
        "place": [("b", 1), ("c", 2), ("a", 1), ("d", 0)],
    }
    assert FIELDS.buckets(counted, SearchRequest(facets=("place", "date", "place"))) == {
        "place": (Bucket("c", 2), Bucket("a", 1), Bucket("b", 1)),
        "date": (Bucket("196X", 1), Bucket("198X", 2), Bucket("~", 1), Bucket("undated", 1)),
    }


def test_what_a_choice_of_values_means():
    date, genre = FIELDS.facets["date"], FIELDS.facets["genre"]
    assert date.chosen(["198X", "1983", "May", "1984"]) == {"date_decade": ("198X",), "date_year": ("1983", "1984")}
    assert date.chosen(["May"]) == {}
    assert genre.chosen(["report", "198X"]) == {"genre": ("report", "198X")}
    assert (date.counted("month"), genre.counted("month")) == ("date_month", "genre")


def test_which_values_hold_which():
    date, place, genre = (FIELDS.facets[name] for name in ("date", "place", "genre"))
    assert date.holds("198X", "1983-05-12") and not date.holds("1983-05-12", "198X") and not date.holds("~", "1983")
    assert place.holds("san-vicente", "san-vicente/tecoluca") and not place.holds("san", "san-vicente/tecoluca")
    assert not genre.holds("a", "a/b")


def test_the_table_of_pages():
    assert tuple(FIELDS.texts) == ("shown", "also", "description", "context")
    assert FIELDS.own_texts == ("shown", "also", "description")
    assert tuple(FIELDS.facets) == ("date", "place", "language", "genre", "series", "confidence")
    assert FIELDS.keywords == ("place", "language", "genre", "series", "confidence", "component")
    assert (FIELDS.kept, FIELDS.suggesting) == (("shown", "also"), ("shown", "description"))
    assert FIELDS.weights == {"shown": 1, "also": 0.5, "description": 1, "context": 0.25}


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_says_all_of_its_field_once(kind):
    rows = KINDS[kind].FIELDS.rows
    facets = [row for row in rows if isinstance(row, Facet)]
    assert len({row.name for row in rows}) == len(rows) and {type(row) for row in rows} <= {Text, Facet}
    assert all(row.label for row in facets) and len({row.label for row in facets}) == len(facets)
    assert sorted(row.panel for row in facets) == list(range(1, len(facets) + 1))
    # What no unit of a kind may lack, so that what is withheld is left out, is no matter of its table.
    assert "component" in KINDS[kind].FIELDS.keywords and "component" not in {row.name for row in rows}


def test_only_dates_are_a_histogram_and_each_kind_has_an_index_of_its_own():
    assert [facet.name for facet in FIELDS.facets.values() if facet.is_histogram] == ["date"]
    other = Fields("leaf", "leaves", (Facet(name="day", label="Day", values=Values.DATE, panel=1),), form=2)
    assert (other.keywords, dict(other.texts)) == (("component",), {})
    assert [fields.index(audience) for fields in (FIELDS, other) for audience in Audience] == [
        "public",
        "staff",
        "leaf-public",
        "leaf-staff",
    ]


def test_why_an_index_is_outdated():
    built, other = (marks.mark("engine 6", FIELDS, access) for access in ("open", "closed"))
    assert built == "engine 6, page 1; open" and marks.mark("engine 6", FIELDS, "") == "engine 6, page 1"
    assert "access.default" in str(marks.outdated(built, other, "x"))
    changed = Fields(FIELDS.kind, FIELDS.plural, FIELDS.rows, form=2)
    for wanted in (marks.mark("engine 7", FIELDS, "open"), marks.mark("engine 6", changed, "open")):
        assert "another version" in str(marks.outdated(built, wanted, "x"))


@given(
    st.lists(st.tuples(st.none() | DAYS, st.integers(0, 10**9)), min_size=2, max_size=20, unique_by=lambda one: one[1])
)
def test_packed_keys_sort_by_day_then_ordinal(made):
    documents = [Document(str(ordinal), "i", ordinal, earliest=when, latest=when) for when, ordinal in made]
    for place, sign in ((0, 1), (1, -1)):
        packed = sorted(documents, key=lambda one: indexed.sort_keys(one)[place])
        assert packed == sorted(
            documents,
            key=lambda one: (one.earliest is None, sign * one.earliest.toordinal() if one.earliest else 0, one.ordinal),
        )
        assert all(indexed.sort_keys(one)[place] < 2**63 for one in documents)


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
    assert len(indexed.faults(bad, FIELDS)) == 4
    assert not any("xxx" in fault for fault in indexed.faults(bad, FIELDS))
    assert indexed.faults(Document("a", "i", 1), FIELDS) == []
    assert indexed.faults(Document("a", "i", 1, "entry"), FIELDS) == ["it is of the kind entry"]


@pytest.mark.parametrize(
    "wrong", [dict(facets=("x",)), dict(filters={"x": ("y",)}), dict(date_bin="x"), dict(offset=-1)]
)
def test_a_request_is_checked(wrong):
    with pytest.raises(QueryError):
        refused.check(SearchRequest(**wrong), FIELDS)
