"""The pages behind permalinks: an item or one page of it, and a component of the tree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response

from archive import ids
from archive.citation.formats import FORMATS
from archive.citation.formatted import STYLES, cite
from archive.errors import AccessError, EngineError, NotFound, QueryError
from archive.held import Around, DescribedItem, HeldComponent, HeldPage
from archive.holdings import Holdings
from archive.layout import Layout
from archive.margins import margin_words, printed_numbers
from archive.projection import texts_read
from archive.record import Component
from archive.search import typed
from archive.search.found import highlighted
from archive.search.request import SearchRequest
from archive.search.within import Within, within
from search_app.address import has_static, unit_url, with_arguments
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
    found = holdings.look_up(f"ark:{naan}/{name}")
    state = SearchState.read(request.args.items(multi=True))
    item, page = (found, None) if isinstance(found, HeldComponent) else found
    named = page or item
    if request.path != "/" + ids.ark(naan, named.id):
        return redirect(unit_url(named.id, state), 308)
    if isinstance(item, HeldComponent):
        return _component(holdings, item, state)
    if asked := _asked_for(holdings, item):
        return redirect(unit_url(asked.id, state), 303)
    shown = page or next(iter(holdings.pages_of(item, 1, 1)), None)
    return _item(holdings, item, shown, state, whole=page is None)


def _item(holdings: Holdings, item: DescribedItem, page: HeldPage | None, state: SearchState, whole: bool) -> str:
    asked = _looked_for(holdings, state)
    turning = read = words = reading = None
    corrected = ""
    if page is not None:
        around = holdings.around(item, page, present.NEAR, present.NEAR)
        turning = present.turning(page, around, _hits(holdings, item, page, around, asked))
        read = holdings.recognised([page]).get(page.id)
        if read is not None:
            spoken = texts_read(holdings, [(item, page)], {page.id: read}, around.after)[page.id]
            margin = margin_words(read.mentions)
            found = highlighted(asked.query, spoken, item.date)
            words = page_words(read.layout, marked(read.layout, found, margin), margin)
            reading = holdings.reading(page)
            if reading is not None:
                corrected = present.corrected(holdings.corrected(page), read.layout, bool(reading.transcript_id))
    cited = holdings.source(item, None if whole else page)
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
        turning=turning,
        printed=printed_numbers(read.mentions) if read is not None else (),
        margin_label=labels.margin,
        reading=reading,
        corrected=corrected,
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
    if page is None:
        return []
    sizes = holdings.image_sizes(page)
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


def _looked_for(holdings: Holdings, state: SearchState) -> SearchRequest:
    """What is asked within an item; what cannot be asked marks nothing, and is no reason not to show a page."""
    try:
        return typed.request(state.q, holdings.audience)
    except QueryError:
        return typed.request("", holdings.audience)


def _asked_for(holdings: Holdings, item: DescribedItem) -> HeldPage | None:
    """The page whose number the reader typed, the last one where it is beyond; None where none was typed."""
    typed = request.args.get("image", "")
    if not typed.isdecimal() or len(typed) > 6:
        return None
    return next(iter(holdings.pages_of(item, min(max(int(typed), 1), max(item.page_count, 1)), 1)), None)


def _hits(holdings: Holdings, item: DescribedItem, page: HeldPage, around: Around, asked: SearchRequest) -> Within:
    """Where else in an item something is found; nowhere while the index cannot be asked: the page is shown anyhow."""
    before, after = ([one.id for one in some] for some in (around.before, around.after))
    try:
        found = within(opened().engine, asked, item.id, page.sequence, item.page_count, before, after)
    except (EngineError, QueryError):
        return Within()
    near = {page.id, around.first.id, around.last.id, *before, *after}
    far = {id for id in (found.previous, found.next) if id and id not in near}
    led_to = near | (holdings.named(item, far) if far else set())
    previous, following = (id if id in led_to else None for id in (found.previous, found.next))
    return Within(tuple(id for id in found.near if id in near), previous, following)


def _component(holdings: Holdings, held: HeldComponent, state: SearchState) -> str | tuple[str, int]:
    component = held.component
    number_of_parts, total = holdings.numbers_of(held)
    pager, parts_pager = (
        results.pager(total, PORTION, state.page),
        results.pager(number_of_parts, PORTION, _parts_page()),
    )
    beyond = pager.here > pager.last
    here, parts_here = min(pager.here, pager.last), min(parts_pager.here, parts_pager.last)
    items = holdings.items_of(held, _first(here), PORTION) if total else ()
    covers = holdings.first_pages(items) if items else {}
    shown = render_template(
        "component.html",
        state=state,
        component=component,
        level=labels.level(component.level),
        date=labels.component_date(component),
        date_of=labels.component_date,
        scope=presenting.paragraphs(component.description),
        rows=presenting.description(component, held.containers, held.access),
        access=held.access,
        path=held.above,
        parts=holdings.parts_of(held, _first(parts_here), PORTION) if number_of_parts else (),
        parts_pager=parts_pager,
        parts_address=lambda page: _list_address(component, state.on_page(here), page),
        items_address=lambda page: _list_address(component, state.on_page(page), parts_here),
        number_of_parts=number_of_parts,
        pager=pager,
        total=total,
        entries=[_entry(item, covers.get(item.id)) for item in items],
        permalink=holdings.permalink(component.id),
        beyond=beyond,
    )
    return (shown, 404) if beyond else shown


def _parts_page() -> int:
    """Which page of the parts of a component is asked for."""
    typed = request.args.get("parts", "")
    return max(1, int(typed)) if typed.isdecimal() and len(typed) < 7 else 1


def _first(page: int) -> int:
    """The number of the first of a list that stands on a page of it."""
    return (page - 1) * PORTION + 1


def _list_address(component: Component, state: SearchState, parts: int) -> str:
    """Where a page of a component's items stands, together with a page of its parts."""
    arguments = [*state.pairs(), *([("parts", str(parts))] if parts > 1 else [])]
    return with_arguments(f"/{ids.ark(opened().config.archive.naan, component.id)}", arguments)


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
    found = holdings.look_up(id)
    if isinstance(found, HeldComponent):
        raise NotFound("a component has no text of its own", item=id)
    item, page = found
    allowed = (one for one in _read_through(holdings, item, page) if one[0].access.text and one[0].access.download)
    # What cannot be had is refused before an answer has begun.
    kept, first = False, None
    for first in allowed:
        if first[0].kept is None:
            break
        kept, first = True, None
    if first is None and kept:
        raise NotFound(
            "the file is kept and not read: there is no text of it", item=id, remedy="Its page says how to ask for it."
        )
    if first is None:
        raise AccessError("closed", item=id, remedy="")

    def pieces() -> Iterator[str]:
        yield present.plain_text(first[1])
        for one, layout in allowed:
            if one.kept is None:
                yield f"\n{present.plain_text(layout)}"

    name = (page or item).id
    return Response(
        pieces(), mimetype="text/plain", headers={"Content-Disposition": f'attachment; filename="{name}.txt"'}
    )


def _read_through(
    holdings: Holdings, item: DescribedItem, page: HeldPage | None
) -> Iterator[tuple[HeldPage, Layout | None]]:
    """A page with its words, or all pages of an item."""
    if page is None:
        return holdings.read_through(item)
    return iter([(page, holdings.layout(page) if page.access.text else None)])
