"""What a page of results costs, in counts: queries of the catalog, layouts decoded, pages analysed; and that what is
closed shows no words, though the index keeps them."""

import contextlib
from unittest import mock

import pytest
from sqlalchemy import event

from archive import indexing
from archive.access import Rule, State
from archive.catalog import items, readings
from archive.catalog.connect import open_catalog, writing
from archive.layout import Layout
from archive.record import NewReading
from archive.search import analysis
from search_app import create_app
from tests.search_app.small_archive import add, build, layout_of

#: As many as a page of results may take, whatever is found.
MOST_QUERIES = 30


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """Twenty items of one page and one of a hundred, beside the small archive."""
    made = build(tmp_path_factory.mktemp("large"))
    for number in range(20):
        add(made, f"one-{number}", "press", [("Un informe sobre Metapán", "spa")], title=f"Informe {number}")
    add(made, "long", "press", [("Otra crónica de Chalchuapa", "spa")] * 100, title="Crónica de cien hojas")
    catalog = open_catalog(made.config.catalog_url)
    indexing.rebuild(made.config, catalog)
    catalog.dispose()
    return made


@contextlib.contextmanager
def counted(app):
    """Queries of the catalog, and the calls that decode a layout and analyse a text, while the block runs."""
    queries: list[str] = []

    def note(*what):
        queries.append(what[2])

    catalog = app.extensions["rescate"].holdings.catalog
    event.listen(catalog, "before_cursor_execute", note)
    with (
        mock.patch.object(Layout, "from_bytes", wraps=Layout.from_bytes) as decoded,
        mock.patch.object(analysis, "tokens", wraps=analysis.tokens) as analysed,
    ):
        yield queries, decoded, analysed
    event.remove(catalog, "before_cursor_execute", note)


@pytest.mark.parametrize("asked, hits, of_items", [("Metap%C3%A1n", 20, 20), ("Chalchuapa", 20, 1), ("", 20, 20)])
def test_a_page_of_results_takes_few_queries_and_analyses_no_page(large, asked, hits, of_items):
    app = create_app(large.config)
    client = app.test_client()
    client.get("/search?q=x")
    with counted(app) as (queries, decoded, analysed):
        answered = client.get(f"/search?q={asked}").get_data(as_text=True)
    assert answered.count('class="hit"') == hits
    assert len(queries) <= MOST_QUERIES, "\n".join(queries)
    assert decoded.call_count == 0
    # The descriptions of the items, which the catalog has.
    assert analysed.call_count <= of_items


def test_a_page_that_was_closed_between_two_searches_shows_no_words(own):
    client = create_app(own.config).test_client()
    assert "<mark>garrison</mark>" in client.get("/search?q=garrison").get_data(as_text=True)
    own.rule("page", own.pages["weekly"][0], Rule(State.CLOSED, reason="It names a witness."))
    after = client.get("/search?q=garrison").get_data(as_text=True)
    assert "<mark>" not in after and "Atlacatl" not in after


def test_a_page_closed_while_it_was_found_shows_no_words(own):
    """After the index answered, and before its hits are said."""
    app = create_app(own.config)
    client = app.test_client()
    engine = app.extensions["rescate"].engine
    search, closed = type(engine).search, []

    def closing(self, request):
        response = search(self, request)
        if not closed:
            closed.append(True)
            own.rule("page", own.pages["weekly"][0], Rule(State.CLOSED, reason="It names a witness."))
        return response

    with mock.patch.object(type(engine), "search", closing):
        after = client.get("/search?q=garrison").get_data(as_text=True)
    assert closed and "<mark>" not in after and "Atlacatl" not in after


def test_where_the_index_lags_the_words_are_those_of_the_reading_that_is_shown(own):
    app = create_app(own.config)
    client = app.test_client()
    client.get("/search?q=x")
    catalog = open_catalog(own.config.catalog_url)
    with writing(catalog) as connection:
        page = items.page(connection, own.pages["weekly"][0])
        layout = layout_of("Two words of the garrison read anew", "eng")
        readings.add(connection, page, NewReading("test 2", "recipe 2", ("spa", "eng"), "eng", layout), [])
    catalog.dispose()
    with counted(app) as (_, decoded, _):
        after = client.get("/search?q=garrison").get_data(as_text=True)
    assert "Two words of the <mark>garrison</mark> read anew" in after
    assert decoded.call_count
