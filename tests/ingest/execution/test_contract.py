"""What holds of every executor: each fault costs its own task only, and nothing outlives the run."""

import itertools
import os
import threading
import time
from pathlib import Path

import psutil
import pytest

from archive.reason import Reason
from ingest.execution import Failure
from tests.ingest.execution.tasks import work
from tests.patience import PATIENCE

FAULTS = {
    "hang": ("Timeout", "took longer than 1 seconds"),
    "hang in a program": ("Timeout", "took longer than 1 seconds"),
    "exit": ("WorkerDied", "exit status 3"),
    "kill": ("WorkerDied", "SIGKILL, perhaps out of memory"),
    "crash": ("WorkerDied", "SIGSEGV"),
    "raise": ("ValueError", "no such thing"),
    "unreadable": ("Unreadable", "is torn"),
    "memory": ("MemoryError", "ran out of memory"),
    "unpicklable": ("AttributeError|PicklingError|TypeError", "failed unexpectedly"),
    "breaks when read": ("ValueError", "cannot be understood: nothing can be made of this"),
}
CODES = {
    "Timeout": Reason.TIME,
    "WorkerDied": Reason.DIED,
    "Unreadable": Reason.DAMAGED,
    "MemoryError": Reason.MEMORY,
}


def gone(pid):
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def wait_until(true, seconds=PATIENCE):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture(scope="package")
def outcomes(executor_of):
    hanging = [fault for fault in FAULTS if fault.startswith("hang")]
    with executor_of() as executor:
        found = dict(executor.run(work, hanging, 1))
        return found | dict(
            executor.run(work, [*(fault for fault in FAULTS if fault not in hanging), *range(20)], PATIENCE)
        )


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_a_failure_with_its_reason(fault, outcomes):
    failure = outcomes[fault]
    assert isinstance(failure, Failure)
    assert failure.error_class in FAULTS[fault][0].split("|") and FAULTS[fault][1] in failure.reason
    assert failure.code == CODES.get(failure.error_class, Reason.UNEXPECTED)


def test_the_other_tasks_have_their_results(outcomes):
    assert [outcomes[number] for number in range(20)] == list(range(20))


def test_the_traceback_and_the_remedy_are_kept(outcomes):
    assert "tasks.py" in outcomes["raise"].traceback and "no such thing" in outcomes["raise"].traceback
    assert outcomes["unreadable"].remedy == "Mend it."


def test_where_it_hung_or_crashed_is_kept(outcomes):
    for fault in ("hang", "hang in a program", "crash"):
        assert "tasks.py" in outcomes[fault].traceback


def test_what_takes_long_keeps_nobody_waiting(executor_of, tmp_path):
    long = ("wait for", str(tmp_path / "the others are done"))
    with executor_of() as executor:
        tasks = []
        for task, _ in executor.run(work, [long, *range(8)], PATIENCE):
            tasks.append(task)
            if len(tasks) == 5:
                Path(long[1]).touch()
    assert tasks.index(long) > 4 and sorted(tasks, key=str) == sorted([long, *range(8)], key=str)


def test_a_page_that_wants_too_much_memory_fails_and_not_the_machine(executor_of):
    with executor_of(memory=1 << 30) as executor:
        found = dict(executor.run(work, ["greedy", 1], PATIENCE))
    assert found["greedy"].error_class == "MemoryError" and found[1] == 1


def test_what_a_dying_worker_wrote_is_kept(executor_of):
    with executor_of() as executor:
        assert dict(executor.run(work, ["noise"], PATIENCE))["noise"].traceback == "from the reader"


def test_a_huge_result_comes_through(executor_of):
    with executor_of() as executor:
        assert len(dict(executor.run(work, ["huge"], PATIENCE))["huge"]) == 20_000_000


def test_endless_tasks_are_drawn_as_they_are_needed(executor_of):
    drawn = []
    with executor_of() as executor:
        results = executor.run(work, (drawn.append(number) or number for number in itertools.count()), PATIENCE)
        answered = [next(results) for _ in range(30)]
        assert len(answered) <= len(drawn) < 50
        results.close()


def test_tasks_are_drawn_in_the_thread_of_the_run(executor_of):
    with executor_of() as executor:
        threads = (threading.get_ident() for _ in range(5))
        assert {task for task, _ in executor.run(work, threads, PATIENCE)} == {threading.get_ident()}


def test_a_task_that_cannot_be_sent_fails_alone(executor_of):
    unsendable = lambda: None  # noqa: E731
    with executor_of() as executor:
        found = dict(executor.run(work, [unsendable, 1], PATIENCE))
    assert isinstance(found[unsendable], Failure) and found[1] == 1


def test_no_tasks_no_results(executor_of):
    with executor_of() as executor:
        assert list(executor.run(work, [], PATIENCE)) == []


def test_the_environment_is_the_workers_own(executor_of):
    with executor_of() as executor:
        ((limit, temporary),) = dict(executor.run(work, ["environment"], PATIENCE)).values()
        assert limit == "1" and "OMP_THREAD_LIMIT" not in os.environ and Path(temporary).is_dir()
    assert not Path(temporary).exists()


def test_workers_are_kept_for_the_next_run(executor_of):
    with executor_of() as executor:
        processes = [{pid for _, pid in executor.run(work, ["process"] * 8, PATIENCE)} for _ in range(2)]
        assert len(processes[0] | processes[1]) <= 2
    assert wait_until(lambda: all(map(gone, processes[0])))


def test_closing_the_results_kills_what_is_under_way_and_the_next_run_goes_well(executor_of, tmp_path):
    with executor_of() as executor:
        results = executor.run(work, [1, ("announce", str(tmp_path / "pids"))], PATIENCE)
        next(results)
        assert wait_until(lambda: (tmp_path / "pids").exists() and (tmp_path / "pids").read_text().count(" ") == 2)
        *pids, scratch = (tmp_path / "pids").read_text().split()
        assert Path(scratch).is_dir()
        results.close()
        assert wait_until(lambda: all(gone(int(pid)) for pid in pids))
        assert dict(executor.run(work, [2], PATIENCE)) == {2: 2}
    assert wait_until(lambda: not Path(scratch).exists())


def test_a_fault_of_the_caller_ends_everything(executor_of, tmp_path):
    with pytest.raises(ZeroDivisionError), executor_of() as executor:
        for _ in executor.run(work, [1, ("announce", str(tmp_path / "pids"))], PATIENCE):
            assert wait_until(lambda: (tmp_path / "pids").exists() and (tmp_path / "pids").read_text().count(" ") == 2)
            raise ZeroDivisionError
    *pids, _ = (tmp_path / "pids").read_text().split()
    assert wait_until(lambda: all(gone(int(pid)) for pid in pids))
