"""What lies beside the scans and was not read: which files wait for it, and which go on."""

import csv
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment

from archive.config import Config, IngestSettings
from ingest.checking.finding import of_problem
from ingest.intake.companions import look
from ingest.intake.plan import plan
from ingest.intake.survey import survey
from ingest.sheets import template


@pytest.fixture
def scans(tmp_path):
    folder = tmp_path / "scans"
    for name in ("a.tif", "b.tif", "sub/0001.tif", "sub/0002.tif"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


def book(path, *rows, title="Sheet", more=()):
    made = openpyxl.Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    for name, its_rows in more:
        sheet = made.create_sheet(name)
        for row in its_rows:
            sheet.append(row)
    made.save(path)
    return made


def write(path, *rows, delimiter=","):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)


def stands(*given, config=None, components=(), roots=()):
    """File name → item, or why it waits; and the errors."""
    given = [*given]
    config = config or Config(folder=given[0])
    found = survey(given, config.ingest.ignore, roots)
    beside = look(found, given, config, components, roots)
    planned = plan(found.files, beside.sheets, given, waiting=beside.waiting)
    said = {
        part.file.path.name: (one.row.access.state if one.row.access else one.row.id) if one.row else "open"
        for one in planned.items
        for part in one.parts
    }
    errors = " ".join(f"{one.message}. {one.remedy}" for _, one in beside.problems if one.severity == "error")
    assert all(of_problem(one, folder).sheet for folder, one in beside.problems)
    return said | {one.file.path.name: "waits" for one in planned.held}, errors


WAIT = {"a.tif": "waits", "b.tif": "waits"}
OPEN = {"a.tif": "open", "b.tif": "open", "0001.tif": "open", "0002.tif": "open"}
ROWS = (["id", "file", "title", "access"], ["1", "a.tif", "A", "closed"], ["2", "b.tif", "B", "closed"])


@pytest.mark.parametrize(
    "name", ["inventario caja 7.xlsx", "metadata (1).xlsx", "metadatos.xlsx", "Metadata.XLSX.bak", "items.xlsm"]
)
def test_a_workbook_under_another_name_has_its_files_wait_and_is_no_item(scans, name):
    book(scans / "x.xlsx", *ROWS)
    (scans / "x.xlsx").rename(scans / name)
    said, errors = stands(scans)
    assert said == OPEN | WAIT | {name: "waits"}
    assert "names 2 of the scans and has columns as metadata has" in errors and "Name it metadata.xls" in errors
    assert "ingest.ignore" in errors and "2 files wait" in errors


@pytest.mark.parametrize(
    ("name", "delimiter"),
    [
        ("metadata (1).csv", ","),
        ("metadatos.csv", ";"),
        ("Metadata.CSV.txt", ","),
        ("inventory.tsv", "\t"),
        ("metadata", ","),
    ],
)
def test_a_table_of_text_under_another_name(scans, name, delimiter):
    write(scans / name, *ROWS, delimiter=delimiter)
    said, errors = stands(scans)
    assert said == OPEN | WAIT | {name: "waits"} and "2 files wait" in errors


@pytest.mark.parametrize(
    "rows",
    [
        (["Identificador", "Archivo", "Acceso"], ["1", "a.tif", "cerrado"], ["2", "b.tif", "cerrado"]),
        (
            ["Inventario de la caja 7"],
            [None, None],
            ["Signatura", "Nombre de archivo", "Acceso"],
            ["1", "a", "cerrado"],
            ["2", "b", ""],
        ),
        (["a.tif", "cerrado"], ["b.tif", "cerrado"]),
        (["scans/a.tif"], ["scans\\b.tif"]),
        (["ver a.tif; b.tif"],),
    ],
)
def test_tables_of_other_headings_or_none(scans, rows):
    book(scans / "lista.xlsx", *rows)
    said, _ = stands(scans)
    assert said == OPEN | WAIT | {"lista.xlsx": "waits"}


@pytest.mark.parametrize(
    "rows",
    [
        (["id", "file", "access"], ["9", "gone.tif", "closed"]),
        (["gone.tif", "no mostrar"],),
        (["Nota"], ["No publicar nada de la caja 7"]),
        (["id", "title"], ["ER-9", "Carta"]),
    ],
)
def test_what_names_more_than_is_there_has_the_whole_folder_wait(scans, rows):
    book(scans / "lista.xlsx", *rows)
    assert set(stands(scans)[0].values()) == {"waits"}
    (scans / "lista.xlsx").rename(scans / "sub" / "lista.xlsx")
    assert stands(scans)[0] == {
        "a.tif": "open",
        "b.tif": "open",
        "0001.tif": "waits",
        "0002.tif": "waits",
        "lista.xlsx": "waits",
    }


@pytest.mark.parametrize(
    "rows",
    [
        (["Presupuesto", 1984], ["papel", 3], ["tinta", 1]),
        (["Year", "Captures", "Killings"], [1981, 12, 3], [1982, 0, 4]),
        (["name", "amount"], ["Ana Ficticia", 3]),
    ],
)
def test_an_innocent_spreadsheet_goes_on_as_it_is(scans, rows):
    (scans / "1984.tif").touch()
    book(scans / "cuentas.xlsx", *rows)
    assert stands(scans) == (OPEN | {"1984.tif": "open", "cuentas.xlsx": "open"}, "")


def test_a_spreadsheet_that_a_row_names_or_that_is_ignored_holds_nothing(scans):
    book(scans / "lista.xlsx", *ROWS)
    ignoring = Config(folder=scans, ingest=IngestSettings(ignore=(*IngestSettings.ignore, "lista.xlsx")))
    assert stands(scans, config=ignoring) == (OPEN, "")
    write(scans / "metadata.csv", ["id", "file"], ["l", "lista.xlsx"])
    assert stands(scans) == (OPEN | {"lista.xlsx": "l"}, "")


def test_a_row_that_says_its_access_is_clear(scans):
    write(scans / "metadata.csv", ["id", "file", "access"], ["1", "a.tif", "open"], ["2", "b.tif", ""])
    book(scans / "old.xlsx", *ROWS)
    assert stands(scans)[0] == OPEN | {"a.tif": "open", "b.tif": "waits", "old.xlsx": "waits"}


def test_a_table_that_does_not_speak_of_access_leaves_described_files_alone(scans):
    write(scans / "metadata.csv", ["id", "file"], ["1", "a.tif"])
    book(scans / "lista.xlsx", ["a.tif", "retrato"], ["b.tif", "calle"])
    assert stands(scans)[0] == OPEN | {"a.tif": "1", "b.tif": "waits", "lista.xlsx": "waits"}


def test_a_copy_that_says_the_same_holds_nothing(scans):
    write(scans / "metadata.csv", ["id", "file", "access"], ["1", "a.tif", ""], ["2", "b.tif", "suppressed"])
    write(scans / "metadata (1).csv", ["id", "file", "access"], ["1", "a.tif", ""], ["2", "b.tif", "suppressed"])
    assert stands(scans) == (OPEN | {"a.tif": "1", "b.tif": "suppressed", "metadata (1).csv": "waits"}, "")
    write(scans / "metadata (1).csv", ["id", "file", "access"], ["1", "a.tif", "closed"], ["2", "b.tif", "suppressed"])
    assert stands(scans)[0]["a.tif"] == "waits"


@pytest.mark.parametrize(("access", "stand"), [("", "1"), ("closed", "waits")])
def test_two_spreadsheets_of_metadata(scans, access, stand):
    write(scans / "metadata.csv", ["id", "file", "access"], ["1", "a.tif", ""])
    book(scans / "metadata.xlsx", ["id", "file", "access"], ["1", "a.tif", access])
    said, errors = stands(scans)
    assert said["a.tif"] == stand and said["b.tif"] == "open" and bool(errors) == bool(access)


def zipped(path, **parts):
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in parts.items():
            packed.writestr(f"{name}.xml", text)


def test_other_formats_are_looked_through(scans):
    zipped(
        scans / "lista.ods",
        content="<table:table-cell><text:p>a.tif</text:p></table:table-cell><text:p>cerrado</text:p>",
    )
    assert stands(scans)[0] == OPEN | {"a.tif": "waits", "lista.ods": "waits"}
    (scans / "lista.ods").unlink()
    (scans / "lista.xls").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(400)
        + b"\x05\0\0a.tif\x05\0\x01"
        + "b.tif".encode("utf-16-le")
        + bytes(40)
    )
    assert stands(scans)[0] == OPEN | WAIT | {"lista.xls": "waits"}
    (scans / "lista.xls").rename(scans / "lista.numbers")
    assert set(stands(scans)[0].values()) == {"waits"}


@pytest.mark.parametrize("data", [b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 with a password", b"\x00\x01\x02"])
def test_a_table_that_cannot_be_read_may_say_anything(scans, data):
    (scans / "lista.xlsx").write_bytes(data)
    said, errors = stands(scans)
    assert set(said.values()) == {"waits"} and "4 files wait" in errors


@pytest.mark.parametrize(
    ("name", "text", "waits"),
    [
        ("LÉEME.txt", "No publicar a.tif", True),
        ("notas.md", "a.tif is restricted", True),
        ("notas.md", "a.tif was scanned twice", False),
        ("notas.txt", "confidencial", False),
        ("mets.xml", '<mets><file><FLocat href="a.tif"/></file><rights>Restricted</rights></mets>', True),
        ("a.txt", "El documento confidencial a.tif", False),
        ("b.xml", "<alto><String CONTENT='confidencial'/>a.tif</alto>", False),
    ],
)
def test_texts_that_name_a_scan_and_speak_of_access(scans, name, text, waits):
    (scans / name).write_text(text, "utf-8")
    assert stands(scans)[0]["a.tif"] == ("waits" if waits else "open")


def test_a_document_of_word_that_forbids(scans):
    zipped(
        scans / "inventario.docx",
        document="<w:document><w:p><w:r><w:t>a.</w:t></w:r><w:r><w:t>tif: no publicar</w:t></w:r></w:p></w:document>",
    )
    assert stands(scans)[0] == OPEN | {"a.tif": "waits", "inventario.docx": "waits"}


# -- worksheets


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((["b.tif", "cerrado"],), {"b.tif": "waits"}),
        ((["Caja 4"], ["2", "b", "closed"]), {"b.tif": "waits"}),
        ((["Instrucciones"], ["Una fila es una unidad"]), {}),
        ((["access"], ["open"], ["closed"]), {}),
        ((["vea", "gone.png"],), dict.fromkeys(OPEN, "waits")),
        ((["Las filas en rojo: no publicar"],), dict.fromkeys(OPEN, "waits")),
    ],
)
@pytest.mark.parametrize("hidden", [False, True])
def test_a_worksheet_that_is_not_understood(scans, rows, expected, hidden):
    made = book(scans / "metadata.xlsx", ["id", "file"], ["1", "a.tif"], more=[("otra", rows)])
    if hidden:
        made["otra"].sheet_state = "hidden"
        made.save(scans / "metadata.xlsx")
    said, errors = stands(scans)
    assert said == OPEN | {"a.tif": "1"} | {
        name: stand
        for name, stand in expected.items()
        if name != "a.tif" or any("no publicar" in str(row) for row in rows)
    }, errors
    assert ("(otra)" in " ".join(errors.split()) or "the worksheet" in errors) == bool(expected)


def test_the_worksheets_of_the_template_hold_nothing(scans):
    (scans / "rpt-1989-01").mkdir()
    (scans / "rpt-1989-01" / "rpt-1989-01-0001.tif").touch()
    for language in ("es", "en"):
        template.workbook(language, {"metadata": [{"id": "1", "file": "rpt-1989-01"}]}).save(scans / "metadata.xlsx")
        said, errors = stands(scans)
        assert said["rpt-1989-01-0001.tif"] == "1" and not errors
    made = openpyxl.load_workbook(scans / "metadata.xlsx")
    made.worksheets[-1]["A60"] = "a.tif: cerrado"
    made.save(scans / "metadata.xlsx")
    assert stands(scans)[0]["a.tif"] == "waits"


# -- spreadsheets that cannot be read, and those elsewhere


def test_a_spreadsheet_that_is_a_link_out_of_the_folder(scans, tmp_path):
    write(tmp_path / "real.csv", *ROWS)
    (scans / "metadata.csv").symlink_to(tmp_path / "real.csv")
    said, errors = stands(scans)
    assert set(said.values()) == {"waits"} and "leads out" in errors


@pytest.mark.parametrize(
    ("name", "patterns", "waits"),
    [
        ("metadata.csv.part", (), True),
        ("metadata.xlsx.crdownload", (), True),
        ("inventario.xlsx.tmp", (), True),
        ("~$metadata.xlsx", (), False),
        (".~lock.metadata.xlsx#", (), False),
        ("0001.tif.part", (), False),
        ("metadata.csv", ("*.csv",), True),
        ("metadata.csv", ("metadata.csv",), False),
    ],
)
def test_spreadsheets_that_are_passed_over(scans, name, patterns, waits):
    (scans / name).write_text("id,file\n")
    said, errors = stands(
        scans, config=Config(folder=scans, ingest=IngestSettings(ignore=(*IngestSettings.ignore, *patterns)))
    )
    assert set(said.values()) == ({"waits"} if waits else {"open"}) and bool(errors) == waits


def test_a_spreadsheet_of_another_folder_names_these_files(scans):
    (scans / "tables").mkdir()
    for name in ("lista.csv", "metadata.csv"):
        write(scans / "tables" / name, *ROWS)
        said, _ = stands(scans)
        assert (said["a.tif"], said["b.tif"], said["0001.tif"]) == ("waits", "waits", "open")
        (scans / "tables" / name).unlink()
    write(scans / "lista.csv", ["sub/0001.tif", "cerrado"])
    said, _ = stands(scans)
    assert (said["0001.tif"], said["0002.tif"], said["a.tif"]) == ("waits", "open", "open")


def test_a_folder_below_the_one_that_has_the_spreadsheet(scans):
    write(scans / "metadata.csv", ["id", "file", "access"], ["1", "sub/0001.tif", "closed"], ["2", "gone.tif", ""])
    assert stands(scans / "sub")[0] == {"0001.tif": "closed", "0002.tif": "open"}
    (scans / "metadata.csv").rename(scans / "lista.csv")
    said, errors = stands(scans / "sub")
    assert said == {"0001.tif": "waits", "0002.tif": "open"} and "1 file waits" in errors
    write(scans / "lista.csv", ["0001.tif", "cerrado"])
    assert stands(scans / "sub")[0] == {"0001.tif": "open", "0002.tif": "open"}


def test_a_single_file_out_of_a_folder_with_a_spreadsheet(scans):
    write(
        scans / "metadata.csv",
        ["id", "file", "access"],
        ["1", "a.tif", "suppressed"],
        ["2", "sub", ""],
        ["3", "gone.tif", ""],
    )
    assert stands(scans / "a.tif") == ({"a.tif": "suppressed"}, "")
    assert stands(scans / "b.tif")[0] == {"b.tif": "open"}
    said, _ = stands(scans / "sub" / "0001.tif")
    assert said == {"0001.tif": "waits"}
    assert stands(scans / "sub")[0] == {"0001.tif": "2", "0002.tif": "2"}
    (scans / "metadata.csv").write_bytes(b"\x00\x01")
    assert stands(scans / "a.tif")[0] == {"a.tif": "waits"}


def test_a_single_file_out_of_a_folder_with_an_inventory(scans):
    book(scans / "inventario.xlsx", *ROWS)
    said, errors = stands(scans / "a.tif")
    assert said == {"a.tif": "waits"} and "inventario.xlsx" not in said and errors


def test_comments_and_hidden_rows_of_a_copy_are_no_copy(scans):
    write(scans / "metadata.csv", ["id", "file", "access"], ["1", "a.tif", ""])
    made = book(scans / "copy.xlsx", ["id", "file", "access"], ["1", "a.tif", ""])
    assert stands(scans)[0]["a.tif"] == "1"
    made.active["A2"].comment = Comment("no publicar", "Ana")
    made.save(scans / "copy.xlsx")
    assert stands(scans)[0]["a.tif"] == "waits"


def test_a_spreadsheet_that_may_not_be_read(scans, monkeypatch):
    write(scans / "metadata.csv", *ROWS)
    monkeypatch.setattr("pathlib.Path.read_bytes", lambda path: (_ for _ in ()).throw(PermissionError(13, "denied")))
    assert set(stands(scans)[0].values()) == {"waits"}
