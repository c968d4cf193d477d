"""Closed is closed though the index has not heard of it: it is down, too much waits for it."""

import pytest
from sqlalchemy import event

from archive.access import Rule, State
from archive.catalog import rules, withheld
from archive.catalog.connect import open_catalog, writing
from archive.errors import EngineUnavailable
from archive.holdings import Holdings
from archive.search.embedded import Embedded
from tests.leaks.planted import RESTRICTIONS, put_sheets


@pytest.fixture
def engine():
    """What is tried here is the catalog's half, the same for both engines."""
    return {"engine": "embedded"}


@pytest.fixture
def catalog(reader):
    catalog = open_catalog(reader.archive.config.catalog_url)
    yield catalog
    catalog.dispose()


def put(catalog, kind, id, state=State.SUPPRESSED):
    with writing(catalog) as connection:
        rules.put(connection, kind, id, Rule(state), "person")


def test_the_index_is_down_while_a_run_closes(reader, runs, catalog, monkeypatch):
    put_sheets(reader.archive.scans, **RESTRICTIONS)
    with monkeypatch.context() as down:
        down.setattr(Embedded, "write", refuse)
        run = runs.ingest()
        assert isinstance(run.index_trouble, EngineUnavailable)
        assert reader.look(index=False, thorough=False) == []
    runs.ingest()
    assert reader.look(thorough=False) == []
    with catalog.connect() as connection:
        assert not withheld.is_any(connection)


def test_too_much_to_be_left_out_one_by_one_is_left_out_by_its_component(reader, catalog, monkeypatch):
    archive = reader.archive
    monkeypatch.setattr(withheld, "MOST", 1)
    put(catalog, "item", archive.ids["suppressed"])
    assert (reader.total("nahuixochitl"), reader.total("aurora")) == (0, 1)
    put(catalog, "item", archive.ids["withdrawn"])
    assert (reader.total("nahuixochitl"), reader.total("aurora"), reader.total("mictlanteca")) == (0, 0, 1)
    put(catalog, "item", archive.ids["in_closed"])
    answer = reader.client.get("/search?q=aurora")
    assert answer.status_code == 503 and "aurora comunal" not in answer.get_data(as_text=True)
    assert reader.client.get("/search.json?q=aurora").status_code == 503 == reader.client.get("/cite?format=ris").status_code
    done = reader.command("search", "aurora")
    assert done.exit_code == 4 and "closed for the moment" in done.stderr and "cerrada por el momento" in done.stderr


def test_what_nothing_waits_for_costs_one_query(reader, catalog):
    asked = []
    with Holdings(reader.archive.config, catalog=catalog) as holdings:
        event.listen(catalog, "before_cursor_execute", lambda *what: asked.append(what[2]))
        assert not holdings.withheld()
        assert len([one for one in asked if one.startswith("SELECT")]) == 1
        put(catalog, "component", reader.archive.components["oculta"])
        asked.clear()
        assert holdings.withheld().components == (reader.archive.components["oculta"],)
        assert len([one for one in asked if one.startswith("SELECT")]) == 1


def refuse(*_what):
    raise EngineUnavailable("down")
