"""`rescate watch`: takes in what arrives in folders, until interrupted."""

from __future__ import annotations

import contextlib
import signal
import time
from datetime import timedelta
from pathlib import Path

import click

from archive.config import Config
from archive.errors import ConfigError
from commands.options import account, config_of


class _Stopped(BaseException):
    """Raised between two pages, when the watch is to end: what is read is in the catalog, the rest is read next
    time."""


@click.command(short_help="Take in what arrives in folders.")
@click.argument(
    "folders",
    nargs=-1,
    required=True,
    metavar="FOLDER...",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option(
    "--settle",
    type=click.FloatRange(min=0.1),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="How long nothing must happen in a folder before it is taken in.",
)
@click.option(
    "--poll",
    is_flag=True,
    help="Look at the folders every few seconds: for network folders whose system tells of no changes.",
)
@click.pass_context
def watch(context: click.Context, folders: tuple[Path, ...], settle: float, poll: bool) -> None:
    """Take in what arrives in folders, until interrupted; first what is there.

    A folder is taken in as a whole once nothing has been written below it for --settle seconds and no file of it
    is open for writing, so that scans and the metadata.csv that comes after them go in together. Where deliveries
    overlap, give each its folder: watch a/ b/. A run that fails is tried again after growing pauses. SIGINT and
    SIGTERM end it after the page under way; a second one ends it at once.
    """
    from ingest.watching.watch import Watch

    config = config_of(context)
    for folder in folders:
        if config.data_folder.is_relative_to(folder.resolve()):
            raise ConfigError(
                "holds the archive's own data folder and cannot be watched",
                item=str(folder),
                remedy="Watch a folder that holds scans only.",
            )
    watched = Watch(
        folders,
        lambda folder: _take_in(config, folder, watched),
        _say,
        settle=settle,
        ignore=config.ingest.ignore,
        poll=poll,
    )

    def stop(number: int, _frame) -> None:
        if watched.stopped:
            raise KeyboardInterrupt
        _say(f"{signal.Signals(number).name}: ending after the page under way.")
        watched.stop()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    _say(f"Watching {', '.join(map(str, folders))}.")
    with contextlib.suppress(KeyboardInterrupt, _Stopped):
        watched.run()
    _say("Ended; the next run does what is missing.")


def _take_in(config: Config, folder: Path, watched) -> bool:
    """One ordinary ingest; whether nothing is left to be tried again by itself."""
    from ingest.pipeline import Ingest
    from ingest.reports.running import Running

    began, running, progress = time.monotonic(), Running(), _Log(watched)
    run = Ingest(config, progress, actor=account())
    for outcome in run.run([folder]):
        for line in running.add(outcome):
            _say(line)
    took = timedelta(seconds=time.monotonic() - began)
    for line in running.end(took, progress.read, run.sheet_errors, run.batch.id if run.batch else None):
        _say(line)
    if run.index_trouble is not None:
        _say(f"The catalog has everything; the index has not yet: {run.index_trouble}")
    return run.index_trouble is None


class _Log:
    """Progress as plain lines; between two steps it looks whether to stop."""

    def __init__(self, watched):
        self._watched = watched
        self._stage = ""
        self.read = 0

    def stage(self, name: str, total: int) -> None:
        self._stage = name
        if total:
            _say(f"{name}: {total}")

    def fail(self, steps: int = 1) -> None:
        pass

    def skip(self, steps: int = 1) -> None:
        pass

    def begin(self, what: str) -> None:
        pass

    def finish(self, what: str) -> None:
        pass

    def advance(self, steps: int = 1) -> None:
        self.read += steps if self._stage == "read" else 0
        if self._watched.stopped:
            raise _Stopped

    def say(self, sentence: str) -> None:
        _say(sentence)


def _say(sentence: str) -> None:
    click.echo(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {sentence}", err=True)
