"""Reasons and their kinds, the account of a batch, and the sentences made of it, in both languages."""

import csv
import re
import string
from datetime import timedelta
from pathlib import Path

import pytest

from archive.outcome import OUTCOMES
from archive.reason import Reason
from archive.record import UNREAD
from ingest.reports import phrases, summary
from ingest.reports.account import WORST, account
from ingest.reports.phrases import Phrases
from ingest.reports.reasons import heading, headings
from tests.ingest.reports.batches import CODES, batch, file, page

DAMAGED = "is damaged: x. Open it in its own program; if it is damaged there too, scan it again."
CASES = list(
    csv.DictReader(
        (Path(__file__).parent / "reasons.tsv").open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE
    )
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["said"][:40])
def test_what_the_sentences_of_earlier_versions_are_filled_with(case):
    assert CODES.code_of_file("failed", case["said"]) == case["key"]


def test_every_code_has_whole_words_in_both_languages():
    assert list(headings()) == [one.value for one in Reason]
    for one in headings().values():
        assert one.en and one.es and one.es != one.en
        if one.code in {case["key"] for case in CASES}:
            assert one.to_do_en.endswith((".", "?")) and one.to_do_es.endswith((".", "?"))
        else:
            assert not one.to_do_en and not one.to_do_es
    assert heading("a code of another version") is headings()[Reason.OTHER]


def placeholders(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_phrases_say_the_same_in_both_languages():
    en, es = phrases.table("en"), phrases.table("es")
    for key in en:
        assert es[key] and placeholders(en[key]) == placeholders(es[key]), key
    assert {key for key in en if en[key] == es[key]} <= {
        "column.sha256",
        "colon",
        "words.total",
        "words.language",
        "seconds",
        "minutes",
        "hours",
        "days",
    }


@pytest.mark.parametrize("name", sorted({*OUTCOMES, "kept"}))
@pytest.mark.parametrize("language", phrases.LANGUAGES)
def test_every_outcome_has_its_words(name, language):
    say = Phrases(language)
    assert say(f"outcome.{name}") and re.match(r"1 \w", say(f"said.{name}", n=1)) and "4" in say(f"said.{name}", n=4)


def test_a_failed_file_counts_once_as_a_file_and_its_pages_by_their_own_reasons():
    whole = account(
        [
            (
                file(outcome="failed", pages=3, reason="2 of 3 pages could not be read: page 1: is damaged: x"),
                [
                    page(frame=1, outcome="failed", reason=DAMAGED),
                    page(frame=2, outcome="failed", reason="took longer than 9 seconds."),
                    page(frame=3),
                ],
            )
        ]
    )
    assert (whole.files, whole.amiss, whole.pages, whole.read_here) == (1, 1, 3, 1)
    assert [(one.reason.code, one.files, one.pages) for one in whole.gathered] == [("time", 0, 1), ("damaged", 0, 1)]


def test_examples_are_few_and_the_rest_is_counted():
    whole = account([(file(f"{n}.tif", "refused", "is empty.", (), 0), []) for n in range(30)], examples=20)
    [empty] = whole.gathered
    assert (empty.files, len(empty.examples), empty.more) == (30, 20, 10)


def test_kept_is_no_failure():
    whole = account([(file("a.dbf", "kept", "", ("i1",), 1), [page(outcome="kept")])])
    assert whole.amiss == 0 and whole.gathered == []
    assert "1 was kept" in " ".join(summary.sentences(batch(), whole, Phrases("en")))


@pytest.mark.parametrize("language, words", [("en", "2 pages have ink on them"), ("es", "2 páginas tienen tinta")])
def test_pages_of_ink_without_words_are_counted_and_named_and_pictures_are_not(language, words):
    ink = dict(words=0, confidence=None, reason=f"{UNREAD}; read by Tesseract alone")
    whole = account(
        [
            (
                file(pages=4),
                [page(frame=1, **ink), page(frame=2), page(frame=3, **ink), page(frame=4, words=0, confidence=None)],
            )
        ],
        examples=1,
    )
    assert (whole.unread, [one.frame for one in whole.unread_pages]) == (2, [1])
    said = "\n".join(summary.text(batch(), whole, Phrases(language)))
    assert (
        words in said
        and "a.tif, p" in said
        and " 1: read by Tesseract alone " in said.split("rescate correct")[1].replace("\n", " ")
    )


def test_a_page_that_was_typed_over_since_is_not_named():
    assert account([(file(), [page(words=9, reason=UNREAD)])]).unread == 0


def test_the_worst_pages_are_those_of_least_confidence_with_enough_words():
    pages = [page(frame=n, confidence=n / 100, words=3 if n < 5 else 50) for n in range(1, 60)]
    whole = account([(file(pages=59), pages)])
    assert [one.frame for one in whole.worst] == list(range(5, 5 + WORST))
    assert whole.confidence == pytest.approx(0.30)


def test_items_of_several_files_are_counted_once_and_languages_by_page_and_word():
    whole = account([(file("a.tif"), [page("a.tif")]), (file("b.tif"), [page("b.tif", language="eng", words=7)])])
    assert whole.items == 1 and whole.words == 107
    assert {code: (one.pages, one.words) for code, one in whole.languages.items()} == {"spa": (1, 100), "eng": (1, 7)}


@pytest.mark.parametrize(
    "language, expected",
    [
        (
            "en",
            [
                "4 files: 1 went in, 1 was unchanged and 2 were refused.",
                "2 pages in 1 item; read in this batch: 1.",
                "1 page is not read yet.",
                "100 words: Spanish 100.",
                "Mean confidence of the readers: 0.90 (0 to 1).",
                "It took 2 min.",
                "2 files did not go in, or not whole.",
            ],
        ),
        (
            "es",
            [
                "4 archivos: 1 entró, 1 estaba sin cambios y 2 fueron rechazados.",
                "2 páginas en 1 unidad documental; leídas en este lote: 1.",
                "1 página aún no se ha leído.",
                "100 palabras: español 100.",
                "Duró 2 min.",
                "2 archivos no entraron",
            ],
        ),
    ],
)
def test_a_batch_in_words(language, expected):
    whole = account(
        [
            (file("a.tif"), [page("a.tif")]),
            (file("b.tif", "unchanged"), [page("b.tif", outcome="")]),
            (file("c.tif", "refused", "is empty.", (), 0), []),
            (file("d.tif", "refused", DAMAGED, (), 0), []),
        ]
    )
    said = " ".join(summary.sentences(batch(), whole, Phrases(language)))
    for sentence in expected:
        assert sentence in said


def test_what_has_not_ended_or_was_undone_is_said():
    whole = account([(file(), [page()])])
    assert "has not ended" in " ".join(summary.sentences(batch(ended=None), whole, Phrases("en")))
    assert "was undone" in " ".join(summary.sentences(batch(undone=batch().started), whole, Phrases("en")))
    assert "nothing to do" in " ".join(summary.sentences(batch(), whole, Phrases("en")))
    assert summary.sentences(batch(), account([]), Phrases("en"))[0] == "No files were found."


def test_a_rate_is_said_where_there_is_one():
    assert summary.pace(timedelta(minutes=2), 60, Phrases("en")) == "It took 2 min: 30 pages read a minute."
    assert summary.pace(timedelta(seconds=0.2), 60, Phrases("en")) == "It took 0 s."


def test_the_text_names_each_failure_under_its_reason_with_what_to_do():
    whole = account([(file("c.tif", "refused", "is empty. Copy it again.", (), 0), []), (file(), [page()])])
    lines = list(summary.text(batch(), whole, Phrases("en")))
    at = lines.index("Empty files: 1 file")
    assert lines[at + 1].startswith("  What to do: Copy each again")
    assert lines[at + 2] == "    /m/box 1/c.tif: is empty. Copy it again."
