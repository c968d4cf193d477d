"""`rescate finding-aid`: reads EAD into the tree of components, and writes the links that lead back."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from archive.errors import EngineError, NoCatalog
from commands.options import account, config_of, json_option, print_json, write_as_it_is

file_argument = click.argument("file", type=click.Path(path_type=Path))
close_option = click.option(
    "--close-restricted",
    is_flag=True,
    help="Close each component whose note on access is not known to mean that it is open.",
)


@click.group("finding-aid", short_help="Read EAD; write links for ArchivesSpace.")
def finding_aid() -> None:
    """Read EAD into the tree of components, and write the links that lead ArchivesSpace back."""


@finding_aid.command("import")
@file_argument
@close_option
@json_option
@click.pass_context
def import_(context: click.Context, file: Path, close_restricted: bool, as_json: bool) -> None:
    """Take in a finding aid: EAD 2002 or EAD3, as ArchivesSpace exports it.

    Read again it updates by ref_id; no permalink changes. What ArchivesSpace does not publish is not named
    here. Ends with 1 where something was left out, or stays though the finding aid has it no more.
    """
    from archive import indexing
    from archive.catalog.connect import open_catalog, signed, writing
    from ingest.finding_aid import accession, report
    from ingest.finding_aid.whole import read_whole

    config = config_of(context)
    catalog = open_catalog(config.catalog_url, create=True)
    with read_whole(file) as whole, writing(signed(catalog, account())) as connection:
        done = accession.put_finding_aid(connection, config.archive.naan, whole, close_restricted=close_restricted)
    _say(done, report, as_json)
    try:
        indexing.catch_up(config, catalog)
    except EngineError as trouble:
        click.echo(f"The catalog has everything; the index has not yet: {trouble}", err=True)
        context.exit(trouble.exit_code if done.well else 1)
    context.exit(0 if done.well else 1)


@finding_aid.command("check")
@file_argument
@close_option
@json_option
@click.pass_context
def check(context: click.Context, file: Path, close_restricted: bool, as_json: bool) -> None:
    """Say what the import of a finding aid would change; nothing is written."""
    from archive.catalog.connect import open_catalog, signed, writing
    from ingest.finding_aid import accession, report
    from ingest.finding_aid.whole import read_whole

    config = config_of(context)
    with TemporaryDirectory() as nowhere:
        try:
            catalog = open_catalog(config.catalog_url)
        except NoCatalog:
            # There is no archive yet, and a check makes none.
            catalog = open_catalog(f"sqlite:///{nowhere}/catalog.sqlite", create=True)
        with read_whole(file) as whole, writing(signed(catalog, account())) as connection:
            done = accession.put_finding_aid(connection, config.archive.naan, whole, close_restricted=close_restricted)
            connection.rollback()
        catalog.dispose()
    _say(done, report, as_json, dry=True)
    context.exit(0 if done.well else 1)


def _say(done, report, as_json: bool, dry: bool = False) -> None:
    if as_json:
        print_json({**report.as_json(done), "batch": None if dry else done.batch})
    else:
        for line in report.sentences(done, dry):
            click.echo(line)


@finding_aid.command("links")
@click.option("--archivesspace", is_flag=True, help='Write the template of ArchivesSpace\'s "Load Digital Objects".')
@click.option(
    "--changed-since",
    type=click.DateTime(("%Y-%m-%d", "%Y-%m-%dT%H:%M:%S")),
    metavar="DATE",
    help="Only items added or changed since this day (UTC): 2026-03-01.",
)
@click.pass_context
def links(context: click.Context, archivesspace: bool, changed_since: datetime | None) -> None:
    """Print a CSV by which ArchivesSpace links its records to the items here: what the public may know.

    The columns ref_id, digital_object_id (the ARK), digital_object_url (the permalink), title.
    """
    from archive.holdings import Holdings
    from ingest.finding_aid import links as linking

    write_as_it_is()
    written = unlinked = 0

    def linked(holdings):
        nonlocal written, unlinked
        for one in linking.links(holdings, changed_since.replace(tzinfo=UTC) if changed_since else None):
            if one is None or archivesspace and not one.finding_aid:
                unlinked += 1
            else:
                written += 1
                yield one

    with Holdings(config_of(context)) as holdings:
        for line in (linking.template if archivesspace else linking.plain)(linked(holdings)):
            sys.stdout.write(line)
    of_a_finding_aid = " of an imported finding aid" if archivesspace else ""
    click.echo(
        f"{written} items linked"
        + (f"; {unlinked} left out, for they hang on no record{of_a_finding_aid} with a ref_id" if unlinked else ""),
        err=True,
    )
