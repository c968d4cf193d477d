"""Manifests of checksums as GNU sha256sum writes and checks them; BagIt's and BSD's are read too.

A line is checksum, space, `*` or space, path. Where the path has a backslash or a line's end, the line begins
with a backslash, and they are written `\\\\`, `\\n` and `\\r` (GNU coreutils, "md5sum invocation").
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from archive.catalog import checks, files
from archive.config import Config
from archive.errors import ArchiveError, FixityError
from archive.fixity import UNEXPECTED, Finding, look

#: Digits of a checksum → the algorithm that makes so many.
_ALGORITHMS = {32: "md5", 40: "sha1", 56: "sha224", 64: "sha256", 96: "sha384", 128: "sha512"}
_GNU = re.compile(r"(?P<escaped>\\?)(?P<sum>[0-9A-Fa-f]{32,128}) [ *](?P<path>.+)", re.S)
#: Elsewhere the space between is any, as BagIt allows (RFC 8493, 2.1.3).
_BAGIT = re.compile(r"(?P<escaped>)(?P<sum>[0-9A-Fa-f]{32,128})[ \t]+\*?(?P<path>.+)", re.S)
_BSD = re.compile(r"(?P<escaped>\\?)[A-Z0-9-]+ ?\((?P<path>.+)\) ?= ?(?P<sum>[0-9A-Fa-f]{32,128})", re.S)
_ESCAPES = {"\\\\": "\\", "\\n": "\n", "\\r": "\r"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a manifest: its path as written, its checksum in lower case, and how that is computed."""

    path: str
    checksum: str
    algorithm: str


def line(checksum: str, path: str) -> str:
    r"""A manifest's line, without its end.

    >>> line("ab", "box 1/a.tif"), line("ab", "a\nb")
    ('ab  box 1/a.tif', '\\ab  a\\nb')
    """
    escaped = path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return f"{'' if escaped == path else chr(92)}{checksum}  {escaped}"


def parse(text: str) -> Entry | None:
    r"""The file that a line names; None where it is no line of a manifest.

    >>> parse("900150983cd24fb0d6963f7d28e17f72 *a b.tif")
    Entry(path='a b.tif', checksum='900150983cd24fb0d6963f7d28e17f72', algorithm='md5')
    """
    found = _GNU.fullmatch(text) or _BSD.fullmatch(text) or _BAGIT.fullmatch(text)
    if not found or len(found["sum"]) not in _ALGORITHMS:
        return None
    path = found["path"]
    if found["escaped"]:
        path = re.sub(r"\\[\\nr]", lambda one: _ESCAPES[one[0]], path)
    return Entry(path, found["sum"].lower(), _ALGORITHMS[len(found["sum"])])


def write(connection: Connection, config: Config, target: Path, paths: Iterable[Path] = ()) -> int:
    """Writes the manifest of all masters at or below the paths (none: of all), as they were taken in.

    Returns how many. No master is opened. Those below the manifest's own folder are named relative to it, so
    that it holds wherever the disk is mounted; others by their whole path. It stands whole or not at all.
    """
    mounted = files.mounted(connection, config)
    within = checks.scope(mounted, paths)
    home, number = target.absolute().parent, 0
    try:
        with tempfile.NamedTemporaryFile("wb", dir=home, prefix=f".{target.name}.", delete=False) as file:
            try:
                for portion in checks.portions(connection, within):
                    for place in portion:
                        path = mounted[place.root] / place.path
                        named = path.relative_to(home).as_posix() if path.is_relative_to(home) else str(path)
                        file.write(os.fsencode(line(place.sha256, named) + "\n"))
                        number += 1
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).chmod(0o644)
                Path(file.name).replace(target)
            finally:
                Path(file.name).unlink(missing_ok=True)
    except OSError as trouble:
        raise ArchiveError(
            f"the manifest cannot be written: {trouble.strerror or trouble}",
            item=str(target),
            remedy="Give a file in a folder that may be written.",
        ) from trouble
    return number


def read(path: Path) -> Iterator[Entry]:
    """The files that a manifest names, in its order.

    Comments (`#`, `;`) and empty lines say nothing. Raises FixityError for a line that is none of a manifest's.
    """
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(file, 1):
                text = os.fsdecode(raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw).rstrip("\r\n")
                if not text or text[0] in "#;":
                    continue
                entry = parse(text)
                if entry is None:
                    raise FixityError(
                        f"line {number} is no line of a manifest: {text[:80]}",
                        item=str(path),
                        remedy="A line is a checksum, two spaces and a path, as sha256sum writes it.",
                    )
                yield entry
    except OSError as trouble:
        raise FixityError(
            f"the manifest cannot be read: {trouble.strerror or trouble}",
            item=str(path),
            remedy="Give the manifest delivered with the disk.",
        ) from trouble


def compare(path: Path) -> Iterator[Finding]:
    """Every file that a manifest names, compared with it; then the files beside it that it does not name.

    Relative paths start at the manifest's folder. Hidden files and the manifest itself are expected.
    """
    home = path.absolute().parent
    named: set[Path] = {path.absolute()}
    for entry in read(path):
        there = Path(os.path.normpath(home / entry.path))
        named.add(there)
        yield look(there, entry.checksum, algorithm=entry.algorithm)
    for folder, folders, names in os.walk(home):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(folder, name) not in named:
                yield Finding(Path(folder, name), "", UNEXPECTED, f"the manifest {path.name} does not name it")
