"""Watching folders: what has come to rest is taken in once, whole, with what belongs to it."""

import contextlib
import errno
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from watchdog.observers import Observer

from archive.errors import ConfigError, ToolMissing
from ingest.watching import watch
from ingest.watching.rest import Settling, contents, written_now
from ingest.watching.watch import Watch
from tests.command import COMMAND
from tests.patience import PATIENCE
from tests.small_scans import found, page

SETTLE = 0.4
IGNORE = (".*", "*.part")


class Watched:
    """A watch that runs beside the test and notes what it takes in, and what it says."""

    def __init__(self, *folders, take_in=None, **options):
        self.runs: list[list[str]] = []
        self.said: list[str] = []
        self._take_in = take_in
        self.raised = None
        self.watch = Watch(folders, self._note, self.said.append, settle=SETTLE, ignore=IGNORE, **options)
        self._thread = threading.Thread(target=self._run)

    def _run(self):
        try:
            self.watch.run()
        except ConfigError as wrong:
            self.raised = wrong

    def _note(self, folder: Path) -> bool:
        self.runs.append(sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()))
        return self._take_in(len(self.runs)) if self._take_in else True

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self.watch.stop()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()

    def wait_for(self, runs: int, seconds=PATIENCE):
        end = time.monotonic() + seconds
        while len(self.runs) < runs and time.monotonic() < end:
            time.sleep(0.02)
        assert len(self.runs) == runs, self.said

    def settle(self):
        """Long enough for another run to begin, if one were to."""
        time.sleep(3 * SETTLE)


@pytest.fixture
def inbox(tmp_path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


# -- the rule, by a clock of its own


def test_a_folder_is_at_rest_when_nothing_is_heard_and_the_same_is_seen():
    one = Settling(Path("/in"), 10)
    a = {"/in/a.tif": (5, 1)}
    assert not one.look(a, 100)
    assert not one.look(a, 109)
    one.stir(109)
    assert not one.look(a, 112) and one.due == 119
    assert not one.look({"/in/a.tif": (9, 1)}, 119)
    assert one.look({"/in/a.tif": (9, 1)}, 129)
    assert one.news([]) == {"/in/a.tif": (9, 1)}


def test_what_is_taken_is_no_news_until_it_changes():
    one = Settling(Path("/in"), 0)
    one.look({"/in/a.tif": (1, 1), "/in/b.tif": (1, 1)}, 0)
    one.take()
    one.look({"/in/a.tif": (1, 2)}, 1)
    assert one.news([]) == {"/in/a.tif": (1, 2)}
    one.take()
    assert one.news([]) == {}


def test_what_is_heard_after_the_look_is_not_forgotten_when_that_is_taken():
    one = Settling(Path("/in"), 10)
    one.look({}, 100)
    one.stir(101)
    one.take()
    assert one.due == 111
    one.look({}, 120)
    one.take()
    assert one.due == float("inf")


def test_contents_are_what_stands_there_links_to_nothing_and_loops_aside(inbox):
    (inbox / "b").mkdir()
    (inbox / "b" / "1.tif").write_bytes(b"abc")
    (inbox / "nothing").symlink_to("nowhere")
    (inbox / "b" / "loop").symlink_to(inbox)
    assert {path: size for path, (size, _) in contents(inbox).items()}[str(inbox / "b" / "1.tif")] == 3
    assert contents(inbox / "gone") == {}


def test_a_file_open_for_writing_is_seen_and_one_being_read_is_not(inbox):
    (inbox / "a.tif").touch()
    with (inbox / "a.tif").open("rb"):
        assert written_now(inbox) == ""
    with (inbox / "a.tif").open("ab"):
        assert written_now(inbox) == str(inbox / "a.tif")
    assert written_now(inbox, Path("/no/such/system")) == ""


# -- real folders


def test_what_is_there_is_taken_in_first_and_once(inbox):
    (inbox / "a.tif").touch()
    with Watched(inbox) as watched:
        watched.wait_for(1)
        watched.settle()
        assert watched.runs == [["a.tif"]]


def test_an_empty_folder_is_no_run(inbox):
    with Watched(inbox) as watched:
        watched.settle()
        assert watched.runs == []


@pytest.mark.parametrize("poll", [False, True])
def test_a_slow_copy_and_the_row_that_comes_after_it_are_one_run(inbox, poll):
    with Watched(inbox, poll=poll) as watched:
        (inbox / "box1").mkdir()
        for name in ("box1/1.tif", "box1/2.tif", "metadata.csv"):
            with (inbox / name).open("wb", buffering=0) as file:
                for _ in range(4):
                    file.write(b"x" * 100)
                    time.sleep(SETTLE / 3)
        watched.wait_for(1)
        watched.settle()
    assert watched.runs == [["box1/1.tif", "box1/2.tif", "metadata.csv"]]


def test_a_file_that_is_open_though_nothing_is_written_is_waited_for(inbox):
    with Watched(inbox) as watched:
        with (inbox / "a.tif").open("wb") as file:
            file.write(b"half")
            file.flush()
            watched.settle()
            assert watched.runs == [] and any("open for writing" in line for line in watched.said)
        watched.wait_for(1)


def test_a_rename_into_place_is_seen_and_an_abandoned_copy_keeps_nobody(inbox, tmp_path):
    (tmp_path / "elsewhere.tif").write_bytes(b"x")
    with Watched(inbox) as watched:
        (inbox / "a.tif.part").write_bytes(b"x")
        (inbox / "b.tif.part").write_bytes(b"x")
        watched.settle()
        assert watched.runs == []
        (inbox / "a.tif.part").rename(inbox / "a.tif")
        watched.wait_for(1)
        (tmp_path / "elsewhere.tif").rename(inbox / "c.tif")
        watched.wait_for(2)
    assert watched.runs[1] == ["a.tif", "b.tif.part", "c.tif"]


def test_reading_and_deleting_are_no_news(inbox):
    (inbox / "a.tif").write_bytes(b"x")
    (inbox / "b.tif").write_bytes(b"x")
    with Watched(inbox) as watched:
        watched.wait_for(1)
        (inbox / "a.tif").read_bytes()
        (inbox / "b.tif").unlink()
        (inbox / ".DS_Store").touch()
        watched.settle()
        assert len(watched.runs) == 1


def test_a_burst_of_ten_thousand_files_is_one_run(inbox):
    with Watched(inbox) as watched:
        for number in range(10_000):
            (inbox / f"{number:05}.tif").touch()
        watched.wait_for(1)
        watched.settle()
        assert [len(run) for run in watched.runs] == [10_000]


def test_what_arrives_during_a_run_is_taken_in_next(inbox):
    def take_in(run):
        if run == 1:
            (inbox / "late.tif").touch()
        return True

    (inbox / "early.tif").touch()
    with Watched(inbox, take_in=take_in) as watched:
        watched.wait_for(2)
        watched.settle()
    assert watched.runs == [["early.tif"], ["early.tif", "late.tif"]]


def test_each_folder_settles_by_itself(inbox, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "b.tif").touch()
    with Watched(inbox, other) as watched, (inbox / "a.tif").open("wb"):
        watched.wait_for(1)
        assert watched.runs == [["b.tif"]]


@pytest.mark.parametrize(
    "trouble",
    [
        ToolMissing("Tesseract is not installed"),
        OSError(errno.ENOSPC, "No space left on device"),
        OperationalError("INSERT", {}, Exception("database or disk is full")),
        None,
    ],
    ids=["tool", "disk", "catalog", "engine"],
)
def test_a_run_that_failed_is_tried_again_with_growing_pauses(inbox, monkeypatch, trouble):
    monkeypatch.setattr(watch, "FIRST_PAUSE", 0.1)

    def take_in(run):
        if run < 3 and trouble:
            raise trouble
        return run >= 3

    (inbox / "a.tif").touch()
    with Watched(inbox, take_in=take_in) as watched:
        watched.wait_for(3)
        watched.settle()
        assert len(watched.runs) == 3
    said = [line for line in watched.said if "tried again" in line]
    assert "0.1 seconds" in said[0] and "0.2 seconds" in said[1] and str(trouble or "not all is done") in said[0]


def test_a_wrong_setting_ends_the_watch(inbox):
    def take_in(_run):
        raise ConfigError("unknown setting")

    (inbox / "a.tif").touch()
    with Watched(inbox, take_in=take_in) as watched:
        watched.wait_for(1)
    assert watched.raised is not None


def test_a_folder_that_goes_and_comes_back_is_taken_in_again(inbox, tmp_path, monkeypatch):
    monkeypatch.setattr(watch, "UNHEARD", 0.3)
    (inbox / "a.tif").touch()
    with Watched(inbox) as watched:
        watched.wait_for(1)
        inbox.rename(tmp_path / "unmounted")
        end = time.monotonic() + PATIENCE
        while not any("is not there" in line for line in watched.said) and time.monotonic() < end:
            time.sleep(0.05)
        (tmp_path / "unmounted" / "b.tif").touch()
        (tmp_path / "unmounted").rename(inbox)
        watched.wait_for(2)
    assert watched.runs[1] == ["a.tif", "b.tif"] and sum("is not there" in line for line in watched.said) == 1


def test_where_the_system_has_no_more_watches_folders_are_looked_at_instead(inbox, monkeypatch):
    def schedule(*_arguments, **_options):
        raise OSError(errno.ENOSPC, "inotify watch limit reached")

    monkeypatch.setattr(Observer, "schedule", schedule)
    monkeypatch.setattr(watch, "POLL", 0.1)
    with Watched(inbox) as watched:
        (inbox / "a.tif").touch()
        watched.wait_for(1)
    assert sum("fs.inotify.max_user_watches" in line for line in watched.said) == 1


# -- the command


@contextlib.contextmanager
def watching(archive, log, *arguments):
    with log.open("w") as said:
        process = subprocess.Popen(
            [COMMAND, "--config", archive.config, "watch", "--settle", str(SETTLE), *arguments], stderr=said
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def wait_for_line(log, text, seconds=PATIENCE):
    end = time.monotonic() + seconds
    while text not in log.read_text("utf-8"):
        assert time.monotonic() < end, log.read_text("utf-8")
        time.sleep(0.05)


def test_the_command_takes_in_what_arrives_and_ends_well_when_told(small_archive, small_scans, tmp_path):
    log = tmp_path / "log"
    with watching(small_archive, log, small_scans) as process:
        wait_for_line(log, "3 files: 3 went in")
        page(tmp_path / "new.png", "Bulletin from Suchitoto")
        (tmp_path / "new.png").rename(small_scans / "new.png")
        wait_for_line(log, "4 files: 1 went in and 3 were unchanged")
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
    assert all(line[:4].isdigit() for line in log.read_text("utf-8").splitlines())
    assert found(small_archive, "Suchitoto") == 1


def test_told_to_end_amid_a_run_it_keeps_what_is_read(small_archive, tmp_path):
    log, folder = tmp_path / "log", tmp_path / "many"
    for number in range(16):
        page(folder / f"{number}.png", f"Leaf called {number}")
    with watching(small_archive, log, folder) as process:
        wait_for_line(log, "read: 16")
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    assert "16 went in" not in log.read_text("utf-8")
    done = small_archive.rescate("ingest", folder)
    assert done.returncode == 0 and found(small_archive, "leaf") == 16


def test_the_data_folder_is_not_watched(small_archive):
    done = small_archive.rescate("watch", small_archive.folder)
    assert done.returncode == 2 and "own data folder" in done.stderr
