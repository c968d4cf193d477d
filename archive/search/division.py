"""Words divided or put together: where the words of a text may also be read otherwise, joined or parted.

A hyphen at a line's end says that a word goes on, not whether it has a hyphen of its own: `político-` `militar` may be
políticomilitar and político-militar, `desapari-` `cidos` is one word. No list of words decides that for the names and
the Spanish of these papers, so both are found. Word lists do not say where lines end: a word that ends in a hyphen goes
on in the next one. A text has its words in one way, the first; what other ways there are stands here.

- Line's end: `asesi-` `nato`, `CARRAN-` `ZA`; also where the hyphen was misread (`desapari=` `cidos`), stands by itself
  (`asesi` `-` `nato`) or before the other part (`asesi` `-nato`).
- Interrupted: between the parts stand a page number (`desapari-` `12` `cidos`), a running head, or a caption.
- Within a line: `cease-fire` is ceasefire, too; `M-16` M16.
- Abbreviations written apart: `F. M. L. N.` and `F M L N` are FMLN, too.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from archive.search import written
from archive.search.written import HYPHENS

#: A hyphen at the end of a word that says for sure that it goes on.
_SURE = "\u00ad\u00ac"
#: With these a word is read joined in the first place; with the others that may be misread it is so only in the second.
_PLAIN = tuple("-\u2010\u2011" + _SURE)
_ENDINGS = tuple(HYPHENS + "\u00ad")
_ALONE = frozenset("-\u2010\u2011\u00ac\u00ad\u2212=")
_CONJUNCTIONS = frozenset(["and", "or", "to", "y", "o", "u", "e", "ni", "a"])

#: So many parts of one word are joined and parted in every way; of more only all and none.
_MOST_FREE = 3
#: Words that may stand between the parts of a word that is interrupted, and paragraphs that it may go on after.
_BETWEEN = 8
_PARAGRAPHS = 3

_HYPHEN = re.compile(rf"[{HYPHENS}\u00ad]")
_INITIALS = re.compile(r"(?<![^\W_])([^\W\d_])\1?\.? \W*([^\W\d_])\2?(?![^\W_])")


class Part(NamedTuple):
    """Some letters of a word, and the number of the word that they stand in."""

    text: str
    word: int


class Form(NamedTuple):
    """Another reading of the words from `first` to `last`: each of its words as the parts of which it is made."""

    first: int
    last: int
    words: tuple[tuple[Part, ...], ...]


def joins(words: Sequence[str]) -> dict[int, int]:
    """Which words are read as the first part of a word hyphenated at a line's end, and which word is its next part.

    Empty words hold the place of what stands elsewhere: a word goes on behind them.

    >>> joins(["asesi-", "nato", "desa-", "", "pari-", "ción"])
    {0: 1, 2: 4, 4: 5}
    """
    return {
        at: following
        for at in [at for at, word in enumerate(words) if word.endswith(_PLAIN)]
        if (following := _next(words, at)) is not None and _goes_on(words[at], words[following])
    }


def _goes_on(word: str, following: str) -> bool:
    if not word[-2:-1].isalpha() or not following[:1].isalpha():
        return False
    return word[-1] in _SURE or following[0].islower() and written.bare(following) not in _CONJUNCTIONS


def other_forms(words: Sequence[str], ends: Collection[int] = ()) -> Iterator[Form]:
    """The other readings of a text's words; `ends` are the numbers of the last words of its paragraphs.

    >>> for form in other_forms(["político-", "militar"]):
    ...     ["".join(part.text for part in word) for word in form.words]
    ['político', 'militar']
    >>> [form.words for form in other_forms(["cease-fire"])]
    [((Part(text='cease', word=0), Part(text='fire', word=0)),)]
    """
    text = " ".join(words)
    if _HYPHEN.search(text):
        yield from _hyphenated(words)
        yield from _interrupted(words, sorted(ends))
    if _INITIALS.search(text):
        yield from _apart(words)


def divided_at_end(words: Sequence[str]) -> int | None:
    """The last word of a page where the page's end divides it: behind it stand numbers at most.

    >>> divided_at_end(["los", "desapari-", "12"]), divided_at_end(["los", "muertos"])
    (1, None)
    """
    for at in range(len(words) - 1, -1, -1):
        if any(c.isalpha() for c in words[at]):
            return at if is_divided(words[at]) and words[at][-2].isalpha() else None
    return None


def rest(word: str, following: Sequence[str]) -> str:
    """What goes on with a divided word where the next page begins; empty where nothing does.

    >>> rest("desapari-", ["13", "EL", "RESCATE", "cidos,", "de"])
    'cidos,'
    >>> rest("anti-", ["Castro"]), rest("desapari-", ["(1)"])
    ('Castro', '')
    """
    first = next((n for n, one in enumerate(following) if any(c.isalpha() for c in one)), None)
    if first is None:
        return ""
    return following[next(_behind_capitals(following, first, word), first)]


class _Chain:
    """Parts of a word in a row; between each two whether they may be joined, and whether they are in the first
    place."""

    def __init__(self, words: Sequence[str], at: int):
        self.first = self.last = at
        self.parts = [Part(text, at) for text in written.pieces(words[at])]
        self.bonds = [self._bond(n, False) for n in range(1, len(self.parts))]

    def _bond(self, n: int, joined: bool) -> tuple[bool, bool]:
        left, right = self.parts[n - 1].text, self.parts[n].text
        if left[-1].isdigit() or right[0].isdigit():
            # 3-D is 3D, M-16 is M16; 20-year and 1981-hoy are two words.
            return left.isupper() and right.isdigit() or right.isalpha() and right.isupper() and len(right) < 3, joined
        return True, joined

    def go_on(self, words: Sequence[str], at: int, joined: bool) -> None:
        before = len(self.parts)
        self.parts += [Part(text, at) for text in written.pieces(words[at])]
        self.bonds += [self._bond(n, joined and n == before) for n in range(before, len(self.parts)) if n]
        self.last = at

    def forms(self, whole: bool = True) -> Iterator[Form]:
        """All its readings, without the first where that is the text's own (`whole`)."""
        free = [may for may, _ in self.bonds]
        own = tuple(joined for _, joined in self.bonds)
        if not any(free):
            return
        if self.first != self.last and sum(free) <= _MOST_FREE:
            ways: Iterable[tuple[bool, ...]] = product(*((False, True) if may else (False,) for may in free))
        else:
            ways = iter([tuple(free), tuple(False for _ in free)])
        for way in ways:
            if way != own or not whole:
                yield Form(self.first, self.last, self._read(way))

    def _read(self, way: Sequence[bool]) -> tuple[tuple[Part, ...], ...]:
        made = [[self.parts[0]]]
        for part, joined in zip(self.parts[1:], way, strict=True):
            if joined:
                made[-1].append(part)
            else:
                made.append([part])
        return tuple(map(tuple, made))


def _hyphenated(words: Sequence[str]) -> Iterator[Form]:
    first, last = joins(words), -1
    marked = [at for at, word in enumerate(words) if _HYPHEN.search(word)]
    for at in sorted({*marked, *(at - 1 for at in marked if at and words[at][0] in _ALONE)}):
        if at <= last:
            continue
        chain = _Chain(words, at)
        while chain.parts and (following := _goes_on_at(words, chain.last)) is not None:
            chain.go_on(words, following, joined=first.get(chain.last) == following)
        yield from chain.forms()
        last = chain.last


def _goes_on_at(words: Sequence[str], at: int) -> int | None:
    """The word that goes on with the word `at`, or may; None where that ends."""
    following = _next(words, at)
    if following is None:
        return None
    if is_divided(words[at]):
        return following if words[following][:1].isalnum() and _meet(words[at], words[following]) else None
    if not words[at][-1:].isalpha():
        return None
    if words[following] in _ALONE:
        third = _next(words, following)
        return third if third is not None and words[third][:1].islower() else None
    return following if words[following][:1] in _ALONE and words[following][1:2].islower() else None


def is_divided(word: str) -> bool:
    """Whether a word ends in a hyphen behind a letter, a digit, or the point of an abbreviation."""
    return word.endswith(_ENDINGS) and (word[-2:-1].isalnum() or bool(written.letters(word[:-1])))


def _meet(word: str, following: str) -> bool:
    """Digits on both sides of a hyphen are two numbers."""
    return not (word[-2:-1].isdigit() and following[:1].isdigit())


def _interrupted(words: Sequence[str], ends: Sequence[int]) -> Iterator[Form]:
    """Words whose other part stands farther on: behind a number or words in capitals, or at the beginning of a later
    paragraph."""
    for at, word in enumerate(words):
        if not word.endswith(_ENDINGS) or not word[-2:-1].isalpha():
            continue
        following = _next(words, at)
        if following is None:
            continue
        for farther in dict.fromkeys(
            (*_behind_capitals(words, following, word), *_after_paragraphs(words, at, ends, word))
        ):
            if farther != following:
                chain = _Chain(words, at)
                chain.go_on(words, farther, joined=False)
                yield from chain.forms(whole=False)


def _behind_capitals(words: Sequence[str], following: int, word: str) -> Iterator[int]:
    """The next word that may go on with `word` behind what cannot: numbers, words that begin in another case."""
    between = 0
    at: int | None = following
    while at is not None and between <= _BETWEEN:
        if _is_like(word, words[at]):
            yield at
            return
        if any(c.isalpha() for c in words[at]) and word[-2].islower() and words[at][:1].islower():
            return
        between += 1
        at = _next(words, at)


def _after_paragraphs(words: Sequence[str], at: int, ends: Sequence[int], word: str) -> Iterator[int]:
    own = bisect_left(ends, at)
    if own == len(ends) or any(any(c.isalnum() for c in one) for one in words[at + 1 : ends[own] + 1]):
        return
    for end in ends[own : own + _PARAGRAPHS]:
        begins = _next(words, end)
        if begins is not None and _is_like(word, words[begins]):
            yield begins


def _is_like(word: str, other: str) -> bool:
    """Whether a word may go on in another by its letters: small ones, or capitals where it has no small ones."""
    head = other[:2] if word[:-1].isupper() else other[:1]
    return head.isalpha() and (head.islower() or word[:-1].isupper() and head.isupper())


def _apart(words: Sequence[str]) -> Iterator[Form]:
    for first, end in written.rows(words):
        yield Form(first, end - 1, (tuple(Part(written.initial(words[n]), n) for n in range(first, end)),))


def _next(words: Sequence[str], at: int) -> int | None:
    """The next word that is not empty."""
    for following in range(at + 1, len(words)):
        if words[following]:
            return following
    return None
