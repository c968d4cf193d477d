"""Forty invented units of search in two languages, with the noise of readers and every kind of date; and many more."""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

from archive import dates
from archive.search.document import Document, Passage

TABLE = Path(__file__).with_name("units.tsv")


def units() -> list[Document]:
    """The units of units.tsv. `mul` has a passage a sentence, in turns Spanish and English; a last unit is an entry."""
    with open(TABLE, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    made = [_unit(number, row) for number, row in enumerate(rows, 1)]
    entry = Document("e01", "i01", len(made) + 1, "entry", {"shown": (Passage(("la", "policía", "capturó"), "spa"),)},
                     {"genre": ("chronology",)}, date(1984, 3, 12), date(1984, 3, 12))
    return [*made, entry]


def _unit(ordinal: int, row: dict[str, str]) -> Document:
    known = dates.parse(row["date"])
    texts = {}
    if row["shown"]:
        texts["shown"] = _passages(row["shown"], row["language"])
    if row["description"]:
        texts["description"] = tuple(Passage(tuple(value.split()), None) for value in row["description"].split(" | "))
    facets = {name: tuple(row[name].split("|")) for name in ("place", "language", "genre", "series") if row[name]}
    return Document(row["id"], row["item"], ordinal, "page", texts, facets, known.earliest, known.latest)


def _passages(text: str, language: str) -> tuple[Passage, ...]:
    if language != "mul":
        return (Passage(tuple(text.split()), language if language != "und" else None),)
    sentences = text.split(". ")
    return tuple(Passage(tuple(one.split()), ("spa", "eng")[n % 2]) for n, one in enumerate(sentences))


def many(count: int) -> list[Document]:
    """So many small units, the same every time: words that tie in score, dates that tie, some undated."""
    chance = random.Random(1984)
    made = []
    for ordinal in range(count):
        words = ("acta", *chance.choices(("paz", "diálogo", "tregua", "peace"), k=chance.randint(1, 3)))
        day = date(1980, 1, 1) + timedelta(chance.randrange(2000)) if chance.random() < 0.9 else None
        made.append(Document(f"m{ordinal:05}", f"j{ordinal // 7}", ordinal, "page",
                             {"shown": (Passage(words, "spa"),)}, {"place": (f"p{chance.randrange(40)}",)}, day, day))
    return made
