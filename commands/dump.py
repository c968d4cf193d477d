"""`rescate dump` writes the whole archive into one file; `rescate restore` brings it back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from commands.options import account, config_of, json_option, print_json


@click.command(short_help="Write the whole archive into one file.")
@click.argument("path", metavar="FILE|DIR", type=click.Path(path_type=Path))
@click.option(
    "--derivatives/--no-derivatives",
    default=True,
    show_default=True,
    help="Whether page images and thumbnails go in; without them, they are made again from the masters.",
)
@json_option
@click.pass_context
def dump(context: click.Context, path: Path, derivatives: bool, as_json: bool) -> None:
    """Write the whole archive into one file: catalog, ids, decisions, restrictions, log, page images.

    FILE ends in .tar, or in .tar.gz to be compressed; in a folder DIR the dump is named by the time. Masters and
    index are not in it. It may be made while other commands run, and is of one moment.
    """
    from archive.catalog.connect import open_catalog
    from archive.dump.writing import dump as write

    config = config_of(context)
    if path.is_dir():
        path = path / f"rescate-{datetime.now():%Y-%m-%dT%H%M%S}.tar"
    elif not path.name.endswith((".tar", ".tar.gz", ".tgz")):
        raise click.UsageError(f"a dump is a .tar or .tar.gz, or goes into a folder that is there: {path}")
    done = write(config, open_catalog(config.catalog_url), path, derivatives=derivatives)
    if as_json:
        print_json({"path": str(done.path), "rows": done.rows, "derivatives": done.derivatives, "bytes": done.bytes})
    else:
        click.echo(done.path)
    click.echo(
        f"{done.rows['item']} items, {done.rows['page']} pages, {done.derivatives} images, {done.bytes / 1e6:.1f} MB",
        err=True,
    )
    click.echo(
        "It holds all restricted material, in the clear: only you may read the file; keep copies as safe.", err=True
    )


@click.command(short_help="Bring back a dump.")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--index/--no-index", default=True, show_default=True, help="Whether the index is built afterwards.")
@json_option
@click.pass_context
def restore(context: click.Context, path: Path, index: bool, as_json: bool) -> None:
    """Bring back a dump, into an empty archive, in SQLite or PostgreSQL.

    Everything in it is compared with its checksum first; what is damaged is named and nothing restored. With
    `--config NEW/config.yaml` that is not there yet, the dump's own settings are written to it. Masters
    are found where ingest.roots has them, or where they were.
    """
    from archive import indexing
    from archive.catalog.connect import open_catalog
    from archive.dump import restoring

    settings = context.find_root().params.get("path")
    if settings is not None and not settings.exists():
        written = restoring.settings(path)
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_bytes(written)
        click.echo(f"The settings of the dump are in {settings} now.", err=True)
    config = config_of(context)
    done = restoring.restore(config, path, account())
    if as_json:
        print_json(
            {
                "rows": done.rows,
                "derivatives": done.derivatives,
                "absent_roots": {name: str(folder) for name, folder in done.absent.items()},
            }
        )
    click.echo(f"{done.rows['item']} items, {done.rows['page']} pages, {done.derivatives} images restored", err=True)
    for name, folder in done.absent.items():
        click.echo(
            f"The masters of root {name} are not at {folder}: set ingest.roots in config.yaml to "
            f"`{{{name}: FOLDER}}`, then run `rescate verify`.",
            err=True,
        )
    if index:
        for built in indexing.rebuild(config, open_catalog(config.catalog_url)):
            click.echo(built, err=True)
