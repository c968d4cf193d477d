"""Text layers of every quality in whole PDFs made here: which are taken, and why the others are not."""

import pytest

from archive.errors import Unreadable
from ingest.tools import masters, pdf_text
from ingest.tools.media_type import PDF
from tests.ingest.tools.pages import SETTINGS, pdf, scan, text_at, written

LINES = [
    "El día 12 de marzo fueron capturados",
    "en el cantón San Carlos dos campesinos",
    "cuyos nombres se ignoran todavía",
    "por efectivos de la Segunda Brigada",
    "según informó la oficina parroquial",
]
POOR = [
    "E1 d1; l2 dc m4rzo fuc;on c@pturad0s",
    "cn ei cant0n 5an Car1os d0s camp;sinos",
    "cuy0s n0mbr;s s; ignor4n t0dav1a",
    "p0r ef;ctiv0s d; 1a S3gunda 8rigada",
    "s;gun inf0rm0 la 0f1cina parr0quia1",
]
PLACES = [(72, 700 - 40 * number) for number in range(5)]
PICTURE = scan([(*place, line) for place, line in zip(PLACES, LINES, strict=True)])
EMPTY = scan([])
SHOWN = "q 612 0 0 792 0 0 cm /Im Do Q\n"
#: 16 pixels of the picture are 11.5 points; the letters of its typeface are a little wider than Helvetica's.
SIZE = 11.5


def laid(lines=tuple(LINES), *, across=0.0, down=0.0, wide=100, render=3):
    """The lines at their places, moved by so many points and stretched to so many hundredths of their breadth."""
    return "".join(
        f"{wide} Tz " + text_at(x + across, y - down, line, SIZE, render)
        for (x, y), line in zip(PLACES, lines, strict=False)
    )


def of(tmp_path, content, picture=None, **more):
    """Why the layer of a page is not taken; empty where it is."""
    if picture is not None:
        more |= {"resources": "/XObject << /Im 6 0 R >>", "objects": [picture]}
        content = SHOWN + content
    path = pdf(tmp_path / "x.pdf", content, **more)
    frame = masters.identify(path, PDF, SETTINGS).frames[0]
    return pdf_text.fault(pdf_text.read(path, frame), masters.render(path, PDF, frame))


BAR = "0 g 72 655 250 16 re f\n"
CASES = [
    ("typeset", laid(render=0), None, ""),
    ("a good reading under a scan", laid(), PICTURE, ""),
    ("a poor reading under a scan", laid(POOR), PICTURE, "looks like words"),
    ("no words under a scan", "", PICTURE, "no text layer"),
    ("blanks under a scan", laid(["     "] * 5), PICTURE, "no text layer"),
    ("a stamp over a scan", text_at(400, 30, "Rescate 000012", 9, 0), PICTURE, "covers only"),
    ("half of the lines", laid(LINES[:2]), PICTURE, "covers only"),
    ("moved down by half a line", laid(down=20), PICTURE, "where nothing is printed"),
    ("moved aside", laid(across=250), PICTURE, "where nothing is printed"),
    ("stretched beyond its lines", laid(wide=160), PICTURE, "where nothing is printed"),
    ("moved off the page", laid(across=560), PICTURE, "outside the page"),
    ("words on an empty scan", laid(), EMPTY, "where nothing is printed"),
    ("white words on white paper", "1 g " + laid(render=0), None, "where nothing is printed"),
    ("hidden words beside typeset ones", laid(render=0) + laid(down=300), None, "where nothing is printed"),
    ("words under a black bar", laid(render=0) + BAR, None, "black bars"),
    ("a black bar over a scan", laid() + BAR, PICTURE, "black bars"),
    (
        "white words on a black bar",
        BAR + "1 g " + text_at(80, 659, "Informe semanal del Departamento", SIZE, 0),
        None,
        "",
    ),
]


@pytest.mark.parametrize("name, content, picture, expected", CASES, ids=[case[0] for case in CASES])
def test_which_layers_are_taken(name, content, picture, expected, tmp_path):
    said = of(tmp_path, content, picture)
    assert expected in said if expected else not said


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_good_and_a_displaced_layer_on_turned_pages(rotate, tmp_path):
    assert of(tmp_path, laid(), PICTURE, rotate=rotate) == ""
    assert "where nothing is printed" in of(tmp_path, laid(down=20), PICTURE, rotate=rotate)


def test_a_font_whose_table_of_characters_is_wrong(tmp_path):
    """Glyphs that look right and say something else: the text is that of the table, and no word."""
    table = (
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
        b"1 beginbfrange <20> <7E> <%s> endbfrange endcmap end"
    )
    for first, expected in ((b"F020", "glyphs without a character"), (b"00A1", "looks like words")):
        written_table = table % first
        path = written(
            tmp_path / "x.pdf",
            [
                b"<< /Type /Catalog /Pages 2 0 R >>",
                b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R /Resources << /Font << /F1 "
                b"4 0 R >> >> >>",
                b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
                (lambda text: b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text))(
                    laid(render=0).encode("cp1252")
                ),
                b"<< /Length %d >>\nstream\n%s\nendstream" % (len(written_table), written_table),
            ],
        )
        (frame,) = masters.identify(path, PDF, SETTINGS).frames
        assert expected in pdf_text.fault(pdf_text.read(path, frame), masters.render(path, PDF, frame))


def test_in_a_mixed_document_each_page_is_judged_by_itself(tmp_path):
    streams = [laid(render=0), SHOWN, SHOWN + laid(), SHOWN + laid(POOR), ""]
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count 5 >>" % b" ".join(b"%d 0 R" % (5 + n) for n in range(5)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        PICTURE,
    ]
    objects += [
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> "
        b"/XObject << /Im 4 0 R >> >> >>" % (10 + n)
        for n in range(5)
    ]
    objects += [
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(s.encode("cp1252")), s.encode("cp1252")) for s in streams
    ]
    path = written(tmp_path / "x.pdf", objects)
    said = [
        pdf_text.fault(pdf_text.read(path, frame), masters.render(path, PDF, frame))
        for frame in masters.identify(path, PDF, SETTINGS).frames
    ]
    assert said[:3] == ["", "no text layer", ""] and "looks like words" in said[3] and said[4] == "no text layer"


FIELD = (
    b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (nombre) /V (%s) /Rect [72 500 400 520] /F 4 /DA (/F1 12 Tf 0 g) "
    b"/AP << /N 7 0 R >> >>"
)
LOOK = (
    b"<< /Subtype /Form /BBox [0 0 328 20] /Resources << /Font << /F1 4 0 R >> >> /Length 40 >>\nstream\nBT /F1 "
    b"12 Tf 2 5 Td (Marta Solano) Tj ET \nendstream"
)


@pytest.mark.parametrize("value, expected", [(b"Marta Solano", "fields filled in"), (b"", "")])
def test_what_is_filled_into_a_form_is_drawn_and_not_missed(value, expected, tmp_path):
    text = laid(render=0).encode("cp1252")
    path = written(
        tmp_path / "x.pdf",
        [
            b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] /DR << /Font << /F1 4 0 R >> >> /DA (/F1 "
            b"12 Tf 0 g) >> >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R /Annots [6 0 R] /Resources << "
            b"/Font << /F1 4 0 R >> >> >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
            FIELD % value,
            LOOK,
        ],
    )
    (frame,) = masters.identify(path, PDF, SETTINGS).frames
    image = masters.render(path, PDF, frame)
    said = pdf_text.fault(pdf_text.read(path, frame), image)
    assert expected in said if expected else not said
    if value:
        assert image.convert("L").crop((300, 1140, 1600, 1210)).getextrema()[0] < 100


LOST = (
    b"<< /Subtype /Image /Width 100 /Height 100 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /%s /Length 4 >>\n"
    b"stream\njunk\nendstream"
)


@pytest.mark.parametrize(
    "content, picture, lost",
    [
        (SHOWN, LOST % b"DCTDecode", True),
        (SHOWN, LOST % b"JPXDecode", True),
        (SHOWN, b"null", True),
        (
            SHOWN,
            b"<< /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 "
            b">>\nstream\n\xff\nendstream",
            False,
        ),
        ("q Q", b"null", False),
        ("BT /F1 12 Tf ( ) Tj ET", b"null", False),
        ("", b"null", False),
        ("1 g 0 0 99 99 re f", b"null", False),
        (text_at(72, 700, "oculto", 12, 3), b"null", False),
    ],
)
def test_a_page_that_cannot_be_drawn_is_told_from_a_blank_one(content, picture, lost, tmp_path):
    path = pdf(tmp_path / "x.pdf", content, resources="/XObject << /Im 6 0 R >>", objects=[picture])
    (frame,) = masters.identify(path, PDF, SETTINGS).frames
    if not lost:
        assert masters.render(path, PDF, frame).getextrema() == (255, 255)
        return
    with pytest.raises(Unreadable, match="should show a picture"):
        masters.render(path, PDF, frame)
