"""What the page of an item shows beside its image: its description with sources, its place, its pages."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from archive import rights
from archive.corrections import SURE
from archive.decisions.correction import Standing
from archive.description import Source, Statement
from archive.held import Around, DescribedItem, HeldPage
from archive.layout import Layout
from archive.search.within import Within
from search_app.language import number
from search_app.present import labels
from search_app.present.results import title_tag

#: Elements that the page shows elsewhere, or that say nothing to a reader.
_ELSEWHERE = ("title", "title_type", "creator_role", "content_note", "place_key", "date_type", "dcmi_type")
#: Elements whose words are a text of the item's own language, not a name or a number.
_PROSE = ("description", "title", "date")
#: Pages in the strip on either side of the one that is shown: a volume's thumbnails are not all loaded at once.
NEAR = 30


@dataclass(frozen=True)
class Value:
    """One value of a description: its words, a link where it is one, and where it came from if no person gave it."""

    text: str
    href: str = ""
    tag: str = ""
    source: str = ""


@dataclass(frozen=True)
class Row:
    """One element of a description with its values."""

    label: str
    values: tuple[Value, ...]


def description(item: DescribedItem) -> tuple[Row, ...]:
    """The item's description, in the order of the elements' table, its boxes after it."""
    found: dict[str, list[Value]] = {}
    roles = item.description.every("creator_role")
    creators = 0
    for one in item.description:
        if one.element in _ELSEWHERE:
            continue
        text = labels.said_value(one.element, one.value)
        if one.element == "creator":
            role = labels.role(roles[creators]) if creators < len(roles) else ""
            text, creators = f"{text} ({role})" if role else text, creators + 1
        elif one.element == "date_edtf":
            # The words of the document first, then what they mean, if that is not the same.
            text = labels.item_date(item)
            if any(value.text.casefold() == text.casefold() for value in found.get("date", ())):
                continue
        found.setdefault("date" if one.element == "date_edtf" else one.element, []).append(
            Value(text, _href(one), title_tag(item) if one.element in _PROSE else "", said_of(one))
        )
    rows = [Row(labels.element(element), tuple(values)) for element, values in found.items()]
    if item.containers:
        rows.append(Row(_("Where it is kept"), (Value(" · ".join(map(labels.container, item.containers))),)))
    return tuple(rows)


def _href(one: Statement) -> str:
    known = one.element == "rights_uri" and rights.find(one.value)
    return one.value if known else ""


def said_of(one: Statement) -> str:
    """Where a value came from, where no archivist gave it: it is unreviewed."""
    if one.source is Source.TEXT:
        return _("from the text, unreviewed")
    if one.source is Source.FILE:
        return _("from the file, unreviewed")
    return ""


@dataclass(frozen=True)
class Leaf:
    """A page in the strip below the image: its name, whether it is shown now, whether the query is found on it."""

    page: HeldPage
    label: str
    here: bool
    hit: bool


@dataclass(frozen=True)
class Turning:
    """Where one can turn to from a page; None where there is nothing on that side. The hits are ids.

    `leaves` are the pages near it, and the first and the last; None stands for those left out between.
    """

    leaves: tuple[Leaf | None, ...]
    previous: HeldPage | None
    next: HeldPage | None
    previous_hit: str | None
    next_hit: str | None


def turning(here: HeldPage, around: Around, hits: Within) -> Turning:
    """The strip of an item's pages seen from one of them, and where else in it a query is found."""
    near = (*around.before, here, *around.after)
    found = {*hits.near, hits.previous, hits.next}
    leaves: list[Leaf | None] = []
    last = 0
    for page in {page.id: page for page in (around.first, *near, around.last)}.values():
        if page.sequence > last + 1:
            leaves.append(None)
        leaves.append(Leaf(page, labels.page(page), page.id == here.id, page.id in found))
        last = page.sequence
    return Turning(
        tuple(leaves),
        around.before[-1] if around.before else None,
        around.after[0] if around.after else None,
        hits.previous,
        hits.next,
    )


def corrected(standing: Standing | None, layout: Layout, transcript: bool) -> str:
    """What persons did to the text that is shown of a page, and what of it is still a machine's; empty where they did
    nothing."""
    if standing is None:
        return ""
    on, count = labels.day_of(standing.last), number(standing.changed or standing.confirmed)
    if all(word.confidence == SURE for word in layout.words()):
        return _("Compared by the archive with its image, on %(date)s.", date=on)
    if standing.changed:
        said = ngettext(
            "Corrected by the archive in %(count)s place, on %(date)s.",
            "Corrected by the archive in %(count)s places, on %(date)s.",
            standing.changed,
            count=count,
            date=on,
        )
    else:
        said = ngettext(
            "Confirmed by the archive in %(count)s place, on %(date)s.",
            "Confirmed by the archive in %(count)s places, on %(date)s.",
            standing.confirmed,
            count=count,
            date=on,
        )
    rest = (
        _("The rest was delivered with the scan and not compared with it.")
        if transcript
        else _("The rest was read by a machine and has errors; the image decides.")
    )
    return f"{said} {rest}"


def plain_text(layout: Layout | None) -> str:
    """A page's text as a file: UTF-8, ends in a newline."""
    return f"{layout.text}\n" if layout is not None and layout.text else ""
