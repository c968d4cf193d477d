"""What a page is to Tesseract: level, and with letters large enough; its words stand where their ink is on the
canvas."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from archive.config import IngestSettings
from archive.layout import Layout, TextBlock, TextLine, Word
from archive.record import Frame
from ingest.page.prepare import Prepared, prepared
from ingest.tools.lines import lines

SETTINGS = IngestSettings()


def typed(width: int = 850, height: int = 1100, pitch: int = 24) -> Image.Image:
    """A page of lines of strokes, which is all that an estimate of lines sees of letters."""
    page, chance = Image.new("L", (width, height), 235), random.Random(3)
    draw = ImageDraw.Draw(page)
    for top in range(pitch * 3, height - pitch * 3, pitch):
        for left in range(width // 10, width - width // 10 - chance.randrange(width // 4), max(2, pitch // 3)):
            if chance.random() < 0.85:
                draw.rectangle([left, top, left + pitch // 8, top + pitch // 2], fill=30)
    return page


@pytest.mark.parametrize("slant", [0, 0.4, -1.3, 3, -7, 12, -15])
def test_the_slant_of_lines_is_found(slant):
    page = typed().rotate(-slant, Image.Resampling.BICUBIC, expand=True, fillcolor=235)
    assert lines(page).slant == pytest.approx(slant, abs=0.25)


@pytest.mark.parametrize("pitch", [14, 24, 40])
def test_the_distance_of_lines_is_found(pitch):
    assert lines(typed(pitch=pitch)).pitch == pytest.approx(pitch, abs=1)


@pytest.mark.parametrize(
    "image",
    [
        Image.new("L", (800, 1000), 255),
        Image.new("1", (3, 3), 1),
        Image.new("L", (1, 900), 0),
        Image.effect_noise((600, 500), 20),
    ],
    ids=["blank", "tiny", "thread", "noise"],
)
def test_what_has_no_lines_is_left_as_it_is(image):
    page = prepared(image, Frame(1, *image.size), SETTINGS)
    assert (page.image, page.scale, page.slant) == (image, 1.0, 0.0)


def test_small_letters_are_enlarged_and_large_pages_shrunk():
    small = prepared(typed(pitch=14), Frame(1, 850, 1100, 100.0), SETTINGS)
    assert small.scale == 4 and small.image.size == (3400, 4400) and small.dpi == 400
    assert prepared(typed(pitch=40), Frame(1, 850, 1100, 100.0), SETTINGS).scale == 1
    large = Image.new("L", (9000, 14000), 255)
    assert prepared(large, Frame(1, 9000, 14000, 600.0), SETTINGS).image.size == (4500, 7000)


def test_dark_paper_on_white_ground_becomes_even():
    ground = Image.new("L", (1050, 1300), 255)
    ground.paste(typed().point(lambda value: value * 140 // 235), (100, 100))
    page = prepared(ground, Frame(1, 1050, 1300), SETTINGS).image
    assert page.getpixel((10, 10)) > 250 and page.getpixel((130, 130)) > 240
    assert page.crop((200, 200, 900, 1100)).getextrema()[0] < 160


def test_a_negative_is_left_as_it_is():
    page = typed(pitch=40).point(lambda value: 255 - value)
    assert prepared(page, Frame(1, *page.size), SETTINGS).image is page


def test_pages_stay_as_they_are_where_the_settings_say_so():
    page = typed(pitch=14).rotate(3, expand=True, fillcolor=235)
    assert prepared(page, Frame(1, *page.size), IngestSettings(straighten=False)).image is page


@given(
    st.integers(30, 300),
    st.integers(30, 400),
    st.integers(20, 80),
    st.integers(10, 30),
    st.floats(-15, 15),
    st.sampled_from([0.5, 1, 2]),
)
def test_a_word_is_put_back_where_its_ink_is(left, top, width, height, slant, scale):
    canvas = Image.new("L", (400, 500), 255)
    canvas.paste(0, (left, top, left + width, top + height))
    image = canvas.resize((round(400 * scale), round(500 * scale))).rotate(
        slant, Image.Resampling.BICUBIC, expand=True, fillcolor=255
    )
    seen = image.point(lambda value: 255 if value < 128 else 0).getbbox()
    if seen is None:
        return
    word = Word("x", seen[0], seen[1], seen[2] - seen[0], seen[3] - seen[1])
    page = Prepared(image, Frame(1, 400, 500), scale, slant)
    (back,) = page.back(Layout(*image.size, (TextBlock((TextLine((word,)),)),))).words()
    assert back.hpos <= left + 3 and back.vpos <= top + 3
    assert (
        back.hpos + back.width >= min(400, left + width) - 3 and back.vpos + back.height >= min(500, top + height) - 3
    )
    # The box around a turned box is larger, and has the same middle.
    if left + width <= 400 and top + height <= 500:
        assert (
            abs(back.hpos + back.width / 2 - left - width / 2) <= 4
            and abs(back.vpos + back.height / 2 - top - height / 2) <= 4
        )
