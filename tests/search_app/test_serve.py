"""Serving: the address is said, a busy port is an error that says what to do, and threads share what is open."""

import concurrent.futures
import dataclasses
import socket
import urllib.request

import pytest

from archive.errors import ArchiveError
from search_app.serve import run

def test_it_says_where_it_listens_and_answers_many_at_once(site, archive):
    paths = ["/search?q=Tecoluca", f"{archive.ark('weekly', 1)}?q=garrison", f"/image/{archive.pages['weekly'][0]}.jpg",
             "/search?genre=report", "/cite?q=Tecoluca&format=ris"] * 8
    with concurrent.futures.ThreadPoolExecutor(8) as readers:
        answers = list(readers.map(lambda path: _get(site + path), paths))
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
