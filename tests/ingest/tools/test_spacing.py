"""Letter-spaced headings are words again; raised numbers stand beside their words; initials, lists and tables stay as
they are."""

import csv
from pathlib import Path

import pytest

from archive.layout import TextLine, Word
from ingest.tools import spacing

with Path(__file__).with_name("spacing.tsv").open(encoding="utf-8", newline="") as table:
    CASES = list(csv.DictReader(table, delimiter="\t"))


def letters(text, gaps):
    """Letters 12 wide and 20 high, so far from each other."""
    apart = [int(size) for part in gaps.split() for size in [part.split("*")[0]] * int((part.split("*") + [1])[1])]
    at, words = 0, []
    for letter, gap in zip(text, [*apart, 0], strict=True):
        words.append(Word(letter, at, 0, 12, 20, 0.9))
        at += 12 + gap
    return TextLine(tuple(words))


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_letters_set_wide(case):
    assert spacing.closed_up(letters(case["line"], case["gaps"])).text == case["expected"]


def test_words_beside_them_stay():
    line = TextLine(
        (
            Word("El", 0, 0, 24, 20),
            *(Word(c, 40 + 20 * n, 0, 12, 20) for n, c in enumerate("FMLN")),
            Word("informa", 130, 0, 80, 20),
        )
    )
    assert spacing.closed_up(line).text == "El FMLN informa"


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Mozote¹²", ["Mozote", "¹²"]),
        ("Legal³.", ["Legal", "³."]),
        ("dijo”⁴", ["dijo”", "⁴"]),
        ("m²", ["m²"]),
        ("10⁶", ["10⁶"]),
        ("1er", ["1er"]),
        ("3a.", ["3a."]),
        ("No12", ["No12"]),
        ("4º", ["4º"]),
        ("H2O", ["H2O"]),
        ("²", ["²"]),
    ],
)
def test_raised_numbers(text, expected):
    parts = list(spacing.without_note(Word(text, 10, 0, 60, 20, 0.8)))
    assert [part.content for part in parts] == expected
    assert parts[0].hpos == 10 and parts[-1].hpos + parts[-1].width == 70
