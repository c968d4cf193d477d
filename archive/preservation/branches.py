"""The components that an audience may be told of, and what each of them hangs below for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import Connection

from archive.access import Audience, Rule, State
from archive.catalog import rules, tree
from archive.held import HeldItem
from archive.holdings import Holdings
from archive.record import Component
from archive.unit import Unit


class Branches:
    """The tree as one audience may see it: a branch that may not be named is left out, and what may be named below
    it hangs on the one above."""

    def __init__(self, holdings: Holdings):
        self._holdings = holdings
        self._default = State(holdings.config.access.default)
        self._named: dict[str, bool] = {}

    def above(self, connection: Connection, item: HeldItem) -> tuple[Component, ...]:
        """The components of an item, from the top down."""
        return tuple(one for one in item.components if self._may_be_named(connection, one.id))

    def walk(
        self,
        connection: Connection,
        only: Collection[str] | None = None,
    ) -> Iterator[tuple[Component, Component | None, Rule | None]]:
        """Every component (or `only` those of these ids), the one that it hangs below, and the rule that stands on
        it."""
        waiting: list[tuple[str | None, Component | None]] = [(None, None)]
        while waiting:
            id, above = waiting.pop()
            for one in tree.children(connection, id):
                named = self._may_be_named(connection, one.id) and (only is None or one.id in only)
                if named:
                    yield one, above, rules.standing(connection, Unit.component(one.id))
                waiting.append((one.id, one if named else above))

    def _may_be_named(self, connection: Connection, id: str) -> bool:
        if self._holdings.audience is Audience.STAFF:
            return True
        if id not in self._named:
            self._named[id] = rules.of_component(connection, id, self._default).description
        return self._named[id]
