"""The command `rescate`: each command reads its options, calls one function, prints. stdout is data, stderr is talk."""

from cli import (
    asking,
    batch,
    correcting,
    dumping,
    finding_aid,
    keeping,
    reporting,
    reviewing,
    running,
    taking_in,
    watching,
)
from cli.group import main

__all__ = [
    "asking",
    "batch",
    "correcting",
    "dumping",
    "finding_aid",
    "keeping",
    "main",
    "reporting",
    "reviewing",
    "running",
    "taking_in",
    "watching",
]
