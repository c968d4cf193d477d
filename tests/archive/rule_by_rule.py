"""What an audience may have, unit by unit from the catalog, each under the chain of rules above it: slow, and right.

It is what the holdings' ways to read many at once are compared with.
"""

from functools import cached_property

from archive.access import STAFF, Access, Audience, State, effective
from archive.catalog import files, items, rules, tree
from archive.description import STATED, Description
from archive.held import DescribedItem, HeldComponent, HeldPage, KeptFile
from archive.holdings import Holdings
from archive.record import Component
from archive.unit import Unit


class RuleByRule:
    """The archive as it stands when it is first looked at. Use it in a `with`."""

    def __init__(self, holdings: Holdings):
        self._default = State(holdings.config.access.default)
        self._is_staff = holdings.audience is Audience.STAFF
        self._catalog = holdings.catalog
        self._standing = {}

    def __enter__(self):
        self._connection = self._catalog.connect()
        return self

    def __exit__(self, *_failure):
        self._connection.close()

    @cached_property
    def items(self) -> dict[str, DescribedItem]:
        """By id, all items that may be named, in the archive's order."""
        found = {one.id: self._item(one) for one in items.every_item(self._connection)}
        return {id: one for id, one in found.items() if one}

    @cached_property
    def pages(self) -> dict[str, list[HeldPage]]:
        """By id of an item that may be named, its pages that may be, in its order."""
        return {id: list(self._pages(items.item(self._connection, id))) for id in self.items}

    def pairs(self, page_ids) -> list[tuple[DescribedItem, HeldPage]]:
        """These pages with their items, in the order given, of those that may be named."""
        known = {page.id: (self.items[id], page) for id, pages in self.pages.items() for page in pages}
        return [known[id] for id in page_ids if id in known]

    def items_of(self, component_id: str) -> list[DescribedItem]:
        """The items directly in a component that may be named."""
        of_component = items.items_of_component(self._connection, [component_id])
        return [self.items[one.id] for one in of_component if one.id in self.items]

    def component(self, id: str) -> Component | None:
        """A component that may be named."""
        return tree.component(self._connection, id) if self._access(*self._above(id)).description else None

    def held(self, component: Component) -> HeldComponent:
        path = tree.path(self._connection, component.id)
        return HeldComponent(
            component,
            self._access(*self._above(component.id)),
            tuple(one for one in path[:-1] if self.component(one.id)),
            tree.component_containers(self._connection, component.id),
        )

    def children(self, id: str | None) -> list[Component]:
        below = tree.children(self._connection, id)
        return [one for one in below if self.component(one.id)]

    def _item(self, item) -> DescribedItem | None:
        own = self._access_of(item)
        if not own.description or item.undone is not None:
            return None
        whole = [self._access_of(item, page) for page in items.pages(self._connection, item.id)]
        said = items.description(self._connection, item.id)
        if not own.text or any(not (one.description and one.text) for one in whole):
            said = Description(tuple(one for one in said if one.source in STATED))
        path = tree.path(self._connection, item.component_id)
        return DescribedItem(
            item.id,
            item.local_id,
            said,
            own,
            tuple(one for one in path if self.component(one.id)),
            tree.item_containers(self._connection, item.id),
            page_count=sum(one.description for one in whole),
            within=tuple(one.id for one in path),
        )

    def _pages(self, item):
        number = 0
        for page in items.pages(self._connection, item.id):
            access = self._access_of(item, page)
            if not access.description:
                continue
            number += 1
            file = files.file(self._connection, page.file_id)
            is_kept = file.frames[page.frame - 1].kept and (access.text or access.image)
            yield HeldPage(
                page.id,
                page.ordinal,
                item.id,
                number,
                page.label,
                page.role,
                page.width,
                page.height,
                access,
                page.shown_reading if access.text else None,
                KeptFile(file.format, file.puid, file.bytes) if is_kept else None,
            )

    def _above(self, component_id):
        return [Unit.component(one.id) for one in tree.path(self._connection, component_id)]

    def _access_of(self, item, page=None) -> Access:
        of_page = [Unit.page(page.id)] if page else []
        return self._access(*self._above(item.component_id), Unit.item(item.id), *of_page)

    def _access(self, *chain) -> Access:
        for unit in chain:
            if unit not in self._standing:
                self._standing[unit] = rules.standing(self._connection, unit)
        return STAFF if self._is_staff else effective((self._standing[unit] for unit in chain), self._default)
