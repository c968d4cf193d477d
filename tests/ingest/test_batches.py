"""Batches from end to end, with real readers on small pages: taken back, read again, moved, verified."""

import json
import os
import shutil
import urllib.error
import urllib.request

import pytest
from sqlalchemy import func, select

from archive.catalog import tables as t
from archive.catalog.connect import open_catalog
from archive.config import load
from tests.postgresql import switch
from tests.sample_archive import serving
from tests.small_scans import found, ingest, page


def number_of(archive, table):
    with open_catalog(load(archive.config).catalog_url).connect() as connection:
        return connection.scalar(select(func.count()).select_from(table))


def listed(archive):
    return [json.loads(line) for line in archive.rescate("batch", "list", "--json").stdout.splitlines()]


def ids(archive, query=""):
    return {hit["page"] for hit in archive.json("search", query)["hits"]}


def test_a_batch_taken_back_is_found_no_more_and_comes_back_unread(small_archive, small_scans, tmp_path):
    archive = small_archive
    ingest(archive, small_scans / "b")
    kept = ids(archive)
    ingest(archive, small_scans / "a.png")
    gone = ids(archive, "Tecoluca")
    (second, first) = listed(archive)
    assert (first["state"], second["state"], second["name"]) == ("complete", "complete", "a.png")

    done = archive.rescate("batch", "undo", second["batch"], "--yes")
    assert done.returncode == 0 and "1 items" in done.stderr
    assert ids(archive) == kept and found(archive, "Tecoluca", "--staff") == 0
    assert listed(archive)[0]["state"] == "undone"
    assert json.loads(archive.rescate("verify", "--json").stdout.splitlines()[0])["state"] == "intact"
    with serving(archive.config, log=tmp_path / "log") as address:
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{address}/ark:99999/{next(iter(gone))}")
        assert refused.value.code == 410

    readings = number_of(archive, t.reading)
    assert ingest(archive, small_scans / "a.png")["a.png"]["outcome"] == "added"
    assert ids(archive, "Tecoluca") == gone and number_of(archive, t.reading) == readings


def test_what_is_erased_leaves_neither_image_nor_text(small_archive, small_scans):
    ingest(small_archive, small_scans / "a.png")
    data = small_archive.folder / "data"
    assert list(data.rglob("*.jpg"))
    # The files of a PostgreSQL: test_on_postgresql.py.
    assert switch.ON or any(b"Tecoluca" in path.read_bytes() for path in data.glob("catalog*"))
    indexed = {path.name for path in (data / "index").rglob("*") if path.is_file()}
    with open_catalog(
        load(small_archive.config).catalog_url
    ).connect() as reader:  # as a server, whose log SQLite leaves as it is
        reader.execute(select(t.page.c.id))
        reader.rollback()
        assert small_archive.rescate("batch", "undo", 1, "--yes", "--erase").returncode == 0
        assert not any(b"Tecoluca" in path.read_bytes() for path in data.glob("catalog*"))
    assert not list(data.rglob("*.jpg"))
    segments = {
        path.name
        for path in (data / "index").rglob("*")
        if path.is_file() and path.suffix in (".term", ".store", ".idx", ".pos")
    }
    assert not segments & indexed
    assert number_of(small_archive, t.reading) == number_of(small_archive, t.statement) == 0
    assert ingest(small_archive, small_scans / "a.png")["a.png"]["outcome"] == "added"
    assert found(small_archive, "Tecoluca") == 1


def test_a_question_is_asked_before_a_batch_is_taken_back(small_archive, small_scans):
    ingest(small_archive, small_scans / "a.png")
    assert small_archive.rescate("batch", "undo", 1).returncode == 1
    assert found(small_archive, "Tecoluca") == 1


def test_a_rerun_that_changes_nothing_is_no_batch(small_archive, small_scans):
    ingest(small_archive, small_scans)
    ingest(small_archive, small_scans)
    assert [one["batch"] for one in listed(small_archive)] == [1]


def test_pages_are_read_again_by_language_confidence_item_or_batch(small_archive, small_scans):
    archive = small_archive
    ingest(archive, small_scans)
    readings = number_of(archive, t.reading)
    item = archive.json("search", "Tecoluca")["hits"][0]["item"]

    def redone(*arguments):
        done = archive.rescate("redo", *arguments, "--json")
        assert done.returncode == 0, done.stderr
        return sum(json.loads(line)["pages"] for line in done.stdout.splitlines())

    assert redone(item) == 1 and number_of(archive, t.reading) == readings + 1
    assert redone("--batch", 1) == 2 and redone("--below", 1) == 3 and redone("--below", 0) == 0
    assert redone("--outcome", "failed") == 0 and redone("--all") == 3
    assert redone("--outdated") == 0
    archive.config.write_text(archive.config.read_text().replace("[eng]", "[eng, spa]"))
    assert redone("--outdated") == 3 and redone("--outdated") == 0
    assert found(archive, "Tecoluca") == 1
    assert archive.rescate("redo").returncode == 2
    refused = archive.rescate("batch", "undo", 2, "--yes")
    assert refused.returncode == 2 and "nothing to undo" in refused.stderr


def test_a_page_whose_master_is_gone_is_not_read_again_and_that_is_said(small_archive, small_scans):
    ingest(small_archive, small_scans)
    (small_scans / "a.png").unlink()
    done = small_archive.rescate("redo", "--all", "--json")
    assert done.returncode == 1 and "nowhere to be found" in done.stdout
    assert found(small_archive, "Tecoluca") == 1


def test_a_disk_mounted_elsewhere_is_one_changed_setting(small_archive, small_scans, tmp_path):
    ingest(small_archive, small_scans)
    before = ids(small_archive)
    shutil.move(small_scans, tmp_path / "elsewhere")
    assert small_archive.rescate("verify").returncode == 1
    settings = small_archive.config.read_text().replace(
        "ingest: {", f"ingest: {{roots: {{scans: {tmp_path / 'elsewhere'}}}, "
    )
    small_archive.config.write_text(settings)
    assert small_archive.rescate("verify").returncode == 0
    assert {one["outcome"] for one in ingest(small_archive, tmp_path / "elsewhere").values()} == {"unchanged"}
    assert ids(small_archive) == before and number_of(small_archive, t.item) == 2


def test_a_folder_taken_in_before_its_parent_is_known_within_it(small_archive, small_scans):
    ingest(small_archive, small_scans / "b")
    outcomes = ingest(small_archive, small_scans)
    assert {name: one["outcome"] for name, one in outcomes.items()} == {
        "a.png": "added",
        "b-1.png": "unchanged",
        "b-2.png": "unchanged",
    }
    assert number_of(small_archive, t.location) == 3


def test_bytes_that_changed_unseen_are_found_when_asked_for(small_archive, small_scans):
    ingest(small_archive, small_scans)
    path = small_scans / "a.png"
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    spoilt = bytearray(path.read_bytes())
    spoilt[-20] ^= 1
    path.write_bytes(spoilt)
    os.utime(path, ns=times)
    assert ingest(small_archive, small_scans)["a.png"]["outcome"] == "unchanged"
    done = small_archive.rescate("ingest", small_scans, "--verify", "--json")
    outcomes = {one["path"].rpartition("/")[2]: one for one in map(json.loads, done.stdout.splitlines())}
    assert (
        done.returncode == 1
        and outcomes["a.png"]["outcome"] == "failed"
        and "other bytes" in outcomes["a.png"]["reason"]
    )
    assert outcomes["b-1.png"]["outcome"] == "unchanged" and found(small_archive, "Tecoluca") == 1


def test_the_same_bytes_twice_stay_a_duplicate_on_every_run(small_archive, small_scans):
    page(small_scans / "z.png", "Report from Tecoluca")
    for _ in range(2):
        outcomes = ingest(small_archive, small_scans)
        assert outcomes["z.png"]["outcome"] == "duplicate" and "a.png" in outcomes["z.png"]["reason"]
    assert number_of(small_archive, t.item) == 3 - 1 and found(small_archive, "Tecoluca") == 1
