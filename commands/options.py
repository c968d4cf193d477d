"""What several commands share: options, the settings, whom a command answers, and JSON as it is printed."""

from __future__ import annotations

import getpass
import io
import json
import sys

import click

from archive.access import Audience
from archive.config import Config
from archive.errors import ArchiveError

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON: a list one object a line.")
#: The number of a batch, within what every database counts to.
BATCH_NUMBER = click.IntRange(1, 2**31 - 1)
staff_option = click.option("--staff", is_flag=True, help="Ask the staff's index and read what is restricted, too.")


def config_of(context: click.Context) -> Config:
    """The settings, read when a command first asks for them: help needs none."""
    return context.find_root().obj()


def account() -> str:
    """The account that runs the command: who has done what it does, where it is nobody's by name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"  # a container's user without a name


def audience_of(config: Config, staff: bool) -> Audience:
    """Whom a command answers; raises ArchiveError where the staff's index is not built."""
    if staff and not config.search.staff_index:
        raise ArchiveError(
            "there is no staff index",
            item="--staff",
            remedy="Set search.staff_index: true in config.yaml, then run `rescate reindex`.",
        )
    return Audience.STAFF if staff else Audience.PUBLIC


def print_json(value) -> None:
    """One line; a file's name that is no Unicode text is escaped, as JSON can."""
    written = json.dumps(value, ensure_ascii=False, default=str)
    try:
        written.encode("utf-8")
    except UnicodeEncodeError:
        written = json.dumps(value, default=str)
    click.echo(written)


def write_as_it_is() -> None:
    """Has stdout take what formats bring, their own line ends, in UTF-8."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
