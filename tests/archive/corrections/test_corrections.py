"""What a person typed: the edits it makes, the layout it gives, and what stays of it when the page is read again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.anchor import Place, anchor
from archive.corrections import Edit, edited, edits, typed_lines, typed_over
from archive.decisions import CORRECTION, Decision, carried
from archive.layout import Layout, TextBlock, TextLine, Word
from tests.archive.corrections.test_anchor import READ, page

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def kept(
    layout: Layout, typed: dict[int, str], *, compared: bool = False, hours: int = 0, **how
) -> list[Decision[str]]:
    """The corrections that lines typed over a layout make."""
    return [
        Decision(
            100 * hours + n,
            CORRECTION.name,
            "p",
            anchor(layout, edit.place),
            edit.text,
            "Ana Archivera",
            NOON + timedelta(hours=hours),
            **how,
        )
        for n, edit in enumerate(edits(layout, typed, compared=compared))
    ]


def corrected(layout: Layout, corrections: list[Decision[str]]) -> tuple[Layout, frozenset[int]]:
    """What is shown where the page is read so, and the corrections that found their place on it."""
    found = carried(layout, corrections)
    return found.layout, found.placed


def lines(layout: Layout) -> list[str]:
    return [line.text for block in layout.blocks for line in block.lines]


@pytest.mark.parametrize(
    "typed, made",
    [
        ({}, []),
        ({0: "La rnadre de Rosa Elvira Menjivar"}, []),
        ({0: "La madre de Rosa Elvira Menjívar"}, [(1, 2, "madre"), (5, 6, "Menjívar")]),
        ({0: "La madre  de\tRosa Elvira Menjivar "}, [(1, 2, "madre")]),
        ({0: "La de Rosa Elvira Menjivar"}, [(1, 2, "")]),
        ({1: ""}, [(6, 13, "")]),
        ({2: "y no volvió por la noche"}, [(14, 14, "no")]),
        ({2: "y volvió por la noche\nni al otro día"}, [(18, 18, "\nni al otro día")]),
        ({3: "firmado"}, [(18, 18, "\nfirmado")]),
    ],
)
def test_lines_typed_are_edits_of_what_changed(typed, made):
    assert [(one.place.first, one.place.last, one.text) for one in edits(READ, typed)] == made


def test_a_page_compared_with_its_image_is_confirmed_line_by_line():
    made = list(edits(READ, {0: "La madre de Rosa Elvira Menjívar"}, compared=True))
    assert [one.text for one in made] == ["La madre de Rosa Elvira Menjívar", *lines(READ)[1:]]
    assert all(word.confidence == 1.0 for word in corrected(READ, kept(READ, {}, compared=True))[0].words())


def test_a_line_the_page_does_not_have_is_an_error():
    with pytest.raises(IndexError, match="3 lines"):
        list(edits(READ, {7: "x"}))


def test_what_the_machine_read_stays_at_the_word_and_is_searched():
    shown, _ = corrected(READ, kept(READ, {0: "La madre de Rosa Elvira Menjívar"}))
    assert list(shown.other_words()) == ["rnadre Menjivar"]
    joined = edited(READ, Edit(Place(3, 6), "Rosaelvira Menjívar"))
    assert list(joined.other_words()) == ["Rosa Elvira Menjivar"]
    assert [word.hpos for word in joined.words()][3:5] == [130, 130 + 200 * 11 // 19]


@pytest.mark.parametrize(
    "read, typed, others",
    [
        ("DISPLACE", "THE DISPLACED", ["", "DISPLACE"]),
        ("lasmadres", "las madres", ["lasmadres", ""]),
        ("Rosa El vira", "Rosa Elvira", [None, "El vira"]),
        ("x rnadre", "la madre de", ["x", "rnadre", ""]),
        ("Iaguerrasucia", "la guerra sucia", ["Iaguerrasucia", "", ""]),
    ],
)
def test_what_was_read_stays_at_the_word_that_it_is_like(read, typed, others):
    page = Layout(
        900, 20, (TextBlock((TextLine(tuple(Word(word, 100 * n, 0, 90, 9) for n, word in enumerate(read.split()))),)),)
    )
    shown = edited(page, Edit(Place(0, len(read.split())), typed))
    assert [word.other for word in shown.words()] == others
    boxes = [(word.hpos, word.hpos + word.width) for word in shown.words()]
    assert all(end < start for (_, end), (start, _) in zip(boxes, boxes[1:], strict=False))


def test_a_person_wins_when_the_page_is_read_again():
    typed = kept(READ, {0: "La madre de Rosa Elvira Menjívar"})
    again = page("La rnaclre de Rosa EIvira Menpvar", "salió de Tecoluca el 12 de mayo", "y volvio por la noche")
    shown, placed = corrected(again, typed)
    assert lines(shown) == [
        "La madre de Rosa EIvira Menjívar",
        "salió de Tecoluca el 12 de mayo",
        "y volvio por la noche",
    ]
    assert placed == {one.id for one in typed}


def test_a_later_correction_corrects_an_earlier_one():
    first = kept(READ, {0: "La madre de Rosa Elvira Menjíbar"})
    shown, _ = corrected(READ, first)
    second = kept(shown, {0: "La madre de Rosa Elvira Menjívar"}, hours=1)
    again = page("La rnaclre de Rosa Elvira Menpvar", "salió")
    assert lines(corrected(again, [*second, *first])[0])[0] == "La madre de Rosa Elvira Menjívar"


def test_what_a_later_reader_passes_over_is_shown_all_the_same():
    typed = kept(READ, {2: "y volvió por la noche con su hija"}) + kept(
        READ, {1: "salió de Tecoluca el 12 de mayo"}, hours=1
    )
    shown, placed = corrected(page("La rnadre de Rosa", "salió de Tecoluca el 12 de", "y volvió por la noche"), typed)
    assert (
        lines(shown)[1:] == ["salió de Tecoluca el 12 de mayo", "y volvió por la noche con su hija"]
        and len(placed) == 2
    )


def test_a_line_that_a_later_reader_passes_over_stays_a_line():
    typed = kept(READ, {1: "salió de Tecoluca el 12 de mayo"}, compared=True)
    above, below = page("La rnadre de Rosa", "", "y volvió por la noche").blocks[0].lines[::2]
    shown, _ = corrected(Layout(1000, 1000, (TextBlock((above, below)),)), typed)
    assert lines(shown)[1] == "salió de Tecoluca el 12 de mayo" and len(lines(shown)) == 3
    assert [(word.hpos, word.vpos) for word in shown.words()][6:8] == [(0, 40), (61, 40)]


def test_what_cannot_be_placed_waits_and_changes_nothing():
    other = page("Otra página", "de otra cosa")
    shown, placed = corrected(other, kept(READ, {0: "La madre de Rosa Elvira Menjívar"}, same_image=False))
    assert shown == other and not placed


def test_a_page_on_which_nothing_was_read_takes_lines():
    shown, placed = corrected(Layout(100, 100), kept(Layout(100, 100), {0: "ilegible\nFirma: R. E. M."}))
    assert lines(shown) == ["ilegible", "Firma: R. E. M."] and len(placed) == 1


@pytest.mark.parametrize(
    "text, said",
    [
        (
            "La madre de Rosa Elvira Menjívar\n\nsalió de Tecoluca el 12 de mayo\ny volvió por la noche\n",
            {0: "La madre de Rosa Elvira Menjívar", 1: "salió de Tecoluca el 12 de mayo", 2: "y volvió por la noche"},
        ),
        (
            "La rnadre de Rosa Elvira Menjivar\ny volvió por la noche",
            {0: "La rnadre de Rosa Elvira Menjivar", 1: "", 2: "y volvió por la noche"},
        ),
        (
            "PÁGINA\nLa rnadre de Rosa Elvira Menjivar\n¡Qué xq!\ny volvió por la noche\nFin",
            {-1: "PÁGINA", 0: "La rnadre de Rosa Elvira Menjivar", 1: "¡Qué xq!", 2: "y volvió por la noche\nFin"},
        ),
        ("", {0: "", 1: "", 2: ""}),
    ],
)
def test_a_text_of_the_whole_page_is_compared_line_by_line(text, said):
    assert typed_lines(READ, text) == said


@given(st.lists(st.text("abcdeilnor ", min_size=1).filter(str.strip), max_size=6))
def test_a_text_typed_over_is_the_text_shown(new):
    shown = typed_over(READ, list(edits(READ, typed_lines(READ, "\n".join(new)))))
    assert lines(shown) == [" ".join(line.split()) for line in new]


_word = st.text("abcdeilnor", min_size=1, max_size=7)
_line = st.lists(_word, min_size=1, max_size=6).map(" ".join)


@given(st.lists(_line, min_size=1, max_size=5), st.data())
def test_lines_are_shown_as_they_were_typed(read, data):
    layout = page(*read)
    typed = {number: data.draw(_line) for number in range(len(read)) if data.draw(st.booleans())}
    shown, placed = corrected(layout, corrections := kept(layout, typed, compared=True))
    assert lines(shown) == [typed.get(number, line) for number, line in enumerate(read)]
    assert len(placed) == len(corrections)


@given(st.lists(_line, min_size=1, max_size=4), st.data())
def test_lines_confirmed_survive_another_reader(read, data):
    """Whatever it reads in the same places."""
    layout = page(*read)
    again = page(
        *(
            " ".join(data.draw(st.text("xyz", min_size=len(word), max_size=len(word))) for word in line.split())
            for line in read
        )
    )
    shown, _ = corrected(again, kept(layout, {}, compared=True))
    assert lines(shown) == read


@given(st.lists(_line, min_size=1, max_size=4), st.data())
def test_words_changed_one_by_one_are_shown(read, data):
    layout = page(*read)
    typed = {number: data.draw(_line) for number in range(len(read)) if data.draw(st.booleans())}
    assert lines(typed_over(layout, list(edits(layout, typed)))) == [
        typed.get(number, line) for number, line in enumerate(read)
    ]
