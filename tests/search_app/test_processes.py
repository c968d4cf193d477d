"""Several server processes behind one address: all answer, one that is killed is replaced, a restriction counts in
each, and they end together."""

import contextlib
import signal
import subprocess
import sys
import threading
import time
import urllib.request

import psutil
import pytest
import yaml

from archive import indexing
from archive.access import Rule, State
from archive.catalog.connect import open_catalog
from archive.errors import ArchiveError
from search_app import processes
from tests.patience import PATIENCE
from tests.search_app.small_archive import add


def asked(address: str) -> str:
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        return answer.read().decode()


def servers(keeper: psutil.Process) -> list[psutil.Process]:
    """Those that answer: multiprocessing keeps one of its own, which tracks what they share."""
    found = []
    for one in keeper.children():
        with contextlib.suppress(psutil.Error):  # it has just ended
            if "spawn_main" in " ".join(one.cmdline()):
                found.append(one)
    return found


def until(true) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


@contextlib.contextmanager
def kept(archive, folder):
    """`rescate serve` with two processes: its address, the process that keeps them, and what it says."""
    written = {"data": str(archive.config.data_folder), "serve": {"processes": 2, "threads": 2}}
    if archive.config.catalog.url:
        written["catalog"] = {"url": archive.config.catalog.url}
    (folder / "config.yaml").write_text(yaml.safe_dump(written), "utf-8")
    command = [sys.executable, "-m", "cli", "--config", str(folder / "config.yaml"), "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        first, said = process.stderr.readline(), []
        assert first.startswith("Rescate: http://"), first + process.stderr.read()
        listener = threading.Thread(target=lambda: said.extend(process.stderr))
        listener.start()
        try:
            yield first.split()[1], process, said
        finally:
            process.terminate()
            process.wait(PATIENCE)
            listener.join()


def test_two_processes_answer_as_one_and_end_together(own, tmp_path):
    with kept(own, tmp_path) as (address, process, said):
        keeper = psutil.Process(process.pid)
        until(lambda: len(servers(keeper)) == 2)
        both = servers(keeper)
        # Each answers: while the other is stopped, all that comes is its.
        for mine, other in (both, both[::-1]):
            other.suspend()
            assert "<mark>peasants</mark>" in asked(f"{address}/search?q=peasants"), mine
            other.resume()
        # What is told to the index is found by each, and what is closed by none, from then on.
        add(own, "late", "press", [("Un informe tardío", "spa")], title="Informe")
        own.rule("page", own.pages["weekly"][0], Rule(State.CLOSED, reason="It names a witness."))
        catalog = open_catalog(own.config.catalog_url)
        indexing.rebuild(own.config, catalog)
        catalog.dispose()
        for mine, other in (both, both[::-1]):
            other.suspend()
            assert "<mark>peasants</mark>" not in asked(f"{address}/search?q=peasants"), mine
            assert "<mark>tardío</mark>" in asked(f"{address}/search?q=tard%C3%ADo"), mine
            other.resume()
        both[0].kill()
        until(lambda: len(servers(keeper)) == 2 and both[0] not in servers(keeper))
        assert asked(f"{address}/about")
        family = servers(keeper)
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
        assert not any(one.is_running() for one in family)
    assert said == ["Rescate: a server process ended (-9) and is replaced.\n"]


def test_those_of_a_keeper_that_was_killed_end_by_themselves(archive, tmp_path):
    with kept(archive, tmp_path) as (_, process, _):
        keeper = psutil.Process(process.pid)
        until(lambda: len(servers(keeper)) == 2)
        family = servers(keeper)
        process.kill()
        until(lambda: not any(one.is_running() for one in family))


def _fail(_serving) -> None:
    raise SystemExit(3)


def test_processes_that_never_come_to_serve_are_an_error():
    with pytest.raises(ArchiveError, match="end as soon as they start"):
        processes.keep(2, _fail)
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
