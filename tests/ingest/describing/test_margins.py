"""The margins of an item are marked once all its pages are read, and anew when one is read again; the rest of what was
drawn stays."""

import json

import pytest
from PIL import Image, ImageDraw, ImageFont

from archive.catalog import items, readings
from archive.catalog import tables as t
from archive.catalog.connect import open_catalog
from archive.config import load
from archive.description import Description, Statement
from archive.margins import KINDS, PAGE_NUMBER, RUNNING_HEAD
from archive.record import NewMention, NewReading
from ingest.describing.anew import describe_anew
from ingest.describing.margins import mark_margins
from tests.ingest.extract.typed_pages import BODY, layout
from tests.small_scans import ingest

HEAD = "El Rescate - Human Rights Department"
DATE = NewMention("date", 0, 0, "1983", "year", "1983")


def read(shelf, page, lines):
    return readings.add(shelf.connection, page, NewReading("typed", "recipe", ("spa",), "spa", layout(lines)), [DATE])


def said(shelf, page_id):
    """The kinds and values of the mentions of a page's shown reading, in their order."""
    return [
        (one.kind, one.value)
        for one in readings.mentions(shelf.connection, items.page(shelf.connection, page_id).shown_reading)
    ]


@pytest.fixture
def item(shelf):
    """An item of four pages, numbered 7, 8, 9, 10 under a running head."""
    shelf.master("a.tif", frames=4)
    held = shelf.accession(shelf.plan("a.tif"))
    for n, page in enumerate(held.pages):
        read(shelf, page, [HEAD, *BODY[n], str(n + 7)])
    return held


def test_the_pages_of_an_item_are_marked_together_and_once(shelf, item):
    assert set(mark_margins(shelf.connection, item.item.id)) == {page.id for page in item.pages}
    for n, page in enumerate(item.pages):
        assert said(shelf, page.id) == [("date", "1983"), (RUNNING_HEAD, ""), (PAGE_NUMBER, str(n + 7))]
    assert mark_margins(shelf.connection, item.item.id) == ()


def test_a_page_read_again_changes_what_is_marked_on_the_others(shelf, item):
    mark_margins(shelf.connection, item.item.id)
    first, *others = item.pages
    old = items.page(shelf.connection, others[0].id).shown_reading
    for n, page in enumerate(others):
        read(shelf, page, [*BODY[n + 1], f"- {n + 30} -"])
    assert set(mark_margins(shelf.connection, item.item.id)) == {page.id for page in item.pages}
    assert said(shelf, first.id) == [("date", "1983")]
    assert said(shelf, others[0].id) == [("date", "1983"), (PAGE_NUMBER, "30")]
    # What was drawn from a reading that is no longer shown stays with it.
    assert {one.kind for one in readings.mentions(shelf.connection, old)} == {"date", RUNNING_HEAD, PAGE_NUMBER}


def test_a_correction_has_them_marked_anew(shelf, item):
    """Its reading is a new one: what is described anew is marked anew first."""
    describe_anew(shelf.connection, item.item.id)
    page = item.pages[1]
    read(shelf, page, [HEAD.replace("Rescate", "Rescato"), *BODY[1], "8"])
    describe_anew(shelf.connection, item.item.id)
    assert said(shelf, page.id) == [("date", "1983"), (RUNNING_HEAD, ""), (PAGE_NUMBER, "8")]


def test_another_description_is_posted_with_every_page(shelf, item):
    """Each page is searched with what is said of its item."""
    describe_anew(shelf.connection, item.item.id)
    shelf.pages_to_tell()
    assert not describe_anew(shelf.connection, item.item.id) and shelf.pages_to_tell() == set()
    items.set_description(
        shelf.connection, item.item.id, Description.of([Statement("title", "Informe", "text")]), None, ""
    )
    assert describe_anew(shelf.connection, item.item.id)
    assert shelf.pages_to_tell() == {page.id for page in item.pages}


def test_a_target_bears_nothing_out(shelf, item):
    for page in item.pages[1:]:
        items.set_label(shelf.connection, page.id, "", "target")
    mark_margins(shelf.connection, item.item.id)
    assert said(shelf, item.pages[0].id) == [("date", "1983")]


def test_pages_that_are_not_read_are_passed_by(shelf):
    shelf.master("b.tif", frames=2)
    held = shelf.accession(shelf.plan("b.tif"))
    assert mark_margins(shelf.connection, held.item.id) == ()


def test_from_scans(small_archive, tmp_path):
    """Read, marked and described; read again, marked again; and without what a batch brought, marked as before it."""
    folder, font = tmp_path / "scans" / "report", ImageFont.load_default(40)
    folder.mkdir(parents=True)
    for n, text in enumerate(
        [
            "The mayor opened a road/and many people saw it there.",
            "A teacher wrote a letter/about the school and its roof.",
            "The rain lasted all night/over the houses by the river.",
        ],
        1,
    ):
        image = Image.new("L", (900, 600), 255)
        for top, line in zip(
            (40, 220, 290, 500), ("Human Rights Department", *text.split("/"), f"- {n + 20} -"), strict=False
        ):
            ImageDraw.Draw(image).text((60, top), line, font=font, fill=0)
        image.save(folder / f"report-{n}.png", dpi=(200, 200))
    later = tmp_path / "later"
    folder.rename(later)
    folder.mkdir()
    (later / "report-1.png").rename(folder / "report-1.png")
    ingest(small_archive, tmp_path / "scans")
    catalog = open_catalog(load(small_archive.config).catalog_url)

    def marks():
        with catalog.connect() as connection:
            shown = connection.scalars(
                t.page.select()
                .with_only_columns(t.page.c.shown_reading)
                .where(t.page.c.sequence > 0)
                .order_by(t.page.c.sequence)
            ).all()
            return [
                [(one.kind, one.value) for one in readings.mentions(connection, id) if one.kind in KINDS]
                for id in shown
            ]

    expected = [[(RUNNING_HEAD, ""), (PAGE_NUMBER, str(n))] for n in (21, 22, 23)]
    alone = [[(PAGE_NUMBER, "21")]]
    assert marks() == alone
    for one in later.iterdir():
        one.rename(folder / one.name)
    ingest(small_archive, tmp_path / "scans")
    assert marks() == expected
    found = small_archive.json("search", "Department OR mayor")
    assert found["total"] == 3 and found["hits"][0]["snippet"].startswith("The mayor opened")
    assert found["hits"][0]["title"] == "The mayor opened a road"
    again = small_archive.rescate("redo", "--all", "--json")
    assert again.returncode == 0 and [json.loads(line)["outcome"] for line in again.stdout.splitlines()], again.stderr
    assert marks() == expected
    undone = small_archive.rescate("batch", "undo", 2, "--yes")
    assert undone.returncode == 0 and marks() == alone, undone.stderr
    catalog.dispose()
