"""Says which format of PRONOM a file has, by Siegfried's signatures; needs no network."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from archive.errors import ToolFailed
from archive.reason import Reason

#: Of a long file only so much from each end is looked at: DROID, the National Archives' own program, looks at
#: 64 KiB unless told otherwise. A whole master of 100 MB would take a second.
WINDOW = 128 * 1024
#: OLE2 and ZIP, whose formats are told by the names of the streams within: these are looked at whole.
_CONTAINERS = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04")
_UNKNOWN = "UNKNOWN"
_ONLY_BY_NAME = "match on extension only"


@dataclass(frozen=True, slots=True)
class Format:
    """A format of PRONOM: its identifier (`x-fmt/44`), its name with its version, its media type and its
    classes (`Word Processor`), each empty where PRONOM does not say it.

    `by_name` says that nothing but the file's suffix speaks for it. A file that PRONOM does not know has the
    empty Format.
    """

    puid: str = ""
    name: str = ""
    media_type: str = ""
    classes: tuple[str, ...] = ()
    by_name: bool = False


def identify(path: str | Path) -> Format:
    """The format of the file at `path`. Raises OSError where it cannot be opened, ToolFailed where Siegfried fails."""
    path = Path(path)
    size = os.stat(path).st_size
    with path.open("rb") as file:
        head = file.read(WINDOW)
        file.seek(max(len(head), size - WINDOW))
        tail = b"" if head.startswith(_CONTAINERS) else file.read(WINDOW)
    # Of a name the suffix alone tells anything. Siegfried's names are UTF-8, a master's need not be.
    suffix = path.suffix.encode("ascii", "ignore").decode()
    if size > 2 * WINDOW and tail:
        with tempfile.NamedTemporaryFile(prefix="pronom-", suffix=suffix) as ends:
            ends.write(head + tail)
            ends.flush()
            return _match(ends.name, item=str(path))
    if _is_utf8(path):
        return _match(str(path), item=str(path))
    with tempfile.TemporaryDirectory(prefix="pronom-") as folder:
        link = Path(folder) / f"master{suffix}"
        link.symlink_to(path.absolute())
        return _match(str(link), item=str(path))


def version() -> str:
    """Siegfried's version and that of its signatures: `1.11.9, DROID_SignatureFile_V125.xml; …`."""
    siegfried = _siegfried()
    with tempfile.NamedTemporaryFile(prefix="pronom-") as nothing:
        said = siegfried.identify(nothing.name, detailed=True)
    return f"{said['siegfried']}, {said['identifiers'][0]['details']}"


@cache
def _siegfried():
    # Loaded when first asked for, in the workers that identify: it brings Go's runtime, some 100 MB.
    import pygfried

    return pygfried


def _is_utf8(path: Path) -> bool:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _match(path: str, item: str) -> Format:
    siegfried = _siegfried()
    try:
        found = siegfried.identify(path, detailed=True)["files"][0]["matches"]
    except siegfried.GoError as trouble:
        raise ToolFailed(
            f"Siegfried fails on it: {trouble}", item=item, remedy="Report it with the file.", code=Reason.UNEXPECTED
        ) from trouble
    known = [one for one in found if one["id"] != _UNKNOWN]
    if not known:
        return Format()
    best = known[0]
    return Format(
        puid=best["id"],
        name=" ".join(filter(None, (best["format"], best["version"]))),
        media_type=best["mime"].split(",")[0].strip(),
        classes=tuple(filter(None, map(str.strip, best["class"].split(",")))),
        by_name=_ONLY_BY_NAME in best["warning"],
    )
