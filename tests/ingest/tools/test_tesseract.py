"""One run of Tesseract a page: recorded replies become layouts, and each way to fail has its own words."""

import os
from pathlib import Path

import pytest

from archive.errors import ToolFailed, ToolMissing
from archive.layout import Layout, Word
from ingest.tools import probe, tesseract

REPLIES = Path(__file__).parent / "replies"


def reply(name):
    return (REPLIES / f"{name}.tsv").read_text("utf-8")


def read(**more):
    return tesseract.read(
        Path("page.png"), languages=("spa", "eng"), width=1200, height=700, item="box1/a.tif, page 2", **more
    )


def test_a_recorded_reply():
    layout = tesseract.parse(reply("two_paragraphs"), 1200, 700)
    assert layout.text == (
        "INFORME SEMANAL\n\nEl día 12 de marzo fueron vistos\n\ntres camiones en Tecoluca.\n\n"
        "La Comisión pidió informes."
    )
    first = next(layout.words())
    assert first == Word("INFORME", 83, 67, 138, 22, pytest.approx(0.96128784))
    assert (layout.width, layout.height) == (1200, 700) and 0.9 < layout.confidence < 1


def test_a_blank_page_has_no_words():
    assert tesseract.parse(reply("blank"), 600, 400) == Layout(600, 400)


def test_words_of_blanks_only_are_left_out():
    tsv = reply("blank") + "5\t1\t1\t1\t1\t1\t10\t10\t20\t20\t95.0\t \n5\t1\t1\t1\t1\t2\t40\t10\t20\t20\t104.2\tsí\n"
    (word,) = tesseract.parse(tsv, 600, 400).words()
    assert (word.content, word.confidence) == ("sí", 1.0)


def test_paragraphs_of_a_block_are_blocks_and_lines_are_lines():
    head = reply("blank")
    rows = [(1, 1, 1, "uno"), (1, 1, 2, "dos"), (1, 2, 1, "tres"), (2, 1, 1, "cuatro")]
    tsv = head + "".join(f"5\t1\t{b}\t{p}\t{n}\t1\t1\t1\t9\t9\t90\t{word}\n" for b, p, n, word in rows)
    assert tesseract.parse(tsv, 600, 400).text == "uno\ndos\n\ntres\n\ncuatro"


def test_a_reply_of_another_size_is_no_reply():
    with pytest.raises(ToolFailed, match="600 × 400 pixels instead of 400 × 600"):
        tesseract.parse(reply("blank"), 400, 600)


def test_one_run_with_languages_and_resolution(fake_tesseract):
    log = fake_tesseract("reply")
    assert read(dpi=299.99).text.startswith("INFORME SEMANAL")
    arguments = log.read_text().split("\n")
    assert arguments[arguments.index("-l") + 1] == "spa+eng" and arguments[arguments.index("--dpi") + 1] == "300"


def test_an_unknown_resolution_is_not_made_up(fake_tesseract):
    log = fake_tesseract("reply")
    read()
    assert "--dpi" not in log.read_text()


@pytest.mark.parametrize(
    "how, said",
    [
        ("crash", "ended by signal 11"),
        ("no output", "without an answer and without an error"),
        ("empty output", "answer is empty"),
        ("no page", "has no page"),
        ("cut off", "breaks off or is damaged"),
        ("bad UTF-8", "not UTF-8"),
        ("bad UTF-8 in the error", "what it says is not text"),
        ("out of memory", "ran out of memory"),
        ("killed", "ran out of memory"),
        ("image", "Image file cannot be read!"),
    ],
)
def test_each_way_to_fail_is_said_with_the_page(how, said, fake_tesseract):
    fake_tesseract(how)
    with pytest.raises(ToolFailed) as raised:
        read()
    assert said in raised.value.message and raised.value.item == "box1/a.tif, page 2" and raised.value.remedy


def test_a_hanging_tesseract_is_ended_and_the_page_named(fake_tesseract):
    fake_tesseract("hang")
    with pytest.raises(ToolFailed, match="box1/a.tif, page 2: Tesseract took longer than 1 seconds.*page_timeout"):
        read(timeout=1)


def test_a_missing_language_comes_with_the_command_that_mends_it(fake_tesseract):
    fake_tesseract("language")
    with pytest.raises(ToolMissing, match="lacks the language spa.*sudo apt install tesseract-ocr-spa"):
        read()


def test_a_missing_tesseract_comes_with_the_command_that_mends_it(monkeypatch, tmp_path):
    probe.tesseract_version()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolMissing, match="not installed.*sudo apt install tesseract-ocr"):
        read()


def test_probe_finds_what_is_missing(fake_tesseract, monkeypatch, tmp_path):
    fake_tesseract("reply")
    probe.require(("eng",))
    with pytest.raises(
        ToolMissing, match="lacks the languages spa, que.*apt install tesseract-ocr-spa tesseract-ocr-que"
    ):
        probe.require(("spa", "eng", "que"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolMissing, match="not installed"):
        probe.tesseract_languages()


@pytest.mark.parametrize(
    "said, stance",
    [
        (("Cyrillic", 4.33, 180, 36.8), tesseract.Stance(180, "Cyrillic")),
        (("Latin", 38.2, 90, 25.4), tesseract.Stance(90)),
        (("Fraktur", 3.0, 0, 5.4), tesseract.Stance()),
        (("Katakana", 0.4, 0, 5.4), tesseract.Stance()),
        (("Greek", 2.5, 180, 0.4), tesseract.Stance()),
    ],
)
def test_what_tesseract_says_of_letters_is_believed_where_it_is_sure(monkeypatch, said, stance):
    answer = dict(zip(("script", "script_conf", "rotate", "orientation_conf"), said, strict=True))
    monkeypatch.setattr(tesseract.pytesseract, "image_to_osd", lambda *_, **__: answer)
    assert tesseract.stance(Path("page.pnm")) == stance


def test_another_model_of_the_same_name_is_another(fake_tesseract, monkeypatch, tmp_path):
    for language in ("eng", "spa"):
        (tmp_path / f"{language}.traineddata").write_bytes(language.encode())
    program = Path(fake_tesseract("reply")).parent / "bin" / "tesseract"
    program.write_text(f"#!/bin/sh\necho 'List of available languages in \"{tmp_path}/\" (2):'\n")
    before = probe.tesseract_models(("eng", "spa", "que"))
    assert sorted(before) == ["eng", "spa"]
    (tmp_path / "spa.traineddata").write_bytes(b"a larger one")
    after = probe.tesseract_models(("eng", "spa", "que"))
    assert after["eng"] == before["eng"] and after["spa"] != before["spa"]
    program.write_text("#!/bin/sh\necho eng\n")
    assert probe.tesseract_models(("eng",)) == {}
    monkeypatch.setenv("PATH", str(tmp_path))
    assert probe.tesseract_models(("eng",)) == {}


def test_the_environment_of_this_process_stays_as_it_was(fake_tesseract):
    fake_tesseract("reply")
    before = dict(os.environ)
    read()
    assert dict(os.environ) == before


def test_nothing_is_left_in_the_temporary_folder(fake_tesseract, tmp_path, monkeypatch):
    import tempfile

    (tmp_path / "t").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "t"))
    fake_tesseract("reply")
    read()
    fake_tesseract("no output")
    with pytest.raises(ToolFailed):
        read()
    assert list((tmp_path / "t").iterdir()) == []
