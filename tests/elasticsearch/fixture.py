"""The fixtures of Elasticsearch: one server a run, whichever worker asks first, and index names of one's own."""

import fcntl
import json
import os
import secrets
import subprocess
from pathlib import Path

import pytest

from archive.config import ElasticsearchSettings
from tests.elasticsearch import server
from tests.needs import missing

#: The URL of a server to use instead of starting one.
GIVEN = "RESCATE_TEST_ELASTICSEARCH"


def _state(config) -> Path:
    """The file of this run, common to its workers, that says where the server is."""
    base = config._tmp_path_factory.getbasetemp()
    return (base.parent if hasattr(config, "workerinput") else base) / "elasticsearch.json"


@pytest.fixture(scope="session")
def elasticsearch_url(request) -> str:
    """The URL of a running server. Skips where there is none to be had (fails where CI=true)."""
    if given := os.environ.get(GIVEN):
        return given
    if absent := server.wanting():
        missing(
            f"no {absent} here to run Elasticsearch, and no URL in {GIVEN}",
            "apt-get install default-jre-headless maven",
        )
    state = _state(request.config)
    with state.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not state.exists():
            try:
                server.archive()
            except subprocess.CalledProcessError:
                missing(
                    f"Maven could not bring Elasticsearch, and no URL in {GIVEN}",
                    " ".join(server.bring(server.cache())),
                )
            tests = os.getppid() if hasattr(request.config, "workerinput") else os.getpid()
            state.write_text(json.dumps(server.start(tests)), "utf-8")
        return json.loads(state.read_text("utf-8"))["url"]


def pytest_sessionfinish(session):
    """Ends the server when the whole run ends: in the process that the workers answer to."""
    if hasattr(session.config, "workerinput") or not hasattr(session.config, "_tmp_path_factory"):
        return
    state = _state(session.config)
    if state.exists():
        server.end(json.loads(state.read_text("utf-8")))
        state.unlink()


@pytest.fixture
def elasticsearch_settings(elasticsearch_url) -> ElasticsearchSettings:
    """Settings with an index name of the test's own; what it made is deleted at its end."""
    with _settings(elasticsearch_url) as settings:
        yield settings


class _settings:
    def __init__(self, url: str):
        self.settings = ElasticsearchSettings(url=url, index=f"rescate-test-{secrets.token_hex(6)}", timeout=600)

    def __enter__(self) -> ElasticsearchSettings:
        return self.settings

    def __exit__(self, *_failure) -> None:
        import elasticsearch

        with elasticsearch.Elasticsearch(self.settings.url) as client:
            for name in client.indices.get(index=f"{self.settings.index}-*"):
                client.indices.delete(index=name)


@pytest.fixture(scope="module")
def elasticsearch_settings_of_module(elasticsearch_url) -> ElasticsearchSettings:
    """The same, for all tests of a module."""
    with _settings(elasticsearch_url) as settings:
        yield settings
