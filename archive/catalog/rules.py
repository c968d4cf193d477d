"""Access rules in the catalog, and the chain of them that holds for a unit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Subquery,
    and_,
    bindparam,
    case,
    func,
    literal,
    not_,
    null,
    or_,
    select,
)

from archive.access import UNNAMED, Access, Rule, State, effective, of_rule
from archive.catalog import tables as t
from archive.catalog import tree, withheld
from archive.catalog.types import AnyRow
from archive.unit import Kind, Unit


def put(connection: Connection, unit: Unit, rule: Rule | None, origin: str) -> bool:
    """Sets (or with None ends) the rule that `origin` put on a unit; returns whether anything changed. From then on
    searches leave out what it is about, until the index has heard of it.

    What a person decided is not undone by a spreadsheet: rules of another origin stay.
    """
    c = t.access_rule.c
    here = _on(unit) & (c.origin == origin)
    standing = connection.execute(select(t.access_rule).where(here)).first()
    if (standing is None and rule is None) or (standing is not None and rule == _rule(standing)):
        return False
    withheld.narrow(connection, unit)
    now = datetime.now(UTC)
    connection.execute(t.access_rule.update().where(here).values(ended=now))
    if rule is not None:
        connection.execute(
            t.access_rule.insert().values(
                subject_kind=unit.kind,
                subject_id=unit.id,
                state=rule.state.value,
                description=rule.description,
                text=rule.text,
                image=rule.image,
                download=rule.download,
                reason=rule.reason,
                authority=rule.authority,
                review_date=rule.review_date,
                origin=origin,
                created=now,
            )
        )
    return True


def _on(unit: Unit) -> ColumnElement[bool]:
    """That a rule stands on a unit."""
    c = t.access_rule.c
    return and_(c.subject_kind == unit.kind, c.subject_id == unit.id, c.ended.is_(None))


def of_origin(connection: Connection, unit: Unit, origin: str) -> Rule | None:
    """The rule that `origin` put on a unit and that stands, whether or not another stands before it."""
    row = connection.execute(select(t.access_rule).where(_on(unit), t.access_rule.c.origin == origin)).first()
    return _rule(row) if row else None


def _rule(row: AnyRow) -> Rule:
    return Rule(
        State(row.state), row.description, row.text, row.image, row.download, row.reason, row.authority, row.review_date
    )


def numbers(connection: Connection, unit: Unit) -> list[int]:
    """The numbers of the rules that stand on a unit and that no person or person's decision set, the oldest first: one
    of each origin."""
    c = t.access_rule.c
    unsaid = c.origin.not_in(("person", DECISION))
    return list(connection.scalars(select(c.id).where(_on(unit), unsaid).order_by(c.id)))


def reinstate(connection: Connection, unit: Unit, rule_ids: Iterable[int]) -> None:
    """Lets the rules of these numbers hold again on a unit, in place of what no person set since."""
    wanted, standing = sorted(rule_ids), numbers(connection, unit)
    if wanted == standing:
        return
    withheld.narrow(connection, unit)
    c, now = t.access_rule.c, datetime.now(UTC)
    connection.execute(t.access_rule.update().where(c.id.in_(standing)).values(ended=now))
    # All anew and in their order, for the newest holds.
    for number in wanted:
        old = connection.execute(select(t.access_rule).where(c.id == number)).one()
        connection.execute(
            t.access_rule.insert().values(
                {name: value for name, value in old._mapping.items() if name != "id"} | {"created": now, "ended": None}
            )
        )


#: The origin of a rule that closes what a row or table names that was not understood, until it is.
HELD = "held"
#: The origin of the rule that closes a page while a decision on it that restricts waits for its place. It is laid over
#: whatever else stands on the page, and takes from that alone: what may not even be named stays so.
DECISION = "decision"
#: A person's rule stands before those of spreadsheets and finding aids. Of these what must not even be named
#: stands before the rest (what a finding aid does not publish is not opened by a row), then what is held, then a newer
#: before an older.
_UNNAMED = (State.WITHDRAWN, State.SUPPRESSED)
_BEFORE = (
    case((t.access_rule.c.origin == "person", 0), else_=1),
    case((t.access_rule.c.state.in_([state.value for state in _UNNAMED]), 0), else_=1),
    case((t.access_rule.c.origin == HELD, 0), else_=1),
    t.access_rule.c.id.desc(),
)
_STANDING = (
    select(t.access_rule)
    .where(
        t.access_rule.c.subject_kind == bindparam("kind"),
        t.access_rule.c.subject_id == bindparam("subject"),
        t.access_rule.c.ended.is_(None),
    )
    .order_by(*_BEFORE)
)
_OF_PAGES = (
    select(t.access_rule)
    .join(t.page, t.page.c.id == t.access_rule.c.subject_id)
    .where(
        t.access_rule.c.subject_kind == Kind.PAGE,
        t.page.c.item_id == bindparam("item"),
        t.access_rule.c.ended.is_(None),
    )
    .order_by(*_BEFORE)
)


def standing(connection: Connection, unit: Unit) -> Rule | None:
    """The rule on a unit: a person's before a spreadsheet's or a finding aid's, the newest first."""
    return _first_of_each(connection.execute(_STANDING, {"kind": unit.kind, "subject": unit.id})).get(unit.id)


def standing_with(connection: Connection, unit: Unit, rule: Rule | None, origin: str) -> Rule | None:
    """The rule that would stand on a unit if `origin` put this one there (None: ended its own)."""
    others = connection.execute(
        select(t.access_rule).where(_on(unit), t.access_rule.c.origin != origin).order_by(*_BEFORE).limit(1)
    ).first()
    if others is None or rule is None:
        return _rule(others) if others else rule

    def weight(of: str, state: State) -> tuple[bool, bool, bool]:
        return of == "person", state in _UNNAMED, of == HELD

    return _rule(others) if weight(others.origin, State(others.state)) > weight(origin, rule.state) else rule


def held(connection: Connection) -> frozenset[Unit]:
    """The units that are closed because something about them was not understood; mostly there are none."""
    c = t.access_rule.c
    found = connection.execute(select(c.subject_kind, c.subject_id).where(c.origin == HELD, c.ended.is_(None)))
    return frozenset(Unit(row.subject_kind, row.subject_id) for row in found)


def standing_on(connection: Connection, kind: Kind, ids: Collection[str]) -> dict[str, Rule]:
    """By id, the rules on those of these units that have one."""
    c = t.access_rule.c
    return _first_of_each(
        connection.execute(
            select(t.access_rule)
            .where(c.subject_kind == kind, c.subject_id.in_(ids), c.ended.is_(None))
            .order_by(*_BEFORE)
        )
    )


def standing_on_pages(connection: Connection, item_id: str) -> dict[str, Rule]:
    """By page id, the rules on the pages of an item; most have none."""
    return _first_of_each(connection.execute(_OF_PAGES, {"item": item_id}))


def _first_of_each(rows: Iterable[AnyRow]) -> dict[str, Rule]:
    """By unit, the rule that holds on it, of rows in the order of _BEFORE."""
    found: dict[str, Rule] = {}
    waiting: dict[str, Rule] = {}
    for row in rows:
        of_unit = waiting if row.origin == DECISION else found
        if row.subject_id not in of_unit:
            of_unit[row.subject_id] = _rule(row)
    for id, closed in waiting.items():
        if id not in found or of_rule(found[id]).description:
            found[id] = closed
    return found


#: That a rule has its unit not even named.
_IS_UNNAMED = or_(
    *(and_(t.access_rule.c.state == state.value, t.access_rule.c.description.is_(said)) for state, said in UNNAMED)
)


def is_named(kind: Kind, id: ColumnElement[str]) -> ColumnElement[bool]:
    """That a unit may be named by the rule on it, or the lack of one: a condition on its id, for units in one that may
    be named itself (archive.access.UNNAMED)."""
    c = t.access_rule.c
    first = (
        select(case((_IS_UNNAMED, 1), else_=0))
        # What closes says nothing of the name.
        .where(c.subject_kind == kind, c.subject_id == id, c.ended.is_(None), c.origin != DECISION)
        .order_by(*_BEFORE)
        .limit(1)
        .correlate(id.table)
    )
    return func.coalesce(first.scalar_subquery(), 0) == 0


def tally_on_pages(connection: Connection, item_ids: Collection[str]) -> dict[str, list[tuple[Rule, int]]]:
    """By item id, the rules on its pages, in their state and switches alone, and on how many pages each stands.

    However many pages an item has, few rows come back.
    """
    standing = _on_pages_of(item_ids)
    kinds = (standing.c.item_id, *_said_by(standing))
    return _tally(connection.execute(select(*kinds, func.count()).where(standing.c.place == 1).group_by(*kinds)))


_SAID = ("state", "description", "text", "image", "download")


def _on_pages_of(item_ids: Collection[str]) -> Subquery:
    """The rules on the pages of these items, in state and switches; the one that holds on a page has place 1."""
    page, c = t.page.c, t.access_rule.c
    is_waiting = case((c.origin == DECISION, 1), else_=0)
    place = func.row_number().over(partition_by=c.subject_id, order_by=(is_waiting, *_BEFORE)).label("place")
    is_closed = and_(func.max(is_waiting).over(partition_by=c.subject_id) == 1, not_(_IS_UNNAMED))
    closed = {"state": literal(State.CLOSED.value)}
    said = (case((is_closed, closed.get(name, null())), else_=c[name]).label(name) for name in _SAID)
    return (
        select(page.item_id, *said, place)
        .join(t.page, page.id == c.subject_id)
        .where(c.subject_kind == Kind.PAGE, page.item_id.in_(item_ids), page.sequence > 0, c.ended.is_(None))
        .subquery()
    )


def _said_by(standing: Subquery) -> Iterator[ColumnElement[Any]]:
    return (standing.c[name] for name in _SAID)


def _tally(rows: Iterable[AnyRow]) -> dict[str, list[tuple[Rule, int]]]:
    found: dict[str, list[tuple[Rule, int]]] = {}
    for id, state, *switches, number in rows:
        found.setdefault(id, []).append((Rule(State(state), *switches), number))
    return found


def chain_of_component(connection: Connection, component_id: str | None) -> tuple[Rule | None, ...]:
    path = tree.path(connection, component_id)
    found = standing_on(connection, Kind.COMPONENT, [one.id for one in path])
    return tuple(found.get(one.id) for one in path)


def of_component(connection: Connection, component_id: str, default: State) -> Access:
    return effective(chain_of_component(connection, component_id), default)


def of_item(connection: Connection, item_id: str, component_id: str | None, default: State) -> Access:
    return effective((*chain_of_component(connection, component_id), standing(connection, Unit.item(item_id))), default)


def of_page(connection: Connection, page_id: str, item_id: str, component_id: str | None, default: State) -> Access:
    return effective(
        (
            *chain_of_component(connection, component_id),
            standing(connection, Unit.item(item_id)),
            standing(connection, Unit.page(page_id)),
        ),
        default,
    )
