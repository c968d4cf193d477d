"""The row form says of the record what a batch reads back from it, and never less strictly."""

import csv
import io
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.access import Rule, State, of_rule
from archive.description import Description, Statement, elements
from archive.preservation.names import Names, safe
from archive.preservation.rows import NO_REASON, Part, as_said, component_row, item_row, page_range, page_row, runs
from archive.record import Component, Container, Page
from ingest.sheets import read_folder
from ingest.sheets.values import parse_pages, read_cell

SWITCHES = ("description", "text", "image", "download")


def test_no_row_opens_what_its_rule_closes():
    for state, switches in itertools.product(State, itertools.product((None, True, False), repeat=4)):
        rule = Rule(state, **dict(zip(SWITCHES, switches, strict=True)))
        said, before = of_rule(as_said(rule)), of_rule(rule)
        assert [name for name in SWITCHES if getattr(said, name) and not getattr(before, name)] == [], rule
        assert as_said(as_said(rule)) == as_said(rule)


def test_a_plain_rule_is_said_as_it_is():
    plain = Rule(State.CLOSED, reason="family", authority="deed of gift", review_date="2031-12-31")
    assert as_said(plain) == plain and as_said(None) is None
    assert as_said(Rule(State.CLOSED)).reason == NO_REASON
    assert as_said(Rule(State.CLOSED, text=False, image=False)).state is State.CLOSED


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 4)), max_size=12))
def test_the_parts_of_an_item_are_its_pages_in_their_order(frames):
    pages = [
        Page(f"p{n}", n, "i", n, "", "", file, frame, 1, 1, None, None) for n, (file, frame) in enumerate(frames, 1)
    ]
    read = []
    for run in runs(pages):
        said = page_range(run.frames, 4)
        read += [(run.file_id, frame) for frame in (parse_pages(said).numbers if said else range(1, 5))]
    assert read == frames


@given(st.text(max_size=300))
def test_any_name_is_made_one_that_a_cell_and_a_manifest_take(name):
    given = Names(("truth", "*.tmp", "~*", ".*")).give(name)
    assert read_cell(elements()["file"], given).text == given and read_cell(elements()["file"], given).findings == ()
    assert given == given.strip() and safe(given) == given and len(given.encode()) < 255
    assert not set(given) & set("/\\|%\n\r\0") and given not in (".", "..") and not given.endswith(".tmp")
    f"{given}".encode()


@given(st.lists(st.sampled_from(("a.tif", "A.TIF", "a-2.tif", "á.tif", "á.tif", "b")), max_size=9))
def test_every_name_is_given_once(wanted):
    names = Names()
    given = [names.give(name).casefold() for name in wanted]
    assert len(set(given)) == len(given)


@pytest.fixture
def read_back(tmp_path):
    def read(**sheets):
        for name, rows in sheets.items():
            text = io.StringIO(newline="")
            csv.writer(text).writerows([list(elements(name)), *rows])
            (tmp_path / f"{name}.csv").write_text(text.getvalue(), "utf-8")
        return read_folder(tmp_path)

    (tmp_path / "x").mkdir()
    for name in ("a.tif", "b.tif"):
        (tmp_path / "x" / name).touch()
    return read


def test_rows_are_read_back_by_a_batch(read_back):
    description = Description.of(
        Statement(element, value, "spreadsheet", "metadata.csv")
        for element, value in (
            ("title", "Chronology, May 1983"),
            ("creator", "Peña, Ana"),
            ("creator", "El Rescate"),
            ("creator_role", ""),
            ("creator_role", "publisher"),
            ("date", "mayo de 1983"),
            ("date_edtf", "1983-05"),
            ("language", "spa"),
            ("description", "Two\n\nparagraphs"),
            ("subject", "Captures"),
            ("subject", '"Quoted"'),
        )
    )
    rule = Rule(State.CLOSED, reason="family", authority="deed", review_date="2031-12-31")
    sums = [f"{n:064x}" for n in (1, 2)]
    top, low = (
        Component("c1", "coll", None, "collection", "", "Collection"),
        Component("c2", None, "c1", "series", "II", ""),
    )
    found = read_back(
        components=[component_row(top, "", None), component_row(low, "coll", as_said(Rule(State.OPEN, text=False)))],
        metadata=[
            item_row(
                "0001",
                "c2",
                [Part("x/a.tif", "2-3", sums[0]), Part("x/b.tif", "", sums[1])],
                description,
                [Container(1, "box", "3", "33333000000001"), Container(2, "folder", "4", "", 1)],
                rule,
            )
        ],
        pages=[
            page_row(
                "0001",
                2,
                "x/a.tif",
                Page("p", 1, "i", 2, "xii", "recto", 1, 1, 9, 9, None, None, "spa+eng"),
                as_said(Rule(State.SUPPRESSED)),
            )
        ],
    )
    assert [one for one in found.problems if one.severity == "error"] == []
    item, page = found.items[0], found.pages[0]
    assert {(s.element, s.value) for s in item.statements} == {("id", "0001")} | {
        (s.element, s.value) for s in description
    }
    assert [(part.file, str(part.pages or ""), part.sha256) for part in item.parts] == [
        ("x/a.tif", "2-3", sums[0]),
        ("x/b.tif", "", sums[1]),
    ]
    assert (item.id, item.box, item.folder, item.barcode, item.parent_ref_id) == (
        "0001",
        "3",
        "4",
        "33333000000001",
        "c2",
    )
    assert (item.access.state, item.access.reason, item.access.authority, f"{item.access.review_date}") == (
        "closed",
        "family",
        "deed",
        "2031-12-31",
    )
    assert (page.sequence, page.file, page.label, page.role, page.access.state) == (
        2,
        "x/a.tif",
        "xii",
        "recto",
        "suppressed",
    )
    assert page.languages == ("spa", "eng")
    assert [
        (one.ref_id, one.parent_ref_id, one.title, one.access and one.access.state) for one in found.components
    ] == [("coll", "", "Collection", None), ("c2", "coll", "II", "closed")]


def test_what_looks_like_a_formula_is_read_back_and_is_none(read_back):
    said = Description((Statement("title", '=HYPERLINK("x")', "file"), Statement("subject", "a|b", "file")))
    row = item_row("1", "", [Part("x/a.tif", "", "")], said, (), None)
    assert '="=HYPERLINK(""x"")"' in row and "a¦b" in row
    statements = read_back(metadata=[row]).items[0].statements
    assert {(s.element, s.value) for s in statements} >= {("title", '=HYPERLINK("x")'), ("subject", "a¦b")}
