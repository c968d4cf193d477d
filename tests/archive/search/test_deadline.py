"""A server that does not come to an end, or answers what is no answer: given up in time, and an error of the engine."""

import itertools
import socket
import threading

import pytest

from archive.access import Audience
from archive.config import ElasticsearchSettings
from archive.errors import EngineError, EngineUnavailable
from archive.search.deadline import Breaker
from archive.search.elastic import Elastic
from archive.search.kinds.page import FIELDS
from archive.search.query import parse
from archive.search.request import SearchRequest

FACETS = tuple(FIELDS.facets)


@pytest.fixture
def unending():
    """A server that answers every request, once it is read, with what `unending(pieces)` gives piece by piece, and then
    hangs: its URL, and what it was asked."""
    sockets, asked, ended = [], [], threading.Event()

    def start(pieces):
        listening = socket.create_server(("127.0.0.1", 0))
        sockets.append(listening)

        def serve():
            while not ended.is_set():
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                sockets.append(connection)
                threading.Thread(target=answer, args=(connection,), daemon=True).start()

        def answer(connection):
            asked.append(connection.recv(65536))
            for piece in pieces():
                if ended.wait(0.02):
                    return
                try:
                    connection.sendall(piece)
                except OSError:
                    return

        threading.Thread(target=serve, daemon=True).start()
        return f"http://127.0.0.1:{listening.getsockname()[1]}", asked

    yield start
    ended.set()
    for one in sockets:
        one.close()


HEAD = b"HTTP/1.1 200 OK\r\nX-Elastic-Product: Elasticsearch\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    "pieces",
    [
        lambda: [],
        lambda: itertools.repeat(b"H"),
        lambda: itertools.chain([HEAD], itertools.repeat(b"X-More: x\r\n")),
        lambda: itertools.chain([HEAD, b"Content-Length: 100000\r\n\r\n"], itertools.repeat(b" ")),
        lambda: itertools.chain([HEAD, b"Transfer-Encoding: chunked\r\n\r\n"], itertools.repeat(b"1\r\n \r\n")),
    ],
    ids=["nothing", "a byte now and then", "headers without end", "a body without end", "chunks without end"],
)
def test_an_answer_that_does_not_end_is_given_up_and_not_asked_for_again(pieces, unending, tmp_path):
    """However it trickles, the time is of the whole. Then others hear at once that it does not answer: it is not
    asked."""
    url, asked = unending(pieces)
    engine = Elastic(ElasticsearchSettings(url=url, timeout=0.3), FIELDS, Audience.PUBLIC, tmp_path)
    engine._checked = float("inf")
    with pytest.raises(EngineUnavailable, match=r"ConnectionTimeout"):
        engine.search(SearchRequest(parse("policía")))
    assert len(asked) <= 1
    for again in (lambda: engine.search(SearchRequest()), lambda: next(engine.every(SearchRequest()))):
        with pytest.raises(EngineUnavailable, match="a moment ago"):
            again()
    assert len(asked) <= 1
    engine.close()


def test_who_tries_again_after_a_while_is_one_alone():
    now = [0.0]
    breaker = Breaker(15, clock=lambda: now[0])
    assert not breaker.refuses
    breaker.heard(False)
    assert breaker.refuses
    now[0] = 15.1
    assert not breaker.refuses and breaker.refuses
    breaker.heard(True)
    assert not breaker.refuses


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"[]",
        b"{}",
        b"null",
        b"7",
        b'{"hits": []}',
        b"\xff",
        b'{"hits":',
        b'{"timed_out": false, "_shards": {"failed": 1}}',
        b'{"timed_out": true, "_shards": {"failed": 0}}',
    ],
)
def test_an_answer_that_is_none_is_an_error_of_the_engine(body, unending, tmp_path):
    url, _asked = unending(lambda: [HEAD + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body])
    engine = Elastic(ElasticsearchSettings(url=url, timeout=20), FIELDS, Audience.PUBLIC, tmp_path)
    engine._checked = float("inf")
    for ask in (
        lambda: engine.search(SearchRequest(parse("policía"), facets=FACETS)),
        lambda: next(engine.every(SearchRequest())),
    ):
        with pytest.raises(EngineError):
            ask()
    engine.close()
