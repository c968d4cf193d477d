"""Forty invented units of search in two languages, with the noise of readers and every kind of date; and many more."""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

from archive import dates
from archive.search.document import Document, Passage
from archive.search.fields import Facet, Fields, Text, Values

#: A kind of documents that there is in tests alone, with two fields of its own.
LEAFLETS = Fields(
    "leaflet",
    "leaflets",
    (
        Text(name="slogan", usual=3, kept=True, suggests=True),
        Facet(name="printer", label="Printer", values=Values.GENRE, panel=1),
    ),
)

TABLE = Path(__file__).with_name("units.tsv")


def units() -> list[Document]:
    """The units of units.tsv. `mul` has a passage a sentence, in turns Spanish and English."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [_unit(number, row) for number, row in enumerate(rows, 1)]


def _unit(ordinal: int, row: dict[str, str]) -> Document:
    known = dates.parse(row["date"])
    texts = {}
    if row["shown"]:
        texts["shown"] = _passages(row["shown"], row["language"])
    if row["description"]:
        texts["description"] = tuple(Passage(tuple(value.split()), None) for value in row["description"].split(" | "))
    facets = {name: tuple(row[name].split("|")) for name in ("place", "language", "genre", "series") if row[name]}
    return Document(
        row["id"], row["item"], ordinal, "page", texts, facets, known.earliest, known.latest, dates.gaps(known)
    )


def _passages(text: str, language: str) -> tuple[Passage, ...]:
    if language != "mul":
        return (Passage(tuple(text.split()), language if language != "und" else None),)
    sentences = text.split(". ")
    return tuple(Passage(tuple(one.split()), ("spa", "eng")[n % 2]) for n, one in enumerate(sentences))


def together() -> tuple[list[tuple[str, str, str, str]], list[Document]]:
    """The rows of together.tsv as query, id that is to go first, id that is to come later, why; and their pages: those
    that are to come later stand first in the archive, and others come between, so that no word is rare by chance."""
    with TABLE.with_name("together.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    texts = dict.fromkeys([*(row["later"] for row in rows), *(row["first"] for row in rows)])
    pages = [
        Document(f"t{n:02}", "i", n, "page", {"shown": _passages(text, "und")}, {}, date(1983, 5, 1), date(1983, 5, 1))
        for n, text in enumerate(texts)
    ]
    ids = {text: page.id for text, page in zip(texts, pages, strict=False)}
    return [(row["query"], ids[row["first"]], ids[row["later"]], row["why"]) for row in rows], pages


def many(count: int) -> list[Document]:
    """So many small units, the same every time: words that tie in score, dates that tie, some undated; seven of an
    item, which were added from its last place on."""
    chance = random.Random(1984)
    made = []
    for ordinal in range(count):
        words = ("acta", *chance.choices(("paz", "diálogo", "tregua", "peace"), k=chance.randint(1, 3)))
        day = date(1980, 1, 1) + timedelta(chance.randrange(2000)) if chance.random() < 0.9 else None
        made.append(
            Document(
                f"m{ordinal:05}",
                f"j{ordinal // 7}",
                ordinal,
                "page",
                {"shown": (Passage(words, "spa"),)},
                {"place": (f"p{chance.randrange(40)}",)},
                day,
                day,
                number=7 - ordinal % 7,
            )
        )
    return made


def documents_of_pages() -> list[Document]:
    """Two documents whose pages are searched with what is said of them: a report of four pages, an undated clipping of
    two."""
    report = (
        _said("Informe sobre Colomoncagua"),
        _said("ER-M-0030"),
        _said("mayo de 1983", "spa"),
        _said("Informe", "spa"),
        _said("caja 3 carpeta 7", "spa"),
        _said("May 1983", "eng"),
        _said("Report", "eng"),
        _said("box 3 folder 7", "eng"),
    )
    clipping = (
        _said("Refugiados en Mesa Grande, 1983"),
        _said("ER-M-0031"),
        _said("caja 4 carpeta 7", "spa"),
        _said("box 4 folder 7", "eng"),
    )
    pages = [
        "Portada",
        "Los refugiados llegaron a Colomoncagua en camiones",
        "Faltan agua y medicinas en Mesa Grande",
        "La cruz roja reparte 3 cajas y 7 carpetas de lona",
    ]
    made = []
    for item, said, texts, when in (
        ("r", report, pages, (date(1983, 5, 1), date(1983, 5, 31))),
        ("c", clipping, ["Mesa Grande", "Hablan los refugiados"], (None, None)),
    ):
        for number, text in enumerate(texts, 1):
            made.append(
                Document(
                    f"{item}{number}",
                    item,
                    len(made) + 1,
                    "page",
                    {
                        "shown": (Passage(tuple(text.split()), "spa"),),
                        "description" if number == 1 else "context": said,
                    },
                    {},
                    *when,
                )
            )
    return made


def _said(text: str, language: str | None = None) -> Passage:
    return Passage(tuple(text.split()), language)


def leaflets() -> list[Document]:
    """Forty leaflets by two printers, in a component of two each, that have one slogan in common; the first has the id
    of a page."""
    words = ["tierra", "y", "libertad", "para", "el", "pueblo", "policía", "no"]
    return [
        Document(
            units()[0].id if number == 0 else f"l{number:02}",
            "i",
            number,
            "leaflet",
            {"slogan": (Passage((*words, *words[: number % 5]), "spa"),)},
            {"printer": (f"Imprenta {'AB'[number % 2]}",), "component": (f"c{number % 2}",)},
        )
        for number in range(40)
    ]
