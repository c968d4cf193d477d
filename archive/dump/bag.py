"""A BagIt bag written into a tar file and read from it as one stream: nothing is held in memory but the file at
hand."""

from __future__ import annotations

import gzip
import hashlib
import io
import itertools
import os
import tarfile
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from archive.errors import FixityError

PAYLOAD = "data/"
MANIFEST, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
#: How many names a message lists.
_NAMED = 5


class BagWriter:
    """Adds payload files one by one. `close` writes the manifests; without it there is no bag."""

    def __init__(self, tar: tarfile.TarFile, folder: str, spool: Path):
        self._tar, self._folder, self._spool = tar, folder, spool
        self._manifest = tempfile.TemporaryFile(dir=spool)
        self._tags: list[tuple[str, str]] = []
        self._bytes = self._files = 0
        self._tag("bagit.txt", _DECLARATION)

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """A payload file of which the size is not known before: it is written beside first."""
        with tempfile.TemporaryFile(dir=self._spool) as aside:
            for chunk in chunks:
                aside.write(chunk)
            self.add_file(name, aside)

    def add_file(self, name: str, file: BinaryIO) -> None:
        """A payload file, as it is now."""
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        reading = _Hashing(file, size)
        self._put(PAYLOAD + name, reading, size)
        self._manifest.write(f"{reading.sha256.hexdigest()}  {PAYLOAD}{name}\n".encode())
        self._bytes, self._files = self._bytes + size, self._files + 1

    def close(self, about: dict[str, str]) -> None:
        lines = about | {
            "Bagging-Date": datetime.now(UTC).date().isoformat(),
            "Payload-Oxum": f"{self._bytes}.{self._files}",
        }
        self._tag("bag-info.txt", "".join(f"{label}: {value}\n" for label, value in lines.items()).encode())
        size = self._manifest.tell()
        self._manifest.seek(0)
        reading = _Hashing(self._manifest, size)
        self._put(MANIFEST, reading, size)
        self._tags.append((reading.sha256.hexdigest(), MANIFEST))
        tags = "".join(f"{sha256}  {name}\n" for sha256, name in self._tags).encode()
        self._put(TAGS, io.BytesIO(tags), len(tags))

    def _tag(self, name: str, content: bytes) -> None:
        self._put(name, io.BytesIO(content), len(content))
        self._tags.append((hashlib.sha256(content).hexdigest(), name))

    def _put(self, name: str, file, size: int) -> None:
        member = tarfile.TarInfo(f"{self._folder}/{name}")
        member.size, member.mode, member.mtime = size, 0o600, int(datetime.now(UTC).timestamp())
        self._tar.addfile(member, file)
        self._tar.members.clear()  # else it would remember every one


class _Hashing:
    """A file of a known size that is hashed while it is read; read short, it fails rather than being filled up."""

    def __init__(self, file: BinaryIO, size: int):
        self._file, self._left = file, size
        self.sha256 = hashlib.sha256()

    def read(self, number: int) -> bytes:
        chunk = self._file.read(min(number, self._left))
        self._left -= len(chunk)
        self.sha256.update(chunk)
        return chunk


@contextmanager
def new_bag(path: Path) -> Iterator[BagWriter]:
    """A bag that stands at `path` once it is whole, for its owner's eyes only; where the block fails there is none.

    The caller closes the writer; `.gz` and `.tgz` are compressed.
    """
    handle, aside = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)  # mode 0600
    try:
        folder = path.name.split(".tar")[0].removesuffix(".tgz") or "dump"
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(
                fileobj=file, mode="w|gz" if path.suffix in (".gz", ".tgz") else "w|", format=tarfile.PAX_FORMAT
            ) as tar:
                yield BagWriter(tar, folder, path.parent)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(aside)


@contextmanager
def opened(path: Path) -> Iterator[Iterator[tuple[str, BinaryIO]]]:
    """Every file of a bag by its name below the bag's folder, to be read before the next is asked for.

    Raises FixityError where the tar file turns out, while it is read, to be damaged or cut off, or holds what is no
    plain file.
    """
    try:
        with tarfile.open(path, "r|*") as tar:
            yield _members(tar, path)
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as broken:
        raise damaged(path, f"it is no whole tar file: {broken}") from broken


def _members(tar: tarfile.TarFile, path: Path) -> Iterator[tuple[str, BinaryIO]]:
    while (member := tar.next()) is not None:
        tar.members.clear()
        name = PurePosixPath(member.name)
        if member.isdir():
            continue
        if not member.isreg() or name.is_absolute() or ".." in name.parts or len(name.parts) < 2:
            raise damaged(path, f"it holds {member.name!r}, which no dump does")
        yield "/".join(name.parts[1:]), tar.extractfile(member)


def verify(path: Path, *wanted: str) -> dict[str, bytes]:
    """Compares every file with its SHA-256 in the manifests; returns the `wanted` payload files by name.

    Raises FixityError naming what is missing, changed or not in the manifest.
    """
    with opened(path) as members, tempfile.TemporaryFile() as found, tempfile.TemporaryFile() as said:
        kept: dict[str, bytes] = {}
        hashed: dict[str, str] = {}
        tags = None
        for name, file in members:
            sha256 = hashlib.sha256()
            payload = name.removeprefix(PAYLOAD)
            keep = said if name == MANIFEST else io.BytesIO() if name == TAGS or payload in wanted else None
            while chunk := file.read(1 << 18):
                sha256.update(chunk)
                if keep is not None:
                    keep.write(chunk)
            if name == TAGS:
                tags = keep.getvalue()
            elif name.startswith(PAYLOAD):
                found.write(f"{sha256.hexdigest()}  {name}\n".encode())
                if keep is not None:
                    kept[payload] = keep.getvalue()
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
