"""A catalog of the test's own, in SQLite and in PostgreSQL."""

import pytest

from archive.catalog.connect import open_catalog, signed, writing


@pytest.fixture
def catalog(catalog_url):
    catalog = open_catalog(catalog_url, create=True)
    yield catalog
    catalog.dispose()


@pytest.fixture
def connection(catalog):
    with writing(signed(catalog, "Ana Archivera")) as connection:
        yield connection
