"""A page's extraction: mentions at their words, in the language and under the headings of the page."""

import pickle

from hypothesis import given
from hypothesis import strategies as st

from archive.dates import parse
from archive.layout import Layout, TextBlock, TextLine, Word
from ingest.extract import Context, extract


def layout(text):
    """A page of words: an empty line ends a block."""
    return Layout(
        1000,
        1000,
        tuple(
            TextBlock(
                tuple(
                    TextLine(tuple(Word(word, 0, 0, 10, 10) for word in line.split(" ") if word))
                    for line in block.split("\n")
                )
            )
            for block in text.split("\n\n")
        ),
    )


def said(extraction):
    return [(one.text.replace("\n", " "), getattr(one.value, "edtf", one.value)) for one in extraction.mentions]


REPORT = """EL RESCATE HUMAN RIGHTS DEPARTMENT
REPORT FROM EL SALVADOR
November 9-16, 1992

On November 10 troops captured two peasants in the hamlet (cantón) San
Juan Buenavista, jurisdiction of Tecoluca, department of San Vicente (1).

Their families, in El Rosario, have not been told where they are."""


def test_a_report():
    found = extract(layout(REPORT), "report")
    assert found.language == "eng"
    assert found.unit_date == parse("1992-11-09/1992-11-16")
    assert said(found) == [
        ("November 9-16, 1992", "1992-11-09/1992-11-16"),
        ("November 10", "1992-11-10"),
        (
            "hamlet (cantón) San Juan Buenavista, jurisdiction of Tecoluca, department of San Vicente",
            "san-vicente/tecoluca",
        ),
        ("El Rosario", None),
    ]


def test_mentions_name_their_words():
    found = extract(layout(REPORT), "report")
    words = [word.content for word in found.layout.words()]
    assert [" ".join(words[one.first_word : one.last_word + 1]) for one in found.mentions] == [
        "November 9-16, 1992",
        "November 10",
        "hamlet (cantón) San Juan Buenavista, jurisdiction of Tecoluca, department of San Vicente",
        "El Rosario,",
    ]
    assert [one.language for one in found.layout.blocks] == ["eng", "eng", "eng"]


def test_the_page_decides_a_repeated_name():
    text = REPORT + "\n\nOther families are in Olocuilta and Zacatecoluca."
    assert said(extract(layout(text), "report"))[3] == ("El Rosario", "la-paz/el-rosario")


def test_headings_date_what_follows_them():
    found = extract(
        layout(
            "CRONOLOGÍA DE EVENTOS\nMARZO 1984\n\nLUNES 12\n\n"
            "Fue capturado un campesino en Suchitoto.\n\nMARTES 13\n\nEl 11 de marzo fue asesinado otro."
        ),
        "chronology",
    )
    assert found.language == "spa"
    assert said(found) == [
        ("MARZO 1984", "1984-03"),
        ("LUNES 12", "1984-03-12"),
        ("Suchitoto", "cuscatlan/suchitoto"),
        ("MARTES 13", "1984-03-13"),
        ("11 de marzo", "1984-03-11"),
    ]


def test_the_description_is_context():
    page = layout("On November 10 troops captured two peasants.")
    assert said(extract(page)) == [("November 10", None)]
    assert said(extract(page, context=Context(date=parse("1992-11-09/1992-11-16")))) == [("November 10", "1992-11-10")]


def test_an_empty_page():
    found = extract(Layout(10, 10))
    assert (found.language, found.mentions, found.unit_date) == ("und", (), None)


WORDS = [
    "12",
    "de",
    "marzo",
    "1984",
    "LUNES",
    "San",
    "Miguel",
    "en",
    "the",
    "November",
    "9-16,",
    "1992",
    "El",
    "Rosario,",
    "departamento",
    "La",
    "Paz",
    "3/4/84",
    "Marzo",
    "\n",
    "\n\n",
    "los",
    "soldados",
    "November\n",
    "fi",
    "ﬁn",
]


@given(
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
    st.sampled_from(["report", "chronology", "clipping", "photograph", "other", None]),
)
def test_every_mention_stands_where_it_says(text, genre):
    page = layout(text)
    found = extract(page, genre)
    assert found.layout.text == page.text
    words = list(page.words())
    for one in found.mentions:
        assert page.text[one.start : one.end] == one.text
        covered = " ".join(word.content for word in words[one.first_word : one.last_word + 1])
        assert " ".join(one.text.split()) in covered
        assert one.text.split()[0] in words[one.first_word].content
        assert one.text.split()[-1] in words[one.last_word].content
    assert pickle.loads(pickle.dumps(found)) == found
