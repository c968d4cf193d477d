"""Ink of the other side goes; the page's own ink stays, be it pale; where nothing shines through nothing is done."""

import random

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from ingest.tools import shine_through

PAPER = 225


def typed(seed: int, *, pale: float = 0.0, size=(1200, 1500)) -> Image.Image:
    """Lines of strokes, as of letters; `pale` is the chance of one to be weak."""
    page, chance = Image.new("L", size, PAPER), random.Random(seed)
    draw = ImageDraw.Draw(page)
    for top in range(90, size[1] - 150, 48):
        for left in range(110, size[0] - 150 - chance.randrange(300), 14):
            if chance.random() < 0.8:
                draw.rectangle([left, top, left + 4, top + 20], fill=160 if chance.random() < pale else 40)
    return page


def with_other_side(page: Image.Image, strength: float) -> Image.Image:
    back = ImageOps.mirror(ImageChops.offset(typed(7), 0, 24)).filter(ImageFilter.GaussianBlur(2))
    return ImageChops.multiply(
        page, back.point([round(255 - (PAPER - min(value, PAPER)) * strength) for value in range(256)])
    )


def grain(size: tuple[int, int]) -> Image.Image:
    """Every grey, one pixel beside the other."""
    return Image.frombytes("L", size, random.Random(5).randbytes(size[0] * size[1]))


def picture() -> Image.Image:
    """Soft in many tones, as photographs are."""
    soft = ImageOps.autocontrast(
        grain((90, 70)).resize((900, 700), Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(3))
    )
    return ImageChops.multiply(
        soft, Image.linear_gradient("L").resize((900, 700)).point(lambda value: 110 + value * 145 // 255)
    )


@pytest.mark.parametrize("strength", [0.25, 0.4])
@pytest.mark.parametrize("pale", [0.0, 0.15, 0.3])
def test_the_other_side_goes_and_the_page_stays(strength, pale):
    clean = typed(1, pale=pale)
    page = shine_through.without(with_other_side(clean, strength))
    strokes = clean.point(lambda value: 255 * (value < 200))
    beside = ImageChops.invert(strokes.filter(ImageFilter.MaxFilter(25)))
    assert with_other_side(clean, strength).filter(ImageFilter.GaussianBlur(1)).getextrema()[0] < 200
    greys = page.histogram(beside)
    assert sum(greys[: PAPER - 25]) < 0.002 * sum(greys), "what stands alone is as light as paper"
    lost = page.point(lambda value: 255 * (value > 200)).histogram(strokes)[255]
    assert lost < 0.02 * strokes.histogram()[255]


def test_a_page_of_weak_letters_keeps_them():
    clean = typed(1, pale=0.3)
    page = shine_through.without(clean) or clean
    strokes = clean.point(lambda value: 255 * (value < 200))
    assert page.point(lambda value: 255 * (value > 200)).histogram(strokes)[255] < 0.02 * strokes.histogram()[255]


@pytest.mark.parametrize(
    "page",
    [
        typed(1),
        with_other_side(typed(1), 0.4).convert("1"),
        ImageOps.invert(with_other_side(typed(1), 0.4)),
        Image.new("L", (900, 1200), PAPER),
        Image.new("L", (900, 3), 0),
        grain((900, 700)).point(lambda value: 160 + value // 3),
        picture(),
    ],
    ids=["clean", "one bit", "negative", "blank", "thread", "grain", "picture"],
)
def test_nothing_is_done_where_nothing_shines_through(page):
    assert shine_through.without(page) is None
