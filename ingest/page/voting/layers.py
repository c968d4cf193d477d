"""A text layer doubted as a reading is: by its odd characters, by the lexicon of its language, by accents that are
missing.

A layer says nothing of how sure it is. Each word's chance of being right is a logistic model of what it looks like and
of how many words of its page look wrong, its weights fitted on layers made of pages whose text is known (`python -m
bench.layers --fit`).
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from archive import knowledge
from archive.layout import HYPHENS, Layout, TextLine
from ingest.extract import language
from ingest.page.voting import lexicon
from ingest.page.voting.alignment import align
from ingest.page.voting.verdict import group_text, same
from ingest.tools.glyphs import UNMAPPED

#: Raised when layers are judged otherwise: pages of PDFs are then read anew.
VERSION = 4
#: One of those beside a letter or digit: a word with a hole. Alone it is a bullet or a mark.
_HOLE = re.compile(rf"(?<=[^\W_])(?:{UNMAPPED.pattern})|(?:{UNMAPPED.pattern})(?=[^\W_])")
#: Letters of one code read by another: signs of Latin 1 between letters (`niÂ¤os`, `Comisi¢n`), such as never follow a
#: letter (`declar¢`), and UTF-8 taken for Latin 1 (`niÃ±os`).
_MISCODED = re.compile(
    r"(?<=[^\W\d_])[¡-©«-³¶¸¹»-¿ªº×÷€™†‡•‰ˆ˜](?=[^\W\d_])|(?<=[^\W\d_])[¡¢£¤¥¿]|[¢£¤¥](?=[a-zà-ÿ])|(?<=[a-zà-ÿ])[ÃÂ]|â€"
)
#: A digit in place of a letter: `Comisi6n`, `quem6`. Notes have their number after a word, too, but for `covid19` most
#: have one of two digits.
_DIGIT_FOR_LETTER = re.compile(r"[a-zà-ÿ]{2}\d(?=[a-zà-ÿ]|[^\w]*$)|[a-zà-ÿ]\d[a-zà-ÿ]{2}|(?<![\w.-])\d[a-zà-ÿ]{3,}")
_PARTS = re.compile(r"[-'’‐–—]")
_ADDRESS = re.compile(r"[@/\\_]|www\.|\.(?:com|org|net|pdf|html?)\b", re.IGNORECASE)
#: Words of one letter in Spanish and English; `i` counts things, as `x` does.
_ALONE = frozenset("aeiouyx")
#: The lists in which a word may stand, beside those of its page's language: reports quote other languages.
_NEIGHBOURS = ("fr", "pt", "it", "de", "ca")
#: From this frequency on, in a list of its own language or of a neighbour: below stand misreadings, too, in whose
#: sources OCR was.
KNOWN, KNOWN_BESIDE = 1.2, 2.0
#: Of a word without an accent, a spelling with one so much more usual (Zipf's scale: ten times a unit; it is the
#: logarithm) says that it was lost.
LOST_ACCENT = 0.7
_ACCENTED = {"a": "á", "e": "é", "i": "í", "o": "ó", "u": "ú", "n": "ñ"}
#: A language is told by so many votes of function words, of which this share is its own.
VOTES, SHARE = 3.0, 0.72
#: Where no language is told, words in no list count from this share of the small ones: names, Latin and Nahuatl are in
#: no list, either. Of what a reader made of a picture, from a smaller one.
STRANGE, STRANGE_ON_SCAN = 0.6, 0.3
#: A layer is doubted where at least so many words look wrong, and this share of all; or, of words with holes, these.
FEWEST, LOOK_WRONG = 3, 0.045
HOLES = 0.003


@dataclass(frozen=True, slots=True)
class Judged:
    """A layer's words with their chances; `wrong` are those that look wrong, by number; `holes` how many have glyphs
    without a character."""

    layout: Layout
    wrong: frozenset[int]
    holes: int

    @property
    def doubt(self) -> str:
        """Why it is not to be taken unseen; empty where it is."""
        count = sum(1 for _ in self.layout.words())
        if self.holes > HOLES * count:
            return f"{self.holes} of {count} words of the text layer have glyphs without a character"
        if len(self.wrong) >= FEWEST and len(self.wrong) > LOOK_WRONG * count:
            return f"{len(self.wrong)} of {count} words of the text layer look wrong"
        return ""


def judge(layout: Layout, *, scan: bool, weights: Mapping[str, float] | None = None) -> Judged:
    """The layer's words, each with the share of such words that are right; `scan` says that a reader made it from a
    picture. `weights` are the table's where none are given."""
    signs = _page_signs(layout, scan)
    chances = (chance(seen, weights) for seen in _seen(layout, signs, scan))

    def line(one: TextLine) -> TextLine:
        return TextLine(tuple(replace(word, confidence=next(chances)) for word in one.words))

    judged = replace(
        layout, blocks=tuple(replace(block, lines=tuple(map(line, block.lines))) for block in layout.blocks)
    )
    return Judged(judged, frozenset(number for number, sign in enumerate(signs) if sign), signs.count("hole"))


def seen(layout: Layout, *, scan: bool) -> Iterator[dict[str, float]]:
    """What the model looks at, of each word of a layer."""
    return _seen(layout, _page_signs(layout, scan), scan)


def _seen(layout: Layout, signs: list[str], scan: bool) -> Iterator[dict[str, float]]:
    share = (sum(map(bool, signs)) + 0.2) / (len(signs) + 10)
    told = bool(_language(" ".join(block.text for block in layout.blocks)))
    for word, sign in zip(layout.words(), signs, strict=True):
        yield features(word.content, sign, share, told, scan)


def _page_signs(layout: Layout, scan: bool) -> list[str]:
    """What looks wrong with each word of a page; nothing does with words in no list where most are in a list, or few
    are small."""
    words = list(layout.words())
    signs = [sign for line, told in _told(layout) for sign in _signs(line, told)]
    strange = [number for number, sign in enumerate(signs) if sign == "strange"]
    small = sum(word.content[:1].islower() and len(lexicon.letters(word.content)) >= 4 for word in words)
    if len(strange) <= (STRANGE_ON_SCAN if scan else STRANGE) * small:
        for number in strange:
            signs[number] = ""
    return signs


def features(text: str, sign: str, share: float, told: bool, scan: bool) -> dict[str, float]:
    """What the model looks at, by name: how a word looks, how usual it is, what is wrong with it, what share of its
    page looks wrong, and whether the page's language is told."""
    looks = lexicon.kind(text)
    usual = (
        lexicon.usual(lexicon.letters(text), tuple(lexicon.LISTS)) if looks == "letters" and lexicon.is_here() else 0.0
    )
    found = {
        "always": 1.0,
        "scan": float(scan),
        "share": math.log(share),
        "scan share": float(scan) * math.log(share),
        "usual": usual,
        "scan usual": float(scan) * usual,
        "told": float(told),
        "scan told": float(scan and told),
        "sign": float(bool(sign)),
        "number": float(looks == "number"),
        "mixed": float(looks == "mixed"),
        "marks": float(looks == "marks"),
        "short": float(len(lexicon.letters(text)) <= 2),
        "capital": float(text[:1].isupper()),
    }
    return {name: value for name, value in found.items() if value}


def chance(seen: Mapping[str, float], weights: Mapping[str, float] | None = None) -> float:
    """The share, 0 to 1, of words seen so that are right."""
    weights = _weights() if weights is None else weights
    return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) * value for name, value in seen.items())))


def confirmed(judged: Judged, read: Layout) -> bool:
    """Whether readers of the image read most of the words that look wrong as the layer has them: they look so on the
    page."""
    seen = {lexicon.letters(word.content) for word in read.words()}
    said = [
        lexicon.letters(word.content) for number, word in enumerate(judged.layout.words()) if number in judged.wrong
    ]
    return bool(said) and not judged.holes and sum(word in seen for word in said) > len(said) / 2


def beside(read: Layout, judged: Judged) -> Layout:
    """What was read, with what the layer has otherwise kept at it as the losing reading, but for what looks wrong
    there."""
    shown, lost = list(read.words()), list(judged.layout.words())
    others: dict[int, str] = {}
    for group in align(read, judged.layout):
        if group.first and group.second and judged.wrong.isdisjoint(group.second):
            said, against = (
                group_text([words[n] for n in numbers])
                for words, numbers in ((shown, group.first), (lost, group.second))
            )
            if not same(said, against) and all(shown[n].other is None for n in group.first):
                others |= {n: "" for n in group.first} | {group.first[0]: against}
    numbers = iter(range(len(shown)))

    def line(one: TextLine) -> TextLine:
        return TextLine(tuple(replace(word, other=others.get(next(numbers), word.other)) for word in one.words))

    return replace(read, blocks=tuple(replace(block, lines=tuple(map(line, block.lines))) for block in read.blocks))


def taken(judged: Judged) -> Layout:
    """The layer as text: U+FFFD in the place of each glyph without a character, and no word of such alone, which are
    bullets and rules."""

    def line(one: TextLine) -> TextLine:
        words = [replace(word, content=UNMAPPED.sub("\ufffd", word.content)) for word in one.words]
        return TextLine(tuple(word for word in words if word.content.strip("\ufffd")))

    blocks = [
        replace(block, lines=tuple(some for some in map(line, block.lines) if some.words))
        for block in judged.layout.blocks
    ]
    return replace(judged.layout, blocks=tuple(block for block in blocks if block.lines))


def mark() -> str:
    """A short hash of what decides how layers are judged."""
    table = knowledge.text("ingest.page.voting", "layer_weights.tsv")
    return hashlib.sha256(f"{table}{VERSION} {lexicon.is_here()}".encode()).hexdigest()[:12]


def _told(layout: Layout) -> Iterator[tuple[tuple[TextLine, TextLine | None], str]]:
    """Every line with the one before it, and the language of its paragraph, else of the page; empty where neither is
    told."""
    page, before = _language(" ".join(block.text for block in layout.blocks)), None
    for block in layout.blocks:
        told = _language(block.text) or page
        for line in block.lines:
            yield (line, before), told
            before = line


def _signs(lines: tuple[TextLine, TextLine | None], told: str) -> Iterator[str]:
    """What looks wrong with each word of the first line; a part of a word divided at a line's end looks like no
    word."""
    line, before = lines
    for number, word in enumerate(line.words):
        parted = (
            number == len(line.words) - 1
            and word.content.endswith(HYPHENS)
            or not number
            and before is not None
            and before.words
            and before.words[-1].content.endswith(HYPHENS)
        )
        sign = _sign(word.content, told)
        yield "" if parted and sign in ("unknown", "strange", "accent", "stray") else sign


def _language(text: str) -> str:
    spanish, english, words = language.votes(text)
    most = max(spanish, english)
    if most < VOTES or most < SHARE * (spanish + english) or most < language.FEWEST_PER_WORD * words:
        return ""
    return "spa" if spanish > english else "eng"


def _sign(text: str, told: str) -> str:
    """What looks wrong with a word; empty where nothing does; `strange` where it is in no list, and no language is
    told.

    >>> [_sign(word, "") for word in ("r\\x00o", "Caba¤as", "declar6", "niÃ±os", "Comisión", "H2O", "\\uf0b7", "1er")]
    ['hole', 'miscoded', 'digit', 'miscoded', '', '', '', '']
    """
    if (
        not text.isprintable()
        and _HOLE.search(text)
        or "\ufffd" in text
        and _HOLE.search(text)
        or "(cid:" in text
        and _HOLE.search(text)
    ):
        return "hole"
    if not text.isascii() and _MISCODED.search(text):
        return "miscoded"
    if _ADDRESS.search(text):
        return ""
    if not text.isalpha() and _DIGIT_FOR_LETTER.search(text):
        return "digit"
    inner = lexicon.letters(text)
    if told and len(inner) == 1 and inner.isascii() and inner.isalpha() and inner not in _ALONE and text == inner:
        return "stray"
    if not text[:1].islower() or lexicon.kind(text) != "letters" or not lexicon.is_here():
        return ""
    if told == "spa" and inner.isascii() and _lost_accent(inner):
        return "accent"
    if any(len(part) >= 4 and not _known(part) for part in _PARTS.split(inner)):
        return "unknown" if told else "strange"
    return ""


@lru_cache(maxsize=65536)
def _known(word: str) -> bool:
    from wordfreq import zipf_frequency

    return any(zipf_frequency(word, code) >= KNOWN for code in lexicon.LISTS.values()) or any(
        zipf_frequency(word, code) >= KNOWN_BESIDE for code in _NEIGHBOURS
    )


@lru_cache(maxsize=65536)
def _lost_accent(word: str) -> bool:
    """Whether a spelling of this Spanish word with one accent more is much more usual.

    >>> [_lost_accent(word) for word in ("dia", "ninos", "esta", "camino")]
    [True, True, False, False]
    """
    from wordfreq import zipf_frequency

    if len(word) < 3:
        return False
    bare = zipf_frequency(word, "es") + LOST_ACCENT
    return any(
        zipf_frequency(word[:n] + _ACCENTED[letter] + word[n + 1 :], "es") >= max(bare, 3.0)
        for n, letter in enumerate(word)
        if letter in _ACCENTED
    )


@cache
def _weights() -> dict[str, float]:
    rows = knowledge.rows("ingest.page.voting", "layer_weights.tsv")
    return {row["feature"]: float(row["weight"]) for row in rows}
