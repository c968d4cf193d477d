"""Makes the web application: the public holdings and index behind views, in Spanish and English."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, Flask, request
from flask.json.provider import DefaultJSONProvider
from flask_babel import Babel, get_locale, ngettext
from jinja2 import StrictUndefined

from archive.config import Config
from search_app import address, compression, errors, headers, language
from search_app.opened import Opened
from search_app.views import about, citations, images, items, search


def create_app(config: Config, *, catalog=None, engine=None) -> Flask:
    """The application over what the public may read; nothing is opened before the first request.

    `catalog` (an SQLAlchemy engine) and `engine` stand in for those of the settings, in tests.
    """
    return application(
        Opened(config, catalog=catalog, engine=engine),
        (views.blueprint for views in (search, items, images, citations, about)),
        compressed=True,
    )


def application(over: Opened, views: Iterable[Blueprint], *, compressed: bool = False) -> Flask:
    """These views over what is opened, with the languages, headers and error pages of every site of the archive."""
    app = Flask(__name__)
    app.extensions["rescate"] = over
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    # A dict in a template would be ordered by the alphabet.
    assert isinstance(app.json, DefaultJSONProvider)
    app.json.sort_keys = False
    app.json.ensure_ascii = False
    Babel(app, locale_selector=language.chosen, default_locale="en")
    if compressed:
        # What is asked for first is done last: when the headers are set.
        compression.compress(app)
    for blueprint in views:
        app.register_blueprint(blueprint)
    language.remember_choice(app)
    headers.secure(app)
    errors.register(app)
    app.context_processor(
        lambda: {
            "site": over.config.archive,
            "ui": str(get_locale()),
            "ngettext": ngettext,
            "in_other_language": language.switch_links,
            "number": language.number,
            "static_url": address.static_url,
            "with_arguments": address.with_arguments,
            "list_url": address.list_url,
            "listed": request.args.getlist("selected"),
        }
    )
    return app
