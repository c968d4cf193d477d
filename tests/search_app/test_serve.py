"""Serving: the address is said, a busy port is an error that says what to do, and threads share what is open."""

import concurrent.futures
import contextlib
import dataclasses
import http.client
import select
import socket
import threading
import urllib.parse
import urllib.request

import pytest

from archive.errors import ArchiveError
from search_app import create_app, serve
from search_app.serve import run


def test_it_says_where_it_listens_and_answers_many_at_once(site, archive):
    paths = [
        "/search?q=Tecoluca",
        f"{archive.ark('weekly', 1)}?q=garrison",
        f"/image/{archive.pages['weekly'][0]}.jpg",
        "/search?genre=report",
        "/cite?q=Tecoluca&format=ris",
    ] * 8
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
    config = dataclasses.replace(
        archive.config, serve=dataclasses.replace(archive.config.serve, host="no.such.host.invalid")
    )
    with pytest.raises(ArchiveError) as failed:
        run(config, port=0)
    assert "config.yaml" in failed.value.remedy


def test_many_slow_connections_keep_nobody_out(site):
    """More than waitress takes by itself, each with half a request."""
    host = urllib.parse.urlsplit(site)
    with contextlib.ExitStack() as open_ones:
        for _ in range(150):
            one = open_ones.enter_context(socket.create_connection((host.hostname, host.port), timeout=30))
            one.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        assert _get(site + "/about")[0] == 200


@pytest.fixture
def listening(archive):
    """A server's port, in this process."""
    server = serve._server(create_app(archive.config), serve._bound("127.0.0.1", 0, "serve"), 2)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield server.effective_port
    server.pull_trigger()
    server.maintenance(float("inf"))
    server.close()


def test_a_request_that_is_not_whole_in_time_is_closed_however_it_trickles(listening, monkeypatch):
    monkeypatch.setattr(serve, "LONGEST_REQUEST", -1.0)
    with socket.create_connection(("127.0.0.1", listening), timeout=30) as slow:
        slow.sendall(b"GET /about HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        with contextlib.suppress(ConnectionError):
            # Until it is closed; what follows the first byte is too late.
            while not select.select([slow], [], [], 0.02)[0]:
                slow.sendall(b"X")
            assert slow.recv(100) == b""


def test_whole_requests_on_one_connection_are_answered_whatever_time_passes(listening, monkeypatch):
    monkeypatch.setattr(serve, "LONGEST_REQUEST", -1.0)
    with socket.create_connection(("127.0.0.1", listening), timeout=30) as one:
        for _ in range(3):
            one.sendall(b"GET /about HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            answer = http.client.HTTPResponse(one)
            answer.begin()
            assert answer.status == 200 and answer.read()
