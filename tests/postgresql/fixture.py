"""The fixtures of both databases: one PostgreSQL a run, whichever worker asks first, and catalogs of one's own."""

import fcntl
import json
import os
import secrets
from pathlib import Path

import pytest

from tests.needs import missing
from tests.postgresql import server, switch


def _state(config) -> Path:
    """The file of this run, common to its workers, that says where the server is."""
    base = config._tmp_path_factory.getbasetemp()
    return (base.parent if hasattr(config, "workerinput") else base) / "postgresql.json"


def pytest_configure(config):
    switch.server = lambda: _running(config)


def _running(config) -> str:
    """The URL of the run's server, without a database, started where it is the first to ask."""
    if absent := server.wanting():
        missing(f"no {absent} here", "apt-get install postgresql")
    state = _state(config)
    with state.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not state.exists():
            tests = os.getppid() if hasattr(config, "workerinput") else os.getpid()
            started = server.start(tests)
            state.write_text(json.dumps(started), "utf-8")
            switch.create_bare(started["url"])
            switch.ask(started["url"], f"CREATE DATABASE {switch.SHAPED} TEMPLATE {switch.BARE}")
            _shape(f"{started['url']}/{switch.SHAPED}")
        return json.loads(state.read_text("utf-8"))["url"]


def pytest_sessionfinish(session):
    """Ends the server when the whole run ends: in the process that the workers answer to."""
    if hasattr(session.config, "workerinput") or not hasattr(session.config, "_tmp_path_factory"):
        return
    state = _state(session.config)
    if state.exists():
        server.end(json.loads(state.read_text("utf-8")))
        state.unlink()


def _shape(url: str) -> None:
    """Makes the tables in the database that others are copied from: a copy is quicker than the migrations."""
    from archive.catalog.connect import open_catalog

    open_catalog(url, create=True).dispose()


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef):
    """The databases that a fixture made go when it does, after all else of it."""
    made = []
    if switch.ON:
        fixturedef.addfinalizer(lambda: switch.drop(made))
    switch.owned.append(made)
    try:
        return (yield)
    finally:
        switch.owned.pop()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    switch.owned.append([])
    try:
        return (yield)
    finally:
        switch.drop(switch.owned.pop())


@pytest.fixture(scope="session")
def postgresql_server() -> str:
    """The URL of a running server, without a database. Skips where there is none to be had (fails where CI=true)."""
    return switch.server()


@pytest.fixture
def new_database(postgresql_server):
    """Makes databases of the test's own, empty or with a catalog's tables; returns their URLs. They go at its end."""
    made = []

    def make(template: str = switch.BARE) -> str:
        made.append(f"test_{secrets.token_hex(6)}")
        switch.create(made[-1], template)
        return f"{postgresql_server}/{made[-1]}"

    yield make
    switch.drop(made)


@pytest.fixture
def bare_url(database, tmp_path, request) -> str:
    """The URL of a catalog that is not made yet, in either database."""
    if database == "sqlite":
        return f"sqlite:///{tmp_path / 'deep' / 'catalog.sqlite'}"
    return request.getfixturevalue("new_database")()


@pytest.fixture
def catalog_url(database, tmp_path, request) -> str:
    """The URL of a test's own catalog, in either database."""
    if database == "sqlite":
        return f"sqlite:///{tmp_path / 'catalog.sqlite'}"
    return request.getfixturevalue("new_database")(switch.SHAPED)


@pytest.fixture(params=switch.DATABASES)
def database(request) -> str:
    return request.param
