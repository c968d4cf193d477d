"""The fixtures of both databases: one PostgreSQL a run, whichever worker asks first, and catalogs of one's own."""

import fcntl
import json
import os
import secrets
from pathlib import Path

import pytest

from tests.needs import missing
from tests.postgresql import server

#: `postgresql` to have every archive of the tests keep its catalog there: make test PYTEST=… with this set.
SWITCH = "RESCATE_TEST_CATALOG"
DATABASES = ("sqlite", "postgresql")


def _state(config) -> Path:
    """The file of this run, common to its workers, that says where the server is."""
    base = config._tmp_path_factory.getbasetemp()
    return (base.parent if hasattr(config, "workerinput") else base) / "postgresql.json"


@pytest.fixture(scope="session")
def postgresql_server(request) -> str:
    """The URL of a running server, without a database. Skips where there is none to be had (fails where CI=true)."""
    if absent := server.wanting():
        missing(f"no {absent} here", "apt-get install postgresql")
    state = _state(request.config)
    with open(state.with_suffix(".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not state.exists():
            tests = os.getppid() if hasattr(request.config, "workerinput") else os.getpid()
            started = server.start(tests)
            state.write_text(json.dumps(started), "utf-8")
            _ask(started["url"], "CREATE DATABASE bare")
            _ask(started["url"], "CREATE DATABASE shaped")
            _shape(f"{started['url']}/shaped")
        return json.loads(state.read_text("utf-8"))["url"]


def pytest_sessionfinish(session):
    """Ends the server when the whole run ends: in the process that the workers answer to."""
    if hasattr(session.config, "workerinput") or not hasattr(session.config, "_tmp_path_factory"):
        return
    state = _state(session.config)
    if state.exists():
        server.end(json.loads(state.read_text("utf-8")))
        state.unlink()


def _ask(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(f"{url.replace('+psycopg', '')}/postgres", autocommit=True) as connection:
        connection.execute(statement)


def _shape(url: str) -> None:
    """Makes the tables in the database that others are copied from: a copy is quicker than the migrations."""
    from archive.catalog.connect import open_catalog

    open_catalog(url, create=True).dispose()


@pytest.fixture
def new_database(postgresql_server):
    """Makes databases of the test's own, empty or with a catalog's tables; returns their URLs. They go at its end."""
    made = []

    def make(template: str = "bare") -> str:
        name = f"test_{secrets.token_hex(6)}"
        _ask(postgresql_server, f"CREATE DATABASE {name} TEMPLATE {template}")
        made.append(name)
        return f"{postgresql_server}/{name}"

    yield make
    for name in made:
        _ask(postgresql_server, f"DROP DATABASE {name} WITH (FORCE)")


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
    return request.getfixturevalue("new_database")("shaped")


@pytest.fixture(params=DATABASES)
def database(request) -> str:
    return request.param


@pytest.fixture
def switched_url(request) -> str:
    """Empty, or a PostgreSQL catalog of the test's own where the environment asks the suite to run on it."""
    if os.environ.get(SWITCH, "sqlite") == "sqlite":
        return ""
    return request.getfixturevalue("new_database")("shaped")
