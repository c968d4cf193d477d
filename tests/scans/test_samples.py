"""The committed samples are what they are said to be, and their maker still makes them."""

import csv
import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageSequence

from archive.description import elements

SCANS = Path(__file__).resolve().parents[2] / "scans"
TRUTH = SCANS / "truth"
MASTERS = {".tif", ".jpg", ".png", ".pdf"}


def masters() -> list[Path]:
    return sorted(path for path in SCANS.rglob("*") if path.suffix in MASTERS)


def page_count(path: Path) -> int:
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as pdf:
            return len(pdf)
    with Image.open(path) as image:
        return getattr(image, "n_frames", 1)


def rows(name: str) -> list[dict[str, str]]:
    with (SCANS / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def truth_paths(path: Path) -> list[str]:
    """Where the exported text of each page of a master would stand."""
    stem, count = path.relative_to(SCANS).with_suffix("").as_posix(), page_count(path)
    return [f"{stem}.txt"] if count == 1 else [f"{stem}-{number}.txt" for number in range(1, count + 1)]


def test_enough_pages_in_little_room():
    assert sum(page_count(path) for path in masters()) >= 40
    assert sum(path.stat().st_size for path in masters()) <= 8 * 2**20


def test_every_page_has_its_truth_and_every_truth_its_page():
    wanted = {name for path in masters() for name in truth_paths(path)}
    assert {path.relative_to(TRUTH).as_posix() for path in TRUTH.rglob("*.txt")} == wanted


def test_every_page_says_that_it_is_a_sample():
    assert [
        path.name for path in TRUTH.rglob("*.txt") if "SAMPLE / MUESTRA - Rescate" not in path.read_text("utf-8")
    ] == []


@pytest.mark.parametrize("kind", ["metadata", "pages", "components"])
def test_columns_are_the_documented_ones(kind):
    with (SCANS / f"{kind}.csv").open(encoding="utf-8", newline="") as table:
        assert next(csv.reader(table)) == list(elements(kind))


def test_every_row_names_a_file_and_a_component():
    components = {row["ref_id"] for row in rows("components.csv")}
    for row in rows("metadata.csv"):
        assert (SCANS / row["file"]).exists(), row["file"]
        assert row["parent_ref_id"] in components
        assert "Sample made for the project" in row["rights_note"]


def test_some_files_have_no_row():
    named = {row["file"] for row in rows("metadata.csv")}
    bare = [
        path
        for path in masters()
        if not named & {path.relative_to(SCANS).as_posix(), path.parent.relative_to(SCANS).as_posix()}
    ]
    assert len(bare) in (2, 3)


def test_a_row_of_pages_names_a_page_that_is_there():
    items = {row["id"]: row for row in rows("metadata.csv")}
    for row in rows("pages.csv"):
        file = SCANS / items[row["id"]]["file"]
        count = len(list(file.iterdir())) if file.is_dir() else page_count(file)
        assert (SCANS / row["file"]).is_file()
        assert 1 <= int(row["sequence"]) <= count, row


def test_a_checksum_is_that_of_its_file():
    for row in rows("metadata.csv"):
        if row["sha256"]:
            assert hashlib.sha256((SCANS / row["file"]).read_bytes()).hexdigest() == row["sha256"]


@pytest.mark.parametrize(
    ("why", "wanted"),
    [
        ("approximate", r"\d{4}~"),
        ("interval", r"19\d\d/19\d\d"),
        ("decade", r"19\dX"),
        ("uncertain", r"\d{4}-\d\d\?"),
        ("undated", ""),
    ],
)
def test_dates_are_known_as_archives_know_them(why, wanted):
    assert any(re.fullmatch(wanted, row["date_edtf"]) for row in rows("metadata.csv"))


@pytest.mark.parametrize("state", ["closed", "suppressed"])
def test_some_items_are_not_for_the_public(state):
    found = [row for row in rows("metadata.csv") if row["access"] == state]
    assert found
    assert all(row["access_reason"] and row["access_authority"] and row["access_review_date"] for row in found)


def test_formats_of_images():
    kinds = set()
    for path in masters():
        if path.suffix != ".pdf":
            with Image.open(path) as image:
                frames = sum(1 for _ in ImageSequence.Iterator(image))
                kinds.add((image.format, image.mode, image.info.get("compression"), frames > 1))
    assert {
        ("TIFF", "1", "group4", True),
        ("TIFF", "1", "group4", False),
        ("JPEG", "L", None, False),
        ("PNG", "1", None, False),
        ("PNG", "L", None, False),
    } <= kinds


def text_by_page(path: str) -> list[bool]:
    with pypdfium2.PdfDocument(SCANS / path) as pdf:
        return [bool(page.get_textpage().get_text_bounded().strip()) for page in pdf]


def test_pdfs_with_text_without_and_mixed():
    assert set(text_by_page("reports/guide-1996.pdf")) == {True}
    assert set(text_by_page("reports/report-1990-01-08.pdf")) == {False}
    assert set(text_by_page("chronologies/cronologia-1983-05.pdf")) == {True, False}


def test_a_page_is_turned_and_a_page_is_cropped():
    with pypdfium2.PdfDocument(SCANS / "reports/report-1990-01-08.pdf") as pdf:
        assert [page.get_rotation() for page in pdf].count(90) == 1
        assert [page.get_cropbox() != page.get_mediabox() for page in pdf].count(True) == 1


def test_one_file_holds_three_items_and_one_item_is_a_folder():
    files = [row["file"] for row in rows("metadata.csv")]
    assert [row["pages"] for row in rows("metadata.csv") if row["file"] == "clippings/box-3-folder-7.pdf"] == [
        "1-2",
        "3",
        "4-5",
    ]
    folder = SCANS / next(file for file in files if (SCANS / file).is_dir())
    assert all(re.fullmatch(rf"{folder.name}-\d{{4}}\.png", path.name) for path in folder.iterdir())


def test_photographs_bear_what_was_written_into_them():
    turned = 0
    for path in sorted((SCANS / "photographs").iterdir()):
        with Image.open(path) as image:
            assert image.getexif()[0x0131] == "scans/make_samples.py"
            assert 0x0404 in image.info["photoshop"]
            turned += image.getexif().get(0x0112, 1) != 1
    assert turned == 1


def test_making_them_again_gives_the_same_texts_and_descriptions(tmp_path):
    run = subprocess.run(
        [sys.executable, str(SCANS / "make_samples.py"), "--texts", "--to", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=300,
    )
    if run.returncode == 2 and "is not installed" in run.stderr:
        pytest.skip(run.stderr.splitlines()[0])
    assert run.returncode == 0, run.stderr
    again = {path.relative_to(tmp_path).as_posix(): path.read_text("utf-8") for path in tmp_path.rglob("*.txt")}
    assert again == {path.relative_to(SCANS).as_posix(): path.read_text("utf-8") for path in TRUTH.rglob("*.txt")}
    for name in ("pages.csv", "components.csv"):
        assert (tmp_path / name).read_bytes() == (SCANS / name).read_bytes()
    with (tmp_path / "metadata.csv").open(encoding="utf-8", newline="") as table:
        assert list(csv.DictReader(table)) == [{**row, "sha256": ""} for row in rows("metadata.csv")]


def test_printed_labels_stand_on_their_pages():
    for row in rows("pages.csv"):
        if row["label"]:
            file = SCANS / row["file"]
            names = truth_paths(file)
            truth = (TRUTH / names[0 if len(names) == 1 else int(row["sequence"]) - 1]).read_text("utf-8")
            assert re.search(rf"(?<!\w){re.escape(row['label'])}(?!\w)", truth), row
