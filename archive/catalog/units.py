"""The pages that units are or hold: what the index must hear of, of a change to a component, an item or a page."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import CTE, ColumnElement, Engine, select

from archive.catalog import tables as t
from archive.unit import Kind, Unit

#: Items whose pages are asked for at once.
_ITEMS = 100


def subtree(component_ids: Collection[str]) -> CTE:
    """The ids of components and of all below them, as a common table expression."""
    top = select(t.component.c.id).where(t.component.c.id.in_(component_ids)).cte("below", recursive=True)
    return top.union(select(t.component.c.id).join(top, t.component.c.parent_id == top.c.id))


def is_in(unit: Unit) -> ColumnElement[bool]:
    """That a page is this unit or in it: a condition on `page`, which those taken out of their items meet, too."""
    match unit.kind:
        case Kind.PAGE:
            return t.page.c.id == unit.id
        case Kind.ITEM:
            return t.page.c.item_id == unit.id
        case Kind.COMPONENT:
            return t.page.c.item_id.in_(select(t.item.c.id).where(_is_below([unit.id])))
    raise _unknown(unit.kind)


def pages_of(catalog: Engine, units: Collection[Unit], portion: int) -> Iterator[tuple[str, ...]]:
    """By portions, the ids of the pages that units are or hold, each once: the pages among the units, whether or not
    there are such, then those in items, then those of components, in the archive's order.

    No transaction is held from one portion to the next. Raises ValueError, before it gives any, for a unit of a kind of
    which it is not known here what its pages are.
    """
    by_kind: dict[Kind, list[str]] = {Kind.PAGE: [], Kind.ITEM: [], Kind.COMPONENT: []}
    for unit in units:
        if unit.kind not in by_kind:
            raise _unknown(unit.kind)
        by_kind[unit.kind].append(unit.id)
    yield from _portions(by_kind[Kind.PAGE], portion)
    named = frozenset(by_kind[Kind.PAGE])
    for item_ids in _items(catalog, by_kind[Kind.ITEM], by_kind[Kind.COMPONENT]):
        with catalog.connect() as connection:
            held = connection.scalars(
                select(t.page.c.id).where(t.page.c.item_id.in_(item_ids)).order_by(t.page.c.ordinal)
            ).all()
        yield from _portions([id for id in held if id not in named], portion)


def _items(catalog: Engine, named: Sequence[str], component_ids: Collection[str]) -> Iterator[Collection[str]]:
    """By portions, the ids of items: those named, then the others in components."""
    yield from _portions(named, _ITEMS)
    item, after, told = t.item.c, 0, frozenset(named)
    while component_ids:
        with catalog.connect() as connection:
            rows = connection.execute(
                select(item.id, item.ordinal)
                .where(item.ordinal > after, _is_below(component_ids))
                .order_by(item.ordinal)
                .limit(_ITEMS)
            ).all()
        if not rows:
            return
        after = rows[-1].ordinal
        yield [row.id for row in rows if row.id not in told]


def _is_below(component_ids: Collection[str]) -> ColumnElement[bool]:
    return t.item.c.component_id.in_(select(subtree(component_ids).c.id))


def _portions(ids: Sequence[str], number: int) -> Iterator[tuple[str, ...]]:
    for first in range(0, len(ids), number):
        yield tuple(ids[first : first + number])


def _unknown(kind: Kind) -> ValueError:
    return ValueError(f"it is not known what the pages of a unit of the kind {kind} are")
