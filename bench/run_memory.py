"""What a run holds of each file it finds, stage by stage: `python -m bench.run_memory --files 100000`.

Empty files are made, surveyed, entered and laid out as `rescate ingest` does; nothing is hashed or read. Bytes a file
grow neither nor shrink with their number: ten times the files are ten times the sum.
"""

from __future__ import annotations

import argparse
import gc
import os
import tempfile
from pathlib import Path

from bench.rerun import masters
from ingest.intake.plan import plan
from ingest.intake.survey import survey
from ingest.run.delivery import Delivery
from ingest.run.tally import Entry, Tally


def resident() -> int:
    """Bytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def measured(folder: Path, files: int) -> list[tuple[str, float]]:
    """(stage, bytes a file that it added)."""
    rows, before = [], resident()

    def step(name: str) -> None:
        nonlocal before
        now = resident()
        rows.append((name, (now - before) / files))
        before = now

    found = survey([folder])
    step("survey")
    delivery = Delivery(found.files, {})
    step("transcripts")
    tally = Tally()
    for one in found.files:
        tally.add(Entry(one.folder, one.name, "scans", 5))
    step("entries")
    planned = plan(delivery.masters, {}, [folder])
    step("plan")
    for number, entry in enumerate(tally):
        entry.items += (f"r1{number:010}",)
    step("items of each")
    assert len(planned.items) == files
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=100_000)
    asked = parser.parse_args()
    gc.disable()
    with tempfile.TemporaryDirectory(prefix="rescate-bench-") as scratch:
        masters(Path(scratch) / "scans", asked.files, sheet=False)
        rows = measured(Path(scratch) / "scans", asked.files)
    print("| stage | bytes a file |\n|---|---|")
    for name, more in (*rows, ("together", sum(more for _, more in rows))):
        print(f"| {name} | {more:.0f} |")


if __name__ == "__main__":
    main()
