"""The files of a tantivy index: whether each is still what was written, and how they are read where nothing may be
written."""

from __future__ import annotations

import json
import os
import re
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy

from archive.errors import EngineOutdated

#: At the end of each file tantivy writes JSON with the CRC-32 of what stands before, the length of that JSON, and this
#: number (both as four bytes, the lowest first): `Footer` in tantivy's `directory/footer.rs`.
_MAGIC = 1337
_PORTION = 1 << 20
_SEGMENT = re.compile(r"[0-9a-f]{32}\..+")


def damaged(folder: Path) -> list[str]:
    """The names of the index's files that are not as tantivy wrote them: bytes changed, cut short, or gone."""
    try:
        meta = json.loads((folder / "meta.json").read_text("utf-8"))
        segments = [one["segment_id"].replace("-", "") for one in meta["segments"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ["meta.json"]
    names = sorted(path.name for path in folder.iterdir() if _SEGMENT.fullmatch(path.name))
    wrong = [name for name in names if name.partition(".")[0] in segments and not _is_whole(folder / name)]
    return wrong + [f"{one}.*" for one in segments if not any(name.startswith(one) for name in names)]


def _is_whole(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            size = file.seek(-8, os.SEEK_END) + 8
            length, magic = (int.from_bytes(file.read(4), "little") for _ in range(2))
            if magic != _MAGIC or length > size - 8:
                return False
            file.seek(size - 8 - length)
            expected = json.loads(file.read(length))["crc"]
            file.seek(0)
            found, left = 0, size - 8 - length
            while portion := file.read(min(_PORTION, left)):
                found, left = zlib.crc32(portion, found), left - len(portion)
            return left == 0 and found == expected
    except FileNotFoundError:
        return True  # a writer has just merged it away
    except (OSError, ValueError, KeyError, TypeError):
        return False


class intact:
    """Has tantivy's panic over impossible bytes in a folder raise EngineOutdated while the block runs."""

    def __init__(self, folder: Path):
        self._folder = folder

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, panic: BaseException | None, _where: object) -> None:
        # Of pyo3, which gives no way to import it; it is no Exception.
        if kind is not None and kind.__name__ == "PanicException":
            raise EngineOutdated("the index is damaged", item=str(self._folder)) from panic


@contextmanager
def read(folder: Path) -> Iterator[None]:
    """Has whatever tantivy says of files that it reads, and cannot, raise EngineOutdated."""
    try:
        with intact(folder):
            yield
    except (ValueError, OSError) as broken:
        raise EngineOutdated(f"the index cannot be read: {broken}", item=str(folder)) from broken


class Opened:
    """A generation's index as it is read. Where this account may not write in its folder, it is opened through links in
    a temporary folder: tantivy makes a lock file where it reads."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._links: tempfile.TemporaryDirectory[str] | None = None
        if not os.access(folder, os.W_OK):
            self._links = tempfile.TemporaryDirectory(prefix="rescate-index-")
            self._link(self._links.name)
        self.index = tantivy.Index.open(self._links.name if self._links else str(folder))
        self.index.config_reader("manual")

    def reload(self) -> None:
        """Reads what was last committed. Raises ValueError or OSError where files went away meanwhile."""
        if self._links:
            self._link(self._links.name)
        self.index.reload()

    def _link(self, folder: str) -> None:
        """Links to all files there are, and none to those that are gone; `meta.json` last, which names the others."""
        there = {path.name for path in self._folder.iterdir() if not path.name.endswith(".lock")}
        links = Path(folder)
        for link in list(links.iterdir()):
            if link.is_symlink() and link.name not in there:
                link.unlink()
        for name in sorted(there, key="meta.json".__eq__):
            if not (links / name).is_symlink():
                (links / name).symlink_to(self._folder / name)
