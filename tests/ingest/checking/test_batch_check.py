"""`rescate batch check` and `batch template` as an archivist uses them: what is found, returned, and left untouched."""

import contextlib
import csv
import dataclasses
import hashlib
import io
import json
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import PatternFill
from PIL import Image

from archive.config import load
from archive.description import elements
from archive.errors import ConfigError
from ingest import checking
from ingest.checking import output_path, returned
from ingest.run.progress import Silent
from ingest.sheets import template
from tests.sample_archive import SampleArchive
from tests.small_scans import ingest, page, small_archive_in


def tree(folder: Path) -> dict[str, tuple]:
    """Every file below with its bytes' hash and time."""
    return {
        path.relative_to(folder).as_posix(): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def write_sheet(folder: Path, rows: list[dict], *, delimiter=",", encoding="utf-8") -> None:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with (folder / "metadata.csv").open("w", newline="", encoding=encoding) as file:
        writer = csv.DictWriter(file, columns, restval="", delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def check(archive: SampleArchive, batch: Path, *, code: int) -> tuple[list[dict], dict]:
    """The findings and the summary, as the command prints them; `code` is that with which it would end."""
    config = load(archive.config)
    config = dataclasses.replace(config, ingest=dataclasses.replace(config.ingest, workers=1))
    with contextlib.chdir(archive.folder):
        checked = checking.check(batch, config, Silent())
        returned.write(checked.batch, checked.findings, output_path.output(batch, None))
    findings = [one.as_json(checked.batch.folder) for one in checked.findings]
    assert bool(checked.errors) == bool(code), findings
    return findings, checked.as_json()


def rows_of(path: Path, delimiter=",") -> list[dict]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""), delimiter=delimiter))


@pytest.fixture
def batch(tmp_path) -> Path:
    folder = tmp_path / "batch"
    for name in ("a", "b"):
        page(folder / f"{name}.png", f"Page {name}", 700)
    for number in (1, 2):
        page(folder / "fol" / f"fol-{number}.png", f"Leaf {number}", 700)
    return folder


def test_the_template_with_its_examples_passes(small_archive, tmp_path):
    batch = tmp_path / "batch"
    for number in (1, 2, 3):
        page(batch / "rpt-1989-01" / f"rpt-1989-01-{number:04}.png", f"Leaf {number}", 700)
    for language, photo, pdf in (
        ("es", "fotografias/foto-012.tif", "recortes.pdf"),
        ("en", "photographs/photo-012.tif", "clippings.pdf"),
    ):
        page(batch / photo, f"Photograph {language}", 700)
        with Image.open(batch / photo) as one:
            one.save(batch / pdf, save_all=True, append_images=[one.rotate(180)], resolution=200)
        template.workbook(language, {sheet: template.examples(sheet, language) for sheet in template.SHEETS}).save(
            batch / "metadata.xlsx"
        )
        findings, summary = check(small_archive, batch, code=0)
        assert [one for one in findings if one["row"]] == [] and summary["errors"] == 0 and summary["new"] >= 3


def test_nothing_is_written_where_there_is_no_catalog(bare_url, tmp_path, batch):
    archive = small_archive_in(tmp_path, bare_url)
    write_sheet(batch, [{"id": "1", "file": "a.png"}])
    before = tree(batch)
    findings, summary = check(archive, batch, code=0)
    assert not any("catalog" in one["message"] for one in findings)
    assert tree(batch) == before and not (archive.folder / "data").exists()
    assert summary["compared"] is False and summary["new"] == 3 and summary["pages"] == 4


def test_every_fault_stands_at_its_row(small_archive, batch):
    (batch / "cut.tif").write_bytes(tiff(batch)[:-200])
    write_sheet(
        batch,
        [
            {"id": "1", "file": "a.png", "date_edtf": "1984-13", "sha256": "0" * 64, "mine": "=1+1"},
            {"id": "1", "file": "b.png"},
            {"id": "3", "file": "../x.png"},
            {"id": "4", "file": "cut.tif"},
            {"id": "5", "file": "gone.tif"},
            {"id": "6", "file": "fol", "rights_uri": "InC", "language": "klingon"},
        ],
        delimiter=";",
        encoding="cp1252",
    )
    findings, summary = check(small_archive, batch, code=1)
    errors = {(one["row"], one["column"]) for one in findings if one["kind"] == "error" and one["row"]}
    assert errors == {
        (2, "date_edtf"),
        (2, "sha256"),
        (3, "id"),
        (4, "file"),
        (5, "file"),
        (6, "file"),
        (7, "language"),
    }
    assert all(one["remedy"] for one in findings if one["kind"] == "error")
    returned = rows_of(small_archive.folder / "batch-checked.csv", ";")
    assert list(returned[0]) == [
        "id",
        "file",
        "date_edtf",
        "sha256",
        "mine",
        "rights_uri",
        "language",
        "errors",
        "warnings",
    ]
    assert (
        returned[0]["mine"] == "=1+1" and "no month 13" in returned[0]["errors"] and "SHA-256" in returned[0]["errors"]
    )
    assert "rights_uri: InC was read as" in returned[5]["warnings"] and "truncated" in returned[3]["errors"]
    listed = rows_of(small_archive.folder / "batch-checked-files.csv")
    assert {"b.png"} <= {one["file"] for one in listed} and any("mine is unknown" in one["message"] for one in listed)
    assert summary["errors"] == sum(one["kind"] == "error" for one in findings)


def tiff(batch: Path) -> bytes:
    data = io.BytesIO()
    with Image.open(batch / "a.png") as one:
        one.save(data, "TIFF")
    return data.getvalue()


def test_the_returned_sheet_is_metadata_again(small_archive, batch):
    write_sheet(
        batch,
        [
            {"id": "1", "file": "a.png", "date_edtf": "1984-13"},
            {"id": "2", "file": "b.png"},
            {"id": "3", "file": "fol"},
        ],
    )
    check(small_archive, batch, code=1)
    text = (small_archive.folder / "batch-checked.csv").read_text("utf-8-sig")
    (batch / "metadata.csv").write_text(text.replace("1984-13", "1984-12"), "utf-8")
    findings, _ = check(small_archive, batch, code=0)
    assert findings == []
    again = rows_of(small_archive.folder / "batch-checked-2.csv")
    assert list(again[0])[-2:] == ["errors", "warnings"] and again[0]["errors"] == "" and len(again[0]) == 5


def test_a_workbook_is_returned_with_all_that_was_in_it(small_archive, batch):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "metadata"
    for row in (
        ["id", "mine", "file", "date_edtf"],
        ["1", "=1+1", "a.png", "1984-13"],
        ["2", 3.5, "b.png", None],
        ["3", None, "fol", None],
    ):
        sheet.append(row)
    sheet["B3"].number_format, sheet["A3"].fill = "0.00", PatternFill("solid", fgColor="00FF00")
    book.create_sheet("mine").append(["kept"])
    book.save(batch / "metadata.xlsx")
    check(small_archive, batch, code=1)
    for _ in range(2):  # what was returned once is returned again, with nothing twice
        returned = openpyxl.load_workbook(small_archive.folder / "batch-checked.xlsx")["metadata"]
        assert [cell.value for cell in returned[1]] == ["id", "mine", "file", "date_edtf", "errors", "warnings"]
        assert "no month 13" in returned["E2"].value and returned["E3"].value is None
        assert (returned["B2"].value, returned["B3"].number_format, returned["A3"].fill.fgColor.rgb) == (
            "=1+1",
            "0.00",
            "0000FF00",
        )
        assert returned["D2"].comment.text.count("no month 13") == 1 and returned.parent["mine"]["A1"].value == "kept"
        assert len([rule for rules in returned.conditional_formatting for rule in rules.rules]) == 2
        assert "files" in returned.parent.sheetnames and "files (checked)" not in returned.parent.sheetnames
        (batch / "metadata.xlsx").write_bytes((small_archive.folder / "batch-checked.xlsx").read_bytes())
        (small_archive.folder / "batch-checked.xlsx").unlink()
        check(small_archive, batch, code=1)


def test_without_a_spreadsheet_one_is_proposed_and_can_be_used(small_archive, batch):
    check(small_archive, batch, code=0)
    proposed = openpyxl.load_workbook(small_archive.folder / "batch-checked.xlsx")["metadata"]
    names = [cell.value for cell in proposed[1]]
    rows = [
        dict(zip(names, (cell.value for cell in row), strict=True)) for row in proposed.iter_rows(min_row=2, max_row=4)
    ]
    assert {(row["id"], row["file"]) for row in rows} == {("a", "a.png"), ("b", "b.png"), ("fol", "fol")}
    (batch / "metadata.xlsx").write_bytes((small_archive.folder / "batch-checked.xlsx").read_bytes())
    findings, _ = check(small_archive, batch, code=0)
    assert findings == []


def test_nothing_is_written_into_the_batch_or_over_anything(small_archive, batch):
    write_sheet(batch, [{"id": "1", "file": "a.png"}])
    (small_archive.folder / "mine.csv").write_text("mine")
    for output in (
        batch / "out.csv",
        batch / "metadata.csv",
        small_archive.folder / "mine.csv",
        small_archive.folder / "out.xlsx",
    ):
        with pytest.raises(ConfigError):
            output_path.output(batch, output)
    assert (small_archive.folder / "mine.csv").read_text() == "mine"
    before = tree(batch)
    assert small_archive.rescate("batch", "check", ".", "--quick", cwd=batch).returncode == 0
    assert tree(batch) == before and (batch.parent / "batch-checked.csv").exists()


def test_what_is_hardly_meant_is_a_warning(small_archive, batch):
    for folder in ("gap", "loose", "turned", "sizes"):
        for number in (1, 2):
            page(batch / folder / f"{folder}-{number}.png", f"{folder} {number}", 700)
    page(batch / "gap" / "gap-4.png", "Leaf after a gap", 700)
    page(batch / "gap" / "gap-02.png", "The same number again", 700)
    page(batch / "loose" / "cover.png", "Cover", 700)
    page(batch / "turned" / "turned-3.png", "Long", 1300)
    Image.new("L", (900, 700), 255).save(batch / "turned" / "turned-4.png")
    Image.new("L", (4000, 3000), 99).save(batch / "sizes" / "sizes-3.png")
    Image.new("L", (90, 70), 255).save(batch / "tiny.png")
    (batch / "copy.png").write_bytes((batch / "b.png").read_bytes())
    write_sheet(
        batch,
        [
            {"id": str(number), "file": name, "title": title, "date_edtf": "2024-05-06"}
            for number, (name, title) in enumerate(
                [("a.png", "a"), ("fol", "F"), ("turned", "T"), ("sizes", "S"), ("copy.png", "C")], 1
            )
        ],
    )
    findings, _ = check(small_archive, batch, code=0)
    said = {(one["file"], one["item"], one["message"]) for one in findings if one["kind"] == "warning"}
    for file, item, message in (
        ("gap", "", "no file for page 3"),
        ("gap", "", "more than one file for page 2"),
        ("loose", "", "named as pages of one item"),
        ("", "3", "page 3 of 4 is upright, the others are not"),
        ("", "3", "page 4 of 4 looks blank"),
        ("", "4", "very different sizes"),
        ("tiny.png", "", "tiny (90 × 70 pixels)"),
        ("copy.png", "5", "same bytes as b.png"),
        ("", "1", "the title is the name of the file"),
        ("b.png", "", "no row of metadata.csv names it"),
        ("", "", "all 5 items have the same date"),
    ):
        assert any((file, item) == one[:2] and message in one[2] for one in said), (file, item, message, said)


def test_a_link_that_leads_out_is_an_error(small_archive, batch):
    (batch / "out.png").symlink_to(page(batch.parent / "secret.png", "Secret", 700))
    (batch / "in.png").symlink_to(batch / "a.png")
    findings, summary = check(small_archive, batch, code=1)
    (error,) = (one for one in findings if one["kind"] == "error")
    assert error["file"] == "out.png" and "leads out of the ingested folders" in error["message"] and error["remedy"]
    assert summary["files"] == 5


@pytest.mark.parametrize("written", ["../batch", "../batch/", "./../batch/.", "../batch/fol/..", "../here/../batch"])
def test_the_batch_may_be_named_in_any_way(small_archive, batch, written):
    write_sheet(batch, [{"id": "1", "file": "a.png"}, {"id": "2", "file": "b.png"}, {"id": "3", "file": "fol"}])
    here = batch.parent / "here"
    here.mkdir()
    done = small_archive.rescate("batch", "check", "--quick", written, cwd=here)
    assert done.returncode == 0, done.stderr
    assert "batch: 4 files" in done.stderr and (here / "batch-checked.csv").exists()


def test_the_command_says_what_it_found_and_ends_with_it(small_archive, batch):
    write_sheet(batch, [{"id": "1", "file": "a.png", "date_edtf": "1984-13"}, {"id": "2", "file": "gone.png"}])
    done = small_archive.rescate("batch", "check", batch, "--quick", cwd=small_archive.folder)
    assert done.returncode == 1 and "error: metadata.csv, row 2: date_edtf" in done.stdout and "2 errors" in done.stderr
    lined = small_archive.rescate("batch", "check", batch, "--quick", "--json", cwd=small_archive.folder)
    *findings, summary = map(json.loads, lined.stdout.splitlines())
    assert summary["kind"] == "summary" and summary["errors"] == 2 == sum(one["kind"] == "error" for one in findings)


def test_the_catalog_is_compared_and_left_as_it_is(small_archive, batch):
    rows = [{"id": "1", "file": "a.png", "title": "One"}, {"id": "2", "file": "fol", "title": "Two"}]
    write_sheet(batch, rows)
    ingest(small_archive, batch)
    before = tree(small_archive.folder / "data")
    _, same = check(small_archive, batch, code=0)
    assert (same["new"], same["updated"], same["unchanged"], same["pages_in"], same["pages_out"]) == (0, 0, 3, 0, 0)
    write_sheet(batch, [rows[0] | {"title": "Another"}, rows[1]])
    page(batch / "fol" / "fol-3.png", "Put in", 700)
    page(batch / "fol" / "fol-1.png", "Scanned again", 700)
    _, changed = check(small_archive, batch, code=0)
    assert (changed["new"], changed["updated"], changed["unchanged"]) == (0, 2, 1)
    assert (changed["pages_in"], changed["pages_rescanned"], changed["pages_out"]) == (1, 1, 0)
    other = small_archive.folder / "elsewhere"
    page(other / "x.png", "Different", 700)
    (other / "b.png").write_bytes((batch / "b.png").read_bytes())
    write_sheet(other, [{"id": "1", "file": "x.png"}])
    findings, _ = check(small_archive, other, code=0)
    said = " ".join(one["message"] for one in findings)
    assert "an item 1 stands in the archive already" in said and "it would be a duplicate" in said
    assert tree(small_archive.folder / "data") == before


def test_the_template_explains_itself_in_both_languages(small_archive):
    done = small_archive.rescate("batch", "template", "form.xlsx", "--language", "es", cwd=small_archive.folder)
    assert done.returncode == 0
    book = openpyxl.load_workbook(small_archive.folder / "form.xlsx")
    for sheet in template.SHEETS:
        form = book[sheet]
        assert [cell.value for cell in form[1]] == list(elements(sheet)) and form.freeze_panes == "B2"
        for cell, element in zip(form[1], elements(sheet).values(), strict=True):
            assert element.explanation_es in cell.comment.text and element.explanation_en in cell.comment.text
            assert cell.font.bold and form.column_dimensions[cell.column_letter].number_format == "@"
            assert ("Required" in cell.comment.text) == element.required
    assert len(book["metadata"].data_validations.dataValidation) == sum(
        one.kind in ("vocabulary", "language", "rights") for one in elements().values()
    )
    again = small_archive.rescate("batch", "template", "form.xlsx", cwd=small_archive.folder)
    assert again.returncode == 2 and "already" in again.stderr
