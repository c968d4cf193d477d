"""Makes an index document of a page: only what its audience may read, cut before it is indexed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from archive.holdings import HeldItem, HeldPage, Holdings
from archive.layout import Layout
from archive.margins import is_in_margin, margin_lines, margin_words
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
    """The words of a page that are searched, by field: as the index has them, so that highlights and hits agree.

    What stands in the margins is searched and counts as another reading does: in `shown` its words are left empty, so
    that every word keeps its number.
    """
    found: dict[str, tuple[Passage, ...]] = {}
    layout = holdings.layout(page) if page.access.text else None
    if layout is not None:
        margin = margin_words(holdings.mentions(page))
        found["shown"] = _shown(layout, margin)
        if also := also_lines(layout, margin):
            found["also"] = tuple(Passage(tuple(word for word, _ in line.words), line.language, line.margin) for line in also)
    if _bears_description(item, page):
        found["description"] = tuple(Passage(tuple(value.split()), None)
                                     for element in SEARCHED for value in item.description.every(element))
    return found


@dataclass(frozen=True, slots=True)
class AlsoLine:
    """A line of the field `also`: its words, each with the number of the shown word at whose place it stands; whether it is what
    stands in a margin, and not what another reader has."""

    words: tuple[tuple[str, int], ...]
    language: str | None
    margin: bool = False


def also_lines(layout: Layout, margin: Mapping[int, str]) -> tuple[AlsoLine, ...]:
    """The field `also` line by line: what is read otherwise than shown, then the margins (archive.margins.margin_words)."""
    return (*(AlsoLine(words, language) for words, language in layout.also()),
            *(AlsoLine(words, language, True) for words, language in margin_lines(layout, margin)))


def _shown(layout: Layout, margin: Mapping[int, str]) -> tuple[Passage, ...]:
    numbers = count()
    return tuple(Passage(tuple("" if next(numbers) in margin else word.content for word in block.words()), block.language)
                 for block in layout.blocks)


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
        mentions = holdings.mentions(page)
        margin = margin_words(mentions)
        # A place that a running head names is the whole item's: its title has it, its pages have their own.
        places.update(m.value for m in mentions if m.kind == "place" and m.value and not is_in_margin(m, margin))
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
