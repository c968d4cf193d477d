"""Makes an index document of a page: only what its audience may read, cut before it is indexed."""

from __future__ import annotations

from collections.abc import Iterator

from archive.holdings import HeldItem, HeldPage, Holdings
from archive.places import Gazetteer
from archive.search.document import Document, Passage
from archive.search.fields import step

#: The elements of a description that are searched as its words.
SEARCHED = ("title", "creator", "description", "subject", "publication", "relation")


def documents(holdings: Holdings, item: HeldItem) -> Iterator[Document]:
    """The index documents of an item's pages.

    Its description is searched on the first page alone, so that a title found is one answer and not
    sixty. A page whose text is closed is in the index only as that first page, by its description.
    """
    for page in item.pages:
        if page.access.text or _bears_description(item, page):
            yield _document(holdings, item, page)


def texts(holdings: Holdings, item: HeldItem, page: HeldPage) -> dict[str, tuple[Passage, ...]]:
    """The words of a page that are searched, by field: as the index has them, so that highlights and hits agree."""
    found: dict[str, tuple[Passage, ...]] = {}
    layout = holdings.layout(page) if page.access.text else None
    if layout is not None:
        found["shown"] = tuple(Passage(tuple(w.content for w in block.words()), block.language)
                               for block in layout.blocks)
        if also := tuple(Passage(tuple(word for word, _ in line), language) for line, language in layout.also()):
            found["also"] = also
    if _bears_description(item, page):
        found["description"] = tuple(Passage(tuple(value.split()), None)
                                     for element in SEARCHED for value in item.description.every(element))
    return found


def _bears_description(item: HeldItem, page: HeldPage) -> bool:
    return page.id == item.pages[0].id


def _document(holdings: Holdings, item: HeldItem, page: HeldPage) -> Document:
    said = item.description
    languages = set(said.every("language"))
    confidence: tuple[str, ...] = ()
    places: set[str] = set()
    gazetteer = Gazetteer.load()
    for name in said.every("place"):
        found = gazetteer.lookup(name)
        if len(found) == 1:
            places.add(found[0].key)
    if page.access.text:
        reading = holdings.reading(page)
        if reading is not None:
            languages, confidence = {reading.language}, step(reading.confidence)
        places.update(m.value for m in holdings.mentions(page) if m.kind == "place" and m.value)
    known = item.date
    return Document(
        id=page.id, item=item.id, ordinal=page.ordinal, texts=texts(holdings, item, page),
        facets={
            "place": tuple(sorted({key for place in places for key in gazetteer.lineage(place)})),
            "language": tuple(sorted(languages)),
            "genre": (item.genre,),
            "series": tuple(one.id for one in item.components if one.level == "series"),
            "confidence": confidence,
        },
        earliest=known.earliest if known else None,
        latest=known.latest if known else None,
    )
