"""Runs a function over many tasks, each in a process that can be killed: on this machine, or on a Dask cluster.

open_executor   by the settings: the one place where it is decided which
protocol        what every executor does, and Failure, which stands for a result where there is none
local           worker processes of this machine; `worker` is their program
cluster         the same on the machines of a Dask cluster; `station` is what runs there
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from archive.config import IngestSettings
from archive.errors import ConfigError
from ingest.execution.protocol import Executor, Failure

__all__ = ["Executor", "Failure", "open_executor"]


def open_executor(settings: IngestSettings, *, writes: Iterable[Path] = (), reads: Iterable[Path] = ()) -> Executor:
    """The executor that the settings ask for, to be used as a context.

    On a cluster every machine must see the folders `writes` (the archive's data) and the paths `reads` (the
    masters) where they are here; entering the context makes sure, and raises ConfigError where one does not. Raises
    ToolMissing where Dask is asked for and not installed, ConfigError where its scheduler does not answer.
    """
    memory = settings.worker_memory << 20
    if settings.executor == "local":
        from ingest.execution.local import LocalExecutor

        return LocalExecutor(settings.workers, memory=memory)
    if not settings.dask.scheduler:
        raise ConfigError(
            "ingest.executor is dask, but no scheduler is named",
            remedy='Set ingest.dask.scheduler, e.g. "tcp://192.0.2.1:8786", or ingest.executor: local.',
        )
    from ingest.execution.cluster import DaskExecutor

    return DaskExecutor(
        settings.dask.scheduler,
        memory=memory,
        writes=writes,
        reads=reads,
        second_reader=settings.second_reader != "never",
    )
