"""EDTF: the case tables, and what holds of every date."""

import csv
import pickle
from datetime import date
from pathlib import Path

import edtf as peer
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from archive.dates import label, parse
from archive.errors import DateError


def rows(name):
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t"))


@pytest.mark.parametrize("row", rows("dates.tsv"), ids=lambda row: row["edtf"] or "empty")
def test_bounds_and_labels(row):
    found = parse(row["edtf"])
    assert found.edtf == row["edtf"]
    assert str(found.earliest or "") == row["earliest"]
    assert str(found.latest or "") == row["latest"]
    assert label(found, "en") == label(found, "eng") == row["en"]
    assert label(found, "es") == label(found, "spa") == row["es"]


@pytest.mark.parametrize("row", rows("dates_refused.tsv"), ids=lambda row: row["edtf"])
def test_refused_with_a_remedy(row):
    with pytest.raises(DateError) as refusal:
        parse(row["edtf"])
    assert refusal.value.item == row["edtf"]
    assert row["remedy"].lower() in refusal.value.remedy.lower()


years = st.integers(1, 9999).map("{:04d}".format)
unknown_years = st.from_regex(r"[0-9]{2}[0-9X]X", fullmatch=True)
months = st.builds("{}-{:02d}".format, years, st.integers(1, 12))
days = st.dates().map(date.isoformat)
marks = st.sampled_from(["", "?", "~", "%"])
singles = st.builds("{}{}".format, years | unknown_years | months | days, marks)
sets = (
    st.lists(singles, min_size=1, max_size=4)
    .map(",".join)
    .flatmap(lambda members: st.sampled_from([f"[{members}]", f"{{{members}}}"]))
)
intervals = st.builds("{}/{}".format, singles | st.sampled_from(["", ".."]), singles | st.just(".."))


def parsed(text):
    try:
        return parse(text)
    except DateError:
        return None


@given(singles | sets | intervals)
def test_round_trip_and_order(text):
    found = parsed(text)
    assume(found)
    assert found.edtf == text
    assert parse(found.edtf) == found == pickle.loads(pickle.dumps(found))
    if found.earliest and found.latest:
        assert found.earliest <= found.latest
    for language in ("en", "es"):
        said = label(found, language)
        assert said and "X" not in said and "None" not in said


@given(st.dates())
def test_a_day_is_itself(day):
    found = parse(day.isoformat())
    assert (found.earliest, found.latest) == (day, day)
    assert found.is_day


@given(singles)
def test_a_mark_moves_no_bound(text):
    found = parsed(text)
    assume(found)
    plain = parse(text.rstrip("?~%"))
    assert (found.earliest, found.latest) == (plain.earliest, plain.latest)
    assert found.approximate == (text[-1] in "~%")
    assert found.uncertain == (text[-1] in "?%")


@given(
    st.text(max_size=20)
    | st.text("0123456789X-/?~%[]{},.T:Z", max_size=14)
    | st.from_regex(r"[0-9X]{4}-[0-3X][0-9X]-[0-3X][0-9X]", fullmatch=True)
)
def test_any_text_is_a_date_or_refused(text):
    try:
        found = parse(text)
    except DateError as refusal:
        assert refusal.remedy
    else:
        assert found.edtf == text.strip()


#: Where the `edtf` package (a parser that is not ours) differs, and is wrong or does not answer.
PEER_DIFFERS = {
    "1984-1X",
    "1984-03-1X",
    "1984-04-3X",  # it crashes
    "198X-02-29",  # it answers 1989-02-29, no day
    "XXXX",
    "XXXX-12",
    "XXXX-12-25",
    "XXXX/1984",
    "[1984,XXXX]",  # it takes an unknown year for 0 to 9999
    "",  # it refuses the undated
    "1984-24",  # it ends winter in December
    "/1984",
    "1984-03-12/",  # it gives an unknown end ten years
}


@pytest.mark.parametrize("edtf", [row["edtf"] for row in rows("dates.tsv") if row["edtf"] not in PEER_DIFFERS])
def test_bounds_are_those_of_another_parser(edtf):
    other = peer.parse_edtf(edtf)
    bounds = [other.lower_strict(), other.upper_strict()]
    ours = parse(edtf)
    assert ["" if isinstance(day, float) else "{:04d}-{:02d}-{:02d}".format(*day[:3]) for day in bounds] == [
        str(ours.earliest or ""),
        str(ours.latest or ""),
    ]
