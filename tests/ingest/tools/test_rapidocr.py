"""The second reader: words of a line by its letters' places, on the canvas whatever the image's size; and it tells
nobody."""

import os
import subprocess
import sys

import numpy
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from archive.config import IngestSettings
from archive.errors import ToolMissing
from archive.record import Frame
from ingest.page import recognise
from ingest.tools import rapidocr
from ingest.tools.line_recogniser import Letter

needs_it = pytest.mark.skipif(not rapidocr.is_here(), reason="RapidOCR is not installed: pip install '.[rapidocr]'")


def letters(text: str, places: list[int], sure: list[float], columns: int = 20) -> list[Letter]:
    """A text whose letters the recogniser saw in these of its columns."""
    return [
        Letter(content, (at - 0.5) / columns, (at + 1.5) / columns, one)
        for content, at, one in zip(text, places, sure, strict=True)
    ]


def test_words_stand_where_their_letters_do():
    box = numpy.array([[100, 50], [300, 50], [300, 90], [100, 90]], dtype=float)
    line = rapidocr._line(
        letters("de la", [1, 3, 7, 12, 15], [0.9, 0.7, 0.1, 1.0, 0.8]), 1.0, box, 2.0, 2.0, 1000, 1000
    )
    assert [(w.content, round(w.confidence, 2)) for w in line.words] == [("de", 0.8), ("la", 0.9)]
    first, second = line.words
    assert (first.vpos, first.height) == (100, 80) and 200 <= first.hpos < first.hpos + first.width < second.hpos
    assert second.hpos + second.width <= 600


def test_what_a_line_was_filled_up_with_is_none_of_it():
    """A line of which the recogniser saw twice as much as it has: its last letter stands at its end, not in its
    middle."""
    box = numpy.array([[0, 0], [100, 0], [100, 20], [0, 20]], dtype=float)
    (word,) = rapidocr._line(letters("año", [0, 4, 8], [0.9] * 3), 0.5, box, 1.0, 1.0, 100, 20).words
    assert (word.hpos, word.hpos + word.width) == (0, 95)


def test_a_line_that_is_rather_not_read_is_none():
    box = numpy.array([[0, 0], [100, 0], [100, 20], [0, 20]], dtype=float)
    assert rapidocr._line(letters("ab", [0, 4], [0.6, 0.3]), 1.0, box, 1.0, 1.0, 100, 20).words == ()
    assert rapidocr._line([], 1.0, box, 1.0, 1.0, 100, 20).words == ()


@needs_it
def test_it_reads_a_line(tmp_path):
    page = Image.new("L", (900, 300), 255)
    ImageDraw.Draw(page).text((60, 100), "Los soldados llegaron en abril", 0, ImageFont.load_default(44))
    layout = rapidocr.read(page, width=1800, height=600)
    assert " ".join(word.content for word in layout.words()) == "Los soldados llegaron en abril"
    assert all(word.confidence > 0.8 and 150 < word.vpos < 320 for word in layout.words())
    assert [word.hpos for word in layout.words()] == sorted(word.hpos for word in layout.words())


@needs_it
def test_lines_that_run_down_the_page_or_slope_are_read(tmp_path):
    page = Image.new("L", (900, 900), 255)
    ImageDraw.Draw(page).text((60, 400), "Los soldados llegaron en abril", 0, ImageFont.load_default(44))
    for turned in (page.rotate(-90), page.rotate(5, Image.Resampling.BICUBIC, fillcolor=255)):
        assert (
            " ".join(word.content for word in rapidocr.read(turned, width=900, height=900).words())
            == "Los soldados llegaron en abril"
        )


@needs_it
def test_it_tells_nobody_that_it_is_used(tmp_path):
    """OpenVINO tells its makers of each import, where it does not see that it is tested, and numbers whom it tells of
    in the home folder."""
    use = (
        "import sys; from ingest.tools import rapidocr; rapidocr.load(); print([one for one in sys.modules if "
        "one.startswith('openvino_telemetry.')])"
    )
    environment = {name: value for name, value in os.environ.items() if name != "CI"} | {"HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", use], capture_output=True, text=True, timeout=300, env=environment)
    assert (done.stdout, done.returncode) == ("[]\n", 0), done.stderr
    assert list(tmp_path.iterdir()) == []


@needs_it
@pytest.mark.parametrize("size", [(900, 300), (20, 900), (1, 1)])
def test_nothing_is_read_where_nothing_is(size):
    assert rapidocr.read(Image.new("1", size, 1), width=size[0], height=size[1]).blocks == ()


@needs_it
@pytest.mark.skipif(not recognise.second_reader(IngestSettings()), reason="without lists of words nothing is voted")
def test_a_faint_sloping_stamp_on_the_back_of_a_photograph_is_read_and_what_is_typed_below():
    stamp = Image.new("RGB", (620, 240), "white")
    draw = ImageDraw.Draw(stamp)
    draw.rectangle((6, 6, 612, 232), outline=(120, 140, 215), width=5)
    draw.text((40, 30), "ARCHIVO DE PRENSA", (120, 140, 215), ImageFont.load_default(52))
    draw.text((120, 130), "12 MAR 1984", (120, 140, 215), ImageFont.load_default(60))
    stamp = stamp.rotate(14, Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    card = Image.new("RGB", (1500, 1050), (238, 230, 212))
    card.paste(ImageChops.multiply(card.crop((500, 120, 500 + stamp.width, 120 + stamp.height)), stamp), (500, 120))
    ImageDraw.Draw(card).text((160, 850), "Foto: Elena Prado, Tecoluca", (60, 58, 60), ImageFont.load_default(36))
    text = recognise.recognise(card, Frame(1, *card.size), IngestSettings(), "").layout.text
    assert "12 MAR 1984" in text and "ARCHIVO DE PRENSA" in text and "Elena Prado, Tecoluca" in text


def test_where_it_is_not_installed_that_is_said(monkeypatch):
    def absent(name):
        raise rapidocr.metadata.PackageNotFoundError(name)

    rapidocr.version.cache_clear()
    monkeypatch.setattr(rapidocr.metadata, "version", absent)
    assert not rapidocr.is_here()
    with pytest.raises(ToolMissing, match="second reader"):
        rapidocr.version()
    rapidocr.version.cache_clear()
