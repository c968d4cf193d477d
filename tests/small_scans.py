"""A handful of small pages, read in a fraction of a second each, and an empty archive to take them in."""

import json
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.postgresql import switch
from tests.sample_archive import SampleArchive


def page(path: Path, text: str, height: int = 140) -> Path:
    """A small page that Tesseract reads in a fraction of a second."""
    image = Image.new("L", (900, height), 255)
    ImageDraw.Draw(image).text((30, 40), text, font=ImageFont.load_default(44), fill=0)
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, dpi=(200, 200))
    return path


def small_archive_in(folder: Path, catalog_url: str | None = None) -> SampleArchive:
    """An empty archive that reads English alone and once, in one process, to be quick, and has a staff index; its
    catalog as the whole suite has it, or at a URL."""
    url = switch.catalog_url() if catalog_url is None else catalog_url
    (folder / "config.yaml").write_text(
        "ingest: {languages: [eng], second_reader: never, workers: 1}\nsearch: {staff_index: true}\n"
        f"catalog: {{url: '{url}'}}\n"
    )
    return SampleArchive(folder / "config.yaml")


def small_scans_in(folder: Path) -> Path:
    """One page, and a folder of two that is one item."""
    page(folder / "a.png", "Report from Tecoluca")
    page(folder / "b" / "b-1.png", "First leaf of many")
    page(folder / "b" / "b-2.png", "Second leaf of many")
    return folder


@pytest.fixture
def small_archive(tmp_path) -> SampleArchive:
    return small_archive_in(tmp_path)


@pytest.fixture
def small_scans(tmp_path) -> Path:
    return small_scans_in(tmp_path / "scans")


def ingest(archive: SampleArchive, *paths, code=0, env=None) -> dict[str, dict]:
    """The outcomes by file name; the command must have ended with `code`."""
    done = archive.rescate("ingest", *paths, "--json", env=env)
    assert done.returncode == code, done.stderr
    return {Path(one["path"]).name: one for one in map(json.loads, done.stdout.splitlines())}


def found(archive, query, *more) -> int:
    return archive.json("search", query, *more)["total"]
