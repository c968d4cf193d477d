"""The preservation package: items with their masters, words and metadata in a BagIt bag that is a batch again.

    data/objects/           metadata.csv, pages.csv, components.csv and a folder for each item: a batch
    data/alto/, data/text/  the words of each page, ALTO 4.4 and plain, in the same folders
    data/premis/            PREMIS 3.0 of each item, by its minted id
    data/transcripts/       an item's files that are no page's master (the staff's bag alone)
    data/descriptions.csv   all that is said of items and components, with where it came from

The staff's bag holds the masters. The public's holds in their place the images of the pages that it may download; of
what has none it has the description and the words that may be read, and no row, for there is nothing to take in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection

from archive import __version__, exports
from archive.access import Audience, Rule, State
from archive.bagging import bag_in_folder, size
from archive.catalog import items, rules
from archive.description import Description, elements
from archive.errors import NotFound
from archive.held import HeldItem
from archive.holdings import Holdings
from archive.preservation import saying
from archive.preservation.bagged_item import OBJECTS, SHEETS, Packed, Packer
from archive.preservation.branches import Branches
from archive.preservation.rows import as_said, component_row, item_row, page_row, reference
from archive.preservation.sheets import Sheet
from archive.unit import Unit


class Progress(Protocol):
    def stage(self, name: str, total: int) -> None: ...

    def advance(self, steps: int = 1) -> None: ...

    def begin(self, what: str) -> None: ...


@dataclass(frozen=True)
class Package:
    """A bag that was written, and how much is in it: `described` items are those without an object in it, `lacking`
    the pages that are open and of which no image stands in the archive."""

    path: Path
    items: int
    described: int
    pages: int
    lacking: int
    files: int
    bytes: int

    def __str__(self) -> str:
        without = f" ({self.described} of them described alone)" if self.described else ""
        return f"{self.items} items{without}, {self.pages} pages, {self.files} files, {size(self.bytes)}"


def write(holdings: Holdings, folder: Path, query: str | None, progress: Progress) -> Package:
    """Writes a bag of all items, or of those of which a query finds a page, each whole, as the audience may have them.

    It stands in `folder`, named by audience and time, once bagit-python has found it valid; where anything fails,
    nothing does. Raises NotFound where no item is found, FixityError for a master that is nowhere as it was taken in.
    """
    staff = holdings.audience is Audience.STAFF
    path = folder / f"rescate-{holdings.audience.value}-{datetime.now():%Y-%m-%dT%H%M%S}"
    with bag_in_folder(path, private=staff) as bag, ExitStack() as sheets:
        metadata, pages, components = (
            sheets.enter_context(Sheet(bag, f"{OBJECTS}/{name}", list(elements(name.removesuffix(".csv")))))
            for name in SHEETS
        )
        descriptions = sheets.enter_context(Sheet(bag, "descriptions.csv", saying.COLUMNS))
        packer, branches = Packer(holdings, bag), Branches(holdings)
        counts: Counter[str] = Counter()
        within: set[str] | None = None if query is None else set()
        ids: set[str] = set()
        for item in _items(holdings, query, progress):
            packed = packer.pack(item)
            with holdings.catalog.connect() as connection:
                above = branches.above(connection, item)
                own, on_pages = _rules(holdings, connection, item)
            id = item.local_id or item.id
            id = id if id not in ids else f"{id}-{item.id}"  # each folder may have had its own 0001
            ids.add(id)
            if packed.parts:
                metadata.add(
                    item_row(
                        id,
                        reference(above[-1]) if above else "",
                        packed.parts,
                        _written(item, staff),
                        item.containers,
                        _told(as_said(own), staff),
                    )
                )
                for place, (page, part) in enumerate(packed.pages, 1):
                    pages.add(page_row(id, place, part.file, page, as_said(on_pages.get(page.id))))
            for row in saying.of_item(holdings, item, id, own, on_pages):
                descriptions.add(row)
            if within is not None:
                within.update(one.id for one in above)
            counts += _counted(packed)
            progress.advance()
        if not counts["items"]:
            raise NotFound(
                "no item is found, so there is nothing to put into a bag", item=str(path), remedy="Ask another query."
            )
        tops = []
        with holdings.catalog.connect() as connection:
            for one, parent, rule in branches.walk(connection, within):
                components.add(component_row(one, reference(parent) if parent else "", _told(as_said(rule), staff)))
                for row in saying.of_component(holdings, connection, one, rule):
                    descriptions.add(row)
                if parent is None:
                    tops.append(holdings.permalink(one.id))
        sheets.close()
        bag.seal(_about(holdings, query, counts, tops))
        progress.stage("validate", bag.files)
        progress.begin("the whole bag is read again")
        bag.validate()
        progress.advance(bag.files)
    return Package(path, counts["items"], counts["described"], counts["pages"], counts["lacking"], bag.files, bag.bytes)


def _items(holdings: Holdings, query: str | None, progress: Progress) -> Iterator[HeldItem]:
    """The items to be put in. How many there are in all, closed ones too, only staff is told."""
    if query is None:
        with holdings.catalog.connect() as connection:
            progress.stage("pack", items.count(connection)[0] if holdings.audience is Audience.STAFF else 0)
        yield from holdings.every_item()
        return
    ids = list(dict.fromkeys(item.id for item, _ in exports.found(holdings, query)))
    progress.stage("pack", len(ids))
    yield from holdings.items(ids)  # without what was withdrawn since the index was asked


def _rules(holdings: Holdings, connection: Connection, item: HeldItem) -> tuple[Rule | None, dict[str, Rule]]:
    """The rule on an item, and those on its pages. Where nothing says anything and that means closed, it is said:
    elsewhere it may mean open."""
    own = rules.standing(connection, Unit.item(item.id))
    default = State(holdings.config.access.default)
    if own is None and default is not State.OPEN:
        component = item.components[-1].id if item.components else None
        if not any(rules.chain_of_component(connection, component)):
            own = Rule(default)
    return own, rules.standing_on_pages(connection, item.id)


def _told(rule: Rule | None, staff: bool) -> Rule | None:
    """The public is told why something is kept from it, as on the pages: not by whose authority, and not why it is
    open."""
    if rule is None or staff:
        return rule
    return Rule(rule.state) if rule.state is State.OPEN else replace(rule, authority="")


def _written(item: HeldItem, staff: bool) -> Description:
    """What a row says. Beside its masters only what a person said: the rest is drawn from them again, and stays known
    as that, so that it is closed when they are. Beside images all that may be read, for they carry nothing."""
    said = item.description.statements
    return Description(tuple(one for one in said if one.source in saying.STATED)) if staff else item.description


def _counted(packed: Packed) -> Counter[str]:
    return Counter(items=1, described=not packed.parts, pages=len(packed.pages), lacking=packed.lacking)


def _about(holdings: Holdings, query: str | None, counts: Counter[str], tops: list[str]) -> Iterator[tuple[str, str]]:
    """What bag-info.txt says (RFC 8493, 2.2.2)."""
    settings = holdings.config.archive
    yield "Source-Organization", settings.repository
    yield "Organization-Address", settings.repository_place
    yield from (("External-Identifier", one) for one in tops or [settings.base_url])
    which = f"those that the query “{query}” finds, each whole" if query is not None else "all"
    audience = "staff, with what is restricted" if holdings.audience is Audience.STAFF else "the public"
    yield (
        "External-Description",
        (
            f"{settings.collection}, {settings.title}: {counts['items']} items ({which}), {counts['pages']} pages, "
            f"for {audience}." + (" Samples: the documents are invented." if settings.sample else "")
        ),
    )
    yield "Bag-Software-Agent", f"Rescate {__version__}"
