"""What an audience may read: the one door between the catalog and everything that shows or says it.

Search, pages, images, exports and citations all come through here; what is suppressed is not found,
what is withdrawn is gone, and what is closed has a description and a note.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, Engine

from archive import derivatives, ids
from archive.access import Access, Audience, State, below
from archive.catalog import aliases, decisions, items, pages, readings, rules, shelf, tree, withheld
from archive.catalog.connect import open_catalog
from archive.catalog.types import AnyRow
from archive.citation.source import Source
from archive.cited import source
from archive.clearance import Clearance, Placed
from archive.config import Config
from archive.decisions import CORRECTION
from archive.decisions.correction import Standing
from archive.errors import AccessError, Gone, NotFound
from archive.held import Around, DescribedItem, HeldComponent, HeldItem, HeldPage, Recognised
from archive.layout import Layout
from archive.record import Component, NewMention, Page
from archive.search.request import NOTHING, Withheld

#: Items or pages that are looked up at once where many are: so many queries are saved, and so many are in memory.
PORTION = 500


class Holdings:
    """The archive as one audience may read it. Close it, or use it in a `with`."""

    def __init__(self, config: Config, audience: Audience = Audience.PUBLIC, catalog: Engine | None = None):
        self.config = config
        self.audience = audience
        self._clearance = Clearance(audience, State(config.access.default), config.archive.naan)
        self._owned = catalog is None
        self.catalog = catalog if catalog is not None else open_catalog(config.catalog_url)

    def __enter__(self) -> Holdings:
        return self

    def __exit__(self, *_failure: object) -> None:
        self.close()

    def close(self) -> None:
        if self._owned:
            self.catalog.dispose()

    # -- ids

    def permalink(self, id: str) -> str:
        return f"{self.config.archive.base_url.rstrip('/')}/{self.ark(id)}"

    def ark(self, id: str) -> str:
        return ids.ark(self.config.archive.naan, id)

    def find(self, text: str) -> DescribedItem | HeldPage | Component:
        """What an ARK, a permalink or a bare id names, through aliases. Raises NotFound, Gone."""
        found = self.look_up(text)
        return found.component if isinstance(found, HeldComponent) else found[1] or found[0]

    def look_up(self, text: str) -> tuple[DescribedItem, HeldPage | None] | HeldComponent:
        """What `find` finds, with what is shown beside it: a page with its item (where the item itself is named the
        page is None), a component with what is above it."""
        name = ids.parse_ark(text, self.config.archive.naan)
        with self.catalog.connect() as connection:
            target = aliases.target(connection, name)
            if not target:
                raise Gone("taken back by the archive", item=self.ark(name), remedy="")
            if page := items.page(connection, target):
                return self._page(connection, page)
            if placed := self._clearance.placed(connection, [target]):
                self._clearance.admit_item(placed[target], target)
                return self._described(connection, placed)[target], None
            if path := tree.path(connection, target):
                return self._component(connection, path)
        raise NotFound("nothing here", item=text, remedy="Copy the permalink whole.")

    # -- the tree

    def component(self, id: str) -> HeldComponent:
        """Raises NotFound for what is unknown or suppressed, Gone for what was withdrawn."""
        with self.catalog.connect() as connection:
            path = tree.path(connection, id)
            if not path:
                raise NotFound("nothing here", item=id)
            return self._component(connection, path)

    def _component(self, connection: Connection, path: tuple[Component, ...]) -> HeldComponent:
        access = self._clearance.of_paths(connection, {"": path})[""]
        self._clearance.admit(access[-1], path[-1].id)
        above = tuple(one for one, at in zip(path[:-1], access, strict=False) if at.description)
        return HeldComponent(path[-1], access[-1], above, tree.component_containers(connection, path[-1].id))

    def components(self, component_ids: Collection[str]) -> dict[str, Component]:
        """By id, those of these components that may be named."""
        with self.catalog.connect() as connection:
            paths = {id: path for id, path in tree.paths(connection, component_ids).items() if path}
            access = self._clearance.of_paths(connection, paths)
            return {id: path[-1] for id, path in paths.items() if access[id][-1].description}

    def children(self, id: str | None) -> tuple[Component, ...]:
        """The components below one (None: the top ones), without those that may not be named."""
        with self.catalog.connect() as connection:
            above = None if id is None else self._clearance.of_component(connection, id)
            found = tree.children(connection, id)
            access = self._clearance.of_children(connection, found, above)
            return tuple(one for one in found if access[one.id].description)

    def below_top(self, number: int) -> tuple[Component, ...]:
        """At most so many of the components right below those at the top of the tree that may be named."""
        with self.catalog.connect() as connection:
            return shelf.below_top(connection, number, self._clearance.is_ruled)

    def parts_of(self, component: HeldComponent, first: int, number: int) -> tuple[Component, ...]:
        """At most so many of the components right below one that may be named, from the `first` on, counted from 1."""
        with self.catalog.connect() as connection:
            return shelf.parts(connection, component.id, first, number, self._clearance.is_ruled)

    def items_of(self, component: HeldComponent, first: int, number: int) -> tuple[DescribedItem, ...]:
        """At most so many of the items right in a component that may be named, from the `first` on, counted from 1."""
        with self.catalog.connect() as connection:
            found = shelf.items(connection, component.id, first, number, self._clearance.is_ruled)
            return tuple(self._admitted(connection, found).values())

    def numbers_of(self, component: HeldComponent) -> tuple[int, int]:
        """How many components right below one may be named, and how many items right in it."""
        with self.catalog.connect() as connection:
            return (
                shelf.number_of_parts(connection, component.id, self._clearance.is_ruled),
                shelf.number_of_items(connection, component.id, self._clearance.is_ruled),
            )

    # -- items

    def described(self, id: str) -> DescribedItem:
        """An item without its pages. Raises NotFound for what is unknown or suppressed, Gone for what was withdrawn."""
        with self.catalog.connect() as connection:
            return self._item(connection, id)

    def item(self, id: str) -> HeldItem:
        """An item with all its pages. Raises as `described` does."""
        with self.catalog.connect() as connection:
            return self._whole(connection, self._item(connection, id))

    def items(self, ids: Iterable[str]) -> Iterator[HeldItem]:
        """These items with all their pages, in the order given, without those that may not be named.

        Each is as it stands when it is asked for, not when the first was.
        """
        for id in ids:
            with self.catalog.connect() as connection:
                for item in self._admitted(connection, [id]).values():
                    yield self._whole(connection, item)

    def every_item(self) -> Iterator[HeldItem]:
        """All items that may be named with all their pages, in the archive's order; memory stays flat."""
        with self.catalog.connect() as connection:
            for item in self._every(connection):
                yield self._whole(connection, item)

    def every_described(self) -> Iterator[DescribedItem]:
        """All items that may be named, without their pages, in the archive's order; memory stays flat."""
        with self.catalog.connect() as connection:
            yield from self._every(connection)

    def _every(self, connection: Connection) -> Iterator[DescribedItem]:
        left = (one.id for one in items.every_item(connection))
        while portion := tuple(islice(left, PORTION)):
            yield from self._admitted(connection, portion).values()

    def _item(self, connection: Connection, id: str) -> DescribedItem:
        placed = self._clearance.placed(connection, [id])
        if id not in placed:
            raise NotFound("nothing here", item=id, remedy="Copy the permalink whole.")
        self._clearance.admit_item(placed[id], id)
        return self._described(connection, placed)[id]

    def _admitted(self, connection: Connection, item_ids: Sequence[str]) -> dict[str, DescribedItem]:
        """By id, those of these items that may be named, in the order given."""
        placed = self._clearance.placed(connection, item_ids)
        admitted = {id: placed[id] for id in item_ids if id in placed and self._clearance.is_admitted(placed[id])}
        return self._described(connection, admitted)

    def _described(self, connection: Connection, admitted: Mapping[str, Placed]) -> dict[str, DescribedItem]:
        return self._clearance.described(connection, admitted, self._clearance.measured(connection, admitted))

    def _whole(self, connection: Connection, item: DescribedItem) -> HeldItem:
        cleared = self._clearance.cleared(connection, items.pages(connection, item.id), {item.id: item.access})
        return HeldItem(pages=self._clearance.numbered(connection, cleared), **vars(item))

    # -- pages

    def item_of_page(self, page_id: str) -> DescribedItem:
        """The item of a page that may be named."""
        with self.catalog.connect() as connection:
            page = items.page(connection, page_id)
            if page is None:
                raise NotFound("nothing here", item=page_id)
            return self._page(connection, page)[0]

    def page_alone(self, text: str) -> HeldPage:
        """A page as `find` gives it, but for its number in its item, which is not counted (0): for its images. Raises
        as `find`, and NotFound where no page is named."""
        name = ids.parse_ark(text, self.config.archive.naan)
        with self.catalog.connect() as connection:
            target = aliases.target(connection, name)
            page = items.page(connection, target) if target else None
            if page is None or not page.sequence:
                self.find(text)  # what is gone or hidden is said as everywhere
                raise NotFound("no page of that id", item=text)
            _, cleared = self._cleared(connection, page)
            return self._clearance.held(connection, cleared, {page.id: 0})[0]

    def _cleared(self, connection: Connection, page: Page) -> tuple[dict[str, Placed], list[tuple[Page, Access]]]:
        """A page that may be named with its access, and its item."""
        placed = self._clearance.placed(connection, [page.item_id])
        self._clearance.admit_item(placed[page.item_id], page.id)
        cleared = self._clearance.cleared(connection, [page], {page.item_id: placed[page.item_id].access})
        self._clearance.admit(cleared[0][1], page.id)
        return placed, cleared

    def _page(self, connection: Connection, page: Page) -> tuple[DescribedItem, HeldPage | None]:
        """A page with its item; None for one that was taken out of it, whose id goes on leading there."""
        placed, cleared = self._cleared(connection, page)
        measures = self._clearance.measured(connection, placed)
        item = self._clearance.described(connection, placed, measures)[page.item_id]
        if not page.sequence:
            return item, None
        places = self._clearance.places(connection, [page], measures)
        return item, self._clearance.held(connection, cleared, places)[0]

    def pages(self, page_ids: Iterable[str]) -> Iterator[tuple[DescribedItem, HeldPage]]:
        """These pages with their items, in the order given, without those that may not be named or were taken out of
        their item.

        They are looked up by portions of PORTION: each costs the same number of queries, however many items its pages
        are of, and of an item no more pages are read than are asked for.
        """
        left = iter(page_ids)
        while portion := tuple(islice(left, PORTION)):
            yield from self._portion(portion)

    def _portion(self, page_ids: Collection[str]) -> list[tuple[DescribedItem, HeldPage]]:
        with self.catalog.connect() as connection:
            rows = [row for row in items.pages_by_id(connection, page_ids).values() if row.sequence]
            placed = self._clearance.placed(connection, {row.item_id for row in rows})
            admitted = {id: one for id, one in placed.items() if self._clearance.is_admitted(one)}
            rows = [row for row in rows if row.item_id in admitted]
            above = {id: one.access for id, one in admitted.items()}
            cleared = self._clearance.cleared(connection, rows, above)
            measures = self._clearance.measured(connection, admitted)
            places = self._clearance.places(connection, rows, measures)
            held = {page.id: page for page in self._clearance.held(connection, cleared, places)}
            named = {page.item_id: admitted[page.item_id] for page in held.values()}
            described = self._clearance.described(connection, named, measures)
        return [(described[held[id].item_id], held[id]) for id in page_ids if id in held]

    def every_page(self) -> Iterator[tuple[DescribedItem, HeldPage]]:
        """All pages that may be named with their items, in the archive's order; memory stays flat."""
        with self.catalog.connect() as connection:
            every = self._every(connection)
            while found := {item.id: item for item in islice(every, PORTION)}:
                above, last = {id: item.access for id, item in found.items()}, dict.fromkeys(found, 0)
                extents = pages.extents(connection, found)
                for rows in pages.of_items(connection, {id: extents[id].pages for id in found if id in extents}):
                    cleared, places = self._clearance.cleared(connection, rows, above), {}
                    for row, access in cleared:
                        places[row.id] = last[row.item_id] = last[row.item_id] + access.description
                    for page in self._clearance.held(connection, cleared, places):
                        yield found[page.item_id], page

    def pages_of(self, item: DescribedItem, first: int, number: int) -> tuple[HeldPage, ...]:
        """At most so many pages of an item that may be named, from the `first` on, counted from 1."""
        with self.catalog.connect() as connection:
            rows = pages.portion(connection, item.id, first, number, self._clearance.is_ruled)
            cleared = self._clearance.cleared(connection, rows, {item.id: item.access})
            return self._clearance.numbered(connection, cleared, first)

    def around(self, item: DescribedItem, page: HeldPage, before: int, after: int) -> Around:
        """At most so many pages before one of an item, and so many after it, that may be named; with the item's first
        and last."""
        with self.catalog.connect() as connection:
            named = self._clearance.is_ruled
            back, on = pages.beside(connection, page.id, before, after, named)
            ends = pages.ends(connection, item.id, named)
            rows = {row.id: row for row in (*back, *on, *ends) if row.id != page.id}
            cleared = self._clearance.cleared(connection, tuple(rows.values()), {item.id: item.access})
            places = {ends[-1].id: item.page_count, ends[0].id: 1} if ends else {}
            places |= {row.id: number for number, row in enumerate(back, page.sequence - len(back))}
            places |= {row.id: number for number, row in enumerate(on, page.sequence + 1)}
            held = {page.id: page} | {one.id: one for one in self._clearance.held(connection, cleared, places)}
        first, last = (held.get(row.id, page) for row in ((ends[0], ends[-1]) if ends else (page, page)))
        ahead, behind = (tuple(held[row.id] for row in some if row.id in held) for some in (back, on))
        return Around(ahead, behind, first, last)

    def named(self, item: DescribedItem, page_ids: Collection[str]) -> frozenset[str]:
        """The ids among these that are pages of an item and may be named."""
        with self.catalog.connect() as connection:
            rows = items.pages_by_id(connection, page_ids).values()
            here = [row for row in rows if row.item_id == item.id and row.sequence]
            cleared = self._clearance.cleared(connection, here, {item.id: item.access})
        return frozenset(row.id for row, access in cleared if access.description)

    def first_pages(self, found: Iterable[DescribedItem]) -> dict[str, HeldPage]:
        """By id of these items, the first page of each that may be named; one without any is left out."""
        above = {item.id: item.access for item in found}
        with self.catalog.connect() as connection:
            rows = pages.first_of(connection, above, self._clearance.is_ruled)
            cleared = self._clearance.cleared(connection, tuple(rows.values()), above)
            held = self._clearance.held(connection, cleared, {row.id: 1 for row in rows.values()})
        return {page.item_id: page for page in held}

    def following(self, pairs: Iterable[tuple[DescribedItem, HeldPage]]) -> dict[str, HeldPage]:
        """By id of these pages, the page after each in its item that may be named; a last one is left out."""
        asked = {page.id: (item, page) for item, page in pairs}
        above = {item.id: item.access for item, _ in asked.values()}
        with self.catalog.connect() as connection:
            rows = pages.after_each(connection, asked, self._clearance.is_ruled)
            cleared = self._clearance.cleared(connection, tuple({row.id: row for row in rows.values()}.values()), above)
            places = {row.id: asked[id][1].sequence + 1 for id, row in rows.items()}
            held = {page.id: page for page in self._clearance.held(connection, cleared, places)}
        return {id: held[row.id] for id, row in rows.items() if row.id in held}

    def pages_before(self, page_ids: Sequence[str]) -> Iterator[str]:
        """The ids of the pages right before these in their items that may be named, each once; these need not be."""
        found: dict[str, None] = {}
        for start in range(0, len(page_ids), PORTION):
            with self.catalog.connect() as connection:
                before = pages.before_each(connection, page_ids[start : start + PORTION], self._clearance.is_ruled)
            found |= dict.fromkeys(page.id for page in before.values())
        return iter(found)

    def least_sure(self, language: str = "", below: float = 1.0) -> Iterator[tuple[DescribedItem, HeldPage, AnyRow]]:
        """The pages whose text may be read, those read with the least confidence first, with their reading's row."""
        with self.catalog.connect() as connection:
            rows = readings.least_sure(connection, language, below)
            while portion := {row.page_id: row for row in islice(rows, PORTION)}:
                for item, page in self._portion(portion):
                    if page.access.text:
                        yield item, page, portion[page.id]

    def mentioned(self, kind: str, value: str = "") -> Iterator[tuple[DescribedItem, HeldPage, NewMention]]:
        """Where pages whose text may be read mention this value of a kind; empty: what is undecided."""
        with self.catalog.connect() as connection:
            found = readings.mentioned(connection, kind, value)
            while portion := tuple(islice(found, PORTION)):
                pairs = self._portion(dict.fromkeys(page_id for page_id, _ in portion))
                held = {page.id: (item, page) for item, page in pairs if page.access.text}
                for page_id, mention in portion:
                    if page_id in held:
                        yield *held[page_id], mention

    def withheld(self) -> Withheld:
        """What a search must leave out, for the index has not heard yet that less of it may be read; of staff nothing
        is kept. Raises EngineBehind where that is too much to be left out."""
        if self.audience is Audience.STAFF:
            return NOTHING
        with self.catalog.connect() as connection:
            return withheld.withheld(connection)

    # -- words and images

    def read_through(self, item: DescribedItem) -> Iterator[tuple[HeldPage, Layout | None]]:
        """All pages of an item that may be named, in their order, each with its words; None where it was not read, or
        its text is closed. However many pages it has, in a few queries and little memory."""
        with self.catalog.connect() as connection:
            own = rules.standing_on_pages(connection, item.id) if self._clearance.is_ruled else {}
            rows, number = readings.through(connection, item.id), 1
            while portion := tuple(islice(rows, pages.PORTION)):
                cleared = [(items.page_of_row(row), below(item.access, own.get(row.id))) for row in portion]
                layouts = {row.id: row.layout for row in portion if row.layout is not None}
                for page in self._clearance.numbered(connection, cleared, number):
                    number += 1
                    is_read = page.access.text and page.id in layouts
                    yield page, Layout.from_bytes(layouts[page.id]) if is_read else None

    def recognised(self, pages: Iterable[HeldPage]) -> dict[str, Recognised]:
        """By id, what was read on these pages, of those whose text may be read and that were read."""
        asked = {page.id: page.reading for page in pages if page.access.text and page.reading is not None}
        with self.catalog.connect() as connection:
            found = readings.shown(connection, set(asked.values()))
            mentioned = readings.mentions_of(connection, found)
        return {
            id: Recognised(
                Layout.from_bytes(found[number].layout),
                found[number].language,
                found[number].confidence,
                tuple(mentioned.get(number, ())),
            )
            for id, number in asked.items()
            if number in found
        }

    def layout(self, page: HeldPage) -> Layout | None:
        """The words of a page where they stand; None where it was not read. Raises AccessError."""
        if not page.access.text:
            raise AccessError("closed", item=self.ark(page.id), remedy=page.access.reason)
        with self.catalog.connect() as connection:
            return readings.layout(connection, page.reading)

    def reading(self, page: HeldPage) -> AnyRow | None:
        """Reader, languages, language and confidence of what is shown of a page, or None. Raises AccessError."""
        if not page.access.text:
            raise AccessError("closed", item=self.ark(page.id), remedy=page.access.reason)
        with self.catalog.connect() as connection:
            return readings.reading(connection, page.reading)

    def corrected(self, page: HeldPage) -> Standing | None:
        """What persons corrected of what is shown of a page, without who; None where they did not, or its text is
        closed."""
        if not page.access.text or page.reading is None:
            return None
        with self.catalog.connect() as connection:
            found = decisions.standing_on(connection, CORRECTION, [page.id])
        return Standing.of(found.get(page.id, ()))

    def mentions(self, page: HeldPage) -> tuple[NewMention, ...]:
        """Dates and places that a page's shown reading speaks of; none where its text is closed."""
        if not page.access.text:
            return ()
        with self.catalog.connect() as connection:
            return readings.mentions(connection, page.reading)

    def image(self, page: HeldPage, width: int | None = None) -> Path:
        """The page image, or its copy of a `width` of derivatives.NARROW; where that was never made, the page image.

        Raises AccessError where it may not be shown, NotFound where there is none, or there are no copies of that
        width.
        """
        whole = self._derivative(page, derivatives.image)
        if width is None:
            return whole
        if width not in derivatives.NARROW:
            raise NotFound("no image of that width", item=self.ark(page.id))
        copy = derivatives.narrow(whole, width)
        return copy if copy.exists() else whole

    def image_sizes(self, page: HeldPage) -> tuple[tuple[int, int], ...]:
        """Width and height of the copies of the page image, the narrowest first, its own last; empty where none can be
        shown."""
        return derivatives.sizes(derivatives.image(self.config.data_folder, page.id)) if page.has_image else ()

    def thumbnail(self, page: HeldPage) -> Path:
        return self._derivative(page, derivatives.thumbnail)

    def _derivative(self, page: HeldPage, place: Callable[[Path, str], Path]) -> Path:
        if not page.access.image:
            raise AccessError("closed", item=self.ark(page.id), remedy=page.access.reason)
        path = place(self.config.data_folder, page.id)
        if page.kept is not None:
            raise NotFound(
                "the file is kept and not shown", item=self.ark(page.id), remedy="Its page says how to ask for it."
            )
        if not path.exists():
            raise NotFound(
                "no image of this page", item=self.ark(page.id), remedy="Run `rescate ingest` again on its master."
            )
        return path

    # -- citations

    def source(self, item: DescribedItem, page: HeldPage | None = None) -> Source:
        """What a citation needs of an item, or of one page of it."""
        cited = page or item
        return source(self.config.archive, item, page, self.permalink(cited.id))
