"""Reads one page, in a worker: transcribe, then find its language, dates and places."""

from __future__ import annotations

from dataclasses import dataclass

from archive.record import NewMention
from ingest.extract import extract
from ingest.transcribe import PageTask, Transcript, transcribe

#: Raised when what is drawn from a text changes, so that pages are drawn from again.
VERSION = 1


@dataclass(frozen=True)
class ReadTask:
    """A page to be read; its genre and the year of its item, where known, help to understand its dates."""

    page: PageTask
    genre: str = ""
    year: int | None = None


@dataclass(frozen=True)
class ReadPage:
    """What a page's reader read (its blocks with their languages), and what it speaks of."""

    transcript: Transcript
    language: str
    mentions: tuple[NewMention, ...]


def read(task: ReadTask) -> ReadPage:
    """The page's reading; raises what `transcribe` raises."""
    from dataclasses import replace

    transcript = transcribe(task.page)
    drawn = extract(transcript.layout, genre=task.genre or None, year=task.year)
    return ReadPage(replace(transcript, layout=drawn.layout), drawn.language, drawn.mentions)
