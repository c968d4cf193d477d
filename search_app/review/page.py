"""One page: its image beside its lines as fields, and what becomes of what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug import Response

from archive.corrections import LONGEST
from archive.errors import Conflict, CorrectionError, NotFound
from archive.held import DescribedItem, HeldPage
from archive.layout import Layout
from archive.record import Component
from archive.review import Key, ToCorrect, Typed
from search_app.address import has_static
from search_app.opened import opened
from search_app.present import labels, results
from search_app.review import guard, present
from search_app.review.asking import Work, read_key, write_key
from search_app.review.desk import OUTCOMES, desk, review
from search_app.review.merging import Merged, changed, merge
from search_app.views.items import OPENSEADRAGON

blueprint = Blueprint("page", __name__)

#: So many of the changes just made are said one by one.
SAID = 20


@dataclass(frozen=True)
class Trouble:
    """Why nothing was kept: `kind` is conflict, stale (the form is from before the server started), long (a line is no
    line any more) or refused, with what was said."""

    kind: str
    said: str = ""


@blueprint.get("/page/<id>")
def page(id: str) -> str | Response:
    found = opened().holdings.find(id)
    if not isinstance(found, HeldPage) or found.id != id:
        return redirect(_address(_first_of(found), request.args.to_dict()))
    return _shown(found)


@blueprint.post("/page/<id>")
def save(id: str) -> str | Response | tuple[str, int]:
    """Keeps what was typed, and goes on to the next page or stays; where it cannot be kept, the page stands again with
    what was typed."""
    found = opened().holdings.find(id)
    if not isinstance(found, HeldPage) or found.id != id:
        raise NotFound("no page of that id", item=id)
    reading = request.form.get("reading", "")
    old = (
        review().reading(id, int(reading)) if reading.isascii() and reading.isdecimal() and len(reading) < 10 else None
    )
    if old is None:
        abort(400)
    typed = changed(old, _fields())
    compared = request.form.get("compared") == "1"
    if not guard.has_token():
        return _again(found, old, typed, Trouble("stale"), 403)
    if any(len(line) > LONGEST for text in typed.values() for line in text.split("\n")):
        return _again(found, old, typed, Trouble("long"), 422)
    key = _key(id)
    following = _following(_work(), key)
    made, heard = 0, ""
    if typed or compared:
        corrections = desk().corrections
        try:
            made = corrections.correct(id, int(reading), typed, corrections.author, compared=compared)
        except Conflict:
            return _again(found, old, typed, Trouble("conflict"), 409)
        except CorrectionError as wrong:
            return _again(found, old, typed, Trouble("refused", str(wrong)), 422)
        heard = desk().feed()
    done = {"done": id, "made": str(made), "heard": heard}
    if request.form.get("then") == "next" and following is not None:
        return redirect(_place(following, **done), 303)
    return redirect(_work().at(url_for("page.page", id=id), at=write_key(key) if key else "", **done), 303)


def _fields() -> dict[int, str]:
    """Line → what its field holds."""
    said = {name.removeprefix("line"): value for name, value in request.form.items() if name.startswith("line")}
    return {
        int(number): value.replace("\r\n", "\n")
        for number, value in said.items()
        if number.removeprefix("-").isdecimal() and len(number) < 7
    }


def _again(page: HeldPage, old: Layout, typed: dict[int, str], trouble: Trouble, status: int) -> tuple[str, int]:
    """The page as it is now, with what was typed over the reading that stood there before."""
    now = opened().holdings.find(page.id)
    if not isinstance(now, HeldPage):  # taken out of its document meanwhile
        raise NotFound("no page of that id", item=page.id)
    new = opened().holdings.layout(now)
    merged = (
        Merged(fields=typed) if now.reading == int(request.form["reading"]) or new is None else merge(old, new, typed)
    )
    return _shown(now, merged, trouble, request.form.get("compared") == "1" and trouble.kind != "conflict"), status


def _shown(page: HeldPage, merged: Merged | None = None, trouble: Trouble | None = None, compared: bool = False) -> str:
    holdings, lists, work = opened().holdings, review(), _work()
    item, layout, merged = holdings.item_of_page(page.id), holdings.layout(page), merged or Merged()
    reading = holdings.reading(page)
    key = _key(page.id)
    following = _following(work, key)
    around = holdings.around(item, page, 1, 1)
    lines = present.line_fields(layout, merged) if layout is not None else ()
    return render_template(
        "page.html",
        page=page,
        item=item,
        title=labels.title(item),
        title_tag=results.title_tag(item),
        page_label=labels.page(page),
        reading=reading,
        layout=layout,
        lines=lines,
        merged=merged,
        trouble=trouble,
        compared=compared,
        after_last=len(lines),
        tag=labels.language_tag(reading.language) if reading is not None else "und",
        language_name=labels.language,
        sure=present.sureness(layout),
        work=work,
        here=work.at(url_for("page.page", id=page.id), at=write_key(key) if key else ""),
        back=work.at(url_for("worst.pages")),
        following=_place(following) if following else "",
        previous=around.before[0] if around.before else None,
        next_in_item=around.after[0] if around.after else None,
        page_name=labels.page,
        waiting=lists.waiting(page.id),
        saved=_saved(),
        openseadragon=OPENSEADRAGON if has_static(OPENSEADRAGON) else None,
    )


@dataclass(frozen=True)
class Saved:
    """What has just been kept, as the next page says it: `number` corrections of a page, of which `changes` are said
    one by one."""

    number: int
    id: str
    name: str
    changes: tuple[Typed, ...]
    confirmed: int
    heard: str


def _saved() -> Saved | None:
    made, id = request.args.get("made", ""), request.args.get("done", "")
    if not (made.isascii() and made.isdecimal() and len(made) < 6 and id) or request.method != "GET":
        return None
    rows = review().corrections(int(made), page_id=id) if int(made) else []
    changes = [one for one in reversed(rows) if not one.confirms]
    name = f"{rows[0].title}, {labels.page(rows[0].page)}" if rows else ""
    return Saved(
        int(made),
        id,
        name,
        tuple(changes[:SAID]),
        len(rows) - len(changes),
        next((one for one in OUTCOMES if one == request.args.get("heard", "")), ""),
    )


def _work() -> Work:
    return Work.read(request.args, opened().config.archive.naan)


def _key(id: str) -> Key | None:
    """The place from which the list goes on: the one that the page had when it was opened from there, else its own."""
    return read_key(request.args.get("at", "")) or review().key(id)


def _following(work: Work, key: Key | None) -> ToCorrect | None:
    return review().following(work.asked, key)


def _place(one: ToCorrect, **more: str) -> str:
    """Where a page of the list is corrected."""
    return _work().at(url_for("page.page", id=one.page.id), at=write_key(one.key), **more)


def _first_of(found: DescribedItem | HeldPage | Component) -> str:
    if isinstance(found, HeldPage):
        return found.id
    pages = opened().holdings.pages_of(found, 1, 1) if isinstance(found, DescribedItem) else ()
    if not pages:
        raise NotFound("nothing here", item=found.id)
    return pages[0].id


def _address(id: str, arguments: dict[str, str]) -> str:
    path = url_for("page.page", id=id)
    return f"{path}?{urlencode(arguments)}" if arguments else path
