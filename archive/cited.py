"""What a citation needs of an item or a page as its audience may have it."""

from __future__ import annotations

from archive.citation.source import Creator, Source
from archive.config import ArchiveSettings
from archive.description import STATED
from archive.held import DescribedItem, HeldPage


def source(settings: ArchiveSettings, item: DescribedItem, page: HeldPage | None, permalink: str) -> Source:
    """The cited unit: the item, or where one is given its page, at its permalink."""
    said = item.description
    containers = {one.type: one for one in item.containers}
    roles = said.every("creator_role")
    # Only an archivist writes "Surname, Name" by rule; a file's author with a comma may be a body's name.
    creators = tuple(
        Creator(one.value, roles[n] if n < len(roles) else "", "," not in one.value or one.source not in STATED)
        for n, one in enumerate(s for s in said if s.element == "creator")
    )
    collection = next((one.title for one in item.components if one.level == "collection"), settings.collection)
    return Source(
        kind="page" if page else "item",
        id=page.id if page else item.id,
        genre=item.genre,
        creators=creators,
        title=item.title,
        title_type="formal" if said.first("title_type") == "formal" else "devised",
        unreviewed=tuple(
            one
            for one in ("title", "creator", "date", "publication")
            if any(s.source not in STATED for s in said if s.element in (one, f"{one}_edtf"))
        ),
        date_edtf=said.first("date_edtf") or "",
        date_text=said.first("date") or "",
        publication=said.first("publication") or "",
        publication_place=said.first("publication_place") or "",
        publication_page=said.first("publication_page") or "",
        page_label=page.label if page else "",
        image_number=page.sequence if page and page.kept is None else None,
        page_count=item.page_count,
        box=containers["box"].indicator if "box" in containers else "",
        folder=containers["folder"].indicator if "folder" in containers else "",
        barcode=containers["box"].barcode if "box" in containers else "",
        component_path=tuple(one.title for one in item.components),
        collection=collection,
        repository=settings.repository,
        repository_place=settings.repository_place,
        call_number=settings.call_number,
        identifier=item.local_id or "",
        permalink=permalink,
        rights_uri=said.first("rights_uri") or "",
        rights_note=said.first("rights_note") or "",
        language=said.first("language") or "",
        abstract=said.first("description") or "",
        subjects=tuple(said.every("subject")),
    )
