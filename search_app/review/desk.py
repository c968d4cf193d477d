"""What the archivist's pages do: correct, withdraw, and have the index hear of it without keeping anybody waiting."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, TimeoutError as TakesLong
from typing import TYPE_CHECKING

from flask import current_app

from archive.errors import ArchiveError
from archive.review import Review
from search_app.opened import opened

if TYPE_CHECKING:
    from search_app.review.app import Corrections

#: So long an answer waits for the index, in seconds: it may be waiting for another program that writes to it.
PATIENCE = 5.0

#: What became of a change: it can be searched, it will be in a moment, or once the engine is back.
HEARD, SOON, LATER = OUTCOMES = ("", "soon", "later")


class Desk:
    """One archivist's changes. The index is fed one change at a time, beside the answers; nothing is lost where it cannot be."""

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
    """That of the application that answers this request."""
    return current_app.extensions["review"]


def review() -> Review:
    """The lists of work over what the application has open."""
    return Review(opened().holdings)
