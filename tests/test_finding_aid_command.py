"""`rescate finding-aid`: what it prints, what it ends with, and that a check writes nothing."""

import csv
import json

import pytest

from archive.catalog.connect import open_catalog
from archive.config import load
from archive.errors import NoCatalog
from tests.sample_archive import SCANS, SampleArchive
from tests.small_scans import small_archive_in

FILE = SCANS / "finding-aid.xml"


@pytest.fixture
def archive(tmp_path, bare_url) -> SampleArchive:
    return small_archive_in(tmp_path, bare_url)


def test_check_import_and_import_again(archive):
    checked = archive.json("finding-aid", "check", FILE)
    assert (checked["added"], checked["batch"]) == (7, None)
    with pytest.raises(NoCatalog):
        open_catalog(load(archive.config).catalog_url)
    done = archive.json("finding-aid", "import", FILE)
    assert {**done, "batch": None} == checked and done["batch"] == 1
    assert done["undecided"] == ["muestra-1"]
    assert archive.json("finding-aid", "check", FILE, "--close-restricted")["changes"] == [
        {"ref_id": "muestra-1", "what": ["access"]}
    ]
    again = archive.rescate("finding-aid", "import", FILE)
    assert again.returncode == 0 and "Nothing changed." in again.stdout and "7 unchanged" in again.stdout
    assert archive.rescate("finding-aid", "links").stdout.strip() == "ref_id,digital_object_id,digital_object_url,title"


def test_what_is_no_finding_aid_is_refused_and_nothing_is_kept(archive):
    broken = archive.folder / "broken.xml"
    broken.write_text(FILE.read_text("utf-8")[:-40], "utf-8")
    done = archive.rescate("finding-aid", "import", broken)
    assert done.returncode == 1 and "no well-formed XML" in done.stderr and "Traceback" not in done.stderr
    assert archive.json("finding-aid", "import", FILE)["added"] == 7
    assert archive.rescate("finding-aid", "import", archive.folder / "none.xml").returncode == 1


def test_the_samples_keep_their_permalinks_and_are_linked_back(own_archive):
    before = {row["ref_id"]: row for row in links(own_archive)}
    assert before and not any("finding-aid" in one["path"] for one in own_archive.outcomes)
    done = own_archive.json("finding-aid", "import", FILE)
    assert done["added"] == 0 and done["changed"] == 7 and not done["missing"]
    assert {row["ref_id"]: row for row in links(own_archive)} == before
    assert json.loads(own_archive.rescate("search", "Tecoluca", "--json").stdout)["total"] > 0


def links(archive):
    return list(csv.DictReader(archive.rescate("finding-aid", "links").stdout.splitlines()))
