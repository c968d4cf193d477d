"""Says of a file what it is: its bytes' hash, its media type by content, its frames, what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from archive.checksum import sha256
from archive.config import IngestSettings
from archive.errors import ArchiveError, ScanError, Unreadable, Unsupported
from archive.reason import of_disk
from archive.record import File, Frame
from ingest.intake import kept_formats
from ingest.tools import embedded_metadata, masters, media_type, pronom


@dataclass(frozen=True)
class IdentifyTask:
    """One file to be identified, in a worker. `named` says that a row of the metadata names it: then it belongs
    to the collection, whatever it is. `transcript` says that it is the text of a page beside it, and no master."""

    path: Path
    size: int
    settings: IngestSettings
    named: bool = False
    transcript: bool = False


@dataclass(frozen=True)
class Identified:
    """A file not yet in the catalog (its id is 0), or its hash and why it is refused.

    `kept` says that it cannot be read and is kept as it is: it has one frame without a size. Its notes say why
    it is not read.
    """

    sha256: str
    file: File | None = None
    notes: tuple[str, ...] = ()
    refused: ArchiveError | None = None
    kept: bool = False


def identify(task: IdentifyTask) -> Identified:
    """What the file is, or why it cannot be taken in. A file that cannot be opened at all raises Unreadable."""
    try:
        kind = media_type.media_type(task.path)
        digest = sha256(task.path)
        format = pronom.identify(task.path)
    except OSError as trouble:
        raise Unreadable(
            f"cannot be opened: {trouble.strerror or trouble}",
            item=str(task.path),
            remedy="Check the disk, and who may read the file.",
            code=of_disk(trouble),
        ) from trouble
    if task.transcript:
        return Identified(digest, _unread(task, digest, format.media_type or kind, format, kind), kept=True)
    try:
        master = masters.identify(task.path, kind, task.settings)
        embedded = tuple(embedded_metadata.read(task.path, kind))
    except Unsupported as unread:
        return _kept(task, digest, kind, format, unread)
    except ScanError as refused:
        return Identified(digest, refused=refused)
    return Identified(
        digest, File(0, digest, task.size, kind, master.frames, embedded, *_recorded(format, kind)), master.notes
    )


def _recorded(format: pronom.Format, kind: str) -> tuple[str, str]:
    """Identifier and name for the record; of what is no text, a suffix alone proves nothing."""
    return ("", "") if format.by_name and kind != media_type.TEXT else (format.puid, format.name)


def _kept(task: IdentifyTask, digest: str, kind: str, format: pronom.Format, unread: Unsupported) -> Identified:
    """A file that cannot be read: kept where it is named or of a kind that is kept, else refused.

    An image of a kind that is read, and cannot be after all, is not kept unasked: it is a scan that somebody
    has to look at.
    """
    # Ours is by content alone. Where it knows nothing nearer, PRONOM's is better.
    told = format.media_type if format.media_type and not format.by_name else kind
    if not task.named:
        refused = unread if masters.supported(kind) else kept_formats.refusal(format, told, str(task.path))
        if refused is not None:
            return Identified(digest, refused=refused)
    called = format.name or media_type.name_of(kind)
    note = f"kept as it is, not read: {called}" + (f" ({unread.message})" if masters.supported(kind) else "")
    misnamed = media_type.wrongly_named(task.path, kind)
    return Identified(
        digest,
        _unread(task, digest, told, format, kind),
        (misnamed, note) if misnamed and not format.puid else (note,),
        kept=True,
    )


def _unread(task: IdentifyTask, digest: str, told: str, format: pronom.Format, kind: str) -> File:
    """A file of one frame without a size: it is kept, and no page of it is ever drawn."""
    return File(0, digest, task.size, told, (Frame(1, 0, 0),), (), *_recorded(format, kind))
