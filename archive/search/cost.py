"""What a query costs an engine, reckoned from its tree before it is asked, and how much one may cost.

Elasticsearch can be stopped while it searches, tantivy within this process cannot: so what would hold a processor for
long is refused beforehand, on both alike. A unit is a millisecond of tantivy's on 100,000 pages, ten on a million;
measured with the words that stand on most pages and one word in 25 garbled, so that beginnings find many
(bench/README.md).
"""

from __future__ import annotations

from archive.errors import QueryError
from archive.search import analysis
from archive.search.query import And, Not, Or, Phrase, Prefix, Query, SaidDate, Word

#: A word in all its forms and fields.
WORD = 2
#: A phrase: the places of two frequent words are compared on every page that has both; and each word more, be it the
#: same again.
PHRASE, WORD_OF_PHRASE = 10, 1
#: A beginning by its letters: all words that begin so are looked up. More letters cost as much as three.
BEGINNINGS = {1: 20, 2: 6, 3: 2}

#: 50 phrases, 200 words and some, 30 beginnings of one letter; a list of 40 names or a pasted paragraph costs less.
MOST = 600

TOO_COSTLY = "this asks too much of the search at once"
_REMEDY = "Ask for fewer or shorter phrases, at most some fifty, or write more letters before *."


def cost(query: Query) -> int:
    """Units that a query costs at most.

    >>> from archive.search.query import parse
    >>> cost(parse('policía "San Vicente" -desapar*')), cost(parse("a* OR bc*")), cost(parse("mayo de 1983"))
    (14, 26, 11)
    """
    match query:
        case And(parts) | Or(parts):
            return sum(map(cost, parts))
        case Not(part):
            return cost(part)
        case SaidDate():
            return cost(query.either)
        case Prefix(text):
            letters = len(analysis.terms(text)[0].folded)
            return BEGINNINGS[min(letters, max(BEGINNINGS))]
        case Phrase(words):
            return _row(sum(len(analysis.terms(word)) for word in words))
        case Word(text):
            return _row(len(analysis.terms(text)))
    return 0


def _row(tokens: int) -> int:
    return WORD if tokens < 2 else PHRASE + WORD_OF_PHRASE * (tokens - 2)


def check(query: Query) -> None:
    """Raises QueryError for what costs more than MOST."""
    if cost(query) > MOST:
        text = str(query)
        raise QueryError(TOO_COSTLY, item=text if len(text) <= 200 else text[:200] + "…", remedy=_REMEDY)
