"""A Tesseract that fails on command, before the real one on the path."""

import os
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture
def fake_tesseract(tmp_path, monkeypatch):
    """A function that sets what Tesseract does from now on; it returns the file of its last arguments."""
    program = tmp_path / "bin" / "tesseract"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\n" + (HERE / "fake_tesseract.py").read_text("utf-8").split("\n", 1)[1])
    program.chmod(0o755)
    log = tmp_path / "arguments"
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("FAKE_TESSERACT_LOG", str(log))

    def behave(how, reply="two_paragraphs"):
        monkeypatch.setenv("FAKE_TESSERACT", how)
        monkeypatch.setenv("FAKE_TESSERACT_REPLY", str(HERE / "replies" / f"{reply}.tsv"))
        return log

    return behave
