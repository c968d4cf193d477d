"""On Elasticsearch, too, what is closed is closed at once: while a run goes on, when a batch is undone, while it cannot
be reached."""

import pytest

from archive.errors import EngineUnavailable
from archive.search.elastic import Elastic
from tests.leaks.planted import RESTRICTIONS, master, put_sheets


@pytest.fixture
def engine(elasticsearch_settings):
    own = elasticsearch_settings
    return {"engine": "elasticsearch", "elasticsearch": {"url": own.url, "index": own.index, "timeout": own.timeout}}


def test_closed_while_a_run_goes_on_and_undone_at_once(reader, runs):
    """One archive for both: what is dear here is the server."""
    archive = reader.archive
    master(archive.scans.parent / "late" / "tonantzin.png", "acta tonantzin reservada")
    late = runs.ingest(archive.scans.parent / "late")
    assert (reader.total("tonantzin"), reader.total("quetzalapa")) == (1, 1)
    assert reader.command("batch", "undo", str(late.batch.id), "--yes").exit_code == 0
    assert reader.look(("tonantzin",), (), thorough=False) == []
    put_sheets(archive.scans, **RESTRICTIONS)
    master(archive.scans / "new.png", "pagina nueva comunal")
    met = {}
    runs.ingest(at=lambda stage, number: met or met.update(first=reader.look(thorough=False)))
    assert met == {"first": []} and reader.look(thorough=False) == []
    assert reader.total("aurora") == 1


def test_closed_while_the_index_cannot_be_told(reader, runs, monkeypatch):
    put_sheets(reader.archive.scans, **RESTRICTIONS)
    with monkeypatch.context() as down:
        down.setattr(Elastic, "write", refuse)
        assert isinstance(runs.ingest().index_trouble, EngineUnavailable)
        assert reader.look(index=False, thorough=False) == []
    runs.ingest()
    assert reader.look(thorough=False) == []


def refuse(*_what):
    raise EngineUnavailable("down")
