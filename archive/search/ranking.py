"""How near a hit is: what a word counts for by the form it was found in and by the words it stands beside, alike on both engines.

Both score with BM25 (k1 1.2, b 0.75) and take for a word the best of its forms in the best of its fields. Where the
words of a query stand together as asked, what they count for is counted again: so that a page that has *Rutilio
Grande* goes before one where a Rutilio and something grande are strewn about, however often. That needs nothing of
an engine but whether words stand so, and so both order alike. Which pages are found does not change by it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from archive.search import analysis
from archive.search.analysis import Sought
from archive.search.query import Phrase, Query, Word

#: As written, accents and all.
EXACT = 2.0
#: Accents aside.
FOLDED = 1.5
#: Another ending of the same stem.
STEMMED = 1.0

#: RUN was chosen by what news messages answer best, held out by their sources (bench/README.md): 4, 8 and 16 are alike, a PAIR
#: gains nothing there, and one of a quarter of these loses a thousandth. So large a RUN outweighs how often
#: words stand elsewhere.
#: How many times more words count where all of them stand as they were typed, one after another.
RUN = 8.0
#: The same of two neighbours of a query that stand near each other, in that order.
PAIR = 2.0
#: Words that may stand between two neighbours beside those typed there: *masacre Sumpul* is near in *masacre del río Sumpul*.
SLACK = 2
#: Neighbours of a longer query are not looked for: whoever typed so many words finds one page by them, or none.
MOST_TOGETHER = 12


def forms(sought: Sought) -> list[tuple[str, str, float]]:
    """Stream, term and weight of every form that a token of a query is found by."""
    return [("exact", sought.exact, EXACT), ("folded", sought.folded, FOLDED),
            *(("spa", stem, STEMMED) for stem in sought.spa), *(("eng", stem, STEMMED) for stem in sought.eng)]


class Together(NamedTuple):
    """Folded tokens that are to stand in one field in this order, with at most `slack` others between them; and the parts
    of the query whose weight is then counted `weight` times more. Where there is slack the tokens are two."""

    tokens: tuple[str, ...]
    slack: int
    parts: tuple[Query, ...]
    weight: float


def together(parts: Sequence[Query]) -> list[Together]:
    """What of the parts of an And should stand together: all its words in a row, and each two neighbours.

    Function words (*de la*) are neighbours of nothing, but keep their place between others, and count where a name
    is made of one and a single other word. A part that is neither word nor phrase (a date, an alternative) is passed over.
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
    words = [_asked(part) for part in parts if isinstance(part, Word | Phrase)]
    telling = [at for at, one in enumerate(words) if not one.slight]
    if not telling or not 1 < len(words) <= MOST_TOGETHER:
        return []
    run = words[telling[0]:telling[-1] + 1] if len(telling) > 1 else words
    whole = Together(tuple(token for one in run for token in one.tokens), 0, tuple(one.part for one in run if not one.slight), RUN)
    return [whole, *dict.fromkeys(_neighbours(words, telling))]


def _neighbours(words: Sequence[_Asked], telling: Sequence[int]) -> Iterator[Together]:
    for first, second in pairwise(telling):
        one, other = words[first], words[second]
        between = sum(len(slight.tokens) for slight in words[first + 1:second])
        tokens = one.tokens[-1], other.tokens[0]
        # tantivy would find a word near itself where it stands but once.
        if tokens[0] != tokens[1]:
            yield Together(tokens, between + SLACK, (one.part, other.part), PAIR)


class _Asked(NamedTuple):
    """A word or phrase of a query, its folded tokens, and whether it is but function words."""

    part: Query
    tokens: tuple[str, ...]
    slight: bool


def _asked(part: Word | Phrase) -> _Asked:
    words = part.words if isinstance(part, Phrase) else (part.text,)
    tokens = tuple(term.folded for word in words for term in analysis.terms(word))
    return _Asked(part, tokens, all(token in function_words() for token in tokens))


@cache
def function_words() -> frozenset[str]:
    """Folded words that say nothing by themselves, of both languages: the table function_words.tsv."""
    table = files("archive.search").joinpath("function_words.tsv").read_text("utf-8")
    rows = csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return frozenset(analysis.fold(word) for row in rows for word in row["words"].split())
