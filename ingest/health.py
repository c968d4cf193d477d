"""Is everything there that Rescate needs: settings, tools, catalog, search engine? Each finding says what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from archive import indexing
from archive.access import Audience
from archive.catalog import items, journal
from archive.catalog.connect import open_catalog
from archive.config import Config
from archive.errors import ArchiveError
from archive.search.engines import open_engine
from archive.search.kinds import KINDS
from ingest.tools import probe, rapidocr


@dataclass(frozen=True)
class Finding:
    what: str
    well: bool
    detail: str


def readiness(config: Config) -> Iterator[Finding]:
    """One finding a part, in the order in which one would mend them."""
    yield Finding("settings", True, f"{config.folder}, data in {config.data_folder}")
    yield _look("Tesseract", lambda: _tesseract(config))
    yield _look("second reader", lambda: _second_reader(config))
    yield _look("catalog", lambda: _catalog(config))
    for audience in indexing.audiences(config):
        for kind, module in KINDS.items():
            named = f"{config.search.engine} index, {module.FIELDS.index(audience)}"
            yield _look(named, partial(_index, config, audience, kind))


def _look(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, True, look())
    except ArchiveError as amiss:
        return Finding(what, False, str(amiss))


def _second_reader(config: Config) -> str:
    """Not to have it is well: it is optional."""
    if config.ingest.second_reader == "never":
        return "none (ingest.second_reader: never)"
    if not rapidocr.is_here():
        return "not installed; pages that Tesseract reads badly stay as they are (pip install '.[rapidocr]')"
    return (
        f"RapidOCR {rapidocr.version()}, for "
        f"{'every page' if config.ingest.second_reader == 'always' else 'doubtful pages'}"
    )


def _tesseract(config: Config) -> str:
    probe.require(config.ingest.languages)
    return f"{probe.tesseract_version()}, languages {', '.join(config.ingest.languages)}"


def _catalog(config: Config) -> str:
    catalog = open_catalog(config.catalog_url)
    with catalog.connect() as connection:
        number, pages = items.count(connection)
        waiting = journal.outbox_length(connection)
    late = f"; {waiting} changes wait for the index: run `rescate reindex`" if waiting else ""
    return f"{number} items, {pages} pages{late}"


def _index(config: Config, audience: Audience, kind: str) -> str:
    engine = open_engine(config, audience, kind)
    try:
        return engine.check()
    finally:
        engine.close()
