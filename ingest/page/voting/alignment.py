"""Which words of two layouts of one canvas are the same words of the page: by their boxes, then by their letters."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from archive.layout import Layout, Word

#: Two words may be the same where they share this part of the smaller one's width, and of the lower one's height …
ACROSS, DOWN = 0.3, 0.5
#: What it costs, in shares of a word, to let a word stand alone, and to take two words for one.
ALONE, JOINED = 0.55, 0.12
#: Of words that may be the same, more are not compared letter by letter: such a tangle is a drawing.
MOST = 60


@dataclass(frozen=True, slots=True)
class Group:
    """Numbers of words of the first and of the second layout that are the same piece of the page; one side may be
    empty."""

    first: tuple[int, ...]
    second: tuple[int, ...]


def align(first: Layout, second: Layout) -> list[Group]:
    """Every word of both layouts in exactly one group; those with words of the first in its reading order, then the
    others.

    >>> from archive.layout import TextBlock, TextLine
    >>> def page(*words): return Layout(100, 20, (TextBlock((TextLine(words),)),))
    >>> align(page(Word("San", 0, 0, 20, 10), Word("Salvador", 24, 0, 50, 10)), page(Word("SanSalvador", 0, 0, 74, 10)))
    [Group(first=(0, 1), second=(0,))]
    """
    ours, theirs = list(first.words()), list(second.words())
    groups = [group for some, others in _touching(ours, theirs) for group in _matched(ours, theirs, some, others)]
    return sorted(groups, key=lambda group: (group.first[0] if group.first else len(ours), group.second))


def _touching(ours: Sequence[Word], theirs: Sequence[Word]) -> Iterator[tuple[list[int], list[int]]]:
    """Numbers of words that hang together by boxes that touch: of the first in order, of the second from left to
    right."""
    nodes = len(ours) + len(theirs)
    above = list(range(nodes))

    def top(node: int) -> int:
        while above[node] != node:
            above[node] = above[above[node]]
            node = above[node]
        return node

    by_height = sorted(range(len(theirs)), key=lambda n: theirs[n].vpos)
    tallest = max((word.height for word in theirs), default=0)
    tops = [theirs[n].vpos for n in by_height]
    for number, word in enumerate(ours):
        for at in range(bisect_left(tops, word.vpos - tallest), bisect_right(tops, word.vpos + word.height)):
            if _touch(word, theirs[by_height[at]]):
                above[top(number)] = top(len(ours) + by_height[at])
    tangles: dict[int, tuple[list[int], list[int]]] = {}
    for node in range(nodes):
        some, others = tangles.setdefault(top(node), ([], []))
        (some if node < len(ours) else others).append(node if node < len(ours) else node - len(ours))
    for some, others in tangles.values():
        yield some, _from_left(theirs, others)


def _from_left(words: Sequence[Word], numbers: list[int]) -> list[int]:
    """By lines, which follow each other where a word begins below the middle of the one before; in a line from the
    left."""
    lines: list[list[int]] = []
    for number in sorted(numbers, key=lambda n: words[n].vpos + words[n].height / 2):
        middle = words[number].vpos + words[number].height / 2
        if lines and middle <= words[lines[-1][0]].vpos + words[lines[-1][0]].height:
            lines[-1].append(number)
        else:
            lines.append([number])
    return [number for line in lines for number in sorted(line, key=lambda n: words[n].hpos)]


def _touch(one: Word, other: Word) -> bool:
    across = min(one.hpos + one.width, other.hpos + other.width) - max(one.hpos, other.hpos)
    down = min(one.vpos + one.height, other.vpos + other.height) - max(one.vpos, other.vpos)
    return across >= ACROSS * min(one.width, other.width) and down >= DOWN * min(one.height, other.height)


def _matched(ours: Sequence[Word], theirs: Sequence[Word], some: list[int], others: list[int]) -> Iterator[Group]:
    """The cheapest way through both rows of words, one to one, two to one or alone (Needleman and Wunsch, over
    words)."""
    if not some or not others or len(some) > MOST or len(others) > MOST:
        for number in some:
            yield Group((number,), ())
        for number in others:
            yield Group((), (number,))
        return
    first = [ours[n].content for n in some]
    second = [theirs[n].content for n in others]
    best = [[(0.0, 0, 0)] * (len(second) + 1) for _ in range(len(first) + 1)]
    for i in range(len(first) + 1):
        for j in range(len(second) + 1):
            if i or j:
                best[i][j] = min(_steps(first, second, best, i, j))
    i, j, steps = len(first), len(second), []
    while i or j:
        _, back, aside = best[i][j]
        steps.append((i, j, back, aside))
        i, j = i - back, j - aside
    for i, j, back, aside in reversed(steps):
        yield Group(tuple(some[i - back : i]), tuple(others[j - aside : j]))


def _steps(first: list[str], second: list[str], best, i: int, j: int) -> Iterator[tuple[float, int, int]]:
    """The ways to reach the i-th word of the first and the j-th of the second: cost, and how many of each are taken."""
    if i:
        yield best[i - 1][j][0] + ALONE, 1, 0
    if j:
        yield best[i][j - 1][0] + ALONE, 0, 1
    for back, aside in ((1, 1), (2, 1), (1, 2), (3, 1), (1, 3)):
        if i >= back and j >= aside:
            apart = Levenshtein.normalized_distance("".join(first[i - back : i]), "".join(second[j - aside : j]))
            yield best[i - back][j - aside][0] + apart + JOINED * (back + aside - 2), back, aside
