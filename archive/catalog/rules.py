"""Access rules in the catalog, and the chain of them that holds for a unit."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, select

from archive.access import Access, Rule, State, effective
from archive.catalog import tables as t
from archive.catalog import tree


def put(connection: Connection, kind: str, id: str, rule: Rule | None, origin: str) -> bool:
    """Sets (or with None ends) the rule that `origin` put on a unit; returns whether anything changed.

    What a person decided is not undone by a spreadsheet: rules of another origin stay.
    """
    c = t.access_rule.c
    here = (c.subject_kind == kind) & (c.subject_id == id) & c.ended.is_(None) & (c.origin == origin)
    standing = connection.execute(select(t.access_rule).where(here)).first()
    if (standing is None and rule is None) or (standing is not None and rule == _rule(standing)):
        return False
    now = datetime.now(UTC)
    connection.execute(t.access_rule.update().where(here).values(ended=now))
    if rule is not None:
        connection.execute(t.access_rule.insert().values(
            subject_kind=kind, subject_id=id, state=rule.state.value, description=rule.description,
            text=rule.text, image=rule.image, download=rule.download, reason=rule.reason,
            authority=rule.authority, review_date=rule.review_date, origin=origin, created=now))
    return True


def _rule(row) -> Rule:
    return Rule(State(row.state), row.description, row.text, row.image, row.download, row.reason,
                row.authority, row.review_date)


def standing(connection: Connection, kind: str, id: str) -> Rule | None:
    """The rule on a unit: a person's before a spreadsheet's, the newest first."""
    c = t.access_rule.c
    rows = connection.execute(select(t.access_rule).where(
        c.subject_kind == kind, c.subject_id == id, c.ended.is_(None)).order_by(c.id.desc())).all()
    rows.sort(key=lambda row: row.origin != "person")
    return _rule(rows[0]) if rows else None


def chain_of_component(connection: Connection, component_id: str | None) -> tuple[Rule | None, ...]:
    return tuple(standing(connection, "component", one.id) for one in tree.path(connection, component_id))


def of_component(connection: Connection, component_id: str, default: State) -> Access:
    return effective(chain_of_component(connection, component_id), default)


def of_item(connection: Connection, item_id: str, component_id: str | None, default: State) -> Access:
    return effective((*chain_of_component(connection, component_id), standing(connection, "item", item_id)), default)


def of_page(connection: Connection, page_id: str, item_id: str, component_id: str | None, default: State) -> Access:
    return effective((*chain_of_component(connection, component_id), standing(connection, "item", item_id),
                      standing(connection, "page", page_id)), default)
