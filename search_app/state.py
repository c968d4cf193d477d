"""A search as a value: what stands in a page's address, read from it and written back to it.

Nothing is ever refused here: an address with an unknown facet, a page that is no number or a sort that does
not exist still leads to a page. Every change returns a new state, and every link of the interface is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from urllib.parse import quote_plus

from archive.search.bins import OPEN_BINS, grain
from archive.search.fields import Values
from archive.search.kinds.page import FIELDS
from archive.search.request import Sort

#: The facets whose values are chosen in the address, in the order in which they stand there.
FACETS = FIELDS.facets
LANGUAGES = ("es", "en")
#: The hundred-millionth hit is farther than any archive goes; an engine need not be asked for more.
MAX_PAGE = 1_000_000

#: What `readings` says in the address of a page that shows all of them.
ALL = "all"


def grain_of(bin: str) -> str:
    """How fine a bin of the date histogram is; `day` also for what is no bin, which holds nothing.

    >>> [grain_of(bin) for bin in ("198X", "1983", "1983-05", "1983-05-12", "1983-05~")]
    ['decade', 'year', 'month', 'day', 'day']
    """
    return grain(bin) or "day"


@dataclass(frozen=True)
class SearchState:
    """All that an address says of a search. The empty state is the whole archive.

    `filters` are the values chosen, by facet, in the order of FACETS; one of which none is chosen is not there. `since`
    and `until` are dates as the reader typed them; `selected` are ids of pages kept for citing; `lang` is empty where
    the address does not ask for a language; `all_readings` has a page show its other readings in place.
    """

    q: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    since: str = ""
    until: str = ""
    sort: str = ""
    page: int = 1
    selected: tuple[str, ...] = ()
    lang: str = ""
    all_readings: bool = False

    @classmethod
    def read(cls, pairs: Iterable[tuple[str, str]]) -> SearchState:
        """The state that an address's parameters say; what is unknown or empty is passed over.

        >>> SearchState.read([("q", "Tecoluca"), ("genre", "report"), ("page", "x")])
        SearchState(q='Tecoluca', filters={'genre': ('report',)}, since='', until='', sort='', page=1, selected=(), \
lang='', all_readings=False)
        """
        said: dict[str, list[str]] = {}
        for name, value in pairs:
            said.setdefault(name, []).append(value)

        def one(name: str) -> str:
            return said.get(name, [""])[-1].strip()

        def every(name: str) -> tuple[str, ...]:
            return tuple(dict.fromkeys(filter(None, (value.strip() for value in said.get(name, ())))))

        sort, lang = one("sort"), one("lang")
        return cls(
            q=one("q"),
            filters={name: narrowest(name, values) for name in FACETS if (values := every(name))},
            since=one("from"),
            until=one("to"),
            sort=sort if sort in Sort.__members__.values() else "",
            page=_page(one("page")),
            selected=every("selected"),
            lang=lang if lang in LANGUAGES else "",
            all_readings=one("readings") == ALL,
        )

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of its address; what is at its default is left out."""
        found = [("q", self.q)]
        found += [(facet, value) for facet in FACETS for value in self.chosen(facet)]
        found += [
            ("from", self.since),
            ("to", self.until),
            ("sort", self.sort),
            ("page", str(self.page) if self.page > 1 else ""),
        ]
        found += [("selected", id) for id in self.selected]
        found += [("lang", self.lang), ("readings", ALL if self.all_readings else "")]
        return [(name, value) for name, value in found if value]

    @cached_property
    def query_string(self) -> str:
        return "&".join([f"{name}={_quoted(value)}" for name, value in self.pairs()])

    def url(self, path: str = "/search") -> str:
        """The address of the search.

        >>> SearchState(q="El Mozote", filters={"genre": ("report",)}).url()
        '/search?q=El+Mozote&genre=report'
        """
        return f"{path}?{self.query_string}" if self.query_string else path

    # -- reading it

    def chosen(self, facet: str) -> tuple[str, ...]:
        return self.filters.get(facet, ())

    @property
    def spans(self) -> tuple[str, ...]:
        """The chosen bins of dates that are spans of time: decades, years, months, days."""
        return tuple(bin for bin in self.chosen("date") if bin not in OPEN_BINS and grain(bin))

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but words narrows it."""
        return bool(self.since or self.until or self.filters)

    @property
    def is_empty(self) -> bool:
        """Whether it asks for the whole archive."""
        return not self.q and not self.is_narrowed

    # -- changing it: each returns a new state, on its first page

    def only(self, facet: str, *values: str) -> SearchState:
        """These values of a facet and no others."""
        chosen = {**self.filters, facet: tuple(dict.fromkeys(values))}
        return replace(self, filters={name: chosen[name] for name in FACETS if chosen.get(name)}, page=1)

    def add(self, facet: str, value: str) -> SearchState:
        """Also this value of a facet. A date takes the place of the wider and finer bins on its line, a place that of
        the one it is in and of those in it."""
        holds = FACETS[facet].holds
        kept = (one for one in self.chosen(facet) if not holds(one, value) and not holds(value, one))
        return self.only(facet, *kept, value)

    def remove(self, facet: str, value: str) -> SearchState:
        return self.only(facet, *(one for one in self.chosen(facet) if one != value))

    def toggle(self, facet: str, value: str) -> SearchState:
        return self.remove(facet, value) if value in self.chosen(facet) else self.add(facet, value)

    def between(self, since: str, until: str) -> SearchState:
        return replace(self, since=since, until=until, page=1)

    def asking(self, q: str) -> SearchState:
        return replace(self, q=q, page=1)

    def sorted_by(self, sort: str) -> SearchState:
        return replace(self, sort=sort, page=1)

    def on_page(self, page: int) -> SearchState:
        return replace(self, page=page)

    def in_language(self, lang: str) -> SearchState:
        return replace(self, lang=lang)

    def with_readings(self, every: bool) -> SearchState:
        """With a page's other readings in place, or without."""
        return replace(self, all_readings=every)

    def select(self, *ids: str) -> SearchState:
        """With these pages, too, kept for citing."""
        return replace(self, selected=tuple(dict.fromkeys((*self.selected, *ids))))

    def toggle_selected(self, id: str) -> SearchState:
        """With this page kept for citing, or no longer where it was.

        >>> SearchState(selected=("a", "b")).toggle_selected("a").toggle_selected("c").selected
        ('b', 'c')
        """
        if id in self.selected:
            return replace(self, selected=tuple(one for one in self.selected if one != id))
        return self.select(id)

    def deselected(self) -> SearchState:
        return replace(self, selected=())

    def without_place(self, facet: str, key: str) -> SearchState:
        """Without a chosen place, or without those chosen in it; the place that holds it stays in its stead."""
        holds = FACETS[facet].holds
        left = tuple(one for one in self.chosen(facet) if one != key and not holds(key, one))
        wider = key.rpartition("/")[0]
        return self.only(facet, *(narrowest(facet, (*left, wider)) if wider else left))

    def unfiltered(self) -> SearchState:
        """The search for its words alone."""
        return SearchState(
            q=self.q, sort=self.sort, selected=self.selected, lang=self.lang, all_readings=self.all_readings
        )


#: The values of facets stand in every link of a page, which has hundreds.
_quoted = lru_cache(maxsize=4096)(quote_plus)


def narrowest(facet: str, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """The values chosen of a facet: of places without those that hold another chosen one, which narrows them.

    >>> narrowest("place", ("san-vicente", "san-vicente/tecoluca", "morazan"))
    ('san-vicente/tecoluca', 'morazan')
    """
    known = FACETS[facet]
    if known.values is not Values.PLACE:
        return chosen
    return tuple(wide for wide in chosen if not any(known.holds(wide, narrow) for narrow in chosen))


def _page(text: str) -> int:
    # str.isdecimal alone lets other scripts' digits through, which int() reads too; the length keeps int() quick.
    return min(max(int(text), 1), MAX_PAGE) if text.isdecimal() and len(text) < 12 else 1
