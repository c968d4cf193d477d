"""What stands in the margins of an item's pages, decided once all of them are read: page numbers, running heads and
feet."""

from __future__ import annotations

from collections.abc import Sequence

from archive.record import NewMention
from ingest.extract.page_edges import Edges
from ingest.extract.page_numbers import line_ends, page_numbers, whole_lines
from ingest.extract.running_heads import running_heads

#: Raised when what is found changes: an item that is completed again is then looked at again, be its pages read or not.
VERSION = 1


def find_margins(pages: Sequence[Edges]) -> list[tuple[NewMention, ...]]:
    """The mentions in the margins of each page of an item, in the order of their words.

    A line that is a page number is no running head; a running head may end or begin with a page number.
    """
    whole = [candidate for page in pages for candidate in whole_lines(page)]
    alone = page_numbers(whole, len(pages))
    heads = running_heads(pages, {sequence: {one.first_word for one in found} for sequence, found in alone.items()})
    ends = [
        candidate
        for page, found in zip(pages, heads, strict=False)
        for candidate in line_ends(page, {(one.first_word, one.last_word) for one in found})
    ]
    numbers = page_numbers([*whole, *ends], len(pages)) if ends else alone
    return [_in_order(found, numbers.get(page.sequence, ())) for page, found in zip(pages, heads, strict=False)]


def _in_order(heads: Sequence[NewMention], numbers: Sequence[NewMention]) -> tuple[NewMention, ...]:
    apart = [
        head
        for head in heads
        if not any((one.first_word, one.last_word) == (head.first_word, head.last_word) for one in numbers)
    ]
    return tuple(sorted((*apart, *numbers), key=lambda one: (one.first_word, -one.last_word)))
