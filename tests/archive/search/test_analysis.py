"""Written words to terms: the table analysed.tsv, and what holds of any text."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search import analysis
from archive.search.document import Passage

with Path(__file__).with_name("analysed.tsv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))

WORDS = st.text(
    st.one_of(st.sampled_from("aáeinñorstOEA.'-¬\u00ad 1,234’sSy"), st.characters(codec="utf-8")), max_size=12
)
LANGUAGES = st.sampled_from(["spa", "eng", None, "und"])
PASSAGES = st.lists(st.builds(Passage, st.lists(WORDS, max_size=8).map(tuple), LANGUAGES), max_size=4)


def own(found):
    """How many tokens a text has as it is read in the first place: before the other readings (test_division)."""
    return next(
        (n for n, form in enumerate(zip(*found[:4], strict=False)) if set(form) == {analysis.PLACE}), len(found.spans)
    )


def passage(text, language=None):
    return Passage(tuple(text.split()), language)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["written"])
def test_written_words_make_terms(case):
    language = None if case["language"] == "-" else case["language"]
    found = analysis.tokens([Passage((case["written"],), language)])
    assert [" ".join(form[: own(found)]) for form in found[:4]] == [case[form] for form in analysis.Streams._fields]


@pytest.mark.parametrize(
    "text, folded, spans",
    [
        ("el asesi- nato de", "el asesinato de", [(0, 1), (1, 3), (3, 4)]),
        ("desa- pari- ción", "desaparicion", [(0, 3)]),
        ("(asesi- nato),", "asesinato", [(0, 2)]),
        ("asesi¬ NATO", "asesinato", [(0, 2)]),
        ("asesi\u00ad nato", "asesinato", [(0, 2)]),
        ("asesi\u2010 nato", "asesinato", [(0, 2)]),
        ("pre- and post-war", "pre and post war", [(0, 1), (1, 2), (2, 3), (2, 3)]),
        ("DM- 4", "dm 4", [(0, 1), (1, 2)]),
        ("FMLN- FDR", "fmln fdr", [(0, 1), (1, 2)]),
        ("1989- hoy", "1989 hoy", [(0, 1), (1, 2)]),
        ("- nada", "nada", [(1, 2)]),
        ("fin-", "fin", [(0, 1)]),
    ],
)
def test_words_hyphenated_at_a_lines_end_are_one_token_of_all_their_parts(text, folded, spans):
    found = analysis.tokens([passage(text, "spa")])
    assert (" ".join(found.folded[: own(found)]), found.spans[: own(found)]) == (folded, spans)


def test_a_word_may_go_on_in_the_next_passage():
    found = analysis.tokens([passage("el asesi-", "spa"), passage("nato of", "eng")])
    assert found.folded[:3] == ["el", "asesinato", "of"]
    assert found.spans[:3] == [(0, 1), (1, 3), (3, 4)]
    assert found.spa[:3] == ["el", "asesinat", "_"]
    assert found.folded[3:] == ["_", "el", "asesi", "nato", "of"]
    assert found.spans[4:] == [(0, 1), (1, 2), (2, 3), (3, 4)]
    assert found.exact[3:] == ["_", "_", "asesi", "nato", "_"]


def test_a_place_is_held_where_a_word_is_of_another_language():
    assert analysis.streams([passage("La policía", "spa")]).eng == "_ _"
    assert analysis.streams([passage("The police", "eng")]).spa == "_ _"
    assert analysis.streams([passage("The police", "und")]).spa == "the polic"
    assert analysis.streams([]) == analysis.Streams("", "", "", "")


@given(PASSAGES)
def test_an_engine_indexes_what_the_matcher_compares(passages):
    streams, tokens = analysis.streams(passages), analysis.tokens(passages)
    assert [stream.split() for stream in streams] == list(tokens[:4])


@given(PASSAGES)
def test_tokens_are_short_blankless_and_of_one_position(passages):
    tokens = analysis.tokens(passages)
    assert len({len(form) for form in tokens[:5]}) == 1
    for token in [*tokens.exact, *tokens.folded, *tokens.spa, *tokens.eng]:
        assert 0 < len(token) <= analysis.LONGEST_TOKEN
        assert token.split() == [token]
    count = sum(len(one.words) for one in passages)
    assert all(0 <= start < end <= count for start, end in tokens.spans)
    assert all(0 <= start < end <= count for start, end in tokens.apart.values())
    main = [start for start, _ in tokens.spans[: own(tokens)]]
    assert main == sorted(main)


@given(WORDS)
def test_folding_again_changes_nothing(word):
    assert analysis.fold(analysis.fold(word)) == analysis.fold(word)


@given(WORDS)
def test_a_word_is_found_by_its_own_forms(word):
    for term, sought in zip(analysis.terms(word), analysis.sought(word), strict=True):
        assert term.folded == sought.folded
        assert term.spa in sought.spa and term.eng in sought.eng


@pytest.mark.parametrize(
    "one, other",
    [
        ("policias", "policías"),
        ("capitan", "capitanes"),
        ("nacion", "naciones"),
        ("arboles", "árbol"),
        ("jovenes", "jóvenes"),
    ],
)
def test_a_query_without_accents_finds_what_one_with_them_does(one, other):
    (sought,), (term,) = analysis.sought(one), analysis.terms(other)
    assert term.spa in sought.spa or term.folded == sought.folded


def test_words_beyond_memory_are_analysed_alike(monkeypatch):
    monkeypatch.setattr(analysis, "_REMEMBERED", 3)
    words = [f"palabra{n}" for n in range(10)]
    assert analysis.streams([Passage(tuple(words), "spa")]).exact.split() == words


def test_a_long_row_of_dots_is_read_at_once():
    assert analysis.terms("." * 1_000_000) == ()
    assert analysis.terms("-" * 100_000 + "a" + "-" * 100_000)[0].exact == "a"
