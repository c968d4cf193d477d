"""Words divided or put together: the table divided.tsv, and what holds of any word however it is divided."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.document import Passage
from archive.search.match import match
from archive.search.query import parse

with Path(__file__).with_name("divided.tsv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def passages(text: str) -> tuple[Passage, ...]:
    """The paragraphs of a text: `/` ends a line, `//` a paragraph."""
    return tuple(Passage(tuple(word for word in one.split() if word != "/")) for one in text.split(" // "))


def marked(typed: str, *text: Passage) -> list[str] | None:
    """The words that answer a query; None where the text does not."""
    found = match(parse(typed), {"shown": text})
    words = [word for one in text for word in one.words]
    return None if found is None else [words[n] for n in sorted(found.words("shown"))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['text']}: {case['typed']}")
def test_a_word_is_found_however_it_is_divided_and_marked_where_it_stands(case):
    assert marked(case["typed"], *passages(case["text"])) == (case["marked"].split() or None)


LETTERS = st.text("abcdefghilmnopqrstuvzáéíóúñ", min_size=2, max_size=8).filter(
    lambda text: text not in ("or", "to", "ni", "and")
)
HYPHENS = st.sampled_from("-‐\u00ad¬–=")
AROUND = st.lists(st.sampled_from(["uno", "dos", "tres", "cuatro", "cinco", "seis"]), max_size=6)


@given(LETTERS, LETTERS, HYPHENS, AROUND, AROUND, st.booleans())
def test_both_readings_find_what_a_line_divides_and_so_do_phrases(first, second, hyphen, before, after, capitals):
    written = [first + hyphen, second]
    if capitals:
        written = [word.upper() for word in written]
    text = Passage((*before, *written, *after), "spa")
    near, far = before[-2:], after[:2]
    for typed in (first + second, f"{first}-{second}"):
        assert set(written) <= set(marked(typed, text))
        assert set(written) <= set(marked(f'"{" ".join([*near, typed, *far])}"', text))
    assert set(written) <= set(marked(f'"{" ".join([*near, first, second, *far])}"', text))
    assert written[0] in marked(first, text) and written[1] in marked(second, text)


@given(st.lists(st.sampled_from("BCDFGHJKLMNPQ"), min_size=2, max_size=5), AROUND, AROUND)
def test_an_abbreviation_in_any_writing_finds_any_other(letters, before, after):
    writings = ["".join(letters), ".".join(letters) + ".", ". ".join(letters) + ".", " ".join(letters)]
    for written in writings:
        text = Passage((*before, *written.split(), *after))
        for typed in writings:
            assert set(written.split()) <= set(marked(typed, text))
            assert set(written.split()) <= set(marked(f'"{" ".join([*before[-2:], typed, *after[:2]])}"', text))


@given(LETTERS, LETTERS, st.lists(st.sampled_from(["12", "EL", "RESCATE", "--", "Informe"]), min_size=1, max_size=4))
def test_a_word_goes_on_behind_a_running_head_that_is_not_marked(first, second, between):
    text = Passage(("uno", f"{first}-", *between, second, "dos"))
    assert marked(f'"uno {first}{second} dos"', text) == ["uno", f"{first}-", second, "dos"]


def test_a_word_goes_on_behind_a_margin_and_does_not_mark_it():
    text = Passage(("los", "desapare-", "", "", "cidos", "de"))
    assert marked('"los desaparecidos de"', text) == ["los", "desapare-", "cidos", "de"]


def test_the_rest_on_the_next_page_finds_the_word_where_it_begins():
    text = Passage(("los", "desapare-"), "spa", goes_on="cidos"), Passage(("El", "Rescate"), margin=True)
    assert marked("desaparecidos", *text) == ["desapare-"]
    assert marked('"los desaparecidos"', *text) == ["los", "desapare-"]
    assert marked("rescate", *text) == ["Rescate"]
    behind = Passage(("los", "desapare-", "12"), "spa", goes_on="cidos")
    assert marked("desaparecidos", behind) == ["desapare-"]


def test_other_readings_stand_in_a_field_of_their_own_each_and_no_phrase_crosses_from_one_to_the_next():
    text = Passage(("cease-fire", "uno", "M-16"))
    assert marked('"16 ceasefire"', text) is None and marked('"uno m16 cease"', text) is None
