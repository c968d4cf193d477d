"""What a page of results shows: hits gathered by item, orders to choose from, pages to turn to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from archive.access import Access
from archive.description import Source
from archive.held import DescribedItem, HeldPage
from archive.search.found import Excerpt, Found
from search_app.present import labels
from search_app.state import SearchState

#: Pages named on either side of the one that is shown.
NEIGHBOURS = 2


@dataclass(frozen=True)
class HitView:
    """One hit below its item: the page, what it is called, the words that matched."""

    page: HeldPage
    label: str
    excerpt: Excerpt
    tag: str


@dataclass(frozen=True)
class Group:
    """An item and its hits on this page of results.

    `cover` is the page whose thumbnail is shown: None where there is none, where it may not be, or should not
    unasked; `kept` says that it is a file that is kept and not shown.
    `link` is the id of what the title leads to. `unreviewed` says where a title that a machine drew came from.
    """

    item: DescribedItem
    title: str
    heading: Excerpt
    tag: str
    unreviewed: str
    genre: str
    date: str
    shelf: str
    closed: Access | None
    cover: HeldPage | None
    difficult: bool
    kept: bool
    link: str
    hits: tuple[HitView, ...]


def groups(hits: Iterable[Found]) -> tuple[Group, ...]:
    """The hits by item, each item where its first hit stands."""
    gathered: dict[str, list[Found]] = {}
    for hit in hits:
        gathered.setdefault(hit.item.id, []).append(hit)
    return tuple(_group(found) for found in gathered.values())


def _group(found: list[Found]) -> Group:
    item, first = found[0].item, found[0].page
    difficult = bool(item.description.first("content_note"))
    return Group(
        item=item,
        title=labels.title(item),
        heading=max((hit.heading for hit in found), key=lambda one: len(one.marks)),
        tag=title_tag(item),
        unreviewed=unreviewed(item, "title"),
        genre=labels.genre(item.genre),
        date=labels.item_date(item),
        shelf=labels.shelf(item),
        closed=None if item.access.text or item.access.image else item.access,
        cover=first if first.has_image and not difficult else None,
        difficult=difficult,
        kept=first.kept is not None,
        link=first.id,
        hits=tuple(
            HitView(hit.page, labels.page(hit.page), hit.excerpt, labels.language_tag(hit.excerpt.language))
            for hit in found
        ),
    )


def title_tag(item: DescribedItem) -> str:
    """The language of a title: the item's, where it has one only and bears the title itself."""
    spoken = item.description.every("language")
    return labels.language_tag(spoken[0] if len(spoken) == 1 else None)


def unreviewed(item: DescribedItem, element: str) -> str:
    """Where a value that no person has looked at came from; empty where one has, or where there is none."""
    source = item.description.source_of(element)
    if source is Source.TEXT:
        return _("taken from the text by a machine, unreviewed")
    if source is Source.FILE:
        return _("taken from the file, unreviewed")
    return ""


@dataclass(frozen=True)
class SortChoice:
    label: str
    chosen: bool
    state: SearchState


def sorts(state: SearchState) -> tuple[SortChoice, ...]:
    """The orders of a result. Without words nothing is nearer than another: that is the archive's order."""
    names = (
        ("", _("Relevance") if state.q else _("As they are kept")),
        ("date", _("Oldest first")),
        ("-date", _("Newest first")),
    )
    now = "" if state.sort == "relevance" else state.sort
    return tuple(SortChoice(label, value == now, state.sorted_by(value)) for value, label in names)


@dataclass(frozen=True)
class Pager:
    """The pages of a result that are offered; None stands for those left out between."""

    here: int
    last: int
    pages: tuple[int | None, ...]

    @property
    def previous(self) -> int | None:
        return min(self.here - 1, self.last) if self.here > 1 else None

    @property
    def next(self) -> int | None:
        return self.here + 1 if self.here < self.last else None


def pager(total: int, size: int, here: int) -> Pager:
    """The pages of `total` hits, `size` on each.

    >>> pager(2000, 20, 7).pages
    (1, None, 5, 6, 7, 8, 9, None, 100)
    >>> pager(0, 20, 1).last
    1
    """
    last = max(1, -(-total // max(1, size)))
    near = {1, last, *range(max(1, here - NEIGHBOURS), min(last, here + NEIGHBOURS) + 1)}
    pages: list[int | None] = []
    before = 0
    for page in sorted(near):
        if page == before + 2:
            pages.append(before + 1)
        elif page > before + 2:
            pages.append(None)
        pages.append(page)
        before = page
    return Pager(here, last, tuple(pages))
