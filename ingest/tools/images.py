"""Image masters through Pillow: TIFF of any number of pages, JPEG, PNG, JPEG 2000, WebP, GIF, BMP, AVIF."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, TiffImagePlugin

from archive.config import IngestSettings
from archive.errors import TooLarge, Unreadable, Unsupported
from ingest.tools import colour
from archive.record import Frame

#: Media types taken in, with the Pillow plugins that may read them.
FORMATS = {
    "image/tiff": ("TIFF",),
    "image/jpeg": ("JPEG", "MPO"),
    "image/png": ("PNG",),
    "image/jp2": ("JPEG2000",),
    "image/webp": ("WEBP",),
    "image/gif": ("GIF",),
    "image/bmp": ("BMP",),
    "image/avif": ("AVIF",),
}

#: What Pillow's readers raise on bytes that are not what they should be: besides OSError, all that
#: parsing unchecked numbers can raise.
FAULTS = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError, EOFError,
          OverflowError, ZeroDivisionError, NotImplementedError, RuntimeError, AssertionError, struct.error)

#: Resolutions outside these are taken for mistakes (Tesseract's own bounds are 70 and 2400).
DPI_CREDIBLE = (70, 2400)
#: Up to this resolution, a stored value is what programs write when they do not know (72, 96 …) where
#: it would make the page longer than PAGE_INCHES: the long side of a broadsheet, and a little.
DPI_DOUBTFUL = 100
PAGE_INCHES = 25

_NEW_SUBFILE_TYPE = 254
_ORIENTATION = 274
#: TIFF 6.0, NewSubfileType: bit 0 a reduced version of another image, bit 2 a transparency mask.
_NOT_A_PAGE = 0b101
# Pillow's own limit is a warning at 89 million pixels and cannot be told apart by file; the settings'
# max_pixels is enforced in `frames` before anything is decoded.
Image.MAX_IMAGE_PIXELS = None


def frames(path: Path, media_type: str, settings: IngestSettings) -> tuple[tuple[Frame, ...], tuple[str, ...]]:
    """The pages of an image file and notes on what in it is no page."""
    with _opened(path, media_type) as image:
        if media_type != "image/tiff":
            notes = ()
            if getattr(image, "n_frames", 1) > 1:
                notes = (f"holds {image.n_frames} pictures; the first is taken in",)
            return (_frame(image, 1, path, settings),), notes
        found, notes = [], []
        for number in range(1, settings.max_pages + 2):
            try:
                image.seek(number - 1)
            except EOFError:
                break
            except FAULTS as trouble:
                if number == 1:
                    raise
                notes.append(f"is damaged after page {number - 1} ({trouble})")
                break
            if number > settings.max_pages:
                raise TooLarge(f"has more than {settings.max_pages} pages (ingest.max_pages)", item=str(path))
            kind = image.tag_v2.get(_NEW_SUBFILE_TYPE, 0)
            if found and isinstance(kind, int) and kind & _NOT_A_PAGE:
                notes.append(f"picture {number} is a reduced copy or a mask and no page")
                continue
            found.append(_frame(image, number, path, settings))
        return tuple(found), tuple(notes)


def render(path: Path, media_type: str, frame: Frame) -> Image.Image:
    """The page's image after its orientation tag, in mode 1, L or RGB."""
    item = f"{path}, page {frame.number}" if frame.number > 1 else str(path)
    with _opened(path, media_type, item) as image:
        if frame.number > 1:
            image.seek(frame.number - 1)
        inverted = colour.inverted_16_bit(image)
        # A TIFF is turned by Pillow itself when it is loaded.
        turn = _TURNS.get(_orientation(image)) if media_type != "image/tiff" else None
        colours = colour.eight_bit_palette(image)
        image.load()
        if colours:
            image.putpalette(colours)
        shown = colour.shown(image, inverted)
        if turn is not None:
            shown = shown.transpose(turn)
    if shown.size != (frame.width, frame.height):
        raise Unreadable(f"is {shown.width} × {shown.height} pixels, but was identified with "
                         f"{frame.width} × {frame.height}", item=item, remedy="Ingest it again: it has changed.")
    return shown


def _frame(image: Image.Image, number: int, path: Path, settings: IngestSettings) -> Frame:
    width, height = image.size
    orientation = _orientation(image)
    if orientation >= 5 and image.format != "TIFF":
        width, height = height, width
    if width < 1 or height < 1:
        return Frame(number, 0, 0, problem="has no pixels")
    if width * height > settings.max_pixels:
        raise TooLarge(f"is {width} × {height} pixels, more than {settings.max_pixels:,} (ingest.max_pixels)",
                       item=str(path))
    return Frame(number, width, height, dpi(image))


def dpi(image: Image.Image) -> float | None:
    """The stored resolution where it is credible, else None."""
    try:
        across, down = (float(value) for value in image.info.get("dpi", (0, 0)))
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    if not DPI_CREDIBLE[0] <= across <= DPI_CREDIBLE[1] or abs(across - down) > across * 0.02:
        return None
    if across <= DPI_DOUBTFUL and max(image.size) / across > PAGE_INCHES:
        return None
    return round(across, 2)


def has_exif(image: Image.Image) -> bool:
    """Whether the Exif part can be had without decoding the picture: in a PNG it may stand behind it, and
    asking Pillow for it decodes the whole."""
    return image.format != "PNG" or not {"exif", "Raw profile type exif"}.isdisjoint(image.info)


def _orientation(image: Image.Image) -> int:
    """The Exif or TIFF orientation, 1 to 8; 1 where there is none or it is damaged."""
    try:
        value = image.getexif().get(_ORIENTATION, 1) if has_exif(image) else 1
    except FAULTS:
        return 1
    return value if value in range(1, 9) else 1


#: What turns an image of each orientation upright (Exif 2.32, 4.6.4: where row 0 and column 0 lie).
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@contextmanager
def _opened(path: Path, media_type: str, item: str = "") -> Iterator[Image.Image]:
    """The file opened for reading; what Pillow raises becomes Unreadable with its reason."""
    item = item or str(path)
    try:
        with Image.open(path, formats=FORMATS[media_type]) as image:
            yield image
    except Image.UnidentifiedImageError as trouble:
        raise _unidentified(path, media_type, item) from trouble
    except MemoryError as trouble:
        raise TooLarge("needs more memory than there is", item=item) from trouble
    except NotImplementedError as trouble:
        raise Unsupported(f"is of a kind that is not read: {trouble}", item=item) from trouble
    except PermissionError as trouble:
        raise Unreadable("may not be read", item=item, remedy="Give the account the right to read it.") from trouble
    except FileNotFoundError as trouble:
        raise Unreadable("is no longer there", item=item, remedy="Put it back, or ingest its new place.") from trouble
    except FAULTS as trouble:
        said = str(trouble) or type(trouble).__name__
        if said.startswith("decoder error"):
            said = "its data cannot be decompressed"
        raise Unreadable(f"is damaged: {said}", item=item) from trouble


def _unidentified(path: Path, media_type: str, item: str) -> Unreadable | Unsupported:
    """Why no plugin took the file: Pillow says only that none did, its TIFF reader says why."""
    if media_type == "image/tiff":
        try:
            TiffImagePlugin.TiffImageFile(path).close()
        except SyntaxError as trouble:
            if str(trouble) == "unknown pixel mode":
                return Unsupported("is a TIFF of a kind that is not read (its bits a sample and colour model)", item=item)
            return Unreadable(f"is damaged at its beginning: {trouble}", item=item)
        except FAULTS as trouble:
            return Unreadable(f"is damaged at its beginning: {trouble}", item=item)
    return Unreadable("is damaged at its beginning: no picture is found in it", item=item)
