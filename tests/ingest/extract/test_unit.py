"""The date a text gives its own unit: the case table."""

import csv
from pathlib import Path

import pytest

from ingest.extract.unit import find_unit_date, unit_date


def rows():
    with (Path(__file__).parent / "unit_dates.tsv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['genre']}: {row['why']}")
def test_unit_date(row):
    asked = row["text"].replace("⏎", "\n"), row["language"] or None, row["genre"] or None
    found = unit_date(*asked)
    assert (found.value.edtf if found else "") == row["date"], row["why"]
    assert find_unit_date(*asked) == (found.value if found else None)
    if found:
        assert asked[0][found.start : found.end] == found.text
