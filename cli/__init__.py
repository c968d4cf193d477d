"""The command `rescate`: each command reads its options, calls one function, prints. stdout is data, stderr is talk."""

from cli import asking, keeping, running, taking_in
from cli.group import main

__all__ = ["asking", "keeping", "main", "running", "taking_in"]
