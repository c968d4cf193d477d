"""Every setting, as frozen values read from config.yaml; nothing is read at import.

What each means and what may stand there is declared beside it: `setting` checks by that, docs/settings.md is written
from it, and config.yaml, which says every default, has the meanings as its comments. Relative paths start at the
folder of the file. The declarations are read when a file first is: a worker, whose settings are handed to it, and
`--help` load nothing for them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from archive.errors import ConfigError

if TYPE_CHECKING:
    from archive.setting import Filled, Host, Line, Port, Seconds, Share, WebAddress, declared

#: MiB of address space below which a worker cannot start the library that recognises formats.
LEAST_MEMORY = 3072


@dataclass(frozen=True)
class ArchiveSettings:
    """Who keeps the papers and how they are cited."""

    title: Annotated[Filled, declared("name of the site, on every page")] = "Rescate"
    collection: Annotated[Filled, declared("as citations name it")] = "El Rescate Collection"
    repository: Annotated[Filled, declared("who keeps the papers")] = (
        "Special Collections and Archives, University Library, California State University, Northridge"
    )
    repository_place: Annotated[Line, declared("where they are kept")] = "Northridge, CA"
    call_number: Annotated[Line, declared("of the collection, for citations")] = ""
    naan: Annotated[
        str,
        declared(
            "Name Assigning Authority Number of its ARKs; 99999 is for trials only",
            may="five to nine digits or consonants, as '99999'",
            pattern=r"^[0-9bcdfghjkmnpqrstvwxz]{5,9}\Z",
        ),
    ] = "99999"
    base_url: Annotated[WebAddress, declared("address that permalinks and citations begin with")] = (
        "http://127.0.0.1:8000"
    )
    contact: Annotated[
        Line, declared("e-mail or address shown where a reader may ask for a closed or withdrawn item")
    ] = ""
    sample: Annotated[
        bool, declared("say on every page and in every export that these are samples; false for a real archive")
    ] = True


@dataclass(frozen=True)
class CatalogSettings:
    """Where the record is."""

    url: Annotated[
        str,
        declared(
            "SQLAlchemy URL, e.g. postgresql+psycopg://rescate@db/rescate (password: RESCATE_CATALOG_PASSWORD); "
            "empty: SQLite in `data`",
            may="an SQLAlchemy URL, as postgresql+psycopg://rescate@db/rescate, or empty",
            pattern=r"^([A-Za-z0-9_+]+:\S*)?\Z",
        ),
    ] = ""


@dataclass(frozen=True)
class DaskSettings:
    """The cluster that reads pages where `executor` is dask."""

    scheduler: Annotated[
        str,
        declared(
            "its address, e.g. tcp://192.0.2.1:8786, where executor is dask",
            may="an address as tcp://192.0.2.1:8786, or empty",
            pattern=r"^([a-z]+://\S+)?\Z",
        ),
    ] = ""


@dataclass(frozen=True)
class IngestSettings:
    """How scans are taken in and read."""

    executor: Annotated[
        Literal["local", "dask"],
        declared("local (this machine) or dask (a cluster's machines read, this one keeps the catalog)"),
    ] = "local"
    dask: Annotated[DaskSettings, declared("the cluster that reads pages where `executor` is dask")] = field(
        default_factory=DaskSettings
    )
    workers: Annotated[
        int, declared("pages read at once on this machine; 0: one for each processor", ge=0, le=1024)
    ] = 0
    worker_memory: Annotated[
        int,
        declared(
            f"MiB that each of them may take, {LEAST_MEMORY} or more; 0: its share of the machine's memory, "
            "at least 4096",
            ge=LEAST_MEMORY,
            le=1 << 24,
            otherwise=0,
        ),
    ] = 0
    languages: Annotated[
        tuple[
            Annotated[
                str,
                declared(
                    "",
                    may="the name of a language of Tesseract, as spa",
                    pattern=r"^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)?\Z",
                ),
            ],
            ...,
        ],
        declared(
            "of Tesseract, the likeliest first; where they are Spanish and English, a page surely in one is read in "
            "that one",
            min_length=1,
        ),
    ] = ("spa", "eng")
    find_orientation: Annotated[
        bool,
        declared(
            "turn pages that lie on their side before they are read (the image stays as it is), tell other letters "
            "than Latin"
        ),
    ] = True
    straighten: Annotated[
        bool,
        declared("level slanting lines and enlarge small letters for Tesseract (the image stays as it is)"),
    ] = True
    second_reader: Annotated[
        Literal["doubtful", "always", "never"],
        declared(
            "doubtful (pages that Tesseract may have read badly), always or never: read by RapidOCR, too, where it is "
            "installed"
        ),
    ] = "doubtful"
    second_reader_below: Annotated[
        Share, declared("doubtful is a page of which less than this share of the words is thought to be right")
    ] = 0.94
    second_reader_lines_below: Annotated[
        Share,
        declared(
            "of other pages, the lines of which less than this share is thought to be right are read twice; 0: none"
        ),
    ] = 0.95
    transcripts: Annotated[
        bool,
        declared("take a page's words from the ALTO, hOCR or text delivered beside it, instead of reading it"),
    ] = False
    pdf_dpi: Annotated[
        int,
        declared(
            "resolution at which a PDF page is rendered; part of the canvas, so fix it before the first ingest",
            ge=50,
            le=1200,
        ),
    ] = 300
    page_timeout: Annotated[Seconds, declared("seconds until a page is given up and its reader ended")] = 300
    file_timeout: Annotated[Seconds, declared("seconds until opening a file is given up")] = 120
    max_pixels: Annotated[int, declared("larger page images are refused", ge=10_000, le=10_000_000_000)] = 250_000_000
    max_pages: Annotated[int, declared("files with more pages are refused", ge=1, le=1_000_000)] = 20_000
    image_width: Annotated[int, declared("pixels of the page image shown to readers", ge=200, le=20_000)] = 2000
    image_quality: Annotated[int, declared("of that image, 1-95", ge=1, le=95)] = 80
    thumbnail_width: Annotated[int, declared("pixels of the small image in lists", ge=32, le=2000)] = 240
    ignore: Annotated[tuple[Filled, ...], declared("names that are no masters, as shell patterns")] = (
        ".*",
        "Thumbs.db",
        "desktop.ini",
        "README*",
        "*.py",
        "__pycache__",
        "truth",
        "finding-aid*.xml",
        "~*",
        "*~",
        "*.tmp",
        "*.part",
        "*.partial",
        "*.filepart",
        "*.crdownload",
    )
    roots: Annotated[
        Mapping[Filled, Filled],
        declared("name: folder, for masters that move; files are recorded as name + relative path"),
    ] = field(default_factory=dict)


@dataclass(frozen=True)
class ElasticsearchSettings:
    """Its URL and index names; an API key comes from RESCATE_ELASTICSEARCH_API_KEY only."""

    url: Annotated[
        WebAddress,
        declared("used where engine is elasticsearch; its API key: RESCATE_ELASTICSEARCH_API_KEY"),
    ] = "http://127.0.0.1:9200"
    index: Annotated[
        str,
        declared(
            "its aliases begin so: rescate-public, rescate-staff",
            may="a name in small letters, digits, - and _ that begins with a letter or digit",
            pattern=r"^[a-z0-9][a-z0-9_-]{0,99}\Z",
        ),
    ] = "rescate"
    timeout: Annotated[int, declared("seconds to wait for an answer", ge=1, le=3600)] = 30


@dataclass(frozen=True)
class SearchSettings:
    """Which engine answers, and how."""

    engine: Annotated[
        Literal["embedded", "elasticsearch"], declared("embedded (nothing to install) or elasticsearch")
    ] = "embedded"
    staff_index: Annotated[
        bool, declared("build a second index that holds closed material too, for --staff; never served")
    ] = False
    page_size: Annotated[int, declared("hits on a page of results", ge=1, le=200)] = 20
    elasticsearch: Annotated[ElasticsearchSettings, declared("the cluster, where engine is elasticsearch")] = field(
        default_factory=ElasticsearchSettings
    )


@dataclass(frozen=True)
class AccessSettings:
    """What holds where no rule says anything."""

    default: Annotated[
        Literal["open", "closed"], declared("open or closed: what holds where no rule says anything")
    ] = "open"


@dataclass(frozen=True)
class ServeSettings:
    """Where the public pages are served."""

    host: Annotated[Host, declared("address to listen on; 0.0.0.0 is every address of this machine")] = "127.0.0.1"
    port: Annotated[Port, declared("port to listen on")] = 8000
    processes: Annotated[
        int, declared("server processes that share the address; 0: one for each processor", ge=0, le=64)
    ] = 1
    threads: Annotated[int, declared("requests that each of them answers at once", ge=1, le=256)] = 8
    language: Annotated[Literal["es", "en"], declared("es or en: of the pages, where the browser asks for neither")] = (
        "es"
    )


@dataclass(frozen=True)
class ReviewSettings:
    """Where the archivist's own pages are served, and who types on them."""

    author: Annotated[
        Line, declared("who corrects what was read, as corrections are signed, where --author does not say")
    ] = ""
    host: Annotated[Host, declared("address of the archivist's own pages, which show restricted material, too")] = (
        "127.0.0.1"
    )
    port: Annotated[Port, declared("port of those")] = 8001


@dataclass(frozen=True)
class Config:
    """All settings; `folder` is where config.yaml stands, and relative paths start there."""

    folder: Path = Path()
    data: Annotated[Filled, declared("folder of the record: catalog, page images, embedded index")] = "data"
    archive: Annotated[ArchiveSettings, declared("who keeps the papers, and how they are cited")] = field(
        default_factory=ArchiveSettings
    )
    catalog: Annotated[CatalogSettings, declared("where the record is")] = field(default_factory=CatalogSettings)
    ingest: Annotated[IngestSettings, declared("how scans are taken in and read")] = field(
        default_factory=IngestSettings
    )
    search: Annotated[SearchSettings, declared("which engine answers, and how")] = field(default_factory=SearchSettings)
    #: Left empty, or with its one setting elsewhere by a slip, it would mean open: it must say, or not be there.
    access: Annotated[AccessSettings, declared("what holds where no rule says anything", whole=True)] = field(
        default_factory=AccessSettings
    )
    serve: Annotated[ServeSettings, declared("where the public pages are served")] = field(
        default_factory=ServeSettings
    )
    review: Annotated[ReviewSettings, declared("where the archivist's own pages are served, and who types on them")] = (
        field(default_factory=ReviewSettings)
    )

    @property
    def data_folder(self) -> Path:
        """Catalog, derivatives and embedded index live here."""
        return (self.folder / self.data).resolve()

    @property
    def roots(self) -> dict[str, Path]:
        """Where the named roots of masters are mounted, as `ingest.roots` has it."""
        return {name: (self.folder / path).resolve() for name, path in self.ingest.roots.items()}

    @property
    def catalog_url(self) -> str:
        return self.catalog.url or f"sqlite:///{self.data_folder / 'catalog.sqlite'}"


def load(path: Path) -> Config:
    """The settings in the file at `path`; what it does not name is at its default.

    Raises ConfigError that names the file and lists every fault in it by its dotted key.
    """
    from archive import settings_file

    return dataclasses.replace(settings_file.read(path, Config), folder=path.resolve().parent)


def find(start: Path) -> Path:
    """The nearest config.yaml in `start` or above it; ConfigError where there is none."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / "config.yaml").is_file():
            return folder / "config.yaml"
    raise ConfigError(
        "no config.yaml here or above",
        item=str(start),
        remedy="Give one with `rescate --config FILE …`, or copy config.yaml here.",
    )
