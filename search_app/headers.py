"""What every answer tells the browser: load nothing from elsewhere, guess no types, say nothing to others."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from flask import Flask, Response, request

#: Everything comes from this server; nothing inline runs or styles; no other site may frame it.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "img-src 'self' data:",
        "style-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

_A_YEAR = 365 * 24 * 3600


def on_this_site(location: str) -> str:
    """A redirect's target by its path alone: whoever named another host in the request's Host header is not led there.

    >>> on_this_site("http://elsewhere.example/cite/x?q=1")
    '/cite/x?q=1'
    >>> on_this_site("//elsewhere.example")
    '/'
    """
    parts = urlsplit(location)
    # A browser takes two slashes, or a slash and a backslash, for the beginning of a host.
    return urlunsplit(("", "", "/" + parts.path.lstrip("/\\"), parts.query, parts.fragment))


def secure(app: Flask) -> None:
    """Sets the headers on every answer, error pages among them."""

    @app.after_request
    def tell(response: Response) -> Response:
        headers = response.headers
        headers["Content-Security-Policy"] = POLICY
        headers["X-Content-Type-Options"] = "nosniff"
        headers["X-Frame-Options"] = "DENY"
        # An address holds what a reader looked for: another site must not learn it.
        headers["Referrer-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if "Location" in headers:
            headers["Location"] = on_this_site(headers["Location"])
        if request.endpoint == "static":
            # Its address changes with its bytes (address.static_url).
            response.cache_control.no_cache = None
            response.cache_control.public = True
            response.cache_control.max_age = _A_YEAR if "v" in request.args else 3600
        elif "Cache-Control" not in headers:
            # A page that was closed or withdrawn must not come out of a cache, or of a shared phone's.
            headers["Cache-Control"] = "private, no-cache"
        return response
