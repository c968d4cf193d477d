"""What a search finds, in the archive's words: an exact total, hits with what matched, counts. For the page and the
command.

An engine knows ids only. What is said of a hit comes from the holdings, by its kind (archive.search.kinds), so that an
index that lags behind the record shows nothing that its audience may no longer read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from archive.holdings import Holdings
from archive.search.engine import Searcher
from archive.search.found import Found
from archive.search.kinds import KINDS
from archive.search.request import Bucket, SearchRequest


@dataclass(frozen=True)
class Answer:
    """An exact total, the hits asked for, and the facets' counts."""

    total: int
    hits: tuple[Found, ...]
    facets: Mapping[str, tuple[Bucket, ...]] = field(default_factory=dict)


def as_json(answer: Answer) -> dict[str, Any]:
    """The answer as scripts may rely on it: `total`, `hits` and `facets` (name → list of value and count)."""
    return {
        "total": answer.total,
        "hits": [
            {
                "item": hit.item.id,
                "page": hit.page.id,
                "title": hit.title,
                "date": hit.date,
                "score": hit.score,
                "snippet": hit.snippet,
                "url": hit.url,
            }
            for hit in answer.hits
        ],
        "facets": {
            name: [{"value": bucket.value, "count": bucket.count} for bucket in buckets]
            for name, buckets in answer.facets.items()
        },
    }


def answer(holdings: Holdings, engine: Searcher, request: SearchRequest) -> Answer:
    """Asks the engine and says what it found in the archive's words. Raises EngineError.

    A hit that the holdings do not let be found any more was closed while it was asked: it is asked once more, so that
    the total and the facets do not tell of it.
    """
    kind, again = KINDS[request.kind], False
    while True:
        response = engine.search(request)
        hits = tuple(kind.found(holdings, request.query, response.hits))
        lost = len(response.hits) - len(hits)
        if again or not lost:
            return Answer(response.total - lost, hits, response.facets)
        again = True
