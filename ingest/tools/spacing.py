"""Words put together and taken apart by their spacing: letter-spaced headings are words, and the number of a note is
none of its word's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from statistics import median

from archive.layout import Layout, TextLine, Word
from ingest.tools import glyphs

#: So many letters stand apart at least, each for itself, of which none lies further from the next than so many of its
#: heights.
LETTERS, APART = 4, 1.0
#: Between two words there is so many times the gap between two letters.
BETWEEN_WORDS = 1.6
#: A raised number after a word, but for units, whose square or cube it is.
_NOTE = re.compile(
    r"^(?P<word>.*[^\W\d_¹²³⁰⁴-⁹][\"'”’».,;:)\]]*|.*[\"”’».,;:)\]])(?P<note>[¹²³⁰⁴-⁹]+)(?P<after>[.,;:)\]»”]*)$"
)
_ENDS = frozenset(".,;:!?)»”")


def mended(layout: Layout) -> Layout:
    """The layout, letter-spaced words closed up, and raised numbers words of their own."""

    def line(one: TextLine) -> TextLine:
        return TextLine(tuple(part for word in closed_up(one).words for part in without_note(word)))

    return replace(layout, blocks=tuple(replace(block, lines=tuple(map(line, block.lines))) for block in layout.blocks))


def without_note(word: Word) -> Iterator[Word]:
    """The word, and the number of its note where one is set as raised digits; each with its part of the box.

    >>> [[one.content for one in without_note(Word(text, 0, 0, 80, 9))] for text in ("Mozote¹².", "km²", "4º", "10³")]
    [['Mozote', '¹².'], ['km²'], ['4º'], ['10³']]
    """
    found = _NOTE.match(word.content)
    if not found or glyphs.is_unit(found["word"]):
        yield word
        return
    share = round(word.width * len(found["word"]) / len(word.content))
    yield replace(word, content=found["word"], width=max(1, share))
    yield replace(
        word,
        content=found["note"] + found["after"],
        hpos=word.hpos + share,
        width=max(1, word.width - share),
        other=None if word.other is None else "",
    )


def closed_up(line: TextLine) -> TextLine:
    """The line with its letter-spaced words closed up.

    >>> letters = [Word(c, 30 * n + 40 * (n >= 10), 0, 20, 28) for n, c in enumerate("COMUNICADOOFICIAL")]
    >>> closed_up(TextLine(tuple(letters))).text
    'COMUNICADO OFICIAL'
    """
    words: list[Word] = []
    for run in _runs(line.words):
        words += _parted(run) if _is_spaced(run) else run
    return TextLine(tuple(words)) if len(words) < len(line.words) else line


def _runs(words: tuple[Word, ...]) -> Iterator[list[Word]]:
    """Single characters that stand beside each other, and other words each for itself."""
    run: list[Word] = []
    for word in words:
        if run and len(word.content) == 1 and _gap(run[-1], word) <= APART * max(run[-1].height, word.height):
            run.append(word)
            continue
        if run:
            yield run
        run = [word] if len(word.content) == 1 else []
        if not run:
            yield [word]
    if run:
        yield run


def _gap(before: Word, after: Word) -> int:
    return after.hpos - before.hpos - before.width


def _is_spaced(run: list[Word]) -> bool:
    """Whether these characters are a word set wide: letters, in capitals or many, no list of letters, and no initials
    with points."""
    letters = [word.content for word in run]
    while letters and letters[-1] in _ENDS:
        letters.pop()
    text = "".join(letters)
    if (
        len(letters) < LETTERS
        or not text.isalpha()
        or not (text.isupper() or text[1:].islower() and len(text) >= 2 * LETTERS)
    ):
        return False
    in_order = all(ord(after) == ord(before) + 1 for before, after in zip(text, text[1:], strict=False))
    return not in_order and len(set(text.casefold())) > len(text) // 4


def _parted(run: list[Word]) -> Iterator[Word]:
    """The words of letters set wide."""
    gaps = [_gap(before, after) for before, after in zip(run, run[1:], strict=False)]
    usual = max(1, median(gaps))
    some = [run[0]]
    for gap, letter in zip(gaps, run[1:], strict=True):
        if gap > BETWEEN_WORDS * usual:
            yield _joined(some)
            some = []
        some.append(letter)
    yield _joined(some)


def _joined(letters: list[Word]) -> Word:
    left, top = min(word.hpos for word in letters), min(word.vpos for word in letters)
    right, bottom = max(word.hpos + word.width for word in letters), max(word.vpos + word.height for word in letters)
    sure = [word.confidence for word in letters if word.confidence is not None]
    other = "".join(word.lost for word in letters) if any(word.other is not None for word in letters) else None
    return Word(
        "".join(word.content for word in letters),
        left,
        top,
        right - left,
        bottom - top,
        min(sure) if sure else None,
        other,
    )
