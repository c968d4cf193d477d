"""`rescate serve`: the public pages, until interrupted."""

from __future__ import annotations

import click

from commands.options import config_of


@click.command(short_help="Serve the public pages.")
@click.option("--host", help="The address to listen on; from config.yaml where not given.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port; from config.yaml where not given.")
@click.pass_context
def serve(context: click.Context, host: str | None, port: int | None) -> None:
    """Serve the public pages until interrupted."""
    from search_app.serve import run

    run(config_of(context), host=host, port=port)
