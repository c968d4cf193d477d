"""Worker processes of this machine that can be killed one by one.

(`concurrent.futures` cannot kill one, and breaks the whole pool where one dies.)

Workers are started as programs of their own (`ingest.execution.worker`), not forked: a process with threads (a
progress display, a database, an index) must not fork, and only a program can be given an environment
of its own. Each leads a process group, so that what it runs dies with it.
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

from archive.errors import ToolFailed
from archive.reason import Reason
from ingest.execution.protocol import Failure
from ingest.execution.worker import SCRATCH

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
#: What pickle raises of a task or a result that it cannot take apart or put together again.
PICKLE_FAULTS = (
    pickle.PickleError,
    TypeError,
    AttributeError,
    ImportError,
    ValueError,
    LookupError,
    RecursionError,
    MemoryError,
)

_PROGRAM = "import sys; sys.path[:] = sys.argv[2:]; from ingest.execution import worker; worker.main(int(sys.argv[1]))"


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


class LocalExecutor:
    """An Executor on this machine.

    `workers` 0 means one a processor that this process may use. `environment` is added to the workers' environment and
    nobody else's. `memory` is what a worker, and each program it runs, may address, in bytes (0: its share of the
    machine's, and not less than LEAST_MEMORY): a page that wants more fails, and not the machine.
    """

    def __init__(self, workers: int = 0, environment: Mapping[str, str] | None = None, memory: int = 0):
        self.workers = workers or processors()
        self.memory = memory or share_of_memory(self.workers)
        self.environment = {"OMP_THREAD_LIMIT": "1", **(environment or {})}
        self._alive: list[_Worker] = []
        self._scratch: tempfile.TemporaryDirectory | None = None
        self._killed = False
        self._starting = threading.Lock()

    def run(
        self, function: Callable[[Any], Any], tasks: Iterable[Any], timeout: float
    ) -> Generator[tuple[Any, Any | Failure], None, None]:
        """See `Executor.run`."""
        pending = iter(tasks)
        again: deque = deque()  # tasks whose worker died before it was ready for them
        done: deque = deque()
        starts_failed = 0
        try:
            while True:
                # Work is handed out before results are, so that no worker waits for the reader.
                while len(self._alive) < self.workers or any(worker.idle for worker in self._alive):
                    try:
                        task = again.popleft() if again else next(pending)
                    except StopIteration:
                        break
                    failure = self._hand(function, task, timeout)
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
                        raise ToolFailed(
                            f"worker processes do not start: {result.reason}; {result.traceback}",
                            remedy="Run `rescate check`.",
                        )
        finally:
            for worker in [worker for worker in self._alive if not worker.idle]:
                self._end(worker)

    def warm(self, function: Callable[[Any], Any], tasks: int) -> None:
        """See `Executor.warm`."""
        while len(self._alive) < min(self.workers, tasks):
            self._start(function)

    def kill(self) -> None:
        """Kills what is under way, from whatever thread, for good: a run then ends soon, and none can follow."""
        with self._starting:
            self._killed = True
            for worker in self._alive:
                _kill_group(worker.process)

    def close(self) -> None:
        """Kills every worker and what it runs, and waits until they are gone."""
        while self._alive:
            self._end(self._alive[-1])
        if self._scratch is not None:
            self._scratch.cleanup()
            self._scratch = None

    def __enter__(self) -> LocalExecutor:
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def _start(self, function) -> _Worker:
        """A new worker, which imports what the function needs while it is not handed anything yet."""
        if self._scratch is None:
            self._scratch = tempfile.TemporaryDirectory(prefix=SCRATCH, ignore_cleanup_errors=True)
        ours, theirs = socket.socketpair()
        log = tempfile.TemporaryFile(dir=self._scratch.name)  # noqa: SIM115 (closed with its worker)
        environment = {**os.environ, **self.environment, "TMPDIR": self._scratch.name}
        with self._starting:
            if self._killed:
                raise ToolFailed("worker processes were ended")
            process = subprocess.Popen(
                [sys.executable, "-c", _PROGRAM, str(theirs.fileno()), *sys.path],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=environment,
                process_group=0,
            )
            worker = _Worker(process, Connection(ours.detach()), log, time.monotonic() + START_TIMEOUT)
            self._alive.append(worker)
        theirs.close()
        with suppress(OSError):  # It died at once; `_collect` finds out and says why.
            worker.channel.send((self.memory, pickle.dumps(function)))
        return worker

    def _free(self, function) -> _Worker:
        """An idle worker that lives, the longest there first; else a new one."""
        for worker in [worker for worker in self._alive if worker.idle]:
            if worker.process.poll() is None:
                return worker
            if not worker.ready:
                return worker  # It died in starting; with a task in hand `_collect` says why.
            self._end(worker)
        return self._start(function)

    def _hand(self, function, task, timeout) -> Failure | None:
        """Sends the task to a free worker; a Failure where it cannot be pickled."""
        try:
            packed = pickle.dumps((function, task), pickle.HIGHEST_PROTOCOL)
        except PICKLE_FAULTS as trouble:
            return unsendable(trouble)
        worker = self._free(function)
        worker.idle, worker.task = False, task
        if worker.ready:
            worker.deadline = time.monotonic() + timeout
        with suppress(OSError):  # It died; `_collect` finds out and says why.
            worker.channel.send((timeout, packed))
        return None

    def _collect(self, timeout: float) -> list[tuple[Any, Any | Failure, bool]]:
        """Waits for what happens next: tasks with result or Failure, and whether their worker was
        ready for them (a worker that dies before that is no fault of the task)."""
        busy = [worker for worker in self._alive if not worker.idle]
        wait([worker.channel for worker in busy], max(0.0, min(worker.deadline for worker in busy) - time.monotonic()))
        outcomes = []
        for worker in busy:
            # What has been answered in time counts, however late it is read.
            try:
                message = worker.channel.recv_bytes() if worker.channel.poll() else None
            except (EOFError, OSError):
                outcomes.append((worker.task, self._bury(worker, None), worker.ready))
                continue
            if message is not None and not worker.ready:
                worker.ready = True
                worker.deadline = time.monotonic() + timeout
            elif message is not None:
                outcomes.append((worker.task, unpacked(message), True))
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
            with contextlib.suppress(subprocess.TimeoutExpired):
                status = worker.process.wait(5)
        log = self._end(worker)
        if timeout is None:
            return Failure(
                f"the process that read it died ({_death(status)})",
                "Run again; if it dies again, look at the file.",
                "WorkerDied",
                log,
                Reason.DIED,
            )
        if not worker.ready:
            return Failure("the worker did not start", "", "Timeout", log, Reason.TIME)
        return Failure(
            f"took longer than {timeout:g} seconds",
            "Look at it; raise ingest.page_timeout or ingest.file_timeout if it only is slow.",
            "Timeout",
            log,
            Reason.TIME,
        )

    def _end(self, worker: _Worker) -> str:
        """Kills the worker and what it runs; returns what it wrote last."""
        _kill_group(worker.process)
        worker.process.wait()
        worker.channel.close()
        self._alive.remove(worker)
        return _tail(worker.log)


def unsendable(trouble: BaseException) -> Failure:
    """Why a task did not reach a worker."""
    return Failure(f"cannot be sent to a worker: {trouble}", error_class=type(trouble).__name__)


def unpacked(message: bytes) -> Any | Failure:
    """The result that a worker pickled; a Failure where it cannot be put together again."""
    try:
        return pickle.loads(message)
    except PICKLE_FAULTS as trouble:
        return Failure(f"its result cannot be understood: {trouble}", "Report it.", type(trouble).__name__)


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def share_of_memory(workers: int) -> int:
    """What each of some workers may address of the machine's memory, in bytes: half of it at most, LEAST_MEMORY at
    least."""
    return max(LEAST_MEMORY, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // max(2, workers))


def _kill_group(process: subprocess.Popen) -> None:
    with suppress(ProcessLookupError, PermissionError):  # It and all that it ran are gone.
        os.killpg(process.pid, signal.SIGKILL)


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
    # Libraries in C end their process where they are given no more memory.
    return f"{name}, perhaps out of memory" if name in ("SIGKILL", "SIGABRT", "SIGTRAP") else name
