"""Opening a catalog: made and migrated only by those who write it."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.config import Config as AlembicConfig
from sqlalchemy import create_engine, text

from archive.catalog import connect
from archive.catalog.connect import open_catalog
from archive.catalog.tables import metadata
from archive.errors import ConfigError


def url(folder):
    return f"sqlite:///{folder / 'deep' / 'catalog.sqlite'}"


def test_migrations_make_exactly_the_tables(tmp_path):
    with open_catalog(url(tmp_path), create=True).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_an_older_catalog_keeps_all_it_holds(tmp_path):
    path = tmp_path / "catalog.sqlite"
    catalog = create_engine(f"sqlite:///{path}")
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(Path(connect.__file__).parent / "migrations"))
    with catalog.begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "0001")
        for statement in (
                "insert into run values (7, '2026-11-01 10:00:00', null, 'r', '[\"a\"]')",
                "insert into file values (1, 'abc', 3, 'image/png', '[]', '[]')",
                "insert into item (ordinal, id, origin, described_by, created) values (1, 'i', '', '', '2026-11-01 10:00:00')",
                "insert into page values (1, 'p', 'i', 1, '', '', 1, 1, 10, 10, null, 1)",
                "insert into file_outcome values (1, 7, 'x', '', 'failed', 'why', '[]', 1, '2026-11-01 10:00:00')",
                "insert into file_outcome values (2, 7, 'x', '', 'added', '', '[]', 1, '2026-11-01 10:00:00')",
                "insert into page_outcome values ('p', 'r', 'read', '', '', 0.5, '2026-11-01 10:00:00')"):
            connection.execute(text(statement))
    catalog.dispose()
    with open_catalog(f"sqlite:///{path}", create=True).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert connection.execute(text("select batch_id, outcome from file_outcome")).all() == [(7, "added")]
        assert connection.execute(text("select id, kind, paths from batch")).all() == [(7, "ingest", '["a"]')]
        assert connection.execute(text("select item_id, undone from page join item on item.id = item_id")).all() == [("i", None)]
        assert connection.execute(text("select page_id, batch_id from page_outcome")).all() == [("p", None)]
        assert connection.execute(text("pragma foreign_key_check")).all() == []
        assert connection.scalar(text("pragma foreign_keys")) == 1


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
