"""What a command took: time on the clock, time on the processors, and memory at its highest."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

MIB = 1024 * 1024


@dataclass(frozen=True)
class Spent:
    """Seconds on the clock, and of the processors by a command and all that it ran."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Peak:
    """MiB at the highest: of the command's own process, and of all its processes together (shared pages once)."""

    parent: float
    tree: float


def spent(work: Callable[[], object]) -> Spent:
    """What the child processes of `work` spent while it ran."""
    before, began = _children_cpu(), time.perf_counter()
    work()
    return Spent(time.perf_counter() - began, _children_cpu() - before)


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(command: list, log: Path, **environment: str) -> None:
    """Raises SystemExit with the end of the log where the command fails."""
    with log.open("w") as said:
        code = subprocess.run(
            [str(part) for part in command], stdout=said, stderr=subprocess.STDOUT, env={**os.environ, **environment}
        ).returncode
    if code:
        raise SystemExit(f"{' '.join(map(str, command))} ended with {code}:\n{log.read_text()[-2000:]}")


def peak(command: list, log: Path, every: float = 0.1) -> Peak:
    """The memory of `command`, looked at every tenth of a second."""
    parents, trees = [0.0], [0.0]
    with log.open("w") as said:
        process = psutil.Popen([str(part) for part in command], stdout=said, stderr=subprocess.STDOUT)
        ended = threading.Event()

        def watch():
            while not ended.wait(every):
                try:
                    family = [process, *process.children(recursive=True)]
                    parents.append(process.memory_info().rss / MIB)
                    trees.append(sum(map(_proportional, family)) / MIB)
                except psutil.Error:
                    continue

        watcher = threading.Thread(target=watch)
        watcher.start()
        code = process.wait()
        ended.set()
        watcher.join()
    if code:
        raise SystemExit(f"{' '.join(map(str, command))} ended with {code}:\n{log.read_text()[-2000:]}")
    return Peak(max(parents), max(trees))


def _proportional(process: psutil.Process) -> int:
    """Bytes in memory, what is shared divided among its users; 0 for a process that has gone."""
    try:
        memory = process.memory_full_info()
        return getattr(memory, "pss", memory.rss)
    except psutil.Error:
        return 0


def machine() -> str:
    """One line on where this was measured."""
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, {memory:.0f} GiB, Python "
        f"{platform.python_version()}"
    )
