"""Where the archives of the tests keep their catalog: SQLite in their folder, or PostgreSQL where the environment says
so.

Whatever makes an archive takes its `catalog.url` from here, so that one suite runs on either database.
"""

import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

import yaml

#: `make test-postgresql` sets it to `postgresql`.
SWITCH = "RESCATE_TEST_CATALOG"
ON = os.environ.get(SWITCH, "sqlite") != "sqlite"
#: The databases of a test that runs on both; where all run on PostgreSQL, they have run on SQLite elsewhere.
DATABASES = ("postgresql",) if ON else ("sqlite", "postgresql")
#: What a database is copied from: one that is empty, or one with a catalog's tables in it.
BARE, SHAPED = "bare", "shaped"
#: What a database that others are copied from ends with, where the first is in use.
KEPT = "_kept"

#: Where the server is, once it runs; and the databases of each fixture being made or test being run, the innermost
#: last.
server: Callable[[], str] = str
owned: list[list[str]] = [[]]


def catalog_url(template: str = BARE) -> str:
    """The `catalog.url` of a new archive: empty for SQLite. What it is made for, a fixture or a test, takes it along at
    its end."""
    return _database(template) if ON else ""


def settings_in(folder: Path, source: Path) -> Path:
    """The settings of a new archive in `folder`, otherwise as they are in `source`."""
    target = Path(shutil.copy(source, folder))
    return at(target, catalog_url()) if ON else target


def copied(folder: Path, target: Path, *, kept: bool = False) -> Path:
    """The settings in `target` of a copy of the archive in `folder`, with a catalog of its own."""
    shutil.copytree(folder, target)
    if ON:
        at(target / "config.yaml", _database(database_of(folder) + KEPT * kept))
    return target / "config.yaml"


def keep(folder: Path) -> None:
    """Sets a copy of the catalog aside, to make others from while the archive in `folder` is read: PostgreSQL copies
    none in use."""
    if ON:
        create(f"{database_of(folder)}{KEPT}", database_of(folder))


def database_of(folder: Path) -> str:
    return yaml.safe_load((folder / "config.yaml").read_text("utf-8"))["catalog"]["url"].rpartition("/")[2]


def at(settings: Path, url: str) -> Path:
    """Changes settings so that the catalog is at `url`, and nothing else of them."""
    written = settings.read_text("utf-8").splitlines(keepends=True)
    [place] = [
        n
        for n, line in enumerate(written)
        if line.lstrip().startswith(("url: ", "catalog: {url: ")) and "http" not in line
    ]
    start, _, _ = written[place].partition("url: ")
    written[place] = f"{start}url: '{url}'{'}' * ('{' in start)}\n"
    settings.write_text("".join(written), "utf-8")
    return settings


def _database(template: str) -> str:
    name = f"test_{secrets.token_hex(6)}"
    create(name, template)
    owned[-1].append(name)
    return f"{server()}/{name}"


def create_bare(url: str) -> None:
    """The empty database that all others are copied from. It sorts as people do and SQLite does not, where PostgreSQL
    is new enough."""
    sorting = "LOCALE_PROVIDER icu ICU_LOCALE 'es-SV'" if ask(url, "SHOW server_version_num") >= "150000" else ""
    ask(url, f"CREATE DATABASE {BARE} TEMPLATE template0 {sorting}")


def create(name: str, template: str) -> None:
    ask(server(), f"CREATE DATABASE {name} TEMPLATE {template}")


def drop(names: list[str]) -> None:
    while names:
        ask(server(), f"DROP DATABASE {names.pop()} WITH (FORCE)")


def ask(url: str, statement: str) -> str:
    """Has the server at `url` do something to its databases; returns the one value it answers with, if any."""
    import psycopg

    with psycopg.connect(f"{url.replace('+psycopg', '')}/postgres", autocommit=True) as connection:
        answer = connection.execute(statement)
        return answer.fetchone()[0] if answer.description else ""
