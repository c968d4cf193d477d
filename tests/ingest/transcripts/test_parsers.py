"""ALTO, hOCR and plain text onto the canvas: each form and version, and what is hostile."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.layout import Layout, TextBlock, TextLine, Word
from archive.preservation.alto import Origin, document
from ingest.transcripts import Delivered, NotUsable, alto, format_of, hocr, plain, read
from ingest.transcripts.pairing import candidates
from ingest.transcripts.written import placed

CANVAS = (2550, 3300)


def words(written, number=None, of=1, size=CANVAS, dpi=300.0):
    layout = placed(written.page(number, of), *size, dpi)
    return [(w.content, w.hpos, w.vpos, w.width, w.height, w.confidence) for w in layout.words()]


def alto_of(
    inside, unit="pixel", size='WIDTH="2550" HEIGHT="3300"', namespace="http://www.loc.gov/standards/alto/ns-v3#"
) -> bytes:
    return (
        f'<alto xmlns="{namespace}"><Description><MeasurementUnit>{unit}</MeasurementUnit></Description><Layout>'
        f'<Page ID="p" {size}><PrintSpace><ComposedBlock><TextBlock HPOS="1" VPOS="2" WIDTH="30" HEIGHT="40">{inside}'
        "</TextBlock></ComposedBlock></PrintSpace></Page></Layout></alto>"
    ).encode()


STRING = '<TextLine><String CONTENT="Sumpul" HPOS="{}" VPOS="{}" WIDTH="{}" HEIGHT="{}" WC="0.75"/></TextLine>'


@pytest.mark.parametrize(
    ("unit", "size", "box"),
    [
        ("pixel", 'WIDTH="2550" HEIGHT="3300"', (300, 600, 150, 30)),
        ("pixel", 'WIDTH="1275" HEIGHT="1650"', (150, 300, 75, 15)),
        ("pixel", "", (300, 600, 150, 30)),
        ("mm10", 'WIDTH="2159" HEIGHT="2794"', (254, 508, 127, 25.4)),
        ("mm10", "", (254, 508, 127, 25.4)),
        ("inch1200", "", (1200, 2400, 600, 120)),
    ],
)
@pytest.mark.parametrize(
    "namespace",
    ["", "http://schema.ccs-gmbh.com/ALTO", *(f"http://www.loc.gov/standards/alto/ns-v{n}#" for n in (2, 4))],
)
def test_every_unit_comes_to_the_same_pixels(unit, size, box, namespace):
    written = alto.parse(alto_of(STRING.format(*box), unit, size, namespace))
    assert words(written) == [("Sumpul", 300, 600, 150, 30, 0.75)]


def test_a_parted_word_has_its_hyphen_once_and_its_box():
    inside = (
        '<TextLine><String SUBS_TYPE="HypPart1" SUBS_CONTENT="asesinato" CONTENT="asesi" HPOS="10" VPOS="5" '
        'WIDTH="50" HEIGHT="9"/>'
        '<HYP CONTENT="-" HPOS="60" VPOS="5" WIDTH="5" HEIGHT="9"/></TextLine>'
        '<TextLine><String SUBS_TYPE="HypPart2" SUBS_CONTENT="asesinato" CONTENT="nato" HPOS="10" VPOS="20" '
        'WIDTH="40" HEIGHT="9"/>'
        '<SP/><String CONTENT=" "/><String CONTENT="en él"/></TextLine>'
    )
    assert [w[0] for w in words(alto.parse(alto_of(inside)))] == ["asesi-", "nato", "en", "él"]
    assert words(alto.parse(alto_of(inside)))[0][1:5] == (10, 5, 55, 9)
    assert words(alto.parse(alto_of(inside)))[2][2:5:2] == (
        2,
        40,
    )  # without a box of its own: that of what it stands in


def test_what_wrote_it():
    old = (
        b"<alto><Description><OCRProcessing><ocrProcessingStep><processingSoftware><softwareName>Lector</softwareName>"
        b"</processingSoftware></ocrProcessingStep></OCRProcessing></Description><Layout><Page/></Layout></alto>"
    )
    assert alto.parse(old).software == "Lector"


def test_pages_by_their_numbers_and_only_where_that_is_sure():
    def of(*numbers):
        pages = "".join(
            f'<Page PHYSICAL_IMG_NR="{n}"><TextBlock><TextLine><String CONTENT="w{n}"/></TextLine></TextBlock></Page>'
            for n in numbers
        )
        return alto.parse(f"<alto><Layout>{pages}</Layout></alto>".encode())

    assert [words(of(3, 1), n, 3)[0][0] for n in (1, 3)] == ["w1", "w3"]
    assert words(of(37, 38), 2, 2)[0][0] == "w38" and words(of(37))[0][0] == "w37"
    for pages, number, count, why in (
        ((1, 3), 2, 3, "no page 2"),
        ((37, 38), 1, 3, "which is which"),
        ((1, 2), None, 1, "should have one"),
    ):
        with pytest.raises(NotUsable, match=why):
            of(*pages).page(number, count)


HOCR = """<!DOCTYPE html><html><head><meta charset=utf-8><meta name='ocr-system' content='lector 3'>
<title>bbox</title></head><body>
<div class='ocr_page' title='image "a; bbox 9 9 9 9.tif"; bbox 0 0 1275 1650; ppageno 0'>
<div class='ocr_carea'><p class='ocr_par' lang='spa'>
<span class='ocr_line' title='bbox 50 50 400 80; baseline 0 0'>
<span class='ocrx_word' title='bbox 50 50 150 80; x_wconf 91'><strong>Chal&aacute;-</strong></span>
<span class=ocrx_word title="bbox 160 50 300 80">&lt;tenango&gt;</span><br></span></p><p class=ocr_par>
<span class='ocr_line' title='bbox 50 100 150 120'>Las Aradas</span></div></div>
<div class='ocr_page' title='bbox 0 0 1275 1650; ppageno 1'>
<span class='ocr_line' title='bbox 1 1 9 9'>dos</div></body>"""


def test_hocr_that_is_no_xml():
    written = hocr.parse(HOCR.encode())
    assert written.software == "lector 3" and len(written.pages) == 2
    assert words(written, 1, 2) == [
        ("Chalá-", 100, 100, 200, 60, 0.91),
        ("<tenango>", 320, 100, 280, 60, None),
        ("Las", 100, 200, 60, 40, None),
        ("Aradas", 180, 200, 120, 40, None),
    ]
    assert placed(written.page(1, 2), *CANVAS).text == "Chalá- <tenango>\n\nLas Aradas"
    assert [w[0] for w in words(written, 2, 2)] == ["dos"]


@pytest.mark.parametrize("codec", ["utf-8", "cp1252", "utf-16"])
def test_plain_text_of_any_encoding(codec):
    written = plain.parse("Morazán y\r\nPerquín\r\n\r\nniños\fdos\f".encode(codec))
    assert placed(written.page(1, 2), 100, 200).text == "Morazán y\nPerquín\n\nniños"
    assert words(written, 2, 2) == [("dos", 0, 0, 0, 0, None)]


word = st.builds(
    Word,
    st.text("abcáñ&<\"'-", min_size=1, max_size=8),
    st.integers(0, 900),
    st.integers(0, 1300),
    st.integers(1, 100),
    st.integers(1, 100),
    st.none() | st.integers(0, 1000).map(lambda n: n / 1000),
)
lines = st.lists(
    st.lists(word, min_size=1, max_size=4).map(lambda found: TextLine(tuple(found))), min_size=1, max_size=3
)
layouts = st.lists(lines.map(lambda found: TextBlock(tuple(found))), max_size=3).map(
    lambda found: Layout(1000, 1400, tuple(found))
)


@given(layouts)
def test_what_is_exported_as_alto_or_written_as_hocr_comes_back(layout):
    def span(w):
        sure = f"; x_wconf {w.confidence * 100}" if w.confidence is not None else ""
        content = w.content.replace("&", "&amp;").replace("<", "&lt;")
        return (
            f"<span class='ocrx_word' title='bbox {w.hpos} {w.vpos} {w.hpos + w.width} "
            f"{w.vpos + w.height}{sure}'>{content}</span>"
        )

    def nested(block, line, word):
        return "".join(
            block.format("".join(line.format(" ".join(map(word, one.words))) for one in part.lines))
            for part in layout.blocks
        )

    exported = document(layout, Origin("r1b3", "ark:99999/r1b3", "0001.tif", 7, reader="lector 3"))
    assert placed(alto.parse(exported).page(None, 1), 1000, 1400) == layout
    assert alto.parse(exported).software == "lector 3"
    marked = (
        "<div class=ocr_page title='bbox 0 0 1000 "
        f"1400'>{nested('<p class=ocr_par>{}</p>', '<span class=ocr_line>{}</span>', span)}</div>"
    )
    back = placed(hocr.parse(marked.encode()).page(None, 1), 1000, 1400)
    assert back.text == layout.text
    assert [w.confidence and round(w.confidence, 6) for w in back.words()] == [w.confidence for w in layout.words()]


@given(
    st.binary(max_size=300),
    st.sampled_from(["", "<alto>", "<div class='ocr_page' title='bbox 0 0 9 9'><p class=ocr_par>", "<html><"]),
)
def test_no_bytes_raise_anything_else(rest, start):
    for parse in (alto.parse, hocr.parse, plain.parse):
        with contextlib.suppress(NotUsable):
            placed(parse(start.encode() + rest).page(None, 1), 900, 1400)


BOMB = (
    '<!DOCTYPE alto [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><alto>&i;</alto>"
)


@pytest.mark.parametrize(
    "hostile",
    [
        BOMB,
        '<!DOCTYPE alto [<!ENTITY x SYSTEM "file:///etc/passwd">]><alto><Layout><Page ID="&x;"/></Layout></alto>',
        "<alto>" + "<a>" * 5000,
        '<?xml version="1.0" encoding="nonsense"?><alto/>',
        "",
    ],
)
def test_hostile_xml_is_not_used(hostile):
    with pytest.raises(NotUsable):
        alto.parse(hostile.encode())


def test_deep_nesting_is_no_trouble():
    deep = "<b>" * 200_000
    assert words(alto.parse((f"<alto><Layout><Page>{deep}{'</b>' * 200_000}</Page></Layout></alto>").encode())) == []
    assert [w[0] for w in words(hocr.parse(f"<div class=ocr_page><p class=ocr_par>{'<b>' * 20_000}dos".encode()))] == [
        "dos"
    ]


def test_a_file_too_large_is_never_read(tmp_path):
    huge = tmp_path / "0001.xml"
    with huge.open("wb") as file:
        file.write(b"<alto>")
        file.truncate(200 << 20)
    with pytest.raises(NotUsable, match="larger than 64 MiB"):
        read(Delivered(huge, format_of(huge), None, 1), *CANVAS)


def test_words_off_the_page_are_another_units():
    with pytest.raises(NotUsable, match="lie off the page"):
        words(alto.parse(alto_of(STRING.format(9000, 9000, 200, 50))))


@pytest.mark.parametrize(
    ("path", "of", "page"),
    [
        ("s/0001.xml", ["s/0001.tif"], None),
        ("s/0001.ALTO.xml", ["s/0001.tif"], None),
        ("s/0001.tif.xml", ["s/0001.tif"], None),
        ("s/0001.hocr", ["s/0001.tif"], None),
        ("s/alto/0001.xml", ["s/0001.tif"], None),
        ("ocr/0001.txt", ["s/0001.tif"], None),
        ("txt/deep/0007.txt", ["s/deep/0007.tif"], None),
        ("s/0001-12.txt", ["s/0001.tif"], 12),
        ("s/b-1.txt", ["s/b-1.png"], None),
        ("s/both.txt", ["s/both.jpg", "s/both.tif"], None),
        ("s/notes.txt", [], None),
        ("s/0001.doc", [], None),
        ("other/0001.txt", [], None),
        ("s/.txt", [], None),
    ],
)
def test_which_transcript_is_whose(path, of, page):
    masters = ["s/0001.tif", "s/deep/0007.tif", "s/b-1.png", "s/both.jpg", "s/both.tif"]
    found = candidates(map(Path, [*masters, path]))
    if not of:
        assert found == {}
    else:
        masters, number = found[Path(path)]
        assert sorted(one.as_posix() for one in masters) == of and number == page


def test_of_two_folders_with_such_a_master_it_is_of_neither():
    assert candidates(map(Path, ["x/a/0001.tif", "x/b/0001.tif", "x/alto/0001.xml"])) == {}


@pytest.mark.parametrize(
    ("name", "content", "format"),
    [
        ("a.xml", '\ufeff<?xml version="1.0"?>\n<!-- <ead> --><!DOCTYPE alto>\n<ns0:alto xmlns:ns0="x">', "ALTO"),
        ("b.xml", "<ead/>", ""),
        ("c.html", HOCR, "hOCR"),
        ("d.html", "<html><body>a page of the web</body></html>", ""),
        ("e.txt", "", "text"),
        ("f.txt", "\x00\x01", ""),
    ],
)
def test_a_transcript_is_known_by_its_content(tmp_path, name, content, format):
    (tmp_path / name).write_text(content, "utf-8")
    assert format_of(tmp_path / name) == format
