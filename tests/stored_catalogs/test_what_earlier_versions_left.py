"""An archive of each earlier version is opened by this one: searched, cited, undone, every permalink kept."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select

from archive import indexing
from archive.anchor import Place
from archive.catalog import decisions, readings, shape
from archive.catalog import tables as t
from archive.catalog.connect import open_catalog
from archive.config import CatalogSettings, load
from archive.decisions import CORRECTION
from archive.dump.restoring import restore
from archive.dump.writing import dump
from ingest.undo import take_back
from search_app import create_app

HERE = Path(__file__).parent
SHAPES = [path.stem for path in sorted(HERE.glob("*.sql"))]


@pytest.fixture(params=SHAPES)
def left(request, tmp_path):
    """The settings of an archive whose catalog is of an earlier shape, and the ids in it: item → pages, in order."""
    (tmp_path / "config.yaml").write_text("ingest: {languages: [eng]}\n", "utf-8")
    (tmp_path / "data").mkdir()
    with closing(sqlite3.connect(tmp_path / "data" / "catalog.sqlite")) as catalog:
        catalog.executescript((HERE / f"{request.param}.sql").read_text("utf-8"))
        assert catalog.execute("select version_num from alembic_version").fetchall() == [(request.param,)]
        rows = catalog.execute("select item_id, id from page order by ordinal").fetchall()
        closed = {id for (id,) in catalog.execute("select subject_id from access_rule where state = 'closed'")}
    ids: dict[str, list[str]] = {}
    for item, page in rows:
        ids.setdefault(item, []).append(page)
    assert len(rows) == 4 and len(ids) == 3 and len(closed) == 1
    return load(tmp_path / "config.yaml"), ids, closed


def test_every_shape_before_this_one_is_stored():
    assert [one for one in sorted(shape.known()) if one != shape.NEWEST] == SHAPES


def test_it_is_opened_searched_cited_and_undone_and_every_permalink_kept(left):
    config, ids, closed = left
    catalog = open_catalog(config.catalog_url, create=True)
    indexing.rebuild(config, catalog)
    client = create_app(config).test_client()

    def status(id):
        return client.get(f"/ark:{config.archive.naan}/{id}").status_code

    every = {id for item, pages in ids.items() for id in (item, *pages)}
    restricted = {id for item in closed for id in (item, *ids[item])}
    before = {id: status(id) for id in every}
    assert {before[id] for id in every - restricted} <= {200, 303, 302, 301}
    assert all(before[id] < 500 and before[id] != 404 for id in every)
    # Closed: described, and not shown.
    for item in closed:
        assert client.get(f"/text/{ids[item][0]}.txt").status_code in (403, 404)
    found = json.loads(client.get("/search.json?q=Tecoluca").data)
    assert found["total"] == 1 and found["hits"][0]["page"] in every
    assert json.loads(client.get("/search.json?q=Zacamil").data)["total"] == 0
    ris = client.get(f"/cite/{found['hits'][0]['page']}?format=ris").get_data(as_text=True)
    assert "TI  - Report of May" in ris and "AN  - " in ris and found["hits"][0]["page"] in ris
    with catalog.connect() as connection:
        batch = connection.exec_driver_sql("select id from batch where kind = 'ingest'").scalar_one()
        remembered = connection.exec_driver_sql("select count(*) from prior_state").scalar_one()
    items, _ = take_back(config, batch, "Ana")
    assert items == (3 if remembered else 0)
    # What was taken out leads to a notice; the first version remembered nothing to take out.
    assert {status(id) for id in every} == ({410} if remembered else set(before.values()))


#: Catalogs in which persons corrected pages, one of them a closed one, and took a correction back.
CORRECTED = ["0008", "0009"]


@pytest.mark.parametrize("restored_in", ["", "sqlite", "postgresql"])
@pytest.mark.parametrize("left", CORRECTED, indirect=True)
def test_what_persons_corrected_is_shown_and_listed_under_its_number(left, restored_in, tmp_path, request):
    """Opened as it stands, or restored from a dump of its day."""
    config, ids, closed = left
    if restored_in:
        dump(config, create_engine(config.catalog_url), tmp_path / "old.tar")
        url = "" if restored_in == "sqlite" else request.getfixturevalue("new_database")()
        config = replace(config, folder=tmp_path / "elsewhere", catalog=CatalogSettings(url))
        restore(config, tmp_path / "old.tar", "Ana")
    catalog = open_catalog(config.catalog_url, create=True)
    with catalog.connect() as connection:
        standing = {one.id: one for one, _ in decisions.listed(connection, CORRECTION)}
        assert [(id, one.anchor.exact, one.decided.strip(), one.author) for id, one in standing.items()] == [
            (1, "Tecoluca", "Tecolapa", "Ana Archivera"),
            (2, "", "by the committee", "Ana Archivera"),
            (4, "closed", "close", "Ana Archivera"),
        ]
        assert all(one.placed and one.same_image for one in standing.values())
        assert not decisions.waiting(connection, CORRECTION)
        report = standing[1].page_id
        assert [standing[4].page_id] == [pages[0] for item, pages in ids.items() if item in closed]
        mentions = connection.exec_driver_sql("select page_id, reading_id, candidates from mention").all()
        of_reading = dict(connection.exec_driver_sql("select id, page_id from reading").all())
        assert mentions and all(one.page_id == of_reading[one.reading_id] for one in mentions)
        ended = connection.execute(
            select(t.decision.c["id", "decided", "ended"]).where(t.decision.c.ended.is_not(None))
        )
        assert [(id, decided) for id, decided, _ in ended] == [(3, {"text": "Tecoluca"})]
    with catalog.begin() as connection:
        # New ones are numbered after those that there were.
        shown = connection.scalar(select(t.page.c.shown_reading).where(t.page.c.id == report))
        layout, place = readings.layout(connection, shown), Place(0, 1)
        assert decisions.keep(connection, CORRECTION, report, shown, layout, [(place, "x")], "Ana") == [5]
    text = create_app(config).test_client().get(f"/text/{report}.txt").get_data(as_text=True)
    assert text == "Report from Tecolapa\nby the committee\n"
