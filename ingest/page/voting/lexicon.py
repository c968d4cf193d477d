"""How usual a word is in Spanish or English: what tells a word from a misreading."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from importlib.util import find_spec

from archive.errors import ToolMissing

#: The program's languages as the frequency lists call them.
LISTS = {"spa": "es", "eng": "en"}
#: The highest frequency there is, nearly: `the`, `de` (Zipf's scale: the logarithm of uses in a thousand million
#: words).
HIGHEST = 8.0


def is_here() -> bool:
    """Whether the lists of words are installed."""
    return find_spec("wordfreq") is not None


def letters(text: str) -> str:
    """The word within its punctuation, in small letters: `(Tecoluca,` is `tecoluca`."""
    start, end = 0, len(text)
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return text[start:end].casefold()


@lru_cache(maxsize=65536)
def usual(word: str, languages: tuple[str, ...]) -> float:
    """0 for what no list has, to 1: the highest frequency of a word in small letters in one of the languages.

    Raises ToolMissing where the lists are not installed.
    """
    try:
        from wordfreq import zipf_frequency
    except ImportError as absent:
        raise ToolMissing(
            "the lists of words are not installed",
            remedy="Run `pip install '.[rapidocr]'`, or set ingest.second_reader to never.",
        ) from absent
    known = max((zipf_frequency(word, LISTS[code]) for code in languages if code in LISTS), default=0.0)
    return min(1.0, known / HIGHEST)


def kind(text: str) -> str:
    """What a word looks like: `letters`, `number` (digits with their marks), `mixed` (letters and digits, or marks
    among letters) or `marks` (no letter and no digit).

    >>> [kind(word) for word in ("Tecoluca,", "12-III-84", "1983.", "de|a", "--", "Tomás'")]
    ['letters', 'mixed', 'number', 'mixed', 'marks', 'letters']
    """
    inner = letters(unicodedata.normalize("NFC", text))
    if not inner:
        return "marks"
    if inner.replace("-", "").replace("'", "").replace("’", "").isalpha():
        return "letters"
    if inner.replace(".", "").replace(",", "").replace("-", "").replace("/", "").isdigit():
        return "number"
    return "mixed"
