"""Words of a turned page stand on the canvas where their ink is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from archive.layout import Layout, TextBlock, TextLine, Word
from archive.record import Frame
from ingest.page import orientation


@given(st.sampled_from([90, 180, 270]), st.integers(0, 60), st.integers(0, 90), st.integers(1, 40), st.integers(1, 30))
def test_a_word_found_on_the_turned_page_is_put_where_it_was(degrees, left, top, width, height):
    canvas = Image.new("L", (100, 120), 255)
    canvas.paste(0, (left, top, left + width, top + height))
    image, frame = orientation.turned(canvas, Frame(1, 100, 120), degrees)
    ink = image.point(lambda value: 255 - value).getbbox()
    seen = Word("x", ink[0], ink[1], ink[2] - ink[0], ink[3] - ink[1])
    (word,) = orientation.back(
        Layout(frame.width, frame.height, (TextBlock((TextLine((seen,)),)),)), degrees, Frame(1, 100, 120)
    ).words()
    assert (word.hpos, word.vpos, word.width, word.height) == (
        left,
        top,
        min(width, 100 - left),
        min(height, 120 - top),
    )


@pytest.mark.parametrize(
    "boxes, lies", [([], False), ([(90, 20)], False), ([(20, 90)], True), ([(20, 90), (90, 20)], False)]
)
def test_what_lies_on_its_side(boxes, lies):
    words = tuple(Word("Tecoluca", 0, 0, width, height) for width, height in boxes)
    assert orientation.lies(Layout(100, 100, (TextBlock((TextLine(words),)),))) is lies
