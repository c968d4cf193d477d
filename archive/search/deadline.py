"""Connections to Elasticsearch that end: an answer is whole within its time, or it is given up.

The timeouts of an HTTP client hold for one read, so that a server which sends a byte now and then is waited for as long
as it likes. Here the time is of the whole exchange, whatever it is waiting for: at its end the connection is shut.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.client import HTTPException
from typing import Any

import urllib3
from elastic_transport import (
    ConnectionTimeout,
    HttpHeaders,
    NodeConfig,
    TransportError,
    Urllib3HttpNode,
)
from elastic_transport._node import NodeApiResponse
from elastic_transport.client_utils import DefaultType
from urllib3.connection import HTTPConnection, HTTPSConnection


class _Exchange:
    """One request and its answer: shuts the connection it goes over when its time is up."""

    def __init__(self) -> None:
        self.ended = False
        self._connection: HTTPConnection | None = None
        self._guard = threading.Lock()

    def goes_over(self, connection: HTTPConnection) -> None:
        with self._guard:
            self._connection = connection
            if self.ended:
                raise TimeoutError

    def end(self) -> None:
        with self._guard:
            self.ended = True
            if self._connection is not None and self._connection.sock is not None:
                # Below TLS, whose own goodbye would wait for the other side.
                with contextlib.suppress(OSError):
                    socket.socket.shutdown(self._connection.sock, socket.SHUT_RDWR)


_under_way = threading.local()


class _Plain(HTTPConnection):
    """A connection that tells the exchange under way in its thread that it is used for it."""

    def request(self, *args: Any, **more: Any) -> None:
        _under_way.exchange.goes_over(self)
        super().request(*args, **more)

    def connect(self) -> None:
        super().connect()
        # What was connected when the time was up already has missed its end.
        _under_way.exchange.goes_over(self)


class _Secure(_Plain, HTTPSConnection):
    pass


class EndingNode(Urllib3HttpNode):
    """A node of the client whose `request_timeout` is of the whole exchange. Raises ConnectionTimeout at its end."""

    def __init__(self, config: NodeConfig):
        super().__init__(config)
        self._timeout = config.request_timeout
        self.pool.ConnectionCls = _Secure if isinstance(self.pool, urllib3.HTTPSConnectionPool) else _Plain

    def perform_request(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: HttpHeaders | None = None,
        request_timeout: DefaultType | float | None = None,
    ) -> NodeApiResponse:
        """The answer, whole."""
        seconds = request_timeout if isinstance(request_timeout, int | float) else self._timeout
        with _ending(seconds) as exchange:
            try:
                answer = super().perform_request(method, target, body, headers, request_timeout=seconds)
            except (TransportError, HTTPException, OSError, ValueError, AttributeError) as broken:
                if exchange.ended:
                    raise ConnectionTimeout("The answer was not whole in time", errors=(broken,)) from broken
                raise
        if exchange.ended:
            # An answer without a length that is cut off looks whole.
            raise ConnectionTimeout("The answer was not whole in time")
        return answer


@contextlib.contextmanager
def _ending(seconds: float | None) -> Iterator[_Exchange]:
    exchange = _under_way.exchange = _Exchange()
    if seconds is None:
        yield exchange
        return
    watch = threading.Timer(seconds, exchange.end)
    watch.daemon = True
    watch.start()
    try:
        yield exchange
    finally:
        watch.cancel()


class Deadline:
    """The time that one search has, over all that it asks an engine. `left()` is never so little that it means no
    limit."""

    def __init__(self, seconds: float):
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left, a thousandth at least: what is asked after the end fails at once."""
        return max(0.001, self._end - time.monotonic())


class Breaker:
    """After a failure to answer in time refuses for `seconds`; then lets one try, while the others are refused until it
    has answered."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic):
        self._seconds, self._clock = seconds, clock
        self._until: float | None = None
        self._guard = threading.Lock()

    @property
    def refuses(self) -> bool:
        """Whether not to ask now. Who hears that he may, after a failure, is the one that tries: the next hear no."""
        with self._guard:
            if self._until is None:
                return False
            if self._clock() < self._until:
                return True
            self._until = self._clock() + self._seconds
            return False

    def heard(self, answered: bool) -> None:
        """Whether what was asked was answered in time."""
        with self._guard:
            self._until = None if answered else self._clock() + self._seconds
