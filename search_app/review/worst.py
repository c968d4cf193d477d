"""The list of pages to correct, those read worst first."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response

from archive.errors import Gone, NotFound
from archive.held import HeldPage
from archive.review import KINDS
from search_app.opened import opened
from search_app.present import labels
from search_app.review import present
from search_app.review.asking import Work, read_key, write_key
from search_app.review.desk import review

blueprint = Blueprint("worst", __name__)

#: Pages of the list on one page of ours.
PORTION = 25
LANGUAGES = ("spa", "eng", "mul", "und")


@blueprint.get("/")
def pages() -> str | Response:
    """The pages of a list from a place in it on."""
    work = Work.read(request.args, opened().config.archive.naan)
    if work.asked.item and (found := _page_meant(work.asked.item)):
        return redirect(url_for("page.page", id=found))
    lists, after, before = review(), read_key(request.args.get("after", "")), read_key(request.args.get("before", ""))
    # One more than is shown says whether the list goes on.
    rows = lists.pages(work.asked, PORTION + 1, after=after, before=None if after else before)
    backwards = before is not None and after is None
    more = len(rows) > PORTION
    rows = rows[-PORTION:] if backwards else rows[:PORTION]
    here = url_for("worst.pages")
    return render_template(
        "worst.html",
        work=work,
        asked=work.asked,
        rows=rows,
        total=lists.number(work.asked),
        waiting=lists.waiting(),
        kinds=KINDS,
        kind_name=present.kind,
        languages=dict.fromkeys((*LANGUAGES, *filter(None, [work.asked.language]))),
        language_name=labels.language,
        page_label=labels.page,
        percent=present.percent,
        of_item=lambda id: Work().at(here, item=id),
        # An address holds the page's own place: after it was corrected, the list goes on from where it stood.
        page_url=lambda row: work.at(url_for("page.page", id=row.page.id), at=write_key(row.key)),
        here=here,
        first=work.at(here) if after or before else "",
        previous=work.at(here, before=write_key(rows[0].key)) if rows and (more if backwards else after) else "",
        following=work.at(here, after=write_key(rows[-1].key)) if rows and (more or backwards) else "",
    )


def _page_meant(id: str) -> str:
    """The id of a page where a page was asked for and not an item."""
    try:
        found = opened().holdings.find(id)
    except (NotFound, Gone):
        return ""
    return found.id if isinstance(found, HeldPage) else ""
