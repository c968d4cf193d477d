"""Opening a catalog: made and migrated only by those who write it."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from archive.catalog.connect import open_catalog
from archive.catalog.tables import metadata
from archive.errors import ConfigError


def url(folder):
    return f"sqlite:///{folder / 'deep' / 'catalog.sqlite'}"


def test_migrations_make_exactly_the_tables(tmp_path):
    with open_catalog(url(tmp_path), create=True).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_reader_makes_no_catalog(tmp_path):
    with pytest.raises(ConfigError, match="no catalog yet"):
        open_catalog(url(tmp_path))
    assert not (tmp_path / "deep").exists()


def test_a_reader_migrates_no_catalog(tmp_path):
    catalog = open_catalog(url(tmp_path), create=True)
    with catalog.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '0000'"))
    with pytest.raises(ConfigError, match="has shape 0000"):
        open_catalog(url(tmp_path))


def test_readers_go_on_while_one_writes(tmp_path):
    catalog = open_catalog(url(tmp_path), create=True)
    with catalog.connect() as connection:
        assert connection.scalar(text("pragma journal_mode")) == "wal"
        assert connection.scalar(text("pragma foreign_keys")) == 1


def test_what_is_no_database_is_said_to_be_none(tmp_path):
    (tmp_path / "catalog.sqlite").write_text("not a database, " * 100)
    with pytest.raises(ConfigError, match="cannot be opened"):
        open_catalog(f"sqlite:///{tmp_path / 'catalog.sqlite'}")
