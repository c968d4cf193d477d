"""What the losing reader has: searched, marked, shown beside, exported; and how surely a page was read."""

from dataclasses import replace
from pathlib import PurePosixPath

import pytest
from lxml import etree

from archive import exports, indexing
from archive.catalog import journal, tables
from archive.catalog.connect import open_catalog
from archive.holdings import Holdings
from archive.layout import Layout, TextBlock, TextLine, Word
from archive.unit import Unit
from search_app import create_app
from tests.search_app.reading import read


@pytest.fixture
def read_twice(own):
    """The first page of the weekly report, of which another reader has some words otherwise, and one aside; it is read
    badly."""
    page = own.pages["weekly"][0]
    catalog = open_catalog(own.config.catalog_url)
    with Holdings(own.config) as holdings:
        layout = holdings.layout(holdings.find(page))
    with catalog.begin() as connection:
        others = {"peasants": "campesinata", "arrested": "arr ested"}
        changed = Layout(
            layout.width,
            layout.height,
            tuple(
                TextBlock(
                    tuple(
                        TextLine(tuple(replace(word, other=others.get(word.content)) for word in line.words))
                        for line in block.lines
                    ),
                    block.language,
                )
                for block in layout.blocks
            ),
            (TextLine((Word("Zzqx", 40, 1900, 90, 40, 0.1),)),),
        )
        connection.execute(
            tables.reading.update()
            .where(tables.reading.c.page_id == page)
            .values(layout=changed.to_bytes(), confidence=0.6, reader="tesseract+rapidocr 5+3")
        )
        journal.post(connection, [Unit.page(page)])
    indexing.catch_up(own.config, catalog)
    catalog.dispose()
    return own


def test_another_reading_is_found_said_and_marked(read_twice):
    client = create_app(read_twice.config).test_client()
    found = read(client, "/search?q=campesinata&lang=en")
    assert found.text(".count") == "1 page found." and found.text(".snippet .field") == "In another reading:"
    page = read(client, read_twice.ark("weekly", 1) + "?q=campesinata")
    assert page.texts(".words mark") == ["peasants", "peasants"]
    assert "campesinata" in page.text(".others") and "Zzqx" in page.text(".others")
    assert not read(client, read_twice.ark("weekly", 2)).all(".others")
    aside = read(client, read_twice.ark("weekly", 1) + "?q=Zzqx")
    assert not aside.all(".words mark") and len(aside.all("svg.boxes rect.hit")) == 1
    assert aside.text(".hit-line mark") == "1 word"


def test_a_phrase_of_another_reading_is_found(read_twice):
    client = create_app(read_twice.config).test_client()
    for phrase in ("three campesinata near", "arr ested three"):
        assert (
            read(client, "/search", query_string={"q": f'"{phrase}"', "lang": "en"}).text(".count") == "1 page found."
        )
    assert read(client, "/search?q=Zzqx&lang=en").text(".count") == "1 page found."


def test_how_surely_a_page_was_read_narrows_a_result(read_twice):
    client = create_app(read_twice.config).test_client()
    page = read(client, "/search?lang=en&confidence=50")
    assert page.text(".count") == "1 page found." and "50 to 75 %" in page.text(".facet-confidence")
    assert (
        read(client, "/search?lang=es&confidence=90")
        .texts(".facet-confidence .chosen .name")[0]
        .startswith("90 % o más")
    )


def test_the_worst_read_pages_come_first(read_twice):
    with Holdings(read_twice.config) as holdings:
        pages = [(page.id, row.confidence) for _, page, row in holdings.least_sure()]
        assert pages[0] == (read_twice.pages["weekly"][0], 0.6)
        closed = read_twice.pages["closed"] + read_twice.pages["suppressed"]
        assert not set(closed) & {id for id, _ in pages}
        assert len(list(holdings.least_sure(below=0.7))) == 1 and not list(holdings.least_sure("spa", 0.7))


def test_other_readings_are_exported(read_twice):
    with Holdings(read_twice.config) as holdings:
        page = holdings.find(read_twice.pages["weekly"][0])
        one = exports.PageFile(holdings.item(page.item_id), page, "weekly.tif", 1, PurePosixPath("weekly.txt"))
        shown, whole = exports.text_of(holdings, one), exports.text_of(holdings, one, all_readings=True)
        alto = etree.fromstring(exports.alto_of(holdings, one))
    assert whole == shown + b"\n* * *\n\narr ested campesinata\ncampesinata\nZzqx\n"
    assert [one.text for one in alto.iter("{*}ALTERNATIVE")] == ["arr ested", "campesinata", "campesinata"]
