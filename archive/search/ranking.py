"""How near a hit is: what a word counts for by the form it was found in, the same on both engines.

Both score with BM25 (k1 1.2, b 0.75) and take for a word the best of its forms in the best of its fields.
"""

from __future__ import annotations

from archive.search.analysis import Sought

#: As written, accents and all.
EXACT = 2.0
#: Accents aside.
FOLDED = 1.5
#: Another ending of the same stem.
STEMMED = 1.0


def forms(sought: Sought) -> list[tuple[str, str, float]]:
    """Stream, term and weight of every form that a token of a query is found by."""
    return [("exact", sought.exact, EXACT), ("folded", sought.folded, FOLDED),
            *(("spa", stem, STEMMED) for stem in sought.spa), *(("eng", stem, STEMMED) for stem in sought.eng)]
