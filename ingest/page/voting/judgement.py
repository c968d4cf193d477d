"""How likely a reader's word is right, from how sure the readers were, what the other one read, and the lexicon.

A logistic model for each case, its weights fitted on pages whose text is known (`python -m bench.reading --fit`): so a
confidence of 0.9 means that nine such words of ten are right.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache

from archive import knowledge
from ingest.page.voting.lexicon import kind, letters, usual

#: The cases: both readers agree; the first (second) reads this and the other that; it alone read something here; no
#: other reader ran.
AGREE, FIRST_AGAINST, SECOND_AGAINST, FIRST_ALONE, SECOND_ALONE, FIRST_ONLY = CASES = (
    "agree",
    "first against",
    "second against",
    "first alone",
    "second alone",
    "first only",
)
#: Beyond these a reader's confidence says nothing more.
_SUREST, _LEAST_SURE = 0.995, 0.02


def features(
    text: str, sure: float | None, languages: tuple[str, ...], other: str = "", other_sure: float | None = None
) -> dict[str, float]:
    """What the model looks at, by name. `other` is what the other reader has here."""
    found = {"always": 1.0, "sure": _logit(sure), **_of(text, languages, "")}
    if other:
        found |= {"other sure": _logit(other_sure), **_of(other, languages, "other ")}
    return found


def _of(text: str, languages: tuple[str, ...], prefix: str) -> dict[str, float]:
    inner = letters(text)
    looks = kind(text)
    parts = inner.split()
    known = min((usual(part, languages) for part in parts), default=0.0) if looks == "letters" else 0.0
    return {
        f"{prefix}usual": known,
        f"{prefix}unknown": float(looks == "letters" and not known),
        f"{prefix}number": float(looks == "number"),
        f"{prefix}mixed": float(looks == "mixed"),
        f"{prefix}marks": float(looks == "marks"),
        f"{prefix}short": float(len(inner) <= 2),
        f"{prefix}long": float(len(inner) >= 7),
    }


def right(case: str, seen: Mapping[str, float]) -> float:
    """The share, 0 to 1, of words seen so that are right."""
    weights = (_others or _weights())[case]
    return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) * value for name, value in seen.items())))


def _logit(sure: float | None) -> float:
    bound = min(_SUREST, max(_LEAST_SURE, 0.5 if sure is None else sure))
    return math.log(bound / (1 - bound))


@cache
def mark() -> str:
    """A short hash of the weights: with others, pages are to be read anew."""
    return hashlib.sha256(knowledge.text("ingest.page.voting", "weights.tsv").encode()).hexdigest()[:12]


@contextmanager
def weighing(weights: Mapping[str, Mapping[str, float]]) -> Iterator[None]:
    """Judges with other weights than the table's: for measuring."""
    global _others
    _others = weights
    try:
        yield
    finally:
        _others = None


_others: Mapping[str, Mapping[str, float]] | None = None


@cache
def _weights() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {case: {} for case in CASES}
    for row in knowledge.rows("ingest.page.voting", "weights.tsv"):
        found[row["case"]][row["feature"]] = float(row["weight"])
    return found
