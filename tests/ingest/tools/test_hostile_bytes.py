"""Bytes of any kind: parsers say little or nothing, masters raise what a person can read, and no more."""

import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from archive import dates
from archive.config import IngestSettings
from archive.errors import ScanError, ToolError
from ingest.tools import embedded_metadata, glyphs, iptc, masters, pdf, tesseract, xmp
from ingest.tools import media_type as kinds
from ingest.tools.glyphs import Glyph
from ingest.tools.placed import Placed
from ingest.tools.reading_order import blocks
from tests.ingest.tools.pages import pdf as make_pdf
from tests.ingest.tools.pages import text_at

SMALL = IngestSettings(max_pixels=2_000_000, pdf_dpi=72)


@given(st.binary(max_size=300))
def test_any_bytes_have_a_media_type(head):
    assert kinds.of_bytes(head) and kinds.name_of(kinds.of_bytes(head))


@given(st.binary(max_size=200), st.lists(st.binary(max_size=12), max_size=4))
def test_iptc_of_any_bytes(head, values):
    packet = b"".join(bytes([0x1C, 2, 25]) + len(value).to_bytes(2, "big") + value for value in values) + head
    found = iptc.parse(packet)
    # The whole datasets before the damage are kept, in order.
    assert len(found.get("2:25", [])) >= len([value for value in values if value])


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200)))
def test_xmp_of_anything_is_a_table(packet):
    assert isinstance(xmp.parse(packet), dict)


@given(st.one_of(st.text("0123456789-:T ", max_size=20), st.dates().map(str), st.text(max_size=20)))
def test_every_date_found_is_edtf(text):
    found = embedded_metadata.date_edtf(text)
    assert not found or dates.parse(found).edtf == found


@given(st.text(max_size=300))
def test_a_reply_is_a_layout_or_a_fault_of_the_tool(text):
    header = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
    for reply in (text, header + text, header + "1\t1\t0\t0\t0\t0\t0\t0\t9\t9\t-1\t\n" + text):
        try:
            assert tesseract.parse(reply, 9, 9).width == 9
        except ToolError as trouble:
            assert trouble.message


@given(st.floats(1, 20_000), st.floats(1, 20_000), st.integers(1_000_000, 100_000_000))
def test_the_canvas_of_a_pdf_page_stays_within_its_limits(width, height, pixels):
    dpi = pdf.canvas_dpi(width, height, 300, pixels)
    assert 0 < dpi <= 300
    assert width * height * (dpi / 72) ** 2 <= pixels * 1.001 and max(width, height) * dpi / 72 <= pdf.PAGE_SIDE * 1.001


places = st.integers(0, 500)


@given(
    st.lists(
        st.builds(
            lambda text, x, y, turn: Glyph(text, x, y, x + 6, y + 10, turn),
            st.sampled_from("aé1 "),
            places,
            places,
            st.integers(0, 3),
        ),
        max_size=40,
    )
)
def test_no_glyph_is_lost_or_invented(drawn):
    shown = list(glyphs.words(drawn))
    distinct = {(g.text, g.x0, g.top) for g in drawn if g.text.strip()}
    assert sum(len(word.text) for word in shown) <= sum(1 for g in drawn if g.text.strip())
    assert bool(shown) == bool(distinct)


@given(
    st.lists(
        st.builds(
            lambda text, x, y, w, turn: Placed(text, x, y, x + w, y + 20, turn),
            st.sampled_from(["uno", "dos"]),
            places,
            places,
            st.integers(1, 80),
            st.integers(0, 3),
        ),
        max_size=30,
    )
)
def test_reading_order_keeps_every_word_in_its_order(placed):
    words = [word for block in blocks(placed) for word in block.words()]
    assert [(word.content, word.hpos, word.vpos) for word in words] == [
        (one.content, one.left, one.top) for one in placed
    ]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A small master of every kind, as bytes."""
    found, picture = {}, Image.effect_noise((60, 40), 80)
    for kind, image, more in (
        ("TIFF", picture.convert("1"), {"compression": "group4"}),
        ("TIFF", picture.convert("I;16"), {}),
        ("TIFF", picture, {"save_all": True, "append_images": [picture] * 2}),
        ("JPEG", picture, {}),
        ("PNG", picture.convert("P"), {}),
        ("GIF", picture, {}),
        ("BMP", picture, {}),
        ("WEBP", picture, {}),
        ("JPEG2000", picture, {}),
    ):
        out = io.BytesIO()
        image.save(out, kind, **more)
        found[f"{kind} {len(found)}"] = out.getvalue()
    path = make_pdf(tmp_path_factory.mktemp("pdf") / "x.pdf", text_at(100, 500, "Tecoluca"), pages=2)
    return found | {"PDF": path.read_bytes()}


@settings(deadline=None, max_examples=150)
@given(seed=st.integers(0, 1 << 32))
def test_a_damaged_master_is_refused_or_read_and_nothing_else(seed, whole, tmp_path_factory):
    chance = random.Random(seed)
    content = bytearray(chance.choice(list(whole.values())))
    for _ in range(chance.choice((1, 3, 20))):
        content[chance.randrange(min(len(content), chance.choice((200, 100_000))))] = chance.randrange(256)
    path = tmp_path_factory.getbasetemp() / "damaged"
    path.write_bytes(content[: chance.choice((len(content), chance.randrange(len(content))))])
    kind = kinds.media_type(path)
    assert isinstance(embedded_metadata.read(path, kind), list)
    try:
        for frame in masters.identify(path, kind, SMALL).frames:
            assert frame.problem or masters.render(path, kind, frame).size == (frame.width, frame.height)
    except ScanError as refused:
        assert refused.message and refused.item and refused.remedy
