"""What an audience may read: the one door between the catalog and everything that shows or says it.

Search, pages, images, exports and citations all come through here; what is suppressed is not found,
what is withdrawn is gone, and what is closed has a description and a note.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, Engine, Row

from archive import derivatives, ids
from archive.access import STAFF, Access, Rule, State, effective
from archive.catalog import corrections, files, items, readings, rules, tree, withheld
from archive.catalog.connect import open_catalog
from archive.citation.source import Source
from archive.cited import source
from archive.config import Config
from archive.description import STATED, Description
from archive.errors import AccessError, Gone, NotFound
from archive.held import DescribedItem, HeldItem, HeldPage, KeptFile
from archive.layout import Layout
from archive.record import Component, Container, Item, Page
from archive.search.request import NOTHING, Audience, Withheld

#: Pages that are looked up at once where many are: so many queries are saved, and so many are in memory.
PORTION = 200


class Holdings:
    """The archive as one audience may read it. Close it, or use it in a `with`."""

    def __init__(self, config: Config, audience: Audience = Audience.PUBLIC, catalog: Engine | None = None):
        self.config = config
        self.audience = audience
        self._default = State(config.access.default)
        self._owned = catalog is None
        self.catalog = catalog if catalog is not None else open_catalog(config.catalog_url)

    def __enter__(self) -> Holdings:
        return self

    def __exit__(self, *_failure) -> None:
        self.close()

    def close(self) -> None:
        if self._owned:
            self.catalog.dispose()

    # -- ids

    def permalink(self, id: str) -> str:
        return f"{self.config.archive.base_url.rstrip('/')}/{self.ark(id)}"

    def ark(self, id: str) -> str:
        return ids.ark(self.config.archive.naan, id)

    def find(self, text: str) -> HeldItem | HeldPage | Component:
        """What an ARK, a permalink or a bare id names, through aliases. Raises NotFound, Gone."""
        name = ids.parse_ark(text, self.config.archive.naan)
        with self.catalog.connect() as connection:
            target = items.target_of_alias(connection, name)
            if not target:
                raise Gone("taken back by the archive", item=self.ark(name), remedy="")
            name = target
            if page := items.page(connection, name):
                item = self._item(connection, page.item_id, name)
                self._admit(self._of_page(connection, page, item), name)
                # A page taken out of its item goes on leading there.
                return item.page(page.id) if page.sequence else item
            if items.item(connection, name):
                return self._item(connection, name)
            if tree.component(connection, name):
                return self.component(name)
        raise NotFound("nothing here", item=text, remedy="Copy the permalink whole.")

    # -- the tree

    def component(self, id: str) -> Component:
        with self.catalog.connect() as connection:
            found = tree.component(connection, id)
            if found is None:
                raise NotFound("nothing here", item=id)
            if self.audience is not Audience.STAFF:
                self._admit(rules.of_component(connection, id, self._default), id)
            return found

    def component_access(self, id: str) -> Access:
        """What this audience may have of what stands in a component and has no rule of its own."""
        if self.audience is Audience.STAFF:
            return STAFF
        with self.catalog.connect() as connection:
            return rules.of_component(connection, id, self._default)

    def component_containers(self, id: str) -> tuple[Container, ...]:
        """Where a component is kept: each box followed by its folders. Raises as `component` does."""
        self.component(id)
        with self.catalog.connect() as connection:
            return tree.component_containers(connection, id)

    def children(self, id: str | None) -> tuple[Component, ...]:
        """The components below one (None: the top ones), without those that may not be named."""
        with self.catalog.connect() as connection:
            return tuple(
                one
                for one in tree.children(connection, id)
                if self.audience is Audience.STAFF or rules.of_component(connection, one.id, self._default).description
            )

    def items_of(self, component_id: str) -> tuple[HeldItem, ...]:
        """The items directly in a component, in order, as far as they may be named."""
        self.component(component_id)
        with self.catalog.connect() as connection:
            return tuple(
                self._named(connection, (one.id for one in items.items_of_component(connection, [component_id])))
            )

    # -- items and pages

    def item(self, id: str) -> HeldItem:
        """Raises NotFound for what is unknown or suppressed, Gone for what was withdrawn."""
        with self.catalog.connect() as connection:
            return self._item(connection, id)

    def least_sure(self, language: str = "", below: float = 1.0) -> Iterator[tuple[HeldItem, HeldPage, Row]]:
        """The pages whose text may be read, those read with the least confidence first, with their reading's row."""
        with self.catalog.connect() as connection:
            for row in readings.least_sure(connection, language, below):
                try:
                    item = self.item(row.item_id)
                except (NotFound, Gone):
                    continue
                page = next((one for one in item.pages if one.id == row.page_id), None)
                if page is not None and page.access.text:
                    yield item, page, row

    def item_of_page(self, page_id: str) -> HeldItem:
        """The item of a page that may be named."""
        with self.catalog.connect() as connection:
            page = items.page(connection, page_id)
            if page is None:
                raise NotFound("nothing here", item=page_id)
            item = self._item(connection, page.item_id, page_id)
            self._admit(self._of_page(connection, page, item), page_id)
            return item

    def every_item(self) -> Iterator[HeldItem]:
        """All items that may be named, in the archive's order; memory stays flat."""
        with self.catalog.connect() as connection:
            yield from self._named(connection, (one.id for one in items.every_item(connection)))

    def items(self, ids: Iterable[str]) -> Iterator[HeldItem]:
        """These items with all their pages, in the order given, without those that may not be named.

        Each is as it stands when it is asked for, not when the first was.
        """
        for id in ids:
            with self.catalog.connect() as connection:
                yield from self._named(connection, [id])

    def _named(self, connection: Connection, item_ids) -> Iterator[HeldItem]:
        for id in item_ids:
            try:
                yield self._item(connection, id)
            except (NotFound, Gone):
                continue

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
            placed = self._placed(connection, {row.item_id for row in rows})
            admitted = {id: one for id, one in placed.items() if self._is_admitted(one)}
            on_pages = rules.standing_on(connection, "page", page_ids) if self._is_ruled else {}
            nameable = self._nameable(rows, admitted, on_pages)
            before = self._unnamed_before(connection, nameable, admitted)
            held = {page.id: page for page in self._held(connection, nameable, before)}
            described = self._described(connection, {page.item_id: admitted[page.item_id] for page in held.values()})
        return [(described[held[id].item_id], held[id]) for id in page_ids if id in held]

    def _item(self, connection: Connection, id: str, asked: str = "") -> HeldItem:
        """The item; an error names what was `asked` for, its page perhaps, and never another id."""
        placed = self._placed(connection, [id])
        if id not in placed:
            raise NotFound("nothing here", item=asked or id, remedy="Copy the permalink whole.")
        self._admit_item(placed[id], asked or id)
        on_pages = rules.standing_on_pages(connection, id) if self._is_ruled else {}
        nameable = self._nameable(items.pages(connection, id), placed, on_pages)
        before = (
            {row.id: row.sequence - number for number, (row, _) in enumerate(nameable, 1)} if self._is_ruled else {}
        )
        pages = tuple(self._held(connection, nameable, before))
        return HeldItem(pages=pages, **vars(self._described(connection, placed)[id]))

    def _placed(self, connection: Connection, item_ids: Collection[str]) -> dict[str, _Placed]:
        """By id, those of these items that there are, each with what stands above it."""
        found = items.by_id(connection, item_ids)
        paths = tree.paths(connection, {one.component_id for one in found.values() if one.component_id})
        named = {one.id for path in paths.values() for one in path}
        above = rules.standing_on(connection, "component", named) if self._is_ruled else {}
        own = rules.standing_on(connection, "item", found) if self._is_ruled else {}
        return {
            id: _Placed(item, path, (*(above.get(one.id) for one in path), own.get(id)))
            for id, item in found.items()
            for path in [paths.get(item.component_id, ())]
        }

    def _described(self, connection: Connection, placed: Mapping[str, _Placed]) -> dict[str, DescribedItem]:
        """By id, these items, which were admitted, as far as their audience may have them."""
        ruled = rules.tally_on_pages(connection, placed) if self._is_ruled else {}
        counts, said = items.page_counts(connection, placed), items.descriptions(connection, placed)
        kept_in = tree.containers_of_items(connection, placed)
        found = {}
        for id, (item, path, chain) in placed.items():
            access = self._access(chain)
            on_pages = [(self._access((*chain, rule)), number) for rule, number in ruled.get(id, ())]
            description = said[id]
            # What a machine drew from the whole may be what stands on a page that may not be read, or tell how many
            # there are.
            if not access.text or any(not (one.description and one.text) for one, _ in on_pages):
                description = Description(tuple(one for one in description.statements if one.source in STATED))
            named = tuple(one for number, one in enumerate(path, 1) if self._access(chain[:number]).description)
            unnamed = sum(number for one, number in on_pages if not one.description)
            found[id] = DescribedItem(
                id,
                item.local_id,
                description,
                access,
                named,
                kept_in[id],
                page_count=counts.get(id, 0) - unnamed,
                within=tuple(one.id for one in path),
            )
        return found

    def _nameable(
        self, rows: Iterable[Page], placed: Mapping[str, _Placed], on_pages: Mapping[str, Rule]
    ) -> list[tuple[Page, Access]]:
        """Pages that may be named, each with its access; their items are among `placed`, `on_pages` are the rules by
        page id."""
        of_items = {id: self._access(one.chain) for id, one in placed.items()}
        found = []
        for row in rows:
            if row.item_id in of_items:
                own = on_pages.get(row.id)
                access = of_items[row.item_id] if own is None else self._access((*placed[row.item_id].chain, own))
                if access.description:
                    found.append((row, access))
        return found

    def _unnamed_before(
        self, connection: Connection, nameable: Iterable[tuple[Page, Access]], placed: Mapping[str, _Placed]
    ) -> dict[str, int]:
        """By id, how many pages of its item that may not be named stand before each of these."""
        of = {row.id: placed[row.item_id].chain for row, _ in nameable}
        ruled = rules.tally_before(connection, of) if self._is_ruled else {}
        return {
            id: sum(number for rule, number in on_pages if not self._access((*of[id], rule)).description)
            for id, on_pages in ruled.items()
        }

    def _held(
        self, connection: Connection, nameable: Collection[tuple[Page, Access]], before: Mapping[str, int]
    ) -> Iterator[HeldPage]:
        """These pages, numbered without so many before each that its audience is not told of."""
        # Without a canvas, and their audience may hear of the file.
        bare = {row.id for row, access in nameable if not row.width and (access.text or access.image)}
        kept = files.by_id(connection, {row.file_id for row, _ in nameable if row.id in bare})
        for row, access in nameable:
            yield HeldPage(
                row.id,
                row.ordinal,
                row.item_id,
                row.sequence - before.get(row.id, 0),
                row.label,
                row.role,
                row.width,
                row.height,
                access,
                row.shown_reading if access.text else None,
                KeptFile.of(kept[row.file_id], row.frame) if row.id in bare else None,
            )

    @property
    def _is_ruled(self) -> bool:
        return self.audience is not Audience.STAFF

    def _access(self, chain: Iterable[Rule | None]) -> Access:
        return effective(chain, self._default) if self._is_ruled else STAFF

    def _admit_item(self, placed: _Placed, asked: str) -> None:
        self._admit(self._access(placed.chain), asked)
        if placed.item.undone is not None:
            raise Gone("taken back by the archive", item=self.ark(asked), remedy="")

    def _is_admitted(self, placed: _Placed) -> bool:
        try:
            self._admit_item(placed, placed.item.id)
        except (NotFound, Gone):
            return False
        return True

    def _of_page(self, connection: Connection, page: Page, item: HeldItem) -> Access:
        if self.audience is Audience.STAFF:
            return STAFF
        component = item.within[-1] if item.within else None
        return rules.of_page(connection, page.id, page.item_id, component, self._default)

    def _admit(self, access: Access, id: str) -> None:
        """Refuses what may not be named. Both messages say nothing of what it is."""
        if access.state is State.WITHDRAWN:
            raise Gone("withdrawn from the archive", item=self.ark(id), remedy="")
        if not access.description:
            raise NotFound("nothing here", item=id, remedy="Copy the permalink whole.")

    def withheld(self) -> Withheld:
        """What a search must leave out, for the index has not heard yet that less of it may be read; of staff nothing
        is kept. Raises EngineBehind where that is too much to be left out."""
        if self.audience is Audience.STAFF:
            return NOTHING
        with self.catalog.connect() as connection:
            return withheld.withheld(connection)

    # -- words and images

    def layout(self, page: HeldPage) -> Layout | None:
        """The words of a page where they stand; None where it was not read. Raises AccessError."""
        if not page.access.text:
            raise AccessError("closed", item=self.ark(page.id), remedy=page.access.reason)
        with self.catalog.connect() as connection:
            return readings.layout(connection, page.reading)

    def reading(self, page: HeldPage):
        """Reader, languages, language and confidence of what is shown of a page, or None. Raises AccessError."""
        if not page.access.text:
            raise AccessError("closed", item=self.ark(page.id), remedy=page.access.reason)
        with self.catalog.connect() as connection:
            return readings.reading(connection, page.reading)

    def corrected(self, page: HeldPage) -> corrections.Standing | None:
        """What persons corrected of what is shown of a page, without who; None where they did not, or its text is
        closed."""
        if not page.access.text or page.reading is None:
            return None
        with self.catalog.connect() as connection:
            return corrections.standing_on(connection, page.id, page.reading)

    def mentions(self, page: HeldPage):
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

    def _derivative(self, page: HeldPage, place) -> Path:
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


class _Placed(NamedTuple):
    """An item, the components above it from the top, and the rules on these and on it, outermost first."""

    item: Item
    path: tuple[Component, ...]
    chain: tuple[Rule | None, ...]
