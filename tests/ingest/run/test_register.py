"""Files are hashed once, also where the run that hashed them was interrupted; and nobody holds the catalog
meanwhile."""

import builtins
import io
import os
import shutil
from contextlib import contextmanager

import pytest
from sqlalchemy import event, func

from archive.catalog import batches, erasing, identified
from archive.catalog import tables as t
from archive.catalog.connect import open_catalog, signed, writing
from archive.config import load
from ingest import pipeline
from ingest.run import register as registering
from ingest.run.progress import Silent
from ingest.run.recipe import Recipe
from tests.leaks.planted import Stepping, master

NAMES = tuple(f"{number}.png" for number in range(10))


class Killed(BaseException):
    """The end of a run that nobody foresaw."""


@pytest.fixture
def run(small_archive, tmp_path, monkeypatch):
    """Runs an ingest of the scans in this process, with their delivered words; returns the names of the files that were
    looked into. Killed before its task of some number."""
    for name in NAMES:
        master(tmp_path / "scans" / name, f"Words of {name}")
    settings = load(small_archive.config)
    catalog = open_catalog(settings.catalog_url, create=True)
    monkeypatch.setattr(pipeline, "present_recipe", lambda config: Recipe("recipe", ("eng", "spa")))
    monkeypatch.setattr(registering, "PAUSE", 0.0)

    def do(killed_at: int = 0, **options):
        looked_into = []

        def at(stage, number):
            if stage == "identify" and number == killed_at:
                raise Killed

        def identified(function, tasks, timeout):
            def noted():
                for task in tasks:
                    if function.__name__ == "identify":
                        looked_into.append(task.path.name)
                    yield task

            return Stepping.run(stepping, function, noted(), timeout)

        stepping = Stepping(at)
        monkeypatch.setattr(stepping, "run", identified)
        monkeypatch.setattr(pipeline, "open_executor", lambda *_, **__: stepping)
        one = pipeline.Ingest(settings, Silent(), catalog, actor="Ana", **options)
        try:
            do.outcomes = {outcome.path.name: outcome for outcome in one.run([tmp_path / "scans"])}
        except Killed:
            looked_into.pop()
        return looked_into

    do.catalog, do.folder = catalog, tmp_path / "scans"
    return do


def test_what_was_hashed_before_an_interruption_is_not_hashed_again(run):
    before = run(killed_at=10)
    assert len(before) == 9
    after = run()
    assert len(after) == 11 and not set(before) & set(after)
    assert {run.outcomes[name].outcome for name in NAMES} == {"added"} and run() == []
    with run.catalog.connect() as connection:
        assert connection.execute(t.identified_file.select()).all() == []


def test_a_file_that_changed_since_is_hashed_again(run):
    before = run(killed_at=10)
    master(run.folder / "0.png", "Other words")
    os.utime(run.folder / "0.png", ns=(1, 1))
    assert "0.png" in before and "0.png" in run()


def test_what_was_found_under_other_settings_or_is_verified_does_not_hold(run, monkeypatch):
    before = run(killed_at=10)
    monkeypatch.setattr(registering, "__version__", "another")
    assert set(before) < set(run(killed_at=20))
    assert len(run(verify=True)) == 20


@pytest.mark.parametrize("portion", [1, 3, 100])
def test_the_first_of_twins_is_that_of_the_survey(run, monkeypatch, portion):
    monkeypatch.setattr(registering, "PORTION", portion)
    monkeypatch.setattr(registering, "PAUSE", 3600.0)
    shutil.copy(run.folder / "7.png", run.folder / "2-twin.png")
    run()
    assert run.outcomes["7.png"].outcome == "duplicate" and "2-twin.png" in run.outcomes["7.png"].reason
    assert run.outcomes["2-twin.png"].outcome == "added"


def test_erasing_for_good_takes_along_what_interrupted_runs_found(run):
    run()
    with run.catalog.connect() as connection:
        batch = connection.scalar(t.batch.select().with_only_columns(t.batch.c.id))
    master(run.folder / "more" / "a.png", "More words")
    run(killed_at=1)
    with writing(signed(run.catalog, "Ana")) as connection:
        row = identified.IdentifiedFile("scans", "0.png", 1, 1, "m", {"file": {"embedded": [["title", "A name"]]}})
        identified.remember(connection, connection.scalar(func.max(t.batch.c.id).select()), [row])
        batches.undo(connection, batch)
        erasing.erase(connection, batch)
        assert connection.execute(t.identified_file.select()).all() == []


@contextmanager
def looks_while_writing(catalog, folder, monkeypatch):
    """The looks at the disk below a folder while the catalog's write lock is held."""
    looks, writing = [], []
    if catalog.dialect.name == "sqlite":
        event.listen(
            catalog, "begin", lambda one: writing.append(one) if one.get_execution_options().get("writing") else 0
        )
    for name in ("commit", "rollback"):
        event.listen(catalog, name, lambda one: writing.clear())

    def watched(place, name):
        plain = getattr(place, name)

        def look(path, *more, **options):
            if writing and isinstance(path, str | os.PathLike) and str(path).startswith(str(folder)):
                looks.append((name, str(path)))
            return plain(path, *more, **options)

        monkeypatch.setattr(place, name, look)

    for place, name in ((os, "stat"), (os, "lstat"), (os, "scandir"), (builtins, "open"), (io, "open")):
        watched(place, name)
    yield looks
    monkeypatch.undo()


def test_nobody_looks_at_the_disk_while_the_catalog_is_held(run, tmp_path, monkeypatch):
    shutil.copy(run.folder / "7.png", run.folder / "2-twin.png")
    (run.folder / "metadata.csv").write_text("id,file,title\n1,1.png,One\n2,2-twin.png,Two\n3,7.png,Three\n", "utf-8")
    with looks_while_writing(run.catalog, tmp_path, monkeypatch) as looks:
        run()
    assert looks == []
