"""Keeping the masters: verify."""

from __future__ import annotations

import click

from cli.group import config_of, json_option, main, print_json


@main.command()
@json_option
@click.pass_context
def verify(context: click.Context, as_json: bool) -> None:
    """Compare every master with its SHA-256 in the catalog (fixity): missing, changed, unreadable."""
    from archive import fixity
    from archive.catalog.connect import open_catalog

    config = config_of(context)
    catalog = open_catalog(config.catalog_url)
    wrong = total = 0
    for finding in fixity.audit(catalog):
        total += 1
        wrong += not finding.well
        if as_json:
            print_json(finding.as_json())
        elif not finding.well:
            click.echo(str(finding))
    click.echo(f"{total} files, {total - wrong} as they were, {wrong} not", err=True)
    context.exit(1 if wrong else 0)
