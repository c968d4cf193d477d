"""The words by which pages are searched: only what their audience may read, cut before it is indexed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice
from typing import TYPE_CHECKING

from archive import dates
from archive.description import vocabulary
from archive.held import DescribedItem, HeldPage, Recognised
from archive.layout import Layout
from archive.margins import margin_lines, margin_words
from archive.search import division
from archive.search.document import Passage
from archive.search.fields import CONTEXT

if TYPE_CHECKING:
    from archive.holdings import Holdings

#: The text that has what is said of an item, on its first page.
DESCRIBED = "description"
#: Pages whose words are read at once: so many queries are saved, and so many are in memory.
PORTION = 200
#: The elements of a description that are searched as its words; the title stands first.
SEARCHED = ("title", "creator", "description", "subject", "place", "publication", "relation", "id", "date")
#: What boxes and folders are called, in each language of a description.
_CONTAINERS = {
    "spa": {"box": "caja", "folder": "carpeta", "container": "contenedor"},
    "eng": {"box": "box", "folder": "folder", "container": "container"},
}
#: Components that hold a few documents, and so say what these are; a series says what thousands are.
_NEAR = ("file", "item")


#: A page with the item it is of.
Pair = tuple[DescribedItem, HeldPage]


def going_on(holdings: Holdings, pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Of these pages those whose end divides their last word, so that what they are found by hangs on the next one."""
    left = iter(pairs)
    while portion := tuple(islice(left, PORTION)):
        read = holdings.recognised(page for _, page in portion)
        for item, page in portion:
            if page.id in read and _divided(_own_texts(read[page.id])["shown"]) is not None:
                yield item, page


def texts(holdings: Holdings, item: DescribedItem, page: HeldPage) -> dict[str, tuple[Passage, ...]]:
    """The words of a page that are searched, by field: as the index has them, so that highlights and hits agree.

    What stands in the margins is searched and counts as another reading does: in `shown` its words are left empty, so
    that every word keeps its number.
    """
    return texts_of(holdings, [(item, page)])[page.id]


def texts_of(holdings: Holdings, pairs: Sequence[Pair]) -> dict[str, dict[str, tuple[Passage, ...]]]:
    """By id of a page, what `texts` gives of it: of all of these in a few queries."""
    return texts_read(holdings, pairs, holdings.recognised(page for _, page in pairs))


def texts_read(
    holdings: Holdings, pairs: Sequence[Pair], read: Mapping[str, Recognised], near: Iterable[HeldPage] = ()
) -> dict[str, dict[str, tuple[Passage, ...]]]:
    """By id of a page, what `texts` gives of it; `read` has what was read on these pages, and where one goes on on a
    page that is `near`, that one is not looked up."""
    found: dict[str, dict[str, tuple[Passage, ...]]] = {}
    said: dict[str, tuple[Passage, ...]] = {}
    for item, page in pairs:
        found[page.id] = {}
        if page.id in read:
            found[page.id] = _own_texts(read[page.id])
        if item.id not in said:
            said[item.id] = description(item)
        if words := said[item.id]:
            found[page.id][text_described(page)] = words
    for id, shown in _going_on(holdings, pairs, found, read, near):
        found[id]["shown"] = shown
    return found


def _own_texts(read: Recognised) -> dict[str, tuple[Passage, ...]]:
    margin = margin_words(read.mentions)
    found = {"shown": _shown(read.layout, margin)}
    if also := also_lines(read.layout, margin):
        found["also"] = tuple(
            Passage(tuple(word for word, _ in line.words), line.language, line.margin) for line in also
        )
    return found


def description(item: DescribedItem) -> tuple[Passage, ...]:
    """The words that are said of an item: its title, then the other elements that are searched, its date in words and
    its genre in both languages, and where it is kept, box and folder, as a person would type it."""
    said: list[tuple[str, str | None]] = [
        (value, None) for element in SEARCHED for value in item.description.every(element)
    ]
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


def _going_on(
    holdings: Holdings,
    pairs: Sequence[Pair],
    found: Mapping[str, Mapping[str, tuple[Passage, ...]]],
    read: Mapping[str, Recognised],
    near: Iterable[HeldPage],
) -> Iterator[tuple[str, tuple[Passage, ...]]]:
    """Of those of these pages whose end divides their last word, the words shown with the rest of it, where its
    audience may read the page that the rest stands on.

    So what a page is found by hangs on the next page, too (archive.indexing); that one is looked at only where a word
    goes on.
    """
    divided = {page.id: at for _, page in pairs if (at := _divided(found[page.id].get("shown", ()))) is not None}
    if not divided:
        return
    following = _following(holdings, pairs, divided, near)
    unread = [page for page in following.values() if page.id not in read]
    known = {**read, **holdings.recognised(unread)} if unread else read
    for id, (place, last) in divided.items():
        after = known.get(following[id].id) if id in following else None
        if after is not None:
            margin = margin_words(after.mentions)
            words = [one.content for number, one in enumerate(after.layout.words()) if number not in margin]
            shown = found[id]["shown"]
            yield id, (*shown[:place], replace(shown[place], goes_on=division.rest(last, words)), *shown[place + 1 :])


def _following(
    holdings: Holdings, pairs: Sequence[Pair], divided: Collection[str], near: Iterable[HeldPage]
) -> dict[str, HeldPage]:
    """By id, the page after each of those that are divided: looked up where it is none of these, and not near."""
    placed = {(page.item_id, page.sequence): page for page in (*(page for _, page in pairs), *near)}
    asked = [(item, page, placed.get((item.id, page.sequence + 1))) for item, page in pairs if page.id in divided]
    found = {page.id: after for _, page, after in asked if after is not None}
    others = [(item, page) for item, page, after in asked if after is None]
    return found | holdings.following(others) if others else found


def _divided(shown: Sequence[Passage]) -> tuple[int, str] | None:
    """The last word of a page where the page's end divides it, with the number of the passage that it is of."""
    numbered = [(at, word) for at, passage in enumerate(shown) for word in passage.words]
    last = division.divided_at_end([word for _, word in numbered])
    return numbered[last] if last is not None else None


def text_described(page: HeldPage) -> str:
    """The text that has what is said of a page's item: on its first page one of its own, by which that page is found,
    so that a title found is one answer and not sixty; on the others it completes what stands there."""
    return DESCRIBED if page.sequence == 1 else CONTEXT
