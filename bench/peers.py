"""The programs that read the same page images: bare Tesseract, Rescate, OCRmyPDF, Apache Tika.

Each gets the same languages, the same number of pages at once and OMP_THREAD_LIMIT=1, and none preprocesses. What it
needs in a form of its own (OCRmyPDF a PDF) is made before the clock runs. Each is looked at afterwards: a run that did
not read every page measures nothing.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from archive.config import IngestSettings
from bench import measure, pages

LANGUAGES = "+".join(IngestSettings().languages)
BIN = Path(sys.executable).parent
TIKA = Path(__file__).with_name("tika")
TIKA_VERSION = re.search(r"tika-app</artifactId>\s*<version>([\d.]+)<", (TIKA / "pom.xml").read_text("utf-8"))[1]


@dataclass(frozen=True)
class Masters:
    """The same pages in each form: a file a page, bound in volumes, and one PDF for OCRmyPDF (None where img2pdf is
    missing)."""

    images: tuple[Path, ...]
    bound: Path
    pdf: Path | None

    @property
    def single(self) -> Path:
        return self.images[0].parent

    @staticmethod
    def write(folder: Path, count: int) -> Masters:
        images = pages.write_single(folder / "single", count)
        pages.write_bound(folder / "bound", images)
        pdf = None
        if (BIN / "img2pdf").exists():
            pdf = folder / "pages.pdf"
            measure.run([BIN / "img2pdf", "--output", pdf, *images], folder / "img2pdf.log")
        return Masters(tuple(images), folder / "bound", pdf)


@dataclass(frozen=True)
class Reader:
    """A program: how it is called in a folder of its own, and how many pages it read there."""

    name: str
    settings: str
    read: Callable[[Masters, Path, int], None]
    pages_read: Callable[[Path], int]
    #: What is missing here, and how to get it; empty where nothing is.
    absent: Callable[[], str] = lambda: ""

    def spent(self, masters: Masters, folder: Path, workers: int) -> measure.Spent:
        """Raises SystemExit where not every page was read."""
        folder.mkdir()
        spent = measure.spent(lambda: self.read(masters, folder, workers))
        if (found := self.pages_read(folder)) != len(masters.images):
            said = "".join(log.read_text("utf-8", "replace")[-2000:] for log in sorted(folder.glob("log*")))
            raise SystemExit(f"{self.name} read {found} of {len(masters.images)} pages:\n{said}")
        shutil.rmtree(folder)
        return spent


def _bare(masters: Masters, folder: Path, workers: int) -> None:
    """Every image by a `tesseract` of its own, `workers` at once, with words, boxes and confidences."""

    def read(image: Path) -> None:
        measure.run(
            ["tesseract", image, folder / image.stem, "-l", LANGUAGES, "tsv"],
            folder / f"log-{image.stem}",
            OMP_THREAD_LIMIT="1",
        )

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(read, masters.images))


def ingest_command(folder: Path, masters: Path, workers: int) -> list:
    """`rescate ingest` into a new archive in `folder`."""
    config = folder / "config.yaml"
    config.write_text(f"ingest: {{workers: {workers}, pdf_dpi: {pages.DPI}}}\n", "utf-8")
    return [BIN / "rescate", "--config", config, "ingest", masters, "--json"]


def ingested(folder: Path) -> int:
    told = [json.loads(line) for line in (folder / "log").read_text("utf-8").splitlines() if line.startswith("{")]
    return sum(
        len(one["pages"]) if isinstance(one["pages"], list) else one["pages"]
        for one in told
        if one["outcome"] == "added"
    )


def _ocrmypdf(masters: Masters, folder: Path, workers: int) -> None:
    measure.run(
        [
            BIN / "ocrmypdf",
            "-l",
            LANGUAGES,
            "--jobs",
            workers,
            "--output-type",
            "pdf",
            "--optimize",
            0,
            "--sidecar",
            folder / "text",
            masters.pdf,
            folder / "read.pdf",
        ],
        folder / "log",
        OMP_THREAD_LIMIT="1",
    )


def _ocrmypdf_absent() -> str:
    absent = [name for name in ("ocrmypdf", "img2pdf") if not (BIN / name).exists()]
    return f"no {' and '.join(absent)} here; pip install '.[bench]'" if absent else ""


def _tika_jar() -> Path:
    """Outside the project, where Maven brings it the first time."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "rescate" / "tika"
    return folder / f"tika-app-{TIKA_VERSION}.jar"


def _tika_absent() -> str:
    if shutil.which("java") is None:
        return "no java here; apt-get install default-jre-headless"
    jar = _tika_jar()
    if jar.exists():
        return ""
    if shutil.which("mvn") is None:
        return f"no mvn here to bring tika-app {TIKA_VERSION}; apt-get install maven"
    jar.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=jar.parent) as aside:
        brought = subprocess.run(
            ["mvn", "-q", "-B", "-f", TIKA / "pom.xml", "dependency:copy", f"-DoutputDirectory={aside}"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
        )
        if brought.returncode:
            return f"Maven could not bring tika-app {TIKA_VERSION}"
        (Path(aside) / jar.name).replace(jar)
    return ""


def _tika(masters: Masters, folder: Path, workers: int) -> None:
    settings = folder / "tika-config.xml"
    settings.write_text((TIKA / "tika-config.xml").read_text("utf-8").replace("LANGUAGES", LANGUAGES), "utf-8")
    measure.run(
        [
            "java",
            "-jar",
            _tika_jar(),
            f"--config={settings}",
            "-i",
            masters.single,
            "-o",
            folder / "text",
            "-numConsumers",
            workers,
            "-J",
            "-t",
        ],
        folder / "log",
        OMP_THREAD_LIMIT="1",
    )


def _tika_read(folder: Path) -> int:
    """Files of which Tika's Tesseract wrote a text that is not empty."""
    written = [json.loads(path.read_text("utf-8")) for path in (folder / "text").glob("*.json")]
    return sum(
        any("TesseractOCRParser" in name for name in parts[0].get("X-TIKA:Parsed-By-Full-Set", ()))
        and any(part.get("X-TIKA:content", "").strip() for part in parts)
        for parts in written
    )


BARE = Reader("bare tesseract", "a process an image; tsv", _bare, lambda folder: len(list(folder.glob("*.tsv"))))
READERS = {
    "rescate": Reader(
        "rescate ingest",
        "a file a page, into a new archive",
        lambda masters, folder, workers: measure.run(ingest_command(folder, masters.single, workers), folder / "log"),
        ingested,
    ),
    "bound": Reader(
        "rescate ingest, bound",
        "the same pages in PDF and TIFF files of 8",
        lambda masters, folder, workers: measure.run(ingest_command(folder, masters.bound, workers), folder / "log"),
        ingested,
    ),
    "ocrmypdf": Reader(
        "OCRmyPDF",
        "one PDF of all pages, made before by img2pdf; `--output-type pdf --optimize 0`, a text beside",
        # Its text has a form feed between pages.
        _ocrmypdf,
        lambda folder: (folder / "text").read_text("utf-8").count("\f") + 1,
        _ocrmypdf_absent,
    ),
    "tika": Reader(
        "Apache Tika",
        f"tika-app {TIKA_VERSION}, one batch, `-numConsumers`, no preprocessing, text alone",
        _tika,
        _tika_read,
        _tika_absent,
    ),
}
