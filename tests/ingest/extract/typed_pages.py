"""Typed pages for the tests of margins: lines at even distances, the first and the last apart from the text."""

import re

from archive.layout import Layout, TextBlock, TextLine, Word
from ingest.extract.page_edges import Edges, page_edges

WIDTH, HEIGHT = 1600, 2100
#: Texts of pages, each of other words.
BODY = [
    text.split("/")
    for text in (
        "Dos hombres fueron vistos cerca del cuartel/por los vecinos que volvían del mercado/y que avisaron a las "
        "familias/esa misma tarde en la parroquia",
        "La alcaldía publicó una lista de calles/que estarán cerradas durante la feria/mientras se reparan los "
        "puentes viejos/según dijo un ingeniero",
        "Three buses were stopped near the bridge/and their drivers questioned for an hour/before the road was "
        "opened again/to the trucks with coffee",
        "Llovió toda la noche sobre los techos/de las casas nuevas junto al río/donde se guardaban semillas y "
        "herramientas/de la cooperativa agrícola",
        "A teacher wrote to the editor of the paper/that no answer had come from the ministry/about the school "
        "without benches/and promised to write again",
        "El sindicato convocó a una asamblea general/para discutir el aumento de los salarios/con invitados de "
        "otras empresas textiles/y observadores del extranjero",
    )
]


def layout(lines: list[str]) -> Layout:
    """Words on a canvas, a blank for a blank; the first and the last line stand apart from the others, and what several
    blanks part are lines side by side."""
    placed, top = [], 100
    for number, line in enumerate(lines, 1):
        for piece in re.finditer(r"\S+(?: \S+)*", line):
            placed.append(
                TextLine(
                    tuple(
                        Word(word[0], 100 + 18 * (piece.start() + word.start()), top, 18 * len(word[0]), 36, 0.9)
                        for word in re.finditer(r"\S+", piece[0])
                    )
                )
            )
        top += 150 if number in (1, len(lines) - 1) else 60
    return Layout(WIDTH, HEIGHT, (TextBlock(tuple(placed)),))


def typed(lines: list[str], sequence: int) -> Edges:
    return page_edges(layout(lines), sequence)
