"""The archivist's pages over a small archive, of which some pages were read badly."""

import functools
import random
import shutil
import threading
from dataclasses import dataclass, field, replace

import pytest

from archive import indexing
from archive.catalog import items, readings
from archive.catalog.connect import open_catalog, writing
from archive.layout import Layout, TextLine, Word
from archive.record import NewReading
from ingest.decisions import correcting
from search_app.review import Corrections, create_review
from tests.postgresql import switch
from tests.search_app.reading import read
from tests.search_app.small_archive import build

AUTHOR = "Ana Archivera"
#: What a browser says of a form that stood on these pages.
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}


def read_badly(catalog, page_id: str, sure: float, others=None, aside: str = "") -> int:
    """Shows a page as two readers have it that are about so sure of its words; returns the reading's number."""
    dice = random.Random(page_id)
    with writing(catalog) as connection:
        page = items.page(connection, page_id)
        layout = readings.layout(connection, page.shown_reading)
        worse = tuple(
            replace(
                block,
                lines=tuple(
                    TextLine(
                        tuple(
                            replace(
                                word,
                                confidence=round(sure + dice.uniform(-0.05, 0.05), 3),
                                other=(others or {}).get(word.content),
                            )
                            for word in line.words
                        )
                    )
                    for line in block.lines
                ),
            )
            for block in layout.blocks
        )
        beside = (
            (TextLine(tuple(Word(one, 20 + 120 * n, 500, 100, 44, 0.4) for n, one in enumerate(aside.split()))),)
            if aside
            else ()
        )
        return readings.add(
            connection,
            page,
            NewReading(
                "two readers 1", "r2", ("spa", "eng"), "spa", Layout(layout.width, layout.height, worse, beside)
            ),
            (),
        )


@dataclass
class Office:
    """The small archive, the archivist's pages over it, and what was fed to the index."""

    archive: object
    catalog: object
    app: object = None
    fed: list = field(default_factory=list)
    #: Raised instead, where the index cannot be fed.
    trouble: Exception | None = None
    #: Waited for before, where another program writes to the index.
    busy: threading.Event | None = None

    def feed(self):
        if self.busy is not None:
            self.busy.wait(20)
        if self.trouble is not None:
            raise self.trouble
        self.fed.append(indexing.catch_up(self.archive.config, self.catalog))

    @property
    def client(self):
        """An archivist's browser, in English."""
        client = self.app.test_client(use_cookies=False)
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
        return client

    def page(self, name: str, number: int = 1) -> str:
        return self.archive.pages[name][number - 1]

    def form(self, page_id: str, address: str = "") -> dict[str, str]:
        """The fields of a page as they stand, as a browser would send them."""
        found = read(self.client, address or f"/page/{page_id}")
        fields = {
            one.get("name"): one.get("value") for one in found.tree.xpath("//form[@id='fields']//input[@type='hidden']")
        }
        return fields | {
            one.get("name"): (one.text or "").removeprefix("\n")
            for one in found.tree.xpath("//form[@id='fields']//textarea")
        }

    def save(self, page_id: str, query: str = "", form=None, headers=FROM_HERE, **typed):
        """Types over fields (`line0="…"`) and keeps them."""
        said = (form or self.form(page_id)) | typed
        return self.client.post(f"/page/{page_id}{query}", data=said, headers=headers)

    def shown(self, page_id: str):
        with self.catalog.connect() as connection:
            return readings.layout(connection, items.page(connection, page_id).shown_reading)


def opened(archive) -> Office:
    catalog = open_catalog(archive.config.catalog_url, create=True)
    office = Office(archive, catalog)
    office.app = create_review(
        archive.config,
        Corrections(
            AUTHOR,
            functools.partial(correcting.correct, catalog),
            functools.partial(correcting.withdraw, catalog),
            office.feed,
        ),
        catalog=catalog,
    )
    read_badly(catalog, office.page("closed"), 0.3)
    read_badly(catalog, office.page("chronicle"), 0.5, {"cuartel": "cuarte1", "a": ""}, aside="nota marginal")
    read_badly(catalog, office.page("weekly"), 0.6)
    return office


@pytest.fixture(scope="session")
def pattern(tmp_path_factory):
    """The small archive, made once: each test that changes it has a copy."""
    return build(tmp_path_factory.mktemp("pattern"), url="")


def copied(pattern, folder):
    if switch.ON:  # a database of its own
        return build(folder)
    shutil.copytree(pattern.config.folder, folder, dirs_exist_ok=True)
    return replace(pattern, config=replace(pattern.config, folder=folder))


@pytest.fixture
def office(pattern, tmp_path):
    """An office whose archive the test may change."""
    office = opened(copied(pattern, tmp_path))
    yield office
    office.catalog.dispose()


@pytest.fixture(scope="module")
def still(pattern, tmp_path_factory):
    """An office only to be looked at."""
    office = opened(copied(pattern, tmp_path_factory.mktemp("office")))
    yield office
    office.catalog.dispose()
