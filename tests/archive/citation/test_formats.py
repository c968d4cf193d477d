"""The formats: all are listed, none has a limit, none says what a page says."""

import dataclasses
from datetime import date
from itertools import islice

import pytest

from archive.citation.formats import FORMATS, write
from archive.citation.source import Source
from archive.errors import QueryError


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("language", ["en", "es", "eng", "spa"])
def test_every_format_streams(name, language):
    """An endless stream of sources is written as it comes: nothing is collected first, nothing cut off."""

    def endless():
        number = 0
        while True:
            number += 1
            taken.append(number)
            yield Source(kind="item", id=f"r{number}", title="Title")

    taken = []
    assert len(list(islice(write(name, endless(), date(2026, 11, 24), language), 7))) == 7
    assert len(taken) <= 8


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_makes_no_broken_file(name):
    assert "".join(write(name, [], date(2026, 11, 24), "en")).count("\n") <= 1


@pytest.mark.parametrize("name", FORMATS)
def test_what_a_download_needs_is_known(name):
    found = FORMATS[name]
    assert found.label_en and found.label_es and "/" in found.media_type and found.suffix.startswith(".")


def test_unknown_formats_and_languages_are_refused_at_once():
    with pytest.raises(QueryError, match="endnote") as refusal:
        write("endnote", [], date(2026, 11, 24), "en")
    assert "bibtex" in refusal.value.remedy
    with pytest.raises(QueryError):
        write("ris", [], date(2026, 11, 24), "fr")


def test_a_source_has_no_place_for_a_page_s_text():
    assert not {field.name for field in dataclasses.fields(Source)} & {"text", "words", "reading", "transcript"}
