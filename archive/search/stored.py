"""What an index keeps of a unit's words beside their terms: its passages, analysed, from which snippets are taken
without reading and analysing the page anew.

It is of the reading that the unit was indexed with, and is used where that is the one shown still: the index may lag
behind the record. Of a unit's description nothing is kept, for the catalog says that with the item.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple, cast, overload

from archive.search.analysis import Terms
from archive.search.document import Document, Passage

#: As zlib's own. Half of the packing is the analysis, and twice the bytes are read where it packs less.
_LEVEL = 6


class Stored(NamedTuple):
    """A unit's passages and their terms by text, and the reading that they are of. No query asks for the exact form,
    which is left empty."""

    reading: int | None
    passages: Mapping[str, tuple[Passage, ...]]
    terms: Mapping[str, Terms]


def pack(document: Document, terms: Mapping[str, Terms], kept: Iterable[str]) -> bytes:
    """A document's texts that are to be kept with their terms, as one compressed value.

    >>> from archive.search.analysis import tokens
    >>> texts = {"shown": (Passage(("Los", "asesi-", "nados"), "spa"),)}
    >>> terms = {name: tokens(passages) for name, passages in texts.items()}
    >>> kept = unpack(pack(Document("p1", "i1", 1, texts=texts, reading=7), terms, ["shown"]))
    >>> kept.reading, kept.passages == texts, list(kept.terms["shown"].spans) == terms["shown"].spans
    (7, True, True)
    """
    texts = {name: _packed(document.texts[name], terms[name]) for name in kept if document.texts.get(name)}
    written = json.dumps([document.reading, texts], ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(written.encode("utf-8", "surrogatepass"), _LEVEL)


def unpack(packed: bytes) -> Stored:
    """What `pack` kept."""
    reading, texts = json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))
    passages = {name: tuple(map(_passage, kept[0])) for name, kept in texts.items()}
    return Stored(reading, passages, {name: _terms(*kept[1:]) for name, kept in texts.items()})


def _packed(passages: tuple[Passage, ...], terms: Terms) -> list[Any]:
    # Most tokens stand for the one word behind that of the token before: steps and widths pack to nearly nothing.
    starts = [0, *(start for start, _ in terms.spans)]
    wide = {n: end - start for n, (start, end) in enumerate(terms.spans) if end - start != 1}
    return [
        [[one.words, one.language, int(one.margin), one.goes_on] for one in passages],
        [" ".join(stream) for stream in (terms.folded, terms.spa, terms.eng)],
        [after - before for before, after in pairwise(starts)],
        list(wide.items()),
        list(terms.apart.items()),
        sorted(terms.breaks),
    ]


def _passage(kept: list[Any]) -> Passage:
    words, language, margin, goes_on = kept
    return Passage(tuple(words), language, bool(margin), goes_on)


def _terms(
    streams: list[str], steps: list[int], wide: list[list[int]], apart: list[list[Any]], breaks: list[int]
) -> Terms:
    folded, spa, eng = map(str.split, streams)
    # What was kept is only read, never added to, as the terms of a text being analysed are.
    spans = cast("list[tuple[int, int]]", _Spans(list(accumulate(steps)), {n: width for n, width in wide}))
    return Terms([], folded, spa, eng, spans, {n: tuple(run) for n, run in apart}, set(breaks))


class _Spans(Sequence[tuple[int, int]]):
    """The words that tokens stand for, made when they are asked for: of a page's hundreds a query finds a few."""

    def __init__(self, starts: list[int], wide: dict[int, int]):
        self._starts, self._wide = starts, wide

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, n: int) -> tuple[int, int]: ...
    @overload
    def __getitem__(self, n: slice) -> list[tuple[int, int]]: ...
    def __getitem__(self, n: int | slice) -> tuple[int, int] | list[tuple[int, int]]:
        if isinstance(n, slice):
            return [self[at] for at in range(*n.indices(len(self)))]
        return self._starts[n], self._starts[n] + self._wide.get(n, 1)
