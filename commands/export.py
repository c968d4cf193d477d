"""`rescate export`: citations to stdout; text, ALTO, PREMIS or a BagIt bag into a folder."""

from __future__ import annotations

import signal
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.access import Audience
from commands.options import audience_of, config_of, staff_option, write_as_it_is

if TYPE_CHECKING:
    from archive.holdings import Holdings


@click.command(short_help="Write citations, text, ALTO, PREMIS, bags.")
@click.option(
    "--format",
    "format",
    required=True,
    metavar="FORMAT",
    help="ris, bibtex, csl-json, csv, chicago-notes, mla, apa; or text, alto, premis, bagit, with DIR.",
)
@click.option("--query", default=None, help="Only what this query finds; without it, everything.")
@click.option("--items", is_flag=True, help="Cite items instead of pages.")
@click.option(
    "--language",
    type=click.Choice(["es", "en"]),
    default="en",
    show_default=True,
    help="The language of the citations.",
)
@click.option(
    "--all-readings",
    is_flag=True,
    help="With text: each file ends with the words of other readings that a search finds, too.",
)
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
@staff_option
@click.pass_context
def export(
    context: click.Context,
    format: str,
    query: str | None,
    items: bool,
    language: str,
    all_readings: bool,
    folder: Path | None,
    staff: bool,
) -> None:
    """Print citations of all that a query finds, or write files into a folder.

    No limit on how many. `--format text DIR` writes the recognised text, one UTF-8 file a page, at the
    master's path below the ingested folder; `--format alto DIR` the same words as ALTO 4.4 with their places;
    `--format premis DIR` what happened to each item and its masters, as PREMIS 3.0.

    `--format bagit DIR` writes a BagIt bag into the folder, which `rescate ingest` can take in again: for the public
    the page images that may be downloaded, with `--staff` the masters, each compared with its checksum.
    """
    from archive import exports
    from archive.holdings import Holdings

    if all_readings and format != "text":
        raise click.UsageError("--all-readings goes with `--format text DIR`; ALTO has them as ALTERNATIVE")
    config = config_of(context)
    audience = audience_of(config, staff)
    with Holdings(config, audience) as holdings:
        if format in (*exports.IN_FOLDERS, "bagit"):
            if folder is None:
                raise click.UsageError(
                    f"`--format {format}` needs a folder to write to: rescate export --format {format} DIR"
                )
            if format == "bagit":
                _write_bag(holdings, folder, query)
                return
            click.echo(
                f"{exports.write_files(format, holdings, folder, query, all_readings=all_readings)} written to "
                f"{folder}",
                err=True,
            )
            return
        if folder is not None:
            raise click.UsageError(
                f"a folder is for {', '.join(exports.IN_FOLDERS)}, bagit only; citations go to stdout"
            )
        # Each format brings its own line ends, and all are UTF-8.
        write_as_it_is()
        for piece in exports.citations(
            holdings, format, query or "", whole_items=items, accessed=date.today(), language=language
        ):
            sys.stdout.write(piece)


def _write_bag(holdings: Holdings, folder: Path, query: str | None) -> None:
    from archive.preservation import package
    from ingest.reports.terminal import Terminal

    # Ended by its system, a bag is taken away again as one that a person interrupts.
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        with Terminal() as terminal:
            written = package.write(holdings, folder, query, terminal)
    finally:
        signal.signal(signal.SIGTERM, before)
    click.echo(written.path)
    click.echo(f"{written}; the bag is valid.", err=True)
    if written.lacking:
        click.echo(
            f"{written.lacking} pages that may be downloaded are not in it, for no image of them is in the archive: "
            "`rescate verify` names them, `rescate ingest` makes them again.",
            err=True,
        )
    if holdings.audience is Audience.STAFF:
        click.echo("It holds restricted material, in the clear: only you may open it; keep copies as safe.", err=True)
