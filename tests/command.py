"""The command `rescate` in a process of its own, forked from one that has its modules loaded: half a second sooner than
started anew, and two where it reads pages, which it does itself.

What the installed program itself does (its entry point, its start, its worker processes) is for the tests that start
COMMAND or ask for `workers`.
"""

import gc
import multiprocessing
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from tests import one_process

COMMAND = Path(sys.executable).with_name("rescate")
#: What the commands load when they run.
_MODULES = [
    "cli",
    "ingest.pipeline",
    "ingest.redo",
    "archive.search.embedded",
    "archive.exports",
    "archive.holdings",
    "archive.settings_file",
    "alembic.command",
    "ingest.page.read",
    "ingest.reports.terminal",
    "tests.one_process",
]


def rescate(*arguments, config=None, cwd=None, timeout=1200, env=None, workers=False) -> subprocess.CompletedProcess:
    """What the command answered: returncode, stdout and stderr as text. Killed, and TimeoutExpired, after `timeout`
    seconds. It reads pages in `workers` of their own only where it is asked to."""
    given = [*(["--config", str(config)] if config else []), *map(str, arguments)]
    with tempfile.TemporaryDirectory() as folder:
        out, said = Path(folder, "out"), Path(folder, "said")
        process = _server().Process(
            target=_run,
            args=(given, cwd or Path.cwd(), {**os.environ, "LC_ALL": "C.UTF-8", **(env or {})}, out, said, workers),
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


def _run(arguments, folder, environment, out, said, workers) -> None:
    for number, path in enumerate((Path(os.devnull), out, said)):
        path.touch()
        os.dup2(os.open(path, os.O_RDWR | os.O_APPEND), number)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv[:] = ["rescate", *arguments]
    from cli import main

    if not workers:
        one_process.read_pages_here()
    try:
        main()
    except SystemExit as ended:
        status = ended.code
    # Closed as when a program ends; a fork ends without.
    gc.collect()
    sys.exit(status)
