"""The images people are shown: a page image and a thumbnail, made from the canvas."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from PIL import Image

from archive.errors import ToolFailed

#: JPEG ends at 65,535 pixels a side; a strip of film may be longer when as wide as the settings say.
MAX_HEIGHT = 30_000


def write(canvas: Image.Image, image_path: Path, thumbnail_path: Path, *, image_width: int, quality: int,
          thumbnail_width: int) -> Image.Image:
    """Writes both as baseline JPEG, never larger than the canvas; the page image, in mode L or RGB.

    Each is written beside its place and then put there, so that a killed run leaves no half image.
    Raises ToolFailed where they cannot be written.
    """
    shown = _shrunk(canvas if canvas.mode != "1" else canvas.convert("L"), image_width)
    _save(shown, image_path, quality)
    _save(_shrunk(shown, thumbnail_width), thumbnail_path, quality)
    return shown


def _shrunk(image: Image.Image, width: int) -> Image.Image:
    scale = min(1.0, width / image.width, MAX_HEIGHT / image.height)
    if scale == 1:
        return image
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    # As sharp as bicubic when shrinking, and half the time; reduced by a whole number first where
    # that leaves enough to choose from.
    return image.resize(size, Image.Resampling.HAMMING, reducing_gap=1.5)


def _save(image: Image.Image, path: Path, quality: int) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # A comment in the master would go along: what stands in it (names, coordinates) is not for everybody.
        image.save(part, "JPEG", quality=quality, comment=b"", exif=b"", xmp=b"")
        os.replace(part, path)
    except OSError as trouble:
        with contextlib.suppress(OSError):
            part.unlink()
        raise ToolFailed(f"cannot be written: {trouble.strerror or trouble}", item=str(path),
                         remedy="Look whether the disk is full or the folder may not be written.") from trouble
