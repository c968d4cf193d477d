"""Text is sent compressed to who can unpack it (gzip): pages, styles, scripts, answers, citations, streamed or
whole."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from flask import Flask, Response, request
from werkzeug.wsgi import ClosingIterator

#: Kinds besides text/* that shrink; images are as small as they get already.
_KINDS = (
    "application/json",
    "application/javascript",
    "application/xml",
    "application/x-research-info-systems",
    "application/x-bibtex",
    "image/svg+xml",
)
_SUFFIXES = ("+json", "+xml")
#: A shorter answer fits one packet anyway, bytes.
LEAST = 500
#: As zlib's own: a quarter of a page's bytes are left, at some 40 MB a second.
LEVEL = 6
#: What has been taken in is sent at the latest after so many bytes: a long list is not kept back till its end.
EVERY = 1 << 16
_GZIP = zlib.MAX_WBITS | 16


def compress(app: Flask) -> None:
    """Has every text of a site compressed. Only for a site whose pages hold no secret: what a page repeats of an
    address would let its length tell of it (BREACH)."""

    @app.after_request
    def pack(response: Response) -> Response:
        if not _shrinks(response.mimetype):
            return response
        response.vary.add("Accept-Encoding")
        if not _may_be_packed(response):
            return response
        tag, _ = response.get_etag()
        if tag:
            # Of the same meaning, not the same bytes (RFC 9110, 8.8.1).
            response.set_etag(tag, weak=True)
        response.headers["Content-Encoding"] = "gzip"
        for name in ("Content-Length", "Accept-Ranges"):
            response.headers.pop(name, None)
        if response.is_streamed or response.direct_passthrough:
            pieces = response.iter_encoded()
            response.direct_passthrough = False
            response.response = ClosingIterator(packed(pieces), getattr(response.response, "close", None))
        else:
            response.set_data(b"".join(packed([response.get_data()])))
        return response


def _shrinks(mimetype: str | None) -> bool:
    return mimetype is not None and (mimetype.startswith("text/") or mimetype in _KINDS or mimetype.endswith(_SUFFIXES))


def _may_be_packed(response: Response) -> bool:
    """Whether an answer has a body, whole and not packed yet, worth packing, and the reader's program can unpack it."""
    return (
        request.method == "GET"
        and response.status_code not in (204, 206, 304)
        and response.status_code >= 200
        and "Content-Encoding" not in response.headers
        and (response.content_length is None or response.content_length >= LEAST)
        and request.accept_encodings.quality("gzip") > 0
    )


def packed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """These bytes as one gzip stream, in pieces as they come.

    >>> import gzip
    >>> gzip.decompress(b"".join(packed([b"Te", b"coluca"])))
    b'Tecoluca'
    """
    machine, waiting = zlib.compressobj(LEVEL, zlib.DEFLATED, _GZIP), 0
    for piece in pieces:
        out = machine.compress(piece)
        waiting += len(piece)
        if waiting >= EVERY:
            out, waiting = out + machine.flush(zlib.Z_SYNC_FLUSH), 0
        if out:
            yield out
    yield machine.flush()
