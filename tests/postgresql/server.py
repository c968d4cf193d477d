"""Starts and ends a PostgreSQL on the loopback interface, with its data in a folder that goes with it."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

#: Where Debian keeps it, a folder for each version: off the PATH.
KEPT = Path(os.environ.get("RESCATE_TEST_POSTGRESQL", "/usr/lib/postgresql"))
#: PostgreSQL refuses to run as root: it runs as this user then (nobody).
NOBODY = 65534
#: Seconds until it must answer; it takes about one, longer on a busy machine.
PATIENCE = 600
#: A test's data need not survive a power cut.
SETTINGS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
    "shared_buffers=32MB",
    "unix_socket_directories=",
    "listen_addresses=127.0.0.1",
)

#: Runs PostgreSQL ($2…) until it is told to end or the process of the tests ($1) is gone. QUIT ends it at once.
WATCH = """\
tests=$1; shift
"$@" & server=$!
trap 'kill -QUIT $server 2>/dev/null; wait $server; exit' TERM INT
while kill -0 "$tests" 2>/dev/null && kill -0 $server 2>/dev/null; do sleep 1 & wait $!; done
kill -QUIT $server 2>/dev/null; wait $server
"""


def programs() -> Path | None:
    """The folder of PostgreSQL's newest programs; None where there are none."""
    found = sorted(KEPT.glob("*/bin/initdb"), key=lambda path: int(re.sub(r"\D", "", path.parts[-3]) or 0))
    if not found and (named := shutil.which("initdb")):
        found = [Path(named).resolve()]
    return found[-1].parent if found else None


def wanting() -> str:
    """What this machine lacks to run it; empty where it lacks nothing."""
    absent = [] if programs() else ["PostgreSQL"]
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        absent.append("setpriv")
    return " and ".join(absent)


def start(tests: int, *, folder: Path | None = None, port: int | None = None) -> dict:
    """Starts a server that ends with the process `tests`; its `url`, `pid`, `port` and `folder`, once it answers.

    With the `folder` and `port` of one that was ended, that one goes on.
    """
    again = folder is not None
    folder = folder or Path(tempfile.mkdtemp(prefix="rescate-postgresql-"))
    port = port or _free_port()
    as_user = []
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
        as_user = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {
        "HOME": str(folder)
    }
    if not again:
        subprocess.run(
            [
                *as_user,
                programs() / "initdb",
                "--pgdata",
                folder / "data",
                "--username=rescate",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ],
            cwd=folder,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    command = [*as_user, programs() / "postgres", "-D", folder / "data", "-p", str(port)]
    command += [part for setting in SETTINGS for part in ("-c", setting)]
    with (folder / "output").open("a") as output:
        watch = subprocess.Popen(
            ["sh", "-c", WATCH, "watch", str(tests), *command],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = {
        "url": f"postgresql+psycopg://rescate@127.0.0.1:{port}",
        "pid": watch.pid,
        "port": port,
        "folder": str(folder),
    }
    deadline = time.monotonic() + PATIENCE
    while not _answers(port):
        if watch.poll() is not None or time.monotonic() > deadline:
            said = (folder / "output").read_text("utf-8", "replace")[-3000:]
            end(server)
            raise RuntimeError(f"PostgreSQL did not start:\n{said}")
        time.sleep(0.1)
    return server


def end(server: dict, *, keep: bool = False) -> None:
    """Ends it by its process id, and deletes its folder unless it is to `keep` it."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(server["pid"], signal.SIGTERM)
    deadline = time.monotonic() + 30
    while _alive(server["pid"]) and time.monotonic() < deadline:
        time.sleep(0.05)
    if not keep:
        shutil.rmtree(server["folder"], ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        if os.waitpid(pid, os.WNOHANG) != (0, 0):
            return False
    except ChildProcessError:
        # Started by another process of the same run.
        pass
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _answers(port: int) -> bool:
    import psycopg

    try:
        psycopg.connect(f"host=127.0.0.1 port={port} user=rescate dbname=postgres", connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
