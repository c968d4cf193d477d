"""Generations of an index on disk: each in a folder of its own, and one pointer file that says which one is read.

A new generation is built aside; then the pointer is replaced in one step. Whatever stops a program at
whatever moment, the pointer names a whole generation or there is none yet. What no pointer names is swept
away by the next writer. One writer at a time, by a lock that ends with its process.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive.errors import EngineOutdated, EngineUnavailable

_POINTER = "CURRENT"
_LOCK = "LOCK"

#: Seconds to wait for another writer: longer than a batch of pages takes, shorter than a rebuild of an archive.
PATIENCE = 60.0


@dataclass(frozen=True)
class Generation:
    """A whole index: its folder, and the mark of the terms and fields it was built with."""

    folder: Path
    mark: str


@contextmanager
def writing(folder: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Holds the one right to write to the index in `folder`. Raises EngineUnavailable if another keeps it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held = (folder / _LOCK).open("a")
    except OSError as refused:
        raise EngineUnavailable(
            f"the index's folder cannot be written ({refused.strerror})",
            item=str(folder),
            remedy="Give the user who runs this the right to write there.",
        ) from refused
    with held as lock:
        deadline = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as busy:
                if time.monotonic() >= deadline:
                    raise EngineUnavailable(
                        "another program is writing this index", item=str(folder), remedy="Try again when it has ended."
                    ) from busy
                time.sleep(0.05)
        # Closing the file lets the lock go.
        yield


def current(folder: Path) -> Generation | None:
    """The generation to read; None where no index was built yet."""
    try:
        said = json.loads((folder / _POINTER).read_text("utf-8"))
        return Generation(folder / said["generation"], said["mark"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as broken:
        raise EngineOutdated("the index's pointer file cannot be read", item=str(folder / _POINTER)) from broken


@contextmanager
def staged(folder: Path, mark: str) -> Iterator[Path]:
    """A new, empty generation: it becomes the current one when the block ends, and is deleted if that fails.

    To be used while `writing`.
    """
    sweep(folder)
    path = folder / f"generation-{secrets.token_hex(6)}"
    path.mkdir()
    whole = False
    try:
        yield path
        _point(folder, path.name, mark)
        whole = True
    finally:
        if whole:
            sweep(folder)
        else:
            shutil.rmtree(path, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Deletes generations that nothing points to. Who has one open reads on in it: its files stay until closed."""
    try:
        kept = current(folder)
    except EngineOutdated:
        # Its pointer is broken: no generation can be told to be the one, and a writer is about to make another.
        kept = None
    for path in folder.glob("generation-*"):
        if kept is None or path != kept.folder:
            shutil.rmtree(path, ignore_errors=True)


def _point(folder: Path, name: str, mark: str) -> None:
    """Replaces the pointer in one step, on disk before it counts."""
    aside = folder / f"{_POINTER}.new"
    with aside.open("w", encoding="utf-8") as file:
        json.dump({"generation": name, "mark": mark}, file)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(folder / _POINTER)
    there = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(there)
    finally:
        os.close(there)
