"""The one analyser: written words to the terms that both engines index, and that the matcher compares.

A written word yields tokens at consecutive positions, each in four forms at that position: `exact` (lower
case, accents kept), `folded` (accents and ñ folded), and its Snowball stems in Spanish and in English, folded
after stemming. Folding before stemming would miss capitán/capitanes, stemming alone policia/policía: so
both forms are kept, and a word is found by either.

What is one token, and what are several:

- punctuation around a word is dropped, within it it parts tokens: `DM-4` is dm 4, `d'Aubuisson` d aubuisson,
  `12/3/84` 12 3 84;
- an abbreviation of letters or doubled letters is one: `O.E.A.` is oea, `EE.UU.` eeuu;
- the separators of thousands are dropped: `1,500` and `1.500` are 1500;
- the English possessive is dropped: `Romero's` is romero;
- a word hyphenated at a line's end is one token at the place of its first part, and stands for both parts:
  `asesi-` `nato` is asesinato. Word lists do not say where lines end, so a word that ends in a hyphen is
  joined to a next one in lower case, unless that is a conjunction (`pre- and post-war`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

import Stemmer

from archive.layout import HYPHENS
from archive.search.document import Passage

#: What an index was analysed by: raised when a term changes, and with it every index is built anew.
MARK = f"terms 3, snowball {Stemmer.version()}"

#: Languages that are stemmed: ISO 639-2 to Snowball's name. Words of any other, or of none, have both stems.
STEMMED = {"spa": "spanish", "eng": "english"}

#: A token is cut here: Elasticsearch's whitespace analyser would part a longer one at 255 characters.
LONGEST_TOKEN = 64

#: Holds a place where there is no term: no token has an underscore, so nothing finds it.
PLACE = "_"

#: Written words remembered, with their terms, for each language; beyond it the memory starts anew.
_REMEMBERED = 50_000

_MARKS = "\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_TOKEN = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_ABBREVIATION = re.compile(r"(?:([^\W\d_])\1?\.)+([^\W\d_])\2?\.?")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_POSSESSIVE = re.compile(r"(?<=[^\W_]|\.)['’´`][sS]$")

#: Not written but in the text: byte order marks, zero-width characters, marks of direction. The soft hyphen
#: is a hyphen at the end of a word, else it is not seen.
_INVISIBLE = dict.fromkeys([0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0x00AD])
_SURE_HYPHENS = "\u00ad¬"
_ACUTE = dict(zip("aeiou", "áéíóú"))
_CONJUNCTIONS = frozenset("and or to y o u e ni a".split())

_STEMMERS = {language: Stemmer.Stemmer(name, 0) for language, name in STEMMED.items()}


class Term(NamedTuple):
    """One token in its four forms. They share one position."""

    exact: str
    folded: str
    spa: str
    eng: str


class Sought(NamedTuple):
    """One token of a query: the forms it is found by, any of its stems among them."""

    exact: str
    folded: str
    spa: tuple[str, ...]
    eng: tuple[str, ...]


class Streams(NamedTuple):
    """A field's terms as both engines index them: tokens at common positions, parted by white space.

    Where a word is not of a stream's language an underscore holds its place.
    """

    exact: str
    folded: str
    spa: str
    eng: str


class Terms(NamedTuple):
    """A field's tokens one by one. `spans[n]` is which of the field's words token n stands for: first, end."""

    exact: list[str]
    folded: list[str]
    spa: list[str]
    eng: list[str]
    spans: list[tuple[int, int]]


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


def fold(token: str) -> str:
    """Lower case without accents; compatibility forms are spelt out where that makes letters and digits only.

    >>> fold("Ñuñoa"), fold("ﬁnanzas"), fold("1ª"), fold("½")
    ('nunoa', 'finanzas', '1a', '½')
    """
    if token.isascii():
        return token.lower()
    kept = "".join(map(_folded, token.lower().casefold()))
    return kept or token.lower()


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    if character.isascii():
        return character
    spelt = [c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c)]
    return "".join(spelt).casefold() if all(c.isalnum() for c in spelt) else character


def terms(word: str) -> tuple[Term, ...]:
    """The tokens of a written word of unknown language; none where it is punctuation only.

    >>> terms("Capitanes,")
    (Term(exact='capitanes', folded='capitanes', spa='capitan', eng='capitan'),)
    >>> [term.folded for term in terms("d'Aubuisson")], [term.folded for term in terms("EE.UU.")]
    (['d', 'aubuisson'], ['eeuu'])
    """
    return tuple(map(Term._make, zip(*(form.split() for form in _UNDECIDED[word]))))


def sought(word: str) -> tuple[Sought, ...]:
    """The tokens of a word of a query.

    Who asks often leaves accents out, and so did many who typed the papers; but Snowball's Spanish stem of
    `policias` is not that of `policías`. So a Spanish word has the stems of all it may be: as written, without
    accents, and with one accent on any of its vowels, which is as many as a Spanish word has.

    >>> sought("policias")
    (Sought(exact='policias', folded='policias', spa=('polic', 'polici', 'policias'), eng=('policia',)),)
    """
    return tuple(Sought(term.exact, term.folded, _spanish_stems(term), tuple(dict.fromkeys(
        (term.eng, _stem(term.folded, "eng")[:LONGEST_TOKEN])))) for term in terms(word))


def _spanish_stems(term: Term) -> tuple[str, ...]:
    plain = term.folded
    accented = [plain[:at] + _ACUTE[letter] + plain[at + 1:] for at, letter in enumerate(plain) if letter in _ACUTE]
    return tuple(sorted({term.spa, *(_stem(one, "spa")[:LONGEST_TOKEN] for one in (plain, *accented))}))


def streams(passages: Iterable[Passage]) -> Streams:
    """What an engine indexes of a field. Words follow each other across its passages.

    >>> streams([Passage(("La", "policía"), "spa"), Passage(("arrests",), "eng")])
    Streams(exact='la policía arrests', folded='la policia arrests', spa='la polic _', eng='_ _ arrest')
    """
    forms = []
    for language, words in _written(tuple(passages)):
        if words:
            known = _KNOWN.get(language, _UNDECIDED)
            # itemgetter looks all words up in one call; with a single one it would give it bare.
            found = itemgetter(*words)(known) if len(words) > 1 else (known[words[0]],)
            forms.append([" ".join(form) for form in zip(*found)])
    return Streams(*(" ".join(form) for form in zip(*forms))) if forms else Streams("", "", "", "")


def tokens(passages: Iterable[Passage]) -> Terms:
    """The same terms one by one, each with the words it stands for.

    >>> tokens([Passage(("el", "asesi-", "nato"), "spa")]).spans
    [(0, 1), (1, 3)]
    """
    passages = tuple(passages)
    absorbed = {at + 1 for at in _joins([word for passage in passages for word in passage.words])}
    whole = Terms([], [], [], [], [])
    at = 0
    for language, words in _written(passages):
        known = _KNOWN.get(language, _UNDECIDED)
        for word in words:
            end = at + 1
            while end in absorbed:
                end += 1
            found = [form.split() for form in known[word]]
            for form, more in zip(whole, found):
                form.extend(more)
            whole.spans.extend([(at, end)] * len(found[0]))
            at += 1
    return whole


def _written(passages: Sequence[Passage]) -> list[tuple[str | None, Sequence[str]]]:
    """Each passage's written words. A word hyphenated across a line's end stands whole where its first part
    stood, be it in the passage before; its other parts are left empty, so that every word keeps its number.
    """
    flat = [word for passage in passages for word in passage.words]
    joins = _joins(flat)
    if not joins:
        return [(passage.language, passage.words) for passage in passages]
    for at in reversed(joins):
        flat[at], flat[at + 1] = flat[at][:-1] + flat[at + 1], ""
    written, start = [], 0
    for passage in passages:
        end = start + len(passage.words)
        written.append((passage.language, flat[start:end]))
        start = end
    return written


def _joins(words: Sequence[str]) -> list[int]:
    """Which words are the first part, and the next word the second, of one hyphenated at a line's end."""
    text = " ".join(words)
    if not any(f"{hyphen} " in text for hyphen in HYPHENS):
        return []
    last = len(words) - 1
    return [at for at, word in enumerate(words) if word.endswith(HYPHENS) and at < last
            and _goes_on(word, words[at + 1])]


def _goes_on(word: str, following: str) -> bool:
    """Whether `word` is the first part of a word hyphenated at a line's end, and `following` its next part."""
    if not word[-2:-1].isalpha() or not following[:1].isalpha():
        return False
    return word[-1] in _SURE_HYPHENS or following[0].islower() and bare(following) not in _CONJUNCTIONS


def _parted(word: str) -> list[str]:
    """The tokens of a written word, as written."""
    if word.isascii() and word.isalnum():
        return [word]
    text = _POSSESSIVE.sub("", bare(tidy(word)))
    if _ABBREVIATION.fullmatch(text):
        return [text.replace(".", "")]
    if _THOUSANDS.fullmatch(text):
        return [text.replace(".", "").replace(",", "")]
    return _TOKEN.findall(text)


def _stem(token: str, language: str) -> str:
    return fold(_STEMMERS[language].stemWord(token)) or token


class _Memory(dict):
    """Written word → its tokens' four forms, each parted by blanks. The same words come again and again."""

    def __init__(self, language: str | None):
        super().__init__()
        self.language = language

    def __missing__(self, word: str) -> tuple[str, str, str, str]:
        if len(self) >= _REMEMBERED:
            self.clear()
        exact = [token.lower() for token in _parted(word)]
        forms = [exact, [fold(token) for token in exact]]
        for language in STEMMED:
            if self.language in (None, language):
                forms.append([_stem(token, language) for token in exact])
            else:
                forms.append([PLACE] * len(exact))
        found = self[word] = tuple(" ".join(token[:LONGEST_TOKEN] for token in form) for form in forms)
        return found


_UNDECIDED = _Memory(None)
_KNOWN = {language: _Memory(language) for language in STEMMED}
