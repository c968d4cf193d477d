"""Pages for the search benchmark: generated, the same every time, in two languages with words as frequent as in
prose."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import date, timedelta

from archive.search.document import Document, Passage

#: Words of a page, from a half-empty one to a clipping's; 300 on average.
FEWEST, MOST = 100, 500
_VOCABULARY = 30_000
LANGUAGES = ("spa", "eng")
_SPANISH = [
    "de",
    "la",
    "que",
    "el",
    "en",
    "y",
    "a",
    "los",
    "se",
    "del",
    "las",
    "por",
    "un",
    "para",
    "con",
    "no",
    "una",
    "su",
    "al",
    "es",
    "policía",
    "capturó",
    "soldados",
    "ejército",
    "testigos",
    "cantón",
    "jurisdicción",
    "departamento",
    "municipio",
    "denuncia",
    "masacre",
    "desaparición",
    "detención",
]
_ENGLISH = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "was",
    "that",
    "by",
    "for",
    "on",
    "with",
    "were",
    "it",
    "as",
    "at",
    "from",
    "his",
    "said",
    "not",
    "police",
    "captured",
    "soldiers",
    "army",
    "witnesses",
    "hamlet",
    "jurisdiction",
    "department",
    "town",
    "report",
    "massacre",
    "disappearance",
    "arrests",
]
_GENRES = ("chronology", "report", "clipping", "photograph", "other")
_SYLLABLES = [a + b for a in "bcdfglmnprstv" for b in "aeiou"]


def documents(count: int, garbled: float = 0.0) -> Iterator[Document]:
    """So many pages: 262 places in 14 departments, ten series, 1 in 20 undated, 1 in 4 dated to a month or a year.

    `garbled` is the share of words with letters put in the place of others, as poor OCR has them: most of these stand
    once.
    """
    chance = random.Random(1992)
    vocabularies = vocabulary(chance)
    weights = {name: frequencies(words) for name, words in vocabularies.items()}
    places = [f"department-{n % 14}/municipio-{n}" for n in range(262)]
    for ordinal in range(count):
        language = "spa" if chance.random() < 0.55 else "eng"
        words = tuple(
            chance.choices(vocabularies[language], cum_weights=weights[language], k=chance.randint(FEWEST, MOST))
        )
        if garbled:
            words = tuple(garbled_word(word, chance) if chance.random() < garbled else word for word in words)
        earliest, latest = dates(chance)
        town = chance.choices(places, k=chance.randint(1, 3))
        yield Document(
            f"p{ordinal:07}",
            f"i{ordinal // 12}",
            ordinal,
            "page",
            {
                "shown": (Passage(words[:80], language), Passage(words[80:], language)),
                **({"description": (Passage(words[40:50], None),)} if ordinal % 12 == 0 else {}),
            },
            {
                "place": tuple(dict.fromkeys([*town, *(name.split("/")[0] for name in town)])),
                "language": (language,),
                "genre": (chance.choice(_GENRES),),
                "series": (f"series-{ordinal * 10 // count}",),
            },
            earliest,
            latest,
        )


def vocabulary(chance: random.Random) -> dict[str, list[str]]:
    """Words by language, the most frequent first: some of the papers', then made-up ones."""
    made = ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(_VOCABULARY)]
    return {"spa": _SPANISH + made[: _VOCABULARY // 2], "eng": _ENGLISH + made[_VOCABULARY // 2 :]}


def frequencies(words: list[str]) -> list[float]:
    """How often each of these stands in a text, added up as `random.choices` wants it: Zipf's law, flattened at the
    head as in prose."""
    return list(itertools.accumulate(1 / (rank + 3) for rank in range(len(words))))


def garbled_word(word: str, chance: random.Random) -> str:
    """A word with one to three letters put in the place of others."""
    letters = list(word)
    for _ in range(chance.randint(1, 3)):
        letters[chance.randrange(len(letters))] = chance.choice("abcdefghijlmnoprstuvzñé1I0")
    return "".join(letters)


def dates(chance: random.Random) -> tuple[date, date] | tuple[None, None]:
    """First and last day of a unit's date: 1 in 20 undated, 1 in 4 dated to a month or a year."""
    kind = chance.random()
    if kind < 0.05:
        return None, None
    day = date(1979, 1, 1) + timedelta(chance.randrange(5800))
    if kind < 0.75:
        return day, day
    if kind < 0.9:
        return day.replace(day=1), day.replace(day=28)
    return day.replace(month=1, day=1), day.replace(month=12, day=31)
