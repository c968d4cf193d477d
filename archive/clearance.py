"""Which items and pages an audience may have, and how much of them: decided for many at once, in a few statements.

Nothing of an item is told before it was admitted: it may be named, and was not taken back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection

from archive import ids
from archive.access import STAFF, Access, Audience, Rule, State, below, effective
from archive.catalog import files, items, pages, rules, tree
from archive.catalog.pages import Extent
from archive.description import STATED, Description
from archive.errors import Gone, NotFound
from archive.held import DescribedItem, HeldPage, KeptFile
from archive.record import Component, Item, Page
from archive.unit import Kind


class Placed(NamedTuple):
    """An item with what stands above it: the components from the top, the access at each, and its own."""

    item: Item
    path: tuple[Component, ...]
    above: tuple[Access, ...]
    access: Access


class Measure(NamedTuple):
    """Of an item's pages: how many may be named, whether their sequences are their numbers, and whether the text of all
    may be read."""

    pages: int
    is_counted: bool
    is_read_whole: bool


@dataclass(frozen=True)
class Clearance:
    """The rules as they hold for one audience, under a `default` for what no rule speaks of; `naan` names units in
    errors."""

    audience: Audience
    default: State
    naan: str

    @property
    def is_ruled(self) -> bool:
        """Rules hold for this audience; the staff reads all."""
        return self.audience is not Audience.STAFF

    def admit(self, access: Access, id: str) -> None:
        """Refuses what may not be named. Both messages say nothing of what it is."""
        if access.state is State.WITHDRAWN:
            raise Gone("withdrawn from the archive", item=ids.ark(self.naan, id), remedy="")
        if not access.description:
            raise NotFound("nothing here", item=id, remedy="Copy the permalink whole.")

    def admit_item(self, placed: Placed, asked: str) -> None:
        """Refuses an item that may not be named or was taken back; an error names what was `asked` for."""
        self.admit(placed.access, asked)
        if placed.item.undone is not None:
            raise Gone("taken back by the archive", item=ids.ark(self.naan, asked), remedy="")

    def is_admitted(self, placed: Placed) -> bool:
        return placed.access.description and placed.item.undone is None

    # -- components

    def of_paths(
        self, connection: Connection, paths: Mapping[str, Sequence[Component]]
    ) -> dict[str, tuple[Access, ...]]:
        """By key, the access at each component of a path from the top of the tree."""
        on = self._standing_on(connection, Kind.COMPONENT, {one.id for path in paths.values() for one in path})
        return {
            id: tuple(self._effective(on.get(one.id) for one in path[:number]) for number in range(1, len(path) + 1))
            for id, path in paths.items()
        }

    def of_component(self, connection: Connection, component_id: str) -> Access:
        """What may be had of what stands in a component and has no rule of its own."""
        found = self.of_paths(connection, tree.paths(connection, [component_id]))[component_id]
        return found[-1] if found else self._effective(())

    def of_children(
        self, connection: Connection, children: Collection[Component], above: Access | None
    ) -> dict[str, Access]:
        """By id, the access of components right below one that has `above` (None: at the top of the tree)."""
        on = self._standing_on(connection, Kind.COMPONENT, [one.id for one in children])
        above = self._effective(()) if above is None else above
        return {one.id: below(above, on.get(one.id)) for one in children}

    # -- items

    def placed(self, connection: Connection, item_ids: Collection[str]) -> dict[str, Placed]:
        """By id, those of these items that there are, admitted or not."""
        found = items.by_id(connection, item_ids)
        paths = tree.paths(connection, {one.component_id for one in found.values() if one.component_id})
        along = self.of_paths(connection, paths)
        own = self._standing_on(connection, Kind.ITEM, found)
        placed = {}
        for id, item in found.items():
            component = item.component_id or ""
            path, above = paths.get(component, ()), along.get(component, ())
            placed[id] = Placed(item, path, above, below(above[-1] if above else self._effective(()), own.get(id)))
        return placed

    def measured(self, connection: Connection, placed: Mapping[str, Placed]) -> dict[str, Measure]:
        """By id, the measure of each of these items."""
        extents = pages.extents(connection, placed)
        tallies = rules.tally_on_pages(connection, placed) if self.is_ruled else {}
        found = {}
        for id, one in placed.items():
            extent = extents.get(id, Extent())
            ruled = [(below(one.access, rule), number) for rule, number in tallies.get(id, ())]
            unnamed = sum(number for access, number in ruled if not access.description)
            read_whole = all(access.description and access.text for access, _ in ruled)
            found[id] = Measure(extent.pages - unnamed, extent.is_counted and not unnamed, read_whole)
        return found

    def described(
        self, connection: Connection, placed: Mapping[str, Placed], measures: Mapping[str, Measure]
    ) -> dict[str, DescribedItem]:
        """By id, these items, which were admitted, as far as their audience may have them."""
        said, kept_in = items.descriptions(connection, placed), tree.containers_of_items(connection, placed)
        found = {}
        for id, (item, path, above, access) in placed.items():
            description = said[id]
            # What a machine drew from the whole may be what stands on a page that may not be read, or tell how many
            # there are.
            if not (access.text and measures[id].is_read_whole):
                description = Description(tuple(one for one in description.statements if one.source in STATED))
            found[id] = DescribedItem(
                id,
                item.local_id,
                description,
                access,
                tuple(one for one, at in zip(path, above, strict=True) if at.description),
                kept_in[id],
                page_count=measures[id].pages,
                within=tuple(one.id for one in path),
            )
        return found

    # -- pages

    def cleared(
        self, connection: Connection, rows: Sequence[Page], above: Mapping[str, Access]
    ) -> list[tuple[Page, Access]]:
        """These pages, each with its access, whether or not it may be named; `above` is the access of their items, by
        id."""
        own = self._standing_on(connection, Kind.PAGE, [row.id for row in rows])
        return [(row, below(above[row.item_id], own.get(row.id))) for row in rows]

    def held(
        self, connection: Connection, cleared: Iterable[tuple[Page, Access]], places: Mapping[str, int]
    ) -> tuple[HeldPage, ...]:
        """The pages among these that may be named, in their order; `places` has the number of each of these."""
        named = [(row, access) for row, access in cleared if access.description]
        # Without a canvas, and their audience may hear of the file.
        bare = {row.id for row, access in named if not row.width and (access.text or access.image)}
        kept = files.by_id(connection, {row.file_id for row, _ in named if row.id in bare})
        return tuple(
            HeldPage(
                row.id,
                row.ordinal,
                row.item_id,
                places[row.id],
                row.label,
                row.role,
                row.width,
                row.height,
                access,
                row.shown_reading if access.text else None,
                KeptFile.of(kept[row.file_id], row.frame) if row.id in bare else None,
            )
            for row, access in named
        )

    def numbered(
        self, connection: Connection, cleared: Iterable[tuple[Page, Access]], first: int = 1
    ) -> tuple[HeldPage, ...]:
        """The pages among these that may be named, which are of one item and follow one another in it; the first of
        them has the number `first`."""
        named = [(row, access) for row, access in cleared if access.description]
        return self.held(connection, named, {row.id: number for number, (row, _) in enumerate(named, first)})

    def places(self, connection: Connection, rows: Iterable[Page], measures: Mapping[str, Measure]) -> dict[str, int]:
        """By id, the place of each of these pages among those of its item that may be named, from 1; the items are
        among `measures`."""
        found, others = {}, []
        for row in rows:
            if measures[row.item_id].is_counted:
                found[row.id] = row.sequence
            else:
                others.append(row.id)
        return found | (pages.places(connection, others, self.is_ruled) if others else {})

    def _standing_on(self, connection: Connection, kind: Kind, ids: Collection[str]) -> dict[str, Rule]:
        return rules.standing_on(connection, kind, ids) if self.is_ruled and ids else {}

    def _effective(self, chain: Iterable[Rule | None]) -> Access:
        return effective(chain, self.default) if self.is_ruled else STAFF
