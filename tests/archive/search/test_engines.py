"""Which engine the settings open, and where its index is."""

import dataclasses

import pytest

from archive.access import Audience
from archive.config import Config, SearchSettings
from archive.errors import ConfigError
from archive.search.elastic import Elastic
from archive.search.embedded import Embedded
from archive.search.engines import open_engine


def config(tmp_path, **settings):
    return dataclasses.replace(Config(), folder=tmp_path, search=SearchSettings(**settings))


def test_the_embedded_engine_stands_in_the_data_folder(tmp_path):
    engine = open_engine(config(tmp_path), Audience.PUBLIC)
    assert isinstance(engine, Embedded)
    assert engine.folder == tmp_path / "data" / "index" / "public"
    assert not engine.folder.exists()


def test_elasticsearch_has_an_alias_for_each_audience(tmp_path):
    settings = config(tmp_path, engine="elasticsearch", staff_index=True)
    for audience in Audience:
        engine = open_engine(settings, audience)
        assert isinstance(engine, Elastic)
        assert engine.alias == f"rescate-{audience.value}"
        engine.close()


@pytest.mark.parametrize("engine", ["embedded", "elasticsearch"])
def test_there_is_a_staff_index_only_where_the_settings_ask_for_it(engine, tmp_path):
    with pytest.raises(ConfigError, match="staff_index"):
        open_engine(config(tmp_path, engine=engine), Audience.STAFF)
    open_engine(config(tmp_path, engine=engine, staff_index=True), Audience.STAFF).close()
