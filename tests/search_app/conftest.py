"""The front end on a small archive of its own, its words compiled."""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import search_app
from search_app import create_app
from tests.search_app.small_archive import build

FOLDER = Path(search_app.__file__).parent
TRANSLATIONS = FOLDER / "translations"


@pytest.fixture(scope="session", autouse=True)
def words():
    """The compiled words of the interface, as `make setup` leaves them."""
    for source in TRANSLATIONS.glob("*/LC_MESSAGES/messages.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            made = target.with_suffix(f".{os.getpid()}")
            with source.open("rb") as written, made.open("wb") as compiled:
                write_mo(compiled, read_po(written, locale=source.parts[-3]))
            made.replace(target)


@pytest.fixture(scope="session")
def archive(tmp_path_factory):
    """Only to be read: see `own`."""
    return build(tmp_path_factory.mktemp("small"), contact="archivo@example.org")


@pytest.fixture
def own(tmp_path):
    """An archive that the test may change."""
    return build(tmp_path)


@pytest.fixture(scope="session")
def app(archive):
    return create_app(archive.config)


@pytest.fixture
def client(app):
    """A reader who asks for no language: Spanish, as the settings have it."""
    return app.test_client(use_cookies=False)


SERVE = """
from pathlib import Path
from archive.config import ArchiveSettings, CatalogSettings, Config
from search_app.serve import run
archive = ArchiveSettings(contact={contact!r})
run(Config(folder=Path({folder!r}), catalog=CatalogSettings({url!r}), archive=archive), port=0)
"""


@contextlib.contextmanager
def served(archive):
    """The address at which a server of its own process answers; at the end it is interrupted, as a keeper would."""
    code = SERVE.format(
        folder=str(archive.config.folder), url=archive.config.catalog.url, contact=archive.config.archive.contact
    )
    with answering([sys.executable, "-c", code]) as address:
        yield address


@contextlib.contextmanager
def answering(command, notice: str = ""):
    """The address that a server says when it is started so, and nothing else than `notice` until it is interrupted.

    A program of its own, for one served by a thread of the test's cannot be ended while it answers.
    """
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    said = process.stderr.readline()
    assert said.startswith("Rescate: http://127.0.0.1:"), said + process.stderr.read()
    yield said.split()[1]
    process.send_signal(signal.SIGINT)
    assert process.wait(600) == 0
    # Nothing was said of what was asked, and no warning either.
    assert process.stderr.read() == notice
    process.stderr.close()


@pytest.fixture(scope="session")
def site(archive):
    """The address of the small archive's server."""
    with served(archive) as address:
        yield address
