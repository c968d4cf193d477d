"""Two readings to one: the likelier word is shown, the other is kept at it, and nothing that was read is lost."""

from dataclasses import replace

import pytest
from hypothesis import given

from archive.layout import Layout, TextBlock, TextLine
from ingest.page import voting
from tests.ingest.page.voting.test_alignment import page, words

pytest.importorskip("wordfreq", reason="the lists of words are not installed: pip install '.[rapidocr]'")

SPANISH = ("spa",)


def sure(layout: Layout, confidence: float) -> Layout:
    return replace(
        layout,
        blocks=tuple(
            TextBlock(
                tuple(
                    TextLine(tuple(replace(word, confidence=confidence) for word in line.words)) for line in block.lines
                )
            )
            for block in layout.blocks
        ),
    )


def test_readers_that_agree_are_surer_than_one():
    both = voting.vote(page("la madre"), page("la madre"), SPANISH)
    assert both.text == "la madre" and [word.other for word in both.words()] == [None, None]
    assert all(
        one.confidence > alone.confidence
        for one, alone in zip(both.words(), voting.alone(page("la madre"), SPANISH).words(), strict=True)
    )


@pytest.mark.parametrize("first, second", [("la rnadre", "la madre"), ("la madre", "la rnadre")])
def test_a_word_wins_over_what_is_none(first, second):
    both = voting.vote(page(first), page(second), SPANISH)
    assert both.text == "la madre"
    assert list(both.words())[1].other == "rnadre"


def test_the_losing_reading_of_several_words_stands_at_the_first():
    both = voting.vote(sure(page("lasmadres"), 0.3), sure(page("las madres"), 0.99), SPANISH)
    assert both.text == "las madres"
    assert [word.other for word in both.words()] == ["lasmadres", ""]
    assert [line for line, _ in both.also()] == [(("lasmadres", 0),)]


def test_a_line_that_the_first_did_not_see_stands_where_it_is():
    first = page("uno dos", "··· ····", "tres cuatro")
    both = voting.vote(first, sure(page("··· ···", "los soldados", "···· ······"), 0.99), SPANISH)
    assert both.text.splitlines() == ["uno dos", "los soldados", "tres cuatro"]


def test_dust_that_one_alone_read_is_searched_and_not_shown():
    both = voting.vote(sure(page("la madre ~;"), 0.1), page("la madre"), SPANISH)
    assert both.text == "la madre"
    assert [line.text for line in both.aside] == ["~;"] and list(both.other_words()) == ["~;"]


@given(words, words)
def test_nothing_that_was_read_is_lost(ours, theirs):
    first, second = (Layout(400, 400, (TextBlock((TextLine(tuple(some)),)),)) for some in (ours, theirs))
    both = voting.vote(first, second, SPANISH)
    kept = {piece for word in both.words() for piece in (word.content, *(word.other or "").split())}
    kept |= {word.content for line in both.aside for word in line.words}
    agreed = {"".join(c for c in piece) for piece in kept}
    assert {piece for word in (*ours, *theirs) for piece in word.content.split()} <= {
        p for piece in agreed for p in piece.split()
    }
    assert Layout.from_bytes(both.to_bytes()).text == both.text
    assert all(0 <= word.confidence <= 1 for word in both.words())
