"""What restricts, however a spreadsheet says it: merged, on another worksheet, in a comment, under an unknown
heading."""

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from ingest.sheets import read_folder
from ingest.sheets.access_words import spoken
from ingest.sheets.number_formats import shown

HEADINGS = ["id", "file", "title", "access", "access_reason"]


@pytest.fixture
def scans(tmp_path):
    folder = tmp_path / "scans"
    folder.mkdir()
    for name in "abcd":
        (folder / f"{name}.tif").touch()
    return folder


def workbook(*rows, headings=HEADINGS):
    book = openpyxl.Workbook()
    book.active.title = "metadata"
    for row in (headings, *rows):
        book.active.append(row)
    return book, book.active


def saved(book, scans, name="metadata.xlsx"):
    book.save(scans / name)
    return read_folder(scans)


def stands(found):
    """File → open, its restriction, or that it waits."""
    said = {file: row.access.state if row.access else "open" for row in found.items for file in row.files}
    return said | {
        f"{name}.tif": "waits" for name in "abcd" if f"{name}.tif" not in said and found.holds(f"{name}.tif")
    }


def errors(found):
    return " ".join(f"{one.message} {one.remedy}" for one in found.problems if one.severity == "error")


ROWS = (["1", "a.tif", "A"], ["2", "b.tif", "B"], ["3", "c.tif", "C"])


def test_a_merged_restriction_holds_for_every_row_of_the_merge(scans):
    book, sheet = workbook(["1", "a.tif", "A", "closed", "víctima"], *ROWS[1:], ["4", "d.tif", "D", "open"])
    sheet.merge_cells("D2:D4")
    sheet.merge_cells("E2:E4")
    found = saved(book, scans)
    assert stands(found) == {"a.tif": "closed", "b.tif": "closed", "c.tif": "closed", "d.tif": "open"}
    assert {row.access.reason for row in found.items[:3]} == {"víctima"}
    assert ["D2:D4 is merged over rows 2-4" in one.message for one in found.problems if one.column == "access"] == [
        True
    ]


def test_a_merged_parent_holds_for_every_row(scans):
    book, sheet = workbook(["1", "a.tif", "s1"], ["2", "b.tif"], headings=["id", "file", "parent_ref_id"])
    sheet.merge_cells("C2:C3")
    book.save(scans / "metadata.xlsx")
    assert [row.parent_ref_id for row in read_folder(scans, known_components={"s1"}).items] == ["s1", "s1"]


@pytest.mark.parametrize("ref", ["A2:A3", "C2:D2", "B2:D2", "C2:D3", "A2:E2"])
def test_a_merge_without_sense_has_its_rows_wait(scans, ref):
    book, sheet = workbook(*ROWS)
    sheet.merge_cells(ref)
    found = saved(book, scans)
    rows = {row for row in (2, 3) if str(row) in ref}
    assert {one.row for one in found.problems if one.refuses} >= rows
    assert stands(found)["c.tif"] == "open" and "open" not in {stands(found).get("a.tif")}


@pytest.mark.parametrize("ref", ["D1:E1", "D1:D2", "A1:E1"])
def test_merged_headings_refuse_the_whole(scans, ref):
    book, sheet = workbook(["1", "a.tif", "A", "closed", "r"], *ROWS[1:])
    sheet.merge_cells(ref)
    if ref == "D1:D2":
        sheet["D3"] = "closed"
    assert saved(book, scans).refused


def test_rows_of_every_worksheet_count_and_the_hidden_ones(scans):
    book, _ = workbook(["1", "a.tif", "A"])
    for title, row in (("Caja 4", ["2", "b.tif", "B", "closed", "r"]), ("x", ["3", "c.tif", "C", "suppressed"])):
        sheet = book.create_sheet(title)
        sheet.append(HEADINGS)
        sheet.append(row)
    sheet.sheet_state = "hidden"
    found = saved(book, scans)
    assert stands(found) == {"a.tif": "open", "b.tif": "closed", "c.tif": "suppressed"}
    assert found.items[1].sheet == "scans/metadata.xlsx (Caja 4)"
    assert [one.message for one in found.problems] == ["the worksheet x is hidden, and was read as the others"]


@pytest.mark.parametrize(
    ("title", "headings"), [("hoja2", ["id", "sequence", "access"]), ("pages", ["id", "sequence", "access"])]
)
def test_pages_on_a_worksheet_count_beside_those_of_a_file(scans, title, headings):
    book, _ = workbook(["1", "a.tif", "A"])
    sheet = book.create_sheet(title)
    sheet.append(headings)
    sheet.append(["1", 1, "closed"])
    (scans / "pages.csv").write_text("id,sequence,label\n1,2,x\n")
    assert [
        (one.sequence, one.access and one.access.state)
        for one in sorted(saved(book, scans).pages, key=lambda one: one.sequence)
    ] == [(1, "closed"), (2, None)]


@pytest.mark.parametrize(
    "second", [["1", "a.tif", "A", "closed", "r"], ["1", "b.tif", "B", "closed", "r"], ["1", "b.tif", "B"]]
)
def test_the_same_id_on_two_worksheets_is_an_error_and_neither_opens(scans, second):
    book, _ = workbook(["1", "a.tif", "A"])
    sheet = book.create_sheet("2")
    sheet.append(HEADINGS)
    sheet.append(second)
    found = saved(book, scans)
    assert "1 stands in row 2 of scans/metadata.xlsx already" in errors(found)
    assert stands(found).get("b.tif", "waits" if second[1] == "a.tif" else "") == "waits"
    assert stands(found)["a.tif"] == ("open" if len(second) == 3 else "waits")


def test_a_row_that_says_nothing_waits_where_another_closes_its_pages(scans):
    book, _ = workbook(
        ["1", "a.tif", "A"],
        ["2", "a.tif", "A again", "closed", "r"],
        ["3", "b.tif", "B", "open"],
        ["4", "b.tif", "B", "closed", "r"],
    )
    assert [row.id for row in saved(book, scans).items] == ["2", "3", "4"]


@pytest.mark.parametrize(
    "heading",
    [
        "acceso",
        "Access?",
        "acess",
        "Restricción",
        "restringido",
        "Confidencial",
        "restricted",
        "Embargo hasta",
        "Nivel de acceso",
        "access level",
        "Closed",
        "¿Publicar?",
        "Visibility",
        "sensitive?",
        "Condiciones de acceso",
    ],
)
def test_a_heading_that_speaks_of_access_is_never_passed_over(scans, heading):
    found = saved(workbook(["1", "a.tif", "x"], headings=["id", "file", heading])[0], scans)
    assert found.refused and found.holds("a.tif")


@pytest.mark.parametrize("heading", ["Access ", " ACCESS", "access"])
def test_access_is_read_however_it_is_typed(scans, heading):
    found = saved(workbook(["1", "a.tif", "closed"], headings=["id", "file", heading])[0], scans)
    assert stands(found) == {"a.tif": "closed"}


@pytest.mark.parametrize("heading", ["notas", "observaciones", None])
@pytest.mark.parametrize(
    ("value", "waits"),
    [
        ("CONFIDENCIAL", True),
        ("no publicar", True),
        ("Do not publish!", True),
        ("restringido hasta 2040", True),
        ("foto en color", False),
        ("caja rota", False),
    ],
)
def test_a_column_that_is_not_read_and_speaks_of_access(scans, heading, value, waits):
    found = saved(
        workbook(["1", "a.tif", value, "A"], ["2", "b.tif", None, "B"], headings=["id", "file", heading, "title"])[0],
        scans,
    )
    assert stands(found) == {"a.tif": "waits" if waits else "open", "b.tif": "open"}


def test_what_a_row_says_itself_is_clear(scans):
    headings = ["id", "file", "access", "notas"]
    found = saved(
        workbook(
            ["1", "a.tif", "open", "confidencial en 1984"],
            ["2", "b.tif", "open", "no publicar"],
            ["3", "c.tif", "suppressed", "no publicar"],
            headings=headings,
        )[0],
        scans,
    )
    assert stands(found) == {"a.tif": "open", "b.tif": "waits", "c.tif": "suppressed"}


@pytest.mark.parametrize(
    ("text", "stand"),
    [("no publicar", "waits"), ("Do not publish before 2040", "waits"), ("pertenece a la caja 7", "open")],
)
def test_comments_are_looked_at(scans, text, stand):
    book, sheet = workbook(*ROWS, ["4", "d.tif", "D", "closed", "r"])
    sheet["C2"].comment = Comment(text, "Ana")
    sheet["C5"].comment = Comment(text, "Ana")
    found = saved(book, scans)
    assert stands(found) == {"a.tif": stand, "b.tif": "open", "c.tif": "open", "d.tif": "closed"}
    assert 2 in {one.row for one in found.problems if "comment" in one.message}


def test_comments_of_our_own_say_nothing(scans):
    book, sheet = workbook(*ROWS)
    sheet["D1"].comment = Comment("closed (cerrado): not shown", "Rescate")
    sheet["D2"].comment = Comment("closd is not one of open, closed", "Rescate")
    assert saved(book, scans).problems == ()


@pytest.mark.parametrize("how", ["heading", "below", "header", "title", "row"])
def test_what_is_of_no_row_may_be_of_every_row(scans, how):
    book, sheet = workbook(*ROWS, ["4", "d.tif", "D", "open"])
    match how:
        case "heading":
            sheet["C1"].comment = Comment("confidencial", "Ana")
        case "below":
            sheet["A9"].comment = Comment("no publicar", "Ana")
        case "header":
            sheet.oddHeader.center.text = "CONFIDENCIAL"
        case "title":
            sheet.title = "Restringidos"
        case "row":
            sheet["A7"] = "* en rojo: confidencial, no mostrar"
    found = saved(book, scans)
    assert stands(found) == {"a.tif": "waits", "b.tif": "waits", "c.tif": "waits", "d.tif": "open"}
    assert "speaks of access" in errors(found)


def test_struck_and_hidden_rows_wait_and_filtered_and_coloured_ones_are_said(scans):
    book, sheet = workbook(*ROWS, ["4", "d.tif", "D"])
    sheet["C2"].font = Font(strike=True)
    sheet.row_dimensions[3].hidden = True
    sheet["A4"].fill = PatternFill("solid", fgColor="FFFF0000")
    found = saved(book, scans)
    assert stands(found) == {"a.tif": "waits", "b.tif": "waits", "c.tif": "open", "d.tif": "open"}
    assert "row 4 is coloured" in " ".join(one.message for one in found.problems)
    sheet["C2"].font = Font()
    sheet.auto_filter.ref = "A1:E5"
    sheet.auto_filter.add_filter_column(0, ["1"])
    found = saved(book, scans)
    assert stands(found)["b.tif"] == "open" and "a filter hides row 3" in " ".join(
        one.message for one in found.problems
    )


def test_components_that_cannot_be_read_have_what_is_below_them_wait(scans):
    (scans / "metadata.csv").write_text("id,file,parent_ref_id\n1,a.tif,s1\n2,b.tif,\n")
    (scans / "components.csv").write_text("ref_id,level,title,acceso\ns1,series,S,cerrado\n")
    assert stands(read_folder(scans)) == {"a.tif": "waits", "b.tif": "open"}


@pytest.mark.parametrize(
    ("above", "mark", "stand"),
    [
        ("closed", '"', "closed"),
        ("suppressed", "ídem", "suppressed"),
        ("open", '"', "closed"),
        ("", "''", "closed"),
        ("cerrado", "〃", "closed"),
        ("closed", "-do-", "closed"),
        ("open", "id.", "closed"),
    ],
)
def test_a_ditto_mark_repeats_what_restricts_and_opens_nothing(scans, above, mark, stand):
    found = saved(workbook(["1", "a.tif", "A", above, "r"], ["2", "b.tif", "B", mark, mark])[0], scans)
    assert stands(found)["b.tif"] == stand


def test_a_ditto_mark_is_never_a_value(scans):
    headings = ["id", "file", "creator", "box", "subject", "access"]
    found = saved(
        workbook(
            ["1", "a.tif", "Ficticia, Ana", "3", None, "open"],
            ["2", "b.tif", '"', "〃", "id.", "open"],
            ['"', "c.tif", None, None, None, "open"],
            ["4", '"', None, None, None, "open"],
            headings=headings,
        )[0],
        scans,
    )
    assert [row.id for row in found.items] == ["1", "2"] and found.items[1].box == "3"
    assert [(one.element, one.value) for one in found.items[1].statements] == [
        ("id", "2"),
        ("creator", "Ficticia, Ana"),
    ]
    assert {(one.row, one.column) for one in found.problems if one.severity == "error"} >= {
        (3, "subject"),
        (4, "id"),
        (5, "file"),
    }


@pytest.mark.parametrize(
    ("name", "read"),
    [("metadata.xlsm", True), ("metadata.tsv", True), ("metadata.ods", False), ("metadata.xls", False)],
)
def test_spreadsheets_of_other_formats_are_read_or_have_the_folder_wait(scans, name, read):
    if name.endswith("tsv"):
        (scans / name).write_text("id\tfile\taccess\n1\ta.tif\tsuppressed\n")
    else:
        workbook(["1", "a.tif", "A", "suppressed"])[0].save(scans / name)
    found = read_folder(scans)
    assert stands(found) == (
        {"a.tif": "suppressed"} if read else dict.fromkeys((f"{name}.tif" for name in "abcd"), "waits")
    )


def test_pages_and_components_may_be_workbooks(scans):
    (scans / "metadata.csv").write_text("id,file,parent_ref_id\n1,a.tif,s1\n")
    workbook(["1", 1, "closed"], headings=["id", "sequence", "access"])[0].save(scans / "pages.xlsx")
    workbook(["s1", "series", "S"], headings=["ref_id", "level", "title"])[0].save(scans / "components.xlsx")
    found = read_folder(scans)
    assert found.pages[0].access.state == "closed" and found.components[0].ref_id == "s1" and found.problems == ()


@pytest.mark.parametrize(
    ("number", "number_format", "as_shown"),
    [
        (1, '"ER-"0000', "ER-0001"),
        (2, "0000", "0002"),
        (1, "\\E\\R\\-0000", "ER-0001"),
        (1234, "00-00", "12-34"),
        (5, "00-00", "00-05"),
        (12345, "00-00", "123-45"),
        (198403, "0000-00", "1984-03"),
        (1234, "#,##0", "1234"),
        (3, "General", "3"),
        (3, "@", "3"),
        (3, "0", "3"),
        (1, "0.00", "1"),
        (5, "0%", "5"),
        (3, '"Caja "0', "Caja 3"),
        (1, "0000;[Red]-0000", "0001"),
        (7, "yyyy", "7"),
        (0, "000", "000"),
        (1, '"a;b"00', "a;b01"),
        (4, "[Red]000", "004"),
        (9, '[>5]"x"0;0', "9"),
    ],
)
def test_a_number_is_read_as_its_format_shows_it(number, number_format, as_shown):
    assert shown(number, number_format) == as_shown


def test_ids_are_taken_as_they_are_shown_and_it_is_said(scans):
    book, sheet = workbook([1, "a.tif"], [2, "b.tif"], headings=["id", "file"])
    sheet["A2"].number_format, sheet["A3"].number_format = '"ER-"0000', "0000"
    found = saved(book, scans)
    assert [row.id for row in found.items] == ["ER-0001", "0002"]
    assert "1 as ER-0001" in found.problems[0].message and found.problems[0].column == "id"


@pytest.mark.parametrize(
    ("text", "kinds", "word"),
    [
        ("Cárcel de mujeres", ("state",), ""),
        ("accession no.", ("heading",), ""),
        ("número de registro", ("heading",), ""),
        ("publicación", ("heading",), ""),
        ("Restricción de acceso", ("heading",), "restriccion"),
        ("¡NO publicar!", ("order",), "no publicar"),
        ("do not  PUBLISH", ("order",), "do not publish"),
        ("Abierto", ("state",), ""),
        ("secretaria de la comunidad", ("state",), ""),
    ],
)
def test_words_of_access(text, kinds, word):
    assert spoken(text, *kinds) == word
