"""What the losing reader has, line by line: a word divided between two lines has both parts, whichever is read
otherwise."""

import pytest

from archive.layout import Layout, TextBlock, TextLine, Word
from archive.search.analysis import tokens
from archive.search.document import Passage


def layout(*lines: str) -> Layout:
    """Each word as `shown` or `shown/lost`; a bare `shown/` where the losing reader has nothing."""
    return Layout(
        900,
        900,
        tuple(
            TextBlock(
                (
                    TextLine(
                        tuple(
                            Word(shown, 0, 0, 9, 9, 0.5, lost if sep else None)
                            for shown, sep, lost in (word.partition("/") for word in line.split())
                        )
                    ),
                )
            )
            for line in lines
        ),
    )


@pytest.mark.parametrize(
    "lines, words, found",
    [
        (["in the deter.-/deter-", "mined way", "one/oue"], ["deter-", "mined", "oue"], {"determined", "oue"}),
        (["in the deter-", "mincd/mined way", "the end"], ["deter-", "mined"], {"determined"}),
        (["in the deter.-/deter-", "mincd/mined way", "the end"], ["deter-", "mined"], {"determined"}),
        (["in the deter.-/deter-", "mined w/way"], ["deter-", "mined", "way"], {"determined", "way"}),
        (["the end deter.-/deter-"], ["deter-"], {"deter"}),
        (["one~/ two/too", "of it"], ["too"], {"too"}),
        (["one two", "of it"], [], set()),
    ],
)
def test_what_was_read_otherwise(lines, words, found):
    page = layout(*lines)
    assert [word for line in page.other_words() for word in line.split()] == words
    exact = tokens([Passage(tuple(word for word, _ in line), language) for line, language in page.also()]).exact
    exact = exact[: exact.index("_")] if "_" in exact else exact  # without what may be read otherwise at hyphens
    assert found <= set(exact) and ("deter" in exact) == ("deter" in found) and not any("~" in word for word in exact)


def test_each_word_keeps_the_place_of_the_shown_one():
    page = layout("a deter.-/deter-", "mined w")
    assert [line for line, _ in page.also()] == [(("a", 0), ("deter-", 1), ("mined", 2))]
    page = layout("a deter-", "mincd/mined w")
    assert [line for line, _ in page.also()] == [(("deter-", 1), ("mined", 2), ("w", 3))]
