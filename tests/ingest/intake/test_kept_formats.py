"""What is kept and what is refused: the table is whole, and each kind of file goes where it belongs."""

import pytest

from ingest.intake.kept_formats import keeping, refusal, table
from ingest.tools.media_type import TEXT, UNKNOWN
from ingest.tools.pronom import Format


def test_every_row_says_why_it_refuses_and_what_to_do():
    for row in table():
        assert row.kind and (row.keep or row.reason and row.remedy.endswith(".")), row
        assert not (row.keep and (row.reason or row.remedy)), row
    last = table()[-1]
    assert not (last.puids or last.pronom_class or last.media_type or last.keep)


@pytest.mark.parametrize(
    "format, media_type, kind, kept",
    [
        (Format("x-fmt/394", "WordPerfect 5.1", classes=("Word Processor",)), UNKNOWN, "word processing", True),
        (Format("x-fmt/9", "dBASE III", classes=("Database",)), UNKNOWN, "database", True),
        (Format("fmt/141", "WAVE", classes=("Audio",)), "audio/x-wav", "audio", True),
        (Format("fmt/5", "AVI", classes=("Audio", "Video")), "video/x-msvideo", "video", True),
        (Format("fmt/61", "Excel", classes=("Spreadsheet",)), UNKNOWN, "spreadsheet", True),
        (Format("x-fmt/429", "MHTML", classes=("Aggregate",)), UNKNOWN, "saved web page", True),
        (Format("x-fmt/430", "Outlook message", classes=("Email",)), UNKNOWN, "e-mail", True),
        (Format(), "video/mp4", "video", True),
        (Format("x-fmt/263", "ZIP", classes=("Aggregate",)), "application/zip", "packed archive", False),
        (Format(), "application/zip", "packed archive", False),
        (Format("fmt/682", "Thumbs DB file", classes=("Image (Raster)", "Aggregate")), UNKNOWN, "system file", False),
        (Format("fmt/494", "Encrypted Office", classes=("Word Processor",)), UNKNOWN, "encrypted document", False),
        (Format("x-fmt/111", "Plain Text File"), TEXT, "text", False),
        (Format("x-fmt/18", "CSV", classes=("Dataset",), by_name=True), TEXT, "text", False),
        (Format("fmt/101", "XML", classes=("Text (Mark-up)",)), TEXT, "markup", False),
        (Format("x-fmt/409", "MS-DOS Executable"), UNKNOWN, "program", False),
        (Format(), UNKNOWN, "unknown", False),
        (Format("fmt/208", "Binary File", classes=("Aggregate",), by_name=True), UNKNOWN, "unknown", False),
    ],
)
def test_each_kind(format, media_type, kind, kept):
    assert keeping(format, media_type).kind == kind
    assert (refusal(format, media_type, "a") is None) is kept


def test_a_name_alone_is_not_believed():
    said = refusal(Format("fmt/141", "WAVE", classes=("Audio",), by_name=True), UNKNOWN, "a.wav")
    assert "by its name only" in str(said)
