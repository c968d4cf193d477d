"""Error pages, in both languages: what happened, what the reader can do, and nothing of what is kept back."""

from __future__ import annotations

import traceback

from flask import Flask, Response, current_app, jsonify, render_template, request
from flask_babel import force_locale, get_locale
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from archive.errors import AccessError, ArchiveError, ConfigError, EngineError, Gone, NotFound, QueryError
from search_app import language
from search_app.state import LANGUAGES

#: An error's class → the text of `error_text.html` that speaks of it, the most special first.
_KINDS = (
    (Gone, "withdrawn"),
    (NotFound, "absent"),
    (AccessError, "closed"),
    (EngineError, "no_search"),
    (ConfigError, "no_archive"),
)
#: Statuses of the web server itself.
_STATUSES = {
    403: "foreign",
    404: "absent",
    421: "foreign",
    405: "refused",
    413: "refused",
    414: "refused",
    400: "refused",
}


#: Seconds after which a program may ask again where the search does not answer.
RETRY_AFTER = "15"


def register(app: Flask) -> None:
    app.register_error_handler(ArchiveError, archive_error)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, fault)


def archive_error(error: ArchiveError) -> tuple[Response | str, int] | tuple[Response | str, int, dict[str, str]]:
    """The page of an error of the archive, with its own status."""
    status = 503 if isinstance(error, ConfigError) else error.status
    kind = next((kind for cls, kind in _KINDS if isinstance(error, cls)), "fault" if status >= 500 else "refused")
    if status >= 500:
        _say(f"{type(error).__name__}: {error}")
    answer, status = page(kind, status, error)
    return (answer, status, {"Retry-After": RETRY_AFTER}) if isinstance(error, EngineError) else (answer, status)


def http_error(error: HTTPException) -> tuple[Response | str, int] | HTTPException:
    if error.code is None or error.code < 400:
        return error  # a redirect
    return page(_STATUSES.get(error.code, "fault" if error.code >= 500 else "refused"), error.code)


def fault(error: Exception) -> tuple[Response | str, int]:
    """A fault of ours. Its place in the program is noted; its message is not: it may hold what a reader typed."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    _say(f"{type(error).__name__} at {request.path.split('/')[1][:20]!r}\n{frames}")
    return page("fault", 500)


def page(kind: str, status: int, error: ArchiveError | None = None) -> tuple[Response | str, int]:
    """The page of an error: the reader's language first, the other below it."""
    if request.path.endswith(".json"):
        said = {"error": error.message, "remedy": error.remedy} if error and status < 500 else {"error": kind}
        instead = {"instead": list(error.instead)} if isinstance(error, QueryError) and error.instead else {}
        return jsonify({**said, **instead, "status": status}), status
    here = str(get_locale() or language.chosen())
    texts = []
    for tag in sorted(LANGUAGES, key=lambda tag: tag != here):
        with force_locale(tag):
            texts.append((tag, render_template("error_text.html", kind=kind, error=error, status=status)))
    return render_template("error.html", title=_title(kind), texts=texts), status


def _title(kind: str) -> str:
    """What the browser's tab says of an error: words, for a number says nothing to a reader."""
    return {
        "withdrawn": _("Withdrawn"),
        "absent": _("Not found"),
        "closed": _("Closed"),
        "no_search": _("No answer"),
        "no_archive": _("No archive yet"),
        "foreign": _("Refused"),
        "refused": _("Cannot be asked"),
    }.get(kind, _("Fault"))


def _say(what: str) -> None:
    current_app.logger.error("%s", what)
