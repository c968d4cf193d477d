"""The program that a worker process runs: tasks in, results out, over one socket."""

from __future__ import annotations

import faulthandler
import os
import pickle
import resource
import select
import shutil
import signal
import tempfile
import threading
from multiprocessing.connection import Connection
from pathlib import Path

from ingest.execution.protocol import failure

#: A worker that nobody kills in time ends itself this much later, even if hung in foreign code
#: (the parent may be gone; faulthandler's watchdog needs no interpreter lock).
GRACE = 15
#: How the temporary folder of an executor is called.
SCRATCH = "rescate-"


def main(descriptor: int) -> None:
    """Serves tasks until the other end is closed; then ends with all it has started."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # The parent decides; it kills by group.
    channel = Connection(os.dup(descriptor))
    _end_with_parent(descriptor)
    # What it was doing when it crashed, or when its time was up, goes to its log and into the Failure.
    faulthandler.enable()
    faulthandler.register(signal.SIGUSR1)
    memory, wanted = channel.recv()
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    if wanted is not None:
        pickle.loads(wanted)  # for what it imports
    channel.send("ready")
    while True:
        try:
            timeout, packed = channel.recv()
        except (EOFError, OSError):
            _end()
        faulthandler.dump_traceback_later(timeout + GRACE, exit=True)
        answer = _answer(packed)
        faulthandler.cancel_dump_traceback_later()
        try:
            channel.send_bytes(answer)
        except OSError:
            _end()


def _answer(packed: bytes) -> bytes:
    """The pickled result of one task, or its Failure."""
    # One of the three places where every exception is caught: a task's fault must not end its worker.
    try:
        function, task = pickle.loads(packed)
        return pickle.dumps(function(task), pickle.HIGHEST_PROTOCOL)
    except Exception as trouble:
        return pickle.dumps(failure(trouble), pickle.HIGHEST_PROTOCOL)


def _end_with_parent(descriptor: int) -> None:
    """Watches the socket: when the parent is gone, so are we and what we run."""

    def watch() -> None:
        poll = select.poll()
        poll.register(descriptor, select.POLLHUP | getattr(select, "POLLRDHUP", 0))
        poll.poll()
        _end()

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()


def _end() -> None:
    """Ends this process and what it has started, and takes away the executor's temporary folder."""
    scratch = tempfile.gettempdir()
    if Path(scratch).name.startswith(SCRATCH):
        # The parent, which made it, can no longer do so.
        shutil.rmtree(scratch, ignore_errors=True)
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(1)
