"""The images people are shown: a page image, its narrower copies and a thumbnail, made from the canvas."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from PIL import Image

from archive import derivatives
from archive.errors import ToolFailed
from archive.reason import Reason


def write(
    canvas: Image.Image, image_path: Path, thumbnail_path: Path, *, image_width: int, quality: int, thumbnail_width: int
) -> Image.Image:
    """Writes them as baseline JPEG, never larger than the canvas; returns the page image, in mode L or RGB.

    The narrower copies stand beside the page image. Each is written beside its place and then put there, so that a
    killed run leaves no half image. Raises ToolFailed where they cannot be written.
    """
    shown = _shrunk(canvas if canvas.mode != "1" else canvas.convert("L"), image_width)
    _save(shown, image_path, quality)
    _write_narrow(shown, image_path, quality)
    _save(_shrunk(shown, thumbnail_width), thumbnail_path, quality)
    return shown


def narrow(image_path: Path, quality: int) -> None:
    """Writes the narrower copies of a page image that stands there. Raises ToolFailed where it cannot be read, or they
    cannot be written."""
    try:
        with Image.open(image_path) as shown:
            shown.load()
    except (OSError, SyntaxError) as trouble:
        raise ToolFailed(
            f"the page image cannot be read: {trouble}",
            item=str(image_path),
            remedy="Delete it and run `rescate ingest` on its master again: it is made anew.",
            code=Reason.DISK,
        ) from trouble
    _write_narrow(shown, image_path, quality)


def _write_narrow(shown: Image.Image, image_path: Path, quality: int) -> None:
    for width in reversed(derivatives.NARROW):
        place = derivatives.narrow(image_path, width)
        if shown.width > width:
            # Each from the next wider: so much faster, and nobody can tell.
            shown = _shrunk(shown, width)
            _save(shown, place, quality)
        else:
            place.unlink(missing_ok=True)  # of a wider scan that stood here before


def _shrunk(image: Image.Image, width: int) -> Image.Image:
    size = derivatives.shrunk(*image.size, width)
    if size == image.size:
        return image
    # As sharp as bicubic when shrinking, and half the time; reduced by a whole number first where
    # that leaves enough to choose from.
    return image.resize(size, Image.Resampling.HAMMING, reducing_gap=1.5)


def _save(image: Image.Image, path: Path, quality: int) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # A comment in the master would go along: what stands in it (names, coordinates) is not for everybody.
        image.save(part, "JPEG", quality=quality, comment=b"", exif=b"", xmp=b"")
        part.replace(path)
    except OSError as trouble:
        with contextlib.suppress(OSError):
            part.unlink()
        raise ToolFailed(
            f"cannot be written: {trouble.strerror or trouble}",
            item=str(path),
            remedy="Look whether the disk is full or the folder may not be written.",
            code=Reason.DISK,
        ) from trouble
