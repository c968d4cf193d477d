"""The date a text gives its own unit: the case table."""

import csv
from pathlib import Path

import pytest

from ingest.extract.unit_date import find_unit_date


def rows():
    with (Path(__file__).parent / "unit_dates.tsv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['genre']}: {row['why']}")
def test_unit_date(row):
    found = find_unit_date((row["text"] or "").replace("⏎", "\n"), row["language"] or None, row["genre"] or None)
    assert (found.edtf if found else "") == (row["date"] or ""), row["why"]
