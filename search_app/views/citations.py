"""Citations of a page, an item, a selection or a whole result: shown, and to take away in every format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, islice

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
    if "format" in request.args:
        return _download(_selected(holdings, state.selected) if chosen else _found(holdings, state), "rescate")
    page_ids, total = (state.selected, len(state.selected)) if chosen else _first(state)
    return _list(state, list(islice(_selected(holdings, page_ids), SHOWN)), total, url_for("citations.several"),
                 chosen=chosen)


def _selected(holdings: Holdings, page_ids: Iterable[str]) -> Iterator[Source]:
    return sources(holdings, pages_of(holdings, page_ids), whole_items=_whole_items())


def _found(holdings: Holdings, state: SearchState) -> Iterator[Source]:
    asked = request_of(state.on_page(1), size=0, date_bin="year", facets=())
    return _selected(holdings, (hit.id for hit in opened().engine.every(asked)))


def _first(state: SearchState) -> tuple[tuple[str, ...], int]:
    """The first pages that a search finds, and how many it finds."""
    found = opened().engine.search(request_of(state.on_page(1), size=SHOWN, date_bin="year", facets=()))
    return tuple(hit.id for hit in found.hits), found.total


def _whole_items() -> bool:
    return request.args.get("cite") == "items"


def _download(cited: Iterable[Source], name: str) -> Response:
    """A file of citations, written while it is sent: however many, memory stays flat."""
    format = request.args["format"]
    pieces = write(format, cited, date.today(), labels.interface())
    # What cannot be had (an unknown format, a search that does not answer) is refused before an answer has begun.
    pieces = chain([next(pieces, "")], pieces)
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
        path=path, arguments=arguments, chosen=chosen, whole_items=_whole_items(), shown=SHOWN,
        single=path != url_for("citations.several"))
