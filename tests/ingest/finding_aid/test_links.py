"""The CSV that leads ArchivesSpace back: a row an item, only what the public may know."""

import csv
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from archive.access import Rule, State
from archive.catalog import items, journal, rules, tree
from archive.catalog import tables as t
from archive.catalog.connect import open_catalog, signed
from archive.config import ArchiveSettings, CatalogSettings, Config
from archive.description import Description, Statement
from archive.holdings import Holdings
from archive.unit import Unit
from ingest.finding_aid import links

NAAN = "99999"


@pytest.fixture
def made(tmp_path, catalog_url):
    """Holdings with a tree, and the ids of its items by title."""
    config = Config(
        folder=tmp_path,
        catalog=CatalogSettings(catalog_url),
        archive=ArchiveSettings(base_url="https://archive.example"),
    )
    catalog = open_catalog(config.catalog_url, create=True)
    found = {}

    def item(title, component, state=None):
        one = items.add_item(connection, NAAN)
        said = Description((Statement("title", title, "spreadsheet"),)) if title else Description()
        items.set_description(connection, one.id, said, component, "")
        if state:
            rules.put(connection, Unit.item(one.id), Rule(state), "spreadsheet")
        found[title] = one.id

    with catalog.begin() as connection:
        values = dict(level="file", source=tree.FINDING_AID, finding_aid="aid", parent_id=None)
        box = tree.add_described(connection, NAAN, "f00", {**values, "title": "Box of letters"})
        hidden = tree.add_described(connection, NAAN, "hidden", {**values, "title": "Hidden"})
        rules.put(connection, Unit.component(hidden), Rule(State.SUPPRESSED), tree.FINDING_AID)
        nameless = tree.add_described(connection, NAAN, "no-id-1234", {**values, "title": "Nameless"})
        second = tree.add_described(connection, NAAN, "aid:ref1", {**values, "title": "Second"})
        item("=Letter", box)
        item("", box)
        item("Closed letter", box, State.CLOSED)
        item("Suppressed letter", box, State.SUPPRESSED)
        item("Withdrawn letter", box, State.WITHDRAWN)
        item("In hidden", hidden)
        item("In nameless", nameless)
        item("In nothing", None)
        item("In second", second)
    with Holdings(config, catalog=catalog) as holdings:
        yield holdings, found
    catalog.dispose()


def read(lines):
    return list(csv.reader("".join(lines).splitlines()))


def test_a_row_an_item_and_nothing_that_may_not_be_named(made):
    holdings, found = made
    linked = list(links.links(holdings))
    rows = read(links.plain(filter(None, linked)))
    assert rows[0] == ["ref_id", "digital_object_id", "digital_object_url", "title"]
    assert [(row[0], row[3]) for row in rows[1:]] == [
        ("f00", "'=Letter"),
        ("f00", "Box of letters"),
        ("f00", "Closed letter"),
        ("ref1", "In second"),
    ]
    id = found["=Letter"]
    assert rows[1][1:3] == [f"ark:{NAAN}/{id}", f"https://archive.example/ark:{NAAN}/{id}"]
    assert linked.count(None) == 2


def test_the_template_of_archivesspace_for_its_versions(made):
    rows = read(links.template(filter(None, links.links(made[0]))))
    assert rows[0][0].startswith("ArchivesSpace digital object import field codes")
    first = dict(zip(rows[0][1:], rows[2][1:], strict=False))
    assert rows[2][0] == "" and len(rows) == 6
    assert (
        first["ead"],
        first["ao_ref_id"],
        first["digital_object_title"],
        first["digital_object_publish"],
        first["publish"],
    ) == ("aid", "f00", "=Letter", "1", "1")
    assert first["rep_file_uri"] == first["digital_object_link"] and first["rep_file_uri"].endswith(
        first["digital_object_id"]
    )


def test_only_what_changed_since(made):
    holdings, found = made
    now = datetime.now(UTC)
    with holdings.catalog.begin() as connection:
        connection.execute(update(t.item).values(created=now - timedelta(days=30)))
    assert list(links.links(holdings, now - timedelta(days=1))) == []
    with signed(holdings.catalog, "Ana").begin() as connection:
        journal.note(connection, "access", Unit.item(found["Closed letter"]))
    assert [one.title for one in links.links(holdings, now - timedelta(days=1))] == ["Closed letter"]
