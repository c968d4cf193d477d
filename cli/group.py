"""The group `rescate`, the rim where every error becomes a sentence and an exit code, and what commands share."""

from __future__ import annotations

import errno
import json
import os
import sys
import tempfile
import traceback
from pathlib import Path

import click

from archive import __version__
from archive.config import Config, find, load
from archive.errors import ArchiveError
from archive.search.request import Audience

#: Exit codes beside those of ArchiveError's classes: the disk, and (sysexits' EX_SOFTWARE) a fault of the program.
DISK, FAULT = 3, 70

_REMEDIES = {
    errno.ENOSPC: "Make room on the disk, then run the same command again.",
    errno.EDQUOT: "Make room on the disk, then run the same command again.",
    errno.EACCES: "Run the command as the account that owns the folder, or give this one the right.",
    errno.EPERM: "Run the command as the account that owns the folder, or give this one the right.",
    errno.EROFS: "The disk is mounted for reading only: run the command where it may be written.",
}


class _Group(click.Group):
    """The rim of the program: every error becomes a sentence and an exit code."""

    def invoke(self, context: click.Context):
        try:
            return super().invoke(context)
        except ArchiveError as wrong:
            click.echo(f"rescate: {wrong}", err=True)
            context.exit(wrong.exit_code)
        except BrokenPipeError:
            # Whoever read our output has read enough.
            sys.stderr.close()
            context.exit(0)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except OSError as trouble:
            click.echo(f"rescate: {_of_the_disk(trouble)}", err=True)
            context.exit(DISK)
        except Exception:
            click.echo(
                f"rescate: a fault of the program itself. What it was stands in {_kept_fault()}: look through it "
                "for names before "
                "you send it to anyone. Nothing that was written before is lost.",
                err=True,
            )
            context.exit(FAULT)


def _of_the_disk(trouble: OSError) -> ArchiveError:
    """What the system says of a file, as a sentence with what to do."""
    remedy = _REMEDIES.get(trouble.errno, "Look at the disk or the network folder, then run the same command again.")
    return ArchiveError(
        (trouble.strerror or str(trouble)).lower(), item=os.fsdecode(trouble.filename or ""), remedy=remedy
    )


def _kept_fault() -> str:
    """The path of a file, for its owner's eyes, that holds the traceback of what is being handled; where none can be
    written, the traceback."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="rescate-fault-", suffix=".txt", encoding="utf-8", delete=False
        ) as file:
            traceback.print_exc(file=file)
            return file.name
    except OSError:
        return f"these lines:\n{traceback.format_exc()}"


@click.group(cls=_Group, context_settings={"max_content_width": 100})
@click.version_option(__version__, prog_name="rescate")
@click.option(
    "--config",
    "path",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The settings file; without it, the nearest config.yaml here or above.",
)
@click.pass_context
def main(context: click.Context, path: Path | None) -> None:
    """Rescate: the archive and search of El Rescate's historical collection."""
    context.obj = lambda: load(path if path is not None else find(Path.cwd()))


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON: a list one object a line.")
#: The number of a batch, within what every database counts to.
BATCH_NUMBER = click.IntRange(1, 2**31 - 1)
staff_option = click.option("--staff", is_flag=True, help="Ask the staff's index and read what is restricted, too.")


def config_of(context: click.Context) -> Config:
    """The settings, read when a command first asks for them: help needs none."""
    return context.find_root().obj()


def audience_of(config: Config, staff: bool) -> Audience:
    """Whom a command answers; raises ArchiveError where the staff's index is not built."""
    if staff and not config.search.staff_index:
        raise ArchiveError(
            "there is no staff index",
            item="--staff",
            remedy="Set search.staff_index: true in config.yaml, then run `rescate reindex`.",
        )
    return Audience.STAFF if staff else Audience.PUBLIC


def print_json(value) -> None:
    """One line; a file's name that is no Unicode text is escaped, as JSON can."""
    written = json.dumps(value, ensure_ascii=False, default=str)
    try:
        written.encode("utf-8")
    except UnicodeEncodeError:
        written = json.dumps(value, default=str)
    click.echo(written)
