"""What was typed over one reading, carried over to another that is shown by now: nothing typed is lost, nothing of
others overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from archive.layout import Layout, TextLine


@dataclass
class Merged:
    """`fields`: line → what to put into its field, where nobody else changed that line. `beside`: line → what was typed
    over it, where somebody did. `loose`: what was typed over lines that are no more."""

    fields: dict[int, str] = field(default_factory=dict)
    beside: dict[int, list[str]] = field(default_factory=dict)
    loose: list[str] = field(default_factory=list)


def lines_of(layout: Layout) -> list[TextLine]:
    """The lines in reading order, as `archive.corrections.edits` numbers them."""
    return [line for block in layout.blocks for line in block.lines]


def changed(layout: Layout, typed: Mapping[int, str]) -> dict[int, str]:
    """What of the fields is not as the layout has it; spaces say nothing, ends of lines do.

    >>> from archive.layout import TextBlock, Word
    >>> page = Layout(90, 20, (TextBlock((TextLine((Word("rnadre", 0, 0, 9, 9), Word("de", 9, 0, 9, 9))),)),))
    >>> changed(page, {0: " rnadre  de ", 1: ""}), changed(page, {0: "madre de"})
    ({}, {0: 'madre de'})
    """
    read = [line.text for line in lines_of(layout)]
    return {
        number: text
        for number, text in typed.items()
        if _plain(text) != _plain(read[number] if 0 <= number < len(read) else "")
    }


def _plain(text: str) -> list[list[str]]:
    return [line.split() for line in text.strip().splitlines()]


def merge(old: Layout, new: Layout, typed: Mapping[int, str]) -> Merged:
    """Where on the new layout stands what was typed over lines of the old one (-1 before the first, their number after
    the last).

    >>> from archive.layout import TextBlock, Word
    >>> def page(*lines):
    ...     return Layout(9, 9, (TextBlock(tuple(TextLine((Word(line, 0, 0, 9, 9),)) for line in lines)),))
    >>> merged = merge(page("uno", "d0s", "tres"), page("cero", "uno", "DOS", "tres"), {1: "dos", 2: "Tres"})
    >>> merged.fields, merged.beside, merged.loose
    ({3: 'Tres'}, {2: ['dos']}, [])
    """
    before, after = [line.text for line in lines_of(old)], [line.text for line in lines_of(new)]
    where = _places(before, after)
    merged = Merged()
    for number, text in sorted(typed.items()):
        if number == -1 or number == len(before):
            merged.fields[-1 if number == -1 and after else len(after)] = text
        elif (place := where.get(number)) is None:
            merged.loose.append(text)
        elif after[place] == before[number]:
            merged.fields[place] = text
        elif after[place].split() != text.split():  # else the other typed the same
            merged.beside.setdefault(place, []).append(text)
    return merged


def _places(before: list[str], after: list[str]) -> dict[int, int]:
    """Old line → the line that stands for it now, in their order; none for a line that was taken away."""
    places: dict[int, int] = {}
    for kind, start, end, from_, to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind in ("equal", "replace"):
            places |= {number: min(from_ + number - start, to - 1) for number in range(start, end)}
    return places
