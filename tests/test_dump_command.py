"""An archive dumped and restored by the commands: it searches, cites and verifies the same, in either database."""

import json
import shutil
from pathlib import Path

import pytest

from tests.command import rescate
from tests.postgresql import switch
from tests.sample_archive import ROOT, SampleArchive

QUERIES = (
    ["", "--size", "500", "--sort", "date"],
    ["Morazán"],
    ["Tecoluca OR Chalatenango", "--date", "198X"],
    ["derechos -ejército", "--language", "spa"],
)


@pytest.fixture(scope="module")
def dumped(sample_archive, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("dumps")
    done = sample_archive.rescate("dump", folder, "--json")
    assert done.returncode == 0, done.stderr
    assert "restricted material" in done.stderr
    said = json.loads(done.stdout)
    images = list((sample_archive.folder / "data" / "derivatives").rglob("*.jpg"))
    assert len(images) > 2 * said["rows"]["page"]
    assert Path(said["path"]).parent == folder and said["rows"]["page"] > 20 and said["derivatives"] == len(images)
    return Path(said["path"])


def answers(archive: SampleArchive) -> dict:
    said = {str(query): archive.json("search", *query) for query in QUERIES}
    for format in ("ris", "chicago-notes"):
        done = archive.rescate("export", "--format", format)
        assert done.returncode == 0 and done.stdout, done.stderr
        said[format] = done.stdout
    done = archive.rescate("verify", "--json")
    assert done.returncode == 0, done.stderr
    return said | {"verify": done.stdout}


def test_the_restored_archive_answers_the_same(sample_archive, dumped, database, tmp_path, request):
    restored = SampleArchive(tmp_path / "new" / "config.yaml")
    if database == "postgresql":
        restored.folder.mkdir()
        shutil.copy(sample_archive.config, restored.config)
        switch.at(restored.config, request.getfixturevalue("new_database")())
    done = restored.rescate("restore", dumped)
    assert done.returncode == 0, done.stderr
    assert f"{restored.json('search', '', '--size', 0)['total']} pages indexed" in done.stderr
    before = answers(sample_archive)
    assert answers(restored) == before
    assert before[str(QUERIES[1])]["total"] > 0
    again = restored.rescate("restore", dumped)
    assert again.returncode == 2 and "not empty" in again.stderr and "Traceback" not in again.stderr
    readings = sum(1 for _ in restored.folder.rglob("*.jpg"))
    assert readings == sum(1 for _ in (sample_archive.folder / "data" / "derivatives").rglob("*.jpg"))


def test_without_an_index_the_catalog_alone_is_restored(dumped, tmp_path):
    restored = SampleArchive(tmp_path / "config.yaml")
    if switch.ON:
        # The dump's own settings name the database that was dumped.
        switch.settings_in(tmp_path, ROOT / "config.yaml")
    done = restored.rescate("restore", dumped, "--no-index", "--json")
    assert done.returncode == 0 and json.loads(done.stdout)["rows"]["page"] > 20
    assert not (tmp_path / "data" / "index").exists()


def test_what_is_wrong_is_said_and_nothing_written(dumped, sample_archive, tmp_path):
    done = sample_archive.rescate("dump", tmp_path / "dump.zip")
    assert done.returncode == 2 and ".tar" in done.stderr
    done = sample_archive.rescate("dump", dumped)
    assert done.returncode == 2 and "already" in done.stderr
    broken = shutil.copy(dumped, tmp_path / "broken.tar")
    with broken.open("r+b") as file:
        file.seek(dumped.stat().st_size // 2)
        file.write(b"\0" * 2000)
    done = rescate("restore", broken, config=tmp_path / "none" / "config.yaml")
    assert done.returncode == 1 and "damaged" in done.stderr and not (tmp_path / "none").exists()
    done = rescate("restore", tmp_path / "nowhere.tar", config=sample_archive.config)
    assert done.returncode == 2 and "no such file" in done.stderr
