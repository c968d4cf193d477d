"""A dump restored is the same record, row by row, between either database and the other; what is amiss is named and
refused."""

import hashlib
import io
import json
import multiprocessing
import os
import stat
import tarfile
from dataclasses import replace
from pathlib import Path

import bagit
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, func, inspect, select

from archive import bagging, derivatives
from archive.access import Rule, State
from archive.catalog import files as catalog_files
from archive.catalog import items, journal, rules, shape, tree
from archive.catalog import tables as t
from archive.catalog.connect import open_catalog, reach, signed, writing
from archive.config import CatalogSettings, Config, ElasticsearchSettings, SearchSettings, load
from archive.dump import bag, rows
from archive.dump.restoring import restore, settings
from archive.dump.writing import dump
from archive.errors import ArchiveError, ConfigError, FixityError
from archive.unit import Unit
from tests.archive.dump.full_record import fill

ACTOR = "Ana Archivera"


@pytest.fixture
def config(tmp_path, catalog_url) -> Config:
    return Config(folder=tmp_path / "archive", catalog=CatalogSettings(catalog_url))


@pytest.fixture
def catalog(config):
    catalog = open_catalog(config.catalog_url, create=True)
    fill(catalog, config.data_folder)
    yield catalog
    catalog.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def other(request, tmp_path) -> Config:
    """An empty archive elsewhere, in either database."""
    url = "" if request.param == "sqlite" else request.getfixturevalue("new_database")()
    return Config(folder=tmp_path / "other", catalog=CatalogSettings(url))


@pytest.fixture
def elsewhere(tmp_path) -> Config:
    """An empty archive elsewhere, in SQLite."""
    return Config(folder=tmp_path / "elsewhere")


@pytest.fixture(scope="module", params=["dump.tar"])
def dumped(request, tmp_path_factory) -> Path:
    """The dump of a full record in SQLite, only to be read."""
    folder = tmp_path_factory.mktemp("dumped")
    config = Config(folder=folder / "source")
    catalog = open_catalog(config.catalog_url, create=True)
    fill(catalog, config.data_folder)
    (folder / "dump").mkdir()
    dump(config, catalog, folder / "dump" / request.param)
    catalog.dispose()
    return folder / "dump" / request.param


compressed = pytest.mark.parametrize("dumped", ["dump.tar", "dump.tar.gz"], indirect=True)


def record(config: Config) -> dict[str, list[dict]]:
    """Every row of every table, as written in a dump, whichever the database."""
    catalog = open_catalog(config.catalog_url)
    with catalog.connect() as connection:
        found = {
            table.name: [json.loads(line) for line in rows.written(connection, table)]
            for table in rows.tables(connection)
        }
    catalog.dispose()
    return found


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_row_of_every_table_comes_back(config, catalog, other, tmp_path):
    name = "dump.tar.gz"
    done = dump(config, catalog, tmp_path / name)
    assert set(done.rows) == set(t.metadata.tables) and all(done.rows.values()), "the record fills every table"
    restored = restore(other, tmp_path / name, ACTOR)
    before, after = record(config), record(other)
    noted = after["event"].pop()
    assert after == before
    assert (noted["action"], noted["agent"], noted["subject_id"]) == ("restore", ACTOR, name)
    assert restored.rows == done.rows and restored.derivatives == done.derivatives == 2
    assert files(other.data_folder / "derivatives") == {
        name: content
        for name, content in files(config.data_folder / "derivatives").items()
        if not name.endswith(".part")
    }
    with open_catalog(config.catalog_url).connect() as one, open_catalog(other.catalog_url).connect() as two:
        for table in t.metadata.sorted_tables:
            if table is t.event:
                continue
            asked = select(table).order_by(*table.primary_key.columns)
            assert one.execute(asked).all() == two.execute(asked).all(), table.name


def test_new_rows_are_numbered_after_the_old(dumped, other):
    restore(other, dumped, ACTOR)
    with writing(signed(open_catalog(other.catalog_url), ACTOR)) as connection:
        highest = {
            table: connection.scalar(select(func.max(table.primary_key.columns[0])))
            for table in (t.component, t.container, t.item, t.event, t.outbox, t.access_rule)
        }
        tree.put_component(connection, "99999", ref_id="new", parent_id=None, level="series", title="")
        tree.put_container(connection, "box", "99")
        items.add_item(connection, "99999")
        journal.note(connection, "note", Unit.item("x"))
        journal.post(connection, [Unit.page("x")])
        rules.put(connection, Unit.item("x"), Rule(State.CLOSED), "person")
        for table, before in highest.items():
            assert connection.scalar(select(func.max(table.primary_key.columns[0]))) == before + 1, table.name


def test_it_is_a_valid_bag_and_only_its_owner_may_read_it(dumped, tmp_path):
    assert stat.S_IMODE(dumped.stat().st_mode) == 0o600
    with tarfile.open(dumped) as tar:
        tar.extractall(tmp_path / "bag", filter="data")
    (folder,) = (tmp_path / "bag").iterdir()
    assert bagit.Bag(str(folder)).validate()
    names = {path.name for path in (folder / "data" / "catalog").iterdir()}
    assert names == {f"{name}.jsonl" for name in t.metadata.tables}
    first = json.loads((folder / "data" / "catalog" / "item.jsonl").read_text("utf-8").splitlines()[0])
    assert first["created"] == "2026-11-24T16:30:15.123456+00:00" and first["local_id"] == "0012"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_the_settings_are_in_it_without_passwords(tmp_path):
    config = Config(
        folder=tmp_path,
        search=SearchSettings(elasticsearch=ElasticsearchSettings(url="https://elastic:geheim@search:9200")),
    )
    dump(config, open_catalog(config.catalog_url, create=True), tmp_path / "dump.tar")
    written = tmp_path / "new.yaml"
    written.write_bytes(settings(tmp_path / "dump.tar"))
    assert "geheim" not in written.read_text("utf-8") and b"geheim" not in (tmp_path / "dump.tar").read_bytes()
    assert replace(load(written), search=config.search) == config
    assert load(written).search.elasticsearch.url == "https://elastic@search:9200"


def test_it_is_of_one_moment_while_others_write(config, catalog, tmp_path, other, monkeypatch):
    written, seen = rows.written, []

    def write_and_be_disturbed(connection, table):
        seen.append(table.name)
        with writing(signed(catalog, ACTOR)) as another:
            journal.note(another, "meanwhile", Unit.item("item1"))
            another.execute(t.outbox.insert().values(subject_kind="page", subject_id="later"))
        return written(connection, table)

    before = record(config)
    monkeypatch.setattr(rows, "written", write_and_be_disturbed)
    done = dump(config, catalog, tmp_path / "dump.tar")
    monkeypatch.undo()
    assert len(seen) == len(before) and done.rows == {name: len(lines) for name, lines in before.items()}
    restore(other, tmp_path / "dump.tar", ACTOR)
    after = record(other)
    after["event"].pop()
    assert after == before


def test_without_derivatives_it_has_none(config, catalog, tmp_path, elsewhere):
    assert dump(config, catalog, tmp_path / "dump.tar", derivatives=False).derivatives == 0
    restore(elsewhere, tmp_path / "dump.tar", ACTOR)
    assert not (elsewhere.data_folder / "derivatives").exists()


def test_no_file_is_written_over_and_a_failed_dump_leaves_none(config, catalog, tmp_path, monkeypatch):
    (tmp_path / "dump.tar").write_text("mine")
    with pytest.raises(ArchiveError, match="already"):
        dump(config, catalog, tmp_path / "dump.tar")
    assert (tmp_path / "dump.tar").read_text() == "mine"
    with pytest.raises(ArchiveError, match="cannot be written"):
        dump(config, catalog, tmp_path / "nowhere" / "dump.tar")
    before = set(tmp_path.iterdir())

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(bagging.BagWriter, "add_file", full)
    with pytest.raises(ArchiveError, match="No space left"):
        dump(config, catalog, tmp_path / "another.tar")
    assert set(tmp_path.iterdir()) == before


def test_a_catalog_that_is_not_empty_is_left_alone(dumped, config, catalog):
    before = record(config)
    with pytest.raises(ConfigError, match="not empty") as refused:
        restore(config, dumped, ACTOR)
    assert "--config NEW/config.yaml" in refused.value.remedy
    assert record(config) == before


def test_an_empty_catalog_that_another_command_made_is_no_hindrance(dumped, other):
    open_catalog(other.catalog_url, create=True).dispose()
    restore(other, dumped, ACTOR)
    assert len(record(other)["item"]) == 2


def test_tables_of_another_program_are_left_alone(dumped, new_database, tmp_path):
    url = new_database()
    with create_engine(url).begin() as connection:
        connection.exec_driver_sql("create table theirs (id integer)")
    with pytest.raises(ConfigError, match="not empty"):
        restore(Config(folder=tmp_path / "o", catalog=CatalogSettings(url)), dumped, ACTOR)
    assert inspect(create_engine(url)).get_table_names() == ["theirs"]


@pytest.mark.parametrize(
    "here, named",
    [({"archive": {"naan": "12345"}}, "archive.naan"), ({"access": {"default": "closed"}}, "access.default")],
)
def test_settings_that_give_the_record_another_meaning_are_refused(dumped, elsewhere, here, named):
    for section, values in here.items():
        elsewhere = replace(elsewhere, **{section: replace(getattr(elsewhere, section), **values)})
    with pytest.raises(ConfigError, match=named):
        restore(elsewhere, dumped, ACTOR)
    assert not elsewhere.folder.exists()


def changed(dumped: Path, change, copy: Path) -> Path:
    """A copy of the dump, of which `change(name, content)` returns the new name and content of each file, or None."""
    with tarfile.open(dumped) as old, tarfile.open(copy, "w") as new:
        for member in old.getmembers():
            done = change(member.name.split("/", 1)[1], old.extractfile(member).read())
            if done is not None:
                name, content = done
                member.name, member.size = f"{member.name.split('/', 1)[0]}/{name}", len(content)
                new.addfile(member, io.BytesIO(content))
    return copy


def resealed(dumped: Path, change, copy: Path) -> Path:
    """The same, with manifests that say the change is right: a dump that is whole, and wrong."""
    sums: dict[str, str] = {}

    def seal(name, content):
        if name.startswith("data/"):
            name, content = change(name, content)
            sums[name] = hashlib.sha256(content).hexdigest()
        elif name == "bag-info.txt":
            name, content = change(name, content)
        elif name == "manifest-sha256.txt":
            content = "".join(f"{sha256}  {name}\n" for name, sha256 in sums.items()).encode()
        if name == "tagmanifest-sha256.txt":
            content = "".join(f"{sha256}  {name}\n" for name, sha256 in tags.items()).encode()
        elif not name.startswith("data/"):
            tags[name] = hashlib.sha256(content).hexdigest()
        return name, content

    tags: dict[str, str] = {}
    return changed(dumped, seal, copy)


def one(wanted, new):
    return lambda name, content: (name, new(content)) if name == wanted else (name, content)


@pytest.mark.parametrize(
    "change, said",
    [
        (
            lambda name, content: None if name == "data/catalog/alias.jsonl" else (name, content),
            "missing: data/catalog/alias.jsonl",
        ),
        (
            one("data/catalog/item.jsonl", lambda content: content.replace(b"0012", b"0013")),
            "changed: data/catalog/item.jsonl",
        ),
        (
            lambda name, content: (name.replace("alias", "others"), content),
            "not in its manifest: data/catalog/others.jsonl",
        ),
        (one("manifest-sha256.txt", lambda content: content[66:]), "manifest-sha256.txt"),
        (one("bag-info.txt", lambda content: b""), "manifest-sha256.txt or another"),
        (lambda name, content: None if name.startswith("tagmanifest") else (name, content), "its end is missing"),
        (
            lambda name, content: ("../out", content) if name == "data/dump.json" else (name, content),
            "which no dump does",
        ),
    ],
)
def test_a_damaged_dump_is_refused_and_what_is_damaged_named(dumped, elsewhere, tmp_path, change, said):
    with pytest.raises(FixityError) as refused:
        restore(elsewhere, changed(dumped, change, tmp_path / "changed.tar"), ACTOR)
    assert said in str(refused.value) and "Nothing was restored" in refused.value.remedy
    assert not elsewhere.folder.exists()


@compressed
@pytest.mark.parametrize("part", [0, 0.01, 0.3, 0.7, 0.99])
def test_a_dump_cut_off_is_refused(dumped, tmp_path, elsewhere, part):
    whole = dumped.read_bytes()
    whole = whole if dumped.suffix == ".gz" else whole.rstrip(b"\0")
    copy = tmp_path / dumped.name
    copy.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(FixityError, match="damaged"):
        restore(elsewhere, copy, ACTOR)
    assert not elsewhere.folder.exists()


def about(**new):
    return one("data/dump.json", lambda content: json.dumps(json.loads(content) | new).encode())


@pytest.mark.parametrize(
    "change, kind, said",
    [
        (about(revision="9999"), ConfigError, "newer Rescate"),
        (about(format=2), ConfigError, "newer Rescate"),
        (
            one("data/catalog/page.jsonl", lambda content: content.replace(b'"item1"', b'"nowhere"')),
            FixityError,
            "page",
        ),
        (one("data/catalog/alias.jsonl", lambda content: b"{\n"), FixityError, "catalog/alias.jsonl: line 1"),
        (one("data/catalog/alias.jsonl", lambda content: b'{"alias": "x"}\n'), FixityError, "columns are others"),
        (one("data/catalog/alias.jsonl", lambda content: b""), FixityError, "has not|have not"),
        (one("data/catalog/alias.jsonl", lambda content: content * 2), FixityError, "do not fit"),
        (lambda name, content: (name.replace("alias", "others"), content), FixityError, "no table"),
    ],
)
def test_a_dump_that_is_whole_and_wrong_leaves_the_catalog_empty(dumped, other, tmp_path, change, kind, said):
    with pytest.raises(kind, match=said):
        restore(other, resealed(dumped, change, tmp_path / "changed.tar"), ACTOR)
    with reach(other.catalog_url, create=True).connect() as connection:
        assert inspect(connection).get_table_names() == []


def test_a_dump_as_it_was_first_written_is_restored(dumped, other, tmp_path):
    """Its bag-info.txt had no size, and the manifest of its own files the order in which they stand in the tar file."""

    def first(content):
        return b"".join(line for line in content.splitlines(True) if not line.startswith(b"Bag-Size"))

    old = resealed(dumped, one("bag-info.txt", first), tmp_path / "old.tar")
    with tarfile.open(old) as tar:
        folder = tar.getnames()[0].split("/")[0]
        assert b"Bag-Size" not in tar.extractfile(f"{folder}/bag-info.txt").read()
        listed = tar.extractfile(f"{folder}/tagmanifest-sha256.txt").read().decode().splitlines()
    assert [line[66:] for line in listed] == ["bagit.txt", "bag-info.txt", "manifest-sha256.txt"]
    restore(other, old, ACTOR)
    assert len(record(other)["item"]) == len(record(other)["reading"]) == 2


def test_an_older_dump_is_restored_as_it_was_and_migrated(tmp_path, other):
    old = Config(folder=tmp_path / "old")
    old.data_folder.mkdir(parents=True)
    catalog = create_engine(old.catalog_url)
    with catalog.begin() as connection:
        shape.bring(connection, "0001")
        connection.exec_driver_sql("insert into run values (7, '2026-11-01 10:00:00', null, 'r', '[\"a\"]')")
        connection.exec_driver_sql(
            "insert into file_outcome values (1, 7, 'x', '', 'added', '', '[]', 1, '2026-11-01 10:00:00')"
        )
    dump(old, catalog, tmp_path / "old.tar")
    restore(other, tmp_path / "old.tar", ACTOR)
    after = record(other)
    assert [(one["id"], one["kind"], one["paths"]) for one in after["batch"]] == [(7, "ingest", ["a"])]
    assert after["file_outcome"][0]["batch_id"] == 7
    with writing(open_catalog(other.catalog_url)) as connection:
        when = connection.scalar(select(t.batch.c.started))
        assert (
            connection.execute(
                t.batch.insert().values(kind="redo", name="", paths=[], recipe="", started=when)
            ).inserted_primary_key[0]
            == 8
        )


def test_roots_are_found_where_the_settings_have_them(tmp_path, dumped, elsewhere):
    masters = tmp_path / "masters"
    masters.mkdir()
    elsewhere = replace(elsewhere, ingest=replace(elsewhere.ingest, roots={"disk\udcff": str(masters)}))
    assert restore(elsewhere, dumped, ACTOR).absent == {}
    with open_catalog(elsewhere.catalog_url).connect() as connection:
        assert catalog_files.mounted(connection, elsewhere) == {"disk\udcff": masters}
        assert connection.scalar(select(t.location.c.path)) == "caf\udce9\\1.tif"


def test_roots_that_are_nowhere_are_told(dumped, elsewhere):
    assert list(restore(elsewhere, dumped, ACTOR).absent) == ["disk\udcff"]


def _die_amid_the_readings(config, dumped):
    unpack = rows.load

    def die(connection, table, lines):
        number = unpack(connection, table, lines)
        if table.name == "reading":
            os._exit(9)
        return number

    rows.load = die
    restore(config, dumped, ACTOR)


def test_killed_in_the_middle_the_next_restore_starts_anew(dumped, other):
    child = multiprocessing.get_context("forkserver").Process(target=_die_amid_the_readings, args=(other, dumped))
    child.start()
    child.join(60)
    assert child.exitcode == 9
    restore(other, dumped, ACTOR)
    assert len(record(other)["reading"]) == 2 and derivatives.image(other.data_folder, "page1").exists()


def test_memory_does_not_grow_with_the_number_of_files(tmp_path):
    """The tar library remembers what it has seen unless told not to."""
    import tracemalloc

    with bagging.bag_in_tar(tmp_path / "many.tar") as new:
        new.add_file("dump.json", io.BytesIO(b"{}"))
        for number in range(200):
            new.add_file(f"derivatives/{number}.jpg", io.BytesIO(b"x"))
        tracemalloc.start()
        for number in range(200, 3000):
            new.add_file(f"derivatives/{number}.jpg", io.BytesIO(b"x"))
        assert tracemalloc.get_traced_memory()[0] < 200_000
        new.seal(())
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    bag.verify(tmp_path / "many.tar", "dump.json")
    assert tracemalloc.get_traced_memory()[1] - before < 1_500_000
    tracemalloc.stop()


@given(
    st.dictionaries(
        st.text(),
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(st.characters(exclude_categories=())),
        max_size=4,
    )
)
def test_a_line_is_one_line_and_comes_back(value):
    written = rows.line(value)
    assert written.count(b"\n") == 1 and json.loads(written) == value
