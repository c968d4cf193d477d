"""What the page of a component shows of it: how much it is, where it is kept, who may read and use it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from archive.access import Access
from archive.record import Component, Container
from search_app.present import labels


@dataclass(frozen=True)
class Row:
    """One element of a component's description, with its paragraphs."""

    label: str
    values: tuple[str, ...]


def description(component: Component, containers: Sequence[Container], access: Access) -> tuple[Row, ...]:
    """The elements that a component has: extent, containers, access, use.

    Where it is closed for the reason that its note gives, that stands above already.
    """
    said = not access.text and access.reason == component.access_note
    rows = (
        Row(_("Extent"), paragraphs(component.extent)),
        Row(_("Where it is kept"), kept(containers)),
        Row(_("Conditions of access"), () if said else paragraphs(component.access_note)),
        Row(_("Conditions of use"), paragraphs(component.use_note)),
    )
    return tuple(row for row in rows if row.values)


def kept(containers: Sequence[Container]) -> tuple[str, ...]:
    """A line for each box, with what stands in it: `Box 3 · Folder 7 · Folder 8`."""
    known = {one.id for one in containers}
    lines: list[list[str]] = []
    for one in containers:
        if one.parent_id in known and lines:
            lines[-1].append(labels.container(one))
        else:
            lines.append([labels.container(one)])
    return tuple(" · ".join(line) for line in lines)


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a note."""
    return tuple(filter(None, (piece.strip() for piece in text.split("\n\n"))))
