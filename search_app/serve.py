"""Serves an application with waitress until interrupted: the public pages, and the archivist's own."""

from __future__ import annotations

import errno
import logging
import sys
import time

import waitress
from flask import Flask
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer

from archive.config import Config
from archive.errors import ArchiveError
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
    """Listens where the settings say, or at `host` and `port`, and prints the address to stderr.

    Raises ArchiveError where it cannot listen there.
    """
    listen(
        create_app(config),
        config.serve.host if host is None else host,
        config.serve.port if port is None else port,
        threads=config.serve.threads,
    )


def listen(app: Flask, host: str, port: int, *, threads: int, command: str = "serve", notice: str = "") -> None:
    """Serves an application made by `search_app.app.application`, the settings of whose address stand below `command`;
    prints the address to stderr, and below it what its keeper should be told.

    Raises ArchiveError where it cannot listen there.
    """
    # Waitress notes how many requests wait; it keeps no log of what was asked.
    logging.getLogger("waitress").setLevel(logging.ERROR)
    server = _listening(app, host, port, threads, command)
    print(f"Rescate: {_address(server, host)}  (Ctrl+C ends it)", file=sys.stderr, flush=True)
    if notice:
        print(notice, file=sys.stderr, flush=True)
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
        app.extensions["rescate"].close()


def _listening(app, host: str, port: int, threads: int, command: str):
    try:
        server = waitress.create_server(
            app, host=host, port=port, threads=max(1, threads), ident=None, clear_untrusted_proxy_headers=True, **LIMITS
        )
    except OSError as failed:
        where = f"{host}:{port}"
        if failed.errno == errno.EADDRINUSE:
            raise ArchiveError(
                "another program listens there already",
                item=where,
                remedy=f"End it, or choose another port: `rescate {command} --port {port + 1}`.",
            ) from failed
        if failed.errno == errno.EACCES:
            raise ArchiveError(
                "this port needs more rights than you have",
                item=where,
                remedy=f"Choose a port above 1023: `rescate {command} --port 8080`.",
            ) from failed
        raise ArchiveError(
            f"it is not possible to listen there ({failed.strerror or failed})",
            item=where,
            remedy=f"Correct {command}.host and {command}.port in config.yaml.",
        ) from failed
    except ValueError as failed:
        # Waitress says so of a host name that leads nowhere.
        raise ArchiveError(
            "there is no such address to listen on",
            item=f"{host}:{port}",
            remedy=f"Correct {command}.host in config.yaml.",
        ) from failed
    # Of a name with several addresses there is one for each.
    for one in (server, *getattr(server, "map", {}).values()):
        if isinstance(one, BaseWSGIServer):
            one.channel_class = _Channel
    return server


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


def _address(server, host: str) -> str:
    port = getattr(server, "effective_port", None) or server.effective_listen[0][1]
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"
