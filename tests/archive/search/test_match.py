"""The matcher's spans and the window of a snippet; what matches at all is in queries.tsv."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.document import Passage
from archive.search.match import Match, Span, match, overlaps, snippet
from archive.search.query import DateRange, parse

TEXT = [
    Passage(tuple(["La", "policía", "capturó", "a", "dos", "jóvenes", "en", "San"]), "spa"),
    Passage(("Vicente;", "la", "Policía", "negó", "la", "desapa-"), "spa"),
    Passage(("rición", "(DM-4)."), "spa"),
]


def words(typed, **texts):
    found = match(parse(typed), texts or {"shown": TEXT})
    return None if found is None else {name: sorted(found.words(name)) for name in found.spans}


@pytest.mark.parametrize(
    "typed, expected",
    [
        ("policía", [1, 10]),
        ("policias", [1, 10]),
        ('"San Vicente"', [7, 8]),
        ("vicente", [8]),
        ("desaparición", [13, 14]),
        ("desap*", [13, 14]),
        ('"la desaparición DM 4"', [12, 13, 14, 15]),
        ("DM-4", [15]),
        ("4", [15]),
        ("policía -ejército", [1, 10]),
        ("policía OR ejército", [1, 10]),
        ("(ejército policía) OR dos", [4]),
        ("policía jóvenes", [1, 5, 10]),
        ("-ejército", None),
        ("*", None),
        ("-(-dos)", None),
    ],
)
def test_the_words_found_are_those_of_the_text(typed, expected):
    assert words(typed) == ({"shown": expected} if expected else {})


@pytest.mark.parametrize(
    "typed", ["ejército", "policía ejército", "-policía", '"Vicente San"', "apa", "ejérc* OR marina"]
)
def test_what_does_not_match_has_no_words(typed):
    assert words(typed) is None


def test_leaves_keep_their_numbers():
    found = match(parse("-ejército (marina OR dos) policía"), {"shown": TEXT})
    assert [(span.start, span.leaf) for span in found.spans["shown"]] == [(1, 3), (4, 2), (10, 3)]


def test_a_phrase_stays_in_its_field_and_a_query_need_not():
    texts = {"shown": [Passage(("San",))], "description": [Passage(("Vicente",))]}
    assert words('"San Vicente"', **texts) is None
    assert words("San Vicente", **texts) == {"shown": [0], "description": [0]}


def test_a_paragraphs_language_decides_on_stems():
    assert words("captures", shown=[Passage(("capturing",), "eng")]) == {"shown": [0]}
    assert words("captures", shown=[Passage(("capturing",), "spa")]) is None
    assert words("captures", shown=[Passage(("capturing",), None)]) == {"shown": [0]}


def test_a_date_alone_shows_no_words():
    assert match(parse("date:1984"), {"shown": TEXT}, date(1984, 1, 1), date(1984, 1, 1)) == Match({})
    assert match(parse("date:1984"), {"shown": TEXT}) is None


DAYS = st.none() | st.dates(date(1980, 1, 1), date(1981, 1, 1))


@given(DAYS, DAYS, st.dates(date(1980, 1, 1), date(1981, 1, 1)))
def test_a_unit_overlaps_a_day_that_its_date_may_be(earliest, latest, day):
    expected = (earliest or latest) and (earliest or date.min) <= day <= (latest or date.max)
    assert overlaps(earliest, latest, DateRange(day, day)) is bool(expected)


SPANS = st.lists(
    st.builds(
        lambda start, length, leaf: Span(start, start + length, leaf),
        st.integers(0, 90),
        st.integers(1, 5),
        st.integers(0, 3),
    ),
    max_size=12,
)


@given(SPANS, st.integers(0, 30), st.integers(6, 40))
def test_a_snippet_is_a_window_of_the_text_that_shows_a_span(spans, more, width):
    count = max((span.end for span in spans), default=0) + more
    start, end = snippet(spans, count, width)
    assert 0 <= start <= end <= count
    assert end - start == min(width, count)
    assert not spans or any(start <= span.start and span.end <= end for span in spans)


def test_a_snippet_prefers_different_words_to_many_of_one():
    start, end = snippet([Span(0, 1, 0), Span(1, 2, 0), Span(2, 3, 0), Span(50, 51, 0), Span(55, 56, 1)], 100, 20)
    assert start <= 50 and end >= 56
