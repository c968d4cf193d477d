"""The CSV by which ArchivesSpace links its records back to the items here: what the public may know, a row an item.

Two shapes: four plain columns, or the template of ArchivesSpace's bulk import "Load Digital Objects", whose
first row it finds by its first cell and whose second row it passes over. The template's names changed: of its
versions, one reads `digital_object_publish` and `rep_file_uri`, an older one `publish` and `digital_object_link`.
Both are written, and each passes over what it does not know. (The older takes one digital object a record.)
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from archive.catalog import journal
from archive.citation.table import guarded
from archive.citation.text import one_line
from archive.holdings import Holdings
from ingest.finding_aid.ead import WITHOUT_ID

#: The columns of the plain CSV.
COLUMNS = ("ref_id", "digital_object_id", "digital_object_url", "title")
#: The template: field code and heading. The first cell is how ArchivesSpace knows the row.
TEMPLATE = (
    ("ArchivesSpace digital object import field codes (please don't edit this row)", "Field name"),
    ("ead", "EAD ID"),
    ("ao_ref_id", "Ref ID of the archival object"),
    ("digital_object_id", "Digital Object ID"),
    ("digital_object_title", "Digital Object Title"),
    ("digital_object_publish", "Publish Digital Object Record"),
    ("rep_file_uri", "URL of representative file version"),
    ("digital_object_link", "URL (older versions)"),
    ("publish", "Publish (older versions)"),
)


@dataclass(frozen=True)
class Link:
    """One item as ArchivesSpace is to link it: below which record of which finding aid, by which ARK and permalink."""

    ref_id: str
    finding_aid: str
    ark: str
    permalink: str
    title: str


def links(holdings: Holdings, since: datetime | None = None) -> Iterator[Link | None]:
    """A link for each item that the public may know of, in the archive's order; only of those changed `since`.

    None stands for an item that no record of ArchivesSpace can be found for: it hangs nowhere, or on a component
    without an id of its own.
    """
    changed = _changed(holdings, since) if since else None
    for item in holdings.every_described():
        if changed is not None and item.id not in changed:
            continue
        above = item.components[-1] if item.components else None
        if above is None or not above.ref_id or above.ref_id.startswith(WITHOUT_ID):
            yield None
            continue
        ref_id = above.ref_id.removeprefix(f"{above.finding_aid}:") if above.finding_aid else above.ref_id
        yield Link(
            ref_id,
            above.finding_aid,
            holdings.ark(item.id),
            holdings.permalink(item.id),
            one_line(item.title or above.title),
        )


def _changed(holdings: Holdings, since: datetime) -> frozenset[str]:
    with holdings.catalog.connect() as connection:
        return journal.items_changed(connection, since)


def plain(found: Iterable[Link]) -> Iterator[str]:
    """The CSV of the four columns, line by line, its heading first."""
    yield _line(COLUMNS)
    for one in found:
        yield _line((one.ref_id, one.ark, one.permalink, guarded(one.title)))


def template(found: Iterable[Link]) -> Iterator[str]:
    """The CSV that "Load Digital Objects" reads, line by line."""
    yield _line(code for code, _ in TEMPLATE)
    yield _line(heading for _, heading in TEMPLATE)
    for one in found:
        # Never guarded: ArchivesSpace would keep the apostrophe.
        yield _line(("", one.finding_aid, one.ref_id, one.ark, one.title, "1", one.permalink, one.permalink, "1"))


def _line(values: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(values)
    return line.getvalue()
