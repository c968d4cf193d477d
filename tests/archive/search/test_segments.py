"""Bytes of the index that a disk has changed: said by `check`, and never more than an error of the engine's to who
searches."""

import contextlib
from pathlib import Path

import pytest

from archive.access import Audience
from archive.errors import EngineError, EngineOutdated
from archive.search import index_folders, segments
from archive.search.document import Document, Passage
from archive.search.embedded import Embedded
from archive.search.kinds.page import FIELDS
from archive.search.query import parse
from archive.search.request import SearchRequest

WORDS = [
    "los",
    "vecinos",
    "de",
    "Tecoluca",
    "vieron",
    "pasar",
    "dos",
    "camiones",
    "con",
    "soldados",
    "hacia",
    "San",
    "Vicente",
]


@pytest.fixture
def index(tmp_path) -> tuple[Embedded, Path]:
    engine = Embedded(tmp_path / "index", FIELDS, Audience.PUBLIC)
    engine.rebuild(
        Document(
            f"page{n}",
            f"item{n // 3}",
            n,
            texts={"shown": (Passage(tuple(WORDS[n % 7 :]), "spa"),)},
            facets={"place": ("Tecoluca, San Vicente",)},
        )
        for n in range(40)
    )
    engine.close()
    return engine, index_folders.current(engine.folder).folder


def _changed(path: Path, content: bytes) -> None:
    """Another file in its place: what an engine has open stays mapped to the one before."""
    aside = path.with_name("aside")
    aside.write_bytes(content)
    aside.replace(path)


def test_a_whole_index_is_well(index):
    engine, folder = index
    assert segments.damaged(folder) == []
    assert "40 units" in engine.check()


@pytest.mark.parametrize("kind", ["term", "pos", "idx", "fast", "store", "fieldnorm"])
def test_a_flipped_byte_is_found_wherever_it_stands(index, kind):
    engine, folder = index
    path = next(folder.glob(f"*.{kind}"))
    whole = path.read_bytes()
    for place in range(0, len(whole), max(1, len(whole) // 9)):
        _changed(path, whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        assert segments.damaged(folder) == [path.name], place
        with pytest.raises(EngineOutdated, match="damaged|cannot be opened") as said:
            Embedded(engine.folder, FIELDS, Audience.PUBLIC).check()
        assert "reindex" in said.value.remedy


@pytest.mark.parametrize(
    "change", [lambda whole: b"", lambda whole: whole[:-1], lambda whole: whole[:3], lambda whole: bytes(len(whole))]
)
def test_a_file_cut_short_emptied_or_blank_is_found(index, change):
    engine, folder = index
    path = next(folder.glob("*.term"))
    _changed(path, change(path.read_bytes()))
    assert segments.damaged(folder) == [path.name]


def test_a_file_that_is_gone_is_found(index):
    _, folder = index
    for path in folder.glob("*.pos"):
        path.unlink()
    for path in folder.glob("*.*"):
        if path.suffix not in (".json", ".lock"):
            path.unlink()
    assert [name.endswith(".*") for name in segments.damaged(folder)] == [True]
    (folder / "meta.json").write_text("{")
    assert segments.damaged(folder) == ["meta.json"]


@pytest.mark.parametrize("kind", ["term", "pos", "idx", "fast", "store"])
def test_who_searches_a_damaged_index_hears_of_the_engine_or_gets_an_answer(index, kind):
    """tantivy panics on impossible bytes, which would end the server's thread without a reply."""
    engine, folder = index
    path = next(folder.glob(f"*.{kind}"))
    whole = path.read_bytes()
    for place in range(0, len(whole), max(1, len(whole) // 25)):
        _changed(path, whole[:place] + bytes(b ^ 0xFF for b in whole[place : place + 16]) + whole[place + 16 :])
        fresh = Embedded(engine.folder, FIELDS, Audience.PUBLIC)
        for query in ("Tecoluca", '"San Vicente"', "cam*"):
            with contextlib.suppress(EngineError):
                fresh.search(SearchRequest(parse(query), facets=("place", "date")))


def test_a_damaged_index_is_built_anew_by_who_feeds_it(index):
    engine, folder = index
    for path in folder.glob("*.store"):
        _changed(path, bytes(path.stat().st_size))
    engine.rebuild([Document("page1", "item1", 1, texts={"shown": (Passage(tuple(WORDS), "spa"),)})])
    assert engine.search(SearchRequest(parse("Tecoluca"))).total == 1
