"""Writes what is generated of these pages: commands.md from the commands themselves, errors.md from archive.errors.

`python docs/reference.py` writes them anew; a test holds them to be current.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from archive import errors  # noqa: E402
from cli import COMMANDS, DISK, FAULT, INTERRUPTED  # noqa: E402

#: Columns that help is laid out in.
WIDTH = 100


def commands() -> str:
    """All of commands.md: each command under its heading, as `--help` has it."""
    lines = [
        "# The commands",
        "",
        "As `rescate COMMAND --help` says it. `rescate --config FILE COMMAND` names the settings.",
    ]
    for heading, of_heading in COMMANDS.items():
        lines += ["", f"## {heading}"]
        for command in of_heading:
            for name, one in _with_its_own(command, command.name):
                context = click.Context(one, info_name=f"rescate {name}", terminal_width=WIDTH, max_content_width=WIDTH)
                lines += ["", f"### `rescate {name}`", "", "```text", one.get_help(context), "```"]
    return "\n".join(lines) + "\n"


def _with_its_own(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield name, command
        return
    for below, one in sorted(command.commands.items()):
        yield from _with_its_own(one, f"{name} {below}")


def errors_() -> str:
    """All of errors.md: exit codes, and each class of error with what it means and what to do where it says no more."""
    lines = [
        "# What goes wrong, and what to do",
        "",
        "Every error is a sentence: what happened, to which item, and what to do. A command ends with the exit code of",
        "its class, a page with its status. Nothing that was written before is lost.",
        "",
        "| exit code | meaning |",
        "|---|---|",
        "| 0 | all well |",
        "| 1 | the run is complete, but something was refused, failed or not found |",
        "| 2 | a wrong option, setting or query |",
        f"| {DISK} | a program is missing or failed, or the disk or the database is (full, for reading only) |",
        "| 4 | the search engine is down: the next run or `rescate reindex` catches up |",
        f"| {FAULT} | a fault of Rescate's own, whose traceback stands in a file that is named |",
        f"| {INTERRUPTED} | interrupted (Ctrl+C): the same command goes on where it stopped |",
        "",
        "| error | what it is | exit code | status | what to do, where the sentence says no more |",
        "|---|---|---|---|---|",
    ]
    said = dict(re.findall(r"^[ │├└─]*(\w+) {2,}(\S.*)$", inspect.getdoc(errors), re.M))
    for name, one in vars(errors).items():
        if isinstance(one, type) and issubclass(one, errors.ArchiveError) and one is not errors.ArchiveError:
            meaning = said.get(name) or (one.__doc__ or "").partition(". ")[0].strip()
            cells = (f"`{name}`", " ".join(meaning.split()), str(one.exit_code), str(one.status), one.remedy)
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


#: What is generated, by its file.
PAGES = {"commands.md": commands, "errors.md": errors_}

if __name__ == "__main__":
    for _name, _page in PAGES.items():
        (HERE / _name).write_text(_page(), "utf-8")
