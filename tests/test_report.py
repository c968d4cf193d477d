"""The command `rescate report` on a batch with broken files, from the masters to each format."""

import csv
import io
import json
import stat

import pytest

from tests.sample_archive import SampleArchive
from tests.small_scans import ingest, small_archive_in, small_scans_in


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> SampleArchive:
    """An archive with the small scans, an empty file and a truncated one; only to be read."""
    folder = tmp_path_factory.mktemp("report")
    scans = small_scans_in(folder / "scans")
    (scans / "empty.tif").touch()
    whole = (scans / "a.png").read_bytes()
    (scans / "cut.png").write_bytes(whole[: len(whole) // 2])
    archive = small_archive_in(folder)
    ingest(archive, scans, code=1)
    return archive


def test_in_words_on_stdout(archive):
    done = archive.rescate("report")
    assert done.returncode == 0 and done.stderr == ""
    for said in (
        "Report of batch 1: scans",
        "5 files: 3 went in",
        "Empty files: 1 file",
        "What to do: Copy each again",
        "empty.tif: is empty",
    ):
        assert said in done.stdout
    assert "Informe del lote 1" in archive.rescate("report", 1, "--language", "es").stdout


def test_as_a_spreadsheet(archive):
    def rows(*options):
        text = archive.rescate("report", "--format", "csv", *options).stdout
        return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))

    assert {row["file"].rsplit("/")[-1]: row["outcome"] for row in rows()}.items() >= {
        "a.png": "added",
        "b-1.png": "added",
        "empty.tif": "refused",
    }.items()
    [leaf] = [row for row in rows("--pages") if row["file"].endswith("b-2.png")]
    assert leaf["outcome"] == "read" and leaf["reader"].startswith("tesseract") and leaf["language"] == "eng"
    assert "/ark:99999/" in leaf["permalink"] and len(leaf["sha256"]) == 64
    assert {row["outcome"] for row in rows("--only", "refused,failed")} <= {"refused", "failed"}


def test_as_one_object(archive):
    answer = json.loads(archive.rescate("report", "--format", "json").stdout)
    assert answer["batch"] == 1 and answer["files"]["added"] == 3 and answer["items"] >= 2
    assert "empty" in {one["reason"] for one in answer["reasons"]}


def test_as_a_page_that_its_owner_alone_can_read(archive, tmp_path, open_browser):
    target = tmp_path / "report.html"
    done = archive.rescate("report", "--format", "html", "--language", "es", "--output", target)
    assert done.returncode == 0 and done.stdout == "" and stat.S_IMODE(target.stat().st_mode) == 0o600
    browser = open_browser(size={"width": 360, "height": 740})
    browser.goto(target.as_uri())
    assert browser.evaluate("document.documentElement.scrollWidth") <= 360
    assert (
        browser.evaluate("[...document.images].every(one => one.naturalWidth > 0)")
        and browser.locator("img").count() == 1
    )


@pytest.mark.parametrize(
    "arguments, code, said",
    [
        (("99",), 1, "no such batch"),
        (("--only", "lost"), 2, "no such outcome"),
        (("--pages",), 2, "csv"),
        (("--output", "/nowhere/at/all.txt"), 2, "cannot be written"),
    ],
)
def test_what_cannot_be_reported_is_said(archive, arguments, code, said):
    done = archive.rescate("report", *arguments)
    assert done.returncode == code and said in done.stderr and "Traceback" not in done.stderr
