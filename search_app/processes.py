"""Several server processes behind one listening address: started, replaced when one dies, ended together."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from archive.errors import ArchiveError

#: Seconds that a process has for what it answers still, when all are told to end.
FAREWELL = 15.0
#: Where so many in a row end before they serve, none will.
MOST_STILLBORN = 6
#: What tells a process to end.
_ENDING = (signal.SIGINT, signal.SIGTERM)
#: Seconds between two looks of a process whether the one that keeps it is there still.
_WATCH = 1.0


def keep(count: int, serve: Callable[..., None], *given: object) -> None:
    """Runs `serve(*given, serving)` in so many processes until interrupted or told to end (SIGTERM), and then ends them
    all; one that dies is replaced, and stderr says so. `serving` is to be called by each when it begins to serve.

    Each is a program of its own, and no copy of this one with its threads and open files: what it is given is handed to
    it. Raises ArchiveError where they die before they serve.
    """
    crew = _Crew(serve, given)
    before = {one: signal.signal(one, _interrupt) for one in _ENDING}
    try:
        crew.keep(count)
    except KeyboardInterrupt:
        pass
    finally:
        crew.end()
        for one, handler in before.items():
            signal.signal(one, handler)


def _interrupt(*_signal: object) -> None:
    """Interrupts the process once: what it does then is not to be interrupted again, for Ctrl+C reaches it by itself
    and through its keeper."""
    for one in _ENDING:
        signal.signal(one, signal.SIG_IGN)
    raise KeyboardInterrupt


class _Crew:
    """The processes, each with where it says that it serves."""

    def __init__(self, serve: Callable[..., None], given: Sequence[object]):
        self._context = multiprocessing.get_context("spawn")
        self._serve, self._given = serve, given
        self._alive: dict[BaseProcess, Connection] = {}

    def keep(self, count: int) -> None:
        stillborn = 0
        while True:
            while len(self._alive) < count:
                self._start()
            wait([one.sentinel for one in self._alive])
            for one in [one for one in self._alive if not one.is_alive()]:
                stillborn = 0 if _served(self._alive.pop(one)) else stillborn + 1
                if stillborn >= MOST_STILLBORN:
                    raise ArchiveError(
                        "the server's processes end as soon as they start",
                        item="serve.processes",
                        remedy="What they said stands above; with serve.processes: 1 the server says it by itself.",
                    )
                print(f"Rescate: a server process ended ({one.exitcode}) and is replaced.", file=sys.stderr, flush=True)

    def _start(self) -> None:
        heard, says = self._context.Pipe(duplex=False)
        one = self._context.Process(target=_work, args=(os.getpid(), says, self._serve, self._given), daemon=True)
        # What tells it to end waits until it can hear it.
        signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
        try:
            one.start()
            self._alive[one] = heard
        finally:
            says.close()
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)

    def end(self) -> None:
        """Tells all to end, and ends those that do not."""
        for one in self._alive:
            one.terminate()
        until = time.monotonic() + FAREWELL
        for one in self._alive:
            one.join(max(0.0, until - time.monotonic()))
            if one.is_alive():
                one.kill()
                one.join()


def _served(heard: Connection) -> bool:
    """Whether a process that has ended came to serve."""
    with heard, contextlib.suppress(EOFError):
        return bool(heard.recv())
    return False


def _work(keeper: int, says: Connection, serve: Callable[..., None], given: Sequence[object]) -> None:
    """One process: ends when it is told to, or when its keeper has gone without a word."""
    threading.Thread(target=_watch, args=(keeper,), daemon=True).start()
    for one in _ENDING:
        signal.signal(one, _interrupt)
    with contextlib.suppress(KeyboardInterrupt):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
        serve(*given, lambda: says.send(True))


def _watch(keeper: int) -> None:
    while os.getppid() == keeper:
        time.sleep(_WATCH)
    os.kill(os.getpid(), signal.SIGTERM)
