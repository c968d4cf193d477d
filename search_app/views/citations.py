"""Citations of a page, an item, a selection or a whole result: shown, and to take away in every format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from flask import Blueprint, Response, render_template, request, stream_with_context, url_for

from archive.citation.formats import FORMATS, write
from archive.citation.formatted import STYLES, cite
from archive.citation.source import Source
from archive.errors import NotFound
from archive.exports import pages_of, sources
from archive.holdings import HeldPage, Holdings
from archive.record import Component
from search_app.asking import request_of
from search_app.opened import opened
from search_app.present import labels
from search_app.state import SearchState

blueprint = Blueprint("citations", __name__)

#: Citations that are shown of a longer list; the downloads hold them all.
SHOWN = 20


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
    """The citations of the pages selected, else of all that the search finds: whole, from one snapshot."""
    holdings = opened().holdings
    state = SearchState.read(request.args.items(multi=True))
    chosen = bool(state.selected) or request.args.get("only") == "selected"
    cited = _selected(holdings, state) if chosen else _found(holdings, state)
    if "format" in request.args:
        return _download(cited, "rescate")
    # The form's own parameter stays, so that a selection of nothing is not taken for everything.
    return _list(state, list(islice(cited, SHOWN)), len(state.selected) if chosen else _total(state),
                 url_for("citations.several"), chosen=chosen)


def _selected(holdings: Holdings, state: SearchState) -> Iterator[Source]:
    return sources(holdings, pages_of(holdings, state.selected), whole_items=_whole_items())


def _found(holdings: Holdings, state: SearchState) -> Iterator[Source]:
    asked = request_of(state.on_page(1), size=0, date_bin="year", facets=())
    ids = (hit.id for hit in opened().engine.every(asked))
    return sources(holdings, pages_of(holdings, ids), whole_items=_whole_items())


def _total(state: SearchState) -> int:
    return opened().engine.search(request_of(state.on_page(1), size=0, date_bin="year", facets=())).total


def _whole_items() -> bool:
    return request.args.get("cite") == "items"


def _download(cited: Iterable[Source], name: str) -> Response:
    """A file of citations, written while it is sent: however many, memory stays flat."""
    format = request.args["format"]
    # An unknown format is refused here, before an answer has begun.
    pieces = write(format, cited, date.today(), labels.interface())
    kind = FORMATS[format]
    return Response(stream_with_context(piece.encode("utf-8") for piece in pieces), content_type=kind.media_type,
                    headers={"Content-Disposition": f'attachment; filename="{name}{kind.suffix}"'})


def _list(state: SearchState, cited: list[Source], total: int, path: str, chosen: bool = True) -> str:
    style = request.args.get("style")
    style = style if style in STYLES else STYLES[0]
    arguments = [(name, value) for name, value in request.args.items(multi=True) if name not in ("format", "style")]
    return render_template(
        "cite.html", state=state, total=total, style=style, styles=STYLES, formats=FORMATS,
        cited=[cite(style, source, date.today(), labels.interface(), html=True) for source in cited],
        path=path, arguments=arguments, chosen=chosen, whole_items=_whole_items(), single=path != url_for("citations.several"))
