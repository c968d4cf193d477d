"""Generations on disk: whole or not there, whatever stops the writer."""

import multiprocessing
import os
import signal
import time

import pytest

from archive.errors import EngineOutdated, EngineUnavailable
from archive.search import index_folders


def made(folder, content="x"):
    with index_folders.writing(folder), index_folders.staged(folder, "mark") as path:
        (path / "index").write_text(content)
    return path


def test_there_is_none_at_first(tmp_path):
    assert index_folders.current(tmp_path) is None


def test_a_generation_replaces_the_one_before(tmp_path):
    first, second = made(tmp_path), made(tmp_path)
    assert index_folders.current(tmp_path) == index_folders.Generation(second, "mark")
    assert not first.exists() and second.exists()


@pytest.mark.parametrize("failure", [RuntimeError, KeyboardInterrupt])
def test_a_failure_leaves_the_one_before(failure, tmp_path):
    first = made(tmp_path)
    with pytest.raises(failure), index_folders.writing(tmp_path), index_folders.staged(tmp_path, "mark") as path:
        raise failure
    assert index_folders.current(tmp_path).folder == first
    assert first.exists() and not path.exists()


def test_what_a_killed_writer_left_is_swept_away(tmp_path):
    first = made(tmp_path)
    (tmp_path / "generation-left").mkdir()
    (tmp_path / "CURRENT.new").write_text("{half")
    second = made(tmp_path)
    assert sorted(tmp_path.glob("generation-*")) == [second]
    assert not first.exists()


def test_a_pointer_that_cannot_be_read_says_so(tmp_path):
    (tmp_path / "CURRENT").write_text("{half")
    with pytest.raises(EngineOutdated, match="CURRENT"):
        index_folders.current(tmp_path)


def _killed_while_staging(folder):
    with index_folders.writing(folder), index_folders.staged(folder, "mark") as path:
        (path / "index").write_text("half")
        os.kill(os.getpid(), signal.SIGKILL)


def test_a_writer_killed_while_it_builds_leaves_the_one_before_and_no_lock(tmp_path):
    first = made(tmp_path)
    child = multiprocessing.get_context("forkserver").Process(target=_killed_while_staging, args=(tmp_path,))
    child.start()
    child.join(60)
    assert child.exitcode == -signal.SIGKILL
    assert index_folders.current(tmp_path).folder == first
    assert len(list(tmp_path.glob("generation-*"))) == 2
    last = made(tmp_path)
    assert list(tmp_path.glob("generation-*")) == [last]


def test_one_writes_at_a_time(tmp_path):
    with index_folders.writing(tmp_path):
        begun = time.monotonic()
        refused = pytest.raises(EngineUnavailable, match="another program")
        with refused, index_folders.writing(tmp_path, patience=0.2):
            pass
        assert time.monotonic() - begun >= 0.2
    with index_folders.writing(tmp_path, patience=0):
        pass


def test_a_broken_pointer_is_mended_by_a_rebuild(tmp_path):
    (tmp_path / "CURRENT").write_text("{half")
    whole = made(tmp_path)
    assert index_folders.current(tmp_path).folder == whole


def test_a_folder_that_cannot_be_written_says_so(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EngineUnavailable, match="right to write"), index_folders.writing(tmp_path / "file" / "index"):
        pass
