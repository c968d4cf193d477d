"""Embedded text lands where it is drawn, in the order it is read; bad layers are told from good ones."""

import pytest
from PIL import Image, ImageDraw, ImageOps

from archive.layout import Layout
from archive.record import Frame
from ingest.tools import masters, pdf_text
from ingest.tools.media_type import PDF
from ingest.tools.pdf_text import Layer, fault
from ingest.tools.placed import Placed
from ingest.tools.reading_order import blocks
from tests.ingest.tools.pages import SETTINGS, pdf, text_at

#: Pixels at 300 DPI that a glyph's side bearing takes at 24 points.
BEARING = 10


def layer_of(path, number=1):
    frame = masters.identify(path, PDF, SETTINGS).frames[number - 1]
    return pdf_text.read(path, frame), masters.render(path, PDF, frame)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize(
    "media, crop",
    [
        ((0, 0, 612, 792), None),
        ((0, 0, 612, 792), (60, 100, 500, 700)),
        ((-100, 50, 512, 842), None),
        ((-100, 50, 512, 842), (-20, 90, 412, 810)),
        ((0, 0, 612, 792), (-50, -50, 700, 900)),
        ((612, 792, 0, 0), None),
    ],
)
def test_a_word_lies_where_its_ink_is(rotate, media, crop, tmp_path):
    path = pdf(tmp_path / "x.pdf", text_at(150, 400, "Tecoluca"), media=media, crop=crop, rotate=rotate)
    layer, image = layer_of(path)
    (word,) = layer.layout.words()
    left, top, right, bottom = ImageOps.invert(image).getbbox()
    assert word.content == "Tecoluca" and word.confidence is None
    # Along the line the box ends with the ink; across it, it has the height of the font.
    assert word.hpos - 2 <= left and word.vpos - 2 <= top
    assert word.hpos + word.width + 2 >= right and word.vpos + word.height + 2 >= bottom
    along = (
        (left - word.hpos, word.hpos + word.width - right)
        if rotate in (0, 180)
        else (top - word.vpos, word.vpos + word.height - bottom)
    )
    assert max(along) <= BEARING
    assert word.width * word.height < 3 * (right - left) * (bottom - top)


def test_text_cropped_away_is_not_read(tmp_path):
    content = text_at(150, 400, "dentro") + text_at(20, 20, "fuera")
    layer, _ = layer_of(pdf(tmp_path / "x.pdf", content, crop=(60, 100, 500, 700)))
    assert layer.layout.text == "dentro" and layer.outside == 0.5


def test_columns_are_read_one_after_the_other(tmp_path):
    lines = [
        text_at(x, 700 - 14 * n, f"{side} linea {n}", 11)
        for side, x in (("izquierda", 60), ("derecha", 320))
        for n in range(3)
    ]
    layer, _ = layer_of(pdf(tmp_path / "x.pdf", "".join(lines)))
    assert layer.layout.text == "\n".join(f"izquierda linea {n}" for n in range(3)) + "\n\n" + "\n".join(
        f"derecha linea {n}" for n in range(3)
    )


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_lines_and_paragraphs_in_every_direction(rotate, tmp_path):
    content = text_at(60, 700, "San Carlos", 11) + text_at(60, 686, "el 12", 11) + text_at(60, 640, "de marzo", 11)
    layer, _ = layer_of(pdf(tmp_path / "x.pdf", content, rotate=rotate))
    assert layer.layout.text == "San Carlos\nel 12\n\nde marzo"


def test_what_is_printed_twice_to_look_bold_is_read_once(tmp_path):
    content = text_at(60, 700, "Informe semanal") + text_at(60.4, 700, "Informe semanal") + text_at(60, 600, "Informe")
    layer, _ = layer_of(pdf(tmp_path / "x.pdf", content))
    assert layer.layout.text == "Informe semanal\n\nInforme"


def test_a_gap_makes_a_new_paragraph(tmp_path):
    content = text_at(60, 700, "uno", 11) + text_at(60, 686, "dos", 11) + text_at(60, 640, "tres", 11)
    layer, _ = layer_of(pdf(tmp_path / "x.pdf", content))
    assert layer.layout.text == "uno\ndos\n\ntres"


def test_accents_come_through(tmp_path):
    layer, _ = layer_of(pdf(tmp_path / "x.pdf", text_at(60, 700, "Día: capturó a niños; ¿dónde? §3", 11)))
    assert layer.layout.text == "Día: capturó a niños; ¿dónde? §3"


def test_each_page_has_its_own_text_and_a_page_without_has_none(tmp_path):
    path = pdf(tmp_path / "x.pdf", text_at(60, 700, "siempre"), pages=3)
    assert [layer_of(path, number)[0].layout.text for number in (1, 2, 3)] == ["siempre"] * 3
    layer, image = layer_of(pdf(tmp_path / "y.pdf", ""))
    assert layer == Layer(Layout(image.width, image.height)) and fault(layer) == "no text layer"


def test_a_layer_that_takes_for_ever_is_given_up(tmp_path, monkeypatch):
    def endless(*_, **__):
        while True:
            pass

    monkeypatch.setattr(pdf_text, "SECONDS", 0.2)
    monkeypatch.setattr("pdfplumber.page.Page.parse_objects", endless)
    layer, _ = layer_of(pdf(tmp_path / "x.pdf", text_at(60, 700, "siempre")))
    assert layer.problem == "the text layer took longer than 0.2 seconds" and not layer.layout.blocks


@pytest.mark.parametrize("raised", [RecursionError, KeyError, AssertionError, MemoryError])
def test_a_damaged_layer_is_a_problem_and_no_error(raised, tmp_path, monkeypatch):
    def damaged(*_, **__):
        raise raised

    monkeypatch.setattr("pdfplumber.page.Page.parse_objects", damaged)
    layer, _ = layer_of(pdf(tmp_path / "x.pdf", text_at(60, 700, "siempre")))
    assert layer.problem == f"the text layer is damaged ({raised.__name__})"


def runs(*parts):
    """Content that sets (words, size, rise) one after the other."""
    return (
        "BT /F1 11 Tf 60 700 Td "
        + " ".join(f"/F1 {size} Tf {rise} Ts ({words}) Tj" for words, size, rise in parts)
        + " ET\n"
    )


@pytest.mark.parametrize(
    "parts, expected",
    [
        (
            [
                ("El Mozote", 11, 0),
                ("12", 7, 5),
                (" fue denunciada por Tutela Legal", 11, 0),
                ("3", 7, 5),
                (".", 11, 0),
            ],
            "El Mozote 12 fue denunciada por Tutela Legal 3.",
        ),
        ([("12", 7, 5), ("Archivo de la oficina", 11, 0)], "12 Archivo de la oficina"),
        ([("Tutela Legal.", 11, 0), ("3", 7, 4), (" Otro", 11, 0)], "Tutela Legal. 3 Otro"),
        ([("H", 11, 0), ("2", 7, -3), ("O", 11, 0)], "H2O"),
        ([("1", 11, 0), ("er", 7, 5)], "1er"),
        ([("N", 11, 0), ("o", 7, 5), ("12", 11, 0)], "No12"),
        ([("10", 11, 0), ("6", 7, 5)], "106"),
        ([("Mozote12", 11, 0)], "Mozote12"),
        ([("20 km", 11, 0), ("2", 7, 5), (".", 11, 0)], "20 km2."),
    ],
    ids=str,
)
def test_a_raised_number_is_none_of_its_word(parts, expected, tmp_path):
    assert layer_of(pdf(tmp_path / "x.pdf", runs(*parts)))[0].layout.text == expected


@pytest.mark.parametrize("spacing", [2, 4, 6])
def test_headings_set_wide_are_words(spacing, tmp_path):
    content = f"{spacing} Tc " + text_at(60, 700, "COMUNICADO OFICIAL", 12) + "0 Tc " + text_at(60, 600, "J. M. R.", 12)
    assert layer_of(pdf(tmp_path / "x.pdf", content))[0].layout.text == "COMUNICADO OFICIAL\n\nJ. M. R."


GOOD = [
    "El",
    "día",
    "12",
    "de",
    "marzo",
    "fueron",
    "capturados",
    "en",
    "el",
    "cantón",
    "San",
    "Carlos",
    "dos",
    "campesinos",
    "cuyos",
    "nombres",
    "se",
    "ignoran",
]
POOR = [
    "E1",
    "dl~",
    "l2",
    "dc",
    "m4rzo",
    "fuc;on",
    "c@pturad0s",
    "cn",
    "ei",
    "cant0n",
    "5an",
    "Car1os",
    "d0s",
    "camp;sinos",
    "cuy0s",
    "n0mbr;s",
    "s;",
    "ignor4n",
]


def laid(words, width=1700, height=2200, lines=40):
    """The words set on a scan, over and over, each with a box of its own, and the scan."""
    image = Image.new("L", (width, height), 235)
    draw = ImageDraw.Draw(image)
    placed = []
    for line in range(lines):
        x = 150
        for word in words[:12]:
            across = 12 * len(word)
            placed.append(Placed(word, x, 150 + 45 * line, x + across, 180 + 45 * line))
            for n in range(len(word)):
                draw.rectangle([x + 12 * n, 153 + 45 * line, x + 12 * n + 6, 177 + 45 * line], fill=40)
            x += across + 15
    return placed, image


def as_layer(placed, image, **more):
    return Layer(Layout(image.width, image.height, blocks(placed)), **more)


def test_a_good_layer_on_a_scan_is_taken():
    placed, image = laid(GOOD)
    assert fault(as_layer(placed, image, image_cover=1.0), image) == ""


def test_a_poor_reading_under_a_scan_is_not_taken_but_odd_words_of_a_typeset_page_are():
    placed, image = laid(POOR)
    assert "looks like words" in fault(as_layer(placed, image, image_cover=1.0), image)
    codes, image = laid([*GOOD[:8], "XJ-12/9b", "a1b2", "c3d4"])
    assert fault(as_layer(codes, image)) == ""


def test_a_stamped_header_on_a_scan_is_no_layer():
    placed, image = laid(GOOD)
    said = fault(as_layer(placed[:12], image, image_cover=1.0), image)
    assert said == "the text layer covers only 2% of what stands on the scan"


@pytest.mark.parametrize(
    "words, said",
    [
        (["(cid:12)(cid:13)", *GOOD], "glyphs without a character"),
        (["\ufffd\ufffd\ufffd", *GOOD], "glyphs without a character"),
        (["\ue001\ue002\ue003", *GOOD], "glyphs without a character"),
        (["&%$#", "}{~^", "§±×÷", "<>|=", "¬¦¤"] * 3, "looks like words"),
    ],
)
def test_fonts_without_an_encoding(words, said):
    placed = [Placed(word, 100, 100 + 40 * n, 300, 130 + 40 * n) for n, word in enumerate(words)]
    assert said in fault(as_layer(placed, Image.new("L", (1700, 2200))))


def test_text_off_the_page():
    placed, image = laid(GOOD)
    assert fault(as_layer(placed, image, outside=0.4)) == "40% of the text layer lies outside the page"


@pytest.mark.parametrize(
    "word, like",
    [
        ("ejército", True),
        ("San", True),
        ("FMLN", True),
        ("“capturó", True),
        ("personas.", True),
        ("1984", True),
        ("12:30", True),
        ("3a", True),
        ("Sr.", True),
        ("y", True),
        ("—", True),
        ("O’Brien", True),
        ("Tecoluca,", True),
        ("mid-day", True),
        ("capTurado", False),
        ("c4pturado", False),
        ("brt", False),
        ("x", False),
        ("|~;", True),
        ("|~;:", False),
        ("jjj;jj", False),
    ],
)
def test_what_looks_like_a_word(word, like):
    assert pdf_text.is_word_like(word) is like


def test_a_page_of_another_size_than_its_canvas(tmp_path):
    path = pdf(tmp_path / "x.pdf", text_at(60, 700, "siempre"))
    assert pdf_text.read(path, Frame(1, 1000, 3300, 300.0)).problem == "the text layer is of another page size"
    assert pdf_text.read(path, Frame(1, 2550, 3300, 300.0)).problem == ""
