"""Pages of items by their places: beside one another, at a number, the first ones, all of many items; never more than
are asked for.

`named` leaves out the pages that their own rules keep from being named; the items must be such as may be named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, FromClause, func, select, tuple_
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from archive.catalog import rules
from archive.catalog import tables as t
from archive.catalog.items import page_of_row
from archive.catalog.types import AnySelect
from archive.record import Page
from archive.unit import Kind

#: Pages that are read at once where many are: so many queries are saved, and so many are in memory.
PORTION = 200


class Extent(NamedTuple):
    """How many pages an item has, and whether their sequences are their places: 1, 2, 3 and so on."""

    pages: int = 0
    is_counted: bool = True


def extents(connection: Connection, item_ids: Collection[str]) -> dict[str, Extent]:
    """The extent of each of these items that has pages, by id."""
    c = t.page.c
    rows = connection.execute(
        select(c.item_id, func.count(), func.count(c.sequence.distinct()), func.max(c.sequence))
        .where(c.item_id.in_(item_ids), c.sequence > 0)
        .group_by(c.item_id)
    )
    return {id: Extent(pages, pages == places == last) for id, pages, places, last in rows}


def places(connection: Connection, page_ids: Collection[str], named: bool) -> dict[str, int]:
    """By page id, its place in its item, from 1."""
    c = t.page.c
    order = func.row_number().over(partition_by=c.item_id, order_by=(c.sequence, c.ordinal)).label("place")
    of_items = select(c.item_id).where(c.id.in_(page_ids))
    counted = _standing(select(c.id, order), t.page, named).where(c.item_id.in_(of_items)).subquery()
    rows = connection.execute(select(counted.c.id, counted.c.place).where(counted.c.id.in_(page_ids)))
    return dict(rows.all())


def beside(
    connection: Connection, page_id: str, before: int, after: int, named: bool
) -> tuple[tuple[Page, ...], tuple[Page, ...]]:
    """At most so many pages before one in its item, and so many after it, both in the item's order."""
    p, here = t.page.c, t.page.alias("here")
    asked = _standing(select(t.page), t.page, named).where(p.item_id == here.c.item_id, here.c.id == page_id)
    back = asked.where(_place(p) < _place(here.c)).order_by(p.sequence.desc(), p.ordinal.desc()).limit(before)
    on = asked.where(_place(p) > _place(here.c)).order_by(p.sequence, p.ordinal).limit(after)
    found = [tuple(map(page_of_row, connection.execute(one))) for one in (back, on)]
    return found[0][::-1], found[1]


def ends(connection: Connection, item_id: str, named: bool) -> tuple[Page, ...]:
    """The first and the last page of an item; one page where it has only one."""
    p = t.page.c
    asked = _standing(select(t.page), t.page, named).where(p.item_id == item_id).limit(1)
    first, last = asked.order_by(p.sequence, p.ordinal), asked.order_by(p.sequence.desc(), p.ordinal.desc())
    found = {row.id: row for one in (first, last) for row in connection.execute(one)}
    return tuple(map(page_of_row, found.values()))


def portion(connection: Connection, item_id: str, first: int, number: int, named: bool) -> tuple[Page, ...]:
    """At most so many pages of an item from its `first` on, counted from 1."""
    p = t.page.c
    asked = _standing(select(t.page), t.page, named).where(p.item_id == item_id)
    rows = connection.execute(asked.order_by(p.sequence, p.ordinal).offset(first - 1).limit(number))
    return tuple(map(page_of_row, rows))


def first_of(connection: Connection, item_ids: Collection[str], named: bool) -> dict[str, Page]:
    """By item id, its first page; one without any is left out."""
    other = t.page.alias("other")
    first = (
        _standing(select(other.c.id), other, named)
        .where(other.c.item_id == t.item.c.id)
        .order_by(other.c.sequence, other.c.ordinal)
        .limit(1)
        .correlate(t.item)
    )
    asked = select(t.page).select_from(t.item).join(t.page, t.page.c.id == first.scalar_subquery())
    rows = connection.execute(asked.where(t.item.c.id.in_(item_ids)))
    return {row.item_id: page_of_row(row) for row in rows}


def after_each(connection: Connection, page_ids: Collection[str], named: bool) -> dict[str, Page]:
    """By page id, the page after it in its item; the last one is left out."""
    return _neighbours(connection, page_ids, named, forward=True)


def before_each(connection: Connection, page_ids: Collection[str], named: bool) -> dict[str, Page]:
    """By page id, the page before it in its item; the first one is left out. A page that was taken out has none."""
    return _neighbours(connection, page_ids, named, forward=False)


def _neighbours(connection: Connection, page_ids: Collection[str], named: bool, forward: bool) -> dict[str, Page]:
    here, other = t.page.alias("here"), t.page.alias("other")
    o = other.c
    asked = _standing(select(o.id), other, named).where(o.item_id == here.c.item_id)
    if forward:
        asked = asked.where(_place(o) > _place(here.c)).order_by(o.sequence, o.ordinal)
    else:
        asked = asked.where(_place(o) < _place(here.c)).order_by(o.sequence.desc(), o.ordinal.desc())
    found = asked.limit(1).correlate(here).scalar_subquery()
    asked = select(here.c.id.label("of"), t.page).select_from(here).join(t.page, t.page.c.id == found)
    rows = connection.execute(asked.where(here.c.id.in_(page_ids), here.c.sequence > 0))
    return {row.of: page_of_row(row) for row in rows}


def of_items(connection: Connection, numbers: Mapping[str, int]) -> Iterator[tuple[Page, ...]]:
    """All pages of these items, in the order of the items and of each, by portions; `numbers` has how many pages each
    has, so that short items are read together and a long one piece by piece."""
    together: dict[str, int] = {}
    for id, number in numbers.items():
        if together and sum(together.values()) + number > PORTION:
            yield _together(connection, together)
            together = {}
        if number > PORTION:
            yield from _by_pieces(connection, id)
        else:
            together[id] = number
    if together:
        yield _together(connection, together)


def _together(connection: Connection, item_ids: Collection[str]) -> tuple[Page, ...]:
    p = t.page.c
    of_item: dict[str, list[Page]] = {id: [] for id in item_ids}
    for row in connection.execute(
        select(t.page).where(p.item_id.in_(item_ids), p.sequence > 0).order_by(p.sequence, p.ordinal)
    ):
        of_item[row.item_id].append(page_of_row(row))
    return tuple(chain.from_iterable(of_item.values()))


def _by_pieces(connection: Connection, item_id: str) -> Iterator[tuple[Page, ...]]:
    p, after = t.page.c, (0, 0)
    asked = select(t.page).where(p.item_id == item_id, p.sequence > 0).order_by(p.sequence, p.ordinal).limit(PORTION)
    while rows := connection.execute(asked.where(_place(p) > tuple_(*after))).all():
        yield tuple(map(page_of_row, rows))
        after = rows[-1].sequence, rows[-1].ordinal


def _standing(asked: AnySelect, page: FromClause, named: bool) -> AnySelect:
    """Only pages that stand in their item, and with `named` those that may be named."""
    asked = asked.where(page.c.sequence > 0)
    return asked.where(rules.is_named(Kind.PAGE, page.c.id)) if named else asked


def _place(columns: ReadOnlyColumnCollection[str, ColumnElement[Any]]) -> ColumnElement[Any]:
    return tuple_(columns.sequence, columns.ordinal)
