"""Describes an item: from the spreadsheet, else from the file, else from the text, else from the file's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.description import Description
from ingest.sheet_rows import ItemRow


@dataclass(frozen=True)
class TextEvidence:
    """What the pages of an item say: the first page's text, the item's own date as EDTF with the words it
    was read from, and the languages of its pages (`spa`, `eng`, `mul`; undecided ones left out)."""

    first_page: str = ""
    date_edtf: str = ""
    date_words: str = ""
    languages: tuple[str, ...] = ()
    detail: str = "page 1"


def describe(row: ItemRow | None, embedded: Sequence[tuple[str, str, str]] = (),
             text: TextEvidence = TextEvidence(), *, file: str = "") -> Description:
    """The description of one item, with where each value came from.

    `embedded` is what its files carry: (element, value, detail such as `IPTC 2:120`). `file` is the path its
    title is devised from where nothing else gives one.
    """
    raise NotImplementedError
