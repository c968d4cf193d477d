"""Names are split where somebody inverted them, and nowhere else."""

import csv
from pathlib import Path

import pytest

from archive.citation.names import Name, by_role, split
from archive.citation.source import Creator

with (Path(__file__).parent / "names.tsv").open(encoding="utf-8", newline="") as table:
    CASES = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["written"])
def test_persons_are_told_from_bodies_as_the_table_has_it(case):
    found = split(Creator(case["written"]))
    if case["family"]:
        assert found == Name(case["family"], case["given"], suffix=case["suffix"])
    else:
        assert found == Name(literal=case["written"].strip(", "))


def test_what_is_said_to_be_a_body_is_one():
    assert split(Creator("Socorro, Norte", is_corporate=True)) == Name(literal="Socorro, Norte")
    assert split(Creator(" Peña \n Ávila ,  Ana ")) == Name("Peña Ávila", "Ana")


def test_creators_in_one_cell_are_told_apart_with_their_role():
    found = by_role([Creator("Peña, Óscar; Ibáñez, Ángel;", "editor"), Creator("El Rescate\nTutela Legal")])
    assert found.editors == (Name("Peña", "Óscar"), Name("Ibáñez", "Ángel"))
    assert found.authors == (Name(literal="El Rescate"), Name(literal="Tutela Legal"))


def test_roles_are_heard_in_both_languages_and_an_unknown_one_is_an_author_s():
    found = by_role(
        [
            Creator("A", "Fotógrafa"),
            Creator("B", "traductor"),
            Creator("C", "EDITOR"),
            Creator("D", "?"),
            Creator("E", "donante"),
            Creator("F", "publisher"),
            Creator(" "),
        ]
    )
    assert [name.literal for name in found.authors] == ["A", "D"]
    assert [name.literal for name in found.translators + found.editors + found.publishers] == ["B", "C", "F"]
    assert found.others == ((Name(literal="E"), "donante"),)
