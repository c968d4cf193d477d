"""`rescate demo`: the sample scans, taken in once and served."""

from __future__ import annotations

import click

from archive.errors import ArchiveError
from commands.ingest import take_in
from commands.options import config_of
from commands.serve import serve


@click.command(short_help="Take in the sample scans and serve them.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port; from config.yaml where not given.")
@click.pass_context
def demo(context: click.Context, port: int | None) -> None:
    """Ingest the sample scans, once, and serve them."""
    config = config_of(context)
    samples = config.folder / "scans"
    if not samples.is_dir():
        raise ArchiveError(
            "there are no sample scans here",
            item=str(samples),
            remedy="Run `rescate demo` with the project's own config.yaml.",
        )
    if take_in(config, [samples]):
        click.echo("Not all samples were taken in (see above); serving the others.", err=True)
    context.invoke(serve, host=None, port=port)
