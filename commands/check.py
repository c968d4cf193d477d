"""`rescate check`: settings, tools, catalog and search engine, and what to do where one is amiss."""

from __future__ import annotations

import click

from commands.options import config_of, json_option, print_json


@click.command(short_help="Check settings, tools, catalog and engine.")
@json_option
@click.pass_context
def check(context: click.Context, as_json: bool) -> None:
    """Check settings, tools, catalog and search engine, and say what to do where something is amiss."""
    from ingest.health import readiness

    wrong = False
    for finding in readiness(config_of(context)):
        wrong |= not finding.well
        if as_json:
            print_json({"what": finding.what, "well": finding.well, "detail": finding.detail})
        else:
            click.echo(f"{'ok  ' if finding.well else 'FAIL'} {finding.what}: {finding.detail}")
    context.exit(1 if wrong else 0)
