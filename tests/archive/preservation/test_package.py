"""Bags of a small archive: valid, for the public without what is restricted, and taken in again to the same."""

import csv
import dataclasses
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import bagit
import pytest
from PIL import Image

from archive.access import Audience, Rule, State, effective
from archive.catalog import files, items, rules, tree
from archive.catalog import tables as t
from archive.catalog.connect import open_catalog
from archive.config import AccessSettings, load
from archive.errors import FixityError, NotFound
from archive.holdings import Holdings
from archive.preservation import package
from archive.preservation.rows import as_said
from archive.record import Location
from archive.unit import Unit
from ingest.run.progress import Silent
from tests.sample_archive import SampleArchive
from tests.schemas import valid
from tests.small_scans import ingest, page, small_archive_in

COMPONENTS = """ref_id,parent_ref_id,level,title,access,access_reason,access_authority
coll,,collection,The Papers,,,
legal,coll,series,Legal files,closed,Clients' files,Quetzalword
secret,coll,series,Suppressedword,suppressed,,
veiled,coll,series,Veiledword,,,
below,veiled,file,Letters,open,,
"""
METADATA = """id,parent_ref_id,file,pages,title,creator,creator_role,date,box,folder,access,access_reason,\
access_review_date,subject
0001,coll,one.png,,Chronology of May,"Peña, Ana|El Rescate",author|publisher,May 1983,3,4,,,,Captures|Trials
0002,coll,leaves.tif,1-2,Two leaves,,,,,,,,,
0003,coll,leaves.tif,3,The third leaf,,,,,,closed,Family's wish,2031-12-31,
0004,coll,hidden.png,,Zacamilword,,,,,,suppressed,,,
0005,coll,sight.png,,Not to be seen,,,,,,,,,
0007,legal,legal.png,,Client's letter,,,,,,,,,
"""
PAGES = """id,sequence,label,role,access
0002,1,xii,recto,
0002,2,,verso,closed
"""
#: Words that no public bag may hold: of masters, descriptions and rules that are restricted.
RESTRICTED = (
    b"Closedword",
    b"Familyword",
    b"Hiddenword",
    b"Zacamilword",
    b"hidden.png",
    b"Legalword",
    b"Quetzalword",
    b"Suppressedword",
    b"Veiledword",
    b"veiled",
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> SampleArchive:
    """Items open, closed, suppressed, in a closed series, one that a person keeps the image of, one of no row."""
    folder = tmp_path_factory.mktemp("bags")
    scans = folder / "scans"
    for name, text in (
        ("one.png", "Report from Tecoluca"),
        ("hidden.png", "Hiddenword of a witness"),
        ("sight.png", "Sightword to be read"),
        ("legal.png", "Legalword of a client"),
        ("b/b-1.png", "First leaf of many"),
        ("b/b-2.png", "Second leaf of many"),
    ):
        page(scans / name, text)
    leaves = [
        Image.open(page(folder / f"{n}.png", text))
        for n, text in enumerate(("Open leaf to read", "Closedword on a leaf", "Familyword on a leaf"))
    ]
    leaves[0].save(scans / "leaves.tif", save_all=True, append_images=leaves[1:], dpi=(200, 200))
    for name, text in (("components", COMPONENTS), ("metadata", METADATA), ("pages", PAGES)):
        (scans / f"{name}.csv").write_text(text, "utf-8")
    made = small_archive_in(folder)
    ingest(made, scans)
    with open_catalog(load(made.config).catalog_url).begin() as connection:
        id = items.items_by_local_id(connection, "0005")[0].id
        rules.put(connection, Unit.item(id), Rule(State.OPEN, image=False, reason="donor"), "person")
        rules.put(
            connection,
            Unit.component(tree.component_by_ref(connection, "veiled").id),
            Rule(State.CLOSED, description=False),
            "person",
        )
    assert made.rescate("reindex").returncode == 0
    return made


def export(archive, folder, *options) -> Path:
    done = archive.rescate("export", "--format", "bagit", folder, *options)
    assert done.returncode == 0, done.stderr
    assert "the bag is valid" in done.stderr
    assert [path.name for path in folder.iterdir()] == [Path(done.stdout.strip()).name]
    return Path(done.stdout.strip())


@pytest.fixture(scope="module")
def public(archive, tmp_path_factory):
    return export(archive, tmp_path_factory.mktemp("public"))


@pytest.fixture(scope="module")
def staff(archive, tmp_path_factory):
    return export(archive, tmp_path_factory.mktemp("staff"), "--staff")


def rows(bag, name):
    with (bag / "data" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def inside(bag, folder):
    return sorted(
        path.relative_to(bag / "data" / folder).as_posix()
        for path in (bag / "data" / folder).rglob("*")
        if path.is_file()
    )


def test_both_are_valid_bags_that_say_what_they_are(public, staff):
    for path, mode, said in ((public, 0o755, "for the public"), (staff, 0o700, "for staff")):
        bag = bagit.Bag(str(path))
        bag.validate()
        assert set(bag.algorithms) == {"sha256", "sha512"} and path.stat().st_mode & 0o777 == mode
        payload = [one for one in (path / "data").rglob("*") if one.is_file()]
        assert bag.info["Payload-Oxum"] == f"{sum(one.stat().st_size for one in payload)}.{len(payload)}"
        assert said in bag.info["External-Description"] and "/ark:99999/" in bag.info["External-Identifier"]
        assert {"Source-Organization", "Organization-Address", "Bagging-Date", "Bag-Size", "Bag-Software-Agent"} <= set(
            bag.info
        )


def test_alto_and_premis_in_it_are_valid(public):
    for one in (public / "data" / "alto").rglob("*.xml"):
        valid("alto", one.read_bytes())
    for one in (public / "data" / "premis").iterdir():
        valid("premis", one.read_bytes())


def test_the_staffs_holds_every_master_as_it_was(archive, staff):
    assert inside(staff, "objects") == [
        "0001/one.png",
        "0002/leaves.tif",
        "0003/leaves.tif",
        "0004/hidden.png",
        "0005/sight.png",
        "0007/legal.png",
        "b/b-1.png",
        "b/b-2.png",
        "components.csv",
        "metadata.csv",
        "pages.csv",
    ]
    scans = archive.folder / "scans"
    for one in inside(staff, "objects"):
        master = next(scans.rglob(Path(one).name))
        if not one.endswith(".csv"):
            assert (staff / "data" / "objects" / one).read_bytes() == master.read_bytes()
    assert (staff / "data/text/0003/leaves-3.txt").read_text().startswith("Familyword")
    assert len(inside(staff, "text")) == len(inside(staff, "alto")) == 9 and len(inside(staff, "premis")) == 7
    assert {(row["ref_id"], row["access"]) for row in rows(staff, "objects/components.csv")} == {
        ("coll", ""),
        ("legal", "closed"),
        ("secret", "suppressed"),
        ("veiled", "suppressed"),
        ("below", "open"),
    }
    said = {(row["id"], row["element"]): (row["value"], row["detail"]) for row in rows(staff, "descriptions.csv")}
    assert said["0005", "access"] == ("open; no image, no download", "donor")
    assert said["0002/2", "access"][0].startswith("closed")


def test_the_publics_holds_images_of_what_may_be_downloaded_and_nothing_restricted(archive, public):
    assert inside(public, "objects") == [
        "0001/one.jpg",
        "0002/leaves-1.jpg",
        "b/b-1.jpg",
        "b/b-2.jpg",
        "components.csv",
        "metadata.csv",
        "pages.csv",
    ]
    assert inside(public, "text") == ["0001/one.txt", "0002/leaves-1.txt", "0005/sight.txt", "b/b-1.txt", "b/b-2.txt"]
    for path in public.rglob("*"):
        assert not any(word.decode() in str(path) for word in RESTRICTED)
        if path.is_file():
            assert not any(word in path.read_bytes() for word in RESTRICTED), path
    # Described and closed: said, and no row, for there is nothing to take in.
    said = {(row["id"], row["element"]): (row["value"], row["detail"]) for row in rows(public, "descriptions.csv")}
    assert said["0003", "title"] == ("The third leaf", "metadata.csv") and said["0003", "access"][1] == "Family's wish"
    assert "0004" not in {id for id, _ in said}
    # What may be named below what may not hangs on the next above.
    assert {(row["ref_id"], row["parent_ref_id"]) for row in rows(public, "objects/components.csv")} == {
        ("coll", ""),
        ("legal", "coll"),
        ("below", "coll"),
    }
    with Holdings(load(archive.config)) as holdings:
        assert len(inside(public, "premis")) == 6 == len(list(holdings.every_item()))


def record(archive):
    """By id: what is said of each item (without its id), its place, its pages with masters, labels and rules."""
    with open_catalog(load(archive.config).catalog_url).connect() as connection:
        found = {}
        for item in items.every_item(connection):
            path = tree.path(connection, item.component_id)
            chain = [
                *(as_said(rules.standing(connection, Unit.component(one.id))) for one in path),
                as_said(rules.standing(connection, Unit.item(item.id))),
            ]
            found[item.local_id or item.id] = (
                sorted(
                    (s.element, s.value, s.source) for s in items.description(connection, item.id) if s.element != "id"
                ),
                tuple((one.ref_id, one.level, one.title) for one in path),
                tuple((one.type, one.indicator) for one in tree.item_containers(connection, item.id)),
                tuple(
                    (
                        p.sequence,
                        p.label,
                        p.role,
                        files.file(connection, p.file_id).sha256,
                        p.frame,
                        effective([*chain, as_said(rules.standing(connection, Unit.page(p.id)))]),
                    )
                    for p in items.pages(connection, item.id)
                ),
            )
        return found


def taken_in(bag, folder, *options):
    objects = bag / "data" / "objects"
    again = small_archive_in(folder)
    checked = again.rescate("batch", "check", objects, "--output", folder / "checked.csv", *options)
    assert checked.returncode == 0, checked.stdout
    ingest(again, objects)
    return again


def test_the_staffs_is_taken_in_again_to_the_same(archive, staff, tmp_path):
    assert record(taken_in(staff, tmp_path)) == record(archive)
    bagit.Bag(str(staff)).validate()  # nothing was written into it


def test_the_publics_is_taken_in_again_to_what_the_public_may_have(archive, public, tmp_path):
    before, after = record(archive), record(taken_in(public, tmp_path, "--quick"))
    assert len(after) == 3 and set(after) < set(before)
    for id, (said, path, boxes, pages) in after.items():
        assert [one[:2] for one in said] == [one[:2] for one in before[id][0]]
        assert (path, boxes) == before[id][1:3]
        assert [(label, role, access.state) for _, label, role, _, _, access in pages] == [
            (label, role, access.state) for _, label, role, _, _, access in before[id][3] if access.download
        ]


def test_a_query_puts_whole_items_in(archive, tmp_path):
    bag = export(archive, tmp_path / "out", "--query", "second")
    assert [row["title"] for row in rows(bag, "objects/metadata.csv")] == ["First leaf of many"]
    assert len(inside(bag, "text")) == 2 and "second" in bagit.Bag(str(bag)).info["External-Description"]
    done = archive.rescate("export", "--format", "bagit", tmp_path / "none", "--query", "Hiddenword")
    assert done.returncode == 1 and "no item is found" in done.stderr and list((tmp_path / "none").iterdir()) == []


@pytest.fixture
def changed_master(archive):
    """A master whose bytes are not those that were taken in."""
    path = archive.folder / "scans" / "one.png"
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + b"x")
    yield path, whole
    path.write_bytes(whole)


def write(archive, folder, audience=Audience.STAFF, progress=None, query=None, **settings):
    with Holdings(dataclasses.replace(load(archive.config), **settings), audience) as holdings:
        return package.write(holdings, folder, query, progress or Silent())


def test_a_changed_master_makes_no_bag(archive, changed_master, tmp_path):
    done = archive.rescate("export", "--format", "bagit", "--staff", tmp_path / "out")
    assert (
        done.returncode == 1
        and "one.png: has other bytes than were taken in" in done.stderr
        and "ark:99999/" in done.stderr
    )
    assert list((tmp_path / "out").iterdir()) == []


def test_a_changed_master_is_taken_from_another_of_its_places(archive, changed_master, tmp_path):
    path, whole = changed_master
    (path.parent / "copy").mkdir()
    (path.parent / "copy" / "1.png").write_bytes(whole)
    with open_catalog(load(archive.config).catalog_url).begin() as connection:
        first = files.location(connection, "scans", "one.png")
        files.put_location(connection, Location(first.file_id, "scans", "copy/1.png", len(whole), 1))
    try:
        bag = write(archive, tmp_path / "out").path
        assert (bag / "data/objects/0001/one.png").read_bytes() == whole
        shutil.rmtree(path.parent / "copy")
        with pytest.raises(FixityError, match="other bytes.*; .*1.png: is missing"):
            write(archive, tmp_path / "more")
    finally:
        with open_catalog(load(archive.config).catalog_url).begin() as connection:
            connection.execute(t.location.delete().where(t.location.c.path == "copy/1.png"))


class Interrupted(Silent):
    """Somebody presses ^C after so many steps."""

    def __init__(self, after):
        self._left = after

    def advance(self, steps=1):
        self._left -= 1
        if self._left == 0:
            raise KeyboardInterrupt


@pytest.mark.parametrize("after", (1, 3, 8))  # the eighth is when all is validated
def test_an_interruption_leaves_nothing(archive, tmp_path, after):
    with pytest.raises(KeyboardInterrupt):
        write(archive, tmp_path / "out", progress=Interrupted(after))
    assert list((tmp_path / "out").iterdir()) == []


def test_a_system_that_ends_the_command_leaves_nothing(archive, tmp_path):
    program = (
        "import sys, time; from archive.preservation.bagged_item import Packer; real = Packer.pack\n"
        "def pack(*given):\n    real(*given); print('packed', flush=True); time.sleep(30)\n"
        "Packer.pack = pack; from cli import main; main()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, "--config", archive.config, "export", "--format", "bagit", tmp_path / "out"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
    )
    assert process.stdout.readline() == b"packed\n" and len(list((tmp_path / "out").iterdir())) == 1
    process.terminate()
    assert process.wait(20) == 128 + signal.SIGTERM and list((tmp_path / "out").iterdir()) == []
    process.stdout.close()


def test_a_master_that_goes_bad_on_the_way_is_found_when_the_bag_is_read_again(archive, tmp_path):
    class Spoiling(Silent):
        def stage(self, name, total):
            if name == "validate":
                next((tmp_path / "out").rglob("one.png")).write_bytes(b"other")

    with pytest.raises(FixityError, match="the bag is not valid"):
        write(archive, tmp_path / "out", progress=Spoiling())
    assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said(archive, tmp_path):
    (tmp_path / "file").touch()
    done = archive.rescate("export", "--format", "bagit", tmp_path / "file")
    assert done.returncode == 2 and "the bag cannot be written" in done.stderr and "Traceback" not in done.stderr


def test_where_silence_means_closed_rows_say_so(archive, tmp_path):
    closed = AccessSettings(default="closed")
    bag = write(archive, tmp_path / "out", access=closed).path
    said = {row["id"]: (row["access"], bool(row["access_reason"])) for row in rows(bag, "objects/metadata.csv")}
    assert said["0001"] == ("closed", True) and said["0007"] == ("", False)  # its series says it
    assert inside(write(archive, tmp_path / "more", Audience.PUBLIC, access=closed).path, "text") == ["0005/sight.txt"]


def test_transcripts_go_beside_and_two_items_of_one_id_are_told_apart(archive, tmp_path):
    with open_catalog(load(archive.config).catalog_url).connect() as connection:
        change = connection.begin()
        one, other = (items.items_by_local_id(connection, id)[0] for id in ("0001", "0002"))
        sight = next(page for page in items.pages(connection, items.items_by_local_id(connection, "0005")[0].id))
        connection.execute(t.item_file.insert().values(item_id=one.id, file_id=sight.file_id, role="transcript"))
        connection.execute(t.item.update().where(t.item.c.id == other.id).values(local_id="0001"))
        change.commit()
    try:
        bag = write(archive, tmp_path / "out").path
        assert inside(bag, "transcripts") == ["0001/sight.png"]
        assert [row["id"] for row in rows(bag, "objects/metadata.csv")][:2] == ["0001", f"0001-{other.id}"]
        assert {"0001/one.png", "0001-2/leaves.tif"} <= set(inside(bag, "objects"))
        assert inside(write(archive, tmp_path / "more", Audience.PUBLIC).path, "objects")[0] == "0001-2/leaves-1.jpg"
        assert not (tmp_path / "more" / "data" / "transcripts").exists()
    finally:
        with open_catalog(load(archive.config).catalog_url).begin() as connection:
            connection.execute(t.item_file.delete())
            connection.execute(t.item.update().where(t.item.c.id == other.id).values(local_id="0002"))


def test_a_page_without_an_image_is_counted_and_not_left_out_silently(archive, tmp_path):
    from archive import derivatives

    with Holdings(load(archive.config)) as holdings:
        image = holdings.image(next(holdings.every_item()).pages[0])
    assert derivatives.image(load(archive.config).data_folder, image.stem) == image
    image.rename(image.with_suffix(".away"))
    try:
        done = archive.rescate("export", "--format", "bagit", tmp_path / "out")
        assert done.returncode == 0 and "1 pages that may be downloaded are not in it" in done.stderr
    finally:
        image.with_suffix(".away").rename(image)


def test_an_empty_archive_makes_no_bag(tmp_path):
    empty = small_archive_in(tmp_path)
    with open_catalog(load(empty.config).catalog_url, create=True).connect(), pytest.raises(NotFound):
        write(empty, tmp_path / "out")
