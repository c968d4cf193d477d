"""config.yaml mirrors the settings of archive.config, and what is wrong in a copy is said plainly."""

import csv
import dataclasses
import pickle
import re
import typing
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from archive import config
from archive.errors import ConfigError
from archive.setting import Setting
from archive.settings_reference import reference

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "config.yaml"

#: The least and the most that a setting takes.
EDGES = {
    "archive.naan": "bcdfghjkm",
    "ingest.image_quality": 95,
    "ingest.languages": ["spa"],
    "ingest.pdf_dpi": 1200,
    "ingest.second_reader_below": 1,
    "ingest.second_reader_lines_below": 0,
    "ingest.worker_memory": 0,
    "search.page_size": 200,
    "serve.host": "::1",
    "serve.port": 65535,
    "serve.processes": 0,
    "serve.threads": 1,
}

#: Whatever YAML makes of a value.
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=90) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=3),
    max_leaves=4,
)


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


def nested(path, value):
    """A value in the tables that its dotted path names."""
    for name in reversed(path.split(".")):
        value = {name: value}
    return value


@pytest.fixture
def settings(tmp_path):
    """Loads the given text as an archive's config.yaml."""

    def load(text):
        (tmp_path / "config.yaml").write_text(text, "utf-8")
        return config.load(tmp_path / "config.yaml")

    return load


def test_the_shipped_file_says_exactly_the_defaults():
    assert dataclasses.replace(config.load(SHIPPED), folder=Path()) == config.Config()


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


def cases():
    """What is written, and "taken" or the sentence that refuses it."""
    with (Path(__file__).parent / "settings.tsv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case["written"])
def test_a_value_is_taken_or_refused_with_a_sentence(settings, tmp_path, case):
    if case["said"] == "taken":
        settings(case["written"])
        return
    with pytest.raises(ConfigError) as refused:
        settings(case["written"])
    assert refused.value.message.replace("\n", "\\n") == case["said"]
    assert refused.value.item == str(tmp_path / "config.yaml")
    assert refused.value.remedy


@pytest.mark.parametrize("path, value", sorted(EDGES.items()))
def test_what_an_edge_takes_is_what_stands_in_the_settings(settings, path, value):
    found = settings(yaml.safe_dump(nested(path, value)))
    for name in path.split("."):
        found = getattr(found, name)
    assert found == (tuple(value) if isinstance(value, list) else value)


@pytest.mark.parametrize(
    "one", [one for one in Setting("", config.Config).all_within() if not one.section], ids=lambda one: one.path
)
@given(data=st.data())
def test_whatever_is_written_is_taken_as_declared_or_refused_by_its_path(one, data):
    """Of any value, a setting says in one line that it may not stand there, or has it as its type."""
    written = data.draw(ANYTHING)
    fault = one.fault(written)
    assert "\n" not in fault
    if fault:
        assert one.path in fault and " but must be " in fault and len(fault) < 400
    else:
        kept = one.taken(written)
        assert one.taken(list(kept) if isinstance(kept, tuple) else kept) == kept


def test_a_default_may_stand_where_it_is_the_default():
    for one in Setting("", config.Config).all_within():
        if not one.section:
            written = list(one.default) if isinstance(one.default, tuple) else one.default
            assert one.fault(written) == "", one.path
            assert one.taken(written) == one.default


def test_every_setting_says_what_it_means_and_what_may_stand_there():
    for one in Setting("", config.Config).all_within():
        assert one.meaning and one.may, one.path
        if one.kind in (int, float):
            assert re.search(r"number from \d+ to \d+", one.may), one.path


def test_the_comments_of_the_shipped_file_are_the_declared_meanings():
    text = SHIPPED.read_text("utf-8")
    lines = text.splitlines()
    declared = {one.path: one.meaning for one in Setting("", config.Config).all_within() if not one.section}
    commented = {
        name: re.search(r"\s# (.*)$", lines[node.start_mark.line])[1]
        for name, node in written_keys(yaml.compose(text))
        if name in declared
    }
    assert commented == declared


def test_what_a_comment_names_as_a_value_may_stand_there():
    """`0: none`, `e.g. tcp://…`, `1-95`, and every word of a choice."""
    for one in Setting("", config.Config).all_within():
        named = re.findall(r"\b(\d[\d.]*)(?:: | or more| is every)", one.meaning)
        for word in named if one.path != "serve.host" else ["0.0.0.0"]:
            written = word if one.kind is str else float(word) if "." in word else int(word)
            assert one.fault(written) == "", (one.path, word)
        for example in re.findall(r"e\.g\. (\S+?),?(?:\s|$)", one.meaning):
            assert one.fault(example) == "", (one.path, example)
        for least, most in re.findall(r"\b(\d+)-(\d+)\b", one.meaning):
            assert f"from {least} to {most}" in one.may, one.path
        for choice in typing.get_args(one.kind) if typing.get_origin(one.kind) is typing.Literal else ():
            assert re.search(rf"\b{choice}\b", one.meaning), (one.path, choice)


def test_the_reference_of_settings_is_current():
    written = (ROOT / "docs" / "settings.md").read_text("utf-8")
    assert written == reference(), "write it anew: python -m archive.settings_reference >docs/settings.md"


def test_a_password_in_what_is_refused_is_not_shown(settings):
    with pytest.raises(ConfigError) as refused:
        settings("catalog: {url: ' postgresql://reader:s3cret@x/y@db/rescate'}")
    assert "s3cret" not in str(refused.value) and "x/y" not in str(refused.value)


def test_every_fault_is_named_at_once(settings):
    with pytest.raises(ConfigError) as refused:
        settings("serve: {prot: 80, threads: 0}\naccess: {default: shut}\nserve: {}\ningest: {pdf_dpi: 0}")
    said = str(refused.value)
    for word in ("serve stands there twice, in lines 1 and 3", "access.default", "ingest.pdf_dpi"):
        assert word in said


@pytest.mark.parametrize(
    "written",
    [
        "access:\n",
        "access:\ndefault: closed\n",
        "acess: {default: closed}",
        "access: {Default: closed}",
        "access: {default: closed}\naccess: {default: open}",
        "access: {default: 'closed '}",
        "access: [closed]",
        "access: &a {default: closed}\nserve: *a",
        "access: {default: cerrado}",
    ],
)
def test_what_is_said_of_access_and_not_understood_opens_nothing(settings, written):
    with pytest.raises(ConfigError):
        settings(written)


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
