"""Several values in a cell that are not parted by |."""

import csv
from pathlib import Path

import pytest

from archive.description import elements
from ingest.sheets import read_folder
from ingest.sheets.several import parted


def rows():
    with (Path(__file__).parent / "several.tsv").open(encoding="utf-8") as table:
        return [tuple(row.values()) for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)]


@pytest.mark.parametrize(("column", "written", "values", "clear"), rows())
def test_semicolons(column, written, values, clear):
    assert parted(elements()[column], written) == (tuple(values.split("|")), clear == "yes")


@pytest.mark.parametrize(
    ("written", "values", "clear"),
    [
        ("niñez\nasilo", ("niñez", "asilo"), True),
        ("niñez\r\n\r\nasilo\n", ("niñez", "asilo"), True),
        ("Comisión de Derechos Humanos\nde El Salvador", ("Comisión de Derechos Humanos\nde El Salvador",), False),
    ],
)
def test_lines(written, values, clear):
    assert parted(elements()["subject"], written) == (values, clear)


def test_they_are_said_and_the_roles_go_with_them(tmp_path):
    (tmp_path / "a.tif").touch()
    (tmp_path / "b.tif").touch()
    (tmp_path / "metadata.csv").write_text(
        'id,file,creator,creator_role,subject\n1,a.tif,"Peña, Óscar; Ibáñez, Ángel",author; photographer,niñez; asilo\n'
        "2,b.tif,Arzobispado; Oficina de Tutela Legal,,\n",
        "utf-8",
    )
    found = read_folder(tmp_path)
    assert [(one.element, one.value) for one in found.items[0].statements] == [
        ("id", "1"),
        ("creator", "Peña, Óscar"),
        ("creator", "Ibáñez, Ángel"),
        ("creator_role", "author"),
        ("creator_role", "photographer"),
        ("subject", "niñez"),
        ("subject", "asilo"),
    ]
    assert [(one.row, one.column, one.severity) for one in found.problems] == [
        (2, "creator", "warning"),
        (2, "creator_role", "warning"),
        (2, "subject", "warning"),
        (3, "creator", "warning"),
    ]
    assert found.problems[-1].message == "it may hold several values; it was read as one"
