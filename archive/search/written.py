"""Written words to tokens: what is one token and what are several, before any is folded or stemmed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

#: What is read or typed where a hyphen is meant: hyphens, dashes, the minus, and what old typewriters and readers make
#: of it.
HYPHENS = "-\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d\u00ac="

_MARKS = "\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_TOKEN = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_PARTING = re.compile(rf"[{HYPHENS}/]+")
#: Two hyphens are a dash.
_HYPHEN = re.compile(rf"(?<![{HYPHENS}])[{HYPHENS}](?![{HYPHENS}])")
_ABBREVIATION = re.compile(r"(?:([^\W\d_])\1?\.)+([^\W\d_])\2?\.?")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_POSSESSIVE = re.compile(r"(?<=[^\W_]|\.)['’´`][sS]$")

#: Digits raised at the end of a word: the number of a note, or several.
_RAISED = re.compile(
    r"[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+(?:[,\u207b–-]+[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+)*$"
)
#: Units that are squared and cubed.
_UNITS = frozenset(["mm", "cm", "dm", "m", "hm", "km", "ft", "yd", "mi"])

#: Not written but in the text: byte order marks, zero-width characters, marks of direction. The soft hyphen
#: is a hyphen at the end of a word, else it is not seen.
_INVISIBLE = dict.fromkeys([0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0x00AD])

#: A letter or two with the punctuation around them.
_LONGEST_INITIAL = 6
_LETTER = re.compile(r"[\W_]*?(([^\W\d_])\2?)(\.?)[^\w.]*")


def tidy(text: str) -> str:
    """The text in Unicode's composed form (NFC), without characters that are not seen.

    >>> tidy("po\u200bli\u0301a")
    'polía'
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text.translate(_INVISIBLE))


def bare(word: str) -> str:
    """The word without punctuation around it; empty where it has neither letter nor digit.

    >>> bare("(Salvador,"), bare("--")
    ('Salvador', '')
    """
    start, end = 0, len(word)
    while start < end and not word[start].isalnum():
        start += 1
    while start < end and not (word[end - 1].isalnum() or unicodedata.combining(word[end - 1])):
        end -= 1
    return word[start:end]


def parted(word: str) -> list[str]:
    """The tokens of a written word, as written.

    >>> parted("U.S.-backed"), parted("Mozote²,"), parted("km²"), parted("1,500")
    (['US', 'backed'], ['Mozote'], ['km²'], ['1500'])
    """
    if word.isascii() and (inner := bare(word)).isalnum():
        return [inner]
    text = without_marks(word)
    if _PARTING.search(text):
        return [token for part in _PARTING.split(text) for token in _tokens(part)]
    return _tokens(text)


def pieces(word: str) -> list[str]:
    """What stands between the hyphens of a written word.

    >>> pieces("(U.S.-backed"), pieces("amnesty"), pieces("dijo--que")
    (['U.S.', 'backed'], ['amnesty'], ['dijo--que'])
    """
    text = without_marks(word)
    return [part for part in _HYPHEN.split(text) if part]


def without_marks(word: str) -> str:
    """A written word without the punctuation around it, the English possessive, and the numbers of notes raised behind
    it."""
    text = _POSSESSIVE.sub("", bare(tidy(word)))
    if not text.isascii() and (raised := _RAISED.search(text)) and text[: raised.start()] not in _UNITS:
        text = _POSSESSIVE.sub("", bare(text[: raised.start()]))
    return text


def _tokens(text: str) -> list[str]:
    if _ABBREVIATION.fullmatch(text):
        return [text.replace(".", "")]
    if _THOUSANDS.fullmatch(text):
        return [text.replace(".", "").replace(",", "")]
    return _TOKEN.findall(text)


def initial(word: str) -> str:
    """The letter, or the doubled one, that a written word is of, where it may be a part of an abbreviation written
    apart: with a point behind it, or a capital; else empty.

    >>> initial("F."), initial("(EE."), initial("N"), initial("y"), initial("el")
    ('F', 'EE', 'N', '', '')
    """
    found = _LETTER.fullmatch(word)
    return found[1] if found and (found[3] or found[1].isupper()) else ""


def is_apart(letters: list[str], points: bool) -> bool:
    """Whether initials in a row may be an abbreviation written apart. Vowels without points are words of Spanish in
    capitals."""
    if len(letters) < 2:
        return False
    return points or len(letters) > 2 or any(one.upper() not in "AEIOUY" for one in letters)


def rows(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where in a row of words abbreviations stand that are written apart: their first word, and the one behind their
    last.

    >>> list(rows("el F. M. L. N. y EE. UU.".split())), list(rows("a y o".split()))
    ([(1, 5), (6, 8)], [])
    """
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and 0 < len(words[end]) <= _LONGEST_INITIAL and initial(words[end]):
            end += 1
        if end - at > 1 and is_apart(
            [initial(word) for word in words[at:end]], any("." in word for word in words[at:end])
        ):
            yield at, end
        at = max(end, at + 1)


def letters(word: str) -> list[str]:
    """The letters of an abbreviation, the doubled ones as one; none where the word is none.

    >>> letters("EE.UU."), letters("J.M."), letters("FMLN")
    (['EE', 'UU'], ['J', 'M'], [])
    """
    text = without_marks(word)
    return [part for part in text.split(".") if part] if _ABBREVIATION.fullmatch(text) else []
