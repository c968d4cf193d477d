"""What `rescate ingest` costs beyond its reader, beside its peers: `python -m bench.ingest`.

The same page images are read in turn, in several rounds and in runs of several sizes, by bare `tesseract` processes, by
`rescate ingest`, and by OCRmyPDF and Apache Tika where they are; then the memory of `rescate ingest` at its highest
over few and over many pages. A run costs something once and something a page: of the time of all runs a line is fitted
over the time of bare Tesseract on the same pages. Its slope is the ratio of the pages, its height at nought the start.
Goals: a slope of at most 1.05, and memory flat. Prints rows for README.md beside this.
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
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy

from bench import measure, pages, peers

RESULTS = Path(__file__).with_name("results")
#: Of each page for the memory runs only its head is kept: the same canvas, read in a fraction of the time.
HEAD = 0.12


@dataclass(frozen=True)
class Run:
    """One reader over so many pages, beside the bare Tesseract of the same round."""

    reader: str
    pages: int
    wall: float
    cpu: float
    bare_wall: float
    bare_cpu: float


def compare(readers: list[peers.Reader], sizes: list[int], rounds: int, workers: int, scratch: Path) -> list[Run]:
    """All readers in turn in each round, bare Tesseract first and its own time among the runs."""
    runs = []
    for size in sizes:
        masters = peers.Masters.write(scratch / f"pages-{size}", size)
        for number in range(rounds):
            bare = peers.BARE.spent(masters, scratch / "run", workers)
            runs.append(Run(peers.BARE.name, size, bare.wall, bare.cpu, bare.wall, bare.cpu))
            # In another order each round, so that none always comes after the same.
            turn = number % max(1, len(readers))
            for reader in readers[turn:] + readers[:turn]:
                spent = reader.spent(masters, scratch / "run", workers)
                runs.append(Run(reader.name, size, spent.wall, spent.cpu, bare.wall, bare.cpu))
                say(
                    f"{size} pages, round {number + 1}: bare {bare.wall:.1f} s, CPU {bare.cpu:.1f}; "
                    f"{reader.name} {spent.wall:.1f} s, CPU {spent.cpu:.1f}"
                )
        shutil.rmtree(scratch / f"pages-{size}")
    return runs


def fit(runs: list[Run], kind: str) -> tuple[float, float] | None:
    """Ratio without the start, and the start in seconds, by least squares; None where all runs are of one size.

    >>> fit([Run("x", 1, 5.0, 0, 2.0, 0), Run("x", 2, 9.4, 0, 6.0, 0)], "wall")
    (1.1, 2.8)
    """
    if len({run.pages for run in runs}) < 2:
        return None
    slope, height = numpy.polyfit(
        [getattr(run, f"bare_{kind}") for run in runs], [getattr(run, kind) for run in runs], 1
    )
    return round(float(slope), 4), round(float(height), 4)


def grow(counts: list[int], workers: int, scratch: Path) -> dict[int, measure.Peak]:
    """The memory of `rescate ingest` over so many pages."""
    peaks = {}
    for count in counts:
        masters, folder = scratch / f"memory-{count}", scratch / "run"
        pages.write_single(masters, count, lines=HEAD)
        folder.mkdir()
        peaks[count] = measure.peak(peers.ingest_command(folder, masters, workers), folder / "log")
        if (taken := peers.ingested(folder)) != count:
            raise SystemExit(f"{taken} of {count} pages were taken in:\n{(folder / 'log').read_text()[-2000:]}")
        shutil.rmtree(masters)
        shutil.rmtree(folder)
        say(f"memory, {count} pages: {peaks[count].parent:.0f} MiB, all processes {peaks[count].tree:.0f} MiB")
    return peaks


def time_rows(runs: list[Run]) -> list[str]:
    """A Markdown table: medians of each reader at each size, the ratio of times, and the rate as a share of bare's."""
    rows = [
        "| pages | reader | clock | CPU | clock, ratio | CPU, ratio | pages a minute | of bare's rate |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for size, name in dict.fromkeys((run.pages, run.reader) for run in runs):
        same = [run for run in runs if (run.pages, run.reader) == (size, name)]
        wall, cpu = (statistics.median(getattr(run, kind) for run in same) for kind in ("wall", "cpu"))
        ratio = {
            kind: statistics.median(getattr(run, kind) / getattr(run, f"bare_{kind}") for run in same)
            for kind in ("wall", "cpu")
        }
        rows.append(
            f"| {size} | {name} | {wall:.1f} s | {cpu:.1f} s | {ratio['wall']:.3f} | {ratio['cpu']:.3f} "
            f"| {60 * size / wall:.1f} | {1 / ratio['wall']:.2f} |"
        )
    return rows


def fit_rows(runs: list[Run]) -> list[str]:
    """A Markdown table of the lines fitted; empty where there was one size only."""
    rows = []
    for name in dict.fromkeys(run.reader for run in runs if run.reader != peers.BARE.name):
        lines = [fit([run for run in runs if run.reader == name], kind) for kind in ("wall", "cpu")]
        if None not in lines:
            (wall, wall_start), (cpu, cpu_start) = lines
            rows.append(f"| {name} | {wall:.3f} | {wall_start:.1f} s | {cpu:.3f} | {cpu_start:.1f} s |")
    return rows and [
        "| reader | clock, ratio of the pages | start | CPU, ratio of the pages | start |",
        "|---|---|---|---|---|",
        *rows,
    ]


def memory_rows(peaks: dict[int, measure.Peak]) -> list[str]:
    return [
        "| pages | `rescate ingest`, memory at its highest | with its workers and readers |",
        "|---|---|---|",
        *(f"| {count:,} | {peak.parent:.0f} MiB | {peak.tree:.0f} MiB |" for count, peak in peaks.items()),
    ]


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench.ingest", description=__doc__.splitlines()[0])
    options.add_argument(
        "--sizes",
        type=int,
        nargs="*",
        default=[20, 60],
        help="pages of a run; two sizes tell start and pages apart (20 60)",
    )
    options.add_argument("--rounds", type=int, default=2, help="times that all read them (2)")
    options.add_argument(
        "--readers",
        nargs="*",
        choices=list(peers.READERS),
        default=list(peers.READERS),
        help="beside bare Tesseract (all)",
    )
    options.add_argument(
        "--memory", type=int, nargs="*", default=[40, 400], help="numbers of pages to compare memory at (40 400)"
    )
    options.add_argument("--workers", type=int, default=2, help="pages read at once (2)")
    chosen = options.parse_args()
    wanted = [peers.READERS[name] for name in chosen.readers]
    absent = {reader.name: why for reader in wanted if (why := reader.absent())}
    for name, why in absent.items():
        say(f"{name} is left out: {why}")
    readers = [reader for reader in wanted if reader.name not in absent]
    with tempfile.TemporaryDirectory(prefix="rescate-bench-") as scratch:
        runs = compare(readers, chosen.sizes, chosen.rounds, chosen.workers, Path(scratch))
        peaks = grow(chosen.memory, chosen.workers, Path(scratch))
    version = subprocess.run(["tesseract", "--version"], capture_output=True, text=True).stdout.split("\n")[0]
    about = (
        f"{measure.machine()}; {version}; {peers.LANGUAGES}, {chosen.workers} at once, OMP_THREAD_LIMIT=1; "
        f"median of {chosen.rounds} rounds; {time.strftime('%Y-%m-%d')}"
    )
    print(
        "\n\n".join(
            filter(
                None,
                (
                    about,
                    "\n".join(f"- {reader.name}: {reader.settings}" for reader in (peers.BARE, *readers)),
                    "\n".join(f"- {name} was left out: {why}" for name, why in absent.items()),
                    "\n".join(time_rows(runs)) if runs else "",
                    "\n".join(fit_rows(runs)),
                    "\n".join(memory_rows(peaks)) if peaks else "",
                ),
            )
        )
    )
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "ingest.json").write_text(
        json.dumps(
            {
                "about": about,
                "absent": absent,
                "runs": [asdict(run) for run in runs],
                "memory": {count: asdict(peak) for count, peak in peaks.items()},
            },
            indent=1,
        ),
        "utf-8",
    )


if __name__ == "__main__":
    main()
