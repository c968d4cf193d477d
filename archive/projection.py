"""Makes an index document of a page: only what its audience may read, cut before it is indexed."""

from __future__ import annotations

from collections.abc import Iterator

from archive.holdings import HeldItem, HeldPage, Holdings
from archive.places import Gazetteer
from archive.search.document import Document, Passage

#: The elements of a description that are searched as its words.
SEARCHED = ("title", "creator", "description", "subject", "publication", "relation")


def documents(holdings: Holdings, item: HeldItem) -> Iterator[Document]:
    """The index documents of an item's pages.

    Its description is searched on the first page alone, so that a title found is one answer and not
    sixty. A page whose text is closed is in the index only as that first page, by its description.
    """
    for page in item.pages:
        first = page is item.pages[0]
        if page.access.text or first:
            yield _document(holdings, item, page, described=first)


def _document(holdings: Holdings, item: HeldItem, page: HeldPage, *, described: bool) -> Document:
    said = item.description
    texts: dict[str, tuple[Passage, ...]] = {}
    languages = set(said.every("language"))
    places = set(said.every("place_key"))
    gazetteer = Gazetteer.load()
    for name in said.every("place"):
        found = gazetteer.lookup(name)
        if len(found) == 1:
            places.add(found[0].key)
    if page.access.text:
        reading, layout = holdings.reading(page), holdings.layout(page)
        if layout is not None:
            texts["shown"] = tuple(Passage(tuple(w.content for w in block.words()), block.language)
                                   for block in layout.blocks)
            languages = {reading.language}
        places.update(m.value for m in holdings.mentions(page) if m.kind == "place" and m.value)
    if described:
        texts["description"] = tuple(Passage(tuple(value.split()), None)
                                     for element in SEARCHED for value in said.every(element))
    known = item.date
    return Document(
        id=page.id, item=item.id, ordinal=page.ordinal, texts=texts,
        facets={
            "place": tuple(sorted({key for place in places for key in gazetteer.lineage(place)})),
            "language": tuple(sorted(languages)),
            "genre": (item.genre,),
        },
        earliest=known.earliest if known else None,
        latest=known.latest if known else None,
    )
