"""One run, an ingest or a redo: what each of its stages works with."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine

from archive.catalog.batches import Batch
from archive.config import Config
from ingest.run.progress import Progress
from ingest.run.recipe import Recipe
from ingest.run.tally import Tally


@dataclass(frozen=True, slots=True)
class Run:
    """A run of `batch`, under one recipe. `given` are the paths it was asked for; `roots` are the folders that masters
    are known by, by name; `read_in` are the languages (ISO 639-2, by +) that all of it is in, as somebody said; with
    `verify`, files that look unchanged are hashed, too. The tally counts what becomes of its files."""

    config: Config
    catalog: Engine
    progress: Progress
    batch: Batch
    recipe: Recipe
    given: tuple[Path, ...] = ()
    roots: dict[str, Path] = field(default_factory=dict)
    read_in: str = ""
    verify: bool = False
    tally: Tally = field(default_factory=Tally)
