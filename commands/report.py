"""`rescate report`: what became of each file of a batch."""

from __future__ import annotations

from pathlib import Path

import click

from commands.options import BATCH_NUMBER, config_of


@click.command(short_help="Say what became of each file of a batch.")
@click.argument("batch", required=False, type=BATCH_NUMBER, metavar="[BATCH]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "html", "json"]),
    default="text",
    show_default=True,
    help="A summary in words, a spreadsheet, a page with pictures of what failed, or the summary as one object.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The file to write, readable by its owner alone; without it, stdout.",
)
@click.option("--pages", is_flag=True, help="In CSV a row a page instead of a row a file.")
@click.option("--only", metavar="OUTCOME,…", help="Only files (with --pages: pages) of these outcomes: refused,failed.")
@click.option(
    "--language",
    type=click.Choice(["es", "en"]),
    help="Of the report; without it, an HTML page in serve.language, all else in English.",
)
@click.pass_context
def report(
    context: click.Context,
    batch: int | None,
    form: str,
    output: Path | None,
    pages: bool,
    only: str | None,
    language: str | None,
) -> None:
    """Say what became of each file of a batch: what went in, what did not, why, and what to do.

    BATCH is the number of a batch; without it, the newest. Reports are for staff: they may name restricted material.
    """
    from archive.catalog.connect import open_catalog
    from ingest.reports import reporting

    if pages and form != "csv":
        raise click.UsageError("--pages goes with --format csv.")
    config = config_of(context)
    asked = reporting.Asked(form, pages, reporting.outcomes(only), language)
    pieces = reporting.pieces(config, open_catalog(config.catalog_url), batch, asked)
    if output is None:
        for piece in pieces:
            click.echo(piece, nl=False)
    else:
        reporting.write(output, pieces)
        click.echo(f"written: {output}", err=True)
