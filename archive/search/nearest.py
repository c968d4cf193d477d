"""Where nothing is found: the nearest words of the archive's own vocabulary, by distance and frequency, that do find
something.

An index's dictionary keeps words of what was removed from it until it is merged, so no word of it is offered that a
search, by the same audience and filters, does not find now; that costs at most MOST_SEARCHES.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from archive.search import analysis
from archive.search.asked import exchanged
from archive.search.engine import Searcher
from archive.search.query import And, Phrase, Query, Word, all_of
from archive.search.request import SearchRequest

#: Words of a query for which others are looked for, candidates tried for each, and searches that all of it may cost.
MOST_WORDS, MOST_TRIED, MOST_SEARCHES = 3, 4, 16
#: Shorter words are near to too many.
SHORTEST = 4
#: Letters that ears and readers take for each other at a word's beginning.
_ALIKE = ("ckqsz", "bv", "gjhx", "iyl", "ts")
_ACCENTED = dict(zip("aeioun", "áéíóúñ", strict=False))
_STUCK = re.compile(r"(?<=[a-záéíóúñ])(?=[A-ZÁÉÍÓÚÑ])|(?<=^[Ee]l)(?=\w{4})|(?<=^[Ll]a)(?=\w{4})|(?<=^[Ss]an)(?=\w{4})")


@dataclass(frozen=True, slots=True)
class Near:
    """A query that finds `total` units, and differs from what was asked in its nearest words."""

    query: Query
    total: int


def beginnings(word: str) -> tuple[str, ...]:
    """What a word near to this one may begin with: its letter, accented or not, or one that is taken for it before the
    second letter.

    >>> beginnings("Kolomoncagua"), beginnings("usulutam")
    (('k', 'co', 'có', 'qo', 'qó', 'so', 'só', 'zo', 'zó'), ('u', 'ú'))
    """
    beginning = analysis.fold(word) + "  "
    first, second = beginning[0], beginning[1]
    alike = dict.fromkeys(letter for letters in _ALIKE if first in letters for letter in letters if letter != first)
    return (*_forms(first), *(letter + form for letter in alike for form in _forms(second)))


def _forms(letter: str) -> tuple[str, ...]:
    return (letter, _ACCENTED[letter]) if letter in _ACCENTED else (letter,)


def ranked(word: str, counted: Mapping[str, int]) -> list[str]:
    """The words of a vocabulary that are at most two letters from one (one, if it is short), the nearest and then the
    most frequent first; accents and case do not tell words apart.

    >>> ranked("Tecoluka", {"tecoluca": 3, "tecolucas": 1, "tonacatepeque": 9, "usulután": 2})
    ['tecoluca', 'tecolucas']
    """
    folded = analysis.fold(word)
    most = 1 if len(folded) < 6 else 2
    found = process.extract(
        folded, list(counted), scorer=OSA.distance, processor=analysis.fold, score_cutoff=most, limit=None
    )
    near = sorted(
        (distance, -counted[term], term) for term, distance, _ in found if distance and len(term) >= SHORTEST - 1
    )
    return list({analysis.fold(term): term for _, _, term in reversed(near)}.values())[::-1]


def nearest(engine: Searcher, request: SearchRequest) -> tuple[Near, ...]:
    """What may have been meant by a request that found nothing; its facets and slice do not matter. Raises
    EngineError."""
    return tuple(_Looking(engine, request).found())


class _Looking:
    """One request without an answer, and how many searches are left."""

    def __init__(self, engine: Searcher, request: SearchRequest):
        self.engine, self.left = engine, MOST_SEARCHES
        self.request = replace(request, facets=(), offset=0, size=0)

    def total(self, query: Query) -> int:
        if self.left == 0:
            return 0
        self.left -= 1
        return self.engine.search(replace(self.request, query=query)).total

    def found(self) -> Iterable[Near]:
        whole = self.request.query
        parts = whole.parts if isinstance(whole, And) else (whole,)
        words = [part for part in parts if isinstance(part, Word)]
        joined = list(self._joined(parts)) or list(self._parted(words))
        if joined:
            return joined
        absent = [word for word in words if _is_name(word.text) and (len(parts) == 1 or not self.total(word))][
            :MOST_WORDS
        ]
        near = {word: self._near(word) for word in absent}
        if not all(near.values()) or not near:
            return [one for found in near.values() for one in found]
        if len(absent) == 1 == len(parts):
            return near[absent[0]]
        mended = whole
        for word, found in near.items():
            mended = exchanged(mended, word, found[0].query)
        together = self.total(mended)
        return [Near(mended, together)] if together else [one for found in near.values() for one in found]

    def _near(self, word: Word) -> list[Near]:
        """Words near to one, that find something."""
        found = []
        for term in ranked(word.text, self.engine.near(analysis.fold(word.text)))[:MOST_TRIED]:
            written = Word(_as_typed(term, word.text))
            if total := self.total(written):
                found.append(Near(written, total))
        return found

    def _joined(self, parts: tuple[Query, ...]) -> Iterable[Near]:
        """Two words that are one: Chalate nango."""
        for one, other in list(pairwise(parts))[:MOST_WORDS]:
            if isinstance(one, Word) and isinstance(other, Word) and (one.text + other.text).isalpha():
                mended = exchanged(
                    all_of(part for part in parts if part is not other), one, Word(one.text + other.text)
                )
                if total := self.total(mended):
                    yield Near(mended, total)

    def _parted(self, words: list[Word]) -> Iterable[Near]:
        """A word that is two: ElMozote."""
        for word in words[:MOST_WORDS]:
            pieces = tuple(filter(None, _STUCK.split(word.text, maxsplit=1)))
            if len(pieces) == 2:
                mended = exchanged(self.request.query, word, Phrase(pieces))
                if total := self.total(mended):
                    yield Near(mended, total)


def _is_name(text: str) -> bool:
    return len(text) >= SHORTEST and text.isalpha()


def _as_typed(term: str, typed: str) -> str:
    return term.capitalize() if typed[0].isupper() else term
