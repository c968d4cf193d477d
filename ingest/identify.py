"""Says of a file what it is: its bytes' hash, its media type by content, its frames, what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from archive.config import IngestSettings
from archive.errors import ArchiveError, ScanError, Unreadable
from archive.checksum import sha256
from archive.record import File
from ingest import media_type
from ingest.tools import embedded_metadata, masters


@dataclass(frozen=True)
class IdentifyTask:
    """One file to be identified, in a worker."""

    path: Path
    size: int
    settings: IngestSettings


@dataclass(frozen=True)
class Identified:
    """A file not yet in the catalog (its id is 0), or its hash and why it is refused."""

    sha256: str
    file: File | None = None
    notes: tuple[str, ...] = ()
    refused: ArchiveError | None = None


def identify(task: IdentifyTask) -> Identified:
    """What the file is, or why it cannot be taken in. A file that cannot be opened at all raises Unreadable."""
    try:
        kind = media_type.media_type(task.path)
        digest = sha256(task.path)
    except OSError as trouble:
        raise Unreadable(f"cannot be opened: {trouble.strerror or trouble}", item=str(task.path),
                         remedy="Check the disk, and who may read the file.") from trouble
    try:
        master = masters.identify(task.path, kind, task.settings)
        embedded = tuple(tuple(one) for one in embedded_metadata.read(task.path, kind))
    except ScanError as refused:
        return Identified(digest, refused=refused)
    return Identified(digest, File(0, digest, task.size, kind, master.frames, embedded), master.notes)
