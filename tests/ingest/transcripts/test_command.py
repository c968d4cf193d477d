"""`rescate ingest --transcripts`, from the masters and their transcripts to the search."""

import os
import shutil
import stat
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import text

from archive.catalog.connect import open_catalog
from archive.config import load
from tests.small_scans import found, ingest, page

ALTO = """<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Description><MeasurementUnit>pixel</MeasurementUnit>
<Processing ID="p"><processingSoftware>
<softwareName>Lector</softwareName><softwareVersion>2.1</softwareVersion></processingSoftware></Processing>
</Description><Layout><Page ID="a" PHYSICAL_IMG_NR="1" WIDTH="450" HEIGHT="70"><PrintSpace><TextBlock ID="b"><TextLine>
<String CONTENT="{word}" HPOS="15" VPOS="20" WIDTH="90" HEIGHT="25" WC="0.9"/><SP/>
<String CONTENT="Torola" HPOS="110" VPOS="20" WIDTH="90" HEIGHT="25"/>
</TextLine></TextBlock></PrintSpace></Page></Layout></alto>"""


def rows(archive, query):
    catalog = open_catalog(load(archive.config).catalog_url)
    with catalog.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(query))]
    catalog.dispose()
    return found


@pytest.fixture
def scans(tmp_path) -> Path:
    page(tmp_path / "scans" / "0001.tif", "Report from Tecoluca")
    (tmp_path / "scans" / "0001.xml").write_text(ALTO.format(word="Perquín"), "utf-8")
    return tmp_path / "scans"


@pytest.fixture
def counting(tmp_path) -> tuple[dict, Path]:
    """An environment whose Tesseract notes each page that it is given."""
    log, folder = tmp_path / "runs.txt", tmp_path / "bin"
    folder.mkdir()
    log.touch()
    script = folder / "tesseract"
    script.write_text(
        f'#!/bin/sh\ncase "$*" in *--version*|*--list-langs*) ;; *) echo run >>"{log}" ;; esac\n'
        f'exec {shutil.which("tesseract")} "$@"\n'
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return {"PATH": f"{folder}:{os.environ['PATH']}"}, log


def test_words_come_from_the_transcript_and_nothing_is_read(small_archive, scans, counting):
    env, log = counting
    became = ingest(small_archive, scans, "--transcripts", env=env)
    assert became["0001.tif"]["outcome"] == "added" and became["0001.tif"]["items"] == 1
    assert (became["0001.xml"]["outcome"], became["0001.xml"]["reason"]) == ("added", "transcript of 0001.tif")
    assert log.read_text() == ""
    assert found(small_archive, "Perquín") == 1 and found(small_archive, "Tecoluca") == 0
    assert found(small_archive, "") == 1  # the transcript is no item of its own
    assert rows(small_archive, "select reader from reading") == [("ALTO (Lector 2.1)",)]
    assert (
        rows(small_archive, "select f.sha256 from reading r join file f on f.id = r.transcript_id")
        == rows(
            small_archive,
            "select f.sha256 from item_file i join file f on f.id = i.file_id where i.role = 'transcript'",
        )
        == rows(
            small_archive, "select f.sha256 from location l join file f on f.id = l.file_id where l.path = '0001.xml'"
        )
        != []
    )


def test_a_rerun_does_nothing_a_changed_transcript_is_taken_and_redo_reads(small_archive, scans, counting):
    env, log = counting
    ingest(small_archive, scans, "--transcripts", env=env)
    for more in (["--transcripts"], []):
        assert {one["outcome"] for one in ingest(small_archive, scans, *more, env=env).values()} == {"unchanged"}
    (scans / "0001.xml").write_text(ALTO.format(word="Arambala"), "utf-8")
    became = ingest(small_archive, scans, "--transcripts", env=env)
    assert {name: one["outcome"] for name, one in became.items()} == {"0001.tif": "added", "0001.xml": "added"}
    assert log.read_text() == "" and found(small_archive, "Arambala") == 1 and found(small_archive, "Perquín") == 0
    assert small_archive.rescate("redo", "--all", env=env).returncode == 0
    assert log.read_text() == "run\n" and found(small_archive, "Tecoluca") == 1
    # A person had it read: the same transcript does not come back by itself.
    assert {one["outcome"] for one in ingest(small_archive, scans, "--transcripts", env=env).values()} == {"unchanged"}
    assert found(small_archive, "Tecoluca") == 1 and len(rows(small_archive, "select id from reading")) == 3


def test_what_is_not_asked_for_is_kept_and_can_be_asked_for_later(small_archive, scans):
    became = ingest(small_archive, scans)
    assert became["0001.xml"]["outcome"] == "kept" and became["0001.xml"]["items"] == 0
    assert (
        became["0001.xml"]["reason"]
        == "a transcript of 0001.tif, not used: add --transcripts to use it instead of reading"
    )
    assert found(small_archive, "Tecoluca") == 1 and found(small_archive, "") == 1
    assert {one["outcome"] for one in ingest(small_archive, scans).values()} == {"unchanged"}
    assert ingest(small_archive, scans, "--transcripts")["0001.xml"]["outcome"] == "added"
    assert found(small_archive, "Perquín") == 1 and found(small_archive, "") == 1


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("<alto><Layout>", "no well-formed XML"),
        (ALTO.format(word="Perquín").replace('WIDTH="450"', 'WIDTH="60"'), "another shape"),
        ("<alto><Layout><Page/></Layout></alto>", "the page is not blank"),
    ],
)
def test_a_transcript_that_cannot_be_used_is_said_and_the_page_read(small_archive, scans, written, why):
    (scans / "0001.xml").write_text(written, "utf-8")
    became = ingest(small_archive, scans, "--transcripts")["0001.xml"]
    assert (
        became["outcome"] == "kept"
        and became["reason"].startswith("transcript of 0001.tif. not used: ")
        and why in became["reason"]
    )
    assert found(small_archive, "Tecoluca") == 1
    assert {one["outcome"] for one in ingest(small_archive, scans, "--transcripts").values()} == {"unchanged"}


def test_the_best_of_several_a_blank_page_and_an_orphan(small_archive, scans):
    (scans / "0001.txt").write_text("Jocoaitique")
    Image.new("L", (900, 140), 255).save(scans / "0002.tif")
    (scans / "ocr").mkdir()
    (scans / "ocr" / "0002.txt").touch()
    (scans / "0009.txt").write_text("of nothing")
    (scans / "0001.html").write_text("<html><body>a web page</body></html>")
    became = ingest(small_archive, scans, "--transcripts", code=1)
    assert {name: one["outcome"] for name, one in became.items()} == {
        "0001.tif": "added",
        "0001.xml": "added",
        "0001.txt": "kept",
        "0002.tif": "added",
        "0002.txt": "added",
        "0009.txt": "refused",
        "0001.html": "refused",
    }
    assert became["0001.txt"]["reason"] == "a transcript of 0001.tif, not used: 0001.xml is"
    assert found(small_archive, "Jocoaitique") == 0 and found(small_archive, "") == 2


def test_pages_of_one_file_and_a_row_that_names_a_text(small_archive, tmp_path):
    scans = tmp_path / "scans"
    page(scans / "r.tif", "First")
    frames = [Image.open(scans / "r.tif").copy() for _ in range(3)]
    frames[0].save(scans / "r.tif", save_all=True, append_images=frames[1:])
    (scans / "r.txt").write_text("uno\fdos\ftres\f")
    (scans / "r-2.txt").write_text("segundo")
    page(scans / "s.png", "Second")
    (scans / "s.txt").write_text("a letter")
    (scans / "metadata.csv").write_text("id,file\nS,s.txt\n")
    became = ingest(small_archive, scans, "--transcripts")
    assert became["r.txt"]["outcome"] == became["r-2.txt"]["outcome"] == "added"
    assert became["s.txt"]["outcome"] == "kept" and became["s.txt"]["items"] == 1
    assert [found(small_archive, word) for word in ("uno", "dos", "segundo", "tres", "Second")] == [1, 0, 1, 1, 1]


def test_undone_and_taken_in_again(small_archive, scans, counting):
    env, log = counting
    ingest(small_archive, scans, "--transcripts", env=env)
    assert small_archive.rescate("batch", "undo", "1", "--yes").returncode == 0
    became = ingest(small_archive, scans, "--transcripts", env=env)
    assert {one["outcome"] for one in became.values()} <= {"added", "unchanged"}
    assert log.read_text() == "" and found(small_archive, "Perquín") == 1


def test_a_check_of_the_batch_takes_no_transcript_for_a_master(small_archive, scans, tmp_path):
    said = small_archive.rescate("batch", "check", scans, "--json", "--output", tmp_path / "checked.csv")
    assert said.returncode == 0 and "0001.xml" not in said.stdout


def test_the_setting_asks_as_the_option_does(small_archive, scans):
    small_archive.config.write_text(
        small_archive.config.read_text().replace("ingest: {", "ingest: {transcripts: true, ")
    )
    ingest(small_archive, scans)
    assert found(small_archive, "Perquín") == 1
