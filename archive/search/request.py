"""What is asked of an engine and what it answers: plain values, the same for both engines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from archive.access import Audience
from archive.search.query import EVERYTHING, Query


@dataclass(frozen=True, slots=True)
class Withheld:
    """What a search leaves out: units of these items, and those in these components or anywhere below them."""

    items: tuple[str, ...] = ()
    components: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.items or self.components)

    def by_field(self) -> dict[str, tuple[str, ...]]:
        """The ids by the field of the index that names them; a field by which nothing is left out is none."""
        named = {"item": self.items, "component": self.components}
        return {name: ids for name, ids in named.items() if ids}


#: Nothing is left out: the index has heard of all.
NOTHING = Withheld()


@dataclass(frozen=True, slots=True)
class Stretch:
    """The units of one item from one number to another (None: to its end), in their order or `backwards`: what stands
    near a page of it, or is the next hit from there."""

    item: str
    first: int = 1
    last: int | None = None
    backwards: bool = False


class Sort(StrEnum):
    """Every order ends in the unit's ordinal, so that ties are stable. Undated units come last."""

    RELEVANCE = "relevance"
    DATE = "date"
    DATE_DESC = "-date"


@dataclass(frozen=True)
class SearchRequest:
    """One question: a parsed query, the facet values chosen, and what is wanted of the answer.

    `kind` names the kind of documents that is asked for (archive.search.kinds), which says what facets there are.
    `filters` maps a facet's name to the values chosen: values of one facet are alternatives, different facets narrow
    each other. Values of dates are bins as the histogram gives them: `198X`, `1983`, `1983-05`, `1983-05-12`,
    `undated`, `1983-05~` for what is known only to a time that month is in, `~` for what is known only to more than a
    century (`archive.search.bins`). `facets` names the facets to count; each is counted under the others' filters.
    `date_bin` is the grain of the date histogram: decade, year, month, day. `withheld` is left out as if it were not
    there: what the index has not heard is closed. A `stretch` asks for units of one item alone, in the order of their
    numbers, whatever `sort` says. `offset` and `size` page by hits; a size of 0 asks for the total and the facets
    alone. The engine asked must be that of the `kind` and the `audience`.
    """

    query: Query = EVERYTHING
    audience: Audience = Audience.PUBLIC
    kind: str = "page"
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    date_bin: str = "decade"
    sort: Sort = Sort.RELEVANCE
    withheld: Withheld = NOTHING
    stretch: Stretch | None = None
    offset: int = 0
    size: int = 20

    def others(self, facet: str = "") -> dict[str, tuple[str, ...]]:
        """The filters that a facet is counted under; without one, all that narrow."""
        return {name: values for name, values in self.filters.items() if values and name != facet}


@dataclass(frozen=True)
class Hit:
    """One unit found: its id, its item's id, and its score (higher is nearer; 0 when sorted by date).

    `words` are what the index keeps of its words (archive.search.stored): empty where all hits are walked, or none are
    kept."""

    id: str
    item: str
    score: float = 0.0
    words: bytes = field(default=b"", compare=False, repr=False)


@dataclass(frozen=True)
class Bucket:
    """One value of a facet and the exact number of units that have it."""

    value: str
    count: int


@dataclass(frozen=True)
class SearchResponse:
    """`total` is exact; `facets` maps each facet asked for to its buckets, none of them zero."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[Bucket, ...]] = field(default_factory=dict)
