"""BagIt bags (RFC 8493), written file by file into a folder or a tar file, hashed meanwhile, and there once they are
whole. bagit-python validates those in folders (`validate`), who restores a dump those in tar files (`dump.bag`).
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Protocol

import bagit

from archive.errors import ArchiveError, FixityError

PAYLOAD = "data/"
#: RFC 8493, 2.4: every implementation must know both.
ALGORITHMS = ("sha256", "sha512")
_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_CHUNK = 1 << 18


class PayloadFile:
    """A file while it is written: its size and its checksums so far."""

    def __init__(self, file: BinaryIO, algorithms: Sequence[str] = ALGORITHMS):
        self._file = file
        self._sums = {name: hashlib.new(name) for name in algorithms}
        self.bytes = 0

    def write(self, chunk: bytes) -> None:
        self._file.write(chunk)
        self._count(chunk)

    def read(self, number: int) -> bytes:
        """The next bytes of what stands in the file already, counted and hashed as those that are written."""
        chunk = self._file.read(number)
        self._count(chunk)
        return chunk

    def checksum(self, algorithm: str = "sha256") -> str:
        return self._sums[algorithm].hexdigest()

    def _count(self, chunk: bytes) -> None:
        for one in self._sums.values():
            one.update(chunk)
        self.bytes += len(chunk)


class _Place(Protocol):
    """Where a bag is written."""

    def new(self, name: str) -> AbstractContextManager[BinaryIO]:
        """A new file to be written; it is there once the block has ended, and is not where the block fails."""

    def put(self, name: str, file: PayloadFile, size: int) -> None:
        """A new file of that size, read from another."""

    def aside(self) -> BinaryIO:
        """A file on the same disk that is no part of the bag."""


class BagWriter:
    """Adds files to the payload of a bag one by one; nothing is kept in memory but sums. `seal` ends it."""

    def __init__(self, place: _Place, path: Path, algorithms: Sequence[str]):
        self.path, self._place = path, place
        self.bytes = self.files = 0
        self._manifests = {name: place.aside() for name in algorithms}
        self._tags: list[tuple[str, PayloadFile]] = []
        self._tag("bagit.txt", io.BytesIO(_DECLARATION.encode()))

    @contextmanager
    def payload(self, name: str) -> Iterator[PayloadFile]:
        """A new file below data/, of which the name is safe (`archive.preservation.names`): in the manifests once the
        block has ended, and gone where it fails."""
        with self._place.new(PAYLOAD + name) as file:
            written = PayloadFile(file, tuple(self._manifests))
            yield written
        self._enter(name, written)

    def add(self, name: str, content: bytes | Iterable[bytes]) -> None:
        with self.payload(name) as file:
            for chunk in (content,) if isinstance(content, bytes) else content:
                file.write(chunk)

    def add_file(self, name: str, file: BinaryIO) -> None:
        """A payload file, as it is now."""
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        read = PayloadFile(file, tuple(self._manifests))
        self._place.put(PAYLOAD + name, read, size)
        self._enter(name, read)

    def seal(self, about: Iterable[tuple[str, str]]) -> None:
        """Writes the tag files: what is said `about` the bag (RFC 8493, 2.2.2), and the manifests of them all."""
        said = [
            *about,
            ("Bagging-Date", datetime.now(UTC).date().isoformat()),
            ("Bag-Size", size(self.bytes)),
            ("Payload-Oxum", f"{self.bytes}.{self.files}"),
        ]
        lines = (f"{label}: {' '.join(value.split())}\n" for label, value in said if value.strip())
        self._tag("bag-info.txt", io.BytesIO("".join(lines).encode()))
        for algorithm, manifest in self._manifests.items():
            self._tag(f"manifest-{algorithm}.txt", manifest)
        tags = sorted(self._tags, key=lambda one: one[0])
        for algorithm in self._manifests:
            text = "".join(f"{written.checksum(algorithm)}  {name}\n" for name, written in tags)
            self._tag(f"tagmanifest-{algorithm}.txt", io.BytesIO(text.encode()))

    def validate(self) -> None:
        """Reads the whole bag again, which is in a folder, and compares it with its manifests. Raises FixityError."""
        try:
            bagit.Bag(str(self.path)).validate()
        except bagit.BagError as wrong:
            raise FixityError(
                f"the bag is not valid: {wrong}",
                item=str(self.path),
                remedy="Nothing was left there. Look at the disk, and export again.",
            ) from wrong

    def close(self) -> None:
        for manifest in self._manifests.values():
            manifest.close()

    def _enter(self, name: str, written: PayloadFile) -> None:
        for algorithm, manifest in self._manifests.items():
            manifest.write(f"{written.checksum(algorithm)}  {PAYLOAD}{name}\n".encode())
        self.bytes, self.files = self.bytes + written.bytes, self.files + 1

    def _tag(self, name: str, file: BinaryIO) -> None:
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        read = PayloadFile(file, tuple(self._manifests))
        self._place.put(name, read, size)
        self._tags.append((name, read))


class _Folder:
    """A bag in a folder."""

    def __init__(self, folder: Path):
        self._folder = folder
        (folder / PAYLOAD).mkdir()

    @contextmanager
    def new(self, name: str) -> Iterator[BinaryIO]:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with ExitStack() as undone:
            with path.open("xb") as file:
                undone.callback(path.unlink, missing_ok=True)
                yield file
            undone.pop_all()

    def put(self, name: str, file: PayloadFile, size: int) -> None:
        with self.new(name) as target:
            while chunk := file.read(_CHUNK):
                target.write(chunk)

    def aside(self) -> BinaryIO:
        return tempfile.TemporaryFile(dir=self._folder)


class _Tar:
    """A bag in a tar file: what comes without its size is written beside first."""

    def __init__(self, tar: tarfile.TarFile, folder: str, beside: Path):
        self._tar, self._folder, self._beside = tar, folder, beside

    @contextmanager
    def new(self, name: str) -> Iterator[BinaryIO]:
        with self.aside() as file:
            yield file
            size = file.tell()
            file.seek(0)
            self._add(name, file, size)

    def put(self, name: str, file: PayloadFile, size: int) -> None:
        self._add(name, _Bounded(file, size), size)

    def aside(self) -> BinaryIO:
        return tempfile.TemporaryFile(dir=self._beside)

    def _add(self, name: str, file: _Readable, size: int) -> None:
        member = tarfile.TarInfo(f"{self._folder}/{name}")
        member.size, member.mode, member.mtime = size, 0o600, int(datetime.now(UTC).timestamp())
        self._tar.addfile(member, file)  # fails where the file ends before
        # Else it would remember every one.
        self._tar.members.clear()  # type: ignore[attr-defined]  # in no stub


class _Readable(Protocol):
    def read(self, number: int = ..., /) -> bytes: ...


class _Bounded:
    """A file that is read no further than it reached: it may be growing."""

    def __init__(self, file: PayloadFile, size: int):
        self._file, self._left = file, size

    def read(self, number: int = -1) -> bytes:
        chunk = self._file.read(self._left if number < 0 else min(number, self._left))
        self._left -= len(chunk)
        return chunk


@contextmanager
def bag_in_folder(path: Path, *, private: bool) -> Iterator[BagWriter]:
    """A bag that stands at `path` once the block has ended; where that fails or is interrupted, nothing does.

    The caller seals and validates it. A `private` one can be opened by its owner alone. Raises ArchiveError where
    something stands there already, or the disk does not take it.
    """
    _must_be_free(path)
    aside: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent))  # mode 0700
        bag = BagWriter(_Folder(aside), aside, ALGORITHMS)
        try:
            yield bag
        finally:
            bag.close()
        if not private:
            aside.chmod(0o755)
        os.sync()
        _must_be_free(path)
        aside.rename(path)
    except OSError as trouble:
        raise ArchiveError(
            f"the bag cannot be written: {trouble.strerror or trouble}",
            item=str(path),
            remedy="Nothing was left there. Give a folder with room that may be written.",
        ) from trouble
    finally:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def bag_in_tar(path: Path) -> Iterator[BagWriter]:
    """A bag in a tar file that stands at `path` once it is whole, for its owner's eyes only; where the block fails
    there is none. Its checksums are SHA-256 alone, which is what dumps have had from the first.

    The caller seals the bag; `.gz` and `.tgz` are compressed. What the disk does not take is an OSError.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)  # mode 0600
    aside = Path(name)
    try:
        folder = path.name.split(".tar")[0].removesuffix(".tgz") or "dump"
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(
                fileobj=file, mode="w|gz" if path.suffix in (".gz", ".tgz") else "w|", format=tarfile.PAX_FORMAT
            ) as tar:
                bag = BagWriter(_Tar(tar, folder, path.parent), path, ALGORITHMS[:1])
                try:
                    yield bag
                finally:
                    bag.close()
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        with suppress(FileNotFoundError):
            aside.unlink()


def _must_be_free(path: Path) -> None:
    if os.path.lexists(path):
        raise ArchiveError(
            "there is something of that name already", item=str(path), remedy="Export again, or into another folder."
        )


def size(number: int) -> str:
    """Bytes in words.

    >>> size(512), size(12_345_678), size(3_200_000_000_000)
    ('512 B', '12.3 MB', '3.2 TB')
    """
    amount, unit = float(number), "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if amount < 1000:
            break
        amount, unit = amount / 1000, larger
    return f"{amount:.1f} {unit}" if unit != "B" else f"{number} B"
