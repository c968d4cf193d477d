"""Corrections: what a person typed in the place of words, or confirmed as read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from archive.anchor import Place
from archive.corrections import Edit, edited
from archive.decisions.decision import Decision, Kind
from archive.layout import Layout


class Correction(Kind[str]):
    """Decided is the text that stands there, as in `archive.corrections.Edit`; empty: nothing does."""

    name = "correction"
    changes_words = True

    def kept(self, decided: str) -> dict[str, Any]:
        return {"text": decided}

    def read(self, kept: Mapping[str, Any]) -> str:
        return str(kept["text"])

    def instead(self, decided: str) -> str:
        return decided.strip()

    def laid(self, layout: Layout, decision: Decision[str], place: Place | None) -> Layout | None:
        if place is not None:
            return edited(layout, Edit(place, decision.decided), decision.anchor if decision.same_image else None)
        # What was said not to stand there does not: there is nothing to be done.
        return layout if not decision.decided and decision.same_image else None


def confirms(correction: Decision[str]) -> bool:
    """Whether a correction says that what was read is right."""
    return correction.decided.strip() == correction.anchor.exact


@dataclass(frozen=True, slots=True)
class Standing:
    """What persons did to a reading: in how many places they changed it, how many they confirmed as read, when they did
    so last."""

    changed: int
    confirmed: int
    last: datetime

    @classmethod
    def of(cls, corrections: Iterable[Decision[str]]) -> Standing | None:
        """What the corrections that stand in it say; None where there are none."""
        standing = tuple(corrections)
        if not standing:
            return None
        confirmed = sum(map(confirms, standing))
        return cls(len(standing) - confirmed, confirmed, max(one.created for one in standing))
