"""`rescate batch`: checks a batch before anything is written, takes one in, lists them, undoes one; and the spreadsheet
to describe one in."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Literal

import click

from archive.errors import ArchiveError
from commands.ingest import language_option, take_in, transcripts_option, verify_option
from commands.options import BATCH_NUMBER, account, config_of, json_option, print_json


@click.group(short_help="Check, take in, list and undo batches.")
def batch() -> None:
    """Batches as archivists make them: a folder of scans with its spreadsheet."""


@batch.command("ingest")
@click.argument("folder", type=click.Path(path_type=Path))
@verify_option
@transcripts_option
@language_option
@json_option
@click.pass_context
def ingest_batch(
    context: click.Context, folder: Path, verify: bool, transcripts: bool, read_in: tuple[str, ...], as_json: bool
) -> None:
    """Take in a folder with its spreadsheet, as `rescate ingest` does.

    Changed rows update their items, and no page is read again that was read. `rescate batch undo` takes it back.
    """
    context.exit(
        take_in(config_of(context), [folder], as_json, verify=verify, transcripts=transcripts, read_in=read_in)
    )


@batch.command("list")
@json_option
@click.pass_context
def list_batches(context: click.Context, as_json: bool) -> None:
    """List what was taken in, the newest batch first."""
    from archive.catalog import outcomes
    from archive.catalog.connect import open_catalog

    with open_catalog(config_of(context).catalog_url).connect() as connection:
        for one in outcomes.batches(connection):
            state = "undone" if one.undone else "complete" if one.ended else "interrupted or under way"
            if as_json:
                print_json(
                    {
                        "batch": one.id,
                        "kind": one.kind,
                        "name": one.name,
                        "paths": one.paths,
                        "started": one.started,
                        "ended": one.ended,
                        "undone": one.undone,
                        "state": state,
                        "files": one.files,
                    }
                )
            else:
                counted = ", ".join(f"{number:,} {outcome}" for outcome, number in one.files.items())
                click.echo(
                    f"{one.id:>5}  {one.started:%Y-%m-%d %H:%M}  {one.kind:<11}  {state:<24}  {one.name}"
                    f"{f'  ({counted})' if counted else ''}"
                )


@batch.command()
@click.argument("number", type=BATCH_NUMBER)
@click.option(
    "--erase",
    is_flag=True,
    help="Remove whatever the archive holds of what goes for good, too; also of a batch undone before.",
)
@click.confirmation_option("--yes", prompt="Take this batch back?", help="Do not ask.")
@click.pass_context
def undo(context: click.Context, number: int, erase: bool) -> None:
    """Take a batch back whole: what it brought goes, what it changed is as it was.

    Masters are not touched. Permalinks of what goes lead to a notice; taken in again, it has its ids again, and
    is not read again unless erased.
    """
    from ingest.undo import take_back

    began = time.monotonic()
    items, pages = take_back(config_of(context), number, account(), erase=erase)
    click.echo(
        f"Batch {number} is undone: {items} items are as before it; the index heard of {pages} pages "
        f"({time.monotonic() - began:.1f} s).",
        err=True,
    )


@batch.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where the spreadsheet is returned; without it, FOLDER-checked.xlsx (or .csv, as the source) here.",
)
@click.option("--quick", is_flag=True, help="Open no master: look at names and spreadsheets alone.")
@json_option
@click.pass_context
def check(context: click.Context, folder: Path, output: Path | None, quick: bool, as_json: bool) -> None:
    """Check a batch before anything is written, and return its spreadsheet with a column `errors`.

    Spreadsheets are read as ingest reads them; every page of every file is decoded; checksums and the
    catalog are compared. Nothing is written to the archive or the batch. Ends with 0 where no error was
    found (warnings only want a look), else 1.
    """
    from ingest import checking
    from ingest.checking import output_path, returned
    from ingest.checking.wording import summary
    from ingest.reports.terminal import Terminal

    config = config_of(context)
    target = output_path.output(folder, output)
    with Terminal() as terminal:
        checked = checking.check(folder, config, terminal, quick=quick)
    if as_json:
        for one in checked.findings:
            print_json(one.as_json(checked.batch.folder))
        print_json(checked.as_json())
    else:
        for line in checking.lines(checked.findings, checked.batch.folder):
            click.echo(line)
    written = returned.write(checked.batch, checked.findings, target)
    for line in summary(checked, written):
        click.echo(line, err=True)
    context.exit(1 if checked.errors else 0)


@batch.command()
@click.argument("file", type=click.Path(path_type=Path), default="metadata.xlsx", metavar="[FILE]")
@click.option(
    "--language",
    type=click.Choice(["es", "en"]),
    default="en",
    show_default=True,
    help="The language that stands first; both are written.",
)
@click.pass_context
def template(context: click.Context, file: Path, language: Literal["es", "en"]) -> None:
    """Write an empty spreadsheet with explanations: XLSX, metadata.xlsx where no FILE is named.

    A FILE that ends with .csv gets the columns alone: those of pages or components where it is called so.
    """
    from ingest.sheets import blank

    if not blank.write(file, language):
        raise ArchiveError(
            "there is such a file already", item=str(file), remedy="Name another, or take that one away."
        )
    click.echo(f"Written: {file}", err=True)
