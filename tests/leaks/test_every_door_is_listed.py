"""A door that is added to the site or to the commands is looked through, too."""

import click

from cli import main
from search_app import create_app
from tests.leaks.doors import ARCHIVISTS, ENDPOINTS, PUBLISHERS, READERS


def test_every_address_of_the_site_is_listed(tmp_path):
    from archive.config import Config

    assert {rule.endpoint for rule in create_app(Config(folder=tmp_path)).url_map.iter_rules()} == ENDPOINTS


def test_every_command_is_listed():
    assert set(_commands(main)) == READERS | ARCHIVISTS | PUBLISHERS


def _commands(group: click.Group, before: str = ""):
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}"
