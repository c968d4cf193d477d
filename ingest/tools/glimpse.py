"""A small picture of a master, for staff to see what failed: of a damaged image, as far as it can be decoded."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image, ImageFile

from archive.config import IngestSettings
from archive.errors import TooLarge, Unreadable, Unsupported
from archive.reason import of_disk
from ingest.tools import images, pdf
from ingest.tools import media_type as kinds

#: Pixels of the longer side, and the JPEG's quality: some five kilobytes each.
SIDE, QUALITY = 240, 60


@dataclass(frozen=True, slots=True)
class GlimpseTask:
    """One page of a file, counted from 1."""

    path: Path
    page: int
    settings: IngestSettings


@dataclass(frozen=True, slots=True)
class Glimpse:
    """A JPEG. `whole` is False where the file could be decoded in part only."""

    jpeg: bytes
    whole: bool


def glimpse(task: GlimpseTask) -> Glimpse:
    """A picture of the page. Runs in a worker. Raises ScanError where none can be made."""
    try:
        kind = kinds.media_type(task.path)
    except OSError as trouble:
        raise Unreadable(
            f"cannot be opened: {trouble.strerror or trouble}", item=str(task.path), code=of_disk(trouble)
        ) from trouble
    if kind == kinds.PDF:
        return Glimpse(_jpeg(_of_pdf(task)), True)
    if kind not in images.FORMATS:
        raise Unsupported(f"is {kinds.name_of(kind)}", item=str(task.path))
    return _of_image(task, kind)


def _of_pdf(task: GlimpseTask) -> Image.Image:
    found, _ = pdf.frames(task.path, task.settings)
    if task.page > len(found) or found[task.page - 1].problem:
        raise Unreadable("has no such page", item=str(task.path))
    frame = found[task.page - 1]
    # Drawn twice as large as it is shown, which keeps thin strokes.
    scale = min(1.0, 2 * SIDE / max(frame.width, frame.height))
    return pdf.render(
        task.path, replace(frame, width=max(1, round(frame.width * scale)), height=max(1, round(frame.height * scale)))
    )


def _of_image(task: GlimpseTask, kind: str) -> Glimpse:
    try:
        with task.path.open("rb") as stored, Image.open(stored, formats=images.FORMATS[kind]) as image:
            if image.width * image.height > task.settings.max_pixels:
                raise TooLarge("is larger than ingest.max_pixels", item=str(task.path))
            if task.page > 1:
                image.seek(task.page - 1)
            image.draft("RGB", (2 * SIDE, 2 * SIDE))
            whole = _load(image)
            return Glimpse(_jpeg(image), whole)
    except images.FAULTS as trouble:
        raise Unreadable(f"is damaged: {trouble}", item=str(task.path)) from trouble


def _load(image: Image.Image) -> bool:
    """Decodes what there is of the image; returns whether that is all of it."""
    try:
        image.load()
        return True
    except OSError:
        image.seek(image.tell())
    # Pillow's one switch for it holds for the whole process: this worker does nothing else.
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        image.load()
        return False
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False


def _jpeg(image: Image.Image) -> bytes:
    if image.mode.startswith(("I", "F")):
        # 16 and 32 bits a sample: stretched over what is there.
        low, high = image.getextrema()
        image = image.convert("F").point(lambda value: (value - low) * (255 / ((high - low) or 1)))
    shown = image.convert("L" if image.mode in ("1", "L", "F", "LA") else "RGB")
    shown.thumbnail((SIDE, SIDE), Image.Resampling.BICUBIC, reducing_gap=2)
    written = io.BytesIO()
    shown.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()
