"""Runs a function over many tasks in worker processes that can be killed one by one.

A task that hangs, or whose worker dies under it, costs itself only: it comes back as a Failure, a
fresh worker takes the dead one's place, and the run goes on. Tasks are drawn lazily, so 100,000 pages
take no more memory than a handful. (`concurrent.futures` cannot do the first, and breaks the whole
pool at the second.)

Workers are started as programs of their own (`ingest.worker`), not forked: a process with threads (a
progress display, a database, an index) must not fork, and only a program can be given an environment
of its own. Each leads a process group, so that what it runs dies with it.
"""

from __future__ import annotations

import io
import os
import pickle
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

from archive.errors import ToolFailed

#: How the temporary folder of a run is called.
SCRATCH = "rescate-"
#: How long a new worker may take to say that it is ready.
START_TIMEOUT = 120
#: New workers that die before they are ready, one after the other, before the run is given up.
STARTS = 3
#: A worker is replaced after so many tasks: what libraries leak page by page stays small, and a start
#: costs a tenth of a second.
TASKS_A_WORKER = 500
#: Seconds that a worker whose time is up is given to write its traceback.
LAST_WORDS = 0.2
#: What a worker may address at least: the largest canvas of the settings' default, three times over.
LEAST_MEMORY = 4 << 30


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a task has no result: a reason and a remedy in a person's words, the error's class name
    (`Unreadable`, `Timeout`, `WorkerDied`, or what Python raised) and the traceback, where there is one."""

    reason: str
    remedy: str = ""
    error_class: str = ""
    traceback: str = ""


@dataclass(eq=False)
class _Worker:
    process: subprocess.Popen
    channel: Connection
    log: Any
    #: When it must have answered (monotonic clock).
    deadline: float
    ready: bool = False
    idle: bool = True
    task: Any = None
    done: int = 0


class Executor:
    """Worker processes for one run; use as a context, or leave it to `run` to end them.

    `workers` 0 means one a processor that this process may use. `environment` is added to the
    workers' environment and nobody else's. `memory` is what a worker, and each program it runs, may address, in
    bytes (0: all there is): a page that wants more fails, and not the machine.
    """

    def __init__(self, workers: int = 0, environment: Mapping[str, str] | None = None, memory: int | None = None):
        self.workers = workers or processors()
        self.memory = most_memory() if memory is None else memory
        self.environment = {"OMP_THREAD_LIMIT": "1", **(environment or {})}
        self._alive: list[_Worker] = []

    def run(self, function: Callable[[Any], Any], tasks: Iterable[Any],
            timeout: float) -> Iterator[tuple[Any, Any | Failure]]:
        """Each task with its result or Failure, as they complete (not in the order of `tasks`).

        `function` and tasks must be picklable; `timeout` is in seconds a task. All workers and
        what they run are killed when the iterator ends, is closed or is interrupted. Raises
        ToolFailed where workers do not start at all.
        """
        pending = iter(tasks)
        again: deque = deque()  # tasks whose worker died before it was ready for them
        done: deque = deque()
        starts_failed = 0
        with tempfile.TemporaryDirectory(prefix=SCRATCH, ignore_cleanup_errors=True) as scratch:
            try:
                while True:
                    # Work is handed out before results are, so that no worker waits for the reader.
                    while (len(self._alive) < self.workers or any(w.idle for w in self._alive)):
                        try:
                            task = again.popleft() if again else next(pending)
                        except StopIteration:
                            break
                        worker = next((w for w in self._alive if w.idle), None)
                        failure = self._hand(worker or self._start(scratch, function, timeout), task, timeout)
                        if failure:
                            done.append((task, failure))
                    while done:
                        yield done.popleft()
                    if all(worker.idle for worker in self._alive) and not again:
                        return
                    for task, result, was_ready in self._collect(timeout):
                        if was_ready:
                            starts_failed = 0
                            done.append((task, result))
                            continue
                        again.append(task)
                        starts_failed += 1
                        if starts_failed >= STARTS:
                            raise ToolFailed(f"worker processes do not start: {result.reason}; {result.traceback}",
                                             remedy="Run `rescate check`.")
            finally:
                self.close()

    def close(self) -> None:
        """Kills every worker and what it runs, and waits until they are gone."""
        while self._alive:
            self._end(self._alive[-1])

    def __enter__(self) -> Executor:
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def _start(self, scratch: str, function, timeout) -> _Worker:
        ours, theirs = socket.socketpair()
        log = tempfile.TemporaryFile(dir=scratch)
        environment = {**os.environ, **self.environment, "TMPDIR": scratch}
        process = subprocess.Popen(
            [sys.executable, "-c", "import sys; sys.path[:] = sys.argv[2:]; from ingest import worker; worker.main(int(sys.argv[1]))",
             str(theirs.fileno()), *sys.path],
            pass_fds=(theirs.fileno(),), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            env=environment, process_group=0)
        theirs.close()
        worker = _Worker(process, Connection(ours.detach()), log, time.monotonic() + START_TIMEOUT)
        self._alive.append(worker)
        try:
            worker.channel.send((function, timeout, self.memory))
        except OSError:
            pass  # It died at once; `_collect` finds out and says why.
        return worker

    def _hand(self, worker: _Worker, task, timeout) -> Failure | None:
        """Sends the task; a Failure where it cannot be pickled."""
        try:
            packed = pickle.dumps(task, pickle.HIGHEST_PROTOCOL)
        except (pickle.PicklingError, TypeError, AttributeError) as trouble:
            return Failure(f"cannot be sent to a worker: {trouble}", error_class=type(trouble).__name__)
        worker.idle, worker.task = False, task
        if worker.ready:
            worker.deadline = time.monotonic() + timeout
        try:
            worker.channel.send_bytes(packed)
        except OSError:
            pass  # It died; `_collect` finds out and says why.
        return None

    def _collect(self, timeout: float) -> list[tuple[Any, Any | Failure, bool]]:
        """Waits for what happens next: tasks with result or Failure, and whether their worker was
        ready for them (a worker that dies before that is no fault of the task)."""
        busy = [worker for worker in self._alive if not worker.idle]
        wait([worker.channel for worker in busy],
             max(0.0, min(worker.deadline for worker in busy) - time.monotonic()))
        outcomes = []
        for worker in busy:
            # What has been answered in time counts, however late it is read.
            try:
                message = worker.channel.recv() if worker.channel.poll() else None
            except (EOFError, OSError, pickle.UnpicklingError):
                outcomes.append((worker.task, self._bury(worker, None), worker.ready))
                continue
            if message is not None and not worker.ready:
                worker.ready = True
                worker.deadline = time.monotonic() + timeout
            elif message is not None:
                outcomes.append((worker.task, message[0], True))
                worker.idle, worker.task = True, None
                worker.done += 1
                if worker.done >= TASKS_A_WORKER:
                    self._end(worker)
            elif worker.deadline <= time.monotonic():
                outcomes.append((worker.task, self._bury(worker, timeout), worker.ready))
        return outcomes

    def _bury(self, worker: _Worker, timeout: float | None) -> Failure:
        """Ends the worker: why its task failed, with what it wrote last. `timeout` None means it died."""
        status = None
        if timeout is not None and worker.ready:
            # It writes where it is before it is ended.
            worker.process.send_signal(signal.SIGUSR1)
            time.sleep(LAST_WORDS)
        elif timeout is None:
            try:
                status = worker.process.wait(5)
            except subprocess.TimeoutExpired:
                pass
        self._end(worker)
        log = _tail(worker.log)
        if timeout is None:
            return Failure(f"the process that read it died ({_death(status)})",
                           "Run again; if it dies again, look at the file.", "WorkerDied", log)
        if not worker.ready:
            return Failure("the worker did not start", "", "Timeout", log)
        return Failure(f"took longer than {timeout:g} seconds",
                       "Look at it; raise ingest.page_timeout or ingest.file_timeout if it only is slow.", "Timeout", log)

    def _end(self, worker: _Worker) -> None:
        try:
            os.killpg(worker.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass
        worker.process.wait()
        worker.channel.close()
        if worker in self._alive:
            self._alive.remove(worker)


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def most_memory() -> int:
    """Half of the machine's memory in bytes, and not less than LEAST_MEMORY."""
    return max(LEAST_MEMORY, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2)


def _tail(log, limit: int = 4000) -> str:
    log.seek(0, io.SEEK_END)
    log.seek(max(0, log.tell() - limit))
    text = log.read().decode("utf-8", "replace").strip()
    log.close()
    return text


def _death(status: int | None) -> str:
    if status is None:
        return "its connection broke"
    if status >= 0:
        return f"exit status {status}"
    name = signal.Signals(-status).name if -status in signal.valid_signals() else f"signal {-status}"
    return f"{name}, perhaps out of memory" if name == "SIGKILL" else name
