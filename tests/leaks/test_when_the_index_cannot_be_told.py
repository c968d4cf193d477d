"""Closed is closed though the index has not heard of it: it is down, its run is killed, it is being rebuilt, too much
waits for it."""

import pytest
from sqlalchemy import event

from archive import indexing
from archive.access import Rule, State
from archive.catalog import rules, withheld
from archive.catalog.connect import open_catalog, writing
from archive.config import load
from archive.errors import EngineUnavailable
from archive.holdings import Holdings
from archive.search.embedded import Embedded
from archive.search.kinds import page
from archive.unit import Unit
from tests.leaks.doors import Reader
from tests.leaks.planted import RESTRICTIONS, put_sheets


@pytest.fixture
def catalog(reader):
    catalog = open_catalog(reader.archive.config.catalog_url)
    yield catalog
    catalog.dispose()


def put(catalog, kind, id, state=State.SUPPRESSED):
    with writing(catalog) as connection:
        rules.put(connection, Unit(kind, id), Rule(state), "person")


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


def test_a_run_is_killed_between_the_catalog_and_the_index(reader, runs, monkeypatch):
    put_sheets(reader.archive.scans, **RESTRICTIONS)
    with monkeypatch.context() as killed:
        killed.setattr(indexing, "tell_what_narrows", interrupt)
        with pytest.raises(KeyboardInterrupt):
            runs.ingest()
        assert reader.look(index=False, thorough=False) == []
    runs.redo(reader.archive.ids["open"])
    assert reader.look(thorough=False) == []


def test_a_rebuild_does_not_reopen_what_was_closed_meanwhile(reader, catalog, monkeypatch):
    archive, documents, fed = reader.archive, page.documents, indexing._feed
    met = {}

    def slowly(holdings, pairs):
        yield from documents(holdings, pairs)
        # All is in the new index already.
        put(catalog, "item", archive.ids["suppressed"])
        met["building"] = reader.total("nahuixochitl"), reader.total("date:1931")
        monkeypatch.setattr(page, "documents", documents)

    def swapped(*what):
        met["swapped"] = reader.total("nahuixochitl"), reader.total("date:1931")
        return fed(*what)

    monkeypatch.setattr(page, "documents", slowly)
    monkeypatch.setattr(indexing, "_feed", swapped)
    assert reader.total("nahuixochitl") == 1
    indexing.rebuild(archive.config, catalog)
    assert met == {"building": (0, 0), "swapped": (0, 0)} and reader.total("nahuixochitl") == 0
    assert reader.look(("nahuixochitl", "xipetotec", "1931"), (), thorough=False) == []


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
    assert (
        reader.client.get("/search.json?q=aurora").status_code
        == 503
        == reader.client.get("/cite?format=ris").status_code
    )
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


def test_an_index_built_under_another_default_is_not_searched(reader, catalog):
    folder = reader.archive.config.folder
    (folder / "config.yaml").write_text((folder / "config.yaml").read_text() + "access: {default: closed}\n")
    reader.archive.config = load(folder / "config.yaml")
    now = Reader(reader.archive)
    assert now.client.get("/search?q=aurora").status_code == 503
    assert now.command("search", "aurora").exit_code == 4
    indexing.rebuild(reader.archive.config, catalog)
    assert now.total("aurora") == 0 and now.total("quetzalapa") == 0 and now.total("boletin") == 1
    now.close()


def refuse(*_what):
    raise EngineUnavailable("down")


def interrupt(*_what):
    raise KeyboardInterrupt
