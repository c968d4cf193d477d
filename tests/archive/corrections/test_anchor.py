"""Places of one reading found again on another: by their box on the same image, by their words elsewhere."""

import pytest

from archive.anchor import Anchor, Place, anchor, find
from archive.layout import Layout, TextBlock, TextLine, Word

LINE, HIGH, LETTER = 40, 20, 10


def page(*lines: str, boxes: bool = True, shift: int = 0) -> Layout:
    """A page of lines typed with a machine of fixed width; `shift` moves all its boxes."""
    made = []
    for row, line in enumerate(lines):
        words, column = [], 0
        for text in line.split():
            at = (column * LETTER + shift, row * LINE + shift, len(text) * LETTER, HIGH) if boxes else (0, 0, 0, 0)
            words.append(Word(text, *at, 0.8))
            column += len(text) + 1
        made.append(TextLine(tuple(words)))
    return Layout(1000, 1000, (TextBlock(tuple(made), "spa"),))


READ = page("La rnadre de Rosa Elvira Menjivar", "salió de Tecoluca el 12 de rnayo", "y volvió por la noche")


def words(layout: Layout, place: Place) -> str:
    return " ".join(word.content for word in list(layout.words())[place.first : place.last])


@pytest.mark.parametrize(
    "first, last, again, found",
    [
        (1, 2, READ, "rnadre"),
        (
            1,
            2,
            page("La madre de Rosa Elvira Menjivar", "salió de Tecoluca el 12 de mayo", "y volvió por la noche"),
            "madre",
        ),
        (1, 2, page("La xxxxxx de Rosa Elvira Menjivar", "salió"), "xxxxxx"),  # whatever was read there
        (1, 2, page("La rna re de Rosa Elvira Menjivar", "salió"), "rna re"),
        (0, 6, page("La madre de Rosa EIvira Menjivar", "salió de Tecoluca"), "La madre de Rosa EIvira Menjivar"),
        (1, 2, page("La", "salió de Tecoluca"), ""),  # nothing was read there: a gap is a place
    ],
)
def test_on_the_same_image_the_box_decides(first, last, again, found):
    place = find(again, anchor(READ, Place(first, last)), "madre", same_image=True)
    assert place is not None and words(again, place) == found


def test_what_is_read_into_one_with_its_neighbour_is_not_torn_apart():
    again = page("Larnadrede Rosa Elvira Menjivar", "salió de Tecoluca el 12 de rnayo")
    assert find(again, anchor(READ, Place(1, 2)), "madre", same_image=True) is None


@pytest.mark.parametrize(
    "again, found",
    [
        (page("La rnadre de Rosa Elvira Menjivar", "salió de Tecoluca", boxes=False), "rnadre"),
        (page("La madre de Rosa Elvira Menjivar", "salió de Tecoluca", boxes=False), "madre"),
        (page("Informe", "La rnadre de Rosa Elvira Menjivar", shift=313), "rnadre"),
        (page("Otra página", "de otra cosa", boxes=False), None),
    ],
)
def test_elsewhere_the_words_decide_and_what_stands_around_them(again, found):
    place = find(again, anchor(READ, Place(1, 2)), "madre", same_image=False)
    assert (None if place is None else words(again, place)) == found


def test_of_two_places_alike_neither_is_taken():
    often = page(*["La rnadre de Rosa"] * 5, boxes=False)
    assert find(often, anchor(often, Place(9, 10)), "madre", same_image=False) is None


def test_a_gap_is_found_by_what_stands_around_it():
    gap = anchor(READ, Place(6, 6))
    assert gap.exact == "" and gap.follows
    assert find(
        page("La madre de Rosa Elvira Menjívar", "salió de Tecoluca el 12", boxes=False), gap, "", same_image=False
    ) == Place(6, 6)


def test_on_the_same_image_a_gap_follows_the_box_of_the_word_before_it():
    again = page("Ia rna de R0sa EIvlra Menpvar", "saiio do Teco1uca eI l2 de rnavo")
    assert find(again, anchor(READ, Place(6, 6)), "", same_image=True) == Place(6, 6)


def test_a_line_that_another_reader_set_on_two_is_one_place():
    slanting = Layout(
        1000,
        1000,
        (
            TextBlock(
                tuple(
                    TextLine(tuple(Word(word, x, y, 60, 20) for word, x in line))
                    for y, line in (
                        (0, (("La", 0), ("rnadre", 70), ("de", 140))),
                        (8, (("Rosa", 210), ("Elvira", 280))),
                        (40, (("salió", 0),)),
                    )
                )
            ),
        ),
    )
    assert find(
        slanting, Anchor("La madre de Rosa Elvira", "", "salió", 0, 0, 340, 28, 1000, 1000), same_image=True
    ) == Place(0, 5)


def test_a_wide_gap_in_a_line_has_a_box_in_which_a_word_may_be_read_later():
    line = TextLine((Word("San", 0, 0, 30, 20), Word("Lempa", 130, 0, 50, 20)))
    passed_over = anchor(Layout(500, 100, (TextBlock((line,)),)), Place(1, 1))
    assert (passed_over.hpos, passed_over.width) == (30, 100)
    line = TextLine((Word("San", 0, 0, 30, 20), Word("Nicolas", 40, 0, 80, 20), Word("Lempa", 130, 0, 50, 20)))
    assert find(Layout(500, 100, (TextBlock((line,)),)), passed_over, "Nicolás", same_image=True) == Place(1, 2)


def test_an_empty_page_has_the_place_of_what_had_a_box():
    assert find(Layout(1000, 1000), anchor(READ, Place(1, 2)), "madre", same_image=True) == Place(0, 0, alone=True)
    assert find(Layout(1000, 1000), Anchor("madre", "la", "de"), "madre", same_image=False) is None
