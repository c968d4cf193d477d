"""What an undecided mention may mean, with what speaks for each: a case table, and what holds of every mention."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import dates
from archive.layout import Layout, TextBlock, TextLine, Word
from archive.places import Gazetteer
from archive.record import Candidate
from ingest.extract.dates import find_dates
from ingest.extract.margins import find_margins
from ingest.extract.mention import Context
from ingest.extract.page_edges import page_edges
from ingest.extract.places import find_places
from tests.ingest.extract.test_places import WORDS, listed, rows


def mentions(text, language, context=Context()):
    return find_dates(text, language, context) + find_places(text, language, context)


@pytest.mark.parametrize(
    "row", rows("candidates.tsv"), ids=lambda row: f"{row['text']} {row['language']} {row['context']}"
)
def test_candidates(row):
    context = Context(places=tuple(row["context"].split("|")) if row["context"] else ())
    found = mentions(row["text"], row["language"] if row["language"] != "und" else None, context)
    (one,) = [one for one in found if one.text == row["found"]] or [None]
    assert (one is None) == (not row["found"]), row["why"]
    if one:
        assert [f"{it.value} ({', '.join(it.evidence)})" for it in one.candidates] == listed(row["candidates"]), row[
            "why"
        ]


SLASHED = st.tuples(st.integers(1, 31), st.integers(1, 31)).map(lambda pair: f"{pair[0]}/{pair[1]}/84")


@given(
    st.lists(st.sampled_from(WORDS) | SLASHED, max_size=20).map(" ".join),
    st.sampled_from(["spa", "eng", None]),
)
def test_only_what_is_undecided_has_candidates_and_they_are_values(text, language):
    for one in mentions(text, language, Context(places=("la-paz",))):
        assert not (one.value and one.candidates)
        assert len({it.value for it in one.candidates}) == len(one.candidates)
        for it in one.candidates:
            assert it.evidence
            assert it.value in Gazetteer.load() if one.kind == "place" else dates.parse(it.value).edtf == it.value


def test_a_page_number_that_its_neighbours_contradict_is_kept_as_a_candidate():
    """- 99 - between 21 and 22."""

    def line(text, left, top):
        return TextLine(tuple(Word(one, left + 90 * n, top, 80, 30, 0.9) for n, one in enumerate(text.split())))

    def page(sequence, foot):
        lines = line(f"uno{sequence} dos{sequence} tres{sequence}", 60, 300), line(foot, 400, 1300)
        return page_edges(Layout(900, 1400, tuple(TextBlock((one,)) for one in lines)), sequence)

    feet = ["- 21 -", "- 22 -", "- 99 -", "- 24 -", "- 25 -"]
    found = [marks for marks in find_margins([page(n, foot) for n, foot in enumerate(feet, 1)])]
    numbers = [(one.value, one.candidates) for marks in found for one in marks if one.kind == "page number"]
    assert numbers == [("21", ()), ("22", ()), ("", (Candidate("99", ("form",)),)), ("24", ()), ("25", ())]
