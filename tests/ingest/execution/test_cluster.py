"""Pages on a Dask cluster: who may join, what is done where a machine is lost, and a whole ingest."""

import gc
import os
import signal
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from archive.config import DaskSettings, IngestSettings
from archive.errors import ConfigError, ToolFailed, ToolMissing
from ingest.execution import Failure, open_executor
from tests.ingest.execution.conftest import ALLOWED_FAILURES
from tests.ingest.execution.tasks import work
from tests.ingest.execution.test_contract import gone, wait_until
from tests.patience import PATIENCE
from tests.small_scans import found, ingest


def settings(cluster) -> IngestSettings:
    return IngestSettings(executor="dask", dask=DaskSettings(cluster.scheduler_address))


@pytest.fixture
def on_workers(cluster):
    """Runs a function in every Dask worker."""
    from distributed import Client

    with Client(cluster.scheduler_address, set_as_default=False) as client:
        yield client.run


def test_without_a_scheduler_the_setting_is_named():
    with pytest.raises(ConfigError, match="no scheduler is named"):
        open_executor(IngestSettings(executor="dask"))


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense://x", "tcp://"])
def test_a_scheduler_that_does_not_answer_is_named(address, cluster, monkeypatch):
    monkeypatch.setattr("ingest.execution.cluster.CONNECT_TIMEOUT", 0.5)
    with (
        pytest.raises(ConfigError) as wrong,
        open_executor(IngestSettings(executor="dask", dask=DaskSettings(address))),
    ):
        pass
    assert wrong.value.item == address and "ingest.dask.scheduler" in wrong.value.remedy


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense://x", "tcp://"])
def test_a_client_that_cannot_start_leaves_nothing_to_the_garbage_collector(address, monkeypatch):
    from distributed import Client

    gc.collect()  # of other tests
    closed = []
    monkeypatch.setattr("ingest.execution.cluster.CONNECT_TIMEOUT", 0.5)
    monkeypatch.setattr(Client, "__del__", lambda client: closed.append(client.status))
    with pytest.raises(ConfigError), open_executor(IngestSettings(executor="dask", dask=DaskSettings(address))):
        pass
    gc.collect()
    assert closed == ["closed"]


def test_without_dask_the_remedy_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "ingest.execution.cluster", raising=False)
    with pytest.raises(ToolMissing, match="Dask is not installed"):
        open_executor(IngestSettings(executor="dask", dask=DaskSettings("tcp://127.0.0.1:9")))


def test_a_cluster_without_workers_is_said(cluster, monkeypatch):
    from distributed import LocalCluster

    monkeypatch.setattr("ingest.execution.cluster.FIRST_WORKER_TIMEOUT", 0.5)
    # On the loop that runs already: another takes a thread more, which a stalled machine starts too late.
    without = LocalCluster(n_workers=0, processes=False, dashboard_address=":0", loop=cluster.loop)
    with without as empty, pytest.raises(ToolFailed, match="no workers"), open_executor(settings(empty)):
        pass


def test_a_worker_of_another_version_is_refused_and_named(cluster, on_workers):
    try:
        on_workers(_pretend, "9.9", workers=[_first(cluster)])
        with pytest.raises(ConfigError) as wrong, open_executor(settings(cluster)):
            pass
    finally:
        on_workers(_pretend, None)
    assert "rescate is 9.9" in wrong.value.message and wrong.value.message.count("tcp://") == 1


def test_a_worker_without_the_second_reader_is_refused_unless_pages_are_read_once(cluster, on_workers):
    on_workers(_lack_second_reader, True)
    try:
        with pytest.raises(ConfigError, match="RapidOCR is not installed"), open_executor(settings(cluster)):
            pass
        with open_executor(replace(settings(cluster), second_reader="never")) as executor:
            assert dict(executor.run(work, [3], PATIENCE)) == {3: 3}
    finally:
        on_workers(_lack_second_reader, False)


def test_folders_must_be_seen_by_all(cluster, on_workers, tmp_path):
    with open_executor(settings(cluster), writes=[tmp_path / "data"], reads=[tmp_path]):
        assert list((tmp_path / "data").iterdir())
    assert not list((tmp_path / "data").iterdir())
    with open_executor(settings(cluster), reads=[tmp_path / "nowhere"]):
        pass
    on_workers(_see_nothing, True)
    try:
        with (
            pytest.raises(ConfigError, match="does not see") as wrong,
            open_executor(settings(cluster), writes=[tmp_path], reads=[tmp_path]),
        ):
            pass
    finally:
        on_workers(_see_nothing, False)
    assert "same paths" in wrong.value.remedy and not list(tmp_path.glob(".seen*"))


def test_a_worker_that_turns_out_unfit_is_left_out(cluster, on_workers, caplog):
    with open_executor(settings(cluster)) as executor:
        on_workers(_pretend, "9.9", workers=[_first(cluster)])
        try:
            assert dict(executor.run(work, range(12), PATIENCE)) == {number: number for number in range(12)}
        finally:
            on_workers(_pretend, None)
    assert "left out" in caplog.text and "rescate is 9.9" in caplog.text


def test_when_all_are_unfit_or_gone_the_run_ends(cluster, on_workers, monkeypatch):
    monkeypatch.setattr("ingest.execution.cluster.EMPTY_TIMEOUT", 0)
    monkeypatch.setattr("ingest.execution.cluster.LOOK_EVERY", 0.1)
    with open_executor(settings(cluster)) as executor:
        on_workers(_pretend, "9.9")
        try:
            with pytest.raises(ToolFailed, match="no worker left that is fit"):
                list(executor.run(work, range(3), PATIENCE))
        finally:
            on_workers(_pretend, None)


def test_a_worker_that_hangs_ends_the_run_and_is_not_waited_for(cluster, on_workers, monkeypatch):
    monkeypatch.setattr("ingest.execution.cluster.SILENCE", 0)
    on_workers(_hang, 3)
    try:
        with open_executor(settings(cluster)) as executor, pytest.raises(ToolFailed, match="has not answered") as wrong:
            list(executor.run(work, range(3), 1))
    finally:
        on_workers(_hang, 0)
    assert wrong.value.item == cluster.scheduler_address and "start them anew" in wrong.value.remedy


def test_a_worker_that_cannot_even_say_how_it_is_ends_the_run(cluster, on_workers, monkeypatch, caplog):
    monkeypatch.setattr("ingest.execution.cluster.ANSWER_TIMEOUT", 0.5)
    on_workers(_hang, 3)
    try:
        with pytest.raises(ToolFailed, match="does not answer within 0.5 seconds"), open_executor(settings(cluster)):
            pass
    finally:
        on_workers(_hang, 0)
    assert "does not answer; processes" in caplog.text


def test_processes_that_do_not_start_end_the_run(cluster, on_workers):
    on_workers(_python, "/bin/false")
    try:
        with pytest.raises(ToolFailed, match="do not start"), open_executor(settings(cluster)) as executor:
            list(executor.run(work, [1], PATIENCE))
    finally:
        on_workers(_python, sys.executable)


def test_a_task_whose_machine_is_lost_runs_elsewhere(cluster, tmp_path):
    with open_executor(settings(cluster)) as executor:
        results = executor.run(work, [("announce once", str(tmp_path / "pids")), *range(10)], PATIENCE)
        lost = threading.Thread(target=_kill_machine_of, args=(tmp_path / "pids",))
        lost.start()
        outcomes = dict(results)
        lost.join()
    assert outcomes == {("announce once", str(tmp_path / "pids")): "the second time", **{n: n for n in range(10)}}


def test_a_task_that_costs_every_machine_is_given_up_and_the_others_are_done(cluster):
    with open_executor(settings(cluster)) as executor:
        outcomes = dict(executor.run(work, ["kills the machine", *range(10)], PATIENCE))
    failure = outcomes.pop("kills the machine")
    assert isinstance(failure, Failure) and failure.error_class == "MachineLost"
    assert failure.reason.startswith(f"{ALLOWED_FAILURES + 1} Dask workers")
    assert outcomes == {number: number for number in range(10)}


def test_a_whole_ingest_on_the_cluster(cluster, small_archive, small_scans, tmp_path):
    text = small_archive.config.read_text("utf-8")
    small_archive.config.write_text(
        text.replace("ingest: {", f'ingest: {{executor: dask, dask: {{scheduler: "{cluster.scheduler_address}"}}, '),
        "utf-8",
    )
    (small_scans / "broken.png").write_bytes((small_scans / "a.png").read_bytes()[:60])
    outcomes = ingest(small_archive, small_scans, code=1)
    assert {name: one["outcome"] for name, one in outcomes.items()} == {
        "a.png": "added",
        "b-1.png": "added",
        "b-2.png": "added",
        "broken.png": "refused",
    }
    assert (found(small_archive, "Tecoluca"), found(small_archive, "leaf")) == (1, 2)
    assert {one["outcome"] for one in ingest(small_archive, small_scans, code=1).values()} == {"unchanged", "refused"}


_SEEING = Path.is_file, Path.exists
_BLIND = (lambda _path: False,) * 2


def _pretend(version):
    """In a Dask worker: it says that it is of this version."""
    from archive import __version__
    from ingest.execution import station

    station.__version__ = version or __version__


def _lack_second_reader(lacking):
    """In a Dask worker: RapidOCR is not installed, or is as it is."""
    from types import SimpleNamespace

    from ingest.execution import station
    from ingest.tools import rapidocr

    station.rapidocr = SimpleNamespace(is_here=lambda: False) if lacking else rapidocr


def _see_nothing(blind):
    """In a Dask worker: it has none of the asking machine's folders."""
    from ingest.execution import station

    station.Path.is_file, station.Path.exists = _BLIND if blind else _SEEING


def _hang(seconds):
    """In a Dask worker: it answers neither what it is asked nor what it is to do for so long."""
    import functools
    import time

    from ingest.execution import station

    for name in ("problems", "perform", "end"):
        was = getattr(station, name)
        if seconds:
            setattr(station, name, functools.wraps(was)(lambda *_, **__: time.sleep(seconds)))
        else:
            setattr(station, name, was.__wrapped__)


def _python(path):
    sys.executable = path


def _first(cluster) -> str:
    return next(iter(cluster.scheduler_info["workers"]))


def _kill_machine_of(announced: Path) -> None:
    assert wait_until(lambda: announced.exists() and announced.read_text().endswith("."))
    worker, machine = map(int, announced.read_text(encoding="utf-8").rstrip(".").split())
    os.kill(machine, signal.SIGKILL)
    assert wait_until(lambda: gone(worker))
