"""All that a page's text says of itself: its language, the dates and the places it names, each at its words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from archive.dates import EdtfDate, parse
from archive.layout import Layout, TextBlock
from ingest.extract.dates import find_dates
from ingest.extract.folded import Folded
from ingest.extract.language import page_language, with_languages
from ingest.extract.mention import Context, Mention
from ingest.extract.places import find_places
from ingest.extract.unit import find_unit_date, heading_date

#: Raised when what is found changes: part of the recipe of a reading.
EXTRACTOR_VERSION = "2"


@dataclass(frozen=True, slots=True)
class Extraction:
    """`language` is the page's (`spa`, `eng`, `mul`, `und`); `layout` has each block's; `mentions` stand in reading
    order, `start` and `end` in `layout.text`; `unit_date` is the date the page gives its unit, if any.
    """

    language: str
    layout: Layout
    mentions: tuple[Mention, ...]
    unit_date: EdtfDate | None = None


def extract(layout: Layout, genre: str | None = None, context: Context | None = None) -> Extraction:
    """What the words of a page say.

    `genre` is the item's; `context` what the description says of it: without a date there, the page's own
    heading dates the days that lack a year. In a chronology each heading dates what follows it.
    """
    layout = with_languages(layout)
    language = page_language(layout.blocks)
    context = context or Context()
    unit_date = find_unit_date(layout.text, language, genre)
    if context.date is None or context.date.undated:
        context = replace(context, date=unit_date)
    starts = _block_starts(layout)
    folded = [Folded(block.text) for block in layout.blocks]
    found = [
        _in_block(block, text, language, context)
        for block, text, context in zip(
            layout.blocks, folded, _contexts(layout.blocks, folded, language, context), strict=False
        )
    ]
    found = _with_places_of_page(layout.blocks, folded, language, context, found)
    placed = []
    words = _word_spans(layout)
    for start, mentions in zip(starts, found, strict=False):
        for one in sorted(mentions, key=lambda mention: (mention.start, mention.kind)):
            one = replace(one, start=one.start + start, end=one.end + start)
            placed.append(_at_words(one, words))
    return Extraction(language, layout, tuple(placed), unit_date)


def _language_of(block: TextBlock, page: str) -> str | None:
    """The block's language, else the page's where that is one."""
    return block.language or (page if page in ("spa", "eng") else None)


def _contexts(blocks, folded, language: str, context: Context) -> list[Context]:
    """The context of each block: a heading's date, until the next heading. Headings are read under the wider date,
    a month or a week, that the last of them lie in."""
    contexts, wider = [], context
    for block, text in zip(blocks, folded, strict=False):
        heading = heading_date(text, _language_of(block, language), wider)
        if heading is not None:
            context = replace(context, date=heading)
            if not heading.is_day:
                wider = context
            elif wider.date is None or wider.date.undated or wider.date.is_day:
                wider = replace(context, date=parse(f"{heading.earliest:%Y-%m}"))
        contexts.append(context)
    return contexts


def _in_block(block: TextBlock, text: Folded, page: str, context: Context) -> tuple[Mention, ...]:
    language = _language_of(block, page)
    return find_dates(text, language, context) + find_places(text, language, context)


def _with_places_of_page(blocks, folded, page: str, context: Context, found):
    """The mentions, repeated names decided by the departments that the whole page names."""
    known = tuple({one.value for mentions in found for one in mentions if one.kind == "place" and one.value})
    if not known:
        return found
    wider = replace(context, places=context.places + known)
    decided = []
    for block, text, mentions in zip(blocks, folded, found, strict=False):
        if any(one.kind == "place" and one.value is None for one in mentions):
            mentions = tuple(one for one in mentions if one.kind != "place") + find_places(
                text, _language_of(block, page), wider
            )
        decided.append(mentions)
    return decided


def _block_starts(layout: Layout) -> list[int]:
    """Where each block begins in `layout.text`."""
    starts, place = [], 0
    for block in layout.blocks:
        starts.append(place)
        place += len(block.text) + len("\n\n")
    return starts


def _word_spans(layout: Layout) -> tuple[list[int], list[int]]:
    """Where each word begins and ends in `layout.text`, in the order of `layout.words()`."""
    starts: list[int] = []
    ends: list[int] = []
    for block, place in zip(layout.blocks, _block_starts(layout), strict=False):
        for line in block.lines:
            for word in line.words:
                starts.append(place)
                ends.append(place + len(word.content))
                place = ends[-1] + len(" ")
            # The newline that ends a line stands where its last word's space would; an empty line has no word.
            place += 0 if line.words else len("\n")
    return starts, ends


def _at_words(mention: Mention, words: tuple[list[int], list[int]]) -> Mention:
    """The mention with the words it touches; a part of a word is that word."""
    starts, ends = words
    return replace(
        mention, first_word=bisect_right(ends, mention.start), last_word=bisect_left(starts, mention.end) - 1
    )
