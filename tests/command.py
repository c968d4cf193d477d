"""The command `rescate` in a process of its own, forked from one that has its modules loaded: half a second sooner than
started anew.

What the installed program itself does (its entry point, its start) is for the tests that start COMMAND.
"""

import gc
import multiprocessing
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

COMMAND = Path(sys.executable).with_name("rescate")
#: What the commands load when they run.
_MODULES = [
    "cli",
    "ingest.pipeline",
    "ingest.redo",
    "archive.search.embedded",
    "archive.exports",
    "archive.holdings",
]


def rescate(*arguments, config=None, cwd=None, timeout=1200, env=None) -> subprocess.CompletedProcess:
    """What the command answered: returncode, stdout and stderr as text. Killed, and TimeoutExpired, after `timeout`
    seconds."""
    given = [*(["--config", str(config)] if config else []), *map(str, arguments)]
    with tempfile.TemporaryDirectory() as folder:
        out, said = Path(folder, "out"), Path(folder, "said")
        process = _server().Process(
            target=_run, args=(given, cwd or Path.cwd(), {**os.environ, "LC_ALL": "C.UTF-8", **(env or {})}, out, said)
        )
        process.start()
        process.join(timeout)
        hung = process.exitcode is None
        if hung:
            process.kill()
            process.join()
        printed = [path.read_text("utf-8") if path.exists() else "" for path in (out, said)]
        if hung:
            raise subprocess.TimeoutExpired(given, timeout, *printed)
        return subprocess.CompletedProcess(given, process.exitcode, *printed)


@cache
def _server():
    """Starts processes by forking one that has no threads: NumPy's would be lost in the fork."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload(_MODULES)
    return server


def _run(arguments, folder, environment, out, said) -> None:
    for number, path in enumerate((Path(os.devnull), out, said)):
        path.touch()
        os.dup2(os.open(path, os.O_RDWR | os.O_APPEND), number)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv[:] = ["rescate", *arguments]
    from cli import main

    try:
        main()
    except SystemExit as ended:
        status = ended.code
    # Closed as when a program ends; a fork ends without.
    gc.collect()
    sys.exit(status)
