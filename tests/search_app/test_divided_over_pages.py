"""A word that a page's end divides: found where it begins, and only by who may read the page where it ends."""

import pytest

from archive import indexing
from archive.access import Rule, State
from archive.catalog import journal, tables
from archive.catalog.connect import open_catalog
from archive.unit import Unit
from search_app import create_app
from tests.search_app.reading import read
from tests.search_app.small_archive import layout_of


def rewrite(archive, texts, told):
    """Gives pages of the weekly report, by number from 1, other texts; the index hears of the page, or unit, `told`."""
    catalog = open_catalog(archive.config.catalog_url)
    with catalog.begin() as connection:
        for number, text in texts.items():
            connection.execute(
                tables.reading.update()
                .where(tables.reading.c.page_id == archive.pages["weekly"][number - 1])
                .values(layout=layout_of(text, "spa").to_bytes())
            )
        journal.post(connection, [told if isinstance(told, Unit) else Unit.page(archive.pages["weekly"][told - 1])])
    indexing.catch_up(archive.config, catalog)
    catalog.dispose()


def count(archive, typed):
    return len(
        read(create_app(archive.config).test_client(), "/search", query_string={"q": typed, "lang": "en"}).all(".hit")
    )


@pytest.fixture
def divided(own):
    rewrite(own, {1: "Preguntan por los desapare-\n12", 2: "13\ncidos zorzales de ayer"}, told=2)
    return own


def test_it_is_found_and_marked_on_the_page_where_it_begins(divided):
    client = create_app(divided.config).test_client()
    for typed in ("desaparecidos", '"los desaparecidos"', "desapare-cidos"):
        assert count(divided, typed) == 1
        page = read(client, divided.ark("weekly", 1) + "?q=" + typed)
        assert page.texts(".words mark")[-1] == "desapare-"
        assert "cidos" not in page.text(".words")
    assert count(divided, "zorzales") == 1


def test_the_page_before_hears_of_a_change(divided):
    rewrite(divided, {2: "rados y otros"}, told=2)
    assert count(divided, "desaparecidos") == 0
    rewrite(divided, {2: "cidos"}, told=2)
    assert count(divided, "desaparecidos") == 1


def test_of_an_item_or_a_component_the_index_hears_of_all_pages(own):
    for place, told in enumerate((Unit.item(own.items["weekly"]), Unit.component(own.components["coll"])), 1):
        rewrite(own, {1: f"zorzales{place} de ayer", 2: f"zorzales{place} de hoy"}, told)
        assert [count(own, f"zorzales{which}") for which in (1, 2)] == ([2, 0] if place == 1 else [0, 2])


@pytest.mark.parametrize("state", [State.CLOSED, State.SUPPRESSED])
def test_what_may_not_be_read_adds_no_letter_to_the_page_before(divided, state):
    page = divided.pages["weekly"][1]
    divided.rule("page", page, Rule(state))
    rewrite(divided, {}, told=2)
    assert count(divided, "desaparecidos") == 0 and count(divided, "desapare") == 1
    assert (
        read(create_app(divided.config).test_client(), divided.ark("weekly", 1) + "?q=desaparecidos").texts(
            ".words mark"
        )
        == []
    )
