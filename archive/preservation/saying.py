"""All that is said of an item or a component, a row a statement, with where it came from: descriptions.csv of a bag.

It holds what the row form of a batch has no column for. A value that a spreadsheet would take for a formula has an
apostrophe in front (`archive.citation.table`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection

from archive.access import Access, Audience, Rule, of_rule
from archive.catalog import tree
from archive.citation.table import guarded
from archive.description import Source
from archive.held import HeldItem
from archive.holdings import Holdings
from archive.record import Component

COLUMNS = ("kind", "id", "ark", "element", "value", "source", "detail")
#: Sources of what a person said; the others are drawn from masters by machines.
STATED = (Source.PERSON, Source.SPREADSHEET)
_OF_COMPONENTS = ("level", "unitid", "title", "date", "date_edtf", "description", "extent", "access_note", "use_note")


def of_item(
    holdings: Holdings, item: HeldItem, id: str, own: Rule | None, on_pages: Mapping[str, Rule]
) -> Iterator[tuple[str, ...]]:
    """An item's statements, then its access; `id` is what its row calls it.

    Staff read the rules that stand on it and on its pages, the public what holds of that which it may not have whole.
    """
    staff = holdings.audience is Audience.STAFF
    named = ("item", id, holdings.ark(item.id))
    for one in item.description:
        yield _row(*named, one.element, one.value, one.source.value, one.detail)
    if staff and own is not None:
        yield _access(*named, of_rule(own))
    elif not staff and not item.access.whole:
        yield _access(*named, item.access)
    for page in item.pages:
        if page.id in on_pages if staff else not page.access.whole and page.access != item.access:
            yield _access(
                "page",
                f"{id}/{page.sequence}",
                holdings.ark(page.id),
                of_rule(on_pages[page.id]) if staff else page.access,
            )


def of_component(
    holdings: Holdings, connection: Connection, one: Component, rule: Rule | None
) -> Iterator[tuple[str, ...]]:
    """A component's description, its containers, and the rule that stands on it, which the public is told where it
    is not open."""
    named = ("component", one.ref_id or one.id, holdings.ark(one.id))
    for element in _OF_COMPONENTS:
        if value := getattr(one, element):
            yield _row(*named, element, value, one.source, "")
    for container in tree.component_containers(connection, one.id):
        yield _row(*named, container.type, container.indicator, one.source, container.barcode)
    if rule is not None and (holdings.audience is Audience.STAFF or not of_rule(rule).whole):
        yield _access(*named, of_rule(rule))


def _access(kind: str, id: str, ark: str, access: Access) -> tuple[str, ...]:
    return _row(kind, id, ark, "access", _words(access), "", access.reason)


def _row(kind: str, id: str, ark: str, element: str, value: str, source: str, detail: str) -> tuple[str, ...]:
    return (kind, guarded(id), ark, element, guarded(value), source, guarded(detail))


def _words(access: Access) -> str:
    """`open; no image, no download`: the state, and what it does not let pass."""
    kept = [f"no {name}" for name in ("description", "text", "image", "download") if not getattr(access, name)]
    return "; ".join(filter(None, (access.state.value, ", ".join(kept))))
