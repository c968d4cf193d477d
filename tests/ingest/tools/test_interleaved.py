"""What is drawn row by row is read column by column where it is prose, and row by row where a row says something."""

import csv
from pathlib import Path

import pytest

from ingest.tools.placed import Placed
from ingest.tools.reading_order import blocks

with Path(__file__).with_name("layouts.tsv").open(encoding="utf-8", newline="") as table:
    CASES = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def placed(text, left, top):
    words = []
    for word in text.split():
        words.append(Placed(word, left, top, left + 10 * len(word), top + 20))
        left += 10 * len(word) + 8
    return words


def drawn(rows, starts):
    return [
        word
        for number, row in enumerate(rows)
        for text, left in zip(row, starts, strict=False)
        for word in placed(text, left, 26 * number)
    ]


@pytest.mark.parametrize("gutter", [24, 60])
@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_reading_order(case, gutter):
    rows = [[cell.strip() for cell in row.split("||")] for row in case["drawn"].split(" / ")]
    cells = max(map(len, rows))
    starts, left = [], 0
    for column in range(cells):
        starts.append(left)
        left += (
            max(sum(10 * len(word) + 8 for word in row[column].split()) for row in rows if len(row) == cells)
            + gutter
            - 8
        )
    read = " ".join(" ".join(line.text for line in block.lines) for block in blocks(drawn(rows, starts))).split()
    by_row = " ".join(" ".join(row) for row in rows).split()
    if case["order"] == "rows":
        assert read == by_row
        return
    first = next(number for number, row in enumerate(rows) if len(row) == cells)
    head, tail = rows[:first], [row for row in rows[first:] if len(row) < cells]
    columns = [" ".join(row[column] for row in rows if len(row) == cells) for column in range(cells)]
    columns[0] += " " + " ".join(row[0] for row in tail)
    assert read == (" ".join(" ".join(row) for row in head) + " " + " ".join(columns)).split()


def test_columns_drawn_one_after_the_other_stay():
    left, right = (f"{side} uno dos tres" for side in ("a", "b"))
    words = [word for text, x in ((left, 0), (right, 300)) for n in range(5) for word in placed(text, x, 26 * n)]
    assert [line.text for block in blocks(words) for line in block.lines] == [left] * 5 + [right] * 5
