"""An item, a page and a kept file as their audience may have them: what the holdings give out."""

from __future__ import annotations

from dataclasses import dataclass, field

from archive import dates
from archive.access import Access
from archive.description import Description
from archive.errors import DateError
from archive.layout import Layout
from archive.record import Component, Container, File, NewMention


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that is kept and not read: PRONOM's name and identifier of its format, each empty where PRONOM does
    not know it, and its bytes."""

    format: str
    puid: str
    bytes: int

    @classmethod
    def of(cls, file: File, frame: int) -> KeptFile | None:
        """The file of a page without a canvas; None where that is damage."""
        return cls(file.format, file.puid, file.bytes) if file.frames[frame - 1].kept else None


@dataclass(frozen=True)
class HeldPage:
    """A page as its audience may have it. `kept` is the file of a page that is none: it has neither image nor
    text; None where it is closed, for what a machine found in a closed file stays closed.

    `sequence` is its place in the item, from 1: for staff among all pages, for the public among those that may be
    named, so that no number left out tells of one that may not (suppressed, withdrawn). It changes when a page before
    it is suppressed or opened, which does no harm: the page's ARK is its identity, stays, and is what citations name.
    A closed page has its place among the others; `label` is an archivist's word and stays as it was given."""

    id: str
    ordinal: int
    item_id: str
    sequence: int
    label: str
    role: str
    width: int
    height: int
    access: Access
    reading: int | None = field(repr=False, default=None)
    kept: KeptFile | None = None

    @property
    def has_image(self) -> bool:
        """There is an image of it that may be shown. A page without a canvas (kept, or damaged) has none."""
        return self.access.image and self.width > 0


@dataclass(frozen=True)
class HeldComponent:
    """A component that its audience may name: what it may have of what stands in it and has no rule of its own, the
    components above it that may be named, the top first, and where it is kept, each box followed by its folders."""

    component: Component
    access: Access
    above: tuple[Component, ...]
    containers: tuple[Container, ...]

    @property
    def id(self) -> str:
        return self.component.id


@dataclass(frozen=True)
class Around:
    """The pages near one page of an item that may be named, those before it and those after it in their order; and the
    item's first and last."""

    before: tuple[HeldPage, ...]
    after: tuple[HeldPage, ...]
    first: HeldPage
    last: HeldPage


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was read on a page and is shown of it: its words where they stand, their language, how sure its reader is,
    and what they mention."""

    layout: Layout
    language: str
    confidence: float | None
    mentions: tuple[NewMention, ...]


@dataclass(frozen=True)
class DescribedItem:
    """An item as its audience may have it, without its pages: projected description, the components above it that may
    be named, how many of its pages may be; `within` are the ids of all components above it, for the program's own use.
    """

    id: str
    local_id: str | None
    description: Description
    access: Access
    components: tuple[Component, ...]
    containers: tuple[Container, ...]
    page_count: int = field(kw_only=True, default=0)
    within: tuple[str, ...] = field(kw_only=True, repr=False, default=())

    @property
    def title(self) -> str:
        """Empty where it has none that may be said."""
        return self.description.first("title") or ""

    @property
    def genre(self) -> str:
        return self.description.first("genre") or "other"

    @property
    def date(self) -> dates.EdtfDate | None:
        """The item's own date; None where it is undated."""
        edtf = self.description.first("date_edtf")
        try:
            return dates.parse(edtf) if edtf else None
        except DateError:
            return None


@dataclass(frozen=True)
class HeldItem(DescribedItem):
    """An item as its audience may have it, with its pages that may be named."""

    pages: tuple[HeldPage, ...]

    def page(self, page_id: str) -> HeldPage:
        return next(page for page in self.pages if page.id == page_id)
