"""The CSV of a batch: what a spreadsheet program reads from it, and what it must not do with it."""

import csv
import dataclasses
import io

from hypothesis import given
from hypothesis import strategies as st

from archive.config import ArchiveSettings
from ingest.reports import table
from tests.ingest.reports.batches import SHA, file, page

LINKS = table.Permalinks(ArchiveSettings(base_url="https://archive.example/"))


def read(pieces):
    text = "".join(pieces)
    assert text.startswith("\ufeff") and text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


FILES = [
    (
        file("a.tif", pages=2),
        [page("a.tif", confidence=0.8, words=10), page("a.tif", frame=2, confidence=0.6, words=5, language="eng")],
    ),
    (
        file("b.tif", "failed", "1 of 1 pages could not be read: page 1: is damaged: x"),
        [page("b.tif", "failed", "is damaged: x")],
    ),
    (file("c.tif", "refused", "is empty. Copy it again.", (), 0, sha256="", puid="", media_type="", format=""), []),
]


def test_a_row_a_file():
    first, second, third = read(table.file_rows(FILES, LINKS, "en"))
    assert tuple(first) == table.FILE_COLUMNS
    assert (
        first["file"],
        first["outcome"],
        first["pages"],
        first["languages"],
        first["words"],
        first["confidence"],
        first["seconds"],
    ) == ("/m/box 1/a.tif", "added", "2", "eng|spa", "15", "0.7000", "3.00")
    assert first["permalinks"] == "https://archive.example/ark:99999/i1" and first["time"] == "1999-03-01T08:00:00Z"
    assert (first["format"], first["puid"], first["sha256"]) == ("TIFF", "fmt/353", SHA)
    assert second["pages_failed"] == "1" and second["what_to_do"].startswith("Open it")
    assert (
        third["reason"] == "is empty. Copy it again."
        and third["what_to_do"].startswith("Copy each again")
        and not third["sha256"]
    )


def test_a_row_a_page_and_one_for_a_file_without_pages():
    rows = read(table.page_rows(FILES, LINKS, "es"))
    assert [(row["file"][-5:], row["page"], row["outcome"]) for row in rows] == [
        ("a.tif", "1", "read"),
        ("a.tif", "2", "read"),
        ("b.tif", "1", "failed"),
        ("c.tif", "", "refused"),
    ]
    assert tuple(rows[0]) == table.PAGE_COLUMNS
    assert (rows[0]["permalink"], rows[0]["recipe"], rows[0]["reader"], rows[0]["id"]) == (
        "https://archive.example/ark:99999/p1",
        "r1",
        "tesseract 5",
        "'0012",
    )
    assert rows[2]["what_to_do"].startswith("Ábralo")


def test_only_some_outcomes():
    only = frozenset({"failed", "refused"})
    assert [row["file"][-5:] for row in read(table.file_rows(FILES, LINKS, "en", only))] == ["b.tif", "c.tif"]
    assert [row["file"][-5:] for row in read(table.page_rows(FILES, LINKS, "en", only))] == ["b.tif", "c.tif"]


@given(st.text(max_size=60), st.text(max_size=60))
def test_nothing_becomes_a_formula_or_breaks_a_row(path, reason):
    [row] = read(table.file_rows([(_at(path, reason), [])], LINKS, "en"))
    for value in (row["file"], row["reason"]):
        assert not value.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def _at(path, reason):
    return dataclasses.replace(file(outcome="refused", reason=reason), path=path)


def test_ids_stay_text_and_a_long_reason_is_cut_aloud():
    assert [table.as_text(one) for one in ("12", "1-2", "12e45", "fmt/353", "B-1")] == [
        "'12",
        "'1-2",
        "'12e45",
        "fmt/353",
        "B-1",
    ]
    [row] = read(table.file_rows([(_at("/a", "x" * 40_000), [])], LINKS, "en"))
    assert len(row["reason"]) < 32_767 and row["reason"].endswith("[…]")


def test_a_name_that_is_no_utf8_is_escaped_and_not_lost():
    [row] = read(table.file_rows([(_at("/m/caf\udce9\n.tif", ""), [])], LINKS, "en"))
    assert row["file"] == "/m/caf\\udce9\\n.tif"
