"""Fixity: what becomes of masters on disks that fail, move and fill with strangers, and what is noted of it."""

import dataclasses
import json
import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import derivatives
from archive.catalog import checks, files, items
from archive.catalog import tables as t
from archive.catalog.connect import open_catalog
from archive.checksum import sha256
from archive.config import CatalogSettings, Config, IngestSettings
from archive.errors import FixityError, NotFound
from archive.fixity import Audit
from archive.preservation import manifest
from archive.record import File, Frame, Location
from ingest.strangers import unexpected
from tests.postgresql import switch

NAMES = ("a.tif", "box/b.tif", "box/c.tif", "box1/d.tif")


class Disk:
    """A root with four masters, and the archive that knows them."""

    def __init__(self, folder: Path):
        self.root = folder / "disk"
        self.config = Config(folder=folder, catalog=CatalogSettings(switch.catalog_url(switch.SHAPED)))
        self.catalog = open_catalog(self.config.catalog_url, create=True)
        with self.catalog.begin() as connection:
            files.put_root(connection, self.root, {})
            connection.execute(
                t.batch.insert().values(
                    kind="ingest", name="disk", paths=[str(self.root)], recipe="", started=datetime.now(UTC)
                )
            )
            for name in NAMES:
                path = self.root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(name.encode() * 1000)
                file = files.add_file(
                    connection, File(0, sha256(path), path.stat().st_size, "image/tiff", (Frame(1, 9, 9),))
                )
                files.put_location(connection, Location(file.id, "disk", name, path.stat().st_size, 1))

    def audit(self, *paths, before=None, config=None) -> dict[str, str]:
        config = config or self.config
        audit = Audit(self.catalog, config, "Ana", [self.root / path for path in paths], before)
        found = [*audit.masters(), *audit.beside(unexpected(self.catalog, config, audit.within)), *audit.images()]
        audit.end()
        self.said = found
        return {os.path.relpath(one.path, self.root): one.state for one in found}

    def events(self) -> list[tuple[str, str]]:
        with self.catalog.connect() as connection:
            return [
                (row.subject_kind, row.outcome) for row in connection.execute(t.event.select().order_by(t.event.c.id))
            ]


@pytest.fixture
def disk(tmp_path):
    made = Disk(tmp_path)
    yield made
    made.catalog.dispose()


def test_each_way_a_master_can_fare_has_its_state(disk):
    (disk.root / "a.tif").unlink()
    (disk.root / "box/b.tif").write_bytes(b"other")
    (disk.root / "box/c.tif").unlink()
    (disk.root / "box/c.tif").mkdir()
    assert disk.audit() == {
        "a.tif": "missing",
        "box/b.tif": "changed",
        "box/c.tif": "unreadable",
        "box1/d.tif": "intact",
    }
    assert all(str(disk.root) in str(one) for one in disk.said)


def test_a_pipe_is_not_opened(disk):
    (disk.root / "a.tif").unlink()
    os.mkfifo(disk.root / "a.tif")
    assert disk.audit("a.tif") == {"a.tif": "unreadable"}


def test_intact_masters_leave_one_event_in_all_and_a_failing_one_its_own(disk):
    disk.audit()
    assert disk.events() == [("archive", "intact")]
    (disk.root / "a.tif").rename(disk.root / "hidden")
    disk.audit()
    (disk.root / "hidden").rename(disk.root / "a.tif")
    disk.audit()
    assert disk.events()[1:] == [
        ("file", "missing"),
        ("archive", "not intact"),
        ("file", "intact"),
        ("archive", "intact"),
    ]
    with disk.catalog.connect() as connection:
        rows = connection.execute(t.location.select()).all()
    assert all(row.found == "intact" and row.checked for row in rows)


def test_an_audit_goes_on_where_one_was_broken_off(disk):
    audit = Audit(disk.catalog, disk.config, "Ana")
    going = audit.masters()
    next(going), next(going)
    going.close()
    assert set(disk.audit(before=datetime.now(UTC) - timedelta(days=1))) == {"box/c.tif", "box1/d.tif"}
    assert disk.audit(before=datetime.now(UTC) - timedelta(days=1)) == {}
    assert len(disk.audit(before=datetime.now(UTC) + timedelta(days=1))) == 4


def test_a_path_is_itself_and_what_is_below_it(disk):
    assert set(disk.audit("box")) == {"box/b.tif", "box/c.tif"}
    assert set(disk.audit("a.tif", "box/c.tif")) == {"a.tif", "box/c.tif"}
    with pytest.raises(NotFound, match="nothing of the archive"):
        disk.audit("../elsewhere")


def test_underscores_and_capitals_in_a_path_are_meant(disk):
    assert checks.scope({"disk": disk.root}, [disk.root / "b_x"]) == (checks.Below("disk", "b_x"),)
    assert disk.audit("b_x") == {} and disk.audit("BOX") == {}


@pytest.mark.parametrize("leave_mount_point", [True, False])
def test_a_disk_that_is_not_mounted_is_said_once_and_its_masters_are_not_missing(disk, leave_mount_point):
    shutil.rmtree(disk.root)
    if leave_mount_point:
        disk.root.mkdir()
    assert disk.audit() == {".": "not mounted"} and disk.said[0].files == 4
    with disk.catalog.connect() as connection:
        assert not any(row.checked for row in connection.execute(t.location.select()))


def test_a_disk_mounted_elsewhere_is_one_setting(disk, tmp_path):
    moved = tmp_path / "mnt"
    disk.root.rename(moved)
    (moved / "new.tif").touch()
    config = dataclasses.replace(disk.config, ingest=IngestSettings(roots={"disk": "mnt"}))
    disk.root = moved
    assert disk.audit(config=config) == {**dict.fromkeys(NAMES, "intact"), "new.tif": "unexpected"}


def test_strangers_are_unexpected_and_the_refused_are_said_to_be_so(disk):
    for name in ("new.tif", "box/bad.tif", "Thumbs.db", "metadata.csv"):
        (disk.root / name).touch()
    with disk.catalog.begin() as connection:
        connection.execute(
            t.file_outcome.insert().values(
                batch_id=1,
                path=str(disk.root / "box/bad.tif"),
                outcome="refused",
                reason="not a TIFF",
                items=[],
                pages=0,
                at=datetime(2026, 1, 2, tzinfo=UTC),
            )
        )
    found = disk.audit()
    assert {name for name, state in found.items() if state == "unexpected"} == {"new.tif", "box/bad.tif"}
    told = {one.path.name: str(one) for one in disk.said}
    assert "refused on 2026-01-02: not a TIFF" in told["bad.tif"] and "never taken in" in told["new.tif"]
    assert set(disk.audit("box")) == {"box/b.tif", "box/c.tif", "box/bad.tif"}


def test_beside_single_files_that_were_ingested_nothing_is_unexpected(disk):
    with disk.catalog.begin() as connection:
        connection.execute(t.batch.update().values(paths=[str(disk.root / "a.tif")]))
    (disk.root / "new.tif").touch()
    assert "new.tif" not in disk.audit()


def test_an_image_that_is_gone_is_told_with_the_master_that_makes_it_again(disk):
    with disk.catalog.begin() as connection:
        item = items.add_item(connection, "99999")
        page = items.add_page(connection, "99999", item.id, 1, 1, 1, 9, 9, None)
        connection.execute(
            t.page_outcome.insert().values(page_id=page.id, recipe="", outcome="read", at=datetime.now(UTC))
        )
    disk.audit()
    assert (
        "no image" in {one.state for one in disk.said}
        and "rescate ingest" in str(disk.said[-1])
        and "a.tif" in str(disk.said[-1])
    )
    assert "no image" not in disk.audit("box").values()
    for derivative in (derivatives.image, derivatives.thumbnail):
        path = derivative(disk.config.data_folder, page.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert set(disk.audit().values()) == {"intact"}


def test_more_masters_than_a_portion_are_each_looked_at_once(disk, monkeypatch):
    monkeypatch.setattr(checks, "PORTION", 3)
    assert list(disk.audit()) == sorted(NAMES)


# -- manifests

names = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), min_size=1)


@given(names)
def test_every_name_comes_back_from_its_line(name):
    written = manifest.line("ab" * 32, name)
    assert "\n" not in written and "\r" not in written
    assert manifest.parse(written) == manifest.Entry(name, "ab" * 32, "sha256")


@pytest.mark.parametrize(
    "text, path",
    [
        ("a" * 64 + " *b.tif", "b.tif"),
        ("a" * 64 + "  data/b (1).tif", "data/b (1).tif"),
        ("SHA256 (b c.tif) = " + "a" * 64, "b c.tif"),
        ("a" * 64 + "\tdata/b.tif", "data/b.tif"),
        ("a" * 63 + "  b.tif", None),
        ("no manifest at all", None),
    ],
)
def test_other_programs_lines_are_read(text, path):
    entry = manifest.parse(text)
    assert (entry and entry.path) == path


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="GNU sha256sum is not here")
def test_sha256sum_accepts_the_manifest(disk):
    for name in ("line\nend.tif", "back\\slash.tif", "áccent é.tif"):
        path = disk.root / name
        path.write_bytes(name.encode())
        with disk.catalog.begin() as connection:
            file = files.add_file(connection, File(0, sha256(path), 5, "image/tiff", ()))
            files.put_location(connection, Location(file.id, "disk", name, 5, 1))
    with disk.catalog.connect() as connection:
        assert manifest.write(connection, disk.config, disk.root / "m.sha256") == 7
        assert manifest.write(connection, disk.config, disk.config.folder / "box.sha256", [disk.root / "box"]) == 2
    for text in (disk.root / "m.sha256", disk.config.folder / "box.sha256"):
        done = subprocess.run(
            ["sha256sum", "--strict", "-c", text.name], cwd=text.parent, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
    assert {one.state for one in manifest.compare(disk.root / "m.sha256")} == {"intact"}
    (disk.root / "a.tif").write_bytes(b"other")
    (disk.root / "box/b.tif").unlink()
    (disk.root / "new.tif").touch()
    found = {one.path.name: one.state for one in manifest.compare(disk.root / "m.sha256") if not one.well}
    assert found == {"a.tif": "changed", "b.tif": "missing", "new.tif": "unexpected"}


def test_a_file_that_is_no_manifest_is_said_to_be_none(tmp_path):
    (tmp_path / "m.md5").write_text("# made by hand\nhello\n")
    with pytest.raises(FixityError, match="line 2"):
        list(manifest.compare(tmp_path / "m.md5"))


def test_the_command_tells_only_what_is_amiss(disk):
    from tests.sample_archive import SampleArchive

    (disk.config.folder / "config.yaml").write_text(f"catalog: {{url: '{disk.config.catalog.url}'}}\n")
    archive = SampleArchive(disk.config.folder / "config.yaml")
    well = archive.rescate("verify")
    assert (well.returncode, well.stdout) == (0, "") and "4 intact" in well.stderr
    (disk.root / "a.tif").unlink()
    (disk.root / "new.tif").touch()
    done = archive.rescate("verify", "--json")
    states = {Path(one["path"]).name: one["state"] for one in map(json.loads, done.stdout.splitlines())}
    assert (
        done.returncode == 1 and states["a.tif"] == "missing" and states["new.tif"] == "unexpected" and len(states) == 5
    )
    assert archive.rescate("verify", "--older-than", 1, disk.root / "box").stderr.strip() == "nothing to look at"
    assert archive.rescate("verify", "--manifest", disk.root / "m", cwd=disk.root).returncode == 0
    against = archive.rescate("verify", "--against", disk.root / "m")
    assert against.returncode == 1 and "3 intact, 1 missing, 1 unexpected" in against.stderr
    assert archive.rescate("verify", "--against", disk.root / "m", "--older-than", 3).returncode == 2
