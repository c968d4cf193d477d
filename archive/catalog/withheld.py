"""What searches leave out until the index has heard of it: the one place where a change that narrows is noted.

A change narrows where it may take something from what the public reads: a rule set, ended or reinstated, an item or
component moved in the tree, a page taken out, moved or scanned again, a text or description of which something goes. It
is noted in the transaction that makes it, so that no moment is open: from its commit on, searches leave out the items
and components noted here, and leave off when the index has heard of all their pages (`journal.heard`). Whether a rule
narrows or widens is not asked: until the index has heard of it, nobody needs to know.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Connection, func, literal, select

from archive.catalog import tables as t
from archive.catalog import units
from archive.errors import EngineBehind
from archive.search.request import Withheld
from archive.unit import Kind, Unit

#: Items and components that a search leaves out one by one. More of them are left out by the components they are in.
MOST = 5_000

_POSTED: WeakKeyDictionary[object, set[Unit]] = WeakKeyDictionary()


def narrow(connection: Connection, unit: Unit) -> None:
    """Notes that less may be read of a component, an item, or a page and so of its item, and that the index must
    hear of all its pages. To be called before what moves is moved, for the index has it where it was.

    Of a page the whole item is meant: its description is shorter where one of its pages is closed.
    """
    if unit.kind is Kind.PAGE:
        item_id: str | None = connection.scalar(select(t.page.c.item_id).where(t.page.c.id == unit.id))
        if item_id is None:
            return
        unit = Unit.item(item_id)
    posted = _POSTED.setdefault(connection.get_transaction(), set())
    if unit in posted:
        return
    posted.add(unit)
    within = _component_of(unit)
    # Page by page, as it stands now: what the unit holds may be elsewhere when the index hears of it.
    pages = select(literal(Kind.PAGE.value), t.page.c.id).where(units.is_in(unit)).order_by(t.page.c.ordinal)
    newest = select(func.max(t.outbox.c.seq))
    before = connection.scalar(newest)
    connection.execute(t.outbox.insert().from_select(["subject_kind", "subject_id"], pages))
    until = connection.scalar(newest)
    if until == before:
        return  # it has no pages
    connection.execute(
        t.withheld.insert().values(subject_kind=unit.kind, subject_id=unit.id, component_id=within, until=until)
    )


def _component_of(unit: Unit) -> ColumnElement[str]:
    """The component by which searches leave a unit out where too many are left out one by one."""
    match unit.kind:
        case Kind.COMPONENT:
            return literal(unit.id)
        case Kind.ITEM:
            return select(t.item.c.component_id).where(t.item.c.id == unit.id).scalar_subquery()
    raise ValueError(f"searches cannot leave out a unit of the kind {unit.kind}")


def withheld(connection: Connection) -> Withheld:
    """What searches leave out now. One query in the normal case, that nothing waits.

    Raises EngineBehind where too much waits to be left out, and is in no component that could be.
    """
    c = t.withheld.c
    noted = connection.execute(select(c.subject_kind, c.subject_id).distinct().limit(MOST + 1)).all()
    if len(noted) <= MOST:
        return Withheld(
            tuple(sorted(id for kind, id in noted if kind == Kind.ITEM)),
            tuple(sorted(id for kind, id in noted if kind == Kind.COMPONENT)),
        )
    within = connection.scalars(select(c.component_id).distinct().limit(MOST + 1)).all()
    if len(within) > MOST or None in within:
        raise EngineBehind(
            "the search is closed for the moment: the index has not heard yet of all that was closed. "
            "La búsqueda está cerrada por el momento: el índice aún no sabe de todo lo que se cerró",
            remedy="Try again in a few minutes. Intente de nuevo en unos minutos.",
        )
    return Withheld((), tuple(sorted(within)))


def heard(connection: Connection, up_to: int) -> None:
    """The index has heard of everything up to this number of the outbox."""
    connection.execute(t.withheld.delete().where(t.withheld.c.until <= up_to))


def is_any(connection: Connection) -> bool:
    """Whether searches leave anything out now."""
    return connection.scalar(select(t.withheld.c.seq).limit(1)) is not None
