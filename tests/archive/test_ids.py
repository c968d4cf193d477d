"""Minted ids: opaque, checked, shown as ARKs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import ids
from archive.errors import NotFound

NAAN = "99999"
PLACES = st.integers(2, ids.LENGTH + len(ids.SHOULDER))


def test_two_mints_differ():
    assert len({ids.mint(NAAN) for _ in range(500)}) == 500


@pytest.mark.parametrize(
    "form",
    ["{0}", "ark:99999/{0}", "ark:/99999/{0}", "ARK:/99999/{0}/", "https://rescate.example.org/ark:99999/{0}", " {0} "],
)
def test_every_form_of_an_ark_names_the_same(form):
    name = ids.mint(NAAN)
    assert ids.parse_ark(form.format(name), NAAN) == name


def test_hyphens_in_an_ark_mean_nothing():
    name = ids.mint(NAAN)
    assert ids.parse_ark(f"ark:99999/{name[:4]}-{name[4:]}", NAAN) == name


@given(PLACES, st.sampled_from(ids.ALPHABET))
def test_a_single_wrong_character_is_noticed(place, character):
    name = ids.mint(NAAN)
    place = min(place, len(name) - 1)
    wrong = name[:place] + character + name[place + 1 :]
    if wrong != name:
        with pytest.raises(NotFound, match="typing error"):
            ids.parse_ark(wrong, NAAN)


@given(PLACES)
def test_two_swapped_neighbours_are_noticed(place):
    name = ids.mint(NAAN)
    place = min(place, len(name) - 2)
    wrong = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    if wrong != name:
        with pytest.raises(NotFound):
            ids.parse_ark(wrong, NAAN)


@pytest.mark.parametrize("text", ["", "ark:99999/", "x", "ark:12345/r1bcd", "../../etc/passwd", "r1 b3", "ñ"])
def test_what_is_no_id_is_said_to_be_none(text):
    with pytest.raises(NotFound):
        ids.parse_ark(text, NAAN)
