"""What every answer tells the browser: load nothing from elsewhere, guess no types, say nothing to others."""

from __future__ import annotations

from flask import Flask, Response, request

#: Everything comes from this server; nothing inline runs or styles; no other site may frame it.
POLICY = "; ".join((
    "default-src 'none'", "img-src 'self' data:", "style-src 'self'", "script-src 'self'", "connect-src 'self'",
    "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"))

_A_YEAR = 365 * 24 * 3600


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
        if request.endpoint == "static":
            # Its address changes with its bytes (address.static_url).
            response.cache_control.no_cache = None
            response.cache_control.public = True
            response.cache_control.max_age = _A_YEAR if "v" in request.args else 3600
        elif "Cache-Control" not in headers:
            # A page that was closed or withdrawn must not come out of a cache, or of a shared phone's.
            headers["Cache-Control"] = "private, no-cache"
        return response
