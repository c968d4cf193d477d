"""A public server that may read the data folder and write nothing there: as a reader of its own account, or on a
read-only disk."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.postgresql import switch
from tests.search_app.small_archive import build

ROOT = Path(__file__).parents[2]

#: Asks for each address of an archive and prints the statuses. What it needs is imported before it gives up its rights.
READER = """
import json, os, sys
from pathlib import Path
from archive.config import Config
from search_app import create_app

def statuses(folder):
    app = create_app(Config(folder=Path(folder)))
    client = app.test_client()
    return client, [client.get(address).status_code for address in addresses]

addresses = json.loads(sys.argv[3])
statuses(sys.argv[1])
if os.geteuid() == 0:
    os.setgroups([])
    os.setresgid(65534, 65534, 65534)
    os.setresuid(65534, 65534, 65534)
client, found = statuses(sys.argv[2])
print(json.dumps(found), flush=True)
for line in sys.stdin:
    print(json.dumps([client.get(address).status_code for address in addresses]), flush=True)
"""


@pytest.fixture
def readable():
    """A folder that every account may reach, as pytest's own are not."""
    folder = Path(tempfile.mkdtemp(prefix="rescate-"))
    folder.chmod(0o755)
    yield folder
    for path in (folder, *folder.rglob("*")):
        if path.is_dir():
            path.chmod(0o755)
    shutil.rmtree(folder)


def _closed_to_writing(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.chmod(0o555 if path.is_dir() else 0o444)
    folder.chmod(0o555)


@pytest.mark.skipif(switch.ON, reason="the catalog of this run is in PostgreSQL")
def test_a_server_needs_no_right_to_write(readable):
    archive = build(readable / "one")
    shutil.copytree(readable / "one", readable / "imported")
    page = archive.ark("weekly", 1)
    addresses = [
        "/",
        "/search?q=Tecoluca",
        "/about",
        page,
        "/search.json?q=Tecoluca",
        f"/cite?selected={archive.pages['weekly'][0]}",
    ]
    before = sorted(readable.joinpath("one").rglob("*"))
    _closed_to_writing(readable / "one")
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, readable / "imported", readable / "one", json.dumps(addresses)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert json.loads(reader.stdout.readline()) == [200] * len(addresses)
        assert sorted(readable.joinpath("one").rglob("*")) == before, (
            "nothing was written beside the catalog or the index"
        )
        # Whoever may write closes a page: the server that only reads shows it no more.
        if os.geteuid() == 0:
            from archive.access import Rule, State

            archive.rule("page", archive.pages["weekly"][0], Rule(State.SUPPRESSED))
            reader.stdin.write("\n")
            reader.stdin.flush()
            assert json.loads(reader.stdout.readline())[3] == 404
    finally:
        reader.stdin.close()
        assert reader.wait(60) == 0
