"""What a person typed of a page's words: from lines typed to edits, and from edits to the layout that is shown.

Readings stay as they were read: a correction is kept beside them, as a decision (archive.decisions), and what is shown
is a reading made of a machine's and of what was typed over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from rapidfuzz.distance import Levenshtein

from archive.anchor import Anchor, Place, anchor, box
from archive.layout import Layout, TextBlock, TextLine, Word

#: How sure what a person typed is.
SURE = 1.0
#: So many words may be typed for what was read as one.
_TYPED_FOR_ONE = 3
#: Longer lines are no lines of a page.
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Edit:
    """What stands at a place of one layout: `text`, or nothing where it is empty. A line's end before a text sets it on
    lines of its own. Where the text is what was read, it is confirmed."""

    place: Place
    text: str


def edits(layout: Layout, typed: Mapping[int, str], *, compared: bool = False) -> Iterator[Edit]:
    """What was changed where lines, by their number in reading order, are to be as typed; further lines of one follow
    it, and those of the number -1 stand before all.

    Where the whole page was `compared` with its image, each of its lines is an edit: what was not changed is confirmed.
    Raises IndexError where the layout has no such line; the number of its lines (also of none) is where lines after the
    last are added.

    >>> page = Layout(90, 20, (TextBlock((TextLine((Word("rnadre", 0, 0, 9, 9), Word("de", 9, 0, 9, 9))),)),))
    >>> list(edits(page, {0: "madre de"}))
    [Edit(place=Place(first=0, last=1, apart=(), alone=False), text='madre')]
    >>> list(edits(page, {}, compared=True))
    [Edit(place=Place(first=0, last=2, apart=(), alone=False), text='rnadre de')]
    """
    lines = [line for block in layout.blocks for line in block.lines]
    if outside := [number for number in typed if not -1 <= number <= len(lines)]:
        raise IndexError(f"the page has {len(lines)} lines, and none of the number {outside[0]}")
    first = 0
    if more := _as_lines(typed.get(-1, "").split("\n")):
        yield Edit(Place(0, 0), more)
    for number, line in enumerate(lines):
        wanted, *further = typed.get(number, line.text).strip("\n").split("\n")
        yield from _of_line(line, wanted.split(), first, compared)
        first += len(line.words)
        if more := _as_lines(further):
            yield Edit(Place(first, first), more)
    if more := _as_lines(typed.get(len(lines), "").split("\n")):
        yield Edit(Place(first, first), more)


#: Two lines may be the same line, typed over, where they are this like.
ALIKE = 0.4


def typed_lines(layout: Layout, text: str) -> dict[int, str]:
    """What a text of the whole page, typed over the one that is shown, says of each line, for `edits`: lines that are
    like each other are the same, in their order; the others were taken away, or added after the line before. Empty
    lines say nothing.

    >>> lines = [TextLine((Word(text, 0, top, 9, 9),)) for text, top in (("rnadre", 0), ("hija", 9))]
    >>> page = Layout(90, 20, (TextBlock(tuple(lines)),))
    >>> typed_lines(page, "INFORME / madre / hija".replace(" / ", chr(10)))
    {-1: 'INFORME', 0: 'madre', 1: 'hija'}
    """
    read = [line.text for block in layout.blocks for line in block.lines]
    new = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    best = [[0.0] * (len(new) + 1) for _ in range(len(read) + 1)]
    for i, old in enumerate(read):
        for j, one in enumerate(new):
            like = Levenshtein.normalized_similarity(old, one)
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], best[i][j] + like if like >= ALIKE else 0.0)
    same, i, j = [(len(read), len(new))], len(read), len(new)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            same.append((i, j))
    said: dict[int, list[str]] = {}
    i = j = 0
    for at, new_at in reversed(same):
        # Between two lines that are the same, what is not like is typed over line by line; what is left over was added,
        # or taken away.
        said |= {n: [] for n in range(i, at)}
        for n in range(j, new_at):
            said.setdefault(min(i + n - j, at - 1), []).append(new[n])
        if at < len(read):
            said[at] = [new[new_at]]
        i, j = at + 1, new_at + 1
    return {number: "\n".join(lines) for number, lines in said.items()}


def _as_lines(lines: Iterable[str]) -> str:
    return "".join(f"\n{' '.join(line.split())}" for line in lines if line.strip())


def _of_line(line: TextLine, wanted: Sequence[str], first: int, compared: bool) -> Iterator[Edit]:
    read = [word.content for word in line.words]
    if compared:
        yield Edit(Place(first, first + len(read)), " ".join(wanted))
        return
    for kind, start, end, from_, to in SequenceMatcher(None, read, wanted, autojunk=False).get_opcodes():
        if kind == "insert" and not start:
            # The gap before a line's first word would be the one after the line before.
            yield Edit(Place(first, first + 1), " ".join((*wanted[from_:to], read[0])))
        elif kind != "equal":
            yield Edit(Place(first + start, first + end), " ".join(wanted[from_:to]))


def typed_over(layout: Layout, made: Sequence[Edit]) -> Layout:
    """The layout with edits that were made of this very layout, in its order."""
    for edit in reversed(made):
        layout = edited(layout, edit, anchor(layout, edit.place))
    return layout


def typed_words(shown: Layout, base: Layout) -> frozenset[int]:
    """The numbers of the words that persons typed or confirmed: those sure without doubt that are not so in the reading
    beneath.

    >>> base = Layout(90, 20, (TextBlock((TextLine((Word("rnadre", 0, 0, 9, 9, 0.3), Word("de", 9, 0, 9, 9, 0.9))),)),))
    >>> typed_words(edited(base, Edit(Place(0, 1), "madre")), base)
    frozenset({0})
    """
    read = {(word.content, word.hpos, word.vpos, word.width) for word in base.words() if word.confidence == SURE}
    return frozenset(
        number
        for number, word in enumerate(shown.words())
        if word.confidence == SURE and (word.content, word.hpos, word.vpos, word.width) not in read
    )


def edited(layout: Layout, edit: Edit, where: Anchor | None = None) -> Layout:
    """The layout with an edit; words that stood in a gap have the box of `where`, as far as it is known.

    >>> page = Layout(90, 20, (TextBlock((TextLine((Word("rnadre", 0, 0, 9, 9, 0.3), Word("de", 9, 0, 9, 9))),)),))
    >>> shown = edited(page, Edit(Place(0, 1), "madre"))
    >>> shown.text, next(shown.words()).other, next(shown.words()).confidence
    ('madre de', 'rnadre', 1.0)
    """
    if edit.text.startswith("\n") or edit.place.alone:
        return _with_lines(layout, edit, where if edit.place.alone else None)
    place, all_words = edit.place, list(layout.words())
    taken = {*range(place.first, place.last), *place.apart}
    new = _words(edit.text.split(), [all_words[n] for n in sorted(taken)], where)
    number, blocks, put = 0, [], False
    for block in layout.blocks:
        lines = []
        for line in block.lines:
            start, number = number, number + len(line.words)
            words = [word for n, word in enumerate(line.words, start) if n not in taken]
            # A gap at the end of a line is that line's, not the next one's.
            if not put and start <= place.first and (place.first < number or place.first == place.last == number):
                at = place.first - start
                words, put = [*words[:at], *new, *words[at:]], True
            if words:
                lines.append(TextLine(tuple(words)))
        if lines:
            blocks.append(replace(block, lines=tuple(lines)))
    if not put and new:  # a page without words
        blocks.append(TextBlock((TextLine(tuple(new)),)))
    return replace(layout, blocks=tuple(blocks))


def _words(typed: Sequence[str], read: Sequence[Word], where: Anchor | None) -> list[Word]:
    """The words typed, in the boxes of those read; what was read otherwise is kept at them."""
    if len(typed) == len(read):
        return [
            replace(old, content=new, confidence=SURE, other=None if old.content == new else old.content)
            for new, old in zip(typed, read, strict=True)
        ]
    hpos, vpos, width, height = _box(read, where)
    letters = sum(map(len, typed)) + max(0, len(typed) - 1)
    words, before = [], 0
    for new in typed:
        left, right = hpos + width * before // letters, hpos + width * (before + len(new)) // letters
        words.append(Word(new, left, vpos, right - left, height, SURE, ""))
        before += len(new) + 1
    others: dict[int, list[str]] = {}
    for n, old in zip(_alike(typed, read), read, strict=False):
        others.setdefault(n, []).append(old.content)
    said = [" ".join(others.get(n, ())) for n in range(len(words))]
    return [
        replace(word, other=None if other == word.content else other) for word, other in zip(words, said, strict=True)
    ]


def _alike(typed: Sequence[str], read: Sequence[Word]) -> list[int]:
    """For each word that was read, which of those typed stands for it: in their order, and as like it as can be;
    several may stand for the same, and some for none. Empty where nothing was typed."""
    if not typed:
        return []
    # What was read as one word may be typed as several: it stands at the first of them.
    whole = [
        ["".join(typed[n : n + more]).casefold() for more in range(1, _TYPED_FOR_ONE + 1)] for n in range(len(typed))
    ]
    like = [
        [max(Levenshtein.normalized_similarity(old.content.casefold(), one) for one in some) for some in whole]
        for old in read
    ]
    # best[i][j]: of the words read from i on, where the first stands for the j-th typed or a later one.
    best = [[0.0] * (len(typed) + 1) for _ in range(len(read) + 1)]
    for i in range(len(read) - 1, -1, -1):
        best[i][len(typed)] = float("-inf")
        for j in range(len(typed) - 1, -1, -1):
            best[i][j] = max(like[i][j] + best[i + 1][j], best[i][j + 1])
    found, j = [], 0
    for i in range(len(read)):
        while like[i][j] + best[i + 1][j] < best[i][j]:
            j += 1
        found.append(j)
    return found


def _box(read: Sequence[Word], where: Anchor | None) -> tuple[int, int, int, int]:
    if read or where is None or where.follows:
        return box(read)
    return where.hpos, where.vpos, where.width, where.height


def _with_lines(layout: Layout, edit: Edit, where: Anchor | None) -> Layout:
    """With lines of their own after the line that ends before the place, in its block; where it is the first, before
    all."""
    new = [TextLine(tuple(_words(line.split(), (), where))) for line in edit.text.split("\n") if line.strip()]
    number, blocks, put = 0, [], False
    for block in layout.blocks:
        lines: list[TextLine] = []
        for line in block.lines:
            if not put and edit.place.first <= number:
                lines, put = [*lines, *new], True
            lines.append(line)
            number += len(line.words)
        if not put and edit.place.first <= number:
            lines, put = [*lines, *new], True
        blocks.append(replace(block, lines=tuple(lines)))
    if not put:
        blocks.append(TextBlock(tuple(new)))
    return replace(layout, blocks=tuple(blocks))
