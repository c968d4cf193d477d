"""Opening a catalog, in either database: made and migrated only by those who write it, and what goes wrong is said."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, func, select, text

from archive.catalog import databases, journal, shape
from archive.catalog import tables as t
from archive.catalog.connect import open_catalog, writing
from archive.catalog.tables import metadata
from archive.errors import CatalogError, ConfigError, NoCatalog, ToolMissing
from archive.unit import Unit


def test_a_new_catalog_has_exactly_the_tables(bare_url):
    with open_catalog(bare_url, create=True).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert shape.revision(connection) == shape.NEWEST


def test_migrations_make_exactly_the_tables_of_a_new_catalog(bare_url):
    """Names of keys and indexes too, which later migrations go by, and what numbers rows by itself."""
    migrated, made = create_engine(bare_url.replace("/deep", "")), create_engine("sqlite://")
    with shape.reshaping(migrated) as connection:
        shape.bring(connection, "0001")
        shape.bring(connection)
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert shape.revision(connection) == shape.NEWEST
        if migrated.dialect.name == "sqlite":
            with shape.reshaping(made) as new:
                shape.bring(new)
                assert said_of(connection) == said_of(new)
    migrated.dispose()


def said_of(connection) -> dict[str, list[str]]:
    """By name, what SQLite keeps of each table and index: its parts in any order, without defaults."""
    said = connection.execute(text("select type || ' ' || name, coalesce(sql, '') from sqlite_master")).all()
    parts = {
        name: re.split(r",(?![^(]*\))|\n", re.sub(r""" DEFAULT (\(''\)|'\w*'|0)|\"""", "", sql)) for name, sql in said
    }
    return {name: sorted(filter(None, map(_whole, of_one))) for name, of_one in parts.items()}


def _whole(part: str) -> str:
    """A part of a table without the bracket that ends the table, where a column was added last."""
    part = part.strip()
    return part.removesuffix(")") if part.count(")") > part.count("(") else part


def test_the_newest_shape_is_the_last_migration():
    assert max(shape.known()) == shape.NEWEST


def test_an_older_catalog_keeps_all_it_holds(bare_url):
    catalog_url = bare_url.replace("/deep", "")
    catalog = create_engine(catalog_url)
    with catalog.begin() as connection:
        shape.bring(connection, "0001")
        for statement in (
            "insert into run values (7, '2026-11-01 10:00:00', null, 'r', '[\"a\"]')",
            "insert into file values (1, 'abc', 3, 'image/png', '[]', '[]')",
            "insert into item (ordinal, id, origin, described_by, created) values (1, 'i', '', '', '2026-11-01 "
            "10:00:00')",
            "insert into page values (1, 'p', 'i', 1, '', '', 1, 1, 10, 10, null, 1)",
            "insert into file_outcome values (1, 7, 'x', '', 'failed', 'why', '[]', 1, '2026-11-01 10:00:00')",
            "insert into file_outcome values (2, 7, 'x', '', 'added', '', '[]', 1, '2026-11-01 10:00:00')",
            "insert into page_outcome values ('p', 'r', 'read', '', '', 0.5, '2026-11-01 10:00:00')",
        ):
            connection.exec_driver_sql(statement)
    catalog.dispose()
    catalog = open_catalog(catalog_url, create=True)
    with catalog.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert connection.execute(select(t.file_outcome.c.batch_id, t.file_outcome.c.outcome)).all() == [(7, "added")]
        assert connection.execute(select(t.batch.c.id, t.batch.c.kind, t.batch.c.paths)).all() == [(7, "ingest", ["a"])]
        assert connection.execute(select(t.page.c.item_id, t.item.c.undone).join(t.item)).all() == [("i", None)]
        assert connection.execute(select(t.page_outcome.c.page_id, t.page_outcome.c.batch_id)).all() == [("p", None)]
        if catalog.dialect.name == "sqlite":
            assert connection.execute(text("pragma foreign_key_check")).all() == []
            assert connection.scalar(text("pragma foreign_keys")) == 1
    with writing(catalog) as connection:
        when = connection.scalar(select(t.batch.c.started))
        assert (
            connection.execute(
                t.batch.insert().values(kind="ingest", name="", paths=[], recipe="", started=when)
            ).inserted_primary_key[0]
            > 7
        )
    catalog.dispose()


def test_two_that_make_one_catalog_do_not_harm_each_other(tmp_path):
    for attempt in range(12):
        together = threading.Barrier(4)

        def make(url=f"sqlite:///{tmp_path}/{attempt}.sqlite", together=together):
            catalog = databases.engine(url)
            together.wait()
            with catalog.connect() as connection:
                return connection.exec_driver_sql("PRAGMA journal_mode").scalar()

        with ThreadPoolExecutor(4) as threads:
            assert [one.result() for one in [threads.submit(make) for _ in range(4)]] == ["wal"] * 4


def test_a_reader_makes_no_catalog(bare_url, tmp_path):
    with pytest.raises(NoCatalog, match="no catalog yet"):
        open_catalog(bare_url)
    assert not (tmp_path / "deep").exists()


def test_a_reader_migrates_no_catalog(catalog_url):
    catalog = open_catalog(catalog_url, create=True)
    with writing(catalog) as connection:
        connection.execute(text("update alembic_version set version_num = '0000'"))
    with pytest.raises(ConfigError, match="has shape 0000"):
        open_catalog(catalog_url)
    with pytest.raises(ConfigError, match="newer than this program"):
        open_catalog(catalog_url, create=True)


def test_readers_go_on_while_one_writes(catalog):
    with writing(catalog) as writer:
        journal.post(writer, [Unit.page("p1")])
        with catalog.connect() as reader:
            assert journal.outbox_length(reader) == 0
            if catalog.dialect.name == "sqlite":
                assert reader.scalar(text("pragma foreign_keys")) == 1


def test_what_a_reader_reads_is_of_one_moment(catalog):
    with catalog.connect() as reader:
        assert journal.outbox_length(reader) == 0
        with writing(catalog) as writer:
            journal.post(writer, [Unit.page("p1")])
        assert journal.outbox_length(reader) == 0
    with catalog.connect() as reader:
        assert journal.outbox_length(reader) == 1


def test_who_writes_is_alone_from_the_beginning(catalog):
    """Ten that count and add one each: none counts what another is about to change."""

    def count_and_add():
        for _ in range(3):
            with writing(catalog) as connection:
                number = connection.scalar(select(func.count()).select_from(t.outbox))
                journal.post(connection, [Unit.page(str(number))])

    threads = [threading.Thread(target=count_and_add) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    with catalog.connect() as connection:
        assert sorted(map(int, connection.scalars(select(t.outbox.c.subject_id)))) == list(range(12))


def test_two_that_make_the_same_catalog_do_not_harm_each_other(bare_url):
    said = []

    def make():
        try:
            open_catalog(bare_url, create=True).dispose()
        except Exception as wrong:
            said.append(wrong)

    threads = [threading.Thread(target=make) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert said == []


def test_a_writer_that_waits_too_long_is_told_so(catalog_url, monkeypatch):
    monkeypatch.setattr(databases, "BUSY_MS", 200)
    catalog = open_catalog(catalog_url, create=True)
    with writing(catalog), pytest.raises(CatalogError, match="lock"), writing(catalog):
        pass


def test_what_is_no_database_is_said_to_be_none(tmp_path):
    (tmp_path / "catalog.sqlite").write_text("not a database, " * 100)
    with pytest.raises(ConfigError, match="cannot be opened"):
        open_catalog(f"sqlite:///{tmp_path / 'catalog.sqlite'}")


def test_a_file_that_cannot_be_opened_is_said(tmp_path):
    (tmp_path / "catalog.sqlite").mkdir()
    with pytest.raises(CatalogError, match="unable to open"):
        open_catalog(f"sqlite:///{tmp_path / 'catalog.sqlite'}")


@pytest.mark.parametrize(
    "url, said",
    [
        ("postgresql+psycopg://rescate:geheim@db/rescate", "holds a password"),
        ("postgresql://rescate:geheim@db/rescate", "holds a password"),
        ("mysql://rescate:geheim@db/rescate", "cannot be kept in mysql"),
        ("oracledb9://rescate:geheim@db", "no URL"),
        ("geheim", "no URL"),
        ("postgresql+nosuch://u:geheim@db/x", "no URL"),
    ],
)
def test_a_url_that_will_not_do_is_refused_and_no_password_shown(url, said):
    with pytest.raises(ConfigError) as wrong:
        open_catalog(url)
    assert said in str(wrong.value) and "geheim" not in str(wrong.value) and wrong.value.item == "catalog.url"


def test_a_server_that_is_not_there_is_said_without_its_password(monkeypatch):
    monkeypatch.setenv(databases.PASSWORD, "geheim")
    with pytest.raises(CatalogError) as wrong:
        open_catalog("postgresql://rescate@127.0.0.1:9/rescate")
    assert "127.0.0.1:9" in str(wrong.value) and "geheim" not in str(wrong.value)
    assert (wrong.value.exit_code, wrong.value.status) == (3, 503)


def test_the_password_comes_from_the_environment(monkeypatch):
    monkeypatch.setenv(databases.PASSWORD, "geheim")
    engine = databases.engine("postgresql://rescate@127.0.0.1:9/rescate")
    asked = []
    monkeypatch.setattr(engine.dialect, "connect", lambda *given, **named: asked.append(named) or 1 / 0)
    with pytest.raises(ZeroDivisionError):
        engine.connect()
    assert asked[0]["password"] == "geheim"
    assert "geheim" not in repr(engine) + str(engine.url) + databases.named(engine)


def test_without_the_driver_its_package_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(ToolMissing, match="driver is not installed") as wrong:
        open_catalog("postgresql://rescate@db/rescate")
    assert "pip install 'psycopg[binary]" in str(wrong.value) and wrong.value.exit_code == 3


def test_a_reader_in_the_way_of_an_erasure_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(databases, "BUSY_MS", 100)
    catalog = open_catalog(f"sqlite:///{tmp_path}/catalog.sqlite", create=True)
    with catalog.connect() as reader:
        journal.outbox_length(reader)
        with writing(catalog) as connection:
            journal.post(connection, [Unit.page("p1")])
        with pytest.raises(CatalogError, match="still holds what was erased") as wrong:
            databases.leave_no_trace(catalog, [])
    assert wrong.value.item == f"{tmp_path}/catalog.sqlite-wal" and "End the programs" in wrong.value.remedy
    databases.leave_no_trace(catalog, [])
    assert (tmp_path / "catalog.sqlite-wal").stat().st_size == 0
