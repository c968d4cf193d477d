"""Languages that a person said pages are in: of a page, its item or its batch; what changes is read again, and nothing
else."""

import json
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import select

from archive.catalog import items, readings
from archive.catalog import tables as t
from archive.catalog.connect import open_catalog, writing
from archive.config import load
from tests.ingest.tools.pages import pdf, text_at
from tests.small_scans import found, ingest


def told(archive) -> dict[str, str]:
    """What the reader of each page was told, by the first words of the page."""
    catalog, found = open_catalog(load(archive.config).catalog_url), {}
    with catalog.connect() as connection:
        for item in items.every_item(connection):
            for page in items.pages(connection, item.id):
                found[readings.layout(connection, page.shown_reading).text.split()[0]] = readings.reading(
                    connection, page.shown_reading
                ).languages
    return found


@pytest.fixture
def bilingual(small_archive):
    """The small archive, reading both languages."""
    small_archive.config.write_text(small_archive.config.read_text("utf-8").replace("[eng]", "[spa, eng]"), "utf-8")
    return small_archive


def test_a_person_s_word_beats_the_first_pass_and_the_nearer_the_more(bilingual, small_scans):
    (small_scans / "metadata.csv").write_text("id,file,title,language\n1,a.png,A,\n2,b,B,eng\n", "utf-8")
    (small_scans / "pages.csv").write_text("id,sequence,language\n2,2,spa\n", "utf-8")
    done = bilingual.rescate("ingest", small_scans, "--language", "inglés", "--language", "spa", "--json")
    assert done.returncode == 0, done.stderr
    assert told(bilingual) == {"Report": "eng+spa", "First": "eng", "Second": "spa"}
    assert {one["outcome"] for one in ingest(bilingual, small_scans).values()} == {"unchanged"}
    assert told(bilingual)["Report"] == "eng+spa"


def test_another_word_has_its_pages_read_again_and_no_others(bilingual, small_scans):
    (small_scans / "metadata.csv").write_text("id,file,title,language\n1,a.png,A,eng\n2,b,B,eng\n", "utf-8")
    ingest(bilingual, small_scans)
    (small_scans / "metadata.csv").write_text("id,file,title,language\n1,a.png,A,spa\n2,b,B,eng\n", "utf-8")
    outcomes = ingest(bilingual, small_scans)
    assert told(bilingual) == {"Report": "spa", "First": "eng", "Second": "eng"}
    assert outcomes["b-1.png"]["outcome"] == "unchanged"
    (small_scans / "metadata.csv").write_text("id,file,title,language\n1,a.png,A,\n2,b,B,eng\n", "utf-8")
    ingest(bilingual, small_scans)
    assert told(bilingual) == {"Report": "spa+eng", "First": "eng", "Second": "eng"}


def test_what_a_page_s_row_said_is_taken_back_with_it_and_what_a_person_said_since_is_not(bilingual, small_scans):
    (small_scans / "metadata.csv").write_text("id,file,title,language\n2,b,B,eng\n", "utf-8")
    (small_scans / "pages.csv").write_text("id,sequence,language,label\n2,1,,i\n2,2,spa,ii\n", "utf-8")
    ingest(bilingual, small_scans)
    assert (told(bilingual)["First"], told(bilingual)["Second"]) == ("eng", "spa")
    (small_scans / "pages.csv").write_text("id,sequence,language,label\n2,1,,i\n2,2,,ii\n", "utf-8")
    ingest(bilingual, small_scans)
    assert (told(bilingual)["First"], told(bilingual)["Second"]) == ("eng", "eng")
    page = bilingual.json("search", "First")["hits"][0]["page"]
    assert bilingual.rescate("redo", page, "--read-as", "spa").returncode == 0
    (small_scans / "pages.csv").write_text("id,sequence,language,label\n2,1,,1\n2,2,,2\n", "utf-8")
    ingest(bilingual, small_scans)
    assert (told(bilingual)["First"], told(bilingual)["Second"]) == ("spa", "eng")


def test_pages_are_read_again_as_said(bilingual, small_scans):
    assert bilingual.rescate("ingest", small_scans / "a.png", "--language", "eng").returncode == 0
    page = bilingual.json("search", "")["hits"][0]["page"]
    assert bilingual.rescate("redo", page, "--read-as", "spa").returncode == 0
    assert told(bilingual) == {"Report": "spa"}
    assert {one["outcome"] for one in ingest(bilingual, small_scans / "a.png").values()} == {"unchanged"}
    assert bilingual.rescate("redo", page, "--read-as", "auto").returncode == 0
    assert told(bilingual) == {"Report": "spa+eng"}  # four words leave a doubt
    assert bilingual.rescate("redo", page, "--read-as", "klingon").returncode == 2


def test_a_language_that_is_not_installed_is_said_and_the_page_is_read_all_the_same(bilingual, small_scans):
    done = bilingual.rescate("ingest", small_scans / "a.png", "--language", "nahuatl")
    assert done.returncode == 0, done.stderr
    assert told(bilingual) == {"Report": "spa+eng"}
    rows = bilingual.rescate("report", "--format", "csv", "--pages").stdout
    assert "Tesseract lacks it" in rows and "tesseract-ocr-" in rows


def test_a_page_is_read_again_when_the_language_it_lacked_is_installed(bilingual, small_scans, tmp_path, monkeypatch):
    installed = Path(
        subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=True).stdout.split('"')[1]
    )
    for one in installed.iterdir():
        (tmp_path / one.name).symlink_to(one)
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert bilingual.rescate("ingest", small_scans, "--language", "nahuatl").returncode == 0
    assert {one["outcome"] for one in ingest(bilingual, small_scans).values()} == {"unchanged"}
    (tmp_path / "nah.traineddata").symlink_to(installed / "spa.traineddata")
    ingest(bilingual, small_scans)
    assert set(told(bilingual).values()) == {"nah"}


def test_a_page_of_which_another_language_was_said_is_outdated(bilingual, small_scans):
    ingest(bilingual, small_scans)
    page = bilingual.json("search", "Tecoluca")["hits"][0]["page"]
    with writing(open_catalog(load(bilingual.config).catalog_url)) as connection:
        items.read_in(connection, "eng", page_id=page)
    done = bilingual.rescate("redo", "--outdated", "--json")
    assert [json.loads(line)["pages"] for line in done.stdout.splitlines()] == [1]
    assert told(bilingual)["Report"] == "eng"


def test_a_page_to_be_read_by_ocr_is_so_from_then_on(small_archive, tmp_path):
    """In spite of its PDF's own text; a later run does not go back to that, and who wants it back says so."""
    archive, scans = small_archive, tmp_path / "force"
    scans.mkdir()
    pdf(
        scans / "x.pdf",
        text_at(100, 600, "Report from Tecoluca", 30) + text_at(100, 500, "The soldiers entered the village", 24),
    )
    ingest(archive, scans)

    def reader():
        catalog = open_catalog(load(archive.config).catalog_url)
        with catalog.connect() as connection:
            return connection.scalar(
                select(t.reading.c.reader)
                .join(t.page, t.page.c.shown_reading == t.reading.c.id)
                .where(
                    t.page.c.file_id
                    == select(t.file.c.id).where(t.file.c.media_type == "application/pdf").scalar_subquery()
                )
            )

    assert reader().startswith("pdfplumber")
    (item,) = {hit["item"] for hit in archive.json("search", "soldiers")["hits"]}
    assert archive.rescate("redo", item, "--force-ocr").returncode == 0
    assert reader().startswith("tesseract") and found(archive, "soldiers") == 1
    assert ingest(archive, scans)["x.pdf"]["outcome"] == "unchanged"
    assert archive.rescate("redo", item).returncode == 0 and reader().startswith("tesseract")
    assert archive.rescate("redo", item, "--no-force-ocr").returncode == 0 and reader().startswith("pdfplumber")
