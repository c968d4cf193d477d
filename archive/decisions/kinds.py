"""The kinds of decisions that there are, by name. One more is a class of its own and a line here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archive.decisions.correction import Correction
from archive.decisions.decision import Kind

CORRECTION = Correction()

KINDS: dict[str, Kind[Any]] = {one.name: one for one in (CORRECTION,)}


class _Unknown(Kind[Mapping[str, Any]]):
    """A kind that another version knows: what it decided is kept as it is, and what may restrict restricts."""

    restricts = True

    def __init__(self, name: str):
        self.name = name

    def kept(self, decided: Mapping[str, Any]) -> dict[str, Any]:
        return dict(decided)

    def read(self, kept: Mapping[str, Any]) -> Mapping[str, Any]:
        return kept

    def laid(self, layout: object, decision: object, place: object) -> None:
        return None


def kind_named(name: str) -> Kind[Any]:
    """The kind of this name; what no kind of ours is finds no place on any reading, and closes its page.

    >>> kind_named("correction").restricts, kind_named("redaction of 2031").restricts
    (False, True)
    """
    return KINDS.get(name) or _Unknown(name)
