"""Makes an index document of a page: only what its audience may read, cut before it is indexed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count

from archive import dates
from archive.description import vocabulary
from archive.holdings import HeldItem, HeldPage, Holdings
from archive.layout import Layout
from archive.margins import is_in_margin, margin_lines, margin_words
from archive.places import Gazetteer
from archive.search import division
from archive.search.document import Document, Passage
from archive.search.fields import step

#: The elements of a description that are searched as its words; the title stands first.
SEARCHED = ("title", "creator", "description", "subject", "place", "publication", "relation", "id", "date")
#: What boxes and folders are called, in each language of a description.
_CONTAINERS = {
    "spa": {"box": "caja", "folder": "carpeta", "container": "contenedor"},
    "eng": {"box": "box", "folder": "folder", "container": "container"},
}
#: Components that hold a few documents, and so say what these are; a series says what thousands are.
_NEAR = ("file", "item")


def documents(holdings: Holdings, item: HeldItem) -> Iterator[Document]:
    """The index documents of an item's pages.

    Its description is searched on the first page, so that a title found is one answer and not sixty; on the
    others it completes what stands there (archive.search.match). A page whose text is closed is in the index
    only as that first page, by its description.
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
        found["shown"] = _going_on(holdings, item, page, _shown(layout, margin))
        if also := also_lines(layout, margin):
            found["also"] = tuple(
                Passage(tuple(word for word, _ in line.words), line.language, line.margin) for line in also
            )
    if words := description(item):
        found["description" if _bears_description(item, page) else "context"] = words
    return found


def description(item: HeldItem) -> tuple[Passage, ...]:
    """The words that are said of an item: its title, then the other elements that are searched, its date in words and
    its genre in both languages, and where it is kept, box and folder, as a person would type it."""
    said = [(value, None) for element in SEARCHED for value in item.description.every(element)]
    for language, names in _CONTAINERS.items():
        if item.date is not None and not item.date.undated:
            said.append((dates.label(item.date, language), language))
        if item.genre != "other" and (known := vocabulary("genre").get(item.genre)):
            said.append((known.label("es" if language == "spa" else "en"), language))
        said.append((" ".join(f"{names.get(one.type, one.type)} {one.indicator}" for one in item.containers), language))
    said += [(one.title, None) for one in item.components if one.level in _NEAR]
    # A date that its own words say already is one word of it, not two.
    once = {
        " ".join(value.split()).casefold(): (value, language) for value, language in reversed(said) if value.strip()
    }
    return tuple(Passage(tuple(value.split()), language) for value, language in reversed(once.values()))


@dataclass(frozen=True, slots=True)
class AlsoLine:
    """A line of the field `also`: its words, each with the number of the shown word at whose place it stands; whether
    it is what stands in a margin, and not what another reader has."""

    words: tuple[tuple[str, int], ...]
    language: str | None
    margin: bool = False


def also_lines(layout: Layout, margin: Mapping[int, str]) -> tuple[AlsoLine, ...]:
    """The field `also` line by line: what is read otherwise than shown, then the margins
    (archive.margins.margin_words)."""
    return (
        *(AlsoLine(words, language) for words, language in layout.also()),
        *(AlsoLine(words, language, True) for words, language in margin_lines(layout, margin)),
    )


def _shown(layout: Layout, margin: Mapping[int, str]) -> tuple[Passage, ...]:
    numbers = count()
    return tuple(
        Passage(tuple("" if next(numbers) in margin else word.content for word in block.words()), block.language)
        for block in layout.blocks
    )


def _going_on(holdings: Holdings, item: HeldItem, page: HeldPage, shown: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """With the rest of a last word that the page's end divides, where its audience may read the page that the rest
    stands on.

    So what a page is found by hangs on the next page, too (archive.indexing); that one is looked at only where a word
    goes on.
    """
    numbered = [(at, word) for at, passage in enumerate(shown) for word in passage.words]
    last = division.divided_at_end([word for _, word in numbered])
    after = next((one for one in item.pages if one.sequence == page.sequence + 1), None) if last is not None else None
    layout = holdings.layout(after) if after is not None and after.access.text else None
    if layout is None:
        return shown
    at, word = numbered[last]
    margin = margin_words(holdings.mentions(after))
    following = [one.content for number, one in enumerate(layout.words()) if number not in margin]
    return (*shown[:at], replace(shown[at], goes_on=division.rest(word, following)), *shown[at + 1 :])


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
        id=page.id,
        item=item.id,
        ordinal=page.ordinal,
        texts=texts(holdings, item, page),
        facets={
            "place": tuple(sorted({key for place in places for key in gazetteer.lineage(place)})),
            "language": tuple(sorted(languages)),
            "genre": (item.genre,),
            "series": tuple(one.id for one in item.components if one.level == "series"),
            "confidence": confidence,
            "component": item.within,
        },
        earliest=known.earliest if known else None,
        latest=known.latest if known else None,
        gaps=dates.gaps(known) if known else (),
    )
