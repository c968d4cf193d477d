"""The language of paragraphs and pages: the case table, and what holds of every text."""

import csv
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.layout import Layout, TextBlock, TextLine, Word
from ingest.extract.language import FUNCTION_WORDS, page_language, paragraph_language, with_languages

SPANISH = "Los soldados llegaron al cantón y capturaron a dos campesinos que no tenían documentos. " * 3
ENGLISH = "The soldiers came to the hamlet and captured two peasants who had no papers with them. " * 3
NAMES = "Juan de la Cruz, 12-III-84"


def rows():
    with (Path(__file__).parent / "languages.tsv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["text"] or "empty")
def test_paragraphs(row):
    assert (paragraph_language(row["text"]) or "") == row["language"], row["why"]


@pytest.mark.parametrize(
    "paragraphs, language",
    [
        ([SPANISH], "spa"),
        ([ENGLISH], "eng"),
        ([SPANISH, ENGLISH], "mul"),
        ([SPANISH] * 9 + [ENGLISH], "spa"),
        ([SPANISH] * 2 + ["He said so to the army."], "spa"),
        ([NAMES, SPANISH, NAMES], "spa"),
        ([NAMES, "12345"], "und"),
        ([], "und"),
        ([""], "und"),
    ],
    ids=str,
)
def test_pages(paragraphs, language):
    assert page_language(paragraphs) == language
    assert page_language(map(block, paragraphs)) == language


def block(text):
    return TextBlock(
        tuple(TextLine(tuple(Word(word, 0, 0, 1, 1) for word in line.split())) for line in text.split("\n"))
    )


def test_blocks_are_given_their_languages():
    layout = with_languages(Layout(100, 100, (block(SPANISH), block(NAMES), block(ENGLISH))))
    assert [one.language for one in layout.blocks] == ["spa", None, "eng"]
    assert pickle.loads(pickle.dumps(layout)) == layout


@given(st.text(max_size=80))
def test_any_text_can_be_read(text):
    assert paragraph_language(text) in ("spa", "eng", None)
    assert page_language([text]) in ("spa", "eng", "mul", "und")


@given(st.lists(st.sampled_from(["Cruz", "Pérez", "López", "de", "la", "del", "1984", "San", "III", "12"])))
def test_names_and_figures_are_undecided(words):
    assert paragraph_language(" ".join(words)) is None


def test_function_words_are_folded():
    assert all(word == word.lower() and word.isascii() for word in FUNCTION_WORDS)
