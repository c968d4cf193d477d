"""Serving: the address is said, a busy port is an error that says what to do, and threads share what is open."""

import concurrent.futures
import dataclasses
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from archive.errors import ArchiveError
from search_app.serve import run

SERVE = """
from pathlib import Path
from archive.config import Config
from search_app.serve import run
run(Config(folder=Path({folder!r})), port=0)
"""


@pytest.fixture
def address(archive):
    """Where a server of its own process listens; at the end it is interrupted, as a keeper would."""
    command = [sys.executable, "-c", SERVE.format(folder=str(archive.config.folder))]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    said = process.stderr.readline()
    assert said.startswith("Rescate: http://127.0.0.1:"), said + process.stderr.read()
    yield said.split()[1]
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0
    # Nothing was said of what was asked, and no warning either.
    assert process.stderr.read() == ""
    process.stderr.close()


def test_it_says_where_it_listens_and_answers_many_at_once(address, archive):
    paths = ["/search?q=Tecoluca", f"{archive.ark('weekly', 1)}?q=garrison", f"/image/{archive.pages['weekly'][0]}.jpg",
             "/search?genre=report", "/cite?q=Tecoluca&format=ris"] * 8
    with concurrent.futures.ThreadPoolExecutor(8) as readers:
        answers = list(readers.map(lambda path: _get(address + path), paths))
    assert [status for status, _ in answers] == [200] * len(paths)
    assert len({body for _, body in answers}) == 5


def _get(address):
    with urllib.request.urlopen(address, timeout=30) as answer:
        assert "waitress" not in (answer.headers.get("Server") or "")
        return answer.status, answer.read()


def test_a_busy_port_is_said_to_be_busy(archive):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(ArchiveError) as failed:
            run(archive.config, port=other.getsockname()[1])
    assert "listens there already" in str(failed.value) and "--port" in failed.value.remedy


def test_an_address_that_there_is_not_is_said_to_be_none(archive):
    config = dataclasses.replace(archive.config, serve=dataclasses.replace(archive.config.serve, host="no.such.host.invalid"))
    with pytest.raises(ArchiveError) as failed:
        run(config, port=0)
    assert "config.yaml" in failed.value.remedy
