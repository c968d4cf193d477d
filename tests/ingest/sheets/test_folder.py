"""The spreadsheets of a folder, whole: what is taken in, what is said, what waits."""

from datetime import date

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.description import elements, vocabulary
from ingest.sheets import AccessDeclaration, PageRange, Part, Problem, Sheets, folded, read_folder
from ingest.sheets.access import NOT_DETERMINED
from tests.ingest.sheets.written import problems, write


def test_no_spreadsheet(scans):
    assert read_folder(scans) == Sheets()
    assert read_folder(scans / "nothing here").refused


def test_a_whole_row(scans):
    write(
        scans,
        [
            {
                "id": "0012",
                "file": "0012.tif",
                "title": "Carta a la comunidad",
                "title_type": "devised",
                "creator": "Ficticia, Ana|Comité Inventado",
                "creator_role": "author|publisher",
                "date": "12 de marzo de 1984",
                "date_edtf": "1984-03-12",
                "language": "spa|eng",
                "box": "3",
                "folder": "7",
                "barcode": "32101234567890",
                "rights_uri": "http://rightsstatements.org/vocab/CNE/1.0/",
                "access": "closed",
                "access_reason": "Datos personales",
                "access_authority": "Archivo",
                "access_review_date": "2031-12-31",
                "sha256": "AB" * 32,
            }
        ],
    )
    found = read_folder(scans)
    assert found.problems == ()
    (item,) = found.items
    assert (item.row, item.id, item.parts) == (2, "0012", (Part("0012.tif", None, "ab" * 32),))
    assert (item.box, item.folder, item.barcode) == ("3", "7", "32101234567890")
    assert item.access == AccessDeclaration("closed", "Datos personales", "Archivo", date(2031, 12, 31))
    assert [(one.element, one.value) for one in item.statements] == [
        ("id", "0012"),
        ("title", "Carta a la comunidad"),
        ("title_type", "devised"),
        ("creator", "Ficticia, Ana"),
        ("creator", "Comité Inventado"),
        ("creator_role", "author"),
        ("creator_role", "publisher"),
        ("date", "12 de marzo de 1984"),
        ("date_edtf", "1984-03-12"),
        ("language", "spa"),
        ("language", "eng"),
        ("rights_uri", "http://rightsstatements.org/vocab/CNE/1.0/"),
    ]
    assert {(one.source, one.detail) for one in item.statements} == {("spreadsheet", "metadata.csv")}


def test_files_folders_and_ranges(scans):
    write(
        scans,
        [
            {"id": "1", "file": "c.pdf", "pages": "1-4"},
            {"id": "2", "file": "c.pdf", "pages": "5, 7-8"},
            {"id": "3", "file": "rpt"},
            {"id": "4", "file": "a.tif|b.tif", "pages": "|2-3"},
            {"id": "5", "file": "rpt", "pages": "3,1"},
        ],
    )
    found = read_folder(scans)
    one, two, three, four, five = found.items
    assert one.parts == (Part("c.pdf", PageRange((1, 2, 3, 4))),)
    assert two.parts == (Part("c.pdf", PageRange((5, 7, 8))),)
    assert three.files == ("rpt/rpt-1.png", "rpt/rpt-2.png", "rpt/rpt-10.png")
    assert four.parts == (Part("a.tif"), Part("b.tif", PageRange((2, 3))))
    assert five.files == ("rpt/rpt-10.png", "rpt/rpt-1.png")
    # The gap in the folder is said for each row that names it; that two items share its pages, once a page.
    assert {(row, column) for _, row, column, _ in problems(found, "warning")} == {
        (4, "file"),
        (6, "file"),
        (6, "pages"),
    }
    assert problems(found, "error") == []


def test_a_row_is_refused_and_the_others_go_on(scans):
    write(
        scans,
        [
            {"id": "1", "file": "a.tif"},
            {"id": "1", "file": "b.tif"},
            {"id": "", "file": "c.pdf"},
            {"id": "2", "file": ""},
            {"id": "3", "file": "gone.tif"},
            {"id": "4", "file": "../out.tif"},
            {"id": "5", "file": "c.pdf", "pages": "x"},
            {"id": "6", "file": "0012.tif"},
        ],
    )
    found = read_folder(scans)
    assert [item.id for item in found.items] == ["1", "6"]
    assert [(row, column) for _, row, column, scope in problems(found, "error") if scope == "row"] == [
        (3, "id"),
        (4, "id"),
        (5, "file"),
        (6, "file"),
        (7, "file"),
        (8, "pages"),
    ]
    # Their files wait; what no row names does not.
    assert found.held == {"b.tif", "c.pdf"}
    assert found.holds("b.tif") and not found.holds("rpt/rpt-1.png")
    for one in found.problems:
        assert str(one).startswith(f"scans/metadata.csv, row {one.row}, {one.column}: ")


def test_what_a_row_restricts_is_never_taken_in_without_it(scans):
    write(scans, [{"id": "1", "file": "gone.tif", "access": "closed", "access_reason": "x"}])
    found = read_folder(scans)
    assert found.items == () and found.rest_held and found.holds("a.tif")
    write(scans, [{"id": "1", "file": "12.tif"}])
    found = read_folder(scans)
    assert not found.rest_held and found.held == {"0012.tif"}


def test_a_missing_file_below_a_closed_component(scans):
    write(
        scans,
        [
            {"ref_id": "top", "level": "collection", "title": "T", "access": "closed", "access_reason": "r"},
            {"ref_id": "files", "parent_ref_id": "top", "level": "series", "title": "S"},
            {"ref_id": "shown", "parent_ref_id": "top", "level": "series", "title": "S", "access": "open"},
        ],
        "components.csv",
    )
    for parent, waits in (("files", True), ("shown", False)):
        write(scans, [{"id": "1", "file": "gone.tif", "parent_ref_id": parent}])
        assert read_folder(scans).rest_held is waits


@pytest.mark.parametrize(
    ("cells", "declared", "errors"),
    [
        ({}, None, []),
        ({"access": "open"}, AccessDeclaration("open"), []),
        ({"access": "suppressed"}, AccessDeclaration("suppressed"), []),
        ({"access": "closed"}, AccessDeclaration("closed"), ["access_reason"]),
        ({"access": "withdrawn"}, AccessDeclaration("withdrawn"), ["access_reason"]),
        ({"access": "opne"}, AccessDeclaration("closed", NOT_DETERMINED), ["access", "access"]),
        ({"access": "#N/A"}, AccessDeclaration("closed", NOT_DETERMINED), ["access", "access"]),
        ({"access": "=B2"}, AccessDeclaration("closed", NOT_DETERMINED), ["access", "access"]),
        ({"access_reason": "Datos personales"}, AccessDeclaration("closed", "Datos personales"), ["access"]),
        (
            {"access_review_date": "2031-12-31"},
            AccessDeclaration("closed", review_date=date(2031, 12, 31)),
            ["access", "access_reason"],
        ),
        (
            {"access": "closed", "access_reason": "x", "access_review_date": "2031"},
            AccessDeclaration("closed", "x"),
            ["access_review_date"],
        ),
        ({"access_authority": "Archivo"}, None, []),
    ],
)
def test_access_in_doubt_is_closed(scans, cells, declared, errors):
    write(scans, [{"id": "1", "file": "a.tif", **cells}])
    found = read_folder(scans)
    assert found.items[0].access == declared
    assert [column for _, _, column, _ in problems(found, "error")] == errors


@pytest.mark.parametrize(
    "header",
    [
        "id,file,acces",
        "id,file,Access ?",
        "id,file,acceso",
        "id,file,access,access",
        "file,title",
        "id,title",
        "name,path",
    ],
)
def test_columns_that_matter_refuse_the_whole(scans, header):
    (scans / "metadata.csv").write_text(f"{header}\n1,a.tif,closed,closed\n", "utf-8")
    found = read_folder(scans)
    assert found.refused and found.items == () and found.holds("a.tif")
    assert [one.scope for one in found.problems if one.severity == "error"] == ["file"]


def test_columns_that_do_not_matter_are_passed_over(scans):
    (scans / "metadata.csv").write_text("ID, File ,colour,subjekt,Título,\n1,a.tif,red,x,Carta,y\n", "utf-8")
    found = read_folder(scans)
    assert [item.id for item in found.items] == ["1"]
    assert {one.column: one.proposed for one in found.problems} == {
        "colour": "",
        "subjekt": "subject",
        "Título": "title",
        "": "",
    }
    assert "column F" in next(one.message for one in found.problems if not one.column)


def test_a_comma_without_quotes(scans):
    (scans / "metadata.csv").write_text("id,file,title\n1,a.tif,Carta, abierta\n2,b.tif,Carta\n", "utf-8")
    found = read_folder(scans)
    assert [item.id for item in found.items] == ["2"] and found.held == {"a.tif"}


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"%PDF-1.7", b'id,file\n"1,a.tif\n'])
def test_a_broken_spreadsheet_holds_the_folder(scans, data):
    for name in ("metadata.csv", "pages.csv"):
        (scans / name).write_bytes(data)
        found = read_folder(scans)
        assert found.refused and found.holds("a.tif") and found.problems
        (scans / name).unlink()


def test_windows_1252_is_said_and_read(scans):
    write(scans, [{"id": "1", "file": "a.tif", "title": "Situación en Usulután"}], encoding="cp1252")
    found = read_folder(scans)
    assert found.items[0].statements[1].value == "Situación en Usulután"
    assert [(one.row, one.severity) for one in found.problems] == [(0, "warning")] and "Windows-1252" in found.problems[
        0
    ].message


def test_a_mended_value_carries_what_was_written(scans):
    write(scans, [{"id": "1", "file": "a.tif", "title": "SituaciÃ³n", "language": "español"}])
    said = {one.element: (one.value, one.detail) for one in read_folder(scans).items[0].statements}
    assert said["title"] == ("Situación", "metadata.csv, written “SituaciÃ³n”")
    assert said["language"] == ("spa", "metadata.csv, written “español”")


def test_zeros_lost_from_ids_and_barcodes(scans):
    write(
        scans,
        [
            {"id": "12", "file": "0012.tif", "barcode": "32101234567890"},
            {"id": "2", "file": "a.tif", "barcode": "32101234567891"},
            {"id": "3", "file": "b.tif", "barcode": "2101234567890"},
        ],
    )
    found = read_folder(scans)
    assert [(one.row, one.column, one.severity, one.proposed) for one in found.problems] == [
        (2, "id", "warning", "0012"),
        (4, "barcode", "warning", "02101234567890"),
    ]
    assert [item.id for item in found.items] == ["12", "2", "3"]


def test_the_year_in_words_must_be_that_of_the_edtf(scans):
    write(
        scans,
        [
            {"id": "1", "file": "a.tif", "date": "March 1984", "date_edtf": "1985-03"},
            {"id": "2", "file": "b.tif", "date": "ca. 1982", "date_edtf": "1982~"},
        ],
    )
    assert problems(read_folder(scans)) == [("scans/metadata.csv", 2, "date_edtf", "cell")]


def test_overlapping_ranges_are_said(scans):
    write(
        scans,
        [
            {"id": "1", "file": "c.pdf", "pages": "1-4"},
            {"id": "2", "file": "c.pdf", "pages": "4-6"},
            {"id": "3", "file": "c.pdf", "pages": "7"},
        ],
    )
    (one,) = read_folder(scans).problems
    assert (one.row, one.column, one.severity) == (
        3,
        "pages",
        "warning",
    ) and "page 4 of c.pdf is in item 1" in one.message


def test_roles_keep_their_places(scans):
    write(
        scans,
        [
            {"id": "1", "file": "a.tif", "creator": "A|B", "creator_role": "|author"},
            {"id": "2", "file": "b.tif", "creator": "A", "creator_role": "x|y"},
        ],
    )
    found = read_folder(scans)
    assert [one.value for one in found.items[0].statements if one.element == "creator_role"] == ["", "author"]
    assert problems(found, "warning") == [("scans/metadata.csv", 3, "creator_role", "cell")]


def test_xlsx_with_its_worksheets(scans):
    book = openpyxl.Workbook()
    book.active.title = "metadata"
    book.active.append(["id", "file", "date_edtf", "box"])
    book.active.append(["0012", "0012.tif", date(1984, 3, 1), 3])
    book.active.append(["2", "a.tif", 30742, date(2024, 1, 4)])
    pages = book.create_sheet("pages")
    pages.append(["id", "sequence", "label"])
    pages.append(["0012", 1, 10])
    book.save(scans / "metadata.xlsx")
    found = read_folder(scans)
    assert found.items[0].box == "3" and found.items[0].statements[1].value == "1984-03-01"
    assert [(one.sequence, one.label) for one in found.pages] == [(1, "10")]
    assert [(one.row, one.column, one.proposed) for one in found.problems] == [
        (3, "date_edtf", "1984-03-01"),
        (3, "box", "1-4"),
    ]


def test_csv_goes_before_xlsx_and_other_formats_are_named(scans):
    write(scans, [{"id": "1", "file": "a.tif"}])
    openpyxl.Workbook().save(scans / "metadata.xlsx")
    found = read_folder(scans)
    assert [item.id for item in found.items] == ["1"] and found.problems[0].sheet == "scans/metadata.xlsx"
    (scans / "metadata.xlsx").unlink()
    (scans / "metadata.csv").rename(scans / "metadata.ods")
    assert read_folder(scans).refused


def test_the_same_problem_of_many_rows_is_one_line(scans):
    write(
        scans,
        [
            {
                "id": str(number),
                "file": "c.pdf",
                "pages": str(number),
                "language": "español" if number != 3 else "klingon",
            }
            for number in range(1, 7)
        ],
    )
    found = read_folder(scans)
    assert folded(found.problems) == (
        "warning: scans/metadata.csv, rows 2-3,5-7, language: español was read as spa.",
        "error: scans/metadata.csv, row 4, language: klingon is no language known here; it was left out. Write its "
        "ISO 639-2 code: spa, eng.",
    )


def test_a_problem_names_the_file_the_row_and_the_column():
    one = Problem("box1/metadata.csv", 12, "date_edtf", "error", "no date", "Write 1984.")
    assert str(one) == "box1/metadata.csv, row 12, date_edtf: no date. Write 1984."


# "ÂŠ" would be taken for UTF-8 read as Windows-1252.
words = st.text(
    st.characters(categories=("L", "N"), max_codepoint=0x24F, exclude_characters="ÂÃâ"), min_size=1, max_size=12
).filter(lambda word: not word.isdigit())
rows = st.fixed_dictionaries(
    {"id": words},
    optional={
        "title": words,
        "creator": st.lists(words, min_size=1, max_size=3).map("|".join),
        "genre": st.sampled_from(list(vocabulary("genre"))),
        "language": st.sampled_from(["spa", "eng", "spa|eng"]),
        "date_edtf": st.dates().map(date.isoformat),
        "subject": words,
        "box": words,
        "access": st.sampled_from(["open", "suppressed"]),
        "pages": st.sampled_from(["1", "1-4", "2,4-6"]),
    },
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    said=st.lists(rows, min_size=1, max_size=4, unique_by=lambda row: row["id"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_is_written_is_read(scans, said, encoding):
    write(
        scans,
        [{**row, "file": file} for row, file in zip(said, ("a.tif", "b.tif", "c.pdf", "0012.tif"), strict=False)],
        encoding=encoding,
    )
    found = read_folder(scans)
    assert [item.id for item in found.items] == [row["id"] for row in said]
    for number, (item, row) in enumerate(zip(found.items, said, strict=True), 2):
        assert item.row == number and str(item.parts[0].pages or "") == row.get("pages", "")
        assert item.box == row.get("box", "") and (item.access.state if item.access else "") == row.get("access", "")
        for column, element in elements().items():
            if element.said:
                assert "|".join(one.value for one in item.statements if one.element == column) == row.get(column, "")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    data=st.binary()
    | st.lists(st.lists(st.text()), max_size=4).map(lambda lines: "\n".join(map(",".join, lines)).encode())
    | st.lists(
        st.lists(st.sampled_from(["1", "a.tif", "..", "closed", "=A1", '"', "\xa0", "rpt", "1-4"]), max_size=8),
        max_size=5,
    ).map(lambda lines: "\n".join(["id,file,pages,access,title", *map(",".join, lines)]).encode()),
    name=st.sampled_from(["metadata.csv", "pages.csv", "components.csv"]),
)
def test_any_spreadsheet_at_all(scans, data, name):
    """Nothing is raised, and whatever is left out is said."""
    write(scans, [{"id": "1", "file": "a.tif"}])
    (scans / name).write_bytes(data)
    found = read_folder(scans)
    assert all(one.message for one in found.problems)
    assert not (found.refused and found.items) and (
        not found.refused or any(one.severity == "error" for one in found.problems)
    )
    (scans / name).unlink()
