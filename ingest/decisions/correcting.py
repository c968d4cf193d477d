"""Takes in what a person typed of a page's words, and places it again when the page is read anew."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from sqlalchemy import Connection, Engine

from archive.catalog import corrections, items, journal, readings
from archive.catalog.connect import writing
from archive.corrections import LONGEST, corrected, edits, typed_over
from archive.errors import Conflict, CorrectionError, NotFound
from archive.layout import Layout
from archive.record import NewReading, Page
from archive.text import sound
from ingest.describing.anew import describe_anew
from ingest.page.read import drawn


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
    with writing(catalog) as connection:
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
        standing = [one.id for one in corrections.of_page(connection, page) if one.placed]
        new = corrections.add(connection, page.id, reading_id, layout, made, author)
        journal.note(connection, "correct", "page", page.id, author=author, corrections=len(new), compared=compared)
        _show(connection, page, typed_over(layout, made), {*standing, *new})
        describe_anew(connection, page.item_id)
    return len(made)


def withdraw(catalog: Engine, id: int, author: str = "") -> str:
    """Takes one correction back: the page is shown without it. Returns the page's id; raises NotFound."""
    with writing(catalog) as connection:
        page_id = corrections.end(connection, id)
        if page_id is None:
            raise NotFound(
                "no such correction stands", item=f"correction {id}", remedy="`rescate corrections` lists them."
            )
        page = _page(connection, page_id)
        journal.note(connection, "withdraw correction", "page", page_id, author=author, correction=id)
        place_again(connection, page)
        describe_anew(connection, page.item_id)
    return page_id


def place_again(connection: Connection, page: Page) -> None:
    """Puts what persons said of a page on its newest machine's reading; what finds no place there waits."""
    standing = corrections.of_page(connection, page)
    row = readings.reading(connection, page.shown_reading)
    if row is None or not standing and row.base_id is None:
        return
    base = row.base_id or row.id
    layout, placed = corrected(readings.layout(connection, base), standing)
    if placed and layout == readings.layout(connection, row.id):
        corrections.place(connection, page.id, placed, row.id)
    elif placed:
        _show(connection, page, layout, placed)
    else:
        corrections.place(connection, page.id, (), None)
        readings.show(connection, page.id, base)
        journal.post(connection, [page.id])


def _show(connection: Connection, page: Page, layout: Layout, placed: set[int] | frozenset[int]) -> None:
    """Keeps the layout as a reading that stands on the machine's, and shows it; the index is to hear of it."""
    row = readings.reading(connection, page.shown_reading)
    said = items.description(connection, page.item_id)
    layout, language, mentions = drawn(layout, said.first("genre") or "", said.first("date_edtf") or "")
    id = readings.add(
        connection,
        page,
        NewReading(
            row.reader, row.recipe, readings.languages(row), language, layout, row.transcript_id, row.base_id or row.id
        ),
        mentions,
    )
    corrections.place(connection, page.id, placed, id)
    journal.post(connection, [page.id])


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
