"""What a search found, in the archive's words: snippets with what matched, nothing that may not be read, one shape of
JSON."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.access import Audience, Rule, State
from archive.holdings import Holdings
from archive.search.answer import answer, as_json
from archive.search.document import Passage
from archive.search.engines import open_engine
from archive.search.found import SNIPPET_WORDS, Excerpt, highlighted
from archive.search.kinds.page import excerpt
from archive.search.query import parse
from archive.search.request import SearchRequest, Sort
from tests.search_app.small_archive import build


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return build(tmp_path_factory.mktemp("answer"))


def ask(archive, text, **asked):
    engine = open_engine(archive.config, Audience.PUBLIC)
    with Holdings(archive.config) as holdings:
        return answer(holdings, engine, SearchRequest(parse(text), **asked))


def marked(excerpt: Excerpt) -> list[str]:
    return [excerpt.text[start:end] for start, end in excerpt.marks]


def test_a_hit_has_its_title_date_words_and_permalink(archive):
    found = ask(archive, "garrison Monday")
    (hit,) = found.hits
    assert found.total == 1
    assert (hit.title, hit.date) == ("Report from El Salvador", "1992-11-09/1992-11-16")
    assert hit.url == f"http://127.0.0.1:8000{archive.ark('weekly', 1)}"
    assert marked(hit.excerpt) == ["garrison", "Monday."]
    assert hit.excerpt.field == "shown" and hit.excerpt.language == "eng"


def test_a_phrase_is_marked_as_one(archive):
    (hit,) = ask(archive, '"San Vicente"').hits
    assert marked(hit.excerpt) == ["San Vicente"]


def test_where_only_the_description_matches_the_snippet_is_of_it(archive):
    (hit,) = ask(archive, "expediente").hits
    assert hit.excerpt.field == "description" and marked(hit.excerpt) == ["Expediente"]
    assert not hit.page.access.text


def test_where_nothing_is_asked_for_what_is_said_of_a_page_is_no_beginning_of_it(archive):
    hits = {hit.item.id: hit for hit in ask(archive, "*", size=50).hits}
    assert hits[archive.items["closed"]].excerpt.text == ""
    assert hits[archive.items["undated"]].snippet.startswith("Fotografía de una marcha")


def test_where_only_the_date_matches_the_snippet_is_the_beginning(archive):
    first = ask(archive, "date:1992", sort=Sort.DATE).hits[0]
    assert first.snippet.startswith("REPORT FROM EL SALVADOR") and first.excerpt.marks == ()


def test_a_hit_withdrawn_since_it_was_indexed_is_left_out(tmp_path):
    own = build(tmp_path)
    own.rule("item", own.items["clipping"], Rule(State.WITHDRAWN))
    own.rule("page", own.pages["weekly"][1], Rule(State.SUPPRESSED))
    found = ask(own, "madres OR mayor")
    assert (found.total, found.hits) == (0, ()), "the total does not tell of them either"


def test_a_text_closed_since_it_was_indexed_is_not_found_by_its_words(tmp_path):
    own = build(tmp_path)
    own.rule("page", own.pages["weekly"][1], Rule(State.CLOSED))
    found = ask(own, "mayor")
    assert (found.total, found.hits) == (0, ())


def test_json_has_one_shape(archive):
    said = as_json(ask(archive, "Tecoluca", facets=("genre",), size=1))
    assert list(said) == ["total", "hits", "facets"]
    assert said["total"] == 4 and len(said["hits"]) == 1
    assert list(said["hits"][0]) == ["item", "page", "title", "date", "score", "snippet", "url"]
    assert said["facets"] == {
        "genre": [{"value": "report", "count": 2}, {"value": "chronology", "count": 1}, {"value": "other", "count": 1}]
    }


# -- highlights

TEXTS = {
    "shown": [Passage(("El", "capitán", "de", "San", "Vicente", "negó"), "spa")],
    "description": [Passage(("San", "Salvador"))],
}


@pytest.mark.parametrize(
    "query, words",
    [
        ("capitanes", {1}),
        ('"San Vicente"', {3, 4}),
        ("capitan OR nadie", {1}),
        ("capitan -Salvador", {1}),
        ("capitan nadie", {1}),
        ('"Vicente San"', set()),
        ("-nadie", set()),
        ("", set()),
        ("date:1992", set()),
        ("capitan date:1992", {1}),
        ("neg*", {5}),
        ("(Salvador capitan) OR nadie", {1}),
        ("-(capitan nadie)", set()),
    ],
)
def test_the_words_to_show(query, words):
    assert highlighted(parse(query), TEXTS).words("shown") == words


words = st.lists(st.sampled_from(["San", "Vicente,", "capitán", "(el)", "—", "x"]), max_size=90).map(tuple)


@given(words, st.sampled_from(['"San Vicente"', "capitan", "x* San", "nadie", "-x", ""]))
def test_a_snippet_is_short_and_its_marks_are_whole_words_that_match(text, query):
    texts = {"shown": [Passage(text, "spa")]}
    said = excerpt(texts, highlighted(parse(query), texts))
    assert len(said.text.replace("… ", "").replace(" …", "").split()) <= SNIPPET_WORDS
    assert "".join(piece for piece, _ in said.runs()) == said.text
    for start, end in said.marks:
        assert start < end and set(said.text[start:end].split()) <= set(text)
    assert bool(highlighted(parse(query), texts).words("shown")) == bool(said.marks)
