"""Masters on their way into a bag: hashed while they are copied, and compared with the catalog."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from archive.bagging import BagWriter
from archive.errors import FixityError
from archive.fixity import CHANGED, MISSING, UNREADABLE, Finding
from archive.record import File

_CHUNK = 1 << 20


class _NotIt(Exception):
    """What stands at a place is not the master."""

    def __init__(self, finding: Finding):
        self.finding = finding


def copy(bag: BagWriter, name: str, file: File, places: Iterable[Path], item: str) -> None:
    """Puts a master into the payload, from the first of its places that has the bytes that were taken in.

    Raises FixityError, naming what stands at each place, where none has.
    """
    found: list[Finding] = []
    for place in places:
        try:
            with bag.payload(name) as target:
                for chunk in _chunks(place, file):
                    target.write(chunk)
                if target.checksum() != file.sha256:
                    raise _NotIt(Finding(place, file.sha256, CHANGED, target.checksum()))
            return
        except _NotIt as other:
            found.append(other.finding)
    raise FixityError(
        "; ".join(map(str, found)) or f"no place is known of its master {file.sha256}",
        item=item,
        remedy="No bag was written. `rescate verify` tells of all such masters.",
    )


def _chunks(place: Path, file: File) -> Iterator[bytes]:
    """The bytes at a place. Nothing but a regular file is opened."""
    try:
        if not place.is_file():
            there = place.exists()
            raise _NotIt(
                Finding(place, file.sha256, UNREADABLE if there else MISSING, "is no regular file" if there else "")
            )
        with place.open("rb", buffering=0) as source:
            while chunk := source.read(_CHUNK):
                yield chunk
    except OSError as trouble:
        raise _NotIt(Finding(place, file.sha256, UNREADABLE, trouble.strerror or str(trouble))) from trouble
