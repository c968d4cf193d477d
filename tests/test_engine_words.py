"""What every engine must do alike with words of a page's document, and with words that stand nowhere: part of the
contract."""

import csv
from pathlib import Path

import pytest

from archive.access import Audience
from archive.search.document import Document, Passage
from archive.search.embedded import Embedded
from archive.search.kinds.page import FIELDS
from archive.search.nearest import MOST_SEARCHES, nearest
from archive.search.query import parse
from archive.search.request import SearchRequest
from tests.archive.search import corpus, oracle
from tests.test_engine_contract import engine_of, fresh, ids  # noqa: F401 (fixtures)

DESCRIBED = corpus.documents_of_pages()

with Path(corpus.__file__).with_name("document_words.tsv").open(encoding="utf-8", newline="") as file:
    DOCUMENT_WORDS = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def described(engine_of):
    """An engine that holds pages with what is said of their documents."""
    engine = engine_of("described")
    engine.rebuild(DESCRIBED)
    return engine


@pytest.mark.parametrize("case", DOCUMENT_WORDS, ids=lambda case: case["query"])
def test_a_pages_document_completes_it_and_is_found_once(case, described):
    request = SearchRequest(parse(case["query"]), size=100)
    expected = sorted(case["found"].split())
    assert sorted(ids(oracle.hits(DESCRIBED, request))) == expected
    response = described.search(request)
    assert sorted(ids(response.hits)) == expected and response.total == len(expected)


def test_a_documents_own_words_weigh_less_than_the_pages(described, tmp_path):
    for query in ("refugiados Colomoncagua", "agua informe", "Colomoncagua", "(agua informe) OR (report refugiados)"):
        found = list(described.every(SearchRequest(parse(query))))
        embedded = Embedded(tmp_path, FIELDS, Audience.PUBLIC)
        embedded.rebuild(DESCRIBED)
        expected = list(embedded.every(SearchRequest(parse(query))))
        assert [(hit.id, pytest.approx(hit.score, rel=1e-4)) for hit in expected] == [
            (hit.id, hit.score) for hit in found
        ]
    both = Document("z", "z", 1000, texts={"shown": (Passage(("agua", "informe"), "spa"),)})
    other = Document(
        "y",
        "y",
        999,
        texts={"shown": (Passage(("agua", "lluvia"), "spa"),), "context": (Passage(("informe",), "spa"),)},
    )
    embedded.rebuild([both, other])
    assert ids(embedded.every(SearchRequest(parse("agua informe")))) == ["z", "y"]


# -- near words

NAMES = [
    Document(f"n{n}", "n", n, texts={"shown": (Passage(tuple(text.split()), "spa"),)})
    for n, text in enumerate(
        [
            "Tecoluca y Chalatenango",
            "Tecoluca",
            "El padre Rutilio Grande en Chalatenango",
            "El Mozote",
            "Usulután y Usulután",
            "Quezaltepeque",
            "Colomoncagua",
            "niños",
        ],
        1,
    )
]


def near(engine, typed, **request):
    return {str(one.query): one.total for one in nearest(engine, SearchRequest(parse(typed), **request))}


@pytest.mark.parametrize(
    "typed, found",
    [
        ("Tecoluka", {"Tecoluca": 2}),
        ("Chalatenago", {"Chalatenango": 2}),
        ("Rutillo", {"Rutilio": 1}),
        ("usulutam", {"usulután": 1}),
        ("Kolomoncagua", {"Colomoncagua": 1}),
        ("Quesaltepeque", {"Quezaltepeque": 1}),
        ("Tecoluka Chalatenago", {"Tecoluca Chalatenango": 1}),
        ("Rutillo Grande", {"Rutilio Grande": 1}),
        ("Rutillo Tecoluca", {"Rutilio": 1}),
        ("ElMozote", {'"El Mozote"': 1}),
        ("Chalate nango", {"Chalatenango": 2}),
        ("xyzxyz", {}),
        ("niñoss", {"niños": 1}),
        ("-Tecoluca -Chalatenango -Mozote x", {}),
        ("abc", {}),
    ],
)
def test_near_words_are_those_that_find_something(typed, found, fresh_names):
    assert near(fresh_names, typed) == found


@pytest.fixture(scope="module")
def fresh_names(engine_of):
    engine = engine_of("names")
    engine.rebuild(NAMES)
    return engine


def test_a_word_that_was_removed_is_never_offered(fresh):
    fresh.rebuild([*NAMES, Document("secret", "s", 99, texts={"shown": (Passage(("Zacamilpa",), "spa"),)})])
    assert near(fresh, "Zacamilpo") == {"Zacamilpa": 1}
    fresh.write([], ["secret"])
    assert near(fresh, "Zacamilpo") == {}


def test_near_words_are_found_under_the_same_filters(fresh):
    fresh.rebuild([Document("a", "a", 1, texts={"shown": (Passage(("Tecoluca",)),)}, facets={"genre": ("report",)})])
    assert near(fresh, "Tecoluka", filters={"genre": ("report",)}) == {"Tecoluca": 1}
    assert near(fresh, "Tecoluka", filters={"genre": ("clipping",)}) == {}


def test_near_words_cost_a_bounded_number_of_searches(fresh_names, monkeypatch):
    asked, search = [], fresh_names.search
    monkeypatch.setattr(fresh_names, "search", lambda request: asked.append(request) or search(request))
    near(fresh_names, " ".join(f"Tecoluk{letter} Rutill{letter}" for letter in "abcdefghijklm"))
    assert 0 < len(asked) <= MOST_SEARCHES and all(request.size == 0 and not request.facets for request in asked)
