"""Help: how to search, what is closed and whom to ask, what a machine did; and where to turn with a worry about a
page."""

from __future__ import annotations

import re
from urllib.parse import quote

from flask import Blueprint, Response, render_template, request, send_from_directory, url_for
from flask_babel import gettext as _

from archive import ids
from archive.errors import NotFound
from search_app.address import static_folder
from search_app.opened import opened
from search_app.views.search import state_of_request

blueprint = Blueprint("about", __name__)


@blueprint.get("/about")
def page() -> str:
    return render_template("about.html", state=state_of_request())


@blueprint.app_context_processor
def _concern() -> dict:
    return {"concern_url": concern_url}


def concern_url() -> str:
    """Where a reader of this page turns who finds something wrong on it: with the id that stands in its address, if one
    does."""
    typed = re.search(r"/ark:/?[^/]+/.*|(?<=^/cite/)[^/]+", request.path)
    return url_for("about.concern", about=_id(typed[0]) or None) if typed else url_for("about.concern")


@blueprint.get("/ask")
def concern() -> str:
    """Whom to ask about a page, with its permalink to send. The catalog is not asked: a page that is suppressed,
    withdrawn or was never there has the same answer as any other."""
    settings = opened().config.archive
    name = _id(request.args.get("about", ""))
    permalink = f"{settings.base_url.rstrip('/')}/{ids.ark(settings.naan, name)}" if name else ""
    mail = ""
    if "@" in settings.contact and not re.search(r"\s", settings.contact):
        subject, opening = _("About a page of the archive"), _("I write about this page:")
        body = f"{opening}\r\n{permalink}\r\n\r\n" if permalink else ""
        mail = f"mailto:{quote(settings.contact, safe='@+')}?subject={quote(subject)}&body={quote(body)}"
    return render_template("concern.html", permalink=permalink, mail=mail)


def _id(typed: str) -> str:
    """The id that was typed, as it is written; empty where that is none."""
    try:
        return ids.parse_ark(typed, opened().config.archive.naan)
    except NotFound:
        return ""


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Documents may be found by other search engines; the endless ways to combine filters are no reading for them."""
    rules = "".join(f"Disallow: {url_for(endpoint)}\n" for endpoint in ("search.results", "citations.several"))
    return Response(f"User-agent: *\n{rules}", mimetype="text/plain")


@blueprint.get("/favicon.ico")
def icon() -> Response:
    """Browsers ask for it by themselves on pages that have no icon: images, texts."""
    return send_from_directory(static_folder(), "icon.svg", mimetype="image/svg+xml")
