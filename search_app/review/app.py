"""Makes the archivist's application: the holdings as staff may read them, behind pages to correct them."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from flask import Flask, Response
from jinja2 import ChoiceLoader, FileSystemLoader

from archive.access import Audience
from archive.config import Config
from search_app.app import application
from search_app.opened import Opened
from search_app.review import guard, page, standing, worst
from search_app.review.desk import Corrections, Desk
from search_app.views import images

#: What one form may hold: the longest page's lines, many times over.
MOST_TYPED = 4_000_000


def create_review(config: Config, corrections: Corrections, *, hosts: Collection[str] = (), catalog=None) -> Flask:
    """The application for one archivist, answering to loopback names and to `hosts` alone (`guard.Named`).

    It shows restricted material to whoever reaches it: see to it that nobody else does. `catalog` is an SQLAlchemy
    engine.
    """
    app = application(
        Opened(config, catalog=catalog, audience=Audience.STAFF),
        (worst.blueprint, page.blueprint, standing.blueprint, images.blueprint),
    )
    folder = Path(app.root_path) / "templates"
    # Header, footer and the way back from an error are its own.
    app.jinja_loader = ChoiceLoader([FileSystemLoader(folder / "review"), FileSystemLoader(folder)])
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = MOST_TYPED
    app.extensions["review"] = Desk(corrections)
    guard.protect(app, guard.Named(tuple(hosts)))
    app.context_processor(lambda: {"author": corrections.author, "token": guard.token()})

    @app.after_request
    def keep_apart(response: Response) -> Response:
        # No other site may show what is restricted here, not even as a picture.
        response.headers["Cross-Origin-Resource-Policy"] = response.headers["Cross-Origin-Opener-Policy"] = (
            "same-origin"
        )
        response.headers["X-Robots-Tag"] = "noindex, noarchive"
        return response

    return app
