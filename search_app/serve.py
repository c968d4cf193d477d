"""Serves an application with waitress until interrupted: the public pages, and the archivist's own."""

from __future__ import annotations

import errno
import logging
import os
import socket
import sys
import time
from collections.abc import Callable, Sequence

import waitress
from flask import Flask
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer

from archive.config import Config
from archive.errors import ArchiveError
from search_app import processes
from search_app.app import create_app

#: A connection costs a thread only while it is answered, so many may stand open; those on which nothing happens are
#: closed soon. What is sent to us is small. An answer of up to 16 MB frees its thread at once, however slowly it is
#: read; longer ones are whole results, of which few go out at once (search_app.admission).
LIMITS = {
    "connection_limit": 1000,
    "asyncore_use_poll": True,
    "channel_timeout": 30,
    "cleanup_interval": 5,
    "backlog": 1024,
    "max_request_header_size": 64 * 1024,
    "max_request_body_size": 16 * 1024 * 1024,
}
#: Seconds in which a request must be whole.
LONGEST_REQUEST = 30.0


def run(config: Config, *, host: str | None = None, port: int | None = None) -> None:
    """Listens where the settings say, or at `host` and `port`, and prints the address to stderr; with so many processes
    as the settings say.

    Raises ArchiveError where it cannot listen there.
    """
    host = config.serve.host if host is None else host
    sockets = _bound(host, config.serve.port if port is None else port, "serve")
    _tell(sockets, host)
    count = config.serve.processes or os.cpu_count() or 1
    if count == 1:
        _public(config, sockets)
    else:
        processes.keep(count, _public, config, sockets)


def _public(config: Config, sockets: Sequence[socket.socket], serving: Callable[[], None] = lambda: None) -> None:
    app = create_app(config)
    serving()
    _serve(app, sockets, config.serve.threads)


def listen(app: Flask, host: str, port: int, *, threads: int, command: str = "serve", notice: str = "") -> None:
    """Serves an application made by `search_app.app.application`, the settings of whose address stand below `command`;
    prints the address to stderr, and below it what its keeper should be told.

    Raises ArchiveError where it cannot listen there.
    """
    sockets = _bound(host, port, command)
    _tell(sockets, host, notice)
    _serve(app, sockets, threads)


def _serve(app: Flask, sockets: Sequence[socket.socket], threads: int) -> None:
    """Answers what comes in at these sockets until interrupted."""
    # Waitress notes how many requests wait; it keeps no log of what was asked.
    logging.getLogger("waitress").setLevel(logging.ERROR)
    server = _server(app, sockets, threads)
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
        app.extensions["rescate"].close()


def _server(app: Flask, sockets: Sequence[socket.socket], threads: int):
    server = waitress.create_server(
        app, sockets=list(sockets), threads=threads, ident=None, clear_untrusted_proxy_headers=True, **LIMITS
    )
    # Of a name with several addresses there is one for each.
    for one in (server, *getattr(server, "map", {}).values()):
        if isinstance(one, BaseWSGIServer):
            one.channel_class = _Channel
    return server


def _bound(host: str, port: int, command: str) -> list[socket.socket]:
    """A socket for each address of the host, on which it listens. Raises ArchiveError."""
    sockets: list[socket.socket] = []
    try:
        for family, kind, protocol, address in Adjustments(host=host, port=port).listen:
            one = socket.socket(family, kind, protocol)
            sockets.append(one)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            one.bind(address)
            one.listen(LIMITS["backlog"])
            one.setblocking(False)
    except (OSError, ValueError) as failed:
        for one in sockets:
            one.close()
        raise _refused(failed, host, port, command) from failed
    return sockets


def _refused(failed: Exception, host: str, port: int, command: str) -> ArchiveError:
    """The error that says why it is not possible to listen there."""
    where = f"{host}:{port}"
    if not isinstance(failed, OSError):
        # Waitress says so of a host name that leads nowhere.
        return ArchiveError(
            "there is no such address to listen on", item=where, remedy=f"Correct {command}.host in config.yaml."
        )
    if failed.errno == errno.EADDRINUSE:
        return ArchiveError(
            "another program listens there already",
            item=where,
            remedy=f"End it, or choose another port: `rescate {command} --port {port + 1}`.",
        )
    if failed.errno == errno.EACCES:
        return ArchiveError(
            "this port needs more rights than you have",
            item=where,
            remedy=f"Choose a port above 1023: `rescate {command} --port 8080`.",
        )
    return ArchiveError(
        f"it is not possible to listen there ({failed.strerror or failed})",
        item=where,
        remedy=f"Correct {command}.host and {command}.port in config.yaml.",
    )


def _tell(sockets: Sequence[socket.socket], host: str, notice: str = "") -> None:
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{sockets[0].getsockname()[1]}"
    print(f"Rescate: {address}  (Ctrl+C ends it)", file=sys.stderr, flush=True)
    if notice:
        print(notice, file=sys.stderr, flush=True)


class _Channel(HTTPChannel):
    """A connection that is closed where a request is not whole in time: a byte now and then keeps it open no longer."""

    _begun = 0.0

    def received(self, data: bytes) -> bool:
        """What came in."""
        if self.request is None:
            self._begun = time.monotonic()
        elif time.monotonic() - self._begun > LONGEST_REQUEST:
            self.handle_close()
            return False
        return super().received(data)
