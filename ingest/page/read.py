"""Reads one page, in a worker: transcribe, then find its language, dates and places."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from archive import dates
from archive.layout import Layout, TextLine
from archive.record import UNREAD, NewMention
from ingest.extract import Context, Mention, extract
from ingest.page.transcribe import PageTask, PageText, transcribe
from ingest.tools import spacing

#: The genre of items whose pages may well have no words.
PHOTOGRAPH = "photograph"
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class ReadTask:
    """A page to be read; its item's genre and date (EDTF), where known, help to understand its dates."""

    page: PageTask
    genre: str = ""
    date: str = ""


@dataclass(frozen=True)
class ReadPage:
    """What a page's reader read (its blocks with their languages), and what it speaks of."""

    text: PageText
    language: str
    mentions: tuple[NewMention, ...]


def read(task: ReadTask) -> ReadPage:
    """The page's reading; raises what `transcribe` raises."""
    text = transcribe(task.page)
    if text.unread and task.genre == PHOTOGRAPH:
        text = replace(text, unread=False)  # a photograph has no words
    elif text.unread:
        text = replace(text, note="; ".join(filter(None, (UNREAD, text.note))))
    layout, language, mentions = drawn(spacing.mended(without_controls(text.layout)), task.genre, task.date)
    return ReadPage(replace(text, layout=layout), language, mentions)


def without_controls(layout: Layout) -> Layout:
    """The layout without characters that are none: NUL and other control characters, halves of pairs; no word of such
    alone.

    >>> from archive.layout import TextBlock, TextLine, Word
    >>> line = TextLine((Word("r\\x00o", 0, 0, 9, 9), Word("\\x07", 9, 0, 9, 9)))
    >>> without_controls(Layout(99, 99, (TextBlock((line,)),))).text
    'ro'
    """
    if not any(
        map(
            _CONTROLS.search,
            (
                text
                for word in (*layout.words(), *(word for line in layout.aside for word in line.words))
                for text in (word.content, word.other or "")
            ),
        )
    ):
        return layout

    def line(one: TextLine) -> TextLine:
        words = (
            replace(word, content=_CONTROLS.sub("", word.content), other=word.other and _CONTROLS.sub("", word.other))
            for word in one.words
        )
        return TextLine(tuple(word for word in words if word.content))

    def lines(some: tuple[TextLine, ...]) -> tuple[TextLine, ...]:
        return tuple(one for one in map(line, some) if one.words)

    blocks = (replace(block, lines=lines(block.lines)) for block in layout.blocks)
    return replace(layout, blocks=tuple(block for block in blocks if block.lines), aside=lines(layout.aside))


def drawn(layout: Layout, genre: str, date: str) -> tuple[Layout, str, tuple[NewMention, ...]]:
    """What a page's words say, in an item of this genre and date (EDTF), each empty where unknown: the layout with the
    language of its blocks, the page's language, and what it mentions."""
    context = Context(date=dates.parse(date)) if date else None
    found = extract(layout, genre=genre or None, context=context)
    return found.layout, found.language, tuple(_kept(mention) for mention in found.mentions)


def _kept(mention: Mention) -> NewMention:
    """The mention as the record has it."""
    assert mention.first_word is not None and mention.last_word is not None, "of a layout"
    value = mention.value.edtf if isinstance(mention.value, dates.EdtfDate) else mention.value or ""
    return NewMention(
        mention.kind,
        mention.first_word,
        mention.last_word,
        mention.text,
        mention.rule,
        value,
        mention.candidates,
    )
