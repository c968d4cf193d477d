"""Text layers doubted by what they say; names, numbers and other languages are not."""

import csv
from pathlib import Path

import pytest

from archive.layout import Layout, TextBlock, TextLine, Word
from ingest.page.voting import layers

with Path(__file__).with_name("layers.tsv").open(encoding="utf-8", newline="") as table:
    CASES = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def layout_of(lines, right=None):
    """Lines of words, each word a box of its own; an escape (`\\x00`) is the character."""
    made = []
    for row, line in enumerate(lines):
        words = [word.encode("latin-1", "backslashreplace").decode("unicode_escape") for word in line.split()]
        made.append(TextLine(tuple(Word(word, 100 * n, 30 * row, 90, 20) for n, word in enumerate(words))))
    return Layout(2000, 2000, (TextBlock(tuple(made)),))


@pytest.mark.parametrize("scan", [False, True])
@pytest.mark.parametrize("case", CASES, ids=[case["kind"] for case in CASES])
def test_what_is_doubted(case, scan):
    doubt = layers.judge(layout_of(case["lines"].split("|")), scan=scan).doubt
    if scan and case["kind"] == "Latin":
        return  # a reader's Latin may be anything; it is read again, and the layer taken where the page says the same
    assert case["doubt"] in doubt if case["doubt"] else not doubt


def case(kind):
    return layout_of(next(one["lines"] for one in CASES if one["kind"] == kind).split("|"))


def test_doubted_layers_have_less_confidence_and_no_word_is_certain():
    good, bad = (
        layers.judge(case(kind), scan=True).layout.confidence for kind in ("Spanish", "Spanish by a reader of English")
    )
    assert bad < good < 1
    assert (
        layers.judge(case("Spanish"), scan=True).layout.confidence
        < layers.judge(case("Spanish"), scan=False).layout.confidence
    )


def test_a_word_that_looks_wrong_is_less_likely_than_its_neighbours():
    words = {
        word.content: word.confidence
        for word in layers.judge(case("Spanish by a reader of English"), scan=True).layout.words()
    }
    assert words["declar6"] < words["comunicado"]


def test_what_looks_odd_and_stands_so_on_the_page_is_confirmed():
    odd = layers.judge(case("accents lost"), scan=True)
    assert odd.doubt and layers.confirmed(odd, case("accents lost"))
    assert not layers.confirmed(
        odd, layout_of(["Según el comunicado de la Comisión, la situación en la zona es crítica: más de ochenta niños"])
    )
    holes = layers.judge(case("one accent lost"), scan=False)
    assert not layers.confirmed(holes, case("one accent lost"))


def test_no_glyph_without_a_character_reaches_the_text():
    text = layers.taken(layers.judge(layout_of(["\\uf0b7 Carta de (cid:3) las r\\x00o \\x97"]), scan=False)).text
    assert text == "Carta de las r\ufffdo"


def test_what_the_layer_has_otherwise_is_kept_beside_what_was_read():
    layer = layers.judge(layout_of(["Ana Menjivar declar6 ayer"]), scan=True)
    read = layers.beside(layout_of(["Ana Menjívar declaró ayer"]), layer)
    assert [word.other for word in read.words()] == [None, "Menjivar", None, None]
