"""What a rerun over unchanged files costs: `python -m bench.rerun --files 100000`, then again with a spreadsheet.

The files and the catalog are made here as an ingest leaves them (nothing is read); then `rescate ingest` runs over
them as it would, and its time is put beside that of a bare walk that asks each file's size and time.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from archive import derivatives, ids
from archive.catalog import tables as t
from archive.catalog.connect import open_catalog, writing
from archive.config import load
from bench import measure
from ingest.intake.plan import plan
from ingest.intake.survey import survey
from ingest.run.recipe import present_recipe
from ingest.sheets import read_folder

RESCATE = Path(sys.executable).with_name("rescate")
IN_A_FOLDER = 100


def masters(folder: Path, files: int, sheet: bool) -> None:
    for number in range(files):
        path = folder / f"box{number // 5000:03}" / f"folder{number // IN_A_FOLDER:05}" / f"{number:07}.tif"
        if number % IN_A_FOLDER == 0:
            path.parent.mkdir(parents=True)
        path.write_bytes(b"%d" % number)
    if sheet:
        with (folder / "metadata.csv").open("w", encoding="utf-8", newline="") as out:
            rows = csv.writer(out)
            rows.writerow(["id", "file", "title", "date_edtf", "language", "genre", "box", "folder"])
            for number in range(files):
                rows.writerow(
                    [
                        f"{number:07}",
                        f"box{number // 5000:03}/folder{number // IN_A_FOLDER:05}/{number:07}.tif",
                        f"Informe semanal {number}",
                        "1984-03-12",
                        "spa",
                        "report",
                        number // 5000,
                        number // IN_A_FOLDER,
                    ]
                )


def as_taken_in(config, folder: Path) -> None:
    """Fills the catalog as an ingest of `folder` leaves it, each file an item of one page that was read."""
    catalog, recipe, now = open_catalog(config.catalog_url, create=True), present_recipe(config), datetime.now(UTC)
    found = survey([folder], config.ingest.ignore)
    sheets = {sheet.path.parent: read_folder(sheet.path.parent) for sheet in found.sheets}
    planned = plan(found.files, sheets, [folder], {folder: f"{folder.name}:"}).items
    rows = {table: [] for table in (t.file, t.location, t.item, t.page, t.page_outcome)}
    for number, one in enumerate(planned, 1):
        master, item_id, page_id = one.parts[0].file, ids.mint("99999"), ids.mint("99999")
        rows[t.file].append(
            dict(
                id=number,
                sha256=f"{number:064}",
                bytes=master.size,
                media_type="image/tiff",
                frames=[[1, 10, 10, 300.0, False, ""]],
                embedded=[],
            )
        )
        rows[t.location].append(
            dict(file_id=number, root=folder.name, path=master.relative, bytes=master.size, modified_ns=master.mtime_ns)
        )
        rows[t.item].append(
            dict(
                id=item_id,
                local_id=one.row.id if one.row else None,
                origin=one.origin,
                described_by="d",
                plan=one.fingerprint([number], ""),
                created=now,
            )
        )
        rows[t.page].append(
            dict(id=page_id, item_id=item_id, sequence=1, file_id=number, frame=1, width=10, height=10, dpi=300.0)
        )
        rows[t.page_outcome].append(dict(page_id=page_id, recipe=recipe.present, outcome="read", at=now))
        for image in (
            derivatives.image(config.data_folder, page_id),
            derivatives.thumbnail(config.data_folder, page_id),
        ):
            image.parent.mkdir(parents=True, exist_ok=True)
            image.touch()
    with writing(catalog) as connection:
        connection.execute(t.root.insert().values(name=folder.name, path=str(folder)))
        for table, values in rows.items():
            connection.execute(table.insert(), values)
    catalog.dispose()


def measured(files: int, sheet: bool) -> str:
    scratch = Path(tempfile.mkdtemp(prefix="rescate-bench-"))
    try:
        masters(scratch / "scans", files, sheet)
        (scratch / "config.yaml").write_text("", "utf-8")
        config = load(scratch / "config.yaml")
        as_taken_in(config, scratch / "scans")
        command = [RESCATE, "--config", scratch / "config.yaml", "ingest", scratch / "scans"]
        measure.run(command, scratch / "log")  # the index is made once
        runs, walks = [], []
        for _ in range(3):
            began = time.perf_counter()
            for folder, _, names in os.walk(scratch / "scans"):
                for name in names:
                    os.stat(os.path.join(folder, name))
            walks.append(time.perf_counter() - began)
            runs.append(measure.spent(lambda: measure.run(command, scratch / "log")))
            if f"{files:,} file" not in (log := (scratch / "log").read_text()) or "unchanged" not in log:
                raise SystemExit(log)
        peak = measure.peak(command, scratch / "log")
        run = sorted(runs, key=lambda one: one.wall)[1]
        return (
            f"| {files:,} | {'CSV' if sheet else 'none'} | {sorted(walks)[1]:.1f} s | {run.wall:.1f} s | "
            f"{run.cpu:.1f} s "
            f"| {peak.parent:.0f} MiB |"
        )
    finally:
        shutil.rmtree(scratch)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=100_000)
    asked = parser.parse_args()
    print(
        "| files | spreadsheet | bare walk with a stat each | `rescate ingest`, clock | CPU | memory "
        "|\n|---|---|---|---|---|---|"
    )
    for sheet in (False, True):
        print(measured(asked.files, sheet), flush=True)
    print(subprocess.run(["uptime"], capture_output=True, text=True).stdout.strip())


if __name__ == "__main__":
    main()
