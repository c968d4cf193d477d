"""Text read in another code comes back as it was, and correct text is left as it is, whatever it is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wordfreq import top_n_list

from ingest.sheets.miscoded import looks_miscoded, meant

WORDS = {language: top_n_list(language, 8_000) for language in ("es", "en", "fr", "pt")}
ACCENTED = [word for word in WORDS["es"] if re.search("[áéíóúñüÁÉÍÓÚÑÜ]", word)]
NAMES = [
    "Peña",
    "Núñez",
    "Ibáñez",
    "Güell",
    "Álvarez",
    "Ángel",
    "Íñigo",
    "Úrsula",
    "D’Aubuisson",
    "Göring",
    "François",
    "Þór",
]
words = st.sampled_from([*WORDS["es"], *WORDS["en"], *ACCENTED, *NAMES]).flatmap(
    lambda word: st.sampled_from([word, word.title(), word.upper()])
)
marks = st.sampled_from(
    [
        "{}",
        "«{}»",
        "“{}”",
        "‘{}’",
        "¿{}?",
        "¡{}!",
        "({})",
        "{}.",
        "{},",
        "— {}",
        "{} –",
        "{}…",
        "{} N.º 4",
        "1.ª {}",
        "½ {}",
    ]
)
phrases = st.lists(st.tuples(marks, words).map(lambda both: both[0].format(both[1])), min_size=1, max_size=6).map(
    " ".join
)


def in_windows(text):
    """As Windows-1252 shows the bytes of its UTF-8, the five that mean nothing there as they are."""
    return "".join(bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte)) for byte in text.encode())


def in_macintosh(text):
    return text.encode().decode("mac_roman")


@pytest.mark.parametrize("language", WORDS)
def test_no_word_of_a_language_is_changed(language):
    for word in WORDS[language]:
        for text in (word, word.upper(), word.title()):
            assert meant(text) == text and not looks_miscoded(text)


@given(phrases)
def test_no_phrase_is_changed(text):
    assert meant(text) == text


@given(phrases)
def test_what_was_mended_is_left(text):
    once = meant(in_windows(text))
    assert meant(once) == once


@pytest.mark.parametrize("spoil", [in_windows, in_macintosh, lambda text: in_windows(in_windows(text))])
@given(words=st.lists(st.sampled_from(ACCENTED), min_size=1, max_size=4))
def test_what_was_spoilt_comes_back(spoil, words):
    text = " ".join(words)
    assert meant(spoil(text)) == text


@given(before=st.sampled_from(ACCENTED), spoilt=st.sampled_from(ACCENTED))
def test_one_spoilt_word_beside_a_right_one_comes_back(before, spoilt):
    assert meant(f"{before} {in_windows(spoilt)}") == f"{before} {spoilt}"
