"""What runs in a Dask worker: each task in a killable process of that machine, kept for the next task.

Dask can neither end a task that hangs nor bound its memory, and loses a whole worker with it; a LocalExecutor of one
process can, and its process is all that is lost. One is kept for each task that the Dask worker runs at once. What
nobody has used for a while is ended: the run's own machine may have died without a word.
"""

from __future__ import annotations

import pickle
import platform
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive import __version__
from archive.errors import ArchiveError
from archive.reason import Reason
from ingest.execution.local import LocalExecutor
from ingest.execution.protocol import Failure
from ingest.tools import probe, rapidocr

#: Seconds after which a process that nobody uses is ended.
IDLE = 120
#: The error class of a task under which whole Dask workers, and not only its process, were lost.
MACHINE_LOST = "MachineLost"


@dataclass(frozen=True)
class Terms:
    """What a run asks of the machines: `run` is its key, `memory` in bytes for each process (0: as the machine has it),
    `versions` as they must be, `written` are files that must be seen and have a folder that can be written to, `read`
    are paths that must be seen."""

    run: str
    memory: int
    versions: tuple[tuple[str, str], ...]
    written: tuple[Path, ...] = ()
    read: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Unfit:
    """Why the Dask worker at `address` may do nothing for the run."""

    address: str
    problems: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.address}: {'; '.join(self.problems)}"


@dataclass
class _Run:
    """The processes of one run in this Dask worker."""

    problems: tuple[str, ...]
    idle: list[tuple[float, LocalExecutor]] = field(default_factory=list)
    busy: list[LocalExecutor] = field(default_factory=list)


_runs: dict[str, _Run] = {}
_closed: set[str] = set()
_lock = threading.Lock()
_sweeping = threading.Event()


#: What the second reader is called among versions.
SECOND_READER = "RapidOCR"


def versions() -> tuple[tuple[str, str], ...]:
    """What decides whether two machines read a page alike, and understand each other; where pages are read once,
    without SECOND_READER."""
    try:
        reader = probe.tesseract_version()
    except ArchiveError as trouble:
        reader = trouble.message
    return (
        ("rescate", __version__),
        ("Python", ".".join(platform.python_version_tuple()[:2])),
        ("Tesseract", reader),
        (SECOND_READER, rapidocr.version() if rapidocr.is_here() else "not installed"),
    )


def problems(terms: Terms) -> tuple[str, ...]:
    """Why this machine is not fit for the run; empty where it is."""
    here = dict(versions())
    found = [
        f"{name} is {here[name]}, and {wanted} on the machine that asks"
        for name, wanted in terms.versions
        if here[name] != wanted
    ]
    for path in terms.written:
        if not path.is_file():
            found.append(f"does not see {path.parent} as the machine that asks does")
            continue
        try:
            tempfile.TemporaryFile(dir=path.parent).close()
        except OSError as trouble:
            found.append(f"may not write to {path.parent} ({trouble.strerror or trouble})")
    found += [f"does not see {path}" for path in terms.read if not path.exists()]
    return tuple(found)


def perform(terms: Terms, address: str, packed: bytes, timeout: float) -> bytes | Failure | Unfit:
    """The pickled result of a function on a task, both pickled in `packed`, or why there is none.

    Raises ToolFailed where no process can be started here.
    """
    with _lock:
        run = _runs.get(terms.run)
    found = problems(terms) if run is None else run.problems
    with _lock:
        run = _runs.setdefault(terms.run, _Run(found))
        if terms.run in _closed:
            return Failure("was ended", error_class="Cancelled", code=Reason.DIED)
        if run.problems:
            return Unfit(address, run.problems)
        executor = run.idle.pop()[1] if run.idle else LocalExecutor(1, memory=terms.memory)
        run.busy.append(executor)
    keep = False
    try:
        ((_, result),) = executor.run(call, [packed], timeout)
        keep = True
        return result
    finally:
        with _lock:
            run.busy.remove(executor)
            keep &= terms.run not in _closed
            if keep:
                run.idle.append((time.monotonic(), executor))
        if keep:
            _sweep_from_now_on()
        else:
            executor.close()


def call(packed: bytes) -> bytes:
    """Runs in the killable process: what the task needs is imported there only."""
    function, task = pickle.loads(packed)
    return pickle.dumps(function(task), pickle.HIGHEST_PROTOCOL)


def end(run_key: str) -> None:
    """Ends the run's processes in this Dask worker, those that work too; nothing more is done for it."""
    with _lock:
        _closed.add(run_key)
        run = _runs.pop(run_key, None)
        idle = [executor for _, executor in run.idle] if run else []
        for executor in run.busy if run else ():
            executor.kill()
    for executor in idle:
        executor.close()


def _sweep_from_now_on() -> None:
    if not _sweeping.is_set():
        _sweeping.set()
        threading.Thread(target=_sweep, name="end-idle-processes", daemon=True).start()


def _sweep() -> None:
    while True:
        time.sleep(IDLE / 4)
        with _lock:
            late = time.monotonic() - IDLE
            old: list[Any] = [(run, one) for run in _runs.values() for one in run.idle if one[0] < late]
            for run, one in old:
                run.idle.remove(one)
        for _, (_, executor) in old:
            executor.close()
