"""Page images and thumbnails, through the one door: what may not be shown is an error page, never bytes."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, send_file

from search_app.opened import opened

blueprint = Blueprint("images", __name__)

#: A browser asks again after so many seconds whether an image may still be shown; no shared cache keeps one.
ASK_AGAIN = 300


@blueprint.get("/image/<id>.jpg")
def image(id: str) -> Response:
    return _sent(opened().holdings.image(opened().holdings.page_alone(id)))


@blueprint.get("/image/<id>/<int:width>.jpg")
def narrow(id: str, width: int) -> Response:
    """The copy of a page image that is so wide: there are as many as archive.derivatives.NARROW names."""
    return _sent(opened().holdings.image(opened().holdings.page_alone(id), width))


@blueprint.get("/thumbnail/<id>.jpg")
def thumbnail(id: str) -> Response:
    return _sent(opened().holdings.thumbnail(opened().holdings.page_alone(id)))


def _sent(path: Path) -> Response:
    response = send_file(path, mimetype="image/jpeg", conditional=True, etag=True)
    response.headers["Cache-Control"] = f"private, max-age={ASK_AGAIN}, must-revalidate"
    return response
