"""Archives to test on: the sample scans ingested once a run, copies of that, and the installed command itself."""

import contextlib
import dataclasses
import fcntl
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.command import COMMAND, rescate
from tests.patience import PATIENCE
from tests.postgresql import switch

ROOT = Path(__file__).parents[1]
SCANS = ROOT / "scans"


@dataclasses.dataclass(frozen=True)
class SampleArchive:
    """An archive in a folder of its own."""

    config: Path

    @property
    def folder(self) -> Path:
        return self.config.parent

    @property
    def outcomes(self) -> list[dict]:
        """What `ingest --json` said of each file of scans/."""
        return [json.loads(line) for line in (self.folder / "outcomes.jsonl").read_text("utf-8").splitlines()]

    def rescate(self, *arguments, **options) -> subprocess.CompletedProcess:
        return rescate(*arguments, config=self.config, **options)

    def json(self, *arguments):
        """The one object that a command with --json printed; the command must have succeeded."""
        done = self.rescate(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@contextlib.contextmanager
def locked(path: Path):
    """One process of the test run at a time; the others wait."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def made(folder: Path) -> SampleArchive:
    """A new archive in `folder`, with scans/ ingested by the installed command."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    archive = SampleArchive(switch.settings_in(folder, ROOT / "config.yaml"))
    # Read once, to be quick; test_readme takes the samples in as they are for everybody.
    archive.config.write_text(
        archive.config.read_text("utf-8").replace("second_reader: doubtful", "second_reader: never"), "utf-8"
    )
    done = archive.rescate("ingest", SCANS, "--json", timeout=1200, workers=True)
    assert done.returncode == 0, f"scans/ could not be ingested:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    switch.keep(folder)
    (folder / "outcomes.jsonl").write_text(done.stdout, "utf-8")
    return archive


@pytest.fixture(scope="session")
def sample_archive(tmp_path_factory) -> SampleArchive:
    """The sample scans, ingested once for the whole run and all its workers. Only to be read: see `own_archive`."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    folder = shared / "sample-archive"
    with locked(shared / "sample-archive.lock"):
        if not (folder / "outcomes.jsonl").exists():
            made(folder)
    return SampleArchive(folder / "config.yaml")


@pytest.fixture
def own_archive(sample_archive, tmp_path) -> SampleArchive:
    """A copy of the sample archive that the test may change."""
    return SampleArchive(switch.copied(sample_archive.folder, tmp_path / "archive", kept=True))


@pytest.fixture
def empty_archive(tmp_path) -> SampleArchive:
    """A copy of config.yaml in a folder of its own: an archive that holds nothing."""
    folder = tmp_path / "empty"
    folder.mkdir()
    return SampleArchive(switch.settings_in(folder, ROOT / "config.yaml"))


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextlib.contextmanager
def serving(config: Path, *arguments, command="serve", log: Path):
    """The address at which `rescate serve` answers while the block runs."""
    port = free_port()
    with log.open("w") as said:
        process = subprocess.Popen(
            [COMMAND, "--config", config, command, "--port", str(port), *arguments],
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            deadline = time.monotonic() + PATIENCE
            while not answers(address):
                assert process.poll() is None, f"the server ended:\n{log.read_text()}"
                assert time.monotonic() < deadline, f"the server does not answer:\n{log.read_text()}"
                time.sleep(0.1)
            yield address
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=PATIENCE).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


@pytest.fixture(scope="session")
def sample_site(sample_archive, tmp_path_factory):
    """The address of the sample archive's own server, run by the installed command."""
    with serving(sample_archive.config, log=tmp_path_factory.mktemp("serve") / "log") as address:
        yield address
