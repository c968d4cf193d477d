"""What `rescate ingest` costs beyond its reader: `python -m bench.ingest`.

The same page images are read by bare `tesseract` processes and by `rescate ingest`, in turn, with the
same languages, workers and OMP_THREAD_LIMIT=1, and the ratios printed; then the memory of `rescate ingest`
at its highest over few and over many pages. Goals: at most 1.05 in time, and memory flat.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rich.console import Console
from rich.table import Table

from archive.config import IngestSettings
from bench import measure, pages

RESULTS = Path(__file__).with_name("results")
RESCATE = Path(sys.executable).with_name("rescate")
LANGUAGES = "+".join(IngestSettings().languages)
#: Of each page for the memory runs only its head is kept: the same canvas, read in a fraction of the time.
HEAD = 0.12


def bare(images: list[Path], folder: Path, workers: int) -> None:
    """Every image by a `tesseract` of its own, `workers` at once, with words, boxes and confidences."""
    folder.mkdir()

    def read(image: Path) -> None:
        measure.run(["tesseract", image, folder / image.stem, "-l", LANGUAGES, "tsv"], folder / f"{image.stem}.log",
                    OMP_THREAD_LIMIT="1")

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(read, images))


def archive_in(folder: Path, workers: int) -> Path:
    """The settings file of a new archive."""
    folder.mkdir()
    config = folder / "config.yaml"
    config.write_text(f"ingest: {{workers: {workers}, pdf_dpi: {pages.DPI}}}\n", "utf-8")
    return config


def ingest_command(config: Path, masters: Path) -> list:
    return [RESCATE, "--config", config, "ingest", masters, "--json"]


class Bench:
    def __init__(self, scratch: Path, workers: int, console: Console):
        self.scratch, self.workers, self.console = scratch, workers, console
        self._run = 0

    def _fresh(self) -> Path:
        self._run += 1
        return self.scratch / f"run-{self._run}"

    def bare(self, images: list[Path]) -> measure.Spent:
        folder = self._fresh()
        spent = measure.spent(lambda: bare(images, folder, self.workers))
        shutil.rmtree(folder)
        return spent

    def ingest(self, masters: Path, count: int) -> measure.Spent:
        folder = self._fresh()
        command = ingest_command(archive_in(folder, self.workers), masters)
        spent = measure.spent(lambda: measure.run(command, folder / "log"))
        self._check(folder / "log", count)
        shutil.rmtree(folder)
        return spent

    def memory(self, masters: Path, count: int) -> measure.Peak:
        folder = self._fresh()
        peak = measure.peak(ingest_command(archive_in(folder, self.workers), masters), folder / "log")
        self._check(folder / "log", count)
        shutil.rmtree(folder)
        return peak

    def _check(self, log: Path, count: int) -> None:
        """A run that did not take in every page measures nothing."""
        told = [json.loads(line) for line in log.read_text("utf-8").splitlines() if line.startswith("{")]
        if (taken := sum(len(one["pages"]) if isinstance(one["pages"], list) else one["pages"]
                         for one in told if one["outcome"] == "added")) != count:
            raise SystemExit(f"{taken} of {count} pages were taken in:\n{log.read_text()[-2000:]}")

    def compare(self, count: int, rounds: int) -> list[dict]:
        """Bare and ingest in turn on the same pages: one file a page, then the same pages bound."""
        images = pages.write_single(self.scratch / "single", count)
        pages.write_bound(self.scratch / "bound", images)
        rows = []
        for name in ("single", "bound"):
            pairs = []
            for number in range(rounds):
                pairs.append((self.bare(images), self.ingest(self.scratch / name, count)))
                self.console.print(f"{name}, round {number + 1}: bare {pairs[-1][0].wall:.1f} s, "
                                   f"ingest {pairs[-1][1].wall:.1f} s", style="dim")
            rows.append({"masters": name, "pages": count, "rounds": rounds, **{
                key: {"bare": [getattr(a, key) for a, _ in pairs], "ingest": [getattr(b, key) for _, b in pairs],
                      "ratio": statistics.median(getattr(b, key) / getattr(a, key) for a, b in pairs)}
                for key in ("wall", "cpu")}})
        return rows

    def start(self) -> dict[str, float]:
        """Seconds, on the clock and of the processors, of a run over one page less those that its reader takes:
        what is paid once, however many pages."""
        image, = pages.write_single(self.scratch / "one", 1)
        pairs = [(self.bare([image]), self.ingest(self.scratch / "one", 1)) for _ in range(3)]
        return {key: statistics.median(getattr(b, key) - getattr(a, key) for a, b in pairs) for key in ("wall", "cpu")}

    def grow(self, counts: list[int]) -> list[dict]:
        rows = []
        for count in counts:
            folder = self.scratch / f"memory-{count}"
            pages.write_single(folder, count, lines=HEAD)
            peak = self.memory(folder, count)
            shutil.rmtree(folder)
            rows.append({"pages": count, "parent": peak.parent, "tree": peak.tree})
            self.console.print(f"memory, {count} pages: {peak.parent:.0f} MiB, all processes {peak.tree:.0f} MiB", style="dim")
        return rows


def tables(found: dict) -> list[Table]:
    start = found["start"]
    time_table = Table("masters", "pages", "clock or CPU", "bare tesseract", "rescate ingest", "ratio", "ratio without the start",
                       title=f"Time, median of rounds; the start of a run takes {start['wall']:.1f} s, of the CPU {start['cpu']:.1f} s")
    for row in found["time"]:
        for key in ("wall", "cpu"):
            without = statistics.median((b - start[key]) / a for a, b in zip(row[key]["bare"], row[key]["ingest"], strict=True))
            time_table.add_row(row["masters"], str(row["pages"]), {"wall": "clock", "cpu": "CPU"}[key],
                               f"{statistics.median(row[key]['bare']):.1f} s", f"{statistics.median(row[key]['ingest']):.1f} s",
                               f"{row[key]['ratio']:.3f}", f"{without:.3f}")
    memory_table = Table("pages", "rescate ingest", "with its workers and readers", title="Memory at its highest")
    for row in found["memory"]:
        memory_table.add_row(str(row["pages"]), f"{row['parent']:.0f} MiB", f"{row['tree']:.0f} MiB")
    return [time_table, memory_table]


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench.ingest", description=__doc__.splitlines()[0])
    options.add_argument("--pages", type=int, default=90, help="pages that both read (90)")
    options.add_argument("--rounds", type=int, default=2, help="times that both read them (2)")
    options.add_argument("--memory", type=int, nargs="*", default=[40, 400], help="numbers of pages to compare memory at (40 400)")
    options.add_argument("--workers", type=int, default=2, help="pages read at once (2)")
    chosen = options.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory(prefix="rescate-bench-") as scratch:
        bench = Bench(Path(scratch), chosen.workers, console)
        found = {"when": time.strftime("%Y-%m-%d"), "machine": measure.machine(), "workers": chosen.workers,
                 "reader": subprocess.run(["tesseract", "--version"], capture_output=True, text=True).stdout.split("\n")[0],
                 "start": bench.start(), "time": bench.compare(chosen.pages, chosen.rounds),
                 "memory": bench.grow(chosen.memory)}
    console.print(f"{found['machine']}; {found['reader']}; {found['workers']} workers; {found['when']}")
    for table in tables(found):
        console.print(table)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "ingest.json").write_text(json.dumps(found, indent=1), "utf-8")


if __name__ == "__main__":
    main()
