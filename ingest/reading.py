"""Reads one page, in a worker: transcribe, then find its language, dates and places."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archive import dates
from archive.layout import Layout
from archive.record import UNREAD, NewMention
from ingest.extract import Context, Mention, extract
from ingest.transcribe import PageTask, Transcript, transcribe

#: The genre of items whose pages may well have no words.
PHOTOGRAPH = "photograph"


@dataclass(frozen=True)
class ReadTask:
    """A page to be read; its item's genre and date (EDTF), where known, help to understand its dates."""

    page: PageTask
    genre: str = ""
    date: str = ""


@dataclass(frozen=True)
class ReadPage:
    """What a page's reader read (its blocks with their languages), and what it speaks of."""

    transcript: Transcript
    language: str
    mentions: tuple[NewMention, ...]


def read(task: ReadTask) -> ReadPage:
    """The page's reading; raises what `transcribe` raises."""
    transcript = transcribe(task.page)
    if transcript.unread and task.genre != PHOTOGRAPH:
        transcript = replace(transcript, note="; ".join(filter(None, (UNREAD, transcript.note))))
    layout, language, mentions = drawn(transcript.layout, task.genre, task.date)
    return ReadPage(replace(transcript, layout=layout), language, mentions)


def drawn(layout: Layout, genre: str, date: str) -> tuple[Layout, str, tuple[NewMention, ...]]:
    """What a page's words say, in an item of this genre and date (EDTF), each empty where unknown: the layout with the language of
    its blocks, the page's language, and what it mentions."""
    context = Context(date=dates.parse(date)) if date else None
    found = extract(layout, genre=genre or None, context=context)
    return found.layout, found.language, tuple(_kept(mention) for mention in found.mentions)


def _kept(mention: Mention) -> NewMention:
    """The mention as the record has it."""
    value = mention.value.edtf if isinstance(mention.value, dates.EdtfDate) else mention.value or ""
    return NewMention(mention.kind, mention.first_word, mention.last_word, mention.text, mention.rule, value)
