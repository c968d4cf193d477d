"""Running the archive: serve, demo, reindex, check."""

from __future__ import annotations

import click

from archive.errors import ArchiveError
from cli.group import config_of, json_option, main, print_json
from cli.taking_in import take_in


@main.command()
@click.option("--host", help="The address to listen on; from config.yaml where not given.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port; from config.yaml where not given.")
@click.pass_context
def serve(context: click.Context, host: str | None, port: int | None) -> None:
    """Serve the public pages until interrupted."""
    from search_app.serve import run

    run(config_of(context), host=host, port=port)


@main.command()
@click.pass_context
def reindex(context: click.Context) -> None:
    """Build the index anew from the catalog, beside the old one, and swap it in. Nothing is read again."""
    from archive import indexing
    from archive.catalog.connect import open_catalog

    config = config_of(context)
    catalog = open_catalog(config.catalog_url, create=True)
    for audience, number in indexing.rebuild(config, catalog).items():
        click.echo(f"{audience.value}: {number} pages indexed", err=True)


@main.command()
@json_option
@click.pass_context
def check(context: click.Context, as_json: bool) -> None:
    """Check settings, tools, catalog and search engine, and say what to do where something is amiss."""
    from ingest.readiness import readiness

    wrong = False
    for finding in readiness(config_of(context)):
        wrong |= not finding.well
        if as_json:
            print_json({"what": finding.what, "well": finding.well, "detail": finding.detail})
        else:
            click.echo(f"{'ok  ' if finding.well else 'FAIL'} {finding.what}: {finding.detail}")
    context.exit(1 if wrong else 0)


@main.command()
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
