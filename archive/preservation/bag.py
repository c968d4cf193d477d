"""A BagIt bag in a folder (RFC 8493): built aside, hashed while it is written, validated, then put in its place."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import bagit

from archive.checksum import digest
from archive.errors import ArchiveError, FixityError

#: RFC 8493, 2.4: every implementation must know both.
ALGORITHMS = ("sha256", "sha512")
_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


class PayloadFile:
    """A file of the payload while it is written: its size and its checksums so far."""

    def __init__(self, file: BinaryIO):
        self._file = file
        self._sums = {name: hashlib.new(name) for name in ALGORITHMS}
        self.bytes = 0

    def write(self, chunk: bytes) -> None:
        self._file.write(chunk)
        for one in self._sums.values():
            one.update(chunk)
        self.bytes += len(chunk)

    def checksum(self, algorithm: str = "sha256") -> str:
        return self._sums[algorithm].hexdigest()


class BagWriter:
    """Adds files to the payload of a bag one by one; nothing is kept in memory but sums. `seal` ends it."""

    def __init__(self, folder: Path):
        self._folder = folder
        self.bytes = self.files = 0
        (folder / "data").mkdir()
        self._manifests = {
            name: open(folder / f"manifest-{name}.txt", "x", encoding="utf-8", newline="\n") for name in ALGORITHMS
        }

    @contextmanager
    def payload(self, name: str) -> Iterator[PayloadFile]:
        """A new file below data/, of which the name is safe (`archive.preservation.names`): in the manifests once the
        block has ended, and gone where it fails."""
        path = self._folder / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = False
        try:
            with open(path, "xb") as file:
                written = PayloadFile(file)
                yield written
            whole = True
        finally:
            if not whole:
                path.unlink(missing_ok=True)
        for algorithm, manifest in self._manifests.items():
            manifest.write(f"{written.checksum(algorithm)}  data/{name}\n")
        self.bytes, self.files = self.bytes + written.bytes, self.files + 1

    def add(self, name: str, content: bytes) -> None:
        with self.payload(name) as file:
            file.write(content)

    def seal(self, about: Iterable[tuple[str, str]]) -> None:
        """Writes the tag files: what is said `about` the bag (RFC 8493, 2.2.2), and the manifests of them all."""
        self.close()
        said = [
            *about,
            ("Bagging-Date", datetime.now(UTC).date().isoformat()),
            ("Bag-Size", size(self.bytes)),
            ("Payload-Oxum", f"{self.bytes}.{self.files}"),
        ]
        self._tag("bagit.txt", _DECLARATION)
        self._tag(
            "bag-info.txt", "".join(f"{label}: {' '.join(value.split())}\n" for label, value in said if value.strip())
        )
        tags = sorted(path for path in self._folder.iterdir() if path.is_file())
        for algorithm in ALGORITHMS:
            lines = (f"{digest(path, algorithm)}  {path.name}\n" for path in tags)
            self._tag(f"tagmanifest-{algorithm}.txt", "".join(lines))

    def _tag(self, name: str, text: str) -> None:
        (self._folder / name).write_bytes(text.encode("utf-8"))

    def validate(self) -> None:
        """Reads the whole bag again and compares it with its manifests (bagit-python). Raises FixityError."""
        try:
            bagit.Bag(str(self._folder)).validate()
        except bagit.BagError as wrong:
            raise FixityError(
                f"the bag is not valid: {wrong}",
                item=str(self._folder),
                remedy="Nothing was left there. Look at the disk, and export again.",
            ) from wrong

    def close(self) -> None:
        for manifest in self._manifests.values():
            manifest.close()


@contextmanager
def new_bag(path: Path, *, private: bool) -> Iterator[BagWriter]:
    """A bag that stands at `path` once the block has ended; where that fails or is interrupted, nothing does.

    The caller seals and validates it. A `private` one can be opened by its owner alone. Raises ArchiveError where
    something stands there already, or the disk does not take it.
    """
    _must_be_free(path)
    aside: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent))  # mode 0700
        bag = BagWriter(aside)
        try:
            yield bag
        finally:
            bag.close()
        if not private:
            aside.chmod(0o755)
        os.sync()
        _must_be_free(path)
        os.rename(aside, path)
    except OSError as trouble:
        raise ArchiveError(
            f"the bag cannot be written: {trouble.strerror or trouble}",
            item=str(path),
            remedy="Nothing was left there. Give a folder with room that may be written.",
        ) from trouble
    finally:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)


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
