"""What is said of an item, as its pages are searched with it."""

from archive.description import Description, Statement
from archive.holdings import HeldItem
from archive.projection import description
from archive.record import Component, Container


def item(components=(), containers=(), **said) -> HeldItem:
    statements = [Statement(element, value, "spreadsheet") for element, value in said.items()]
    return HeldItem("i", said.get("id"), Description.of(statements), None, tuple(components), tuple(containers), ())


def words(held: HeldItem) -> list[str]:
    return [" ".join(passage.words) for passage in description(held)]


def test_the_title_comes_first_and_all_else_is_said_in_both_languages():
    held = item(
        containers=[Container(1, "box", "3"), Container(2, "folder", "7")],
        id="ER-M-0030",
        creator="Ayala Cruz, Berta",
        title="Refugiados en Colomoncagua",
        date="Mayo de 1983",
        date_edtf="1983-05",
        genre="photograph",
        place="Honduras",
    )
    assert words(held) == [
        "Refugiados en Colomoncagua",
        "Ayala Cruz, Berta",
        "Honduras",
        "ER-M-0030",
        "Mayo de 1983",
        "Fotografía",
        "caja 3 carpeta 7",
        "May 1983",
        "Photograph",
        "box 3 folder 7",
    ]
    assert {passage.language for passage in description(held)} == {None, "spa", "eng"}


def test_a_file_of_papers_lends_its_title_and_a_series_does_not():
    series, file = (
        Component(level, level, None, level, "", title)
        for level, title in (("series", "Chronologies"), ("file", "Sumpul, 1980"))
    )
    assert words(item([series, file])) == ["Sumpul, 1980"]


def test_what_says_nothing_is_no_word():
    assert words(item()) == [] and words(item(genre="other", date_edtf="XXXX")) == []
