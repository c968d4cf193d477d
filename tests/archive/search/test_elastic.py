"""Elasticsearch's own: whole compiled requests, its aliases and indexes, and each way it can fail to answer."""

import http.server
import json
import os
import threading
from base64 import b64decode
from dataclasses import replace
from datetime import date

import elasticsearch
import pytest

from archive.access import Audience
from archive.config import ElasticsearchSettings
from archive.errors import EngineError, EngineRejected, EngineUnavailable
from archive.search import elastic, elastic_client, elastic_terms, ranking, stored
from archive.search.document import Document, Passage
from archive.search.elastic import Elastic
from archive.search.elastic_terms import compile, index, written
from archive.search.indexed import GAPS
from archive.search.kinds.page import FIELDS
from archive.search.query import parse
from archive.search.request import SearchRequest, Sort
from tests.archive.search import corpus
from tests.elasticsearch.fixture import GIVEN
from tests.elasticsearch.server import VERSION

FACETS = tuple(FIELDS.facets)

#: What the texts of a page's own weigh.
OWN = {"shown": 1.0, "also": 0.5, "description": 1.0}


def in_each_text(kind: str, key: str, said: str, texts: dict[str, float] = OWN) -> dict:
    """A clause for the folded words of each text, with what such a text weighs."""
    return {
        "dis_max": {
            "queries": [{kind: {f"{text}_folded": {key: said, "boost": boost}}} for text, boost in texts.items()]
        }
    }


def in_each_form(texts: dict[str, float]) -> dict:
    """The word *arrests*: its forms in each of these texts, by what each weighs."""
    return {
        "dis_max": {
            "queries": [
                {"term": {f"{text}_{stream}": {"value": form, "boost": weight * boost}}}
                for text, boost in texts.items()
                for stream, form, weight in (
                    ("exact", "arrests", 2.0),
                    ("folded", "arrests", 1.5),
                    ("spa", "arrests", 1.0),
                    ("eng", "arrest", 1.0),
                )
            ]
        }
    }


def test_a_request_is_compiled_whole():
    request = SearchRequest(
        parse('arrests -"en San Vicente"'),
        filters={"genre": ("report",), "date": ("1984", "198X"), "place": ("usa",)},
        facets=("genre", "date"),
        date_bin="month",
        sort=Sort.DATE,
    )
    genre = {"terms": {"genre": ["report"]}}
    dates = {
        "bool": {
            "should": [{"terms": {"date_year": ["1984"]}}, {"terms": {"date_decade": ["198X"]}}],
            "minimum_should_match": 1,
        }
    }
    word = in_each_form(OWN | {"context": 0.25})
    phrase = in_each_text("match_phrase", "query", "en san vicente", OWN | {"context": 0.25})
    found = {"bool": {"must": [{"bool": {"must": [word], "must_not": [phrase]}}], "filter": [in_each_form(OWN)]}}
    assert compile(request, FIELDS) == {
        "query": {"bool": {"must": [found], "filter": [{"terms": {"place": ["usa"]}}]}},
        "post_filter": {"bool": {"filter": [genre, dates]}},
        "sort": [{"oldest": "asc"}],
        "track_total_hits": True,
        "docvalue_fields": ["item"],
        "aggs": {
            "genre": {
                "filter": {"bool": {"filter": [dates]}},
                "aggs": {"values": {"terms": {"field": "genre", "size": 65535}}},
            },
            "date": {
                "filter": {"bool": {"filter": [genre]}},
                "aggs": {"values": {"terms": {"field": "date_month", "size": 65535}}},
            },
        },
    }


@pytest.mark.parametrize(
    "typed, expected",
    [
        ("*", {"match_all": {}}),
        ("-*", {"bool": {"must_not": [{"match_all": {}}]}}),
        (
            "date:1984",
            {
                "bool": {
                    "filter": [
                        {"range": {"earliest": {"lte": date(1984, 12, 31).toordinal()}}},
                        {"range": {"latest": {"gte": date(1984, 1, 1).toordinal()}}},
                    ],
                    "must_not": [
                        {
                            "bool": {
                                "filter": [
                                    {"range": {first: {"lte": date(1984, 1, 1).toordinal()}}},
                                    {"range": {last: {"gte": date(1984, 12, 31).toordinal()}}},
                                ]
                            }
                        }
                        for first, last in GAPS
                    ],
                }
            },
        ),
        ("date:..1984", {"bool": {"filter": [{"range": {"earliest": {"lte": date(1984, 12, 31).toordinal()}}}]}}),
        (
            "Policí*",
            {
                "bool": {
                    "filter": [
                        {
                            "bool": {
                                "should": [
                                    {"prefix": {"shown_folded": "polici"}},
                                    {"prefix": {"also_folded": "polici"}},
                                    {"prefix": {"description_folded": "polici"}},
                                ],
                                "minimum_should_match": 1,
                            }
                        }
                    ]
                }
            },
        ),
        ('"a"', in_each_text("term", "value", "a")),
        ("d'Aubrey", in_each_text("match_phrase", "query", "d aubrey")),
    ],
)
def test_each_kind_of_query_is_compiled(typed, expected):
    assert compile(SearchRequest(parse(typed)), FIELDS)["query"]["bool"]["must"] == [expected]


def test_words_that_stand_together_are_compiled():
    """A row as a phrase, and neighbours in their order as words, in each text by its weight; by date, neither."""
    request = SearchRequest(parse("masacre del Sumpul"))
    asked = compile(request, FIELDS)["query"]["bool"]["must"][0]["bool"]["must"][0]["bool"]
    of = elastic_terms._Compiler(FIELDS)
    words = [of.asked(parse(word), of.texts) for word in ("masacre", "del", "Sumpul")]
    row = [
        {
            "match_phrase": {
                f"{text}_folded": {"query": "masacre del sumpul", "boost": ranking.RUN * FIELDS.weights[text]}
            }
        }
        for text in FIELDS.texts
    ]
    neighbours = [
        {
            "bool": {
                "must": [{"term": {f"{text}_folded": {"value": word}}} for word in ("masacre", "sumpul")],
                "filter": [
                    {
                        "span_near": {
                            "clauses": [{"span_term": {f"{text}_folded": word}} for word in ("masacre", "sumpul")],
                            "slop": 1 + ranking.SLACK,
                            "in_order": True,
                        }
                    }
                ],
                "boost": ranking.PAIR * FIELDS.weights[text],
            }
        }
        for text in FIELDS.texts
    ]
    assert asked == {"must": words, "should": [{"dis_max": {"queries": row}}, {"dis_max": {"queries": neighbours}}]}
    by_date = compile(replace(request, sort=Sort.DATE), FIELDS)["query"]["bool"]["must"][0]["bool"]["must"][0]["bool"]
    assert by_date == {"must": words}


@pytest.mark.parametrize(
    "sort, typed, order",
    [
        (Sort.RELEVANCE, "a", [{"_score": "desc"}, {"ordinal": "asc"}]),
        (Sort.RELEVANCE, "", [{"ordinal": "asc"}]),
        (Sort.DATE, "a", [{"oldest": "asc"}]),
        (Sort.DATE_DESC, "a", [{"newest": "asc"}]),
    ],
)
def test_the_order_is_compiled(sort, typed, order):
    assert compile(SearchRequest(parse(typed), sort=sort), FIELDS)["sort"] == order


def test_a_filter_that_cannot_be_met_finds_nothing():
    body = compile(SearchRequest(filters={"date": ("May",)}), FIELDS)
    assert body["query"]["bool"]["filter"] == [{"match_none": {}}]


def test_a_document_is_written_whole():
    document = Document(
        "a",
        "i",
        7,
        "page",
        {"shown": (Passage(("La", "Policía"), "spa"),)},
        {"place": ("b", "a", "b")},
        date(1984, 3, 1),
        date(1984, 3, 1),
    )
    day = date(1984, 3, 1).toordinal()
    made = written(document, FIELDS)
    kept = stored.unpack(b64decode(made.pop("words")))
    assert kept.passages == {"shown": document.texts["shown"]} and kept.terms["shown"].folded == ["la", "policia"]
    assert made == {
        "item": "i",
        "ordinal": 7,
        "oldest": day * 2**40 + 7,
        "newest": (date.max.toordinal() - day) * 2**40 + 7,
        "number": 1,
        "earliest": day,
        "latest": day,
        "date_decade": ["198X"],
        "date_year": ["1984"],
        "date_month": ["1984-03"],
        "date_day": ["1984-03-01"],
        "place": ["b", "a"],
        "shown_exact": "la policía",
        "shown_folded": "la policia",
        "shown_spa": "la polic",
        "shown_eng": "_ _",
        **{
            f"{text}_{stream}": " ".join("_" * places)
            for text, places in (("also", 8), ("description", 24), ("context", 24))
            for stream in ("exact", "folded", "spa", "eng")
        },
    }


def test_nothing_is_guessed_and_no_text_is_kept():
    made = index(FIELDS, "a mark")
    assert made["mappings"]["dynamic"] == "strict"
    assert made["mappings"]["_source"] == {"enabled": False}
    assert made["mappings"]["_meta"] == {"rescate": "a mark"}
    assert made["mappings"]["properties"]["shown_folded"] == {
        "type": "text",
        "analyzer": "whitespace",
        "index_options": "positions",
    }
    assert "analysis" not in made["settings"]


# -- against a server


@pytest.fixture
def engine(elasticsearch_settings, tmp_path):
    made = Elastic(elasticsearch_settings, FIELDS, Audience.PUBLIC, tmp_path)
    yield made
    made.close()


@pytest.fixture
def client(elasticsearch_settings):
    with elasticsearch.Elasticsearch(elasticsearch_settings.url) as made:
        yield made


def test_a_rebuild_leaves_one_index_under_the_alias(engine, client):
    for _ in range(2):
        engine.rebuild(corpus.units()[:3])
    found = client.indices.get(index=f"{engine.alias}-*")
    assert len(found) == 1
    assert [list(one["aliases"]) for one in found.values()] == [[engine.alias]]


def test_a_rebuild_that_fails_leaves_no_index(engine, client):
    with pytest.raises(ZeroDivisionError):
        engine.rebuild(Document("a", "i", 1 // n) for n in (1, 0))
    assert len(client.indices.get(index=f"{engine.alias}-*")) == 0


def test_what_a_stopped_program_left_is_swept_away_and_nothing_of_others(engine, client):
    left, foreign = f"{engine.alias}-left", f"{engine.alias}-foreign"
    client.indices.create(index=left, **index(FIELDS, "a mark"))
    client.indices.create(index=foreign)
    engine.rebuild(corpus.units()[:3])
    assert not client.indices.exists(index=left)
    assert client.indices.exists(index=foreign)


def test_what_elasticsearch_rejects_is_named(engine, monkeypatch):
    engine.rebuild(corpus.units()[:3])
    monkeypatch.setattr(elastic_terms, "written", lambda document, _: {"ordinal": 1 if document.id == "a" else "word"})
    with pytest.raises(EngineRejected, match=r"2 records: b \(document_parsing_exception\); c \("):
        engine.write([Document("a", "i", 1), Document("b", "i", 2), Document("c", "i", 3)])


def test_more_values_than_one_answer_holds_are_counted_exactly(engine, monkeypatch):
    engine.rebuild(corpus.units())
    request = SearchRequest(
        parse("-masacre"),
        facets=FACETS,
        date_bin="day",
        filters={"genre": ("report", "clipping"), "date": ("198X",)},
    )
    whole = engine.search(request)
    monkeypatch.setattr(elastic_terms, "MOST_BUCKETS", 3)
    monkeypatch.setattr(elastic, "_WINDOW", 5)
    assert engine.search(replace(request, size=0)) == replace(whole, hits=())


def test_snapshots_are_let_go(engine, client):
    engine.rebuild(corpus.units())
    list(engine.every(SearchRequest()))
    walk = engine.every(SearchRequest())
    next(walk)
    walk.close()
    stats = client.indices.stats(index=engine.alias, metric="search")
    assert stats["_all"]["total"]["search"]["open_contexts"] == 0


def test_an_index_under_the_name_of_the_alias_is_not_written_to(engine, client):
    client.indices.create(index=engine.alias)
    try:
        with pytest.raises(EngineError):
            engine.rebuild(corpus.units()[:3])
    finally:
        client.indices.delete(index=engine.alias)


# -- a server that does not answer as it should


def test_a_server_that_is_down_is_said_to_be(tmp_path):
    engine = Elastic(ElasticsearchSettings(url="http://127.0.0.1:9", timeout=2), FIELDS, Audience.PUBLIC, tmp_path)
    for asked in (
        lambda: engine.search(SearchRequest()),
        lambda: next(engine.every(SearchRequest())),
        engine.check,
        lambda: engine.write([]),
        lambda: engine.rebuild([]),
    ):
        with pytest.raises(EngineUnavailable, match="http://127.0.0.1:9.*rescate reindex"):
            asked()
    engine.close()


@pytest.fixture
def answering():
    """A server that answers everything alike: `answering(status, product)` gives its URL and the headers it saw."""
    servers, seen = [], []

    def start(status, product="Elasticsearch", said=None):
        class Answer(http.server.BaseHTTPRequestHandler):
            def answer(self):
                seen.append({name.lower(): value for name, value in self.headers.items()})
                body = json.dumps(said or {"error": {"type": "of_a_kind", "reason": "so"}, "status": status}).encode()
                self.send_response(status)
                if product:
                    self.send_header("X-Elastic-Product", product)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}", seen

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    "status, product, kind, said",
    [
        (401, "Elasticsearch", EngineUnavailable, elastic_client.API_KEY),
        (403, "Elasticsearch", EngineUnavailable, elastic_client.API_KEY),
        (503, "Elasticsearch", EngineUnavailable, "Try again"),
        (429, "Elasticsearch", EngineUnavailable, "Try again"),
        (400, "Elasticsearch", EngineError, "of_a_kind"),
        (200, "", EngineUnavailable, "no Elasticsearch of a version that is supported. Rescate speaks to .* 8 and 9"),
        (406, "Elasticsearch", EngineError, "of a version that is not supported. Rescate speaks to Elasticsearch 8"),
    ],
)
def test_what_it_answers_instead_is_said(status, product, kind, said, answering, tmp_path):
    url, _seen = answering(status, product)
    engine = Elastic(ElasticsearchSettings(url=url), FIELDS, Audience.PUBLIC, tmp_path)
    with pytest.raises(kind, match=said) as caught:
        engine.check()
    assert url in str(caught.value)
    engine.close()


@pytest.mark.parametrize("version", ["7.17.29", "10.0.0"])
@pytest.mark.parametrize("asked", [Elastic.check, lambda engine: engine.rebuild([])], ids=["check", "rebuild"])
def test_a_version_that_is_not_supported_is_said(asked, version, answering, tmp_path):
    url, _seen = answering(200, "Elasticsearch", {"nodes": {"a": {"version": version}}, "status": "green"})
    engine = Elastic(ElasticsearchSettings(url=url, timeout=5), FIELDS, Audience.PUBLIC, tmp_path)
    with pytest.raises(EngineError, match=f"this is Elasticsearch {version}, which is not supported") as caught:
        asked(engine)
    assert "Rescate speaks to Elasticsearch 8 and 9" in caught.value.remedy
    engine.close()


def test_the_server_of_the_tests_says_its_version(elasticsearch_settings, tmp_path):
    engine = Elastic(elasticsearch_settings, FIELDS, Audience.PUBLIC, tmp_path)
    engine.rebuild([])
    assert f"Elasticsearch {VERSION} at " in engine.check() or os.environ.get(GIVEN)
    engine.close()


def test_the_key_comes_from_the_environment(answering, tmp_path, monkeypatch):
    monkeypatch.setenv(elastic_client.API_KEY, "c2VjcmV0")
    url, seen = answering(401)
    engine = Elastic(ElasticsearchSettings(url=url), FIELDS, Audience.PUBLIC, tmp_path)
    with pytest.raises(EngineUnavailable) as caught:
        engine.search(SearchRequest())
    assert seen[0]["authorization"] == "ApiKey c2VjcmV0"
    assert "c2VjcmV0" not in str(caught.value)
    engine.close()
