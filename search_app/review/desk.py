"""What the archivist's pages do: correct, withdraw, and have the index hear of it without keeping anybody waiting."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TakesLong
from dataclasses import dataclass
from typing import Protocol

from flask import current_app

from archive.errors import ArchiveError
from archive.review import Review
from search_app.opened import opened

#: So long an answer waits for the index, in seconds: it may be waiting for another program that writes to it.
PATIENCE = 5.0

#: What became of a change: it can be searched, it will be in a moment, or once the engine is back.
HEARD, SOON, LATER = OUTCOMES = ("", "soon", "later")


class Correct(Protocol):
    """Keeps what was typed over lines of a reading, as `ingest.decisions.correcting.correct` does; returns how many
    corrections that made."""

    def __call__(
        self, page_id: str, reading_id: int, typed: Mapping[int, str], author: str, *, compared: bool
    ) -> int: ...


class Withdraw(Protocol):
    """Takes one correction back, as `ingest.decisions.correcting.withdraw` does; returns its page's id."""

    def __call__(self, id: int, author: str) -> str: ...


class Feed(Protocol):
    """Has the index hear of what changed. Raises EngineError with nothing lost."""

    def __call__(self) -> object: ...


@dataclass(frozen=True)
class Corrections:
    """What the pages may change, in whose name."""

    author: str
    correct: Correct
    withdraw: Withdraw
    feed: Feed


class Desk:
    """One archivist's changes. The index is fed one change at a time, beside the answers; nothing is lost where it
    cannot be."""

    def __init__(self, corrections: Corrections):
        self.corrections = corrections
        self._feeding = ThreadPoolExecutor(1, thread_name_prefix="feeding")

    def feed(self) -> str:
        """Has the index hear of what was kept; returns one of OUTCOMES."""
        try:
            self._feeding.submit(self.corrections.feed).result(PATIENCE)
        except TakesLong:
            return SOON
        except ArchiveError as trouble:
            current_app.logger.warning("%s", trouble)
            return LATER
        return HEARD


def desk() -> Desk:
    """The desk of the application that answers this request."""
    return current_app.extensions["review"]


def review() -> Review:
    """The lists of work over what the application has open."""
    return Review(opened().holdings)
