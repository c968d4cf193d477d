"""Languages that a person said pages are in: of a page, its item or its batch; what changes is read again, and nothing else."""

import json

import pytest

from archive.catalog import items, readings
from archive.catalog.connect import open_catalog
from archive.config import load
from tests.small_scans import ingest


def told(archive) -> dict[str, str]:
    """What the reader of each page was told, by the first words of the page."""
    catalog, found = open_catalog(load(archive.config).catalog_url), {}
    with catalog.connect() as connection:
        for item in items.every_item(connection):
            for page in items.pages(connection, item.id):
                found[readings.layout(connection, page.shown_reading).text.split()[0]] = readings.reading(connection, page.shown_reading).languages
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
