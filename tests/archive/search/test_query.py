"""Queries: the table parsed.tsv, the way back to text, and that any characters at all can be typed."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.errors import QueryError
from archive.search import query
from archive.search.query import (
    EVERYTHING,
    And,
    DateRange,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Word,
    all_of,
    any_of,
    depth,
    leaves,
    parse,
)

with Path(__file__).with_name("parsed.tsv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))

NAMES = st.sampled_from(["a", "Policía", "DM-4", "O.E.A", "d'Aubrey", "1,500", "x:y", "orden", "Ñ"])
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
RANGES = st.one_of(
    st.tuples(DAYS, DAYS).map(lambda days: DateRange(*sorted(days))),
    DAYS.map(lambda day: DateRange(None, day)),
    DAYS.map(lambda day: DateRange(day, None)),
    st.integers(1, 9999).map(lambda year: DateRange(date(year, 1, 1), date(year, 12, 31))),
)
LEAVES = st.one_of(
    NAMES.map(Word),
    st.lists(NAMES, min_size=1, max_size=3).map(tuple).map(Phrase),
    st.sampled_from(["a", "policí", "1"]).map(Prefix),
    RANGES,
)
TREES = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        st.lists(parts, min_size=1, max_size=3).map(all_of),
        st.lists(parts, min_size=1, max_size=3).map(any_of),
        parts.map(Not),
    ),
    max_leaves=8,
)
TYPED = st.text(st.one_of(st.sampled_from('ab"()|-*: .ORNTDdate1984/~X“»\n\t\u00ad'), st.characters()), max_size=40)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["typed"] or "(empty)")
def test_what_is_typed(case):
    if case["said"] == "QueryError":
        with pytest.raises(QueryError):
            parse(case["typed"])
    else:
        assert str(parse(case["typed"])) == case["said"]


@given(TREES)
def test_a_tree_is_said_as_text_that_makes_it_again(tree: Query):
    if depth(tree) <= query.DEEPEST:
        assert parse(str(tree)) == tree
        assert hash(parse(str(tree))) == hash(tree)


@given(TYPED)
@example("\udc80")
@example("a\0b")
@example('date:"')
@example("-(")
def test_any_characters_make_a_query_or_are_refused_clearly(typed):
    try:
        tree = parse(typed)
    except QueryError as refused:
        assert refused.status == 400
        assert refused.item
        assert refused.remedy == query.REMEDIES[refused.message]
    else:
        assert parse(str(tree)) == tree


def test_a_tree_is_immutable():
    with pytest.raises(AttributeError):
        parse("a").text = "b"


@pytest.mark.parametrize(
    "typed, message",
    [
        ("a " * 201, query.TOO_LONG),
        ("x" * 30_000, query.TOO_LONG),
        ("(" * 5000 + "a", query.TOO_DEEP),
        ("a (b OR " * 9 + "c" + ")" * 9, query.TOO_DEEP),
        ("-(" * 15 + "a", query.TOO_DEEP),
        ("a*b", query.STAR_WITHIN),
        ("", None),
        ("?", query.NO_WORD),
        ("date:ayer", query.NO_DATE),
    ],
)
def test_what_is_refused_says_why(typed, message):
    if message is None:
        assert parse(typed) == EVERYTHING
        return
    with pytest.raises(QueryError) as caught:
        parse(typed)
    assert caught.value.message == message
    assert len(caught.value.item) <= 201


def test_the_parts_of_a_tree():
    tree = parse('a ("b c" OR -d*) date:1984')
    assert leaves(tree) == (Word("a"), Phrase(("b", "c")), Prefix("d"), DateRange(date(1984, 1, 1), date(1984, 12, 31)))
    assert depth(tree) == 3
    assert isinstance(tree, And) and isinstance(tree.parts[1], Or)


@pytest.mark.parametrize(
    "typed, ranks",
    [
        ("a", True),
        ('"a"', True),
        ("a*", False),
        ("-a", False),
        ("date:1984", False),
        ("", False),
        ("a* -b date:1984", False),
        ("a* OR b", True),
    ],
)
def test_only_words_and_phrases_make_one_unit_nearer_than_another(typed, ranks):
    assert query.ranks(parse(typed)) is ranks
