"""Names are split where somebody inverted them, and nowhere else."""

import pytest

from archive.citation.names import Name, by_role, split
from archive.citation.source import Creator


@pytest.mark.parametrize(("written", "corporate", "expected"), [
    ("Peña Ávila, Ana María", False, Name("Peña Ávila", "Ana María")),
    ("de la Cruz, Juana", False, Name("de la Cruz", "Juana")),
    ("Peña, Ana, Lic.", False, Name("Peña", "Ana, Lic.")),
    ("Ana María Peña Ávila", False, Name(literal="Ana María Peña Ávila")),
    ("El Rescate", True, Name(literal="El Rescate")),
    ("Socorro, Norte", True, Name(literal="Socorro, Norte")),
    ("Peña,", False, Name(literal="Peña")),
    (", Ana", False, Name(literal="Ana")),
    (" Peña \n Ávila ,  Ana ", False, Name("Peña Ávila", "Ana")),
])
def test_a_comma_alone_tells_the_surname(written, corporate, expected):
    assert split(Creator(written, is_corporate=corporate)) == expected


def test_roles_are_heard_in_both_languages_and_an_unknown_one_is_an_author_s():
    found = by_role([Creator("A", "Fotógrafa"), Creator("B", "traductor"), Creator("C", "EDITOR"), Creator("D", "?"),
                     Creator("E", "donante"), Creator("F", "publisher"), Creator(" ")])
    assert [name.literal for name in found.authors] == ["A", "D"]
    assert [name.literal for name in found.translators + found.editors + found.publishers] == ["B", "C", "F"]
    assert found.others == ((Name(literal="E"), "donante"),)
