"""config.yaml mirrors the settings of archive.config, and what is wrong in a copy is said plainly."""

import dataclasses
import pickle
import re
from pathlib import Path

import pytest
import yaml

from archive import config
from archive.errors import ConfigError

SHIPPED = Path(__file__).parents[1] / "config.yaml"


def keys(kind, above=""):
    """Every key of the settings class `kind` in full, sections among them."""
    for field in dataclasses.fields(kind):
        if kind is config.Config and field.name == "folder":
            continue
        full = f"{above}{field.name}"
        yield full
        default = field.default_factory() if field.default_factory is not dataclasses.MISSING else field.default
        if dataclasses.is_dataclass(default):
            yield from keys(type(default), f"{full}.")


def written_keys(node, above=""):
    """Every key of a YAML mapping node in full, with the node of its value."""
    for name, value in node.value:
        full = f"{above}{name.value}"
        yield full, value
        if isinstance(value, yaml.MappingNode):
            yield from written_keys(value, f"{full}.")


@pytest.fixture
def settings(tmp_path):
    """Loads the given text as an archive's config.yaml."""

    def load(text):
        (tmp_path / "config.yaml").write_text(text, "utf-8")
        return config.load(tmp_path / "config.yaml")

    return load


def test_the_shipped_file_says_exactly_the_defaults():
    assert dataclasses.replace(config.load(SHIPPED), folder=Path(".")) == config.Config()


def test_the_shipped_file_has_every_key_in_the_order_of_the_classes():
    tree = yaml.compose(SHIPPED.read_text("utf-8"))
    assert [name for name, _ in written_keys(tree)] == list(keys(config.Config))


def test_every_setting_has_its_comment_on_its_line():
    text = SHIPPED.read_text("utf-8")
    lines = text.splitlines()
    bare = [
        name
        for name, node in written_keys(yaml.compose(text))
        if not (isinstance(node, yaml.MappingNode) and node.value)
        and not re.search(r"\s# \S.{8,}", lines[node.start_mark.line])
    ]
    assert bare == []


def test_an_empty_file_is_all_defaults(settings, tmp_path):
    assert settings("") == config.Config(folder=tmp_path.resolve())


def test_a_section_left_empty_is_at_its_defaults(settings):
    assert settings("search:\nserve:\n").search == config.SearchSettings()


def test_what_is_not_written_stays_at_its_default(settings):
    found = settings("serve: {port: 9000}")
    assert found.serve == config.ServeSettings(port=9000)


def test_a_list_and_a_table(settings):
    found = settings("ingest: {languages: [eng], roots: {tower: /mnt/scans}}")
    assert found.ingest.languages == ("eng",)
    assert dict(found.ingest.roots) == {"tower": "/mnt/scans"}


def test_data_and_catalog_lie_beside_the_file(settings, tmp_path, monkeypatch):
    monkeypatch.chdir("/")
    found = settings("data: record")
    assert found.data_folder == tmp_path.resolve() / "record"
    assert found.catalog_url == f"sqlite:///{tmp_path.resolve() / 'record' / 'catalog.sqlite'}"


def test_an_absolute_data_folder_stays_where_it_is(settings, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    assert settings(f"data: {elsewhere}").data_folder == elsewhere.resolve()


def test_a_relative_path_to_the_file_serves_as_well(settings, tmp_path, monkeypatch):
    settings("data: record")
    monkeypatch.chdir(tmp_path)
    assert config.load(Path("config.yaml")).data_folder == tmp_path.resolve() / "record"


def test_settings_reach_worker_processes():
    shipped = config.load(SHIPPED)
    assert pickle.loads(pickle.dumps(shipped)) == shipped


def test_settings_are_frozen(settings):
    with pytest.raises(dataclasses.FrozenInstanceError):
        settings("").serve.port = 1


@pytest.mark.parametrize(
    "text, key, nearest",
    [
        ("serve: {prot: 80}", "serve.prot", "serve.port"),
        ("serch: {}", "serch", "search"),
        ("search: {elasticsearch: {ulr: x}}", "search.elasticsearch.ulr", "search.elasticsearch.url"),
        ("search: {elastic: {}}", "search.elastic", "search.elasticsearch"),
        ("ingest: {languges: [spa]}", "ingest.languges", "ingest.languages"),
        ("ingest: {page_time: 3}", "ingest.page_time", "ingest.page_timeout"),
        ("datas: x", "datas", "data"),
        ("archive: {8: x}", "archive.8", "archive."),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest_known_one(settings, tmp_path, text, key, nearest):
    with pytest.raises(ConfigError) as refused:
        settings(text)
    assert refused.value.message == f"unknown setting {key}"
    assert refused.value.item == str(tmp_path / "config.yaml")
    assert nearest in refused.value.remedy


def test_the_folder_is_no_setting(settings):
    with pytest.raises(ConfigError, match="unknown setting folder"):
        settings("folder: /tmp")


@pytest.mark.parametrize(
    "text, said",
    [
        ("serve: {port: '8000'}", "serve.port is '8000', but must be a whole number"),
        ("serve: {port: 80.5}", "serve.port is 80.5, but must be a whole number"),
        ("serve: {port: true}", "serve.port is True, but must be a whole number"),
        ("serve: {port: -1}", "serve.port is -1, but must not be negative"),
        ("serve: {port: }", "serve.port is None, but must be a whole number"),
        ("archive: {naan: 99999}", "archive.naan is 99999, but must be a text"),
        ("archive: {title: [a]}", "archive.title is ['a'], but must be a text"),
        ("archive: {sample: 1}", "archive.sample is 1, but must be a true or false"),
        ("archive: {sample: 'no'}", "archive.sample is 'no', but must be a true or false"),
        ("search: {engine: solr}", "search.engine is 'solr', but must be one of embedded, elasticsearch"),
        ("search: {engine: [embedded]}", "search.engine is ['embedded'], but must be one of embedded, elasticsearch"),
        ("access: {default: shut}", "access.default is 'shut', but must be one of open, closed"),
        ("ingest: {languages: spa}", "ingest.languages must be a list of texts"),
        ("ingest: {languages: [1]}", "ingest.languages must be a list of texts"),
        ("ingest: {roots: [a]}", "ingest.roots must be a table of name: value"),
        ("serve: 8000", "serve must be a table of settings"),
        ("search: {elasticsearch: localhost}", "search.elasticsearch must be a table of settings"),
        ("- serve", "the file must be a table of settings"),
        ("serve", "the file must be a table of settings"),
    ],
)
def test_a_wrong_value_is_refused_with_its_full_key(settings, text, said):
    with pytest.raises(ConfigError) as refused:
        settings(text)
    assert refused.value.message.startswith(said)
    assert refused.value.remedy


@pytest.mark.parametrize("written", [b"serve: {port: ", b"\tserve: 1", b"archive: {title: Mu\xf1oz}", b"a: \x00"])
def test_what_is_no_yaml_names_the_file(tmp_path, written):
    (tmp_path / "config.yaml").write_bytes(written)
    with pytest.raises(ConfigError, match="cannot be read as YAML") as refused:
        config.load(tmp_path / "config.yaml")
    assert refused.value.item == str(tmp_path / "config.yaml")


def test_a_missing_file_says_how_to_give_one(tmp_path):
    with pytest.raises(ConfigError) as refused:
        config.load(tmp_path / "none.yaml")
    assert "--config" in refused.value.remedy


def test_a_folder_is_no_settings_file(tmp_path):
    with pytest.raises(ConfigError):
        config.load(tmp_path)


def test_the_nearest_file_above_is_found(tmp_path):
    (tmp_path / "config.yaml").touch()
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert config.find(tmp_path / "a" / "b") == tmp_path.resolve() / "config.yaml"


def test_no_file_above_says_how_to_give_one(tmp_path, monkeypatch):
    with pytest.raises(ConfigError) as refused:
        config.find(Path("/"))
    assert "--config" in refused.value.remedy
