"""How near a hit is: what a word counts for by the form it was found in and by the words it stands beside, alike on
both engines.

Both score with BM25 (k1 1.2, b 0.75) and take for a word the best of its forms in the best of its fields. Where the
words of a query stand together as asked, that counts beside them: the whole row as a phrase, two neighbours as these
two words do; so that a page that has *Rutilio Grande* goes before one where a Rutilio and something grande are strewn
about. All of it is BM25 of the words asked, nothing is added that has another scale: what stands together weighs as
much as its words are rare, frequent neighbours (*policía nacional*) little, in an archive of a hundred pages as in
one of a hundred thousand. An engine needs nothing for it but phrases and words that are near, and so both order
alike. Which pages are found does not change by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, pairwise
from typing import NamedTuple

from archive import knowledge
from archive.search import analysis
from archive.search.analysis import Sought
from archive.search.query import Phrase, Query, Word

#: As written, accents and all.
EXACT = 2.0
#: Accents aside.
FOLDED = 1.5
#: Another ending of the same stem.
STEMMED = 1.0

#: What a row counts for, as a phrase, where all words stand as they were typed, one after another. Chosen by what
#: news messages answer best, held out by their sources (bench/README.md): 8 and 16 are alike; the larger is safer on
#: long pages.
RUN = 16.0
#: What two neighbours count for, as words, where they stand near each other, in that order. The messages gain nothing
#: by it; it is the smallest half by which names and places whose middle was left out go before their strewn parts, in
#: an archive of a hundred pages and of a hundred thousand (tests/archive/search/together.tsv).
PAIR = 2.5
#: Words that may stand between two neighbours beside those typed there: *masacre Sumpul* is near in *masacre del río
#: Sumpul*.
SLACK = 2
#: Neighbours of a longer query are not looked for: whoever typed so many words finds one page by them, or none.
MOST_TOGETHER = 12


def forms(sought: Sought) -> list[tuple[str, str, float]]:
    """Stream, term and weight of every form that a token of a query is found by."""
    return [
        ("exact", sought.exact, EXACT),
        ("folded", sought.folded, FOLDED),
        *(("spa", stem, STEMMED) for stem in sought.spa),
        *(("eng", stem, STEMMED) for stem in sought.eng),
    ]


class Together(NamedTuple):
    """Folded tokens that are to stand in one field in this order, with at most `slack` others between them, and how
    much that weighs. Without slack they are a row and count as a phrase; with it two neighbours, and count as words."""

    tokens: tuple[str, ...]
    slack: int
    weight: float


def together(parts: Sequence[Query]) -> list[Together]:
    """What of the parts of an And should stand together: all its words in a row, and each two neighbours.

    Function words (*de la*) are neighbours of nothing, but keep their place between others, and count where a name is
    made of one and a single other word. A part that is neither word nor phrase (a date, an alternative) is passed over.
    A word typed twice stands twice in the row (*García García* is a name), but is no neighbour of itself; and two
    neighbours that are typed twice count once.

    >>> from archive.search.query import parse
    >>> [(one.tokens, one.slack) for one in together(parse("la masacre del Sumpul").parts)]
    [(('masacre', 'del', 'sumpul'), 0), (('masacre', 'sumpul'), 3)]
    >>> [one.tokens for one in together(parse("la paz").parts)]
    [('la', 'paz')]
    >>> [one.tokens for one in together(parse("la policía policía").parts)]
    [('policia', 'policia')]
    """
    words = [_tokens(part) for part in parts if isinstance(part, Word | Phrase)]
    telling = [at for at, tokens in enumerate(words) if not function_words().issuperset(tokens)]
    if not telling or not 1 < len(words) <= MOST_TOGETHER:
        return []
    run = words[telling[0] : telling[-1] + 1] if len(telling) > 1 else words
    return [Together(tuple(chain.from_iterable(run)), 0, RUN), *dict.fromkeys(_neighbours(words, telling))]


def _neighbours(words: Sequence[tuple[str, ...]], telling: Sequence[int]) -> Iterator[Together]:
    for first, second in pairwise(telling):
        tokens = words[first][-1], words[second][0]
        between = sum(map(len, words[first + 1 : second]))
        # tantivy would find a word near itself where it stands but once.
        if tokens[0] != tokens[1]:
            yield Together(tokens, between + SLACK, PAIR)


def _tokens(part: Word | Phrase) -> tuple[str, ...]:
    """The folded tokens of a word or phrase of a query."""
    words = part.words if isinstance(part, Phrase) else (part.text,)
    return tuple(term.folded for word in words for term in analysis.terms(word))


@cache
def function_words() -> frozenset[str]:
    """Folded words that say nothing by themselves, of both languages: the table function_words.tsv."""
    rows = knowledge.rows("archive.search", "function_words.tsv")
    return frozenset(analysis.fold(word) for row in rows for word in row["words"].split())
