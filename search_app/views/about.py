"""Help: how to search, what is closed and whom to ask, what a machine did and nobody has looked at."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, render_template, send_from_directory, url_for

from search_app.views.search import state_of_request

blueprint = Blueprint("about", __name__)


@blueprint.get("/about")
def page() -> str:
    return render_template("about.html", state=state_of_request())


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Documents may be found by other search engines; the endless ways to combine filters are no reading for them."""
    rules = "".join(f"Disallow: {url_for(endpoint)}\n" for endpoint in ("search.results", "citations.several"))
    return Response(f"User-agent: *\n{rules}", mimetype="text/plain")


@blueprint.get("/favicon.ico")
def icon() -> Response:
    """Browsers ask for it by themselves on pages that have no icon: images, texts."""
    return send_from_directory(current_app.static_folder, "icon.svg", mimetype="image/svg+xml")
