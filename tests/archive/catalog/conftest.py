"""A catalog in memory's place: a fresh file a test."""

import pytest

from archive.catalog.connect import open_catalog


@pytest.fixture
def connection(tmp_path):
    catalog = open_catalog(f"sqlite:///{tmp_path / 'catalog.sqlite'}", create=True)
    with catalog.begin() as connection:
        yield connection
    catalog.dispose()
