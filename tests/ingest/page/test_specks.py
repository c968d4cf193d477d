"""Specks at the ends of lines: what goes, what stays, and that divided words find their other part."""

import pytest

from archive.layout import Layout, TextBlock, TextLine, Word
from archive.search.analysis import tokens
from archive.search.document import Passage
from ingest.page import specks


def line(text):
    return TextLine(tuple(Word(content, 10 * n, 0, 9, 9) for n, content in enumerate(text.split())))


@pytest.mark.parametrize(
    "read, swept",
    [
        (". glaterra, que", "glaterra, que"),
        ("| 12 de mayo |", "12 de mayo"),
        ("_glaterra", "glaterra"),
        ("_____ firma", "_____ firma"),
        ("- Sí, dijo .", "- Sí, dijo ."),
        ("... y se fue", "... y se fue"),
        ("* punto", "* punto"),
        ("¿ Qué ?", "¿ Qué ?"),
        (". |", ""),
    ],
)
def test_a_line(read, swept):
    assert specks.swept(line(read)).text == swept


def test_a_layout_loses_lines_and_blocks_of_specks_and_divided_words_are_whole():
    layout = Layout(
        99,
        99,
        (TextBlock((line("de Za-"), line("."), line(". camilpa")), "spa"), TextBlock((line("|"),))),
        (line("·"),),
    )
    clean = specks.without(layout)
    assert [[one.text for one in block.lines] for block in clean.blocks] == [["de Za-", "camilpa"]]
    assert clean.blocks[0].language == "spa" and clean.aside == layout.aside
    assert "zacamilpa" in tokens([Passage([word.content for word in clean.words()], "spa")]).exact
