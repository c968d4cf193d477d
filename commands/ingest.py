"""`rescate ingest`: takes scans in, and says what became of each file."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import click

from archive import languages
from archive.config import Config
from commands.options import account, config_of, json_option, print_json

verify_option = click.option(
    "--verify", is_flag=True, help="Hash files that look unchanged, too, and say which have other bytes."
)

transcripts_option = click.option(
    "--transcripts",
    is_flag=True,
    help="Take a page's words from the ALTO, hOCR or text delivered beside it, instead of reading it.",
)


class LanguageName(click.ParamType):
    """Languages by code or name, each once."""

    name = "language"

    def convert(self, value, parameter, context):
        code = languages.find(value)
        if code is None:
            self.fail(
                f"{value} is no language known here; give its ISO 639-2 code, such as spa or eng", parameter, context
            )
        return code


language_option = click.option(
    "--language",
    "read_in",
    multiple=True,
    type=LanguageName(),
    metavar="LANGUAGE",
    help="What it is written in, where its rows do not say so (spa, eng; several: mixed). Else each page is asked.",
)


@click.command(short_help="Take in scans: files or whole folders.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@verify_option
@transcripts_option
@language_option
@json_option
@click.pass_context
def ingest(
    context: click.Context,
    paths: tuple[Path, ...],
    verify: bool,
    transcripts: bool,
    read_in: tuple[str, ...],
    as_json: bool,
) -> None:
    """Take in scans: files, or folders with all below them.

    Every file has its outcome: added, kept, unchanged, duplicate, refused or failed. Run it again after an
    interruption, or after putting files or metadata right: only what is missing is done. Ends with 0
    where nothing was refused or failed, 1 where something was, 4 where the search engine was down.
    """
    context.exit(take_in(config_of(context), paths, as_json, verify=verify, transcripts=transcripts, read_in=read_in))


def take_in(
    config: Config,
    paths: Iterable[Path],
    as_json: bool = False,
    *,
    verify: bool = False,
    transcripts: bool = False,
    read_in: Iterable[str] = (),
) -> int:
    """Ingests, prints what became of each file, and returns the exit code. `transcripts` are used where this or the
    setting asks for it; `read_in` are the languages it is said to be in."""
    from ingest.pipeline import Ingest

    if transcripts:
        config = replace(config, ingest=replace(config.ingest, transcripts=True))

    def begin(progress):
        return Ingest(config, progress, actor=account(), verify=verify, read_in=read_in)

    return carry_out(begin, paths, as_json)


def carry_out(begin, what, as_json: bool) -> int:
    """Runs what `begin` makes of a progress over `what` and prints what became of each file or page; returns the exit
    code."""
    from ingest.reports.running import Running, outcome_json
    from ingest.reports.terminal import Terminal

    began, running = time.monotonic(), Running()
    with Terminal() as terminal:
        run = begin(terminal)
        for outcome in run.run(what):
            if as_json:
                print_json(outcome_json(outcome))
            for line in running.add(outcome):
                terminal.say(line)
    took = timedelta(seconds=time.monotonic() - began)
    for line in running.end(took, terminal.done.get("read", 0), run.sheet_errors, run.batch.id if run.batch else None):
        click.echo(line, err=True)
    if run.index_trouble is not None:
        click.echo(f"The catalog has everything; the index has not yet: {run.index_trouble}", err=True)
    if run.sheet_errors or running.account.amiss:
        return 1
    return run.index_trouble.exit_code if run.index_trouble else 0
