"""The pipeline from files to the record, with real readers on small pages: nothing lost, nothing twice."""

import csv
import json
import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from PIL import Image, TiffImagePlugin
from sqlalchemy import func, select

from archive.catalog import tables as t
from archive.catalog.connect import open_catalog
from archive.config import load
from tests.command import COMMAND
from tests.ingest.intake import kept_samples
from tests.sample_archive import SampleArchive
from tests.small_scans import found, ingest, page


@pytest.fixture
def archive(small_archive):
    return small_archive


@pytest.fixture
def scans(small_scans):
    return small_scans


def rows(archive: SampleArchive, table) -> int:
    catalog = open_catalog(load(archive.config).catalog_url)
    with catalog.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table))


def write_sheet(folder: Path, *lines: dict) -> None:
    columns = ["id", "file", "pages", "title", "genre", "access", "access_reason", "access_authority", "sha256"]
    with (folder / "metadata.csv").open("w", newline="", encoding="utf-8") as sheet:
        writer = csv.DictWriter(sheet, columns, restval="")
        writer.writeheader()
        writer.writerows(lines)


def test_every_file_has_its_outcome_and_every_page_is_found(archive, scans):
    outcomes = ingest(archive, scans)
    assert {name: one["outcome"] for name, one in outcomes.items()} == dict.fromkeys(
        ["a.png", "b-1.png", "b-2.png"], "added"
    )
    assert outcomes["b-1.png"]["item_ids"] == outcomes["b-2.png"]["item_ids"] != outcomes["a.png"]["item_ids"]
    assert (found(archive, "Tecoluca"), found(archive, "leaf"), found(archive, "")) == (1, 2, 3)


def test_the_second_run_reads_nothing(archive, scans):
    ingest(archive, scans)
    readings = rows(archive, t.reading)
    again = ingest(archive, scans)
    assert {one["outcome"] for one in again.values()} == {"unchanged"}
    assert rows(archive, t.reading) == readings and rows(archive, t.item) == 2 and rows(archive, t.page) == 3


def test_an_archive_from_before_there_were_narrow_images_gets_them_without_reading(archive, scans):
    ingest(archive, scans)
    readings, folder = rows(archive, t.reading), load(archive.config).data_folder / "derivatives"
    narrow = sorted(folder.rglob("*.800.jpg"))
    assert len(narrow) == 3 and {Image.open(path).width for path in narrow} == {800}
    for path in narrow[1:]:
        path.unlink()
    broken = Path(str(narrow[2]).replace(".800.jpg", ".jpg"))
    whole = broken.read_bytes()
    broken.write_bytes(whole[:100])
    assert {one["outcome"] for one in ingest(archive, scans).values()} == {"unchanged"}
    assert sorted(folder.rglob("*.800.jpg")) == narrow[:2] and rows(archive, t.reading) == readings
    broken.write_bytes(whole)
    ingest(archive, scans)
    assert sorted(folder.rglob("*.800.jpg")) == narrow


def test_masters_are_never_touched(archive, scans):
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in scans.rglob("*.png")}
    ingest(archive, scans)
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in scans.rglob("*.png")} == before


def test_the_same_bytes_twice_are_one_file(archive, scans):
    (scans / "copy.png").write_bytes((scans / "a.png").read_bytes())
    outcomes = ingest(archive, scans)
    assert outcomes["copy.png"]["outcome"] == "duplicate" and "a.png" in outcomes["copy.png"]["reason"]
    assert rows(archive, t.file) == 3 and found(archive, "Tecoluca") == 1


def test_the_same_bytes_with_a_row_of_their_own_are_an_item_of_their_own(archive, scans):
    (scans / "copy.png").write_bytes((scans / "a.png").read_bytes())
    write_sheet(scans, {"id": "1", "file": "a.png", "title": "One"}, {"id": "2", "file": "copy.png", "title": "Two"})
    outcomes = ingest(archive, scans)
    assert outcomes["copy.png"]["items"] == outcomes["copy.png"]["pages"] == 1
    assert rows(archive, t.file) == 3 and found(archive, "Tecoluca") == 2
    assert found(archive, "Two") == 1


def test_a_broken_file_stops_nothing_and_the_exit_code_says_so(archive, scans):
    (scans / "empty.tif").touch()
    (scans / "broken.png").write_bytes((scans / "a.png").read_bytes()[:60])
    (scans / "notes.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    outcomes = ingest(archive, scans, code=1)
    for name in ("empty.tif", "broken.png", "notes.doc"):
        assert outcomes[name]["outcome"] == "refused" and outcomes[name]["reason"], name
    assert outcomes["a.png"]["outcome"] == "added" and found(archive, "Tecoluca") == 1
    assert ingest(archive, scans, code=1)["a.png"]["outcome"] == "unchanged"


def test_what_is_not_there_is_said(archive, tmp_path):
    outcomes = ingest(archive, tmp_path / "nowhere", code=1)
    assert outcomes["nowhere"]["outcome"] == "refused" and "not exist" in outcomes["nowhere"]["reason"]


def test_a_row_without_its_file_and_a_file_without_its_row(archive, scans):
    write_sheet(scans, {"id": "1", "file": "gone.png", "title": "Gone"}, {"id": "2", "file": "a.png", "title": "Here"})
    outcomes = ingest(archive, scans, code=1)
    assert "row 2" in outcomes["gone.png"]["reason"] and outcomes["gone.png"]["sha256"] is None
    assert outcomes["b-1.png"]["outcome"] == "added"


def test_a_page_range_beyond_the_file_names_row_and_file(archive, scans):
    write_sheet(scans, {"id": "1", "file": "a.png", "pages": "1-3", "title": "Too much"})
    reason = ingest(archive, scans, code=1)["a.png"]["reason"]
    assert "row 2" in reason and "1-3" in reason


def test_a_corrected_row_is_described_again_and_nothing_is_read_again(archive, scans):
    write_sheet(scans, {"id": "1", "file": "a.png", "title": "Wrongly titled"})
    first = ingest(archive, scans)["a.png"]
    readings = rows(archive, t.reading)
    write_sheet(scans, {"id": "1", "file": "a.png", "title": "Rightly titled"})
    again = ingest(archive, scans)["a.png"]
    assert (again["outcome"], again["item_ids"]) == ("unchanged", first["item_ids"])
    assert rows(archive, t.reading) == readings
    assert (found(archive, "Wrongly"), found(archive, "Rightly")) == (0, 1)


def test_a_row_that_comes_later_keeps_every_permalink(archive, scans):
    before = {hit["page"] for hit in (ingest(archive, scans), archive.json("search", "leaf"))[1]["hits"]}
    write_sheet(scans, {"id": "b", "file": "b", "title": "Leaves"})
    ingest(archive, scans)
    assert {hit["page"] for hit in archive.json("search", "leaf")["hits"]} == before
    assert archive.json("search", "leaf")["hits"][0]["title"] == "Leaves"


def test_a_rescan_is_read_anew_under_the_same_permalink(archive, scans):
    ingest(archive, scans)
    before = archive.json("search", "Tecoluca")["hits"][0]["page"]
    page(scans / "a.png", "Bulletin from Suchitoto")
    assert ingest(archive, scans)["a.png"]["outcome"] == "added"
    assert found(archive, "Tecoluca") == 0
    assert [hit["page"] for hit in archive.json("search", "Suchitoto")["hits"]] == [before]
    assert rows(archive, t.page) == 3
    # The first scan put back is shown as it was read then.
    page(scans / "a.png", "Report from Tecoluca")
    ingest(archive, scans)
    assert [hit["page"] for hit in archive.json("search", "Tecoluca")["hits"]] == [before]
    assert found(archive, "Suchitoto") == 0


@pytest.mark.parametrize("state, described, read", [("closed", 1, 0), ("suppressed", 0, 0), ("withdrawn", 0, 0)])
def test_what_is_restricted_reaches_the_staff_alone(archive, scans, state, described, read):
    write_sheet(
        scans,
        {
            "id": "1",
            "file": "a.png",
            "title": "Client file",
            "access": state,
            "access_reason": "legal file",
            "access_authority": "El Rescate",
        },
    )
    ingest(archive, scans)
    assert (found(archive, "Client"), found(archive, "Tecoluca")) == (described, read)
    assert (found(archive, "Client", "--staff"), found(archive, "Tecoluca", "--staff")) == (1, 1)
    public = archive.json("search", "")
    assert public["total"] == 2 + described
    exported = archive.rescate("export", "--format", "text", archive.folder / state)
    assert exported.returncode == 0 and not list((archive.folder / state).glob("a*"))
    assert archive.rescate("export", "--format", "text", archive.folder / "staff", "--staff").returncode == 0
    assert "Tecoluca" in (archive.folder / "staff" / "a.txt").read_text()


def test_a_restriction_that_comes_later_empties_the_index(archive, scans):
    write_sheet(scans, {"id": "1", "file": "a.png", "title": "Client file"})
    ingest(archive, scans)
    assert found(archive, "Tecoluca") == 1
    write_sheet(
        scans,
        {
            "id": "1",
            "file": "a.png",
            "title": "Client file",
            "access": "suppressed",
            "access_reason": "asked by the family",
        },
    )
    ingest(archive, scans)
    assert found(archive, "Tecoluca") == 0 and found(archive, "Client") == 0


def test_a_restriction_that_cannot_be_understood_closes(archive, scans):
    write_sheet(scans, {"id": "1", "file": "a.png", "title": "Client file", "access": "cerrado o no sé"})
    ingest(archive, scans, code=1)
    assert (found(archive, "Tecoluca"), found(archive, "Client")) == (0, 1)


def test_the_files_of_a_spreadsheet_that_cannot_be_read_wait(archive, scans):
    (scans / "metadata.csv").write_bytes(b"\x00\xff" * 40)
    assert {one["outcome"] for one in ingest(archive, scans, code=1).values()} == {"refused"}


def test_a_spreadsheet_that_goes_away_opens_nothing(archive, scans):
    (scans / "a-copy.png").write_bytes((scans / "a.png").read_bytes())
    write_sheet(scans, {"id": "1", "file": "a.png", "title": "One", "access": "suppressed"})
    first = ingest(archive, scans, code=1)
    assert first["a-copy.png"]["outcome"] == "refused" and "item 1 already" in first["a-copy.png"]["reason"]
    (scans / "a-copy.png").unlink()
    (scans / "metadata.csv").unlink()
    outcomes = ingest(archive, scans, code=1)
    assert (
        outcomes["a.png"]["outcome"] == "refused"
        and "item 1 already, which stays as it is" in outcomes["a.png"]["reason"]
    )
    assert found(archive, "Tecoluca") == 0


def test_text_goes_out_under_the_masters_names(archive, scans, tmp_path):
    page(scans / "a.tif", "Another of that name")
    frames = [Image.open(page(tmp_path / f"{n}.png", f"Frame number {n}")) for n in (1, 2)]
    frames[0].save(scans / "two.tif", save_all=True, append_images=frames[1:])
    ingest(archive, scans)
    out = tmp_path / "out"
    assert archive.rescate("export", "--format", "text", out).returncode == 0
    assert sorted(path.relative_to(out).as_posix() for path in out.rglob("*.txt")) == [
        "a.png.txt",
        "a.tif.txt",
        "b/b-1.txt",
        "b/b-2.txt",
        "two-1.txt",
        "two-2.txt",
    ]
    assert "Report from Tecoluca" in (out / "a.png.txt").read_text("utf-8")
    assert "number 2" in (out / "two-2.txt").read_text("utf-8")


def test_an_engine_that_is_down_loses_nothing(archive, scans):
    well = archive.config.read_text()
    archive.config.write_text(
        well.replace(
            "staff_index: true", "engine: elasticsearch, elasticsearch: {url: 'http://127.0.0.1:9', timeout: 2}"
        )
    )
    done = archive.rescate("ingest", scans, "--json")
    assert done.returncode == 4 and "The catalog has everything" in done.stderr
    assert {json.loads(line)["outcome"] for line in done.stdout.splitlines()} == {"added"}
    archive.config.write_text(well)
    assert ingest(archive, scans)["a.png"]["outcome"] == "unchanged"
    assert found(archive, "Tecoluca") == 1


def test_a_page_whose_reader_fails_costs_itself_only(archive, scans, tmp_path):
    # The reader is given a copy of the image; the page that is to fail is known by its height.
    page(scans / "b" / "b-1.png", "First leaf of many", height=166)
    tools = tmp_path / "bin"
    tools.mkdir()
    fake = tools / "tesseract"
    fake.write_text(
        '#!/bin/sh\nif head -c 20 "$1" 2>/dev/null | grep -aq "900 166"; then echo "no leaf" >&2; exit 7; fi\n'
        f'exec {shutil.which("tesseract")} "$@"\n'
    )
    fake.chmod(0o755)
    outcomes = ingest(archive, scans, code=1, env={"PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"})
    assert outcomes["b-1.png"]["outcome"] == "failed" and "page 1" in outcomes["b-1.png"]["reason"]
    assert outcomes["a.png"]["outcome"] == outcomes["b-2.png"]["outcome"] == "added"
    assert ingest(archive, scans)["b-1.png"]["outcome"] == "added"
    assert found(archive, "leaf") == 2


WORDS = ["mountain", "river", "village", "harvest", "window", "garden", "market", "church"]


@pytest.mark.parametrize("seed", range(3))
def test_killed_at_any_moment_and_run_again_nothing_is_lost_or_twice(archive, tmp_path, seed):
    archive.config.write_text(archive.config.read_text("utf-8").replace("workers: 1", "workers: 2"), "utf-8")
    folder = tmp_path / "many"
    for word in WORDS:
        page(folder / f"{word}.png", f"Leaf called {word}")
    chance = random.Random(seed)
    for _ in range(3):
        run = subprocess.Popen(
            [COMMAND, "--config", archive.config, "ingest", folder],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0.4, 3))
        run.send_signal(signal.SIGKILL)
        run.wait()
    ingest(archive, folder)
    assert (rows(archive, t.item), rows(archive, t.page), rows(archive, t.reading)) == (8, 8, 8)
    assert [found(archive, word) for word in WORDS] == [1] * 8
    assert {one["outcome"] for one in ingest(archive, folder).values()} == {"unchanged"}


def test_two_runs_at_once_do_not_harm_each_other(archive, scans):
    command = [COMMAND, "--config", archive.config, "ingest", scans, "--json"]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    for run in runs:
        out, said = run.communicate(timeout=1200)
        assert run.returncode == 0, said
    assert rows(archive, t.item) == 2 and rows(archive, t.page) == 3
    assert found(archive, "") == 3


def test_what_cannot_be_read_is_kept_and_found_by_what_is_said_of_it(archive, scans):
    (scans / "cinta.wp").write_bytes(kept_samples.wordperfect(0, 1))
    (scans / "papeles.zip").write_bytes(kept_samples.packed(a_txt="a"))
    write_sheet(scans, {"id": "1", "file": "papeles.zip", "title": "Papeles empaquetados"})
    outcomes = ingest(archive, scans)
    assert outcomes["cinta.wp"]["outcome"] == outcomes["papeles.zip"]["outcome"] == "kept"
    assert "WordPerfect" in outcomes["cinta.wp"]["reason"] and outcomes["cinta.wp"]["pages"] == 1
    assert found(archive, "cinta") == found(archive, "empaquetados") == 1 and found(archive, "") == 5
    again = ingest(archive, scans)
    assert {again[name]["outcome"] for name in ("cinta.wp", "papeles.zip")} == {"unchanged"}
    assert archive.rescate("redo", "--all", "--json").returncode == 0
    assert archive.rescate("verify").returncode == 0


def test_citations_say_what_a_machine_took_and_nobody_confirmed(archive, scans):
    write_sheet(scans, {"id": "1", "file": "a.png", "title": "Carta"})
    ingest(archive, scans)
    rows_of = list(
        csv.DictReader(
            archive.rescate("export", "--format", "csv", "--items").stdout.removeprefix("\ufeff").splitlines()
        )
    )
    assert {row["title"]: row["unreviewed"] for row in rows_of if row["title"] == "Carta"} == {"Carta": ""}
    assert (
        all("title" in row["unreviewed"].split("|") for row in rows_of if row["title"] != "Carta") and len(rows_of) == 2
    )


def test_a_page_identified_with_another_size_mends_itself_in_the_next_run(archive, tmp_path):
    """As one that an older version of the program had turned otherwise; its permalink stays."""
    turned = tmp_path / "scans" / "turned.tif"
    upright = page(tmp_path / "upright.png", "Report from Tecoluca")
    with Image.open(upright) as image:
        tags = TiffImagePlugin.ImageFileDirectory_v2()
        tags[274] = 6
        turned.parent.mkdir()
        image.transpose(Image.Transpose.ROTATE_90).save(turned, dpi=(200, 200), tiffinfo=tags)
    assert ingest(archive, turned.parent)["turned.tif"]["outcome"] == "added"
    before = archive.json("search", "Tecoluca")["hits"][0]["page"]
    catalog = open_catalog(load(archive.config).catalog_url)
    with catalog.begin() as connection:
        (frame,) = connection.scalar(select(t.file.c.frames))
        connection.execute(t.file.update().values(frames=[[frame[0], frame[2], frame[1], *frame[3:]]]))
        connection.execute(t.page.update().values(width=frame[2], height=frame[1]))
        connection.execute(t.page_outcome.update().values(outcome="failed"))
        connection.execute(t.reading.update().values(recipe="another"))
    said = ingest(archive, turned.parent, code=1)["turned.tif"]["reason"]
    assert "900 × 140 pixels, but was identified with 140 × 900" in said
    assert ingest(archive, turned.parent)["turned.tif"]["outcome"] == "added"
    assert archive.json("search", "Tecoluca")["hits"][0]["page"] == before
    assert ingest(archive, turned.parent)["turned.tif"]["outcome"] == "unchanged"
