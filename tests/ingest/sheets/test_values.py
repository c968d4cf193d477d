"""What is made of a cell: the table of spoilt ones, and what holds of every one."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.description import elements, vocabulary
from archive.errors import SheetError
from ingest.sheets.rows import PageRange
from ingest.sheets.values import parse_pages, read_cell

METADATA = elements()


def cases():
    text = (Path(__file__).parent / "spoilt.tsv").read_text("utf-8")
    return list(csv.DictReader(text.split("\n")[:-1], delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['column']} {case['cell']}")
def test_spoilt(case):
    cell = read_cell(METADATA[case["column"]], case["cell"])
    assert [one.what for one in cell.findings] == [case["recognised"]] * bool(case["recognised"])
    assert cell.text == case["value"]
    assert all(one.proposed == case["proposed"] for one in cell.findings)


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['column']} {case['cell']}")
def test_what_is_left_out_is_said_to_be_left_out(case):
    cell = read_cell(METADATA[case["column"]], case["cell"])
    assert [one.kept for one in cell.findings] == [bool(case["value"])] * len(cell.findings)
    for one in cell.findings:
        assert one.kept or "left out" in one.message


columns = st.sampled_from(sorted(METADATA))


@given(columns, st.text())
def test_any_text_at_all(column, text):
    """A cell never raises; it is never emptied or changed beyond its spaces without a word."""
    element = METADATA[column]
    cell = read_cell(element, text)
    if text.strip() and not cell.text:
        assert cell.findings
    if element.kind in ("text", "container", "identifier") and not cell.findings:
        assert cell.text.split() == text.split()


@given(columns, st.text() | st.sampled_from([case["cell"] for case in cases()]))
def test_what_was_read_is_read_the_same_again(column, text):
    once = read_cell(METADATA[column], text)
    again = read_cell(METADATA[column], once.text)
    if not any(one.what == "mojibake" for one in once.findings):
        assert again.text == once.text


@given(st.sets(st.integers(1, 400), min_size=1).flatmap(lambda numbers: st.permutations(sorted(numbers))))
def test_page_range_round_trip(numbers):
    written = PageRange(tuple(numbers))
    assert parse_pages(str(written)) == written
    assert written.last == max(numbers)


@pytest.mark.parametrize("text", ["", "a", "1-", "-4", "1..4", "0-3", "4-1", "1,1", "1,,2", "1-4-6", "1-999999", "٣"])
def test_no_range(text):
    with pytest.raises(SheetError):
        parse_pages(text)


@pytest.mark.parametrize("column", [column for column, one in METADATA.items() if one.kind == "vocabulary"])
def test_every_word_of_a_list_is_understood(column):
    for term in vocabulary(column).values():
        for word in (term.value, term.label_en, term.label_es, *term.also):
            assert read_cell(METADATA[column], word).text == term.value
