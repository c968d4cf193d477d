"""What a file says of its item: its embedded metadata, without what programs, scanners and cameras put there."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from archive import knowledge
from archive.description import Source, Statement, elements
from ingest.sheets.values import read_cell

#: A title made from a caption ends with its first sentence, or about here.
MOST_TITLE = 120


@dataclass(frozen=True, slots=True)
class _Unsaid:
    """One row of unsaid.tsv: values of `elements` that match say nothing of the item."""

    elements: frozenset[str]
    value: re.Pattern[str]
    detail: re.Pattern[str]

    def covers(self, element: str, value: str, detail: str) -> bool:
        return element in self.elements and bool(self.detail.search(detail)) and bool(self.value.fullmatch(value))


@functools.cache
def _unsaid() -> tuple[_Unsaid, ...]:
    return tuple(
        _Unsaid(frozenset(row["element"].split("|")), re.compile(row["value"], re.I | re.S), re.compile(row["detail"]))
        for row in knowledge.rows("ingest.describing", "unsaid.tsv")
    )


def embedded_statements(embedded: Iterable[tuple[str, str, str]], file: str = "") -> tuple[Statement, ...]:
    """The embedded values that say something of the item, as statements, each value once.

    `embedded` is (element, value, where in the file). Values a column would not take are left out.

    >>> found = [("creator", "Epson Scanner", "PDF Author"), ("title", "La ofensiva", "IPTC 2:05")]
    >>> [one.value for one in embedded_statements(found)]
    ['La ofensiva']
    """
    known, said, seen = elements(), [], set()
    stem = PurePosixPath(file).stem.casefold()
    for element, value, detail in embedded:
        if element not in known or not known[element].said or element == "id":
            continue
        value = read_cell(known[element], " ".join(value.split())).text
        if not value or (element, value.casefold()) in seen or (element == "title" and value.casefold() == stem):
            continue
        if any(one.covers(element, value, detail) for one in _unsaid()):
            continue
        if not known[element].repeatable and any(one.element == element for one in said):
            continue
        seen.add((element, value.casefold()))
        said.append(Statement(element, value, Source.FILE, detail))
    return tuple(said)


def title_from_caption(said: Iterable[Statement]) -> Statement | None:
    """A title devised from the caption that a photograph carries; PDF files have none."""
    caption = next((one for one in said if one.element == "description" and not one.detail.startswith("PDF")), None)
    return Statement("title", first_sentence(caption.value), Source.FILE, caption.detail) if caption else None


def title_from_name(file: str) -> Statement | None:
    """A title devised from the file's name, where nothing else gives one.

    >>> title_from_name("box1/informe_semanal-0012.tif").value
    'informe semanal-0012'
    """
    stem = re.sub(r"[_\s]+", " ", PurePosixPath(file.replace("\\", "/")).stem).strip()
    return Statement("title", shorten(stem), Source.FILE, "file name") if stem else None


def first_sentence(text: str) -> str:
    """The first sentence without its full stop; an abbreviation or an initial ends none.

    >>> first_sentence("El Cnel. R. Peña visita Tecoluca. Foto de archivo.")
    'El Cnel. R. Peña visita Tecoluca'
    """
    for end in re.finditer(r"[.!?](?=\s+[A-ZÁÉÍÓÚÑ¿¡“\"])", text):
        last = text[: end.start()].rpartition(" ")[2]
        # `R.`, `Cnel.`, `No.`: a short word with a capital is an abbreviation more often than an end.
        if end[0] != "." or not (last[:1].isupper() and len(last) <= 4):
            return shorten(text[: end.start()].strip())
    return shorten(text.strip().rstrip("."))


def shorten(text: str) -> str:
    """The text, or as many whole words of it as a title takes, with an ellipsis."""
    if len(text) <= MOST_TITLE:
        return text
    return text[:MOST_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:-") + " …"
