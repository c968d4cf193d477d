"""CSV: opened by a spreadsheet program nothing is a formula, and nothing is lost."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.citation import table
from archive.citation.source import Creator, Source
from archive.citation.text import one_line
from tests.archive.citation.citation_sources import ACCESSED, languages, sources


def read(some, language="en"):
    text = "".join(table.write(some, ACCESSED, language)).encode("utf-8")
    assert text.startswith(b"\xef\xbb\xbf") and text.endswith(b"\r\n")
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))


@given(st.lists(sources, max_size=4), languages)
@settings(max_examples=80, deadline=None)
def test_any_source_comes_back_and_none_is_a_formula(some, language):
    rows = read(some, language)
    assert len(rows) == len(some)
    for source, row in zip(some, rows, strict=False):
        assert tuple(row) == table.COLUMNS
        assert not any(value.startswith(tuple("=+-@＝＋－＠\t\r")) for value in row.values())
        for column in ("id", "title", "date_edtf", "box", "publication", "permalink"):
            assert table.unguarded(row[column]) == one_line(getattr(source, column))


@given(st.text())
def test_the_guard_can_be_taken_off(text):
    assert table.unguarded(table.guarded(text)) == text


def test_several_values_and_what_is_cited():
    (row,) = read(
        [
            Source(
                kind="page",
                id="r1",
                creators=(Creator("Paz, Ana", "author"), Creator("El Rescate")),
                subjects=("Paz", "Tierra"),
                date_edtf="1982~",
                image_number=3,
                page_count=9,
                box="1",
            )
        ],
        "es",
    )
    assert (row["creator"], row["creator_role"], row["subject"]) == ("Paz, Ana|El Rescate", "author|", "Paz|Tierra")
    assert (row["date_cited"], row["location"]) == ("[ca. 1982]", "imagen 3, caja 1")
    assert (row["page_count"], row["image_number"], row["accessed"]) == ("9", "3", "2026-11-24")
