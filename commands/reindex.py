"""`rescate reindex`: builds the index anew from the catalog."""

from __future__ import annotations

import click

from commands.options import config_of


@click.command(short_help="Build the index anew from the catalog.")
@click.pass_context
def reindex(context: click.Context) -> None:
    """Build the index anew from the catalog, beside the old one, and swap it in. Nothing is read again."""
    from archive import indexing
    from archive.catalog.connect import open_catalog

    config = config_of(context)
    catalog = open_catalog(config.catalog_url, create=True)
    for built in indexing.rebuild(config, catalog):
        click.echo(built, err=True)
