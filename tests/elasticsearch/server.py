"""Brings, starts and ends an Elasticsearch on the loopback interface."""

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

POM = Path(__file__).with_name("pom.xml")
#: Which one: that of the POM, or another that is asked for. Elasticsearch 9 wants Java 21 or newer: see `java`.
VERSION = os.environ.get("RESCATE_TEST_ELASTICSEARCH_VERSION") or re.search(
    r"<elasticsearch\.version>([\d.]+)<", POM.read_text("utf-8")
).group(1)

#: Elasticsearch refuses to run as root: it runs as this user then (nobody).
NOBODY = 65534
#: Seconds until it must answer; it takes about 13, longer on a busy machine.
PATIENCE = 600

SETTINGS = """\
cluster.name: rescate-tests
network.host: 127.0.0.1
http.port: {http}
transport.port: {transport}
discovery.type: single-node
xpack.security.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
"""

#: Runs Elasticsearch ($2…) until it is told to end or the process of the tests ($1) is gone.
WATCH = """\
tests=$1; shift
"$@" & server=$!
trap 'kill $server 2>/dev/null; wait $server; exit' TERM INT
while kill -0 "$tests" 2>/dev/null && kill -0 $server 2>/dev/null; do sleep 1 & wait $!; done
kill $server 2>/dev/null; wait $server
"""


def wanting() -> str:
    """What this machine lacks to run it; empty where it lacks nothing."""
    absent = [name for name in ("java", "mvn") if shutil.which(name) is None]
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        absent.append("setpriv")
    return " and ".join(absent)


def cache() -> Path:
    """The folder outside the project where the zip is kept."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "rescate" / "elasticsearch"


def bring(folder: Path) -> list[str]:
    """The command that brings the zip to a folder."""
    which = f"-Delasticsearch.version={VERSION}"
    return ["mvn", "-q", "-B", "-f", str(POM), which, "dependency:copy", f"-DoutputDirectory={folder}"]


def java() -> Path:
    """The folder of the Java that runs it: JAVA_HOME, or that of the command `java`."""
    given = os.environ.get("JAVA_HOME")
    return Path(given) if given else Path(shutil.which("java")).resolve().parents[1]


def archive() -> Path:
    """The zip, from the cache; Maven brings it there the first time."""
    found = cache() / f"elasticsearch-{VERSION}.zip"
    if not found.exists():
        found.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=found.parent) as aside:
            subprocess.run(bring(Path(aside)), check=True, stdin=subprocess.DEVNULL)
            (Path(aside) / found.name).replace(found)
    return found


def start(tests: int) -> dict:
    """Starts a server that ends with the process `tests`; its `url`, `pid` and `folder`, once it answers."""
    zipped = archive()
    folder = Path(tempfile.mkdtemp(prefix="rescate-elasticsearch-"))
    with zipfile.ZipFile(zipped) as files:
        for member in files.infolist():
            path = Path(files.extract(member, folder))
            if member.filename.endswith("/") or "/bin/" in member.filename:
                path.chmod(0o755)
    home = folder / f"elasticsearch-{VERSION}"
    http, transport = _free_ports(2)
    (home / "config" / "elasticsearch.yml").write_text(SETTINGS.format(http=http, transport=transport), "utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ES_", "RESCATE_"))}
    environment |= {
        "ES_JAVA_HOME": str(java()),
        "ES_JAVA_OPTS": "-Xms512m -Xmx512m",
        "HOME": str(folder),
        "ES_TMPDIR": str(folder / "tmp"),
    }
    (folder / "tmp").mkdir()
    command = [str(home / "bin" / "elasticsearch")]
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
        command = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *command]
    with (folder / "output").open("w") as output:
        watch = subprocess.Popen(
            ["sh", "-c", WATCH, "watch", str(tests), *command],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = {"url": f"http://127.0.0.1:{http}", "pid": watch.pid, "folder": str(folder)}
    deadline = time.monotonic() + PATIENCE
    while not _answers(server["url"]):
        if watch.poll() is not None or time.monotonic() > deadline:
            said = (folder / "output").read_text("utf-8", "replace")[-3000:]
            end(server)
            raise RuntimeError(f"Elasticsearch did not start:\n{said}")
        time.sleep(0.25)
    return server


def end(server: dict) -> None:
    """Ends it by its process id, and deletes its folder."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(server["pid"], signal.SIGTERM)
    deadline = time.monotonic() + 30
    while _alive(server["pid"]) and time.monotonic() < deadline:
        time.sleep(0.1)
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


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_cluster/health", timeout=2) as answer:
            return json.load(answer)["status"] in ("green", "yellow")
    except (OSError, urllib.error.URLError, ValueError):
        return False


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()
