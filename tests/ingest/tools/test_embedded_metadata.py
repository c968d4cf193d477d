"""What images and PDFs say of themselves, from every place where programs write it."""

import struct

import pillow_heif
import pytest
from fpdf import FPDF
from PIL import Image, TiffImagePlugin

from ingest.tools import derivatives, embedded_metadata, iptc, masters, xmp
from ingest.tools.media_type import PDF
from tests.ingest.tools.pages import SETTINGS

XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 photoshop:DateCreated="1984-03-12T10:00:00" photoshop:City="Tecoluca">
<dc:title><rdf:Alt><rdf:li xml:lang="en">The march</rdf:li>
<rdf:li xml:lang="x-default">La marcha</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>Marta Solano</rdf:li><rdf:li>Luis Peña</rdf:li></rdf:Seq></dc:creator>
<dc:subject><rdf:Bag><rdf:li>desplazados</rdf:li></rdf:Bag></dc:subject>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def dataset(record, number, value):
    return bytes([0x1C, record, number]) + struct.pack(">H", len(value)) + value


def photograph(path, *datasets, **more):
    """A JPEG with an IPTC packet where Photoshop puts it."""
    packet = b"".join(dataset(*one) for one in datasets)
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(packet)) + packet + b"\0" * (len(packet) % 2)
    Image.new("RGB", (20, 20)).save(path, "JPEG", **more)
    segment = b"Photoshop 3.0\0" + resource
    jpeg = path.read_bytes()
    path.write_bytes(jpeg[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + jpeg[2:])
    return path


def said(path, kind="image/jpeg"):
    return [(element, value, where) for element, value, where in embedded_metadata.read(path, kind)]


def test_iptc_of_a_press_photograph(tmp_path):
    path = photograph(
        tmp_path / "x.jpg",
        (2, 5, b"Marcha"),
        (2, 80, b"Marta Solano"),
        (2, 85, b"Photographer"),
        (2, 55, b"19840312"),
        (2, 120, b"Familias salen de Tecoluca."),
        (2, 25, b"desplazados"),
        (2, 25, b"marchas"),
        (2, 90, b"Tecoluca"),
        (2, 95, b"San Vicente"),
        (2, 101, b"El Salvador"),
    )
    assert said(path) == [
        ("title", "Marcha", "IPTC 2:05"),
        ("creator", "Marta Solano", "IPTC 2:80"),
        ("creator_role", "Photographer", "IPTC 2:85"),
        ("date_edtf", "1984-03-12", "IPTC 2:55"),
        ("description", "Familias salen de Tecoluca.", "IPTC 2:120"),
        ("subject", "desplazados", "IPTC 2:25"),
        ("subject", "marchas", "IPTC 2:25"),
        ("place", "Tecoluca, San Vicente", "IPTC 2:90, 2:95"),
    ]


@pytest.mark.parametrize(
    "datasets",
    [
        [(1, 90, b"\x1b%G"), (2, 120, "Reunión en “San Carlos”".encode())],
        [(2, 120, "Reunión en “San Carlos”".encode())],
        [(2, 120, "Reunión en “San Carlos”".encode("cp1252"))],
    ],
)
def test_iptc_is_read_in_utf_8_and_in_latin_1(datasets, tmp_path):
    assert said(photograph(tmp_path / "x.jpg", *datasets)) == [("description", "Reunión en “San Carlos”", "IPTC 2:120")]


PACKET = dataset(2, 5, b"Marcha") + dataset(2, 120, b"Familias salen de Tecoluca, 12 de marzo.") + bytes(1)


def tiff(path, tag, kind, value):
    """A TIFF with a tag of that type (1 bytes, 4 numbers of four bytes, 7 undefined)."""
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags.tagtype[tag] = 7
    tags[tag] = value
    Image.new("L", (4, 4)).save(path, "TIFF", tiffinfo=tags)
    written = struct.pack("<HHL", tag, 7, len(value))
    assert path.read_bytes().count(written) == 1
    meant = struct.pack("<HHL", tag, kind, len(value) // (4 if kind == 4 else 1))
    path.write_bytes(path.read_bytes().replace(written, meant))
    return path


def turned(packet):
    """Each four bytes the other way round."""
    return b"".join(packet[place : place + 4][::-1] for place in range(0, len(packet), 4))


@pytest.mark.parametrize(
    "tag, kind, value",
    [
        (33723, 7, PACKET),
        (33723, 1, PACKET),
        (33723, 4, PACKET),
        (33723, 4, turned(PACKET)),
        (34377, 1, b"8BIM\x04\x04\0\0" + struct.pack(">I", len(PACKET)) + PACKET),
    ],
    ids=["undefined", "bytes", "numbers", "numbers turned round", "among Photoshop's resources"],
)
def test_iptc_of_a_tiff_wherever_and_however_it_stands(tag, kind, value, tmp_path):
    assert said(tiff(tmp_path / "x.tif", tag, kind, value), "image/tiff") == [
        ("title", "Marcha", "IPTC 2:05"),
        ("description", "Familias salen de Tecoluca, 12 de marzo.", "IPTC 2:120"),
    ]


@pytest.mark.parametrize(
    "packet",
    [
        b"\0\0" + PACKET,
        PACKET + b"\0\0\0",
        b"\x1c\x02\x78\x80\x04" + struct.pack(">I", 5) + b"larga" + dataset(2, 5, b"Marcha"),
        PACKET + b"\x1c\x02\x78\xff\xff" + b"\xff" * 100,
        PACKET + b"\x1c\x02\x50\x40\x00cut",
    ],
    ids=["bytes before", "bytes behind", "an extended dataset", "a length beyond belief", "cut off"],
)
def test_an_odd_packet_gives_what_is_whole(packet):
    assert iptc.parse(packet)["2:05"] == ["Marcha"]


@pytest.mark.parametrize(
    "places, expected",
    [
        ({90: b"Los Angeles", 95: b"California", 101: b"USA"}, "Los Angeles, California, USA"),
        ({101: b"El Salvador"}, "El Salvador"),
        ({92: b"San Carlos", 90: b"Tecoluca"}, "San Carlos, Tecoluca"),
        ({90: b"San Salvador", 95: b"San Salvador"}, "San Salvador"),
        ({90: b" ", 101: b"Honduras"}, "Honduras"),
    ],
)
def test_a_place_is_put_together(places, expected, tmp_path):
    path = photograph(tmp_path / "x.jpg", *((2, number, value) for number, value in places.items()))
    assert [value for element, value, _ in said(path) if element == "place"] == [expected]


@pytest.mark.parametrize(
    "written, edtf",
    [
        ("19840312", "1984-03-12"),
        ("19840300", "1984-03"),
        ("19840000", "1984"),
        ("00000000", ""),
        ("19841345", "1984"),
        ("19840230", "1984-02"),
        ("19850229", "1985-02"),
        ("19840229", "1984-02-29"),
        ("1984-03-12T10:00", "1984-03-12"),
        ("1984:03:12 10:00:00", "1984-03-12"),
        ("    ", ""),
        ("12031984", ""),
    ],
)
def test_dates_become_edtf_as_far_as_they_are_known(written, edtf):
    assert embedded_metadata.date_edtf(written) == edtf


def test_a_damaged_packet_gives_what_stands_before_the_damage():
    packet = dataset(2, 90, b"Tecoluca") + b"\x1c\x02\x78\xff\x00rest"
    assert iptc.parse(packet) == {"2:90": ["Tecoluca"]}
    assert iptc.parse(b"no packet") == {} == iptc.parse(b"")


def test_xmp_in_its_default_language_with_lists_and_attributes():
    assert xmp.parse(XMP) == {
        "photoshop:DateCreated": ["1984-03-12T10:00:00"],
        "photoshop:City": ["Tecoluca"],
        "dc:title": ["La marcha"],
        "dc:creator": ["Marta Solano", "Luis Peña"],
        "dc:subject": ["desplazados"],
    }


@pytest.mark.parametrize(
    "packet",
    [
        b"<broken",
        b"",
        b"\xff\xfe\x00",
        b"<!DOCTYPE x [<!ENTITY a 'b'><!ENTITY c '&a;&a;'>]><x>&c;</x>",
        b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>",
    ],
)
def test_damaged_and_hostile_xmp_says_nothing(packet):
    assert xmp.parse(packet) == {}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_xmp_is_found_in_every_format(kind, tmp_path):
    image = Image.new("RGB", (20, 20))
    more = {"tiffinfo": {700: XMP.encode()}} if kind == "TIFF" else {"xmp": XMP.encode()}
    if kind == "PNG":
        from PIL.PngImagePlugin import PngInfo

        more = {"pnginfo": PngInfo()}
        more["pnginfo"].add_itxt("XML:com.adobe.xmp", XMP)
    image.save(tmp_path / "x", kind, **more)
    assert ("title", "La marcha", "XMP dc:title") in said(tmp_path / "x", f"image/{kind.lower()}")


def test_exif_in_latin_1_and_in_utf_8(tmp_path):
    for encoding in ("utf-8", "cp1252"):
        exif = Image.Exif()
        exif[270] = "Reunión".encode(encoding)
        exif.get_ifd(0x8769)[36867] = "1984:03:12 10:00:00"
        Image.new("RGB", (20, 20)).save(tmp_path / "x.jpg", exif=exif)
        assert said(tmp_path / "x.jpg") == [
            ("description", "Reunión", "EXIF ImageDescription"),
            ("date_edtf", "1984-03-12", "EXIF DateTimeOriginal"),
        ]


def test_what_windows_wrote_and_the_comment_of_a_camera(tmp_path):
    exif = Image.Exif()
    for tag, text in (
        (40091, "La marcha"),
        (40093, "Solano, Marta;Peña, Luis"),
        (40094, "marchas;desplazados"),
        (40092, "En camino."),
    ):
        exif[tag] = text.encode("utf-16-le") + b"\0\0"
    Image.new("RGB", (20, 20)).save(tmp_path / "x.jpg", exif=exif)
    assert said(tmp_path / "x.jpg") == [
        ("title", "La marcha", "EXIF XPTitle"),
        ("creator", "Solano, Marta", "EXIF XPAuthor"),
        ("creator", "Peña, Luis", "EXIF XPAuthor"),
        ("subject", "marchas", "EXIF XPKeywords"),
        ("subject", "desplazados", "EXIF XPKeywords"),
        ("description", "En camino.", "EXIF XPComment"),
    ]


@pytest.mark.parametrize(
    "comment, expected",
    [
        (b"ASCII\0\0\0Salida de Tecoluca", "Salida de Tecoluca"),
        (b"UNICODE\0" + "Salida de Ahuachapán".encode("utf-16"), "Salida de Ahuachapán"),
        (bytes(8) + "Ahuachapán".encode(), "Ahuachapán"),
        (b"ASCII\0\0\0        ", ""),
        (b"no code", ""),
        (b"", ""),
    ],
)
def test_user_comments_in_their_encodings(comment, expected, tmp_path):
    exif = Image.Exif()
    exif.get_ifd(0x8769)[37510] = comment
    Image.new("RGB", (20, 20)).save(tmp_path / "x.jpg", exif=exif)
    assert [value for _, value, _ in said(tmp_path / "x.jpg")] == ([expected] if expected else [])


@pytest.mark.parametrize(
    "statement, expected",
    [
        ("https://creativecommons.org/licenses/by/4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("http://rightsstatements.org/vocab/InC/1.0/", "http://rightsstatements.org/vocab/InC/1.0/"),
        ("https://example.org/rights", None),
    ],
)
def test_a_licence_is_taken_by_its_address_and_nothing_else(statement, expected, tmp_path):
    packet = XMP.replace(
        "<dc:title>", f'<cc:license xmlns:cc="http://creativecommons.org/ns#" rdf:resource="{statement}"/><dc:title>'
    )
    Image.new("RGB", (20, 20)).save(tmp_path / "x.jpg", xmp=packet.encode())
    assert dict((element, value) for element, value, _ in said(tmp_path / "x.jpg")).get("rights_uri") == expected


@pytest.mark.parametrize("date", ["2010-12-12T23:30:00+01:00", "2010-12-12T00:30:00Z", "2010-12-12"])
def test_the_day_is_the_one_where_the_picture_was_taken(date, tmp_path):
    Image.new("RGB", (20, 20)).save(tmp_path / "x.jpg", xmp=XMP.replace("1984-03-12T10:00:00", date).encode())
    assert ("date_edtf", "2010-12-12", "XMP photoshop:DateCreated") in said(tmp_path / "x.jpg")


def test_coordinates_are_not_read_and_nothing_hidden_goes_into_the_image_that_is_shown(tmp_path):
    exif = Image.Exif()
    exif[270] = "secreto"
    exif.get_ifd(0x8825).update({1: "N", 2: (13.0, 41.0, 24.0), 3: "W", 4: (89.0, 11.0, 24.0)})
    Image.new("RGB", (20, 20)).save(tmp_path / "x.jpg", exif=exif, comment=b"secreto", xmp=b"<x>secreto</x>")
    assert [element for element, _, _ in said(tmp_path / "x.jpg")] == ["description"]
    (frame,) = masters.identify(tmp_path / "x.jpg", "image/jpeg", SETTINGS).frames
    canvas = masters.render(tmp_path / "x.jpg", "image/jpeg", frame)
    derivatives.write(
        canvas, tmp_path / "page.jpg", tmp_path / "small.jpg", image_width=2000, quality=80, thumbnail_width=240
    )
    for name in ("page.jpg", "small.jpg"):
        assert b"secreto" not in (tmp_path / name).read_bytes() and not dict(Image.open(tmp_path / name).getexif())


def test_heic_says_what_it_is(tmp_path):
    exif = Image.Exif()
    exif[270] = "Reunión".encode()
    pillow_heif.from_pillow(Image.new("RGB", (64, 64))).save(tmp_path / "x.heic", exif=exif.tobytes(), xmp=XMP.encode())
    assert {("title", "La marcha", "XMP dc:title")} <= set(said(tmp_path / "x.heic", "image/heic"))


def test_a_by_line_that_was_too_long_for_iptc_is_completed(tmp_path):
    long = "Comisión de Derechos Humanos de El Salvador"
    xmp_packet = XMP.replace("Marta Solano", long).encode()
    path = photograph(tmp_path / "x.jpg", (2, 80, long.encode()[:32]), xmp=xmp_packet)
    assert ("creator", long, "XMP dc:creator") in said(path)


def test_one_scheme_an_element(tmp_path):
    path = photograph(tmp_path / "x.jpg", (2, 80, b"M. Solano"), xmp=XMP.encode())
    assert [one for one in said(path) if one[0] == "creator"] == [("creator", "M. Solano", "IPTC 2:80")]


def test_the_information_of_a_pdf_without_its_dates(tmp_path):
    made = FPDF()
    made.add_page()
    made.set_title("Informe del año")
    made.set_author("Marta Solano")
    made.set_keywords("capturas; desplazados, San Vicente")
    made.output(str(tmp_path / "x.pdf"))
    assert said(tmp_path / "x.pdf", PDF) == [
        ("title", "Informe del año", "PDF Title"),
        ("creator", "Marta Solano", "PDF Author"),
        *(("subject", value, "PDF Keywords") for value in ("capturas", "desplazados", "San Vicente")),
    ]


@pytest.mark.parametrize(
    "content, kind", [(b"", PDF), (b"%PDF-1.4 broken", PDF), (b"II*\0broken", "image/tiff"), (b"text", "text/plain")]
)
def test_what_cannot_be_read_says_nothing_and_raises_nothing(content, kind, tmp_path):
    (tmp_path / "x").write_bytes(content)
    assert embedded_metadata.read(tmp_path / "x", kind) == []


def test_every_tag_has_an_element_of_the_spreadsheet_and_a_source():
    import csv
    from importlib import resources

    from archive.description import elements

    with resources.files("ingest.tools").joinpath("embedded_tags.tsv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert all(row["element"] in elements() and row["source"] for row in rows) and len(rows) > 30
