"""The command's rim: what the system or the program itself does wrong is a sentence and an exit code, never a
traceback."""

import errno
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive import indexing
from cli import COMMANDS, main
from tests.command import COMMAND
from tests.sample_archive import ROOT

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


def test_usage_is_clicks_own_and_an_interrupt_a_sentence(settings, monkeypatch):
    assert CliRunner().invoke(main, ["no-such-command"]).exit_code == 2
    _fails(monkeypatch, KeyboardInterrupt())
    done = CliRunner().invoke(main, ["--config", str(settings), "reindex"])
    assert done.exit_code == 130 and done.output.strip() == (
        "rescate: interrupted. What was written before is kept: run the same command again."
    )


def test_help_lists_every_command_once_under_a_heading():
    said = CliRunner().invoke(main, ["--help"]).output
    listed = [line.split()[0] for line in said.partition("Taking in:")[2].splitlines() if re.match("  [a-z]", line)]
    assert sorted(listed) == sorted(main.commands) and all(f"{heading}:" in said for heading in COMMANDS)


@pytest.mark.parametrize("begin", [["-m", "cli"], [str(ROOT / "cli.py")]])
def test_the_module_and_the_file_are_the_command(begin):
    said = [
        subprocess.run([*one, "--help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for one in ([COMMAND], [sys.executable, *begin])
    ]
    assert said[0] == said[1] and said[0].startswith("Usage: rescate ")
