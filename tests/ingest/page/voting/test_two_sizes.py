"""What one reader finds on a page at two sizes, made one."""

from hypothesis import given
from hypothesis import strategies as st

from archive.layout import Layout, TextBlock, TextLine, Word
from ingest.page import voting


def line(text: str, left: int, top: int, sure: float = 0.9, height: int = 20) -> TextLine:
    words, at = [], left
    for content in text.split():
        words.append(Word(content, at, top, 10 * len(content), height, sure))
        at += 10 * len(content) + 10
    return TextLine(tuple(words))


def page(*lines: TextLine) -> Layout:
    return Layout(1000, 1000, tuple(TextBlock((one,)) for one in lines))


def texts(layout: Layout) -> list[str]:
    return [one.text for block in layout.blocks for one in block.lines]


def test_of_lines_over_each_other_the_surer_is_read_and_the_other_set_aside():
    found = voting.joined(
        page(line("Tecoluca 12 de rnayo", 100, 100, 0.6)), page(line("Tecolvca 12 de mayo", 102, 104, 0.9))
    )
    assert texts(found) == ["Tecolvca 12 de mayo"]
    assert [one.text for one in found.aside] == ["Tecoluca 12 de rnayo"]


def test_a_line_that_one_alone_has_is_read():
    found = voting.joined(page(line("arriba", 100, 100)), page(line("abajo", 100, 300, 0.55)))
    assert sorted(texts(found)) == ["abajo", "arriba"] and not found.aside


def test_a_line_found_whole_stands_for_the_pieces_it_was_found_in():
    pieces = [line("fueron capturados", 100, 100, 0.9), line("en Tecoluca", 300, 100, 0.9)]
    found = voting.joined(page(*pieces), page(line("fueron capturados en Tecoluca ayer", 100, 102, 0.9)))
    assert texts(found) == ["fueron capturados en Tecoluca ayer"]
    assert [one.text for one in found.aside] == ["fueron capturados", "en Tecoluca"]


def test_what_is_aside_is_searched_where_it_has_a_word_of_its_own():
    second = voting.joined(
        page(line("Tecolvca de mayo", 100, 100, 0.9), line("cuartel", 100, 200, 0.9)),
        page(line("Tecoluca de", 100, 100, 0.6), line("cuartel", 100, 200, 0.5)),
    )
    voted = voting.vote(page(line("Tecolvca de mayo", 100, 100, 0.8)), second, ("spa",))
    assert [one.text for one in voted.aside] == ["Tecoluca de"]
    assert all(0 < word.confidence < 1 for one in voted.aside for word in one.words)


boxes = st.tuples(
    st.integers(0, 900), st.integers(0, 900), st.sampled_from(["uno", "dos tres", "cuatro cinco seis"]), st.floats(0, 1)
)


@given(st.lists(boxes, max_size=8), st.lists(boxes, max_size=8))
def test_no_line_is_lost_and_none_stands_twice(some, others):
    one, other = (page(*(line(text, left, top, sure) for left, top, text, sure in given)) for given in (some, others))
    found = voting.joined(one, other)
    lines = [each for block in found.blocks for each in block.lines] + list(found.aside)
    assert sorted(map(repr, lines)) == sorted(map(repr, [each for each in (*_lines(one), *_lines(other))]))


def _lines(layout: Layout) -> list[TextLine]:
    return [each for block in layout.blocks for each in block.lines]
