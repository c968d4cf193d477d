"""When a page is read by a second reader, and what the recipe of a reading holds."""

from dataclasses import replace

import pytest
from PIL import Image

from archive.config import IngestSettings
from archive.errors import ToolFailed
from archive.layout import Layout, TextBlock, TextLine, Word
from archive.record import Frame
from ingest.page import recognise
from ingest.tools import rapidocr, tesseract
from tests.ingest.page.voting.test_alignment import page
from tests.ingest.page.voting.test_verdict import sure

SETTINGS = IngestSettings()
GOOD = sure(page("Los soldados llegaron al pueblo", "y la gente se fue a la montaña"), 0.97)
BAD = sure(page("Los soidados Ilegaron ai puebio", "v ia qente se fve a 1a rnontaña"), 0.4)
SECOND = sure(page("Los soldados llegaron al pueblo", "y la gente se fue a la montana"), 0.9)
NOTHING = Layout(1000, 1000)


@pytest.fixture
def sides():
    """The sizes at which the second reader was asked to look for lines."""
    return []


@pytest.fixture
def readers(monkeypatch, sides):
    """Sets what both readers read; returns the images that the second was given."""
    given = []

    def both(first: Layout, second: Layout = SECOND, here: bool = True):
        def read(image, *, width, height, item, side=rapidocr.DETECTED_SIDE):
            given.append(image)
            sides.append(side)
            return second

        monkeypatch.setattr(tesseract, "read", lambda *_, **__: first)
        monkeypatch.setattr(rapidocr, "read", read)
        monkeypatch.setattr(rapidocr, "is_here", lambda: here)
        monkeypatch.setattr(rapidocr, "version", lambda: "3.10.0")
        return given

    return both


def recognised(settings: IngestSettings = SETTINGS, canvas: Image.Image | None = None):
    canvas = canvas or Image.new("L", (1000, 1000), 255)
    return recognise.recognise(canvas, Frame(1, *canvas.size), settings, "a.tif, page 1")


@pytest.mark.parametrize(
    "policy, first, twice",
    [
        ("doubtful", GOOD, False),
        ("doubtful", BAD, True),
        ("doubtful", NOTHING, True),
        ("always", GOOD, True),
        ("never", BAD, False),
    ],
)
def test_a_page_is_read_twice_where_it_pays(readers, policy, first, twice):
    given = readers(first)
    read = recognised(replace(SETTINGS, second_reader=policy))
    assert bool(given) is twice
    assert (read.reader, "+" in read.version) == (("tesseract+rapidocr", True) if twice else ("tesseract", False))


def test_where_the_second_reader_fails_the_first_reads_alone_and_that_is_noted(readers, monkeypatch):
    readers(BAD)

    def fail(image, *, width, height, item, side):
        raise ToolFailed("RapidOCR ran out of memory", item=item)

    monkeypatch.setattr(rapidocr, "read", fail)
    read = recognised()
    assert read.reader == "tesseract" and "soidados" in read.layout.text
    assert read.note == "read by Tesseract alone: RapidOCR ran out of memory. Then `rescate redo --reason RapidOCR`"


def test_the_likelier_words_are_shown_and_the_others_kept(readers):
    readers(BAD)
    layout = recognised().layout
    assert layout.text == "Los soldados llegaron al pueblo\ny la gente se fue a la montaña" or "montana" in layout.text
    assert "soidados" in " ".join(layout.other_words())


def test_without_a_second_reader_the_first_reads_alone(readers):
    readers(BAD, here=False)
    read = recognised()
    assert read.reader == "tesseract" and read.layout == BAD
    assert "second" not in recognise.ingredients(SETTINGS)


def test_a_page_of_dust_has_no_words(readers):
    readers(page(". - ~"), NOTHING)
    assert recognised().layout == NOTHING


def test_nothing_is_invented_on_a_picture(readers):
    readers(NOTHING, sure(page("Q 2"), 0.5))
    layout = recognised(replace(SETTINGS, second_reader="always")).layout
    assert layout.blocks == () and list(layout.other_words()) == ["Q 2"]


def test_fine_one_bit_pages_are_smoothed_for_the_second(readers):
    given = readers(NOTHING)
    recognised(canvas=Image.new("1", (3400, 4400), 1))
    assert (given[0].mode, given[0].size) == ("L", (1700, 2200))


@pytest.mark.parametrize("sure, looks", [(0.6, 2), (0.98, 1), (None, 1)])
def test_what_the_second_reader_is_unsure_of_it_looks_at_more_closely(readers, sides, sure, looks):
    line = TextLine((Word("Tecoluca", 100, 100, 300, 40, sure),))
    readers(BAD, Layout(3000, 4000, (TextBlock((line,)),) if sure else ()))
    recognised(canvas=Image.new("L", (3000, 4000), 255))
    assert sides == [rapidocr.DETECTED_SIDE, recognise.CLOSE][:looks]


def test_a_small_page_is_looked_at_once(readers, sides):
    readers(BAD)
    recognised()
    assert sides == [rapidocr.DETECTED_SIDE]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_that_does_not_stand_upright_is_turned_to_be_read(readers, monkeypatch, degrees):
    readers(BAD)
    sizes = []

    def read(image, *, width, height, **_):
        sizes.append((width, height))
        return BAD if len(sizes) == 1 else replace(GOOD, width=width, height=height)

    monkeypatch.setattr(tesseract, "read", read)
    monkeypatch.setattr(tesseract, "stance", lambda *_, **__: tesseract.Stance(degrees))
    layout = recognised(replace(SETTINGS, second_reader="never"), Image.new("L", (1000, 1400), 255)).layout
    assert sizes == [(1000, 1400), (1400, 1000) if degrees != 180 else (1000, 1400)]
    assert layout.text == GOOD.text and (layout.width, layout.height) == (1000, 1400)
    assert all(
        w.hpos >= 0 and w.hpos + w.width <= 1000 and w.vpos >= 0 and w.vpos + w.height <= 1400 for w in layout.words()
    )


@pytest.mark.parametrize(
    "settings, first, asked",
    [(SETTINGS, GOOD, False), (SETTINGS, BAD, True), (replace(SETTINGS, find_orientation=False), BAD, False)],
)
def test_the_orientation_is_looked_for_where_a_page_is_read_badly(readers, monkeypatch, settings, first, asked):
    readers(first)
    looked = []
    monkeypatch.setattr(tesseract, "stance", lambda *_, **__: looked.append(1) or tesseract.Stance())
    recognised(replace(settings, second_reader="never"))
    assert bool(looked) is asked


@pytest.mark.parametrize("told, noted", [((), True), (("rus",), False)])
def test_letters_that_are_not_latin_are_no_words_and_noted_where_nobody_said_a_language(
    readers, monkeypatch, told, noted
):
    readers(BAD)
    monkeypatch.setattr(tesseract, "stance", lambda *_, **__: tesseract.Stance(0, "Cyrillic"))
    read = recognise.recognise(
        Image.new("L", (1000, 1000), 255), Frame(1, 1000, 1000), replace(SETTINGS, second_reader="never"), "a.tif", told
    )
    assert ("its letters seem to be Cyrillic" in read.note) is noted and read.layout == (
        Layout(1000, 1000) if noted else BAD
    )


def test_the_recipe_tells_readings_apart(readers):
    readers(GOOD)
    policies = [
        SETTINGS,
        replace(SETTINGS, second_reader="never"),
        replace(SETTINGS, second_reader="always"),
        replace(SETTINGS, second_reader_below=0.5),
    ]
    recipes = [repr(recognise.ingredients(one)) for one in policies]
    assert len(set(recipes)) == len(policies)


def test_of_a_page_read_well_doubtful_lines_alone_are_read_again(readers, monkeypatch):
    bad = replace(
        GOOD.blocks[0].lines[1],
        words=tuple(
            replace(word, content=text, confidence=0.3)
            for word, text in zip(
                GOOD.blocks[0].lines[1].words, ["v", "ia", "qente", "se", "fve", "a", "1a", "rnontaña"], strict=True
            )
        ),
    )
    first = replace(GOOD, blocks=(replace(GOOD.blocks[0], lines=(*[GOOD.blocks[0].lines[0]] * 6, bad)),))
    readers(first)
    asked = []

    def read_lines(image, boxes, *, width, height, item):
        asked.extend(boxes)
        return [SECOND.blocks[0].lines[1]]

    monkeypatch.setattr(rapidocr, "read_lines", read_lines)
    rather = replace(SETTINGS, second_reader_below=0.8)
    read = recognised(rather)
    assert len(asked) == 1 and read.reader == "tesseract+rapidocr"
    assert read.layout.text.endswith("y la gente se fue a la montana") and "qente" in " ".join(
        read.layout.other_words()
    )
    assert recognised(replace(rather, second_reader_lines_below=0.0)).reader == "tesseract"
