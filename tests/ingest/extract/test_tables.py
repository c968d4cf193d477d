"""The tables of words: whole, and no word meaning two things where a pattern needs one."""

import re

import pytest

from ingest.extract import date_words, place_names
from ingest.extract.date_words import SYMBOLS, TABLE
from ingest.extract.folded import Folded
from ingest.extract.language import FUNCTION_WORDS

PATTERNS = [row["word"] for kind in ("about", "part") for row in TABLE[kind]] + [
    row["word"] for kind in ("marker", "marker_after") for row in place_names.TABLE[kind]
]


@pytest.mark.parametrize("language", ["spa", "eng"])
def test_every_month_and_weekday_has_a_name_in_each_language(language):
    for kinds, last in ((("month", "capital_month"), 12), (("weekday",), 7)):
        named = {
            int(row["value"])
            for kind in kinds
            for row in TABLE[kind]
            if language in row["language"]
            and row["why"] == "name"
            or kind == "capital_month"
            and language in row["language"]
        }
        assert named == set(range(1, last + 1))


def test_words_stand_once():
    words = [row["word"] for kind in ("month", "capital_month", "weak_month", "weekday", "day") for row in TABLE[kind]]
    assert len(words) == len(set(words))
    markers = [row["word"] for row in place_names.TABLE["marker"]]
    assert len(markers) == len(set(markers))


def test_slips_displace_no_word():
    bases = {
        "month": date_words.MONTH,
        "capital_month": date_words.CAPITAL_MONTH,
        "weak_month": date_words.WEAK_MONTH,
        "weekday": date_words.WEEKDAY,
        "day": date_words.DAY,
    }
    for kind, base in bases.items():
        for row in TABLE[kind]:
            assert SYMBOLS[row["word"]] == chr(base + int(row["value"])), row["word"]


def test_slips_are_no_function_words():
    named = {row["word"] for rows in TABLE.values() for row in rows}
    assert not [form for form in SYMBOLS if form in FUNCTION_WORDS and form not in named]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_patterns_are_folded(pattern):
    assert re.compile(pattern)
    assert Folded(pattern).text == pattern


def test_every_row_says_why():
    for rows in (*TABLE.values(), *place_names.TABLE.values()):
        for row in rows:
            assert row["why"] and None not in row, row
