"""Takes in what a person typed of a page's words, and takes it back."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from sqlalchemy import Connection, Engine

from archive.catalog import decisions, items, journal, readings
from archive.catalog.connect import signed, writing
from archive.corrections import LONGEST, edits, typed_over
from archive.decisions import CORRECTION
from archive.errors import Conflict, CorrectionError, NotFound
from archive.record import Page
from archive.text import sound
from archive.unit import Unit
from ingest.decisions.carrying import carry_over, show_typed
from ingest.describing.anew import describe_anew


def correct(
    catalog: Engine, page_id: str, reading_id: int, typed: Mapping[int, str], author: str, *, compared: bool = False
) -> int:
    """Keeps what was typed over lines of the reading that is shown, and shows it; returns how many corrections that
    made.

    `typed` has lines by their number, with what stands there (`archive.corrections.edits`); `compared` says that the
    author compared all of the page with its image. The index is to be fed afterwards. Raises Conflict where another
    reading is shown by now, NotFound, CorrectionError where it cannot be kept.
    """
    author = " ".join(sound(author).split())
    if not author:
        raise CorrectionError(
            "a correction needs an author", remedy="Give --author, or set review.author in config.yaml."
        )
    typed = {number: _clean(text, page_id) for number, text in typed.items()}
    with writing(signed(catalog, author)) as connection:
        page = _page(connection, page_id)
        if page.shown_reading != reading_id:
            raise Conflict(
                "the page was read or corrected by somebody else meanwhile",
                item=page_id,
                remedy="Look at it as it is now, and type what is still missing.",
            )
        layout = readings.layout(connection, reading_id)
        try:
            made = list(edits(layout, typed, compared=compared))
        except IndexError as wrong:
            raise CorrectionError(str(wrong), item=page_id, remedy="Look at the page as it is now.") from wrong
        if not made:
            return 0
        typed_as = [(edit.place, edit.text) for edit in made]
        new = decisions.keep(connection, CORRECTION, page.id, reading_id, layout, typed_as, author)
        journal.note(connection, "correct", Unit.page(page.id), corrections=len(new), compared=compared)
        show_typed(connection, page.id, typed_over(layout, made), new)
        describe_anew(connection, page.item_id)
    return len(made)


def withdraw(catalog: Engine, id: int, author: str) -> str:
    """Takes one correction back, as `author` says: the page is shown without it. Returns the page's id; raises
    NotFound."""
    with writing(signed(catalog, author)) as connection:
        page_id = decisions.end(connection, CORRECTION, id)
        if page_id is None:
            raise NotFound(
                "no such correction stands", item=f"correction {id}", remedy="`rescate corrections` lists them."
            )
        page = _page(connection, page_id)
        journal.note(connection, "withdraw correction", Unit.page(page_id), correction=id)
        carry_over(connection, page_id)
        describe_anew(connection, page.item_id)
    return page_id


def _page(connection: Connection, page_id: str) -> Page:
    page = items.page(connection, page_id)
    if page is None or not page.sequence:
        raise NotFound("nothing here", item=page_id, remedy="Copy the page's id whole.")
    if page.shown_reading is None:
        raise CorrectionError("the page was not read yet", item=page_id, remedy="Run `rescate ingest` on its master.")
    return page


def _clean(text: str, page_id: str) -> str:
    """Composed letters (NFC), no control characters but the ends of lines."""
    text = unicodedata.normalize("NFC", sound(text)).replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(c if c == "\n" or unicodedata.category(c) != "Cc" else " " for c in text)
    if any(len(line) > LONGEST for line in text.split("\n")):
        raise CorrectionError(
            f"a line of more than {LONGEST} characters is no line of a page",
            item=page_id,
            remedy="Set it on several lines.",
        )
    return text
