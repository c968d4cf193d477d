"""What documents of a kind are described by: one row a field, read by engines, addresses, commands and pages alike.

Facets and filters have one meaning, on both engines and for the matcher's oracle in the tests:

- A filter on a facet holds of a unit that has at least one of the values chosen; filters on different facets all hold.
- A facet is counted under the other facets' filters, never its own, so that the count of a value is the total of the
  same request with that value alone chosen for that facet.
- The facet of a unit's own date is a histogram, counted at one grain, the request's `date_bin` (archive.search.bins).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from archive.access import Audience
from archive.search.bins import UNDATED, VAST, ancestors, grain, listed
from archive.search.request import Bucket, SearchRequest

#: The text that has what is said of a unit's whole document, in every kind that has such a text: its words complete a
#: match in the unit's own texts, and never find a unit by themselves (archive.search.match).
CONTEXT = "context"
#: The keywords of every kind that name all components which a unit is in, down from the collection: they are not
#: counted, but what searches leave out by (`Withheld`).
COMPONENT = "component"


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field, by its name; every row of a kind's table is a `Text` or a `Facet`."""

    name: str


@dataclass(frozen=True, kw_only=True)
class Text(Field):
    """A field of words that are searched.

    What is found in it weighs `weight`. A unit that has none is taken to have `usual` words of it. It is `kept` in the
    index, analysed, where snippets are taken from it, and `suggests` words to whom a search found nothing.
    """

    weight: float = 1.0
    usual: int = 1
    kept: bool = False
    suggests: bool = False


class Values(StrEnum):
    """What the values of a facet are, and so how a person is told them and which of them hold which."""

    DATE = "date"
    PLACE = "place"
    LANGUAGE = "language"
    GENRE = "genre"
    COMPONENT = "component"
    SHARE = "share"


class Order(StrEnum):
    """How the values of a facet stand: as time goes, the most frequent first, or the greatest first."""

    TIME = "time"
    COUNT = "count"
    GREATEST = "greatest"


@dataclass(frozen=True, kw_only=True)
class Facet(Field):
    """A field whose values are counted and chosen: all there is to know of it.

    `label` is the msgid of its name, `values` says what its values are, `order` how they stand beside a result, where
    it is the `panel`-th of all and `shown` of its values stand open. `option` is what the command line says of choosing
    one; empty where it offers no choice. `dublin_core` is its term there.
    """

    label: str
    values: Values
    panel: int
    order: Order = Order.COUNT
    shown: int = 8
    option: str = ""
    dublin_core: str = ""

    @property
    def is_histogram(self) -> bool:
        """Whether it is the histogram of the units' own dates."""
        return self.values is Values.DATE

    def counted(self, date_bin: str) -> str:
        """The index's field that it is counted by, where dates are counted at this grain."""
        return f"date_{date_bin}" if self.is_histogram else self.name

    def chosen(self, values: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """What a choice of values means: by field of the index, those of which a unit has at least one. What is no bin
        of a date is the value of none; where nothing is left, no unit is found."""
        if not self.is_histogram:
            return {self.name: tuple(values)}
        found: dict[str, list[str]] = {}
        for value in values:
            if name := grain(value):
                found.setdefault(self.counted(name), []).append(value)
        return {name: tuple(some) for name, some in found.items()}

    def ordered(
        self, counts: Iterable[tuple[str, int]], date_bin: str, chosen: Sequence[str] = ()
    ) -> list[tuple[str, int]]:
        """Values and counts as an engine answers them, without those of zero: bins of dates by time, those that are
        listed where these are `chosen`, with `~` and `undated` last; others by count, then value."""
        often = {value: count for value, count in counts if count}
        if not self.is_histogram:
            return sorted(often.items(), key=lambda one: (-one[1], one[0]))
        found = sorted(listed(often, date_bin, chosen), key=by_time)
        return [(value, often[value]) for value in found]

    def holds(self, wide: str, narrow: str) -> bool:
        """Whether one of its values lies in another: a day in its month, a municipio in its department."""
        if self.values is Values.PLACE:
            return narrow.startswith(f"{wide}/")
        return self.is_histogram and wide in ancestors(narrow)


def by_time(bin: str) -> tuple[bool, bool, str]:
    """What bins of dates are sorted by: time, then `~`, then `undated`."""
    return bin == UNDATED, bin == VAST, bin


@dataclass(frozen=True, eq=False)
class Fields:
    """The fields of one kind of document, all that an engine knows of it.

    `plural` is what messages call several of them. `form` is raised whenever documents of the kind are made otherwise:
    an index of another form is built anew. A facet that is a histogram is of the document's own date, which documents
    of every kind may have.
    """

    kind: str
    plural: str
    rows: tuple[Field, ...]
    form: int = 1

    @cached_property
    def texts(self) -> Mapping[str, Text]:
        return MappingProxyType({row.name: row for row in self.rows if isinstance(row, Text)})

    @cached_property
    def own_texts(self) -> tuple[str, ...]:
        """The names of the texts whose words find a unit."""
        return tuple(name for name in self.texts if name != CONTEXT)

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """What a word found in a text weighs."""
        return MappingProxyType({name: text.weight for name, text in self.texts.items()})

    @cached_property
    def kept(self) -> tuple[str, ...]:
        """The names of the texts that the index keeps for snippets."""
        return tuple(name for name, text in self.texts.items() if text.kept)

    @cached_property
    def suggesting(self) -> tuple[str, ...]:
        """The names of the texts whose words may be offered to whom a search found nothing."""
        return tuple(name for name, text in self.texts.items() if text.suggests)

    @cached_property
    def facets(self) -> Mapping[str, Facet]:
        return MappingProxyType({row.name: row for row in self.rows if isinstance(row, Facet)})

    @cached_property
    def keywords(self) -> tuple[str, ...]:
        """The names of the fields whose values are words as they stand."""
        return (*(name for name, facet in self.facets.items() if not facet.is_histogram), COMPONENT)

    def buckets(
        self, counts: Mapping[str, Iterable[tuple[str, int]]], request: SearchRequest
    ) -> dict[str, tuple[Bucket, ...]]:
        """What an engine counted of the facets that a request asks for, as it is answered."""
        return {
            name: tuple(
                Bucket(*one)
                for one in self.facets[name].ordered(counts[name], request.date_bin, request.filters.get(name, ()))
            )
            for name in dict.fromkeys(request.facets)
        }

    def index(self, audience: Audience) -> str:
        """What the index of this kind for an audience is called: that of pages, of which every archive has one, by the
        audience alone."""
        return audience.value if self.kind == "page" else f"{self.kind}-{audience.value}"
