"""Tasks on the machines of a Dask cluster, each in a process of its own there that can be killed (`station`).

The scheduler holds a few tasks for each processor and no more. A task whose machine disappears runs again elsewhere, as
often as the scheduler's own setting has it (distributed.scheduler.allowed-failures, 3). The scheduler blames all tasks
that the machine held; so each of them runs once more at the end, alone, before it is a Failure.
"""

from __future__ import annotations

import logging
import os
import pickle
import queue
import secrets
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Literal

from archive.errors import ArchiveError, ConfigError, ToolFailed, ToolMissing
from archive.reason import Reason
from ingest.execution import station
from ingest.execution.local import PICKLE_FAULTS, START_TIMEOUT, STARTS, unpacked, unsendable
from ingest.execution.protocol import Failure

try:
    import distributed
except ImportError as missing:
    raise ToolMissing(
        "ingest.executor is dask, but Dask is not installed",
        remedy='Install it on every machine: pip install "rescate[dask]".',
    ) from missing

#: Tasks that the scheduler holds for each processor of the cluster.
TASKS_A_PROCESSOR = 4
#: Seconds that the scheduler may take to answer, and then the first worker to be there.
CONNECT_TIMEOUT = FIRST_WORKER_TIMEOUT = 10
#: Seconds that a cluster may be without a worker before the run is given up.
EMPTY_TIMEOUT = 120
#: Seconds between two looks at who is there.
LOOK_EVERY = 2
#: Seconds in which every worker must have answered a question about itself.
ANSWER_TIMEOUT = 60
#: Seconds in which, beyond its own time, some task is back: a machine ends a task whose time is up, and starts a
#: process anew so often.
SILENCE = START_TIMEOUT * STARTS + EMPTY_TIMEOUT + 60

_log = logging.getLogger(__name__)


class _Client(distributed.Client):
    """A client that is closed where it cannot start.

    Dask leaves one that was given an unusable address to the garbage collector, which closes it under a lock that
    whoever starts the next client in that moment holds already, and waits for ever (distributed 2026.8,
    `LoopRunner._lock`).
    """

    def start(self, **how) -> None:
        with ExitStack() as undone:
            undone.callback(self.close)
            super().start(**how)
            undone.pop_all()


class DaskExecutor:
    """An Executor on the cluster whose scheduler is at the address `scheduler`.

    `memory` is what each process may address, in bytes (0: half of its machine's). Every machine must see the folders
    `writes` and the paths `reads` where they are here; and have the `second_reader` of this machine where there is one
    to be asked.
    """

    def __init__(
        self,
        scheduler: str,
        *,
        memory: int = 0,
        writes: Iterable[Path] = (),
        reads: Iterable[Path] = (),
        second_reader: bool = True,
    ):
        self.scheduler = scheduler
        self._versions = tuple(
            (name, version) for name, version in station.versions() if second_reader or name != station.SECOND_READER
        )
        self._memory = memory
        self._writes = [Path(path).resolve() for path in writes]
        # What is not there on this machine either, the run itself says.
        self._reads = tuple(path for path in (Path(one).absolute() for one in reads) if path.exists())
        self._marks: list[Path] = []
        self._unfit: dict[str, station.Unfit] = {}
        self._client: distributed.Client | None = None
        self._terms: station.Terms | None = None
        self._processors: dict[str, int] = {}
        self._looked = self._seen = 0.0

    def __enter__(self) -> DaskExecutor:
        """Joins the cluster. Raises ConfigError where the scheduler does not answer or a worker differs from this
        machine (in version, or in what it sees), ToolFailed where it has no workers."""
        try:
            self._client = _Client(self.scheduler, timeout=CONNECT_TIMEOUT, set_as_default=False)
        except (OSError, ValueError) as trouble:  # TimeoutError is an OSError
            raise ConfigError(
                f"no Dask scheduler answers: {trouble}",
                item=self.scheduler,
                remedy="Start it (`dask scheduler`), or correct ingest.dask.scheduler.",
            ) from trouble
        with ExitStack() as undone:
            undone.callback(self.close)
            self._terms = self._set_terms()
            self._wait_for_workers()
            self._check_workers()
            undone.pop_all()
        return self

    def __exit__(self, *_) -> None:
        self.close()

    @property
    def _joined(self) -> distributed.Client:
        assert self._client is not None, "only within its context"
        return self._client

    def warm(self, function: Callable[[Any], Any], tasks: int) -> None:
        """Nothing: the cluster's processes start with their first tasks and are kept."""

    def close(self) -> None:
        """Ends every process of this run on the cluster, and leaves it."""
        if self._client is not None:
            if self._client.status == "running":
                self._end_processes()
            try:
                self._client.close()
            except TimeoutError:
                _log.warning("The Dask scheduler %s does not answer a farewell; what was done is kept", self.scheduler)
            self._client = None
        for mark in self._marks:
            mark.unlink(missing_ok=True)

    def run(
        self, function: Callable[[Any], Any], tasks: Iterable[Any], timeout: float
    ) -> Generator[tuple[Any, Any | Failure], None, None]:
        """See `Executor.run`. Raises ToolFailed where the scheduler is lost, no worker is left, or none answers any
        more."""
        pending = iter(tasks)
        again: deque = deque()  # tasks that came to a worker that was not fit
        suspects: deque = deque()  # tasks under which workers were lost, with others under way: one of them is to blame
        under_way: dict[distributed.Future, tuple[Any, bytes]] = {}
        answered: queue.SimpleQueue = queue.SimpleQueue()
        alone = False
        heard = 0.0  # when the last task was sent or came back
        try:
            while True:
                self._look()
                while not alone and len(under_way) < TASKS_A_PROCESSOR * max(1, sum(self._processors.values())):
                    try:
                        task, packed = again.popleft() if again else self._packed(function, next(pending))
                    except StopIteration:
                        if under_way or not suspects:
                            break
                        alone = True
                        task, packed = suspects.popleft()
                    if isinstance(packed, Failure):
                        yield task, packed
                        continue
                    future = self._submit(packed, timeout)
                    under_way[future] = task, packed
                    heard = time.monotonic()
                    future.add_done_callback(answered.put)
                if not under_way:
                    return
                try:
                    future = answered.get(timeout=LOOK_EVERY)
                except queue.Empty as silence:
                    if time.monotonic() - heard > timeout + SILENCE:
                        # A fault of the cluster that nothing else would end.
                        raise ToolFailed(
                            f"the Dask cluster has not answered for {time.monotonic() - heard:.0f} seconds",
                            item=self.scheduler,
                            remedy="Look at the workers' logs, start them anew, and run again: only what is "
                            "missing is done.",
                        ) from silence
                    continue
                heard = time.monotonic()
                task, packed = under_way.pop(future)
                result = self._result(future)
                future.release()
                match result:
                    case station.Unfit():
                        self._exclude(result)
                        again.append((task, packed))
                    case Failure(error_class=station.MACHINE_LOST) if not alone:
                        suspects.append((task, packed))
                    case _:
                        yield task, result
                alone = False
        finally:
            if under_way and self._client is not None:
                self._client.cancel(list(under_way), force=True)
                self._end_processes()
                self._terms = self._set_terms()

    def _packed(self, function, task) -> tuple[Any, bytes | Failure]:
        try:
            return task, pickle.dumps((function, task), pickle.HIGHEST_PROTOCOL)
        except PICKLE_FAULTS as trouble:
            return task, unsendable(trouble)

    def _submit(self, packed: bytes, timeout: float) -> distributed.Future:
        fit = [address for address in self._processors if address not in self._unfit] if self._unfit else None
        return self._joined.submit(
            _perform,
            self._terms,
            packed,
            timeout,
            pure=False,
            workers=fit or None,
            allow_other_workers=bool(fit),
            key=f"rescate-{secrets.token_hex(8)}",
        )

    def _result(self, future: distributed.Future) -> Any | Failure | station.Unfit:
        if future.status == "error":
            trouble = future.exception()
            if isinstance(trouble, distributed.KilledWorker):
                return Failure(
                    f"{trouble.allowed_failures + 1} Dask workers were lost while it ran",
                    "Run again; if it happens again, look at the file and at the workers' logs.",
                    station.MACHINE_LOST,
                    code=Reason.DIED,
                )
            if isinstance(trouble, ArchiveError):
                raise trouble
            raise ToolFailed(
                f"a Dask worker cannot run tasks: {trouble!r}",
                item=self.scheduler,
                remedy="Look at the workers' logs; install the same Rescate on every machine.",
            ) from trouble
        if future.status != "finished":
            raise ToolFailed(
                "the connection to the Dask scheduler was lost",
                item=self.scheduler,
                remedy="Start it again, and run again: only what is missing is done.",
            )
        answer = future.result()
        return unpacked(answer) if isinstance(answer, bytes) else answer

    # -- who is there, and fit

    def _set_terms(self) -> station.Terms:
        """A new key, and a mark in each folder that the machines are to write to, to be seen by all."""
        key = secrets.token_hex(8)
        if not self._marks:
            for folder in self._writes:
                folder.mkdir(parents=True, exist_ok=True)
                mark = folder / f".seen-by-all-{key}"
                mark.write_text(f"process {os.getpid()}\n", "utf-8")
                self._marks.append(mark)
        return station.Terms(key, self._memory, self._versions, tuple(self._marks), self._reads)

    def _wait_for_workers(self) -> None:
        try:
            self._joined.wait_for_workers(1, timeout=FIRST_WORKER_TIMEOUT)
        except TimeoutError as trouble:
            raise ToolFailed(
                "the Dask cluster has no workers",
                item=self.scheduler,
                remedy=f"Start some: dask worker {self.scheduler}",
            ) from trouble

    def _check_workers(self) -> None:
        """ConfigError with what is wrong at each worker, where something is."""
        try:
            found = self._ask_all(_problems, self._terms, on_error="return")
        except TimeoutError as trouble:
            raise ToolFailed(
                f"a worker of the Dask cluster does not answer within {ANSWER_TIMEOUT} seconds",
                item=self.scheduler,
                remedy="Look at the workers' logs; start those anew that hang.",
            ) from trouble
        wrong = [
            f"{address}: {answer!r}" if isinstance(answer, Exception) else str(station.Unfit(address, answer))
            for address, answer in found.items()
            if answer
        ]
        if wrong:
            raise ConfigError(
                "workers of the Dask cluster are not fit for this archive: " + " | ".join(wrong),
                item=self.scheduler,
                remedy="Install the same versions on every machine, and mount the "
                "masters and the data folder at the same paths.",
            )

    def _ask_all(self, function, *arguments, on_error: Literal["return", "ignore"]) -> dict[str, Any]:
        """What the function answers in each worker, by the worker's address; TimeoutError where one gives no answer."""
        return self._joined.run(function, *arguments, on_error=on_error, callback_timeout=ANSWER_TIMEOUT)

    def _end_processes(self) -> None:
        try:
            if self._terms is not None:
                self._ask_all(station.end, self._terms.run, on_error="ignore")
        except TimeoutError:
            _log.warning(
                "A worker of the Dask cluster %s does not answer; processes of this run may be left there for %d "
                "seconds",
                self.scheduler,
                station.IDLE,
            )

    def _look(self) -> None:
        """Who is there, asked every few seconds; ToolFailed where nobody has been for long."""
        now = time.monotonic()
        if now - self._looked < LOOK_EVERY:
            return
        self._processors = self._joined.nthreads()
        self._looked = now
        if self._processors.keys() - self._unfit.keys() or not self._seen:
            self._seen = now
        elif now - self._seen > EMPTY_TIMEOUT:
            said = "; ".join(map(str, self._unfit.values()))
            raise ToolFailed(
                f"the Dask cluster has no worker left{f' that is fit ({said})' if said else ''}",
                item=self.scheduler,
                remedy="Start some, and run again: only what is missing is done.",
            )

    def _exclude(self, unfit: station.Unfit) -> None:
        """A worker that joined late and is not fit is given nothing more."""
        if unfit.address not in self._unfit:
            _log.warning("A Dask worker is left out: %s", unfit)
            self._unfit[unfit.address] = unfit
        self._looked = 0.0


def _perform(terms: station.Terms, packed: bytes, timeout: float):
    return station.perform(terms, distributed.get_worker().address, packed, timeout)


def _problems(terms: station.Terms) -> tuple[str, ...]:
    return station.problems(terms)
