"""A decision: what a person said of a place on a page; and what a kind of decisions says of its own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar

from archive.anchor import Anchor, Place
from archive.layout import Layout

#: What was decided, as its kind has it.
D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class Decision(Generic[D]):
    """What was `decided` of the words at `anchor`. `same_image` says that it was said of the image that the page has
    now; `placed` that it stands in the reading that is shown, else it waits; `ended` when it was withdrawn."""

    id: int
    kind: str
    page_id: str
    anchor: Anchor
    decided: D
    author: str
    created: datetime
    ended: datetime | None = None
    placed: bool = True
    same_image: bool = True


class Kind(ABC, Generic[D]):
    """What one kind of decisions says of its own: how it is kept, how it is laid over a reading, and what becomes of
    its page where it cannot be."""

    #: By which the catalog and persons name it.
    name: str
    #: Whether it changes the words that are shown: such are laid over a reading before others are placed on it.
    changes_words: ClassVar[bool] = False
    #: Whether it keeps something back: while it waits for a place, its whole page is closed.
    restricts: ClassVar[bool] = False

    @abstractmethod
    def kept(self, decided: D) -> dict[str, Any]:
        """What was decided as JSON has it."""

    @abstractmethod
    def read(self, kept: Mapping[str, Any]) -> D:
        """What was decided, of what `kept` made of it."""

    def instead(self, decided: D) -> str:
        """The text that may stand at the anchor in the place of its words: what it made of them."""
        return ""

    def laid(self, layout: Layout, decision: Decision[D], place: Place | None) -> Layout | None:
        """The layout with what was decided of this place, or of one that could not be found; None: it waits."""
        return layout if place is not None else None
