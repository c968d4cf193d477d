"""The facets beside a result: each value with its exact count, and the state that choosing it leads to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from archive.places import Gazetteer
from archive.search.bins import GRAINS, OPEN_BINS, ancestors
from archive.search.fields import Facet, Order, Values, by_time
from archive.search.request import Bucket
from search_app.present import labels
from search_app.state import FACETS, SearchState, grain_of

#: Facets in the order they stand in; the timeline stands above them.
PANELS = tuple(sorted(FACETS.values(), key=lambda facet: facet.panel))

Names = Mapping[str, str]


@dataclass(frozen=True)
class Choice:
    """One value of a facet: its name, its count (None where it is chosen and found nowhere), where it leads."""

    value: str
    label: str
    count: int | None
    chosen: bool
    state: SearchState
    within: tuple[Choice, ...] = ()

    @property
    def opened(self) -> bool:
        """Whether what is within it is to be seen: something in it, or it itself, is chosen."""
        return self.chosen or any(one.opened for one in self.within)


@dataclass(frozen=True)
class Panel:
    """One facet: the choices that stand open, and the others."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Chip:
    """One thing that narrows the result, and the state without it."""

    kind: str
    label: str
    state: SearchState


def panels(counted: Mapping[str, tuple[Bucket, ...]], state: SearchState, names: Names) -> tuple[Panel, ...]:
    """The panels of the facets that have anything to choose from; `names` are those of components."""
    found = (panel(facet, counted.get(facet.name, ()), state, names) for facet in PANELS)
    return tuple(one for one in found if one.choices)


def panel(facet: Facet, buckets: tuple[Bucket, ...], state: SearchState, names: Names = MappingProxyType({})) -> Panel:
    """One facet, its values in its order; places stand within the wider ones."""
    if facet.values is Values.PLACE:
        choices = list(_places(facet, buckets, state))
    else:
        choices = [_choice(facet, bucket.value, bucket.count, state, names) for bucket in buckets]
        if facet.is_histogram:
            choices = _near(choices, state)
        choices.sort(key=_ORDERS[facet.order])
    standing = {one.value for one in _flat(choices)}
    # What is chosen must be seen to be taken back, even where it finds nothing.
    left = (value for value in state.chosen(facet.name) if value not in standing)
    choices += [_choice(facet, value, None, state, names) for value in left]
    shown = tuple(one for n, one in enumerate(choices) if n < facet.shown or one.opened)
    rest = tuple(one for one in choices if one not in shown)
    return Panel(facet.name, labels.facet(facet), shown, rest)


def _choice(facet: Facet, value: str, count: int | None, state: SearchState, names: Names) -> Choice:
    return Choice(
        value,
        names.get(value) or labels.value(facet, value),
        count,
        value in state.chosen(facet.name),
        state.toggle(facet.name, value),
    )


def _by_count(one: Choice):
    return -(one.count or 0), one.label


#: What choices are sorted by.
_ORDERS = {
    Order.TIME: lambda one: by_time(one.value),
    Order.COUNT: _by_count,
    Order.GREATEST: lambda one: -int(one.value) if one.value.isdecimal() else 0,
}


def _flat(choices: Iterable[Choice]) -> Iterator[Choice]:
    for one in choices:
        yield one
        yield from _flat(one.within)


def _places(facet: Facet, buckets: tuple[Bucket, ...], state: SearchState) -> tuple[Choice, ...]:
    """The places, each with those within it: a key begins with its holder's."""
    counted = {bucket.value for bucket in buckets}
    below: dict[str, list[Bucket]] = {}
    for bucket in buckets:
        below.setdefault(_holder(bucket.value, counted), []).append(bucket)
    return _within(facet, "", below, state)


def _holder(key: str, counted: Collection[str]) -> str:
    """The nearest counted place that holds this one; empty where none does."""
    while "/" in key:
        key = key.rpartition("/")[0]
        if key in counted:
            return key
    return ""


def _within(facet: Facet, roof: str, below: Mapping[str, list[Bucket]], state: SearchState) -> tuple[Choice, ...]:
    """The places right below the key `roof`."""
    found = []
    for bucket in below.get(roof, ()):
        # A department, or a place beside which the one that holds it is named, needs no more than its name.
        bare = "/" not in bucket.value or bucket.value.rpartition("/")[0] == roof
        found.append(
            Choice(
                bucket.value,
                labels.place_within(bucket.value) if bare else labels.place(bucket.value),
                bucket.count,
                bucket.value in state.chosen(facet.name),
                state.toggle(facet.name, bucket.value),
                _within(facet, bucket.value, below, state),
            )
        )
    return tuple(sorted(found, key=_by_count))


def _near(choices: list[Choice], state: SearchState) -> list[Choice]:
    """The bins beside the chosen ones: those below the same wider bin."""
    roofs = {ancestors(bin)[-1:] for bin in state.spans}
    if not roofs or () in roofs:
        return choices
    return [one for one in choices if one.chosen or one.value in OPEN_BINS or ancestors(one.value)[-1:] in roofs]


def sibling_grain(state: SearchState) -> str:
    """How fine the bins of the date facet are: as fine as those chosen."""
    chosen = [grain_of(bin) for bin in state.spans]
    return max(chosen, key=GRAINS.index) if chosen else "decade"


def _path(facet: Facet, key: str, state: SearchState) -> list[Chip]:
    """A chosen place after the places that it is in: each is taken away with what is in it, and leaves what it is
    in."""
    widest, *narrower = Gazetteer.load().lineage(key)
    said = [f"{labels.facet(facet)}: {labels.place(widest)}"]
    said += [f"{labels.place_within(one.rpartition('/')[0])} › {labels.place_within(one)}" for one in narrower]
    return [
        Chip(facet.name, label, state.without_place(facet.name, one))
        for label, one in zip(said, (widest, *narrower), strict=True)
    ]


def chips(state: SearchState, names: Names) -> tuple[Chip, ...]:
    """What narrows the result, in the order of the address."""
    found = []
    for facet in FACETS.values():
        for value in state.chosen(facet.name):
            if facet.values is Values.PLACE and value in Gazetteer.load():
                found += _path(facet, value, state)
            else:
                label = f"{labels.facet(facet)}: {names.get(value) or labels.value(facet, value)}"
                found.append(Chip(facet.name, label, state.remove(facet.name, value)))
    found = list(dict.fromkeys(found))
    if state.since or state.until:
        found.append(Chip("range", labels.between(state.since, state.until), state.between("", "")))
    return tuple(found)
