"""The pages behind permalinks: an item or one page of it, and a component of the tree."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date

from flask import Blueprint, Response, redirect, render_template, request, url_for

from archive import ids
from archive.citation.formats import FORMATS
from archive.citation.formatted import STYLES, cite
from archive.dates import gaps
from archive.errors import AccessError, NotFound, QueryError
from archive.held import DescribedItem, HeldItem, HeldPage
from archive.holdings import Holdings
from archive.margins import margin_words, printed_numbers
from archive.projection import texts
from archive.record import Component
from archive.search.answer import highlighted
from archive.search.match import match
from archive.search.query import EVERYTHING, Query
from search_app.address import has_static, unit_url
from search_app.asking import query_of
from search_app.opened import opened
from search_app.present import component as presenting
from search_app.present import item as present
from search_app.present import labels, results
from search_app.present.words import marked, page_words
from search_app.state import SearchState

blueprint = Blueprint("items", __name__)

#: Items of a component on one page.
PORTION = 50

#: Where the National Archives describe a format, by its identifier.
PRONOM = "https://www.nationalarchives.gov.uk/PRONOM/"

OPENSEADRAGON = "vendor/openseadragon/openseadragon.min.js"


@blueprint.get("/ark:<naan>/<path:name>")
@blueprint.get("/ark:/<naan>/<path:name>")
def unit(naan: str, name: str) -> str | tuple[str, int] | Response:
    """What an ARK names. Another spelling, or an id that leads elsewhere now, is redirected for good."""
    holdings = opened().holdings
    found = holdings.find(f"ark:{naan}/{name}")
    state = SearchState.read(request.args.items(multi=True))
    if request.path != "/" + ids.ark(naan, found.id):
        return redirect(unit_url(found.id, state), 308)
    if isinstance(found, Component):
        return _component(holdings, found, state)
    item = holdings.item(found.item_id if isinstance(found, HeldPage) else found.id)
    if (asked := _asked_for(item)) is not None:
        return redirect(unit_url(asked.id, state), 303)
    page = found if isinstance(found, HeldPage) else next(iter(item.pages), None)
    return _item(holdings, item, page, state, whole=not isinstance(found, HeldPage))


def _item(holdings: Holdings, item: HeldItem, page: HeldPage | None, state: SearchState, whole: bool) -> str:
    query = _query(state)
    layout = holdings.layout(page) if page is not None and page.access.text else None
    words = None
    if layout is not None:
        spoken, mentions = texts(holdings, item, page), holdings.mentions(page)
        margin = margin_words(mentions)
        words = page_words(layout, marked(layout, highlighted(query, spoken, item.date), margin), margin)
    cited = holdings.source(item, None if whole else page)
    reading = holdings.reading(page) if layout is not None else None
    return render_template(
        "item.html",
        state=state,
        item=item,
        page=page,
        whole=whole,
        words=words,
        title=labels.title(item),
        title_tag=results.title_tag(item),
        unreviewed=results.unreviewed(item, "title"),
        genre=labels.genre(item.genre),
        date=labels.item_date(item),
        page_label=labels.page(page) if page else "",
        rows=present.description(item),
        content_notes=item.description.every("content_note"),
        turning=present.turning(item.pages, page, _hits(holdings, item, query)) if page else None,
        printed=printed_numbers(mentions) if layout is not None else (),
        margin_label=labels.margin,
        reading=reading,
        corrected=present.corrected(holdings.corrected(page), layout, bool(reading.transcript_id))
        if reading is not None
        else "",
        permalink=holdings.permalink(page.id if page and not whole else item.id),
        item_permalink=holdings.permalink(item.id),
        cited_id=item.id if whole or page is None else page.id,
        citations=[(style, cite(style, cited, date.today(), labels.interface(), html=True)) for style in STYLES],
        formats=FORMATS,
        language_name=labels.language,
        day=labels.day,
        size=labels.size,
        pronom=PRONOM,
        pictures=_pictures(holdings, page),
        openseadragon=OPENSEADRAGON if has_static(OPENSEADRAGON) else None,
    )


def _pictures(holdings: Holdings, page: HeldPage | None) -> list[dict]:
    """The copies of a page image, the narrowest first: address, width, height."""
    sizes = holdings.image_sizes(page) if page is not None else ()
    return [
        {
            "url": url_for("images.image", id=page.id)
            if (width, height) == sizes[-1]
            else url_for("images.narrow", id=page.id, width=width),
            "width": width,
            "height": height,
        }
        for width, height in sizes
    ]


def _query(state: SearchState) -> Query:
    """What is looked for; a query that cannot be asked marks nothing, and is no reason not to show a page."""
    try:
        return query_of(SearchState(q=state.q))
    except QueryError:
        return EVERYTHING


def _asked_for(item: HeldItem) -> HeldPage | None:
    """The page whose number the reader typed, the last one where it is beyond; None where none was typed."""
    typed = request.args.get("image", "")
    if not typed.isdecimal() or len(typed) > 6 or not item.pages:
        return None
    return item.pages[min(max(int(typed), 1), len(item.pages)) - 1]


def _hits(holdings: Holdings, item: HeldItem, query: Query) -> Callable[[HeldPage], bool]:
    """Whether a page of an item matches, by the rule by which it was found. Each page is read once at most."""
    known = item.date
    bounds = (known.earliest, known.latest, gaps(known)) if known else (None, None)

    @functools.cache
    def is_hit(page: HeldPage) -> bool:
        return query != EVERYTHING and match(query, texts(holdings, item, page), *bounds) is not None

    return is_hit


def _component(holdings: Holdings, component: Component, state: SearchState) -> str | tuple[str, int]:
    total = holdings.number_of_items(component.id)
    access = holdings.component_access(component.id)
    pager = results.pager(total, PORTION, state.page)
    beyond = state.page > pager.last
    start = (pager.last if beyond else state.page) * PORTION - PORTION
    items = holdings.items_of(component.id, start + 1, PORTION)
    covers = holdings.first_pages(items)
    shown = render_template(
        "component.html",
        state=state,
        component=component,
        level=labels.level(component.level),
        date=labels.component_date(component),
        date_of=labels.component_date,
        scope=presenting.paragraphs(component.description),
        rows=presenting.description(component, holdings.component_containers(component.id), access),
        access=access,
        path=_path(holdings, component),
        children=holdings.children(component.id),
        pager=pager,
        total=total,
        entries=[_entry(item, covers.get(item.id)) for item in items],
        permalink=holdings.permalink(component.id),
        beyond=beyond,
    )
    return (shown, 404) if beyond else shown


def _path(holdings: Holdings, component: Component) -> tuple[Component, ...]:
    """The components above one, the top first, as far as they may be named."""
    above: list[Component] = []
    parent = component.parent_id
    while parent:
        try:
            above.append(holdings.component(parent))
        except NotFound:
            break
        parent = above[-1].parent_id
    return tuple(reversed(above))


def _entry(item: DescribedItem, first: HeldPage | None) -> dict:
    """An item in a list, with its first page: what stands on its line."""
    open_picture = first is not None and first.has_image and not item.description.first("content_note")
    return {
        "id": item.id,
        "title": labels.title(item),
        "tag": results.title_tag(item),
        "unreviewed": results.unreviewed(item, "title"),
        "genre": labels.genre(item.genre),
        "date": labels.item_date(item),
        "kept": first is not None and first.kept is not None,
        "count": item.page_count,
        "cover": first if open_picture else None,
        "closed": None if item.access.text or item.access.image else item.access,
    }


@blueprint.get("/text/<id>.txt")
def text(id: str) -> Response:
    """The recognised text of a page, or of all pages of an item that may be had, an empty line between them.

    A file that is kept and not read has none.
    """
    holdings = opened().holdings
    found = holdings.find(id)
    if isinstance(found, Component):
        raise NotFound("a component has no text of its own", item=id)
    pages = (found,) if isinstance(found, HeldPage) else holdings.item(found.id).pages
    allowed = [page for page in pages if page.access.text and page.access.download]
    if not allowed:
        raise AccessError("closed", item=id, remedy="")
    read = [page for page in allowed if page.kept is None]
    if not read:
        raise NotFound(
            "the file is kept and not read: there is no text of it", item=id, remedy="Its page says how to ask for it."
        )

    def pieces():
        for page in read:
            said = present.plain_text(holdings.layout(page))
            yield said if page is read[-1] else f"{said}\n"

    return Response(
        pieces(), mimetype="text/plain", headers={"Content-Disposition": f'attachment; filename="{found.id}.txt"'}
    )
