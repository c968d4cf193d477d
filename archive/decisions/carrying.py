"""Carries decisions over: from the readings they were said of to another reading of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from archive.anchor import find
from archive.decisions.decision import Decision
from archive.decisions.kinds import kind_named
from archive.layout import Layout


@dataclass(frozen=True, slots=True)
class Carried:
    """A layout with what was decided of it laid over, and the ids of the decisions that found their place on it; the
    others wait."""

    layout: Layout
    placed: frozenset[int]


def carried(layout: Layout, decisions: Iterable[Decision[Any]]) -> Carried:
    """The layout with these decisions of its page: those that change words first, then the others on what is shown by
    then; of each the older first, so that a later one has what an earlier one made of the words."""
    placed: set[int] = set()
    for one in sorted(decisions, key=lambda one: (not kind_named(one.kind).changes_words, one.created, one.id)):
        kind = kind_named(one.kind)
        place = find(layout, one.anchor, kind.instead(one.decided), same_image=one.same_image)
        laid = kind.laid(layout, one, place)
        if laid is not None:
            layout = laid
            placed.add(one.id)
    return Carried(layout, frozenset(placed))
