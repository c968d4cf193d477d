"""One page read: derivatives, words on the canvas, and where they come from."""

import pickle

import pytest
from PIL import Image, ImageDraw, ImageFont, ImageOps

from archive.config import IngestSettings
from archive.errors import ToolFailed, Unreadable
from archive.layout import Layout, TextBlock, TextLine, Word
from archive.record import UNREAD
from ingest.execution.local import LocalExecutor
from ingest.page import prepare
from ingest.page.prepare import Prepared
from ingest.page.read import ReadTask, read
from ingest.page.transcribe import PageTask, time_limit, transcribe
from ingest.tools import masters, tesseract
from ingest.tools.media_type import media_type
from tests.ingest.tools.pages import pdf, text_at

SETTINGS = IngestSettings(image_width=1000, thumbnail_width=200, second_reader="never")


def task_of(path, out, settings=SETTINGS, number=1):
    kind = media_type(path)
    frame = masters.identify(path, kind, settings).frames[number - 1]
    return PageTask("r1page", path, kind, frame, settings, out / "a" / "page.jpg", out / "a" / "thumbnail.jpg")


def typed(path, words="Tecoluca", size=(1700, 900), at=(300, 400), turned=None, **more):
    """A page with words typed at a place."""
    page = Image.new("L", size, 255)
    ImageDraw.Draw(page).text(at, words, fill=0, font=ImageFont.load_default(60))
    (page.transpose(turned) if turned is not None else page).save(path, **more)
    return page


def same_box(word, box, slack=6):
    left, top, right, bottom = box
    return (
        max(
            abs(word.hpos - left),
            abs(word.vpos - top),
            abs(word.hpos + word.width - right),
            abs(word.vpos + word.height - bottom),
        )
        <= slack
    )


def test_a_word_is_found_where_it_is_typed(tmp_path):
    page = typed(tmp_path / "x.png", dpi=(300, 300))
    done = transcribe(task_of(tmp_path / "x.png", tmp_path))
    (word,) = done.layout.words()
    assert word.content == "Tecoluca" and word.confidence > 0.5 and same_box(word, ImageOps.invert(page).getbbox())
    assert (done.outcome, done.reader, done.page) == ("read", "tesseract", "r1page") and done.reader_version
    assert 0 < done.reader_seconds < done.seconds


def test_on_a_turned_page_too(tmp_path):
    exif = Image.Exif()
    exif[274] = 6
    page = typed(tmp_path / "x.jpg", turned=Image.Transpose.ROTATE_90, exif=exif)
    done = transcribe(task_of(tmp_path / "x.jpg", tmp_path))
    assert (done.layout.width, done.layout.height) == page.size
    (word,) = done.layout.words()
    assert word.content == "Tecoluca" and same_box(word, ImageOps.invert(page).getbbox())
    assert Image.open(tmp_path / "a" / "page.jpg").size == (1000, 529)


def test_on_a_page_shrunk_for_the_reader_too(tmp_path, monkeypatch):
    monkeypatch.setattr(prepare, "OCR_PIXELS", 1_000_000)
    page = typed(tmp_path / "x.png", dpi=(300, 300))
    (word,) = transcribe(task_of(tmp_path / "x.png", tmp_path)).layout.words()
    assert word.content == "Tecoluca" and same_box(word, ImageOps.invert(page).getbbox(), 10)


def test_the_layout_of_a_shrunk_copy_stays_on_the_canvas():
    small = Layout(50, 49, (TextBlock((TextLine((Word("a", 45, 45, 5, 4, 0.5),)),)),))
    (word,) = Prepared(Image.new("L", (50, 49)), masters.Frame(1, 101, 99), 0.5).back(small).words()
    assert (word.hpos, word.vpos, word.width, word.height) == (90, 90, 11, 9) and word.confidence == 0.5


def test_derivatives_are_as_wide_as_the_settings_say_and_no_wider_than_the_page(tmp_path):
    typed(tmp_path / "x.png")
    done = transcribe(task_of(tmp_path / "x.png", tmp_path))
    image, thumbnail = Image.open(tmp_path / "a" / "page.jpg"), Image.open(tmp_path / "a" / "thumbnail.jpg")
    assert image.size == (1000, 529) == (done.image_width, done.image_height) and thumbnail.size == (200, 106)
    assert image.format == thumbnail.format == "JPEG" and not image.info.get("progressive")
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["page.800.jpg", "page.jpg", "thumbnail.jpg"]
    typed(tmp_path / "small.png", size=(150, 90), at=(10, 10))
    done = transcribe(task_of(tmp_path / "small.png", tmp_path))
    assert (done.image_width, done.image_height) == (150, 90)


def test_embedded_text_is_taken_and_tesseract_not_asked(tmp_path, monkeypatch):
    monkeypatch.setattr(tesseract, "read", None)
    path = pdf(tmp_path / "x.pdf", text_at(100, 500, "Informe semanal"))
    done = transcribe(task_of(path, tmp_path))
    assert (done.reader, done.layout.text, done.note) == (
        "pdfplumber",
        "Informe semanal",
        "",
    ) and 0.9 < done.layout.confidence < 1


def test_a_bad_layer_is_read_as_an_image_and_it_is_noted(tmp_path):
    # Invisible words of a poor reader, and other words to be seen.
    scan = "q 612 0 0 792 0 0 cm /Im Do Q "
    image = (
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length "
        b"1 >>\n"
        b"stream\n\xff\nendstream"
    )
    path = pdf(
        tmp_path / "x.pdf",
        scan + text_at(100, 500, "1nf;rme s3m~na1", render=3) + "q 1 0 0 1 100 600 cm 0 0 200 5 re f Q",
        resources="/XObject << /Im 6 0 R >>",
        objects=[image],
    )
    done = transcribe(task_of(path, tmp_path))
    assert done.reader == "tesseract" and "looks like words" in done.note


def test_a_blank_page_is_blank_and_tesseract_not_asked(tmp_path, monkeypatch):
    monkeypatch.setattr(tesseract, "read", None)
    Image.new("1", (1700, 2200), 1).save(tmp_path / "x.tif")
    done = transcribe(task_of(tmp_path / "x.tif", tmp_path))
    assert done.outcome == "blank" and done.layout == Layout(1700, 2200) and (tmp_path / "a" / "thumbnail.jpg").exists()


@pytest.mark.parametrize("genre, said", [("report", True), ("", True), ("photograph", False)])
def test_a_page_of_ink_in_which_no_reader_finds_words_is_said_to_be_so(tmp_path, monkeypatch, genre, said):
    typed(tmp_path / "x.png")
    monkeypatch.setattr(tesseract, "read", lambda *_, width, height, **__: Layout(width, height))
    monkeypatch.setattr(tesseract, "stance", lambda *_, **__: tesseract.Stance())
    done = read(ReadTask(task_of(tmp_path / "x.png", tmp_path), genre)).text
    assert done.outcome == "read" and not done.layout.blocks and (UNREAD in done.note) is said


def test_a_picture_without_words_alarms_nobody(tmp_path, monkeypatch):
    picture = Image.radial_gradient("L").resize((900, 900))
    ImageDraw.Draw(picture).polygon([(300, 300), (500, 320), (420, 500)], fill=20)
    picture.save(tmp_path / "x.png")
    monkeypatch.setattr(tesseract, "read", lambda *_, width, height, **__: Layout(width, height))
    monkeypatch.setattr(tesseract, "stance", lambda *_, **__: tesseract.Stance())
    done = read(ReadTask(task_of(tmp_path / "x.png", tmp_path))).text
    assert done.outcome == "read" and not done.note


def test_an_unreadable_page_is_an_error_and_no_blank(tmp_path):
    typed(tmp_path / "x.png")
    task = task_of(tmp_path / "x.png", tmp_path)
    (tmp_path / "x.png").write_bytes((tmp_path / "x.png").read_bytes()[:2000])
    with pytest.raises(Unreadable):
        transcribe(task)


def test_a_picture_without_words_is_read_and_has_none(tmp_path, monkeypatch):
    points = TextLine((Word(".", 5, 5, 3, 3, 0.8), Word("—|", 9, 5, 3, 3, 0.4)))
    grain = Layout(1700, 900, (TextBlock((points,)),))
    monkeypatch.setattr(tesseract, "read", lambda *_, **__: grain)
    typed(tmp_path / "x.png")
    done = transcribe(task_of(tmp_path / "x.png", tmp_path))
    assert (done.outcome, done.layout) == ("read", Layout(1700, 900))


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    typed(tmp_path / "x.png")
    (tmp_path / "a").write_text("a file in the way")
    with pytest.raises(ToolFailed, match="cannot be written"):
        transcribe(task_of(tmp_path / "x.png", tmp_path))


def test_in_a_worker_and_back(tmp_path):
    pages = [Image.new("1", (400, 300), 1) for _ in range(3)]
    pages[0].save(tmp_path / "x.tif", save_all=True, append_images=pages[1:])
    tasks = [task_of(tmp_path / "x.tif", tmp_path / str(number), number=number) for number in (1, 2, 3)]
    assert pickle.loads(pickle.dumps(tasks)) == tasks
    with LocalExecutor(2) as executor:
        done = list(executor.run(transcribe, tasks, time_limit(SETTINGS)))
    assert {task.frame.number: result.outcome for task, result in done} == {1: "blank", 2: "blank", 3: "blank"}
