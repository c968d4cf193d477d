"""Citations of a page, an item, a list or a whole result: shown, and to take away in every format.

The list that a reader collects for citing is kept by the reader's browser (static/list.js), or in the address
(`selected`) where there is no script; the server keeps none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import chain, islice

from flask import Blueprint, Response, render_template, request, stream_with_context, url_for

from archive.citation.formats import FORMATS, write
from archive.citation.formatted import STYLES, cite
from archive.citation.source import Source
from archive.errors import NotFound
from archive.exports import as_shelved, sources
from archive.held import HeldPage
from archive.holdings import Holdings
from archive.record import Component
from search_app.address import unit_url
from search_app.asking import request_of
from search_app.opened import opened
from search_app.present import labels
from search_app.present.results import title_tag
from search_app.state import SearchState

blueprint = Blueprint("citations", __name__)

#: Citations that are shown of a longer list; the downloads hold them all.
SHOWN = 20
#: Entries of a list that are also shown as citations.
MOST_SHOWN = 100
#: So many pages a list holds (static/list.js has the same number): it is collected by hand.
MOST_LISTED = 500
#: With so many, the addresses of its links hold the list as well.
MOST_ALONG = 60
#: How a list is ordered: by box, folder, item and page, or as it was collected.
ORDERS = SHELVED, CHOSEN = ("shelved", "chosen")


@blueprint.get("/cite/<id>")
def one(id: str) -> Response | str:
    """The citation of a page or an item."""
    holdings = opened().holdings
    found = holdings.find(id)
    if isinstance(found, Component):
        raise NotFound("a component is not cited by itself", item=id)
    item = holdings.item_of_page(found.id) if isinstance(found, HeldPage) else found
    cited = holdings.source(item, found if isinstance(found, HeldPage) else None)
    if "format" in request.args:
        return _download([cited], found.id)
    return _list(SearchState.read(request.args.items(multi=True)), [cited], 1, url_for("citations.one", id=id))


@blueprint.get("/cite")
def several() -> Response | str:
    """The citations of the pages of a list, else of all that the search finds: whole, from one snapshot."""
    holdings = opened().holdings
    state = SearchState.read(request.args.items(multi=True))
    if state.selected or request.args.get("only") == "selected":
        return _listed(state)
    if "format" in request.args:
        return _download(_found(holdings, state), "rescate")
    page_ids, total = _first(state)
    return _list(state, list(islice(_selected(holdings, page_ids), SHOWN)), total, url_for("citations.several"))


@blueprint.post("/cite")
def listed() -> Response | str:
    """A list that is too long for an address: its citations, or with `part` what the page of the list shows of them."""
    given = request.values
    return _listed(SearchState.read((name, value) for name in given for value in given.getlist(name)))


def _listed(state: SearchState) -> Response | str:
    """The list for citing: its entries, or a file of them."""
    holdings = opened().holdings
    ids = tuple(id for id in state.selected if id != _last("without"))[:MOST_LISTED]
    order = CHOSEN if _last("order") == CHOSEN else SHELVED
    # Without a script the list goes along in the address of every link, as long as that is no burden.
    along = replace(state, selected=ids if request.method == "GET" and len(ids) <= MOST_ALONG else (), page=1)
    pairs = list(holdings.pages(ids))
    if order == SHELVED:
        pairs.sort(key=as_shelved)
    found = list(sources(holdings, pairs, whole_items=_whole_items()))
    if "format" in request.values:
        return _download(found, "rescate")
    cited_as = _style()
    seen: set[str] = set()
    entries: list[dict[str, object]] = []
    for item, page in pairs:
        first = not _whole_items() or item.id not in seen
        seen.add(item.id)
        entries.append(
            {
                "id": page.id,
                "href": unit_url(page.id, along),
                "title": labels.title(item),
                "tag": title_tag(item),
                "page": labels.page(page),
                "cited": cite(
                    cited_as,
                    holdings.source(item, None if _whole_items() else page),
                    date.today(),
                    labels.interface(),
                    html=True,
                )
                if first and len(entries) < MOST_SHOWN
                else None,
            }
        )
    return render_template(
        "list_entries.html" if request.method == "POST" and "part" in request.form else "list.html",
        state=along,
        entries=entries,
        missing=len(ids) - len(entries),
        most=MOST_LISTED,
        too_many=len(state.selected) > MOST_LISTED,
        order=order,
        orders=ORDERS,
        style=cited_as,
        styles=STYLES,
        formats=FORMATS,
        whole_items=_whole_items(),
        path=url_for("citations.several"),
    )


def _selected(holdings: Holdings, page_ids: Iterable[str]) -> Iterator[Source]:
    return sources(holdings, holdings.pages(page_ids), whole_items=_whole_items())


def _found(holdings: Holdings, state: SearchState) -> Iterator[Source]:
    asked = request_of(state.on_page(1), size=0, date_bin="year", facets=())
    return _selected(holdings, (hit.id for hit in opened().engine.every(asked)))


def _first(state: SearchState) -> tuple[tuple[str, ...], int]:
    """The first pages that a search finds, and how many it finds."""
    found = opened().engine.search(request_of(state.on_page(1), size=SHOWN, date_bin="year", facets=()))
    return tuple(hit.id for hit in found.hits), found.total


def _whole_items() -> bool:
    return _last("cite") == "items"


def _style() -> str:
    style = _last("style")
    return style if style in STYLES else STYLES[0]


def _last(name: str) -> str:
    """What was said last of it: the button that was pressed stands behind what the form had."""
    return (request.values.getlist(name) or [""])[-1]


def _download(cited: Iterable[Source], name: str) -> Response:
    """A file of citations, written while it is sent: however many, memory stays flat."""
    format = _last("format")
    pieces = write(format, cited, date.today(), labels.interface())
    # What cannot be had (an unknown format, a search that does not answer) is refused before an answer has begun.
    pieces = chain([next(pieces, "")], pieces)
    kind = FORMATS[format]
    return Response(
        stream_with_context(piece.encode("utf-8") for piece in pieces),
        content_type=kind.media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}{kind.suffix}"'},
    )


def _list(state: SearchState, cited: list[Source], total: int, path: str) -> str:
    style = _style()
    arguments = [(name, value) for name, value in request.args.items(multi=True) if name not in ("format", "style")]
    return render_template(
        "cite.html",
        state=state,
        total=total,
        style=style,
        styles=STYLES,
        formats=FORMATS,
        cited=[cite(style, source, date.today(), labels.interface(), html=True) for source in cited],
        path=path,
        arguments=arguments,
        whole_items=_whole_items(),
        shown=SHOWN,
        single=path != url_for("citations.several"),
    )
