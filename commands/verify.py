"""`rescate verify`: compares masters with their checksums (fixity), and writes or compares manifests."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from archive.config import Config
from commands.options import account, config_of, json_option, print_json


@click.command(short_help="Compare masters with their checksums.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option(
    "--older-than",
    type=click.IntRange(0, 36_500),
    metavar="DAYS",
    help="Only masters that were not looked at in the last DAYS days.",
)
@click.option(
    "--manifest",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the checksums for sha256sum into FILE; no master is opened.",
)
@click.option(
    "--against",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="MANIFEST",
    help="Compare files with a manifest delivered with them, taken in or not.",
)
@json_option
@click.pass_context
def verify(
    context: click.Context,
    paths: tuple[Path, ...],
    older_than: int | None,
    manifest: Path | None,
    against: Path | None,
    as_json: bool,
) -> None:
    """Compare every master with its SHA-256 in the catalog (fixity), or those at or below PATH.

    States: intact, missing, changed, unreadable; a disk that is not mounted; unexpected, a file in an
    ingested folder that the archive does not know; no image, where a page's image can be made again. What is
    not intact is told, and all of it with --json. Ends with 1 where something is amiss.
    """
    if sum(one is not None for one in (older_than, manifest, against)) > 1 or (against and paths):
        raise click.UsageError(
            "--older-than, --manifest and --against are not for one another; --against takes no PATH"
        )
    config = config_of(context)
    paths = tuple(path.absolute() for path in paths)
    if manifest is not None:
        _write_manifest(config, manifest, paths)
    elif against is not None:
        context.exit(_compare(config, against, as_json))
    else:
        before = None if older_than is None else datetime.now(UTC) - timedelta(days=older_than)
        context.exit(_audit(config, paths, before, as_json))


def _write_manifest(config: Config, manifest: Path, paths: tuple[Path, ...]) -> None:
    from archive.catalog.connect import open_catalog
    from archive.preservation.manifest import write

    with open_catalog(config.catalog_url).connect() as connection:
        click.echo(f"{write(connection, config, manifest, paths)} files in {manifest}", err=True)


def _compare(config: Config, against: Path, as_json: bool) -> int:
    from archive.preservation.manifest import compare

    counts: Counter[str] = Counter()

    def counted():
        for finding in compare(against):
            counts[finding.state] += 1
            yield finding

    _tell(counted(), as_json, 0)
    return _sum_up(counts)


def _audit(config: Config, paths: tuple[Path, ...], before: datetime | None, as_json: bool) -> int:
    from archive.catalog.connect import open_catalog
    from archive.fixity import Audit
    from ingest.strangers import unexpected

    catalog = open_catalog(config.catalog_url)
    audit = Audit(catalog, config, account(), paths, before)
    _tell(audit.masters(), as_json, audit.bytes)
    _tell(audit.beside(unexpected(catalog, config, audit.within)), as_json, 0)
    _tell(audit.images(), as_json, 0)
    audit.end()
    return _sum_up(audit.counts)


def _tell(findings: Iterable, as_json: bool, total: int) -> None:
    """Prints findings as they come, with a bar on a terminal where it is known how many bytes there are."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    console = Console(stderr=True)
    # What is data goes to stdout; where both are one terminal, the bar must let it pass.
    with Progress(
        TextColumn("Verifying"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not (console.is_terminal and total),
        transient=True,
        redirect_stdout=sys.stdout.isatty(),
    ) as bars:
        bar = bars.add_task("", total=total)
        for finding in findings:
            bars.advance(bar, finding.bytes)
            if as_json:
                print_json(finding.as_json())
            elif not finding.well:
                click.echo(str(finding))


def _sum_up(counts: Counter[str]) -> int:
    """Says the counts in a line; returns the exit code."""
    from archive.fixity import INTACT, STATES

    said = ", ".join(f"{counts[state]} {state}" for state in STATES if counts[state])
    click.echo(said or "nothing to look at", err=True)
    return 0 if set(counts) <= {INTACT} else 1
