"""What tantivy gives of a query: a part of its hits in an order without ties, what is stored of them, and exact
counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

import tantivy
from tantivy import Order

from archive.search.request import Hit

#: tantivy counts no more values of a facet than this; beyond it they are counted one by one.
_MOST_BUCKETS = 65_000
#: Hits fetched beyond a page at first, among which the ties at its end are looked for: they cost next to nothing.
_TIES = 200

#: A score, or what is sorted by, and where the unit is.
Found: TypeAlias = tuple[Any, tantivy.DocAddress]


def part(
    searcher: tantivy.Searcher,
    query: tantivy.Query,
    order: str | None,
    offset: int,
    size: int,
    backwards: bool = False,
) -> tuple[int, list[Found]]:
    """The total, and score and address of the hits from `offset` on: by a field, ascending or `backwards`, or the
    nearest first."""
    most = searcher.num_docs
    stop = min(offset + size, most)
    if offset >= stop:
        return total(searcher.search(query, 1)), []
    if order is not None:
        found = searcher.search(query, stop - offset, True, order, offset, Order.Desc if backwards else Order.Asc)
        return total(found), [(0.0, address) for _, address in found.hits]
    # tantivy leaves open how hits of one score are ordered, so all that tie with the last one are fetched.
    limit = min(stop + _TIES, most)
    while True:
        found = searcher.search(query, limit)
        nearest = found.hits
        if len(nearest) < limit or limit == most or nearest[-1][0] < nearest[stop - 1][0]:
            break
        limit = min(limit * 8, most)
    ordinals = searcher.fast_field_values("ordinal", [address for _, address in nearest])
    ranked = sorted(
        [(-score, ordinal, at) for at, ((score, _), ordinal) in enumerate(zip(nearest, ordinals, strict=False))]
    )
    return total(found), [nearest[at] for _, _, at in ranked[offset:stop]]


def total(found: tantivy.SearchResult) -> int:
    """How many units a query found in all."""
    number: int = found.count  # type: ignore[attr-defined]  # missing in tantivy's stubs
    return number


def hits(searcher: tantivy.Searcher, found: Iterable[Found], words: bool = False) -> Iterator[Hit]:
    """What a part of the result is, read from what is stored; with the `words` kept of each, or without."""
    for score, address in found:
        stored = searcher.doc(address)
        kept = stored.get_first("words") if words else None
        yield Hit(str(stored.get_first("id")), str(stored.get_first("item")), score, kept or b"")


def counts(
    searcher: tantivy.Searcher, query: tantivy.Query, named: Mapping[str, str]
) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """By facet, its values and in how many of the units that match each is."""
    asked = {
        facet: {"terms": {"field": name, "size": _MOST_BUCKETS, "segment_size": _MOST_BUCKETS}}
        for facet, name in named.items()
    }
    try:
        counted = searcher.aggregate(query, asked)
    except ValueError:
        # Too many buckets in all: each facet is counted from its dictionary.
        counted = {}
    for facet, name in named.items():
        found = counted.get(facet)
        if found is None or found.get("sum_other_doc_count"):
            yield facet, searcher.terms_with_prefix(name, "", query)
        else:
            yield facet, [(bucket["key"], bucket["doc_count"]) for bucket in found["buckets"]]
