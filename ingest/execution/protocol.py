"""What every executor does, and what stands in place of a result where there is none."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from typing import Any, Protocol, Self

from archive.errors import ArchiveError
from archive.reason import Reason


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a task has no result: a reason and a remedy in a person's words, the error's class name
    (`Unreadable`, `Timeout`, `WorkerDied`, or what Python raised), the traceback, where there is one, and the code
    of the reason."""

    reason: str
    remedy: str = ""
    error_class: str = ""
    traceback: str = ""
    code: Reason = Reason.UNEXPECTED


class Executor(Protocol):
    """Runs tasks, each in a process that can be killed alone; a context, at whose end no process is left.

    A task that hangs, wants too much memory, or kills its process costs itself only.
    """

    def run(
        self, function: Callable[[Any], Any], tasks: Iterable[Any], timeout: float
    ) -> Generator[tuple[Any, Any | Failure], None, None]:
        """Each task with its result or Failure, as they complete (not in the order of `tasks`).

        `function` and tasks must be picklable; `timeout` is in seconds a task. Tasks are drawn as they are
        needed, in this thread, so that 100,000 take no more memory than a handful. What is under way is killed when the
        iterator is closed or interrupted. One run at a time; workers are kept for the next. Raises ToolFailed where
        workers do not start at all.
        """
        ...

    def warm(self, function: Callable[[Any], Any], tasks: int) -> None:
        """Starts the workers that so many tasks will want, with what `function` imports; returns at once."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *raised: object) -> None: ...


def failure(trouble: BaseException) -> Failure:
    """What the exception says to a person, with its traceback."""
    trace = "".join(traceback.format_exception(trouble))
    if isinstance(trouble, ArchiveError):
        return Failure(trouble.message, trouble.remedy, type(trouble).__name__, trace, trouble.code)
    if isinstance(trouble, MemoryError):
        return Failure(
            "ran out of memory",
            "Raise ingest.worker_memory, use fewer workers, or a machine with more memory.",
            "MemoryError",
            trace,
            Reason.MEMORY,
        )
    return Failure(
        f"failed unexpectedly: {trouble or type(trouble).__name__}",
        "Report it with the traceback.",
        type(trouble).__name__,
        trace,
    )
