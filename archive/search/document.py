"""What the index is given of one unit: its words, its facet values, its date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Passage:
    """Words in reading order in one language (`spa`, `eng`, None where undecided): a paragraph, or a line in a
    `margin`.

    An empty word holds the number of one that stands elsewhere, and is not found here. `goes_on` is the rest of its
    last word, which the page's end divides.
    """

    words: tuple[str, ...]
    language: str | None = None
    margin: bool = False
    goes_on: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One unit of search, already projected: it holds only what its audience may read.

    `kind` says what it is (archive.search.kinds), and so what fields it has. `texts` maps a text to its passages: a
    phrase matches within one text, across its passages. `facets` maps a facet to its keyword values, and `component` to
    the ids of all components that the unit is in. `earliest` and `latest` bound the unit's own date: one is None where
    it is open on that side, both where it is undated; `gaps` are days between them that it is not of
    (archive.dates.gaps). `ordinal` is the unit's stable number in the archive's order, unique among its kind, `number`
    its place in its item as its audience is told of it, from 1. `reading` is the number of the one that its texts are
    of.
    """

    id: str
    item: str
    ordinal: int
    kind: str = "page"
    texts: Mapping[str, tuple[Passage, ...]] = field(default_factory=dict)
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    earliest: date | None = None
    latest: date | None = None
    gaps: tuple[tuple[date, date], ...] = ()
    reading: int | None = None
    number: int = 1
