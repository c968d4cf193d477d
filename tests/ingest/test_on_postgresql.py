"""Ingest with its catalog in PostgreSQL: the same promises, and a server that goes away in the middle of a run."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from archive.catalog import tables as t
from archive.catalog.connect import open_catalog
from archive.config import load
from tests.command import COMMAND
from tests.needs import missing
from tests.postgresql import server
from tests.sample_archive import SampleArchive
from tests.small_scans import found, ingest, page, small_archive_in

WORDS = ["mountain", "river", "village", "harvest", "window", "garden"]


@pytest.fixture
def archive(tmp_path, new_database) -> SampleArchive:
    return small_archive_in(tmp_path, new_database())


@pytest.fixture
def leaves(tmp_path):
    for word in WORDS:
        page(tmp_path / "leaves" / f"{word}.png", f"Leaf called {word}")
    return tmp_path / "leaves"


def rows(archive: SampleArchive, *tables) -> list[int]:
    catalog = open_catalog(load(archive.config).catalog_url)
    with catalog.connect() as connection:
        counted = [connection.scalar(select(func.count()).select_from(table)) for table in tables]
    catalog.dispose()
    return counted


def test_everything_is_taken_in_once_and_kept_by_its_rules(archive, small_scans):
    (small_scans / "metadata.csv").write_text(
        "id,file,title,access,access_reason\n1,a.png,Client file,closed,legal file\n"
    )
    outcomes = ingest(archive, small_scans)
    assert {one["outcome"] for one in outcomes.values()} == {"added"}
    assert (found(archive, "Tecoluca"), found(archive, "Client"), found(archive, "leaf")) == (0, 1, 2)
    assert found(archive, "Tecoluca", "--staff") == 1
    assert {one["outcome"] for one in ingest(archive, small_scans).values()} == {"unchanged"}
    assert rows(archive, t.item, t.page, t.reading) == [2, 3, 3]
    assert archive.rescate("verify").returncode == archive.rescate("reindex").returncode == 0
    bag = archive.rescate("export", "--format", "bagit", "--staff", archive.folder / "bags")
    assert bag.returncode == 0 and "the bag is valid" in bag.stderr


def on_disk(archive: SampleArchive, word: bytes) -> bool:
    """Whether the word stands in the files of the archive's tables and indexes."""
    catalog = open_catalog(load(archive.config).catalog_url)
    with catalog.connect() as connection:
        connection.execute(text("CHECKPOINT"))
        folder = Path(connection.scalar(text("SHOW data_directory")))
        files = connection.scalars(
            text("SELECT pg_relation_filepath(oid) FROM pg_class WHERE relfilenode <> 0 OR relkind = 'r'")
        ).all()
    catalog.dispose()
    return any(word in (folder / file).read_bytes() for file in files if file)


def test_what_is_erased_is_not_on_the_disk(archive, small_scans):
    (small_scans / "metadata.csv").write_text("id,file,title\n1,a.png,Zacamilword\n")
    ingest(archive, small_scans)
    assert on_disk(archive, b"Zacamilword")
    assert archive.rescate("batch", "undo", 1, "--yes", "--erase").returncode == 0
    assert not on_disk(archive, b"Zacamilword")


def test_two_runs_at_once_do_not_harm_each_other(archive, small_scans):
    command = [COMMAND, "--config", archive.config, "ingest", small_scans, "--json"]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    for run in runs:
        _, said = run.communicate(timeout=1200)
        assert run.returncode == 0, said
    assert rows(archive, t.item, t.page) == [2, 3]
    assert found(archive, "") == 3


def test_killed_and_run_again_nothing_is_lost_or_twice(archive, leaves):
    for moment in (1.2, 2.4):
        run = subprocess.Popen(
            [COMMAND, "--config", archive.config, "ingest", leaves],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(moment)
        run.send_signal(signal.SIGKILL)
        run.wait()
    ingest(archive, leaves)
    assert rows(archive, t.item, t.page, t.reading) == [len(WORDS)] * 3
    assert [found(archive, word) for word in WORDS] == [1] * len(WORDS)


@pytest.fixture
def own_server():
    if absent := server.wanting():
        missing(f"no {absent} here", "apt-get install postgresql")
    started = [server.start(os.getpid())]
    yield started
    server.end(started[-1])


def test_a_server_that_goes_away_ends_the_run_and_the_next_finishes_the_rest(own_server, tmp_path, leaves):
    archive = small_archive_in(tmp_path, f"{own_server[0]['url']}/postgres")
    run = subprocess.Popen(
        [COMMAND, "--config", archive.config, "ingest", leaves, "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    first = json.loads(run.stdout.readline())
    server.end(own_server[0], keep=True)
    out, said = run.communicate(timeout=1200)
    assert first["outcome"] == "added"
    assert run.returncode == 3 and "Traceback" not in said
    assert "the catalog cannot be used" in said and "same command again" in said, said
    down = archive.rescate("search", "")
    assert down.returncode == 3 and "Traceback" not in down.stderr
    own_server.append(
        server.start(os.getpid(), folder=server.Path(own_server[0]["folder"]), port=own_server[0]["port"])
    )
    ingest(archive, leaves)
    assert rows(archive, t.item, t.page, t.reading) == [len(WORDS)] * 3
    assert [found(archive, word) for word in WORDS] == [1] * len(WORDS)
