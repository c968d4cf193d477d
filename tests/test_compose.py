"""compose.yaml starts the Elasticsearch that config.yaml points to, open to this machine only."""

import re
from importlib import metadata
from pathlib import Path

import pytest
import yaml

from archive.config import ElasticsearchSettings

ROOT = Path(__file__).parents[1]


@pytest.fixture
def service():
    return yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]["elasticsearch"]


def test_it_listens_where_the_settings_look(service):
    address = ElasticsearchSettings().url.removeprefix("http://")
    assert service["ports"] == [f"{address}:9200"]


def test_without_a_password_it_is_open_to_this_machine_only(service):
    assert service["environment"]["xpack.security.enabled"] == "false"
    assert all(str(port).startswith("127.0.0.1:") for port in service["ports"])


def test_server_and_client_are_of_one_major_version(service):
    server = re.fullmatch(r"\S+/elasticsearch:(\d+)\.\d+\.\d+", service["image"])
    assert server[1] == metadata.version("elasticsearch").split(".")[0]


def test_its_index_outlives_the_container(service):
    volumes = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["volumes"]
    assert service["volumes"] == ["elasticsearch:/usr/share/elasticsearch/data"]
    assert "elasticsearch" in volumes


def test_the_trial_database_is_open_to_this_machine_only_and_outlives_its_container():
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    service = compose["services"]["postgresql"]
    assert service["ports"] == ["127.0.0.1:5432:5432"]
    assert service["volumes"][0].split(":")[0] in compose["volumes"]
