"""The command's rim: what the system or the program itself does wrong is a sentence and an exit code, never a
traceback."""

import errno
import os
import re
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive import indexing
from archive.catalog import connect
from cli import main

SECRET = "Zacamilpa"


@pytest.fixture
def settings(tmp_path) -> Path:
    (tmp_path / "config.yaml").write_text("data: data\n")
    return tmp_path / "config.yaml"


def _fails(monkeypatch, trouble: BaseException):
    def fail(*_arguments, **_options):
        raise trouble

    monkeypatch.setattr(indexing, "rebuild", fail)


@pytest.mark.parametrize(
    "code, told",
    [
        (errno.ENOSPC, "Make room"),
        (errno.EACCES, "account"),
        (errno.EROFS, "reading only"),
        (errno.EIO, "disk or the network folder"),
    ],
)
def test_what_the_disk_refuses_is_said_with_its_path_and_what_to_do(settings, monkeypatch, code, told):
    _fails(monkeypatch, OSError(code, os.strerror(code), "data/index/public"))
    done = CliRunner().invoke(main, ["--config", str(settings), "reindex"])
    assert done.exit_code == 3
    assert (
        done.output.startswith("rescate: data/index/public: ")
        and os.strerror(code).lower() in done.output
        and told in done.output
    )


def test_a_fault_of_the_program_ends_with_70_and_its_traceback_in_a_file_of_its_owner(settings, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    _fails(monkeypatch, ZeroDivisionError(SECRET))
    done = CliRunner().invoke(main, ["--config", str(settings), "reindex"])
    assert done.exit_code == 70 and SECRET not in done.output and "Traceback" not in done.output
    kept = Path(re.search(r"stands in (\S+\.txt)", done.output)[1])
    assert "ZeroDivisionError" in kept.read_text() and stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_usage_and_interrupts_stay_clicks_own(settings, monkeypatch):
    assert CliRunner().invoke(main, ["no-such-command"]).exit_code == 2
    _fails(monkeypatch, KeyboardInterrupt())
    assert CliRunner().invoke(main, ["--config", str(settings), "reindex"]).exit_code == 1


def test_a_full_disk_under_a_new_index_is_the_engines_trouble(settings, monkeypatch):
    connect.open_catalog(f"sqlite:///{settings.parent / 'data' / 'catalog.sqlite'}", create=True)

    def full(*_arguments):
        raise ValueError("An IO error occurred: 'No space left on device (os error 28)'")

    monkeypatch.setattr("archive.search.embedded.tantivy.Index", full)
    done = CliRunner().invoke(main, ["--config", str(settings), "reindex"])
    assert done.exit_code == 4 and "disk is full" in done.output
