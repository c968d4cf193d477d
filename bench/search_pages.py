"""What a page of results costs over HTTP, and how long many readers wait: `python -m bench.search_pages FOLDER`.

The archive of bench.search_archive is made in FOLDER once and kept. First every search of the mix is answered by the
application in this process: its processor time, and the parts of it. Then the real command serves, and so many readers
ask one search after the other, without a pause; times are on their clock.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import http.client
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock
from urllib.parse import urlencode

import psutil
from rich.console import Console
from rich.table import Table
from sqlalchemy import event

from archive.config import Config
from archive.search import analysis
from archive.search.kinds import page
from archive.search.withholding import Withholding
from bench import measure, search_archive, search_documents
from search_app import create_app
from search_app.opened import Opened
from search_app.views import search

RESULTS = Path(__file__).with_name("results")
#: Searches of each kind: the same one again would be answered out of what is remembered.
EACH = 12
#: The parts of a page's time, by the functions that they are spent in; what is in none of them is the rest.
PARTS = {
    "engine": [(Withholding, "search"), (Withholding, "near")],
    "items": [(page, "found")],
    "excerpts": [(page, name) for name in ("_read", "description", "highlighted_terms", "excerpt", "heading")],
    "templates": [(search, "render_template")],
}


def mix(seed: int = 7) -> dict[str, list[str]]:
    """By kind, the addresses of searches: the words of each are drawn anew."""
    chance = random.Random(seed)
    words = search_documents.vocabulary(random.Random(1992))

    def drawn(first: int, last: int, count: int = 1) -> str:
        return " ".join(chance.sample(words[chance.choice(("spa", "eng"))][first:last], count))

    def url(q: str = "", **more: str) -> str:
        return f"/search?{urlencode({'q': q, **more})}"

    kinds: dict[str, Callable[[], str]] = {
        "everything": lambda: url(page=str(chance.randint(1, 60))),
        "one word": lambda: url(drawn(100, 3000)),
        "a frequent word": lambda: url(drawn(0, 60)),
        "a rare word": lambda: url(drawn(9000, 15000)),
        "two words": lambda: url(drawn(20, 600, 2)),
        "a phrase": lambda: url(f'"{drawn(0, 40, 2)}"'),
        "a word and a date": lambda: url(f"{drawn(20, 1000)} date:1983..1984"),
        "filters, by date, page 5": lambda: url(drawn(0, 60), genre="report", date="198X", sort="-date", page="5"),
        "a beginning": lambda: url(f"{drawn(100, 3000)[:4]}*"),
        "misread": lambda: url(search_documents.garbled_word(drawn(0, 100), chance)),
        "nothing found": lambda: url(f"zzq{drawn(100, 3000)}x {drawn(0, 60)}"),
    }
    return {name: [asked() for _ in range(EACH)] for name, asked in kinds.items()}


class Clock:
    """Processor time by part: what is spent in a part within a part counts for the inner one."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = dict.fromkeys(PARTS, 0.0)
        self._inside: list[list[float]] = []

    def timed(self, part: str, work: Callable) -> Callable:
        @functools.wraps(work)
        def measured(*args, **more):
            with self.taking(part):
                found = work(*args, **more)
            # What gives one by one does its work when it is asked for the next.
            return self._walked(part, found) if isinstance(found, Iterator) else found

        return measured

    @contextlib.contextmanager
    def taking(self, part: str) -> Iterator[None]:
        self._inside.append([0.0])
        begun = time.thread_time()
        try:
            yield
        finally:
            whole = time.thread_time() - begun
            (within,) = self._inside.pop()
            self.spent[part] += whole - within
            if self._inside:
                self._inside[-1][0] += whole

    def _walked(self, part: str, found: Iterator) -> Iterator:
        while True:
            with self.taking(part):
                one = next(found, None)
            if one is None:
                return
            yield one


def alone(config: Config, rounds: int) -> dict[str, dict[str, float]]:
    """By kind of search, milliseconds of the processor for a page of results, its parts, and what was counted: queries
    of the catalog, fields of pages analysed whole. The first round, of which nothing is kept, warms up."""
    found: dict[str, dict[str, float]] = {}
    app = create_app(config)
    asked: list[str] = []
    with contextlib.ExitStack() as patched:
        clock = Clock()
        for part, places in PARTS.items():
            for owner, name in places:
                patched.enter_context(mock.patch.object(owner, name, clock.timed(part, getattr(owner, name))))
        analysed = patched.enter_context(mock.patch.object(analysis, "tokens", wraps=analysis.tokens))
        over: Opened = app.extensions["rescate"]
        event.listen(over.holdings.catalog, "before_cursor_execute", lambda *what: asked.append(what[2]))
        client = app.test_client()
        for kind, addresses in mix(seed=1).items():
            for address in addresses[:2]:
                assert client.get(address).status_code == 200, (kind, address)
        for number in range(rounds):
            for kind, addresses in mix(seed=number + 2).items():
                mine = found.setdefault(
                    kind, {"whole": [], "queries": [], "analysed": [], **{one: [] for one in PARTS}}
                )
                for address in addresses:
                    clock.spent = dict.fromkeys(PARTS, 0.0)
                    asked.clear()
                    analysed.reset_mock()
                    begun = time.thread_time()
                    answered = client.get(address, headers={"Accept-Encoding": "gzip"})
                    answered.get_data()
                    whole = time.thread_time() - begun
                    assert answered.status_code == 200, (kind, address)
                    mine["whole"].append(1000 * whole)
                    mine["queries"].append(len(asked))
                    mine["analysed"].append(analysed.call_count)
                    for part, seconds in clock.spent.items():
                        mine[part].append(1000 * seconds)
    over.close()
    return {
        kind: {name: statistics.mean(values) for name, values in many.items()} | {"most queries": max(many["queries"])}
        for kind, many in found.items()
    }


@contextlib.contextmanager
def serving(config: Config, settings: str) -> Iterator[tuple[int, psutil.Process]]:
    """The port at which `rescate serve` listens in a process of its own, and that."""
    path = config.folder / "config.yaml"
    path.write_text(f"serve: {settings}\n", "utf-8")
    command = [sys.executable, "-m", "cli", "--config", path, "serve", "--port", "0"]
    with subprocess.Popen([*map(str, command)], stderr=subprocess.PIPE, text=True) as process:
        said = process.stderr.readline()
        if not said.startswith("Rescate: "):
            raise SystemExit(said + process.stderr.read())
        threading.Thread(target=process.stderr.read, daemon=True).start()
        try:
            yield int(said.split()[1].rsplit(":", 1)[1]), psutil.Process(process.pid)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def crowd(port: int, server: psutil.Process, readers: int, seconds: float) -> dict[str, float]:
    """What so many readers met in so many seconds, each asking one search of the mix after the other."""
    addresses = [one for seed in range(100, 130) for many in mix(seed).values() for one in many]
    random.Random(3).shuffle(addresses)
    left, taken, faults = iter(addresses * 100), [], []
    until, guard = time.monotonic() + seconds, threading.Lock()

    def read() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        while time.monotonic() < until:
            with guard:
                address = next(left)
            begun = time.perf_counter()
            try:
                connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
                answered = connection.getresponse()
                answered.read()
                if answered.status != 200:
                    faults.append(answered.status)
                    continue
            except OSError as failed:
                faults.append(type(failed).__name__)
                connection.close()
                continue
            taken.append(time.perf_counter() - begun)

    family = [server, *server.children(recursive=True)]
    before, began = sum(_cpu(one) for one in family), time.monotonic()
    many = [threading.Thread(target=read) for _ in range(readers)]
    for one in many:
        one.start()
    for one in many:
        one.join()
    ranks = statistics.quantiles(taken, n=20) if len(taken) > 1 else [float("nan")] * 19
    return {
        "pages": len(taken),
        "pages a second": len(taken) / (time.monotonic() - began),
        "p50": ranks[9],
        "p95": ranks[18],
        "longest": max(taken, default=float("nan")),
        "errors": len(faults),
        "kinds of errors": sorted({str(one) for one in faults}),
        "processor a page": 1000 * (sum(_cpu(one) for one in family) - before) / max(1, len(taken)),
    }


def _cpu(process: psutil.Process) -> float:
    spent = process.cpu_times()
    return spent.user + spent.system


def table(pages: int, found: dict[str, dict[str, float]]) -> Table:
    columns = ("whole", *PARTS, "rest", "queries", "most queries", "analysed")
    made = Table("search", *columns, title=f"{pages:,} pages: milliseconds of the processor for a page of results")
    rows = {
        **found,
        "all": {name: statistics.mean(one[name] for one in found.values()) for name in next(iter(found.values()))},
    }
    for kind, one in rows.items():
        rest = one["whole"] - sum(one[part] for part in PARTS)
        made.add_row(kind, *(f"{({**one, 'rest': rest})[name]:.1f}" for name in columns))
    return made


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench.search_pages", description=__doc__.splitlines()[0])
    options.add_argument("folder", type=Path, help="where the archives are kept")
    options.add_argument("--pages", type=int, nargs="+", default=[10_000, 100_000])
    options.add_argument("--rounds", type=int, default=2, help=f"times {EACH} searches of each kind (2)")
    options.add_argument("--readers", type=int, default=50)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--settings", nargs="*", default=["{}"], help="of serve, each served in turn: '{threads: 8}'")
    chosen = options.parse_args()
    console = Console(width=150)
    told: dict = {"when": time.strftime("%Y-%m-%d"), "machine": measure.machine(), "sizes": {}}
    console.print(f"{told['machine']}; load {os.getloadavg()[0]:.1f}; {told['when']}")
    for count in chosen.pages:
        config = search_archive.made(chosen.folder, count)
        mine = told["sizes"][count] = {"load": os.getloadavg()[0]}
        mine["alone"] = alone(config, chosen.rounds)
        console.print(table(count, mine["alone"]))
        mine["crowd"] = {}
        for settings in chosen.settings if chosen.readers else ():
            with serving(config, settings) as (port, server):
                crowd(port, server, 4, 3)
                met = mine["crowd"][settings] = crowd(port, server, chosen.readers, chosen.seconds)
            console.print(
                f"{count:,} pages, {chosen.readers} readers at once, {settings}, load "
                f"{os.getloadavg()[0]:.1f}: "
                + ", ".join(
                    f"{name} {value:.2f}" if isinstance(value, float) else f"{name} {value}"
                    for name, value in met.items()
                )
            )
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "search_pages.json").write_text(json.dumps(told, indent=1), "utf-8")


if __name__ == "__main__":
    main()
