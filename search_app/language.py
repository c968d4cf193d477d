"""The language of the interface: from the address, the reader's last choice, the browser, the settings."""

from __future__ import annotations

from flask import Flask, Response, request
from flask_babel import get_locale

from search_app.address import with_arguments
from search_app.opened import opened
from search_app.state import LANGUAGES

#: What a reader chose last. It holds `es` or `en` and nothing of the reader.
COOKIE = "lang"
_A_YEAR = 365 * 24 * 3600

#: Each language by its own name, as a reader looks for it.
NAMES = {"es": "Español", "en": "English"}


def chosen() -> str:
    """The language of this request's answer."""
    for said in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if said in LANGUAGES:
            return said
    return request.accept_languages.best_match(LANGUAGES) or opened().config.serve.language


def remember_choice(app: Flask) -> None:
    """An address that asks for a language is a choice; the next page keeps to it."""

    @app.after_request
    def remember(response: Response) -> Response:
        said = request.args.get("lang")
        if said in LANGUAGES and request.cookies.get(COOKIE) != said:
            response.set_cookie(COOKIE, said, max_age=_A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure)
        response.vary.update(("Accept-Language", "Cookie"))
        return response


def switch_links() -> list[tuple[str, str, str]]:
    """This page in the other languages: tag, name, address."""
    here = str(get_locale())
    links = []
    for tag in LANGUAGES:
        if tag != here:
            arguments = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
            links.append((tag, NAMES[tag], with_arguments(request.path, [*arguments, ("lang", tag)])))
    return links


def number(value: int) -> str:
    """A whole number as both languages write it, in Spanish as written in El Salvador: 1,234 (the comma parts thousands
    there, not the point)."""
    return f"{value:,}"
