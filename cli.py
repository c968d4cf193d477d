"""The command `rescate`: what there is to run, by which settings, and what becomes of an error.

`rescate`, `python -m cli` and `python cli.py` are one. Each command is a module of `commands`; it imports what it calls
when it runs, so that help and the shell's completion need nothing else.
"""

from __future__ import annotations

import errno
import os
import sys
import tempfile
import traceback
from pathlib import Path

import click

from archive import __version__
from archive.config import find, load
from archive.errors import ArchiveError
from commands import (
    batch,
    check,
    correct,
    demo,
    dump,
    export,
    finding_aid,
    ingest,
    mentions,
    pages,
    redo,
    reindex,
    report,
    review,
    search,
    serve,
    verify,
    watch,
)

#: The commands, under the headings of `rescate --help`.
COMMANDS = {
    "Taking in": (ingest.ingest, batch.batch, watch.watch, finding_aid.finding_aid),
    "Reading": (pages.pages, mentions.mentions, redo.redo, review.review, correct.correct, correct.corrections),
    "Finding": (search.search, export.export),
    "Keeping": (report.report, verify.verify, dump.dump, dump.restore),
    "Serving": (serve.serve, reindex.reindex, check.check, demo.demo),
}

#: Exit codes beside those of ArchiveError's classes: the disk; a fault of the program (EX_SOFTWARE of sysexits.h);
#: Ctrl+C (128 and SIGINT, as shells have it).
DISK, FAULT, INTERRUPTED = 3, 70, 130

_ACCOUNT = "Run the command as the account that owns the folder, or give this one the right."
_REMEDIES = {
    errno.ENOSPC: "Make room on the disk, then run the same command again.",
    errno.EDQUOT: "Make room on the disk, then run the same command again.",
    errno.EACCES: _ACCOUNT,
    errno.EPERM: _ACCOUNT,
    errno.EROFS: "The disk is mounted for reading only: run the command where it may be written.",
}


class Rescate(click.Group):
    """The rim of the program: every error becomes a sentence and an exit code. Help lists the commands by heading."""

    def invoke(self, context: click.Context):
        try:
            return super().invoke(context)
        except ArchiveError as wrong:
            _end(context, str(wrong), wrong.exit_code)
        except BrokenPipeError:
            # Whoever read our output has read enough.
            sys.stderr.close()
            context.exit(0)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except OSError as trouble:
            _end(context, str(_of_the_disk(trouble)), DISK)
        except KeyboardInterrupt:
            _end(context, "interrupted. What was written before is kept: run the same command again.", INTERRUPTED)
        except Exception:
            fault = f"a fault of the program itself. What it was stands in {_kept_fault()}: look through it for names"
            _end(context, f"{fault} before you send it to anyone. Nothing that was written before is lost.", FAULT)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        width = formatter.width - 6 - max(map(len, self.commands))
        for heading, commands in COMMANDS.items():
            with formatter.section(heading):
                formatter.write_dl([(command.name or "", command.get_short_help_str(width)) for command in commands])


def _end(context: click.Context, sentence: str, code: int) -> None:
    click.echo(f"rescate: {sentence}", err=True)
    context.exit(code)


def _of_the_disk(trouble: OSError) -> ArchiveError:
    """What the system says of a file, as a sentence with what to do."""
    remedy = _REMEDIES.get(
        trouble.errno or 0, "Look at the disk or the network folder, then run the same command again."
    )
    said = (trouble.strerror or str(trouble)).lower()
    return ArchiveError(said, item=os.fsdecode(trouble.filename or ""), remedy=remedy)


def _kept_fault() -> str:
    """The path of a file, for its owner's eyes, that holds the traceback of what is being handled; where none can be
    written, the traceback."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", -1, "utf-8", prefix="rescate-fault-", suffix=".txt", delete=False
        ) as file:
            traceback.print_exc(file=file)
            return file.name
    except OSError:
        return f"these lines:\n{traceback.format_exc()}"


@click.group(cls=Rescate, context_settings={"max_content_width": 100})
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


for _command in (command for commands in COMMANDS.values() for command in commands):
    main.add_command(_command)

if __name__ == "__main__":
    main(prog_name="rescate")
