"""What stands right in a component, by portions: the components below it, and its items.

`named` leaves out what its own rule keeps from being named; the component must be such as may be named.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from archive.catalog import rules
from archive.catalog import tables as t
from archive.catalog.tree import component_of_row
from archive.catalog.types import AnySelect
from archive.record import Component
from archive.unit import Kind


def parts(connection: Connection, component_id: str, first: int, number: int, named: bool) -> tuple[Component, ...]:
    """At most so many of the components right below one from the `first` on, counted from 1, in their order."""
    c = t.component.c
    asked = _parts(select(t.component), component_id, named).order_by(c.position, c.ordinal)
    return tuple(map(component_of_row, connection.execute(asked.offset(first - 1).limit(number))))


def below_top(connection: Connection, number: int, named: bool) -> tuple[Component, ...]:
    """At most so many of the components right below those at the top of the tree, in the order of the tree."""
    c, top = t.component.c, t.component.alias("top")
    asked = select(t.component).join(top, top.c.id == c.parent_id).where(top.c.parent_id.is_(None))
    if named:
        asked = asked.where(rules.is_named(Kind.COMPONENT, c.id), rules.is_named(Kind.COMPONENT, top.c.id))
    asked = asked.order_by(top.c.position, top.c.ordinal, c.position, c.ordinal)
    return tuple(map(component_of_row, connection.execute(asked.limit(number))))


def number_of_parts(connection: Connection, component_id: str, named: bool) -> int:
    """How many components are right below one."""
    return connection.scalar(_parts(select(func.count()).select_from(t.component), component_id, named)) or 0


def items(connection: Connection, component_id: str, first: int, number: int, named: bool) -> tuple[str, ...]:
    """The ids of at most so many items directly in a component from the `first` on, counted from 1, in order."""
    asked = _items(select(t.item.c.id), component_id, named).order_by(t.item.c.ordinal)
    return tuple(connection.scalars(asked.offset(first - 1).limit(number)))


def number_of_items(connection: Connection, component_id: str, named: bool) -> int:
    """How many items are directly in a component."""
    return connection.scalar(_items(select(func.count()).select_from(t.item), component_id, named)) or 0


def _parts(asked: AnySelect, component_id: str, named: bool) -> AnySelect:
    asked = asked.where(t.component.c.parent_id == component_id)
    return asked.where(rules.is_named(Kind.COMPONENT, t.component.c.id)) if named else asked


def _items(asked: AnySelect, component_id: str, named: bool) -> AnySelect:
    asked = asked.where(t.item.c.component_id == component_id, t.item.c.undone.is_(None))
    return asked.where(rules.is_named(Kind.ITEM, t.item.c.id)) if named else asked
