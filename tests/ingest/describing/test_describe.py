"""Descriptions: which source says what, and what is devised where none does."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.description import Source, Statement, elements
from ingest.describing import TextEvidence, describe
from ingest.describing.from_file import embedded_statements, first_sentence, shorten
from ingest.describing.from_text import heading
from ingest.sheets.rows import ItemRow, Part

REPORT = (
    "EL RESCATE HUMAN RIGHTS DEPARTMENT\nREPORT FROM EL SALVADOR\nNovember 9-16, 1992\n\nTwo farm workers "
    "were captured in Tecoluca."
)
WEEK = TextEvidence(REPORT, "1992-11-09/1992-11-16", "November 9-16, 1992", ("eng",))


def row(**values):
    return ItemRow(
        2,
        "1",
        (Part("a.tif"),),
        statements=tuple(Statement(element, value, "spreadsheet", "metadata.csv") for element, value in values.items()),
    ).statements


def said(description):
    return {one.element: (one.value, one.source.value) for one in description}


def test_the_spreadsheet_goes_before_the_file_and_the_file_before_the_text():
    found = said(
        describe(
            row(title="Informe semanal"),
            [("title", "Weekly", "PDF Title"), ("creator", "Ficticia, Ana", "PDF Author")],
            WEEK,
        )
    )
    assert found["title"] == ("Informe semanal", "spreadsheet")
    assert found["creator"] == ("Ficticia, Ana", "file")
    assert found["date_edtf"] == ("1992-11-09/1992-11-16", "text")
    assert found["language"] == ("eng", "text")


def test_all_from_the_text():
    assert said(describe((), [], WEEK, file="a.tif")) == {
        "title": ("Report from El Salvador, November 9-16, 1992", "text"),
        "title_type": ("devised", "text"),
        "creator": ("El Rescate Human Rights Department", "text"),
        "date": ("November 9-16, 1992", "text"),
        "date_edtf": ("1992-11-09/1992-11-16", "text"),
        "language": ("eng", "text"),
        "genre": ("report", "text"),
        "dcmi_type": ("Text", "text"),
    }


def test_a_date_comes_whole_from_one_source():
    found = said(describe(row(date="sin fecha"), [("date_edtf", "1983-05-01", "IPTC 2:55")], WEEK))
    assert found["date"] == ("sin fecha", "spreadsheet") and "date_edtf" not in found
    found = said(describe((), [("date_edtf", "1983-05-01", "IPTC 2:55")], WEEK))
    assert found["date_edtf"] == ("1983-05-01", "file") and "date" not in found


def test_creators_keep_their_roles():
    found = describe(
        row(creator="Ficticia, Ana"),
        [("creator", "Inventado, Luis", "IPTC 2:80"), ("creator_role", "Fotógrafo", "IPTC 2:85")],
    )
    assert found.every("creator") == ("Ficticia, Ana",) and found.every("creator_role") == ()


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("1984", "1984"),
        ("[1984]", "1984"),
        ("12 de marzo de 1984", "1984-03-12"),
        ("March 1984.", "1984-03"),
        ("ca. 1982", "1982~"),
        ("[ca. 1982]", "1982~"),
        ("n.d.", ""),
        ("3/1/84", ""),
        ("March 1984, revised", ""),
        ("March 1984 and April 1985", ""),
    ],
)
def test_edtf_for_a_date_in_words(words, edtf):
    found = describe(row(date=words))
    assert found.first("date_edtf") == edtf
    if edtf:
        assert found.source_of("date_edtf") is Source.SPREADSHEET
        assert [one.detail for one in found if one.element == "date_edtf"] == [f"read from “{words}”"]


def test_the_title_is_devised_from_the_caption_then_the_page_then_the_name():
    caption = [("description", "La plaza vacía, Suchitoto. Foto de la colección.", "IPTC 2:120")]
    page = TextEvidence("CAPTURAN A DIRIGENTE\nEn Tecoluca …")
    assert said(describe((), caption, page, file="x.jpg"))["title"] == ("La plaza vacía, Suchitoto", "file")
    assert said(describe((), [], page, file="x.jpg"))["title"] == ("CAPTURAN A DIRIGENTE", "text")
    assert said(describe((), [("description", "A subject", "PDF Subject")], page, file="x.pdf"))["title"] == (
        "CAPTURAN A DIRIGENTE",
        "text",
    )
    found = describe((), [], file="box1/carta_del_comité.jpg")
    assert [(one.value, one.source.value, one.detail) for one in found] == [
        ("carta del comité", "file", "file name"),
        ("devised", "file", "file name"),
    ]


def test_a_title_of_the_spreadsheet_keeps_its_kind():
    assert describe(row(title="Boletín", title_type="formal")).first("title_type") == "formal"
    assert describe(row(title="Boletín")).first("title_type") == ""
    # A kind without a title says nothing of the title that is devised.
    assert describe(row(title_type="formal"), file="x.tif").first("title_type") == "devised"


def test_the_type_follows_the_genre():
    assert said(describe(row(genre="photograph")))["dcmi_type"] == ("StillImage", "spreadsheet")
    assert said(describe(row(genre="photograph", dcmi_type="Image")))["dcmi_type"] == ("Image", "spreadsheet")
    assert "dcmi_type" not in said(describe(row(genre="other")))


@pytest.mark.parametrize(
    ("page", "genre", "title"),
    [
        ("CHRONOLOGY OF EVENTS\nJANUARY 1989", "chronology", "Chronology of events, May 1984"),
        ("CHRONOLOGY OF EVENTS, JANUARY 1989", "chronology", "Chronology of events, May 1984"),
        ("El Rescate\nCRONOLOGÍA DE MARZO DE 1984", "chronology", "Cronología, May 1984"),
        (
            "EL RESCATE - DEPARTAMENTO DE DERECHOS HUMANOS\nINFORME DE INCIDENTE / INCIDENT REPORT -",
            "report",
            "Informe de incidente / Incident report, May 1984",
        ),
        ("EL RESCATE\n\nMEMORANDUM\nTO: All", "", "Memorandum, May 1984"),
    ],
)
def test_known_headings(page, genre, title):
    found = describe((), [], TextEvidence(page, "1984-05", "May 1984"))
    assert (found.first("genre"), found.first("title")) == (genre, title)


def test_languages_of_pages():
    assert describe((), [], TextEvidence(languages=("eng", "mul"))).every("language") == ("eng", "spa")
    assert describe((), [], TextEvidence(languages=("und",))).every("language") == ()
    assert describe(row(language="spa"), [], TextEvidence(languages=("eng",))).every("language") == ("spa",)


@pytest.mark.parametrize(
    "page", ["LA PRENSA GRAFICA\nSan Salvador, 3 de mayo\nCAPTURAN A DIRIGENTE", "La Prensa Gráfica\n"]
)
def test_a_masthead_makes_a_clipping(page):
    found = said(describe((), [], TextEvidence(page)))
    assert found["genre"] == ("clipping", "text") and found["publication"] == ("La Prensa Gráfica", "text")


@pytest.mark.parametrize(
    "page",
    [
        "The report from El Salvador says\nnothing of it.",
        "\n".join(["line of words"] * 8 + ["REPORT FROM EL SALVADOR"]),
        "Carta\nSegún\nLA PRENSA GRAFICA\nfue así",
        "",
    ],
)
def test_no_genre_where_no_rule_is_certain(page):
    assert describe((), [], TextEvidence(page)).first("genre") == ""


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (
            "14\n-- . --\nCAPTURAN A DOS DIRI-\nGENTES DE LA COOPERATIVA\nSAN SALVADOR, 3 de mayo",
            "CAPTURAN A DOS DIRIGENTES DE LA COOPERATIVA",
        ),
        ("Carta abierta\nA todos los pueblos", "Carta abierta"),
        ("~~ | ;. 1\n12/3\nii", ""),
        ("3 de mayo de 1984\nComunicado", "Comunicado"),
        ("LA PRENSA GRAFICA\nCierran la carretera", "Cierran la carretera"),
        ("", ""),
        ("word " * 60, None),
    ],
)
def test_headings(page, title):
    found = heading(page, "3 de mayo de 1984")
    assert found == title if title is not None else len(found) < 130 and found.endswith("…")


@pytest.mark.parametrize(
    ("element", "value", "detail"),
    [
        ("title", "Untitled", "PDF Title"),
        ("title", "Microsoft Word - carta.doc", "PDF Title"),
        ("title", "scan0001", "PDF Title"),
        ("title", "DSC_0042", "EXIF"),
        ("title", "carta.pdf", "PDF Title"),
        ("title", "2004-03-01 12", "PDF Title"),
        ("title", "905_Precinct_NoOU", "PDF Title"),
        ("creator", "Admin", "PDF Author"),
        ("creator", "HP Digital Sending Device", "PDF Author"),
        ("creator", "e516160", "PDF Author"),
        ("creator", "user1", "PDF Author"),
        ("description", "OLYMPUS DIGITAL CAMERA", "EXIF ImageDescription"),
        ("description", "Created with GIMP", "EXIF ImageDescription"),
        ("date_edtf", "2019-03-01", "EXIF DateTimeOriginal"),
        ("date_edtf", "not a date", "IPTC 2:55"),
        ("genre", "Nachricht", "XMP"),
        ("id", "7", "XMP"),
        ("access", "open", "XMP"),
        ("nonsense", "x", "XMP"),
        ("title", "  ", "PDF Title"),
    ],
)
def test_what_a_file_says_of_nothing(element, value, detail):
    assert embedded_statements([(element, value, detail)]) == ()


@pytest.mark.parametrize(
    ("element", "value", "detail"),
    [
        ("title", "Documento sobre la ofensiva", "XMP dc:title"),
        ("title", "Scanning the hills", "IPTC 2:05"),
        ("creator", "Canonista, Ana", "IPTC 2:80"),
        ("date_edtf", "1983-05-01", "EXIF DateTimeOriginal"),
        ("date_edtf", "2002-06-20", "IPTC 2:55"),
        ("description", "Sony's workers strike", "IPTC 2:120"),
    ],
)
def test_what_a_file_says_of_its_item(element, value, detail):
    assert embedded_statements([(element, value, detail)]) == (Statement(element, value, "file", detail),)


def test_a_title_that_is_the_files_name_is_none():
    assert embedded_statements([("title", "Carta 12", "PDF Title")], "box/carta 12.pdf") == ()


@pytest.mark.parametrize(
    ("caption", "sentence"),
    [
        ("La plaza. Suchitoto.", "La plaza"),
        ("El Dr. A. Inventado habla.", "El Dr. A. Inventado habla"),
        ("No. 4: la marcha. Foto.", "No. 4: la marcha"),
        ("x", "x"),
        ("¿Dónde están? Madres en la plaza.", "¿Dónde están"),
        ("at 3.30 p.m. the march began", "at 3.30 p.m. the march began"),
    ],
)
def test_first_sentences(caption, sentence):
    assert first_sentence(caption) == sentence


sources = st.lists(
    st.tuples(
        st.sampled_from(sorted(elements())),
        st.text(min_size=1),
        st.sampled_from(["IPTC 2:05", "PDF Title", "XMP dc:title"]),
    ),
    max_size=5,
)


@given(sources, st.text(), st.text(max_size=40), st.lists(st.sampled_from(["spa", "eng", "mul", "und"])))
def test_any_file_and_any_text(embedded, page, words, languages):
    """Every item has a title, of which it is said that it was devised; nothing that is said twice is said once more."""
    found = describe(
        (), embedded, TextEvidence(page, "1984" if words.strip() else "", words, tuple(languages)), file="box1/0001.tif"
    )
    assert found.first("title").strip() and found.first("title_type") == "devised"
    assert len(found.every("title")) == 1 and len(set(found.every("language"))) == len(found.every("language"))
    assert {one.source for one in found} <= {Source.FILE, Source.TEXT}
    assert all(one.detail and one.value == one.value.strip() for one in found)


@given(st.text())
def test_shortened(text):
    assert len(shorten(text)) <= 122 and (len(text) > 120 or shorten(text) == text)


def _values():
    with (Path(__file__).parent / "unsaid_values.tsv").open(encoding="utf-8") as table:
        return [tuple(row.values()) for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)]


@pytest.mark.parametrize(("element", "value", "said"), _values())
def test_what_devices_and_programs_write_says_nothing(element, value, said):
    where = "PDF Title" if element in ("title", "creator") else "EXIF ImageDescription"
    assert bool(embedded_statements([(element, value, where)])) == (said == "yes")


def test_a_day_that_a_person_wrote_is_no_default_of_a_clock():
    assert [one.value for one in embedded_statements([("date_edtf", "1980-01-01", "IPTC 2:55")])] == ["1980-01-01"]
