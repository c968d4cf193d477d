"""The second reader: words of a line by its letters' places, on the canvas whatever the image's size."""

from types import SimpleNamespace

import numpy
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from archive.config import IngestSettings
from archive.errors import ToolMissing
from archive.record import Frame
from ingest import recognition
from ingest.tools import rapidocr

needs_it = pytest.mark.skipif(not rapidocr.is_here(), reason="RapidOCR is not installed: pip install '.[rapidocr]'")


def reply(words: list[list[int]], confs: list[float], length: float) -> SimpleNamespace:
    return SimpleNamespace(word_cols=words, confs=confs, line_txt_len=length)


def test_words_stand_where_their_letters_do():
    box = numpy.array([[100, 50], [300, 50], [300, 90], [100, 90]], dtype=float)
    line = rapidocr._line("de la", reply([[1, 3], [12, 15]], [0.9, 0.7, 0.1, 1.0, 0.8], 20.0), box, 1.0, 2.0, 2.0, 1000, 1000)
    assert [(w.content, round(w.confidence, 2)) for w in line.words] == [("de", 0.8), ("la", 0.9)]
    first, second = line.words
    assert (first.vpos, first.height) == (100, 80) and 200 <= first.hpos < first.hpos + first.width < second.hpos
    assert second.hpos + second.width <= 600


def test_a_word_that_the_recogniser_took_apart_is_one():
    """It parts words at wide gaps between letters; what stands between spaces is a word all the same."""
    box = numpy.array([[0, 0], [100, 0], [100, 20], [0, 20]], dtype=float)
    line = rapidocr._line("M A año", reply([[0], [8], [12, 13], [19]], [0.9] * 7, 20.0), box, 1.0, 1.0, 1.0, 100, 20)
    assert [w.content for w in line.words] == ["M", "A", "año"]


def test_letters_of_other_scripts_are_dust():
    box = numpy.array([[0, 0], [100, 0], [100, 20], [0, 20]], dtype=float)
    line = rapidocr._line("la 三 paz", reply([[0, 1], [8], [12, 13, 14]], [0.9] * 8, 20.0), box, 1.0, 1.0, 1.0, 100, 20)
    assert [w.content for w in line.words] == ["la", "paz"]


@needs_it
def test_it_reads_a_line(tmp_path):
    page = Image.new("L", (900, 300), 255)
    ImageDraw.Draw(page).text((60, 100), "Los soldados llegaron en abril", 0, ImageFont.load_default(44))
    layout = rapidocr.read(page, width=1800, height=600)
    assert " ".join(word.content for word in layout.words()) == "Los soldados llegaron en abril"
    assert all(word.confidence > 0.8 and 150 < word.vpos < 320 for word in layout.words())
    assert [word.hpos for word in layout.words()] == sorted(word.hpos for word in layout.words())


@needs_it
@pytest.mark.parametrize("size", [(900, 300), (20, 900), (1, 1)])
def test_nothing_is_read_where_nothing_is(size):
    assert rapidocr.read(Image.new("1", size, 1), width=size[0], height=size[1]).blocks == ()


@needs_it
@pytest.mark.skipif(not recognition.second_reader(IngestSettings()), reason="without lists of words nothing is voted")
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
    text = recognition.recognise(card, Frame(1, *card.size), IngestSettings(), "").layout.text
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
