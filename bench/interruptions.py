"""Kills `rescate ingest` at random moments and runs it again: `python -m bench.interruptions --kills 50`.

Every archive is finished in the end, and then counted: files without an outcome, pages lost, pages twice, pages that
the index has not or has twice, and readings that the catalog has twice. (Pages under way at a kill leave no reading,
and are read by the next run.)
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from sqlalchemy import func, select

from archive.catalog import tables as t
from archive.catalog.connect import open_catalog
from archive.config import load

RESCATE = Path(sys.executable).with_name("rescate")


def masters(folder: Path, files: int) -> dict[str, int]:
    """Small masters: single pages, volumes of three, folders of page images, with a spreadsheet; path → pages."""
    font, made, rows = ImageFont.load_default(40), {}, ["id,file,title"]

    def page(number: int) -> Image.Image:
        image = Image.new("L", (700, 120), 255)
        ImageDraw.Draw(image).text((20, 30), f"Informe número {number} de Tecoluca", font=font, fill=0)
        return image

    folder.mkdir()
    for number in range(files):
        if number % 5 == 0:
            name = f"volume-{number}.tif"
            page(number).save(
                folder / name, save_all=True, append_images=[page(number * 1000 + n) for n in (1, 2)], dpi=(200, 200)
            )
            made[name] = 3
        elif number % 5 == 1:
            box = folder / f"rpt{number}"
            box.mkdir()
            for n in (1, 2):
                page(number * 1000 + n).save(box / f"rpt{number}-{n}.png", dpi=(200, 200))
                made[f"rpt{number}/rpt{number}-{n}.png"] = 1
            rows.append(f"{number:04},rpt{number},Informe {number}")
        else:
            page(number).save(folder / f"single-{number}.png", dpi=(200, 200))
            made[f"single-{number}.png"] = 1
    (folder / "metadata.csv").write_text("\n".join(rows) + "\n", "utf-8")
    return made


@dataclass
class Account:
    """What many archives came to."""

    kills: int = 0
    runs: int = 0
    pages: int = 0
    lost: int = 0
    twice: int = 0
    unsaid: int = 0
    not_found: int = 0
    readings_twice: int = 0
    moments: list[float] = field(default_factory=list)


def one_archive(scratch: Path, files: int, kills: int, latest: float, account: Account) -> None:
    """Takes one folder in, killed as often as `kills` allows before it is whole; then counts."""
    pages = masters(scratch / "scans", files)
    config = scratch / "config.yaml"
    config.write_text("ingest: {languages: [spa]}\n", "utf-8")
    command = [str(RESCATE), "--config", str(config), "ingest", str(scratch / "scans"), "--json"]
    said: set[str] = set()
    while True:
        with (scratch / "out").open("w") as out, (scratch / "err").open("w") as err:
            process = subprocess.Popen(command, stdout=out, stderr=err)
            account.runs += 1
            killed = False
            if kills > 0:
                moment = random.uniform(0.3, latest)
                try:
                    process.wait(moment)
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGKILL)
                    kills, killed = kills - 1, True
                    account.kills += 1
                    account.moments.append(moment)
            code = process.wait()
        for line in (scratch / "out").read_text("utf-8").splitlines():
            try:
                one = json.loads(line)
            except ValueError:
                continue  # the line it was killed in
            said.add(one["path"])
        if not killed:
            if code:
                raise SystemExit(f"ended with {code}:\n{(scratch / 'err').read_text()[-3000:]}")
            break
    catalog = open_catalog(load(config).catalog_url)
    with catalog.connect() as connection:
        rows = connection.execute(select(t.page.c.file_id, t.page.c.frame).where(t.page.c.sequence > 0)).all()
        outcomes = dict(
            connection.execute(select(t.page_outcome.c.outcome, func.count()).group_by(t.page_outcome.c.outcome)).all()
        )
        readings = connection.scalar(select(func.count()).select_from(t.reading))
        ledger = {Path(path).name for path in connection.scalars(select(t.file_outcome.c.path))}
    catalog.dispose()
    expected = sum(pages.values())
    found = subprocess.run(
        [str(RESCATE), "--config", str(config), "search", "", "--json", "--size", str(expected * 2)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    hits = Counter(hit["page"] for hit in json.loads(found)["hits"])
    account.pages += expected
    account.lost += expected - len(set(rows)) + expected - outcomes.get("read", 0)
    account.twice += len(rows) - len(set(rows)) + sum(number - 1 for number in hits.values())
    account.unsaid += sum(Path(name).name not in ledger for name in pages)
    account.not_found += expected - len(hits)
    account.readings_twice += readings - expected


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--files", type=int, default=60, help="masters in an archive")
    parser.add_argument("--latest", type=float, default=8.0, help="seconds after which a run is killed at the latest")
    parser.add_argument("--seed", type=int, default=0, help="0: another every time")
    asked = parser.parse_args()
    seed = asked.seed or random.randrange(1 << 30)
    random.seed(seed)
    account, began = Account(), time.monotonic()
    while account.kills < asked.kills:
        scratch = Path(tempfile.mkdtemp(prefix="rescate-bench-"))
        try:
            one_archive(scratch, asked.files, min(asked.kills - account.kills, 10), asked.latest, account)
        finally:
            shutil.rmtree(scratch)
        print(
            f"{account.kills} kills, {account.pages} pages: lost {account.lost}, twice {account.twice}, files "
            "without an outcome "
            f"{account.unsaid}, pages not found {account.not_found}, readings twice {account.readings_twice}",
            flush=True,
        )
    print(
        f"{account.kills} kills in {account.runs} runs, {min(account.moments):.2f}-{max(account.moments):.2f} s "
        "after their start "
        f"({time.monotonic() - began:.0f} s, seed {seed})"
    )
    raise SystemExit(1 if account.lost or account.twice or account.unsaid or account.not_found else 0)


if __name__ == "__main__":
    main()
