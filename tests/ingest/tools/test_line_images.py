"""Lines cut out of a page: level, of one height, of few widths, with nothing but the line in its share."""

import numpy
import pytest
from PIL import Image, ImageDraw

from ingest.tools import line_images, rapidocr

pytestmark = pytest.mark.skipif(not rapidocr.is_here(), reason="RapidOCR is not installed: pip install '.[rapidocr]'")


def cut(page, box):
    return line_images.cut(numpy.asarray(page.convert("RGB")), numpy.float32(box))


@pytest.mark.parametrize("wide, filled", [(70, 320), (700, 384), (760, 384), (900, 512)])
def test_its_width_is_filled_up_in_steps(wide, filled):
    line = cut(Image.new("L", (1000, 200), 0), [[20, 20], [20 + wide, 20], [20 + wide, 116], [20, 116]])
    assert line.pixels.shape == (48, filled, 3) and line.share == pytest.approx(wide / 2 / filled, abs=0.001)
    own = round(filled * line.share)
    assert (line.pixels[:, :own] == 0).all() and (line.pixels[:, own:] == line_images.FILLING).all()


@pytest.mark.parametrize(
    "box",
    [
        [[-5, -5], [70, -5], [70, 15], [-5, 15]],
        [[40, 80], [130, 80], [130, 120], [40, 120]],
        [[5, 5], [5.2, 5], [5.2, 5.4], [5, 5.4]],
    ],
)
def test_a_line_at_the_edge_or_of_no_size_is_cut_all_the_same(box):
    assert cut(Image.new("L", (100, 100), 200), box).pixels.shape[0] == 48


def test_a_sloping_line_is_level_and_one_that_runs_down_lies():
    page = Image.new("L", (600, 600), 255)
    ImageDraw.Draw(page).polygon([(100, 200), (500, 300), (490, 340), (90, 240)], fill=0)
    level = cut(page, [[100, 200], [500, 300], [490, 340], [90, 240]])
    assert (level.pixels[4:-4, 4 : round(level.pixels.shape[1] * level.share) - 4] < 40).all()
    upright = Image.new("L", (600, 600), 255)
    ImageDraw.Draw(upright).rectangle((300, 100, 340, 300), fill=0)  # black at its upper end: its beginning
    turned = cut(upright, [[300, 100], [340, 100], [340, 500], [300, 500]])
    own = round(turned.pixels.shape[1] * turned.share)
    assert own == 480 and (turned.pixels[:, :235] < 40).all() and (turned.pixels[:, 245:own] > 215).all()
