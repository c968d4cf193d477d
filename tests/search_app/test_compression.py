"""Text goes compressed over the line to who can unpack it, and says the same; images and parts of files go as they
are."""

import gzip
import zlib

import pytest

from search_app.compression import EVERY, packed

GZIP = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.fixture
def addresses(archive):
    return (
        "/",
        "/search?q=Tecoluca",
        "/search.json?q=Tecoluca",
        archive.ark("weekly", 1),
        "/about",
        "/static/rescate.css",
        "/static/page.js",
        "/cite?q=Tecoluca&format=ris",
        "/cite?q=Tecoluca&format=csv",
        "/cite?q=Tecoluca&format=csl-json",
        "/cite?q=Tecoluca&format=bibtex",
        "/cite?q=Tecoluca&format=mla",
        "/nothing",
    )


def test_text_is_packed_and_unpacked_it_is_the_same(client, addresses):
    for address in addresses:
        plain = client.get(address)
        answer = client.get(address, headers=GZIP)
        assert "Content-Encoding" not in plain.headers, address
        assert answer.headers["Content-Encoding"] == "gzip", address
        assert gzip.decompress(answer.data) == plain.data and len(answer.data) < 0.7 * len(plain.data), address
        assert "Accept-Encoding" in answer.headers["Vary"] and "Accept-Encoding" in plain.headers["Vary"], address
        assert answer.headers.get("Content-Length", str(len(answer.data))) == str(len(answer.data)), address
        assert (answer.status_code, answer.mimetype) == (plain.status_code, plain.mimetype)


@pytest.mark.parametrize(
    "accepts, is_packed",
    [
        ("gzip", True),
        ("*", True),
        ("br;q=1, gzip;q=0.2", True),
        ("gzip;q=0", False),
        ("identity", False),
        ("br", False),
        ("", False),
        ("GZIP", True),
        ("gzip;q=x", False),
        (",,;;", False),
    ],
)
def test_only_who_can_unpack_it_gets_it(client, accepts, is_packed):
    assert ("Content-Encoding" in client.get("/about", headers={"Accept-Encoding": accepts}).headers) is is_packed


def test_images_short_answers_heads_and_parts_go_as_they_are(client, archive):
    page = archive.pages["weekly"][0]
    for address in (f"/image/{page}.jpg", f"/thumbnail/{page}.jpg", "/robots.txt"):
        assert "Content-Encoding" not in client.get(address, headers=GZIP).headers
    part = client.get("/static/rescate.css", headers={**GZIP, "Range": "bytes=0-9"})
    assert part.status_code == 206 and len(part.data) == 10 and "Content-Encoding" not in part.headers
    assert "Content-Encoding" not in client.head("/about", headers=GZIP).headers


def test_a_file_that_the_browser_has_is_not_sent_again(client):
    first = client.get("/static/rescate.css", headers=GZIP)
    again = client.get("/static/rescate.css", headers={**GZIP, "If-None-Match": first.headers["ETag"]})
    assert first.headers["ETag"].startswith("W/") and (again.status_code, again.data) == (304, b"")


def test_a_long_list_is_sent_while_it_is_written():
    taken = 0

    def pieces():
        nonlocal taken
        for _ in range(1000):
            taken += 1
            yield b"TY  - RPRT\r\nTI  - Informe de mayo\r\n" * 30

    sent = packed(pieces())
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    known = b""
    while len(known) < EVERY:
        known += unpacker.decompress(next(sent))
    assert taken < 100
    assert len(known + b"".join(map(unpacker.decompress, sent)) + unpacker.flush()) == 1000 * 30 * len(
        b"TY  - RPRT\r\nTI  - Informe de mayo\r\n"
    )


def test_a_list_that_is_broken_off_is_let_go_of(app):
    closed = []

    def pieces():
        try:
            while True:
                yield b"x" * EVERY
        finally:
            closed.append(True)

    from flask import Response

    with app.test_request_context("/cite", headers=GZIP):
        answer = app.process_response(Response(pieces(), mimetype="text/plain"))
        iterator = answer.iter_encoded()
        next(iterator)
        answer.close()
    assert closed == [True]
