"""A blank page is told from one on which anything stands."""

import random

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from ingest.tools import ink


def paper(shade=235, size=(1700, 2200), mode="L"):
    return Image.new(mode, size, shade)


def aged(seed=1):
    """Paper with grain, a brown edge and a fold, and nothing on it."""
    image = Image.effect_noise((1700, 2200), 18).point(lambda v: 210 + (v - 128) // 2)
    draw = ImageDraw.Draw(image)
    draw.line([(0, 1100), (1700, 1110)], fill=185, width=3)
    for x in range(40):
        draw.line([(x, 0), (x, 2200)], fill=60 + 2 * x)
    return image.filter(ImageFilter.GaussianBlur(1))


@pytest.mark.parametrize(
    "page",
    [
        paper(255),
        paper(128),
        paper(0),
        paper(1, mode="1"),
        aged(),
        paper(size=(90, 60)),
        paper((250, 240, 210), mode="RGB"),
    ],
)
def test_nothing_on_it(page):
    assert ink.is_blank(page)


def test_writing_stands_on_paper_and_a_photograph_does_not():
    page = aged()
    ImageDraw.Draw(page).text((300, 400), "Tecoluca\n" * 20, fill=90, font=ImageFont.load_default(60))
    assert ink.on_paper(page) and ink.on_paper(paper(1, mode="1"))
    assert not ink.on_paper(Image.radial_gradient("L")) and not ink.on_paper(Image.effect_noise((900, 900), 60))


def test_the_shadow_of_the_lid_is_not_ink():
    page = paper()
    ImageDraw.Draw(page).rectangle([0, 0, 30, 2200], fill=10)
    assert ink.is_blank(page)


def test_a_few_specks_of_dust_are_not_ink():
    page, chance = paper(), random.Random(3)
    for _ in range(6):
        x, y = chance.randrange(100, 1600), chance.randrange(100, 2100)
        ImageDraw.Draw(page).rectangle([x, y, x + 2, y + 2], fill=60)
    assert ink.is_blank(page)


@pytest.mark.parametrize("shade, mark", [(235, 20), (235, 130), (10, 220)])
def test_a_page_number_is_ink(shade, mark):
    page = paper(shade)
    ImageDraw.Draw(page).text((850, 2050), "10", fill=mark, font=ImageFont.load_default(32))
    assert not ink.is_blank(page)


def test_a_page_number_in_one_bit():
    page = paper(1, mode="1")
    ImageDraw.Draw(page).text((850, 2050), "7", fill=0, font=ImageFont.load_default(40))
    assert not ink.is_blank(page)


def test_the_share_of_ink_under_boxes():
    page = paper()
    draw = ImageDraw.Draw(page)
    draw.rectangle([200, 200, 240, 220], fill=0)
    draw.rectangle([200, 900, 240, 920], fill=0)
    assert ink.share_under(page, [(200, 200, 41, 21)]) == pytest.approx(0.5, abs=0.05)
    assert ink.share_under(page, [(200, 200, 41, 21), (200, 900, 41, 21)]) == 1
    assert ink.share_under(paper(), []) == 1
