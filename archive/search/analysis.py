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
  `asesi-` `nato` is asesinato; a word that ends in a hyphen is joined to a next one in lower case, unless that is a
  conjunction (`pre- and post-war`);
- a digit raised behind a word is the number of a note, and no part of it: `Mozote²` is mozote.

Where words may be read joined or parted (archive.search.division) both are found: the other reading stands behind the
text's own words, each with a few words around it, so that phrases cross it. Of those around only the folded form stands
there again, since phrases are looked for by it, and words count as often as they stand on the page.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain, islice, product
from operator import itemgetter
from typing import NamedTuple

import Stemmer

from archive.search import division, written
from archive.search.division import Form, Part
from archive.search.document import Passage

#: What an index was analysed by: raised when a term changes, and with it every index is built anew.
MARK = f"terms 4, snowball {Stemmer.version()}"

#: Languages that are stemmed: ISO 639-2 to Snowball's name. Words of any other, or of none, have both stems.
STEMMED = {"spa": "spanish", "eng": "english"}

#: A token is cut here: Elasticsearch's whitespace analyser would part a longer one at 255 characters.
LONGEST_TOKEN = 64

#: Holds a place where there is no term: no token has an underscore, so nothing finds it.
PLACE = "_"

#: Words around another reading that stand with it on each side: a phrase that crosses it is found up to so many before
#: and behind.
_AROUND = 4
#: So many words of a phrase in a query are looked for in other readings; of more none.
_MOST_VARIED = 3

#: Written words remembered, with their terms, for each language; beyond it the memory starts anew.
_REMEMBERED = 50_000

_ACUTE = dict(zip("aeiou", "áéíóú", strict=False))

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
    """A field's tokens one by one. `spans[n]` is which of the field's words token n stands for: first, end; where it
    stands for more, that others stand between, these are `apart[n]`. Before a token of `breaks` stand words that are
    none of its row."""

    exact: list[str]
    folded: list[str]
    spa: list[str]
    eng: list[str]
    spans: list[tuple[int, int]]
    apart: dict[int, tuple[int, int]]
    breaks: set[int]

    @property
    def streams(self) -> Streams:
        """The terms as an engine indexes them."""
        return Streams(*map(" ".join, self[:4]))

    def words(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """The words that the tokens from `first` to `last`, both counted, stand for: runs of first, end."""
        start = self.spans[first][0]
        for n in range(first, last + 1):
            if n in self.breaks and n > first:
                yield start, self.apart.get(n - 1, self.spans[n - 1])[1]
                start = self.spans[n][0]
            if n in self.apart:
                yield start, self.spans[n][1]
                start = self.apart[n][0]
        yield start, self.apart.get(last, self.spans[last])[1]

    def add(self, token: _Token) -> None:
        for form, one in zip((self.exact, self.folded, self.spa, self.eng), token.forms, strict=True):
            form.append(one)
        if token.apart:
            self.apart[len(self.spans)] = token.apart
        self.spans.append(token.span)


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
    return tuple(map(Term._make, zip(*(form.split() for form in _UNDECIDED[word]), strict=False)))


def sought(word: str) -> tuple[Sought, ...]:
    """The tokens of a word of a query.

    Who asks often leaves accents out, and so did many who typed the papers; but Snowball's Spanish stem of
    `policias` is not that of `policías`. So a Spanish word has the stems of all it may be: as written, without
    accents, and with one accent on any of its vowels, which is as many as a Spanish word has.

    >>> sought("policias")
    (Sought(exact='policias', folded='policias', spa=('polic', 'polici', 'policias'), eng=('policia',)),)
    """
    return tuple(
        Sought(
            term.exact,
            term.folded,
            _spanish_stems(term),
            tuple(dict.fromkeys((term.eng, _stem(term.folded, "eng")[:LONGEST_TOKEN]))),
        )
        for term in terms(word)
    )


def _spanish_stems(term: Term) -> tuple[str, ...]:
    plain = term.folded
    accented = [plain[:at] + _ACUTE[letter] + plain[at + 1 :] for at, letter in enumerate(plain) if letter in _ACUTE]
    return tuple(sorted({term.spa, *(_stem(one, "spa")[:LONGEST_TOKEN] for one in (plain, *accented))}))


@lru_cache(maxsize=512)
def asked(words: tuple[str, ...]) -> tuple[tuple[Sought, ...], ...]:
    """The rows of tokens, each in its place, by any of which written words of a query are found.

    A text has what is hyphenated at a line's end, or within a line, joined and parted; but what it writes as one word
    it has as one. So words are looked for as they are typed, hyphens parting, and with them joined; two words in a row
    also as one; an abbreviation also letter by letter.

    >>> [[one.folded for one in row] for row in asked(("cease-fire", "accord"))]
    [['cease', 'fire', 'accord'], ['ceasefire', 'accord']]
    >>> [[one.folded for one in row] for row in asked(("J.M.", "Flores"))]
    [['jm', 'flores'], ['j', 'm', 'flores'], ['jmflores']]
    """
    ways: list[list[tuple[Sought, ...]]] = []
    at = 0
    for first, end in (*written.rows(words), (len(words), len(words))):
        ways += map(_ways, words[at:first])
        if row := words[first:end]:
            ways.append(
                [tuple(one for word in row for one in sought(word)), sought("".join(map(written.initial, row)))]
            )
        at = end
    if sum(len(one) > 1 for one in ways) > _MOST_VARIED:
        ways = [one[:1] for one in ways]
    rows = [tuple(term for row in way for term in row) for way in product(*ways)]
    if len(words) == len(rows[0]) == 2:
        rows.append(sought("".join(term.exact for term in rows[0])))
    return tuple(dict.fromkeys(row for row in rows if row))


def _ways(word: str) -> list[tuple[Sought, ...]]:
    """How a word of a query may be written: as it is, with its hyphens joined, its letters apart."""
    ways = [sought(word)]
    if letters := written.letters(word):
        ways.append(tuple(one for letter in letters for one in sought(letter)))
    for form in division.other_forms([word]):
        ways.append(tuple(one for parts in form.words for text in _together(parts) for one in sought(text[0])))
    return list(dict.fromkeys(ways))


def streams(passages: Iterable[Passage]) -> Streams:
    """What an engine indexes of a field. Words follow each other across its passages; other readings stand behind them.

    >>> streams([Passage(("La", "policía"), "spa"), Passage(("arrests",), "eng")])
    Streams(exact='la policía arrests', folded='la policia arrests', spa='la polic _', eng='_ _ arrest')
    >>> streams([Passage(("alto", "cease-fire"), "eng")]).folded
    'alto cease fire _ alto ceasefire'
    """
    return tokens(passages).streams


def tokens(passages: Iterable[Passage]) -> Terms:
    """The terms of a text one by one, each with the words it stands for.

    >>> tokens([Passage(("el", "asesi-", "nato"), "spa")]).spans[:2]
    [(0, 1), (1, 3)]
    """
    text = _Text(passages)
    whole = text.terms()
    bearing, end = {start for start, _ in whole.spans}, len(text.words)
    for token in text.others():
        if not bearing.isdisjoint(range(end, token.span[0])):
            whole.breaks.add(len(whole.spans))
        end = (token.apart or token.span)[1]
        whole.add(token)
    return whole


class _Token(NamedTuple):
    """A token's four forms, and the words that it stands for: one run of them, or two."""

    forms: Sequence[str]
    span: tuple[int, int]
    apart: tuple[int, int] | None = None


class _Text:
    """The words of a field's passages: as they are read in the first place, and what other readings there are."""

    def __init__(self, passages: Iterable[Passage]):
        self.passages = tuple(passages)
        self.words: list[str] = []
        self.languages: list[str | None] = []
        #: The number of each word in the field; of the rest of one that stands on the next page, of that which it is
        #: the rest of.
        self.numbers: list[int] = []
        self.beyond: set[int] = set()
        self.ends: list[int] = []
        number = 0
        for passage in self.passages:
            self.words += passage.words
            self.numbers += range(number, number + len(passage.words))
            number += len(passage.words)
            if passage.goes_on and passage.words:
                self.beyond.add(len(self.words))
                self.words.append(passage.goes_on)
                self.numbers.append(self.numbers[_divided(self.words)])
            self.languages += [passage.language] * (len(self.words) - len(self.languages))
            self.ends.append(len(self.words) - 1)
        self.joins = division.joins(self.words)
        #: Each word as it is analysed: what is joined stands whole at the place of its first part, the other parts are
        #: empty.
        self.written = list(self.words)
        for at, following in sorted(self.joins.items(), reverse=True):
            self.written[at], self.written[following] = self.words[at][:-1] + self.written[following], ""
        for at in self.beyond:
            self.written[at] = ""

    def terms(self) -> Terms:
        """The tokens as they are read in the first place. The words of a passage are looked up in one call, for this is
        done for every page: a token at a time takes five times as long."""
        made = Terms([], [], [], [], [], {}, set())
        counts: list[int] = []
        start = 0
        for passage, last in zip(self.passages, self.ends, strict=False):
            words, start = self.written[start : last + 1], last + 1
            if words:
                known = _known(passage.language)
                # itemgetter looks all words up in one call; with a single one it would give it bare.
                found = itemgetter(*words)(known) if len(words) > 1 else (known[words[0]],)
                columns = tuple(zip(*found, strict=False))
                for stream, forms in zip((made.exact, made.folded, made.spa, made.eng), columns, strict=False):
                    stream += " ".join(forms).split()
                counts += [form.count(" ") + 1 if form else 0 for form in columns[0]]
        made.spans.extend((n, n + 1) for n, count in zip(self.numbers, counts, strict=False) for _ in range(count))
        if self.joins:
            firsts = list(accumulate(counts, initial=0))
            for at in self.joins:
                for n, token in enumerate(self.tokens(at), firsts[at]):
                    made.spans[n] = token.span
                    if token.apart:
                        made.apart[n] = token.apart
        return made

    def tokens(self, at: int) -> list[_Token]:
        """The tokens of a word as it is read in the first place."""
        known = _known(self.languages[at])
        forms = list(zip(*(form.split() for form in known[self.written[at]]), strict=False))
        if at not in self.joins:
            span = self.numbers[at], self.numbers[at] + 1
            return [_Token(form, span) for form in forms]
        parts, n = [at], at
        while n in self.joins:
            n = self.joins[n]
            parts.append(n)
        placed = [
            words
            for _, words in _together(
                [Part(self.words[n][:-1] if n in self.joins else self.words[n], n) for n in parts]
            )
        ]
        if len(placed) != len(forms):
            placed = [tuple(parts)] * len(forms)
        return [_Token(form, *self._span(words)) for form, words in zip(forms, placed, strict=False)]

    def others(self) -> Iterator[_Token]:
        """The tokens of the other readings, each with some words around it and a place without a term before it."""
        for form in division.other_forms(self.words, self.ends):
            before = self._around(list(reversed(self.tokens(at))) for at in range(form.first - 1, -1, -1))
            after = self._around(self.tokens(at) for at in range(form.last + 1, len(self.words)))
            yield _Token((PLACE,) * 4, self._span([form.first])[0])
            yield from reversed(before)
            yield from self._read(form)
            yield from after

    def _read(self, form: Form) -> Iterator[_Token]:
        for parts in form.words:
            for text, words in _together(parts):
                known = _known(self.languages[words[0]])
                for forms in zip(*(one.split() for one in known[text]), strict=False):
                    yield _Token(forms, *self._span(words))

    def _around(self, words: Iterable[Sequence[_Token]]) -> list[_Token]:
        """The first tokens of these words, in their folded form."""
        nearest = islice(chain.from_iterable(words), _AROUND)
        return [_Token((PLACE, token.forms[1], PLACE, PLACE), token.span, token.apart) for token in nearest]

    def _span(self, words: Sequence[int]) -> tuple[tuple[int, int], tuple[int, int] | None]:
        """The numbers of words as one run, or as the first and the rest of two where other words stand between."""
        if len(words) == 1:
            return (self.numbers[words[0]], self.numbers[words[0]] + 1), None
        numbers = sorted({self.numbers[n] for n in words})
        first = numbers[0]
        end = first + 1
        while end in numbers:
            end += 1
        return (first, end), (numbers[numbers.index(end - 1) + 1], numbers[-1] + 1) if end <= numbers[-1] else None


def _divided(words: Sequence[str]) -> int:
    """The word of which the last one is the rest: that which ends in a hyphen, else the one before it."""
    for at in range(len(words) - 2, max(-1, len(words) - 12), -1):
        if division.is_divided(words[at]):
            return at
    return len(words) - 2


def _together(parts: Sequence[Part]) -> list[tuple[str, tuple[int, ...]]]:
    """The tokens, as written, of parts that are joined, each with the words it stands in."""
    made: list[tuple[str, tuple[int, ...]]] = []
    for part in parts:
        tokens = [(token, (part.word,)) for token in written.parted(part.text)]
        if made and tokens:
            (left, where), (right, there) = made[-1], tokens[0]
            made[-1:] = [(left + right, (*where, *there))]
            tokens = tokens[1:]
        made += tokens
    return made


def _stem(token: str, language: str) -> str:
    return fold(_STEMMERS[language].stemWord(token)) or token


class _Memory(dict[str, tuple[str, ...]]):
    """Written word → its tokens' four forms, each parted by blanks. The same words come again and again."""

    def __init__(self, language: str | None):
        super().__init__()
        self.language = language

    def __missing__(self, word: str) -> tuple[str, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        exact = [token.lower() for token in written.parted(word)]
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


def _known(language: str | None) -> _Memory:
    return _KNOWN.get(language or "", _UNDECIDED)
