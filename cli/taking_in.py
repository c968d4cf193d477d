"""Taking scans in: ingest."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from archive.config import Config
from cli.group import config_of, json_option, main, print_json


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@json_option
@click.pass_context
def ingest(context: click.Context, paths: tuple[Path, ...], as_json: bool) -> None:
    """Take in scans: files, or folders with all below them.

    Every file has its outcome: added, unchanged, duplicate, refused or failed. Run it again after an
    interruption, or after putting files or metadata right: only what is missing is done. Ends with 0
    where nothing was refused or failed, 1 where something was, 4 where the search engine was down.
    """
    context.exit(take_in(config_of(context), paths, as_json))


def take_in(config: Config, paths: Iterable[Path], as_json: bool = False) -> int:
    from ingest.pipeline import Ingest
    from ingest.report import Terminal, outcome_json, sentence, summary

    with Terminal() as terminal:
        run = Ingest(config, terminal)
        outcomes = []
        for outcome in run.run(paths):
            outcomes.append(outcome)
            if as_json:
                print_json(outcome_json(outcome))
            if not outcome.well:
                terminal.say(sentence(outcome))
    for line in summary(outcomes, run.sheet_errors):
        click.echo(line, err=True)
    if run.index_trouble is not None:
        click.echo(f"The catalog has everything; the index has not yet: {run.index_trouble}", err=True)
    if run.sheet_errors or not all(outcome.well for outcome in outcomes):
        return 1
    return run.index_trouble.exit_code if run.index_trouble else 0
