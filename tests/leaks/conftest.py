"""An archive with planted words, all open and searched, on the embedded engine; its runs stop wherever a test wants to
look."""

import pytest
import yaml

from archive.catalog import tables as t
from archive.catalog.connect import writing
from archive.config import load
from tests.leaks.doors import Reader
from tests.leaks.planted import Archive, Runs, put_masters, put_sheets
from tests.postgresql import switch
from tests.search_app.conftest import words  # noqa: F401 (the site's words, compiled)


@pytest.fixture
def engine():
    """What the settings say of the search."""
    return {"engine": "embedded"}


@pytest.fixture
def archive(tmp_path, engine) -> Archive:
    """Nothing in it yet; its masters and spreadsheets lie ready."""
    (tmp_path / "config.yaml").write_text(
        yaml.safe_dump(
            {
                "catalog": {"url": switch.catalog_url(switch.SHAPED)},
                "archive": {"base_url": "https://archive.example.org"},
                "ingest": {"languages": ["eng"], "second_reader": "never", "workers": 1, "transcripts": True},
                "search": engine,
            }
        )
    )
    made = Archive(load(tmp_path / "config.yaml"), tmp_path / "scans")
    put_masters(made.scans)
    put_sheets(made.scans)
    return made


@pytest.fixture
def runs(archive, monkeypatch) -> Runs:
    return Runs(archive, monkeypatch)


@pytest.fixture
def reader(archive, runs):
    """All is taken in, open, and can be found."""
    run = runs.ingest()
    assert run.index_trouble is None and not run.sheet_errors
    with writing(run.catalog) as connection:  # as if machines had read them: those that doubt are listed, too
        connection.execute(t.reading.update().values(confidence=0.5))
    archive.learn_ids()
    made = Reader(archive)
    yield made
    made.close()
