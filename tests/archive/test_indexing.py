"""The feed of the index: every kind of documents hears of what changed, each in an index of its own."""

from dataclasses import replace
from types import MappingProxyType, SimpleNamespace

import pytest

from archive import indexing
from archive.access import Audience
from archive.catalog import journal
from archive.catalog.connect import open_catalog, writing
from archive.config import Config
from archive.search import engines, kinds, typed
from archive.search.engines import open_engine
from archive.unit import Unit
from tests.archive.search.corpus import LEAFLETS, leaflets

#: A kind that is no module, for tests alone: a page that changes takes its first leaflet away and brings another.
LEAFLET = SimpleNamespace(
    FIELDS=LEAFLETS,
    every=lambda holdings: iter(leaflets()),
    changed=lambda holdings, page_ids: (iter([replace(leaflets()[1], id="new")]), (leaflets()[0].id,)),
)


@pytest.fixture
def config(tmp_path, monkeypatch):
    both = MappingProxyType({**kinds.KINDS, "leaflet": LEAFLET})
    for module in (indexing, engines):
        monkeypatch.setattr(module, "KINDS", both)
    return Config(folder=tmp_path)


def found(config, kind, text):
    engine = open_engine(config, Audience.PUBLIC, kind)
    try:
        return sorted(hit.id for hit in engine.every(typed.request(text, kind=kind)))
    finally:
        engine.close()


def test_each_kind_is_built_and_fed_in_an_index_of_its_own(config):
    catalog = open_catalog(config.catalog_url, create=True)
    built = indexing.rebuild(config, catalog)
    assert [str(one) for one in built] == ["public: 0 pages indexed", "public: 40 leaflets indexed"]
    assert {one.name for one in (config.data_folder / "index").iterdir() if one.is_dir()} == {
        "public",
        "leaflet-public",
    }
    first, second = leaflets()[0].id, leaflets()[1].id
    assert {first, second} <= set(found(config, "leaflet", "libertad")) and not found(config, "page", "")
    with writing(catalog) as connection:
        journal.post(connection, [Unit.page("r1gone")])
    assert indexing.catch_up(config, catalog) == 1
    now = found(config, "leaflet", "libertad")
    assert len(now) == 40 and "new" in now and first not in now and second in now
