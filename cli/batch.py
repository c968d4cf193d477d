"""Batches: ingest one, list them, undo one."""

from __future__ import annotations

import time
from pathlib import Path

import click

from cli.group import config_of, json_option, main, print_json
from cli.taking_in import take_in, verify_option


@main.group()
def batch() -> None:
    """Batches as archivists make them: a folder of scans with its spreadsheet."""


@batch.command("ingest")
@click.argument("folder", type=click.Path(path_type=Path))
@verify_option
@json_option
@click.pass_context
def ingest_batch(context: click.Context, folder: Path, verify: bool, as_json: bool) -> None:
    """Take in a folder with its spreadsheet, as `rescate ingest` does.

    Changed rows update their items, and no page is read again that was read. `rescate batch undo` takes it back.
    """
    context.exit(take_in(config_of(context), [folder], as_json, verify=verify))


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
                print_json({"batch": one.id, "kind": one.kind, "name": one.name, "paths": one.paths, "started": one.started,
                            "ended": one.ended, "undone": one.undone, "state": state, "files": one.files})
            else:
                counted = ", ".join(f"{number:,} {outcome}" for outcome, number in one.files.items())
                click.echo(f"{one.id:>5}  {one.started:%Y-%m-%d %H:%M}  {one.kind:<11}  {state:<24}  {one.name}"
                           f"{f'  ({counted})' if counted else ''}")


@batch.command()
@click.argument("number", type=int)
@click.option("--erase", is_flag=True, help="Remove images, texts and descriptions of what goes for good, too.")
@click.confirmation_option("--yes", prompt="Take this batch back?", help="Do not ask.")
@click.pass_context
def undo(context: click.Context, number: int, erase: bool) -> None:
    """Take a batch back whole: what it brought goes, what it changed is as it was.

    Masters are not touched. Permalinks of what goes lead to a notice; taken in again, it has its ids again, and
    is not read again unless erased.
    """
    from archive.taking_back import take_back

    began = time.monotonic()
    items, pages = take_back(config_of(context), number, erase=erase)
    click.echo(f"Batch {number} is undone: {items} items are as before it; the index heard of {pages} pages "
               f"({time.monotonic() - began:.1f} s).", err=True)
