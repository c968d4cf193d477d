"""Opens a master, read-only: what pages it has, and each page's image on its canvas.

The canvas of a page is fixed here: an image after its orientation tag, a PDF page at a fixed DPI with
CropBox and rotation applied (see `images` and `pdf`). Every box of every reader is in its pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from archive.config import IngestSettings
from archive.errors import Unreadable, Unsupported
from archive.reason import Reason
from archive.record import Frame
from ingest.tools import images, pdf
from ingest.tools import media_type as kinds

__all__ = ["Frame", "Master", "identify", "render", "supported"]


@dataclass(frozen=True, slots=True)
class Master:
    """What a file holds: its pages in order, and notes for the record (a wrong name, what was left out and why)."""

    media_type: str
    frames: tuple[Frame, ...]
    notes: tuple[str, ...] = ()


def supported(media_type: str) -> bool:
    """Whether files of this type are taken in."""
    return media_type == kinds.PDF or media_type in images.FORMATS


def identify(path: str | Path, media_type: str, settings: IngestSettings) -> Master:
    """The pages of a master, without decoding them.

    A page that is damaged inside a good file has a frame with a `problem` and no size. Raises
    Unreadable (empty, damaged, no pages), Encrypted, Unsupported and TooLarge (the settings' max_pages;
    max_pixels of a single image).
    """
    path = Path(path)
    misnamed = kinds.wrongly_named(path, media_type)
    if media_type == kinds.EMPTY:
        raise Unreadable(
            "is empty", item=str(path), remedy="Copy it again from where it came, or scan it again.", code=Reason.EMPTY
        )
    if media_type == kinds.PDF:
        frames, notes = pdf.frames(path, settings)
    elif media_type in images.FORMATS:
        frames, notes = images.frames(path, media_type, settings)
    else:
        raise Unsupported(f"{misnamed or f'is {kinds.name_of(media_type)}'}, which is not taken in", item=str(path))
    return Master(media_type, frames, (misnamed, *notes) if misnamed else notes)


def render(path: str | Path, media_type: str, frame: Frame) -> Image.Image:
    """The page's image on its canvas, in mode 1, L or RGB.

    Raises Unreadable or Encrypted. PDF rendering is not thread safe: one thread a process.
    """
    path = Path(path)
    if frame.problem:
        code = Reason(frame.code or Reason.DAMAGED)
        raise Unreadable(frame.problem, item=f"{path}, page {frame.number}", code=code)
    if media_type == kinds.PDF:
        return pdf.render(path, frame)
    return images.render(path, media_type, frame)
