"""What is the local executor's own: its processes die with the run, and are replaced and warmed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from archive.errors import ToolFailed
from ingest.execution.local import LocalExecutor, share_of_memory
from tests.ingest.execution.tasks import work
from tests.ingest.execution.test_contract import gone, wait_until


def test_workers_are_replaced_and_no_task_is_lost(monkeypatch):
    monkeypatch.setattr("ingest.execution.local.TASKS_A_WORKER", 3)
    with LocalExecutor(2) as executor:
        assert sorted(result for _, result in executor.run(work, range(20), 30)) == list(range(20))


def test_workers_that_do_not_start_end_the_run(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(ToolFailed, match="do not start"), LocalExecutor(2) as executor:
        executor.warm(work, 1)
        list(executor.run(work, [1], 30))


def test_no_more_workers_are_warmed_than_there_are_tasks():
    with LocalExecutor(3) as executor:
        executor.warm(work, 1)
        assert len(executor._alive) == 1
        pid = executor._alive[0].process.pid
        assert dict(executor.run(work, ["process"], 30)) == {"process": pid}


def test_an_idle_worker_that_died_costs_no_task():
    with LocalExecutor(1) as executor:
        pid = dict(executor.run(work, ["process"], 30))["process"]
        os.kill(pid, signal.SIGKILL)
        assert wait_until(lambda: gone(pid))
        assert dict(executor.run(work, ["process"], 30))["process"] != pid


def test_what_is_killed_does_nothing_more():
    with LocalExecutor(1) as executor:
        executor.kill()
        with pytest.raises(ToolFailed):
            list(executor.run(work, [1], 30))


def test_a_worker_may_take_its_share_of_the_machines_memory_but_enough_for_a_page():
    assert LocalExecutor(1).memory == share_of_memory(1) == share_of_memory(2) >= share_of_memory(1000) == 4 << 30
    assert LocalExecutor(1, memory=1 << 30).memory == 1 << 30


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_when_the_parent_dies_nothing_is_left(tmp_path, how):
    program = (
        "from ingest.execution.local import LocalExecutor; from tests.ingest.execution.tasks import work; "
        f"list(LocalExecutor(1).run(work, [('announce', {str(tmp_path / 'pids')!r})], 60))"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], cwd=Path(__file__).parents[3], stderr=subprocess.DEVNULL)
    assert wait_until(lambda: (tmp_path / "pids").exists() and (tmp_path / "pids").read_text().count(" ") == 2)
    *pids, scratch = (tmp_path / "pids").read_text().split()
    pids = [int(pid) for pid in pids]
    assert Path(scratch).is_dir()
    parent.send_signal(how)
    parent.wait(20)
    assert wait_until(lambda: all(map(gone, pids)) and not Path(scratch).exists())
