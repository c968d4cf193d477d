"""`rescate review`: the archivist's own pages, until interrupted."""

from __future__ import annotations

import functools

import click

from archive.errors import ConfigError, CorrectionError
from commands.correct import author_option
from commands.options import config_of


@click.command(short_help="Serve the archivist's own pages.")
@author_option
@click.option("--host", help="The address to listen on; review.host in config.yaml where not given.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port; review.port in config.yaml where not given.")
@click.option(
    "--network",
    is_flag=True,
    help="Allow an address that other machines reach: whoever does sees restricted material, and corrects in your "
    "name.",
)
@click.pass_context
def review(context: click.Context, author: str | None, host: str | None, port: int | None, network: bool) -> None:
    """Serve the archivist's own pages: what was read worst beside its image, to be typed over; until interrupted.

    They show restricted material, and there are no accounts yet: they are for one person at this machine. The public
    pages (`rescate serve`) have none of them.
    """
    from archive import indexing
    from archive.catalog.connect import open_catalog
    from ingest.decisions import correcting
    from search_app.review import Corrections, create_review
    from search_app.review.guard import is_loopback
    from search_app.serve import listen

    config = config_of(context)
    author = " ".join((config.review.author if author is None else author).split())
    host, port = config.review.host if host is None else host, config.review.port if port is None else port
    if not author:
        raise CorrectionError(
            "corrections need an author", remedy="Give --author, or set review.author in config.yaml."
        )
    if not is_loopback(host) and not network:
        raise ConfigError(
            "other machines reach this address, and these pages show restricted material to whoever does",
            item=host,
            remedy="Listen on 127.0.0.1, or add --network where only staff can reach it.",
        )
    catalog = open_catalog(config.catalog_url, create=True)
    corrections = Corrections(
        author,
        functools.partial(correcting.correct, catalog),
        functools.partial(correcting.withdraw, catalog),
        functools.partial(indexing.catch_up, config, catalog),
    )
    notice = f"Corrections are signed {author}. Restricted material is shown to whoever reaches this address."
    try:
        listen(
            create_review(config, corrections, hosts=[host], catalog=catalog),
            host,
            port,
            threads=config.serve.threads,
            command="review",
            notice=notice,
        )
    finally:
        catalog.dispose()
