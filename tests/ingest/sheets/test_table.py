"""A spreadsheet's cells as text: encodings, delimiters, broken files, XLSX."""

import csv
import io
import subprocess
import sys
import tracemalloc
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import SheetError
from ingest.sheets.encoding import decode
from ingest.sheets.table import read_csv, read_table

COLUMNS = ("id", "file", "title")
#: Sentences with the accents of both languages; invented persons.
SPANISH = (
    "id,file,title\n1,a.tif,Situación política en Usulután: ¿quién mató a Íñigo Ficticio?\n2,b.tif,“Año” – señal\n"
)
ENGLISH = "id,file,title\n1,a.tif,“They don’t know” – report\n"


@pytest.mark.parametrize("text", [SPANISH, ENGLISH], ids=["spanish", "english"])
@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("cp1252", "Windows-1252"),
        ("mac_roman", "Mac Roman"),
    ],
)
def test_encodings(text, codec, name):
    decoded = decode(text.encode(codec), "metadata.csv")
    assert (decoded.text.removeprefix("\ufeff"), decoded.encoding) == (text, name)
    table = read_csv(text.encode(codec), "metadata.csv", COLUMNS)
    assert [cells for _, cells in table.rows] == [tuple(row) for row in csv.reader(io.StringIO(text))][1:]
    assert bool(table.remarks) == (name != "UTF-8")


def test_dos_spanish():
    text = "id,file,title\n1,a.tif,Situación política: señal número 3\n"
    assert decode(text.encode("cp850"), "metadata.csv").text == text


@given(st.binary())
def test_any_bytes(data):
    try:
        table = read_csv(data, "metadata.csv", COLUMNS)
    except SheetError as refused:
        assert refused.item == "metadata.csv" and refused.remedy
    else:
        assert table.header and all(number > table.header_row for number, _ in table.rows)


cells = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff")
) | st.sampled_from(["a,b", 'a "b"', "a\nb", "a;b", "a\tb", ""])


@given(
    st.lists(st.tuples(cells, cells, cells), max_size=5),
    st.sampled_from(",;\t"),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig"]),
)
def test_what_is_written_is_read(rows, delimiter, end, codec):
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=end)
    writer.writerows([COLUMNS, *rows])
    table = read_csv(stream.getvalue().encode(codec), "metadata.csv", COLUMNS)
    assert table.header == COLUMNS
    assert table.rows == tuple((number, row) for number, row in enumerate(rows, 2) if any(cell.strip() for cell in row))


@pytest.mark.parametrize(
    ("text", "said"),
    [("id;file;title\n1;a,b;c\n", "`;`"), ("id\tfile\n1\ta\n", "tabs"), ("sep=;\nid;file\n1;a\n", "`;`")],
)
def test_other_delimiters_are_said(text, said):
    table = read_csv(text.encode(), "metadata.csv", COLUMNS)
    assert said in table.remarks[0][0]
    assert table.rows[0][0] == 2 and table.rows[0][1][0] == "1"


def test_rows_keep_the_numbers_that_the_spreadsheet_shows():
    table = read_csv(b'\nid,title\n\n1,"two\nlines"\n,\n2,x\n', "metadata.csv", COLUMNS)
    assert table.header_row == 2
    assert [number for number, _ in table.rows] == [4, 6]


def test_a_quotation_mark_left_open_names_its_row():
    with pytest.raises(SheetError, match="row 3"):
        read_csv(b'id,title\n1,x\n2,"open\n3,y\n', "metadata.csv", COLUMNS)


@pytest.mark.parametrize("data", [b"", b"\n\n", b",,\n", b"%PDF-1.4", b"\x89PNG\r\n", b"\x00\x01\x02", b"\xff\xfe\x00"])
def test_no_table(data):
    with pytest.raises(SheetError):
        read_csv(data, "metadata.csv", COLUMNS)


def workbook(path, rows, **formats):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cell, number_format in formats.items():
        book.active[cell].number_format = number_format
    book.save(path)
    return path


def test_xlsx_cells_as_a_person_reads_them(tmp_path):
    path = workbook(
        tmp_path / "metadata.xlsx",
        [
            ["id", "file", "title"],
            ["0012", 12, 1.0],
            [1.5, True, 32101234567890],
            [],
            [date(1984, 3, 1), datetime(1984, 3, 1), datetime(1984, 3, 1, 10, 30)],
            [date(1984, 3, 1), date(1984, 3, 1), "#N/A"],
        ],
        A6="mmm-yy",
        B6="yyyy",
    )
    table = read_table(path, "metadata.xlsx", COLUMNS)
    assert table.header == COLUMNS
    assert table.rows == (
        (2, ("0012", "12", "1")),
        (3, ("1.5", "TRUE", "32101234567890")),
        (5, ("1984-03-01", "1984-03-01", "1984-03-01 10:30:00")),
        (6, ("1984-03", "1984", "#N/A")),
    )


def test_xlsx_formulas(tmp_path):
    path = workbook(tmp_path / "metadata.xlsx", [["id", "file"], ["1", "=A2"]])
    table = read_table(path, "metadata.xlsx", COLUMNS)
    assert table.formulas == {(2, 1): "=A2"}
    assert table.rows == ((2, ("1", "=A2")),)  # never computed: it has no value


def test_xlsx_worksheets(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "notes"
    book.create_sheet("Metadata").append(["id", "file"])
    book.create_sheet("pages")
    book.save(tmp_path / "metadata.xlsx")
    assert read_table(tmp_path / "metadata.xlsx", "m", COLUMNS).header == ("id", "file")
    assert read_table(tmp_path / "metadata.xlsx", "m", COLUMNS, "pages") is None
    assert read_table(tmp_path / "metadata.xlsx", "m", COLUMNS, "components") is None


def test_a_workbook_named_csv(tmp_path):
    path = workbook(tmp_path / "metadata.xlsx", [["id", "file"], ["1", "a.tif"]])
    named = path.rename(tmp_path / "metadata.csv")
    assert read_table(named, "metadata.csv", COLUMNS).rows == ((2, ("1", "a.tif")),)


@given(st.data())
def test_a_broken_workbook(tmp_path_factory, data):
    """Bytes of a workbook changed or cut, anywhere: a table or SheetError."""
    folder = tmp_path_factory.getbasetemp()
    whole = folder / "whole.xlsx"
    if not whole.exists():
        workbook(whole, [["id", "file"], ["1", "a.tif"]])
    spoilt = bytearray(whole.read_bytes())
    for place in data.draw(st.lists(st.integers(4, len(spoilt) - 1), min_size=1, max_size=5)):
        spoilt[place] = data.draw(st.integers(0, 255))
    path = folder / "spoilt.xlsx"
    path.write_bytes(spoilt[: data.draw(st.integers(10, len(spoilt)))])
    try:
        read_table(path, "spoilt.xlsx", COLUMNS)
    except SheetError as refused:
        assert refused.item == "spoilt.xlsx"


@pytest.mark.parametrize(
    "member", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml", "xl/styles.xml"]
)
@pytest.mark.parametrize(
    "content", [b"", b"<a>", b"<a/>", b"\xff", b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>']
)
def test_a_workbook_with_a_broken_member(tmp_path, member, content):
    source = workbook(tmp_path / "whole.xlsx", [["id", "file"], ["1", "a.tif"]])
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(tmp_path / "spoilt.xlsx", "w") as spoilt:
        for entry in whole.namelist():
            spoilt.writestr(entry, content if entry == member else whole.read(entry))
    try:
        table = read_table(tmp_path / "spoilt.xlsx", "spoilt.xlsx", COLUMNS)
    except SheetError as refused:
        assert refused.item == "spoilt.xlsx" and refused.remedy
    else:
        assert table.header == ("id", "file")


def test_an_old_or_locked_workbook(tmp_path):
    (tmp_path / "metadata.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))
    with pytest.raises(SheetError, match="password"):
        read_table(tmp_path / "metadata.xlsx", "metadata.xlsx", COLUMNS)


def test_no_such_file(tmp_path):
    with pytest.raises(SheetError, match="cannot be read"):
        read_table(tmp_path / "metadata.csv", "metadata.csv", COLUMNS)


def _forged(tmp_path, sheet: str):
    """An XLSX whose one worksheet has this XML, as no spreadsheet program would write it."""
    workbook(tmp_path / "made.xlsx", [["id", "file"]])
    with (
        zipfile.ZipFile(tmp_path / "made.xlsx") as made,
        zipfile.ZipFile(tmp_path / "metadata.xlsx", "w", zipfile.ZIP_DEFLATED) as forged,
    ):
        for entry in made.namelist():
            forged.writestr(entry, sheet if entry == "xl/worksheets/sheet1.xml" else made.read(entry))
    return tmp_path / "metadata.xlsx"


_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_HEADING = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="inlineStr"><is><t>file</t></is></c></row>'
)


@pytest.mark.parametrize(
    "rows",
    [
        "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(2, 3000)),  # 3,000 × 16,384 cells
        '<row r="2"><c r="ZZZZ2"><v>1</v></c></row>',
        '<row r="999999999999"><c r="A2"><v>1</v></c></row>',
    ],
)
def test_a_worksheet_that_claims_to_be_endless_fills_no_memory(tmp_path, rows, monkeypatch):
    monkeypatch.setattr("ingest.sheets.table._MOST_ROWS", 20_000)
    path = _forged(tmp_path, f"<worksheet {_MAIN}><sheetData>{_HEADING}{rows}</sheetData></worksheet>")
    tracemalloc.start()
    try:
        table = read_table(path, "metadata.xlsx", COLUMNS)
        assert len(table.rows) < 3000
    except SheetError:
        pass
    assert tracemalloc.get_traced_memory()[1] < 100_000_000
    tracemalloc.stop()


def test_an_entity_that_multiplies_itself_is_refused(tmp_path):
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    bomb = (
        f'<!DOCTYPE x [<!ENTITY e0 "lol">{entities}]><worksheet {_MAIN}><sheetData>{_HEADING}<row r="2"><c '
        'r="A2" t="inlineStr"><is><t>&e8;</t></is></c></row></sheetData></worksheet>'
    )
    with pytest.raises(SheetError, match="cannot be read as XLSX"):
        read_table(_forged(tmp_path, bomb), "metadata.xlsx", COLUMNS)


def test_a_csv_is_read_without_what_reads_workbooks(tmp_path):
    """It takes a quarter of a second to load, which every run without a workbook would wait for."""
    (tmp_path / "metadata.csv").write_text("id,file\n1,a.tif\n", "utf-8")
    program = (
        "import sys; from pathlib import Path; import ingest.pipeline; from ingest.sheets.table import read_table; "
        f"assert read_table(Path({str(tmp_path / 'metadata.csv')!r}), 'm', ('id', 'file')).rows; print('openpyxl' "
        "in sys.modules)"
    )
    assert (
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()
        == "False"
    )
