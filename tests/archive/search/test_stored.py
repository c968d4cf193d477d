"""What an index keeps of a page's words: the same passages and terms come out, and the same excerpts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search import match, stored
from archive.search.document import Document, Passage
from archive.search.indexed import analysed
from archive.search.kinds.page import FIELDS, excerpt
from archive.search.query import parse
from tests.archive.search import corpus
from tests.archive.search.test_analysis import LANGUAGES, WORDS

HYPHENATED = st.sampled_from(
    [
        "asesi-",
        "nato",
        "desapari-",
        "12",
        "cidos",
        "F.",
        "M.",
        "L.",
        "N.",
        "EE.",
        "UU.",
        "cease-fire",
        "-",
        "-nato",
        "EL",
        "RESCATE",
    ]
)
PASSAGES = st.lists(
    st.builds(
        Passage,
        st.lists(st.one_of(WORDS, HYPHENATED, st.just("")), max_size=10).map(tuple),
        LANGUAGES,
        st.booleans(),
        st.sampled_from(["", "nato", "cidos,"]),
    ),
    max_size=4,
).map(tuple)


def kept(document):
    return stored.unpack(stored.pack(document, analysed(document, FIELDS), FIELDS.kept))


@given(PASSAGES, PASSAGES, st.one_of(st.none(), st.integers(1, 2**40)))
def test_what_was_analysed_comes_out_as_it_was(shown, also, reading):
    document = Document(
        "p", "i", 1, texts={"shown": shown, "also": also, "context": (Passage(("x",)),)}, reading=reading
    )
    found, terms = kept(document), analysed(document, FIELDS)
    assert found.reading == reading
    assert found.passages == {name: said for name, said in document.texts.items() if name in FIELDS.kept and said}
    for name, mine in found.terms.items():
        assert mine.exact == [] and mine._replace(spans=list(mine.spans))[1:] == terms[name][1:]


@pytest.mark.parametrize(
    "typed", ["policía", "capitan*", '"San Vicente"', "de la policia", "masacre OR massacre", "1983"]
)
def test_what_is_kept_gives_the_excerpts_of_the_whole_text(typed):
    """The corpus of the engines' contract; the oracle analyses each text anew."""
    query, shown = parse(typed), 0
    for document in [*corpus.units(), *corpus.documents_of_pages(), *corpus.many(60)]:
        found = kept(document)
        described = {name: said for name, said in document.texts.items() if name not in FIELDS.kept}
        terms = {**found.terms, **{name: analysed(document, FIELDS)[name] for name in described}}
        dates = document.earliest, document.latest, document.gaps
        whole = match.match(query, document.texts, *dates)
        assert match.match_terms(query, terms, *dates) == whole
        if whole is not None:
            assert excerpt({**found.passages, **described}, whole) == excerpt(document.texts, whole)
            shown += 1
    assert shown
