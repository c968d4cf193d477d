"""Page numbers: the forms they have, and which of a page's numbers are so by their neighbours."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.margins import PAGE_NUMBER, printed_numbers
from ingest.extract import page_number_forms
from ingest.extract.margins import find_margins
from ingest.extract.page_number_forms import readings_of
from tests.ingest.extract.typed_pages import BODY, typed

with (Path(__file__).parent / "page_number_forms.tsv").open(encoding="utf-8", newline="") as table:
    FORMS = [tuple(row.values()) for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)]


@pytest.mark.parametrize("line, labels, sure, why", FORMS, ids=[row[0] for row in FORMS])
def test_what_a_line_may_say(line, labels, sure, why):
    found = readings_of(line)
    wanted = set() if labels == "-" else set(labels.split())
    assert wanted <= {one.label for one in found} if wanted else not found, why
    assert any(one.sure for one in found) == (sure == "yes"), why


def test_the_table_says_why():
    for rows in page_number_forms.TABLE.values():
        assert all(row["why"] and None not in row for row in rows)


def numbers(pages):
    """The page numbers of each page of an item, and by which rules."""
    return [printed_numbers(found) for found in find_margins([typed(lines, n) for n, lines in enumerate(pages, 1)])]


def test_numbers_that_go_on_are_page_numbers():
    assert numbers([[*BODY[n], str(10 + n)] for n in range(5)]) == [("10",), ("11",), ("12",), ("13",), ("14",)]


def test_a_damaged_number_is_what_its_neighbours_say():
    assert numbers([[line, *BODY[n]] for n, line in enumerate(["9", "lO", "1l", "I2", "- 13 -"])]) == [
        ("9",),
        ("10",),
        ("11",),
        ("12",),
        ("13",),
    ]


def test_a_page_without_a_number_and_a_missing_leaf_part_no_sequence():
    assert numbers([[*BODY[0], "1"], BODY[1], [*BODY[2], "3"], [*BODY[3], "6"], [*BODY[4], "7"]]) == [
        ("1",),
        (),
        ("3",),
        ("6",),
        ("7",),
    ]


def test_front_matter_is_numbered_apart():
    assert numbers([[*BODY[n], text] for n, text in enumerate(["ii", "iii", "iv", "1", "2"])]) == [
        ("ii",),
        ("iii",),
        ("iv",),
        ("1",),
        ("2",),
    ]


def test_parts_and_totals():
    assert numbers([[f"A-{n + 1}", *BODY[n]] for n in range(3)]) == [("A-1",), ("A-2",), ("A-3",)]
    assert numbers([[f"{n + 1}/3", *BODY[n]] for n in range(3)]) == [("1",), ("2",), ("3",)]


def test_two_pages_on_one_image():
    assert numbers([[f"{2 * n + 4}        {2 * n + 5}", *BODY[n]] for n in range(4)]) == [
        ("4", "5"),
        ("6", "7"),
        ("8", "9"),
        ("10", "11"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["1989"] * 5, id="a year"),
        pytest.param(["486-4704"] * 5, id="a telephone"),
        pytest.param(["12 de enero", "13 de enero", "14 de enero", "15 de enero", "16 de enero"], id="days"),
        pytest.param(["7", "3", "22", "9", "41"], id="numbers in no order"),
        pytest.param(
            ["10. Captura en Tecoluca", "11. Cateo", "12. Captura", "13. Cateo", "14. Captura"],
            id="entries of a chronology",
        ),
    ],
)
def test_other_numbers_are_none(lines):
    assert numbers([[line, *BODY[n]] for n, line in enumerate(lines)]) == [()] * 5


def test_a_number_in_the_text_is_none():
    pages = [[*BODY[n][:3], str(n + 1), *BODY[n][1:]] for n in range(5)]
    assert numbers(pages) == [()] * 5


@pytest.mark.parametrize("line, found", [("- 2 -", ("2",)), ("Página 7", ("7",)), ("2", ()), ("1989", ())])
def test_an_item_of_one_page(line, found):
    assert numbers([[line, *BODY[0]]]) == [found]


def test_the_second_leaf_of_a_letter():
    assert numbers([BODY[0], ["2", *BODY[1]]]) == [(), ("2",)]
    assert numbers([BODY[0], ["5", *BODY[1]]]) == [(), ()]


def test_a_form_that_its_neighbours_deny_is_marked_without_a_value():
    margins = find_margins(
        [typed([*BODY[n], text], n) for n, text in enumerate(["4", "5", "- 17 -", "7", "8"], 1) if n < 6]
    )
    (found,) = (one for one in margins[2] if one.kind == PAGE_NUMBER)
    assert (found.text, found.rule, found.value) == ("- 17 -", "form", "")


@given(st.integers(1, 900), st.integers(3, 6), st.sampled_from(["{}", "- {} -", "Pág. {}", "({})", "{}/999"]))
def test_whatever_the_form_the_sequence_is_found(first, count, form):
    assert numbers([[*BODY[n], form.format(first + n)] for n in range(count)]) == [
        (str(first + n),) for n in range(count)
    ]
