"""Every setting, as frozen values read from config.yaml; nothing is read at import.

Unknown keys are refused with the nearest known one; paths are relative to the file they stand in.
"""

from __future__ import annotations

import dataclasses
import difflib
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from archive.errors import ConfigError


@dataclass(frozen=True)
class ArchiveSettings:
    """Who keeps the papers and how they are cited."""

    title: str = "Rescate"
    collection: str = "El Rescate Collection"
    repository: str = "Special Collections and Archives, University Library, California State University, Northridge"
    repository_place: str = "Northridge, CA"
    call_number: str = ""
    naan: str = "99999"
    base_url: str = "http://127.0.0.1:8000"
    contact: str = ""
    sample: bool = True


@dataclass(frozen=True)
class CatalogSettings:
    """Where the record is: an SQLAlchemy URL, or empty for SQLite in the data folder."""

    url: str = ""


@dataclass(frozen=True)
class DaskSettings:
    """The cluster that reads pages where `executor` is dask."""

    scheduler: str = ""


@dataclass(frozen=True)
class IngestSettings:
    executor: typing.Literal["local", "dask"] = "local"
    dask: DaskSettings = field(default_factory=DaskSettings)
    workers: int = 0
    worker_memory: int = 0
    languages: tuple[str, ...] = ("spa", "eng")
    find_orientation: bool = True
    straighten: bool = True
    second_reader: typing.Literal["doubtful", "always", "never"] = "doubtful"
    second_reader_below: float = 0.94
    second_reader_lines_below: float = 0.95
    transcripts: bool = False
    pdf_dpi: int = 300
    page_timeout: int = 300
    file_timeout: int = 120
    max_pixels: int = 250_000_000
    max_pages: int = 20_000
    image_width: int = 2000
    image_quality: int = 80
    thumbnail_width: int = 240
    ignore: tuple[str, ...] = (
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
    roots: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ElasticsearchSettings:
    """Its URL and index names; an API key comes from RESCATE_ELASTICSEARCH_API_KEY only."""

    url: str = "http://127.0.0.1:9200"
    index: str = "rescate"
    timeout: int = 30


@dataclass(frozen=True)
class SearchSettings:
    engine: typing.Literal["embedded", "elasticsearch"] = "embedded"
    staff_index: bool = False
    page_size: int = 20
    elasticsearch: ElasticsearchSettings = field(default_factory=ElasticsearchSettings)


@dataclass(frozen=True)
class AccessSettings:
    """What holds where no rule says anything."""

    default: typing.Literal["open", "closed"] = "open"


@dataclass(frozen=True)
class ServeSettings:
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 8
    language: typing.Literal["es", "en"] = "es"


@dataclass(frozen=True)
class ReviewSettings:
    """Where the archivist's own pages are served, and who types on them."""

    author: str = ""
    host: str = "127.0.0.1"
    port: int = 8001


@dataclass(frozen=True)
class Config:
    """All settings; `folder` is where config.yaml stands, and relative paths start there."""

    folder: Path = Path(".")
    data: str = "data"
    archive: ArchiveSettings = field(default_factory=ArchiveSettings)
    catalog: CatalogSettings = field(default_factory=CatalogSettings)
    ingest: IngestSettings = field(default_factory=IngestSettings)
    search: SearchSettings = field(default_factory=SearchSettings)
    access: AccessSettings = field(default_factory=AccessSettings)
    serve: ServeSettings = field(default_factory=ServeSettings)
    review: ReviewSettings = field(default_factory=ReviewSettings)

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

    Raises ConfigError naming the file, the key and the nearest known key.
    """
    try:
        written = yaml.safe_load(path.read_text("utf-8")) or {}
    except FileNotFoundError as missing:
        raise ConfigError(
            "no such settings file", item=str(path), remedy="Give one with --config, or copy config.yaml here."
        ) from missing
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as broken:
        raise ConfigError(f"cannot be read as YAML: {broken}", item=str(path)) from broken
    config = _value(Config, written, str(path), "")
    return dataclasses.replace(config, folder=path.resolve().parent)


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


def _value(kind, written, source: str, key: str):
    """`written` as a value of type `kind`, or ConfigError with the full key."""
    if dataclasses.is_dataclass(kind):
        return _section(kind, written, source, key)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Literal:
        if written not in arguments:
            raise ConfigError(f"{key} is {written!r}, but must be one of {', '.join(map(str, arguments))}", item=source)
        return written
    if origin is tuple:
        if not isinstance(written, list) or not all(isinstance(one, str) for one in written):
            raise ConfigError(f"{key} must be a list of texts", item=source)
        return tuple(written)
    if origin is Mapping:
        if not isinstance(written, dict):
            raise ConfigError(f"{key} must be a table of name: value", item=source)
        return {str(name): str(value) for name, value in written.items()}
    if kind is str and written is None:
        return ""
    if kind is not bool and isinstance(written, bool) or not isinstance(written, kind):
        raise ConfigError(f"{key} is {written!r}, but must be a {_KINDS[kind]}", item=source)
    if kind is int and written < 0:
        raise ConfigError(f"{key} is {written}, but must not be negative", item=source)
    return written


_KINDS = {
    str: "text (in quotes if it looks like a number)",
    int: "whole number",
    bool: "true or false",
    float: "number",
}


def _section(kind, written, source: str, key: str):
    if written is None:
        written = {}
    if not isinstance(written, dict):
        raise ConfigError(f"{key or 'the file'} must be a table of settings", item=source)
    hints = typing.get_type_hints(kind)
    known = {f.name: hints[f.name] for f in dataclasses.fields(kind) if f.name != "folder"}
    values = {}
    for name, value in written.items():
        full = f"{key}.{name}" if key else str(name)
        if name not in known:
            near = difflib.get_close_matches(str(name), known, 1, 0)
            raise ConfigError(
                f"unknown setting {full}",
                item=source,
                remedy=f"The nearest known one is {f'{key}.' if key else ''}{near[0]}." if near else None,
            )
        values[name] = _value(known[name], value, source, full)
    return kind(**values)
