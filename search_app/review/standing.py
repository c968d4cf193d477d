"""The corrections that stand, the newest first, those that wait for a place, and taking one back."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug import Response

from archive.errors import NotFound
from search_app.present import labels
from search_app.review import guard, present
from search_app.review.desk import OUTCOMES, desk, review

blueprint = Blueprint("standing", __name__)

#: Corrections on one page.
PORTION = 100


@blueprint.get("/corrections")
def corrections() -> str:
    """A portion of them; those of one page that were made together stand together."""
    waiting = request.args.get("waiting") == "1"
    page_id, below = request.args.get("page", "")[:32], request.args.get("below", "")
    lists = review()
    rows = lists.corrections(
        PORTION + 1,
        waiting=waiting,
        page_id=page_id,
        below=int(below) if below.isascii() and below.isdecimal() and len(below) < 10 else 0,
    )
    shown = rows[:PORTION]
    made = [list(group) for _, group in groupby(shown, key=lambda one: (one.page.id, one.author, one.created))]
    return render_template(
        "corrections.html",
        saves=made,
        waiting=waiting,
        number_waiting=lists.waiting(),
        page_id=page_id,
        day=labels.day_of,
        page_label=labels.page,
        at_its_box=present.excerpt,
        withdrawn=request.args.get("withdrawn", "")[:10],
        heard_how=next((one for one in OUTCOMES if one == request.args.get("heard", "")), ""),
        following=url_for(
            "standing.corrections", waiting="1" if waiting else None, page=page_id or None, below=shown[-1].id
        )
        if len(rows) > PORTION
        else "",
    )


@blueprint.post("/corrections/<int:id>/withdraw")
def withdraw(id: int) -> Response:
    """Takes one back: its page is shown without it."""
    if not guard.has_token():
        abort(403)
    if id >= 2**31:
        raise NotFound("no such correction stands", item=str(id))
    desk().corrections.withdraw(id, desk().corrections.author)
    waiting, page = request.form.get("waiting") or None, request.form.get("page") or None
    heard = desk().feed() or None
    return redirect(url_for("standing.corrections", withdrawn=id, heard=heard, waiting=waiting, page=page), 303)
