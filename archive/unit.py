"""A unit of the archive by its kind and id: what the index hears of, rules and notices stand on, and events are about.

The kinds are listed here and nowhere else. One to come (an entry, an act, a person) is a line in `Kind`; where a kind
matters, it is told apart by name, and one that is not known there is an error: `archive.catalog.units` (its pages),
`archive.catalog.withheld` (what searches leave out for it).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Kind(StrEnum):
    """What has rules and an id of its own, from the top of the tree down. Raises ValueError for another kind.

    >>> Kind("pge")
    Traceback (most recent call last):
    ValueError: 'pge' is no kind of unit: component, item, page
    """

    COMPONENT = "component"
    ITEM = "item"
    PAGE = "page"

    @classmethod
    def _missing_(cls, value: object) -> None:
        raise ValueError(f"{value!r} is no kind of unit: {', '.join(cls)}")


@dataclass(frozen=True, order=True, slots=True)
class Unit:
    """A component, an item or a page, by its minted id.

    >>> Unit.page("r1b3") == Unit("page", "r1b3")
    True
    """

    kind: Kind
    id: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", Kind(self.kind))

    @classmethod
    def component(cls, id: str) -> Unit:
        return cls(Kind.COMPONENT, id)

    @classmethod
    def item(cls, id: str) -> Unit:
        return cls(Kind.ITEM, id)

    @classmethod
    def page(cls, id: str) -> Unit:
        return cls(Kind.PAGE, id)

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Other(StrEnum):
    """What is no unit (it has no rule, and is not cited), and what an event may be about, or a batch remember."""

    FILE = "file"
    PLACE = "place"
    BATCH = "batch"
    ARCHIVE = "archive"


@dataclass(frozen=True, order=True, slots=True)
class Matter:
    """A file by its SHA-256, the place of one or a batch by its number, the archive by the name of a dump of it."""

    kind: Other
    id: str

    @classmethod
    def file(cls, sha256: str) -> Matter:
        return cls(Other.FILE, sha256)

    @classmethod
    def place(cls, number: int) -> Matter:
        return cls(Other.PLACE, str(number))

    @classmethod
    def batch(cls, number: int) -> Matter:
        return cls(Other.BATCH, str(number))

    @classmethod
    def archive(cls, dump: str = "") -> Matter:
        return cls(Other.ARCHIVE, dump)


#: What an event may be about.
Subject: TypeAlias = Unit | Matter


def subject(kind: str, id: str) -> Subject:
    """The subject of an event as the catalog names it. Raises ValueError for a kind that is none.

    >>> subject("item", "r1b3"), subject("batch", "7") == Matter.batch(7)
    (Unit(kind=<Kind.ITEM: 'item'>, id='r1b3'), True)
    """
    return Matter(Other(kind), id) if kind in frozenset(Other) else Unit(Kind(kind), id)
