"""Who may have the archivist's pages and send to them: this machine's browser, from these very pages.

There are no accounts yet. What a page of another site could do through the archivist's browser is kept out: by the
name the server is asked for (DNS rebinding), by where a form comes from, and by a token that only our pages hold.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request

LOOPBACK = ("localhost", "127.0.0.1", "::1")
#: Addresses that stand for every address of a machine.
EVERY = ("0.0.0.0", "::", "")
_SAFE = ("GET", "HEAD", "OPTIONS")


def is_loopback(host: str) -> bool:
    """Whether an address reaches this machine alone.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0"), is_loopback("archive.example")
    (True, True, False, False)
    """
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True)
class Named:
    """By which names the server may be asked for: loopback's, and the hosts it listens on.

    Where it listens on every address of the machine, by the machine's name and by any address in numbers: a name of
    another site that leads here (DNS rebinding) is neither.
    """

    hosts: tuple[str, ...] = ()

    def allows(self, host: str) -> bool:
        """Whether a Host header, with its port or without, is one of them.

        >>> Named().allows("127.0.0.1:8001"), Named().allows("[::1]:8001"), Named().allows("evil.example:8001")
        (True, True, False)
        >>> Named(("0.0.0.0",)).allows("192.0.2.7:8001"), Named().allows("192.0.2.7:8001")
        (True, False)
        """
        try:
            name = (urlsplit(f"//{host}").hostname or "").rstrip(".").lower()
        except ValueError:
            return False
        if name in LOOPBACK or name in (one.lower() for one in self.hosts if one):
            return True
        return any(one in EVERY for one in self.hosts) and (_in_numbers(name) or name in _this_machine())


def _in_numbers(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _this_machine() -> tuple[str, ...]:
    return socket.gethostname().lower(), socket.getfqdn().lower()


def protect(app: Flask, named: Named) -> None:
    """Refuses, before any view, what is asked by another name (421) and what was sent from elsewhere (403)."""
    app.extensions["token"] = secrets.token_urlsafe(32)

    @app.before_request
    def look() -> None:
        if not named.allows(request.headers.get("Host", "")):
            abort(421)
        if request.method not in _SAFE and not _from_these_pages():
            abort(403)


def _from_these_pages() -> bool:
    """What the browser says of where a form stood; one that says nothing is not believed."""
    where = request.headers.get("Sec-Fetch-Site")
    if where is not None:
        return where == "same-origin"
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc == request.host


def token() -> str:
    """What every form of these pages holds. It is another one each time the server starts."""
    return current_app.extensions["token"]


def has_token() -> bool:
    return hmac.compare_digest(request.form.get("token", "").encode(), token().encode())
