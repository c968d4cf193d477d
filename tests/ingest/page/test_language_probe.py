"""In which language a page is read: found from a strip of it, before it is read whole."""

import pytest
from PIL import Image, ImageDraw, ImageFont

from archive.config import IngestSettings
from archive.errors import ToolFailed
from archive.layout import Layout, TextBlock, TextLine, Word
from ingest.page.language_probe import densest_strip, languages_of
from ingest.tools import tesseract

SPANISH = "Los soldados del cuartel llegaron al cantón y se llevaron a dos campesinos"
ENGLISH = "The soldiers of the garrison came to the village and took two farmers with them"


def page() -> Image.Image:
    """A page with one line at its foot, and a rule above."""
    image = Image.new("L", (1000, 1200), 240)
    draw = ImageDraw.Draw(image)
    draw.rectangle([0, 100, 1000, 140], fill=0)
    draw.text((100, 900), SPANISH, font=ImageFont.load_default(24), fill=0)
    return image


@pytest.mark.parametrize(
    "text, languages, told",
    [
        (SPANISH, ("spa", "eng"), ("spa",)),
        (ENGLISH, ("spa", "eng"), ("eng",)),
        (ENGLISH, ("eng", "spa"), ("eng",)),
        ("San Vicente, Tecoluca 1983", ("spa", "eng"), ("spa", "eng")),
        (f"{SPANISH} {ENGLISH}", ("spa", "eng"), ("spa", "eng")),
        (SPANISH, ("eng",), ("eng",)),
        (SPANISH, ("spa", "fra"), ("spa", "fra")),
    ],
)
def test_one_language_where_it_is_sure_else_all(monkeypatch, text, languages, told):
    def read(path, *, width, height, **_):
        return Layout(width, height, (TextBlock((TextLine(tuple(Word(word, 0, 0, 1, 1) for word in text.split())),)),))

    monkeypatch.setattr(tesseract, "read", read)
    assert languages_of(page(), IngestSettings(languages=languages), "x") == told


def test_a_strip_that_fails_decides_nothing(monkeypatch):
    def fail(*_, **__):
        raise ToolFailed("Tesseract took longer than 20 seconds")

    monkeypatch.setattr(tesseract, "read", fail)
    assert languages_of(page(), IngestSettings(), "x") == ("spa", "eng")


def test_the_strip_is_where_most_strokes_are():
    strip = densest_strip(page())
    assert strip.size == (1000, 96) and strip.crop((100, 0, 900, 96)).getextrema()[0] < 40
    assert densest_strip(Image.new("L", (500, 700), 240)) is None
