"""A dump's bag read from its tar file as one stream, and compared with its manifests: nothing is held in memory but the
file at hand. `archive.bagging` writes it."""

from __future__ import annotations

import gzip
import hashlib
import io
import itertools
import tarfile
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from archive.bagging import PAYLOAD
from archive.errors import FixityError

MANIFEST, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
#: How many names a message lists.
_NAMED = 5


@contextmanager
def opened(path: Path) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """Every file of a bag by its name below the bag's folder, to be read before the next is asked for.

    Raises FixityError where the tar file turns out, while it is read, to be damaged or cut off, or holds what is no
    plain file.
    """
    try:
        with tarfile.open(path, "r|*") as tar:
            yield _members(tar, path)
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as broken:
        raise damaged(path, f"it is no whole tar file: {broken}") from broken


def _members(tar: tarfile.TarFile, path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    while (member := tar.next()) is not None:
        tar.members.clear()  # type: ignore[attr-defined]  # in no stub
        name = PurePosixPath(member.name)
        if member.isdir():
            continue
        if not member.isreg() or name.is_absolute() or ".." in name.parts or len(name.parts) < 2:
            raise damaged(path, f"it holds {member.name!r}, which no dump does")
        if (file := tar.extractfile(member)) is not None:  # a regular file always has its bytes
            yield "/".join(name.parts[1:]), file


def verify(path: Path, *wanted: str) -> dict[str, bytes]:
    """Compares every file with its SHA-256 in the manifests; returns the `wanted` payload files by name.

    Raises FixityError naming what is missing, changed or not in the manifest.
    """
    with opened(path) as members, tempfile.TemporaryFile() as found, tempfile.TemporaryFile() as said:
        kept: dict[str, bytes] = {}
        hashed: dict[str, str] = {}
        tags: bytes | None = None
        for name, file in members:
            sha256 = hashlib.sha256()
            payload = name.removeprefix(PAYLOAD)
            aside = io.BytesIO() if name == TAGS or payload in wanted else None
            keep: IO[bytes] | None = said if name == MANIFEST else aside
            while chunk := file.read(1 << 18):
                sha256.update(chunk)
                if keep is not None:
                    keep.write(chunk)
            if name == TAGS and aside is not None:
                tags = aside.getvalue()
            elif name.startswith(PAYLOAD):
                found.write(f"{sha256.hexdigest()}  {name}\n".encode())
                if aside is not None:
                    kept[payload] = aside.getvalue()
            else:
                hashed[name] = sha256.hexdigest()
        if tags is None:
            raise damaged(path, "its end is missing")
        if _read(io.BytesIO(tags)) != hashed:
            raise damaged(path, f"{MANIFEST} or another of its own lists is not what it was")
        found.seek(0), said.seek(0)
        if any(here != there for here, there in itertools.zip_longest(found, said)):
            found.seek(0), said.seek(0)
            raise damaged(path, _difference(_read(said), _read(found)))
    for name in wanted:
        if name not in kept:
            raise damaged(path, f"{name} is missing")
    return kept


def _read(lines: Iterable[bytes]) -> dict[str, str]:
    return {
        name: sha256
        for sha256, name in (
            line.decode("utf-8", "replace").rstrip("\n").split("  ", 1) for line in lines if b"  " in line
        )
    }


def _difference(said: dict[str, str], found: dict[str, str]) -> str:
    kinds = {
        "missing": [name for name in said if name not in found],
        "changed": [name for name in said if name in found and said[name] != found[name]],
        "not in its manifest": [name for name in found if name not in said],
    }
    parts = [
        f"{kind}: {', '.join(names[:_NAMED])}" + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")
        for kind, names in kinds.items()
        if names
    ]
    return "; ".join(parts) or "its files are in another order than its manifest has them"


def damaged(path: Path, what: str) -> FixityError:
    return FixityError(f"the dump is damaged: {what}", item=str(path), remedy="Nothing was restored. Use another copy.")
