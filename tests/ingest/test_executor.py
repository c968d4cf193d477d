"""Tasks in workers: each fault costs its own task only, and nothing outlives the run."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from archive.errors import ToolFailed
from ingest.executor import Executor, Failure
from tests.ingest.executor_tasks import work

FAULTS = {
    "hang": ("Timeout", "took longer than 2 seconds"),
    "hang in a program": ("Timeout", "took longer than 2 seconds"),
    "exit": ("WorkerDied", "exit status 3"),
    "kill": ("WorkerDied", "SIGKILL, perhaps out of memory"),
    "crash": ("WorkerDied", "SIGSEGV"),
    "raise": ("ValueError", "no such thing"),
    "unreadable": ("Unreadable", "is torn"),
    "memory": ("MemoryError", "ran out of memory"),
    "unpicklable": ("AttributeError|PicklingError|TypeError", "failed unexpectedly"),
}


def run(tasks, workers=2, timeout=30):
    return list(Executor(workers).run(work, tasks, timeout))


def gone(pid):
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def wait_until(true, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture(scope="module")
def outcomes():
    return dict(run([*FAULTS, *range(20)], timeout=2))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_a_failure_with_its_reason(fault, outcomes):
    failure = outcomes[fault]
    assert isinstance(failure, Failure)
    assert failure.error_class in FAULTS[fault][0].split("|") and FAULTS[fault][1] in failure.reason


def test_the_other_tasks_have_their_results(outcomes):
    assert [outcomes[number] for number in range(20)] == list(range(20))


def test_the_traceback_and_the_remedy_are_kept(outcomes):
    assert "executor_tasks.py" in outcomes["raise"].traceback and "no such thing" in outcomes["raise"].traceback
    assert outcomes["unreadable"].remedy == "Mend it."


def test_where_it_hung_or_crashed_is_kept(outcomes):
    for fault in ("hang", "hang in a program", "crash"):
        assert "executor_tasks.py" in outcomes[fault].traceback


def test_a_page_that_wants_too_much_memory_fails_and_not_the_machine():
    found = dict(Executor(1, memory=1 << 30).run(work, ["greedy", 1], 30))
    assert found["greedy"].error_class == "MemoryError" and found[1] == 1


def test_what_a_dying_worker_wrote_is_kept():
    assert dict(run(["noise"]))["noise"].traceback == "from the reader"


def test_a_huge_result_comes_through():
    assert len(dict(run(["huge"]))["huge"]) == 20_000_000


def test_tasks_are_drawn_as_they_are_needed():
    drawn = []

    def tasks():
        for number in range(1000):
            drawn.append(number)
            yield number

    results = Executor(2).run(work, tasks(), 30)
    next(results)
    assert len(drawn) < 20
    results.close()


def test_a_task_that_cannot_be_sent_fails_alone():
    unsendable = lambda: None  # noqa: E731
    found = dict(run([unsendable, 1]))
    assert isinstance(found[unsendable], Failure) and found[1] == 1


def test_workers_are_replaced_and_no_task_is_lost(monkeypatch):
    monkeypatch.setattr("ingest.executor.TASKS_A_WORKER", 3)
    assert sorted(result for _, result in run(range(20))) == list(range(20))


def test_no_tasks_no_results():
    assert run([]) == []


def test_the_environment_is_the_workers_own():
    (limit, temporary), = dict(run(["environment"])).values()
    assert limit == "1" and "OMP_THREAD_LIMIT" not in os.environ
    assert not Path(temporary).exists()


def test_workers_that_do_not_start_end_the_run(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(ToolFailed, match="do not start"):
        run([1])


def test_closing_the_results_kills_workers_and_what_they_run(tmp_path):
    executor = Executor(2)
    results = executor.run(work, [1, ("announce", str(tmp_path / "pids"))], 60)
    next(results)
    assert wait_until(lambda: (tmp_path / "pids").exists() and (tmp_path / "pids").read_text().count(" ") == 2)
    *pids, scratch = (tmp_path / "pids").read_text().split()
    pids = [int(pid) for pid in pids]
    assert Path(scratch).is_dir()
    results.close()
    assert wait_until(lambda: all(map(gone, pids))) and not Path(scratch).exists()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_when_the_parent_dies_nothing_is_left(tmp_path, how):
    program = ("from ingest.executor import Executor; from tests.ingest.executor_tasks import work; "
               f"list(Executor(1).run(work, [('announce', {str(tmp_path / 'pids')!r})], 60))")
    parent = subprocess.Popen([sys.executable, "-c", program], cwd=Path(__file__).parents[2], stderr=subprocess.DEVNULL)
    assert wait_until(lambda: (tmp_path / "pids").exists() and (tmp_path / "pids").read_text().count(" ") == 2)
    *pids, scratch = (tmp_path / "pids").read_text().split()
    pids = [int(pid) for pid in pids]
    assert Path(scratch).is_dir()
    parent.send_signal(how)
    parent.wait(20)
    assert wait_until(lambda: all(map(gone, pids)) and not Path(scratch).exists())
