"""Which words of two readers are the same piece of the page."""

from hypothesis import given
from hypothesis import strategies as st

from archive.layout import Layout, TextBlock, TextLine, Word
from ingest.page.voting.alignment import Group, align


def page(*lines: str, shift: int = 0) -> Layout:
    """Lines of words, a letter ten pixels wide, a line forty high; points stand for a gap."""
    made = []
    for number, line in enumerate(lines):
        words, at = [], 0
        for written in line.split():
            if set(written) != {"·"}:
                words.append(Word(written, at * 10 + shift, number * 40, len(written) * 10, 30, 0.9))
            at += len(written) + 1
        made.append(TextLine(tuple(words)))
    return Layout(1000, 1000, (TextBlock(tuple(made)),))


def said(first: Layout, second: Layout) -> list[tuple[str, str]]:
    ours, theirs = list(first.words()), list(second.words())
    return [
        (" ".join(ours[n].content for n in group.first), " ".join(theirs[n].content for n in group.second))
        for group in align(first, second)
    ]


def test_the_same_words_are_one_to_one():
    assert said(page("San Salvador", "abril de 1983"), page("San Salvador", "abril de 1983", shift=4)) == [
        ("San", "San"),
        ("Salvador", "Salvador"),
        ("abril", "abril"),
        ("de", "de"),
        ("1983", "1983"),
    ]


def test_words_read_apart_or_together():
    assert said(page("los capturados"), page("loscapturados")) == [("los capturados", "loscapturados")]
    assert said(page("loscapturados"), page("los capturados")) == [("loscapturados", "los capturados")]


def test_what_one_alone_read_stands_alone():
    assert said(page("en la ciudad"), page("en ·· ciudad")) == [("en", "en"), ("la", ""), ("ciudad", "ciudad")]
    assert align(page("uno"), Layout(1000, 1000)) == [Group((0,), ())]
    assert align(Layout(1000, 1000), page("uno")) == [Group((), (0,))]


def test_a_line_of_another_column_is_not_taken():
    assert said(page("uno dos"), page("uno dos", shift=500)) == [("uno", ""), ("dos", ""), ("", "uno"), ("", "dos")]


words = st.lists(
    st.builds(
        Word,
        st.text("aábcñ.", min_size=1, max_size=6),
        st.integers(0, 300),
        st.integers(0, 300),
        st.integers(1, 80),
        st.integers(1, 40),
        st.floats(0, 1),
    ),
    max_size=30,
)


@given(words, words)
def test_every_word_stands_in_one_group(ours, theirs):
    first, second = (Layout(400, 400, (TextBlock((TextLine(tuple(some)),)),)) for some in (ours, theirs))
    groups = align(first, second)
    assert sorted(n for group in groups for n in group.first) == list(range(len(ours)))
    assert sorted(n for group in groups for n in group.second) == list(range(len(theirs)))
