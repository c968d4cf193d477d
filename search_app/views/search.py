"""The search page, the first page of the site, and the same answer as JSON."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from archive.errors import QueryError
from archive.record import Component
from archive.search.answer import Answer, answer, as_json
from archive.search.fields import Values
from archive.search.nearest import nearest
from archive.search.query import read
from archive.search.refused import FARTHEST
from archive.search.request import SearchRequest
from search_app.address import search_url, unit_url
from search_app.asking import bins_only, parts_alone, request_of
from search_app.opened import Opened, opened
from search_app.present import asked as heard
from search_app.present import facets, labels, refusals, results, timeline
from search_app.present.timeline import Timeline
from search_app.state import FACETS, SearchState

blueprint = Blueprint("search", __name__)

#: Series that the first page of the site lists; the page of the collection has the others.
MOST_SERIES = 50


@blueprint.app_context_processor
def _addresses() -> dict:
    return {"search_url": search_url, "unit_url": unit_url}


def state_of_request() -> SearchState:
    return SearchState.read(request.args.items(multi=True))


@blueprint.get("/")
def home() -> str | tuple[str, int]:
    """The whole archive, with a word of welcome; a search asked here is answered here, too."""
    state = state_of_request()
    return _page(state, home=replace(state, lang="", selected=()) == SearchState())


@blueprint.get("/search", endpoint="results")
def search() -> str | tuple[str, int]:
    return _page(state_of_request())


@blueprint.get("/search.json")
def search_json() -> Response:
    """A search as JSON: the object that `rescate search --json` prints."""
    asked = opened()
    state = state_of_request()
    wanted = request_of(state, size=_size(asked), date_bin=timeline.grain(state))
    return jsonify(as_json(answer(asked.holdings, asked.engine, wanted)))


def _size(asked: Opened) -> int:
    return max(1, asked.config.search.page_size)


def _page(state: SearchState, home: bool = False) -> str | tuple[str, int]:
    asked = opened()
    shown = {
        "state": state,
        "home": home,
        "chips": (),
        "message": None,
        "answer": None,
        "beyond": False,
        "offers": (),
        "asked": None,
    }
    try:
        wanted = request_of(state, size=_size(asked), date_bin=timeline.grain(state))
        found = answer(asked.holdings, asked.engine, wanted)
    except QueryError as refused:
        # What was typed stays, to be mended.
        return render_template(
            "search.html", **shown | {"message": refusals.said(refused), "offers": heard.offers(refused, state)}
        ), refused.status
    names = _names(asked, found, state)
    bars = _timeline(asked, wanted, found.facets.get("date", ()), state)
    pager = results.pager(min(found.total, FARTHEST), _size(asked), state.page)
    beyond = found.total > 0 and state.page > pager.last
    shown_page = render_template(
        "search.html",
        **shown
        | {
            "answer": found,
            "asked": heard.asked(read(state.q), state),
            "groups": results.groups(found.hits),
            "elsewhere": state.deselected().select(*_not_here(state, found)),
            "chips": facets.chips(state, names),
            "panels": facets.panels({**found.facets, "date": _siblings(asked, wanted, found, state)}, state, names),
            "timeline": bars if found.total or state.chosen("date") else None,
            "sorts": results.sorts(state),
            "alone": () if found.total else _alone(asked, state),
            "near": () if found.total or not state.q else _near(asked, wanted, state),
            "pager": pager,
            "printed": {
                "day": labels.day(date.today().isoformat()),
                "address": asked.config.archive.base_url.rstrip("/") + search_url(state),
            },
            "beyond": beyond,
            "series": _series(asked) if home else (),
            "most_series": MOST_SERIES,
            "json_url": state.url(url_for("search.search_json")),
            "cite_all_url": _whole(state).url(url_for("citations.several")),
        },
    )
    return (shown_page, 404) if beyond else shown_page


def _not_here(state: SearchState, found: Answer) -> tuple[str, ...]:
    """The pages kept for citing that have no box to tick on this page of results."""
    here = {hit.page.id for hit in found.hits}
    return tuple(id for id in state.selected if id not in here)


def _alone(asked: Opened, state: SearchState) -> tuple[tuple[str, int, SearchState], ...]:
    """What was asked for in vain together, each with the number of pages that have it alone, and the search for
    that."""
    return tuple(
        (words, asked.engine.search(wanted).total, replace(_whole(state), q=words, since="", until=""))
        for words, wanted in parts_alone(state).items()
    )


def _near(asked: Opened, wanted: SearchRequest, state: SearchState) -> tuple[tuple[str, int, SearchState], ...]:
    """Where nothing was found: what may have been meant, with how many pages have it, and the search for that."""
    # A span of time that is typed beside the words is part of the query that is offered.
    return tuple(
        (str(one.query), one.total, _whole(state).asking(str(one.query)).between("", ""))
        for one in nearest(asked.engine, wanted)
    )


def _whole(state: SearchState) -> SearchState:
    return replace(state, page=1, selected=())


def _timeline(asked: Opened, wanted: SearchRequest, years, state: SearchState) -> Timeline:
    if wanted.date_bin == "year" and timeline.is_too_wide(years):
        decades = asked.engine.search(bins_only(wanted, "decade")).facets["date"]
        return timeline.timeline(decades, state, "decade")
    return timeline.timeline(years, state, wanted.date_bin)


def _siblings(asked: Opened, wanted: SearchRequest, found: Answer, state: SearchState):
    """The bins as fine as those chosen, for the facet: the timeline above it is one step finer."""
    grain = facets.sibling_grain(state)
    if grain == wanted.date_bin:
        return found.facets.get("date", ())
    return asked.engine.search(bins_only(wanted, grain)).facets["date"]


def _names(asked: Opened, found: Answer, state: SearchState) -> dict[str, str]:
    """The titles of the components that are counted or chosen."""
    ids: set[str] = set()
    for facet in FACETS.values():
        if facet.values is Values.COMPONENT:
            ids |= {*(bucket.value for bucket in found.facets.get(facet.name, ())), *state.chosen(facet.name)}
    return {id: one.title for id, one in asked.holdings.components(ids).items()}


def _series(asked: Opened) -> tuple[Component, ...]:
    """What stands right below the collection, one more than are listed at most; or the top of the tree where there is
    none."""
    return asked.holdings.below_top(MOST_SERIES + 1) or asked.holdings.children(None)
