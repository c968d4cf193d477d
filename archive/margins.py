"""What stands in a page's margins: running heads and feet, and page numbers, as mentions of its reading.

They are marked, never removed: such words are shown, exported and searched, and do not count as the page's own text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from archive.layout import Layout
from archive.record import NewMention

PAGE_NUMBER = "page number"
RUNNING_HEAD = "running head"
RUNNING_FOOT = "running foot"
#: The kinds of mentions that are drawn across the pages of an item, and not from one page.
KINDS = (PAGE_NUMBER, RUNNING_HEAD, RUNNING_FOOT)


def margin_words(mentions: Iterable[NewMention]) -> dict[int, str]:
    """The number of each word of a reading that stands in a margin, with what it is; a page number in a running head is
    that.

    >>> head, number = (NewMention(RUNNING_HEAD, 0, 2, "El Rescate 12", "recurring line", ""),
    ...                 NewMention(PAGE_NUMBER, 2, 2, "12", "sequence", "12"))
    >>> margin_words([number, head])
    {0: 'running head', 1: 'running head', 2: 'page number'}
    """
    found: dict[int, str] = {}
    for one in sorted((one for one in mentions if one.kind in KINDS), key=lambda one: one.kind == PAGE_NUMBER):
        found |= dict.fromkeys(range(one.first_word, one.last_word + 1), one.kind)
    return found


def printed_numbers(mentions: Iterable[NewMention]) -> tuple[str, ...]:
    """The page numbers printed on a page as a machine read them, in the order of its words; those undecided are left
    out."""
    return tuple(dict.fromkeys(one.value for one in mentions if one.kind == PAGE_NUMBER and one.value))


def margin_lines(
    layout: Layout, margin: Mapping[int, str]
) -> tuple[tuple[tuple[tuple[str, int], ...], str | None], ...]:
    """The words in the margins line by line, each word with its number, and each line with its block's language."""
    number, found = 0, []
    for block in layout.blocks:
        for line in block.lines:
            numbered = tuple((word.content, n) for n, word in enumerate(line.words, number) if n in margin)
            number += len(line.words)
            if numbered:
                found.append((numbered, block.language))
    return tuple(found)


def is_in_margin(mention: NewMention, margin: Mapping[int, str]) -> bool:
    """Whether all words of a mention stand in the margins."""
    return all(number in margin for number in range(mention.first_word, mention.last_word + 1))
