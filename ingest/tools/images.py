"""Image masters through Pillow: TIFF of any number of pages, JPEG, PNG, JPEG 2000, WebP, GIF, BMP, AVIF; HEIC by its
plug-in."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from PIL import Image, TiffImagePlugin

from archive.config import IngestSettings
from archive.errors import TooLarge, Unreadable, Unsupported
from archive.reason import Reason
from archive.record import Frame
from ingest.tools import colour, rare_tiff

HEIC = "image/heic"
TIFF = "image/tiff"

#: Media types taken in, with the Pillow plugins that may read them.
FORMATS = {
    TIFF: ("TIFF",),
    "image/jpeg": ("JPEG", "MPO"),
    "image/png": ("PNG",),
    "image/jp2": ("JPEG2000",),
    "image/webp": ("WEBP",),
    "image/gif": ("GIF",),
    "image/bmp": ("BMP",),
    "image/avif": ("AVIF",),
    HEIC: ("HEIF", "AVIF"),
}

#: What Pillow's readers raise on bytes that are not what they should be: besides OSError, all that
#: parsing unchecked numbers can raise.
FAULTS = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    EOFError,
    OverflowError,
    ZeroDivisionError,
    NotImplementedError,
    RuntimeError,
    AssertionError,
    struct.error,
)

#: Resolutions outside these are taken for mistakes (Tesseract's own bounds are 70 and 2400).
DPI_CREDIBLE = (70, 2400)
#: Up to this resolution, a stored value is what programs write when they do not know (72, 96 …) where
#: it would make the page longer than PAGE_INCHES: the long side of a broadsheet, and a little.
DPI_DOUBTFUL = 100
PAGE_INCHES = 25

_NEW_SUBFILE_TYPE, _SUBFILE_TYPE = 254, 255
_ORIENTATION = 274
#: TIFF 6.0, NewSubfileType: bit 0 a reduced version of another image, bit 2 a transparency mask (bit 1 is a page among
#: others); of the older SubfileType, the number of a reduced version.
_REDUCED, _MASK, _OLD_REDUCED = 0b1, 0b100, 2
#: What Pillow says of a PNG whose compressed texts or profile come to more than its limit (1 MB a piece, 64 MB in all).
_PACKED = ("Decompressed data too large", "Too much memory used in text chunks")
_COMPRESSION, _PHOTOMETRIC, _SUBSAMPLING, _YCBCR = 259, 262, 530, 6
_JPEG_COMPRESSIONS = (6, 7)
#: JPEG 2000 (three numbers), LERC, WebP, JPEG XL (two), which the libtiff in Pillow's wheels is built without.
RARE_COMPRESSIONS = (33003, 33005, 34712, 34887, 50001, 50002, 52546)
# Pillow's own limit is a warning at 89 million pixels and cannot be told apart by file; the settings'
# max_pixels is enforced in `frames` before anything is decoded.
Image.MAX_IMAGE_PIXELS = None


def frames(path: Path, media_type: str, settings: IngestSettings) -> tuple[tuple[Frame, ...], tuple[str, ...]]:
    """The pages of an image file and notes on what in it is no page."""
    if media_type == TIFF:
        return _tiff_frames(path, settings)
    with _opened(path, media_type) as image:
        notes = ()
        if getattr(image, "n_frames", 1) > 1:
            notes = (f"holds {image.n_frames} pictures; the first is taken in",)
        return (_frame(image, 1, path, settings),), notes


def _tiff_frames(path: Path, settings: IngestSettings) -> tuple[tuple[Frame, ...], tuple[str, ...]]:
    found: list[tuple[Frame, int, int]] = []
    notes: list[str] = []
    try:
        with _opened(path, TIFF) as image:
            for number in range(1, settings.max_pages + 2):
                rare = False
                try:
                    image.seek(number - 1)
                except EOFError:
                    break
                except FAULTS as trouble:
                    rare = _of_unknown_kind(trouble)
                    if number == 1:
                        raise
                    if not rare:
                        notes.append(f"is damaged after page {number - 1} ({trouble})")
                        break
                _within_pages(number, path, settings)
                if rare or _is_rare(image):
                    found.append(_rare_frame(path, number, settings))
                else:
                    found.append((_frame(image, number, path, settings), *_subfile_types(image)))
    except Unsupported:
        # Pillow does not open a TIFF whose first picture is of a kind that it does not know.
        number = rare_tiff.count(path)
        _within_pages(number, path, settings)
        found = [_rare_frame(path, number, settings) for number in range(1, number + 1)]
    if found and all(frame.problem for frame, *_ in found):
        raise Unsupported(found[0][0].problem, item=str(path), remedy=rare_tiff.REMEDY, code=Reason(found[0][0].code))
    pages = tuple(_pages_among(found))
    notes += [
        f"picture {frame.number} is a reduced copy or a mask and no page" for frame, *_ in found if frame not in pages
    ]
    return pages, tuple(notes)


def _subfile_types(image: Image.Image) -> tuple[int, int]:
    """NewSubfileType and SubfileType of the current picture of a TIFF; 0 where it has none."""
    new, old = (image.tag_v2.get(tag, 0) for tag in (_NEW_SUBFILE_TYPE, _SUBFILE_TYPE))
    return new if isinstance(new, int) else 0, old if isinstance(old, int) else 0


def _pages_among(pictures: list[tuple[Frame, int, int]]) -> Iterator[Frame]:
    """The pictures of a TIFF (with their subfile types) that are pages: no masks, and no copies of others, smaller than
    they are.

    What calls itself a reduced copy and is smaller than no other picture is a page that some program labelled wrongly.
    """
    whole = [frame for frame, new, old in pictures if not _is_copy(new, old)]
    for frame, new, old in pictures:
        if (
            not _is_copy(new, old)
            or not new & _MASK
            and not any(frame.width < one.width and frame.height < one.height for one in whole)
            or not whole
            and frame is pictures[0][0]
        ):
            yield frame


def _is_copy(new: int, old: int) -> bool:
    return bool(new & (_REDUCED | _MASK)) or not new and old == _OLD_REDUCED


def _within_pages(number: int, path: Path, settings: IngestSettings) -> None:
    if number > settings.max_pages:
        raise TooLarge(f"has more than {settings.max_pages} pages (ingest.max_pages)", item=str(path))


def _is_rare(image: Image.Image) -> bool:
    """Whether the current picture of a TIFF is compressed or put together in a way that Pillow's libtiff does not
    undo."""
    tags = image.tag_v2
    compression = tags.get(_COMPRESSION, 1)
    return compression in RARE_COMPRESSIONS or (
        tags.get(_PHOTOMETRIC) == _YCBCR
        and compression not in _JPEG_COMPRESSIONS
        and tuple(tags.get(_SUBSAMPLING, (2, 2))) != (1, 1)
    )


def _rare_frame(path: Path, number: int, settings: IngestSettings) -> tuple[Frame, int, int]:
    """The frame of a picture that Pillow does not read, with a problem where nothing else does; and its subfile
    types."""
    try:
        stored = rare_tiff.measure(path, number, str(path))
    except Unsupported as trouble:
        return Frame(number, 0, 0, problem=trouble.message, code=trouble.code), 0, 0
    width, height = (stored.height, stored.width) if stored.orientation >= 5 else (stored.width, stored.height)
    frame = _measured(number, width, height, credible_dpi(*stored.dpi, (width, height)), path, settings)
    return frame, *stored.subfile_types


def render(path: Path, media_type: str, frame: Frame) -> Image.Image:
    """The page's image after its orientation tag, in mode 1, L or RGB."""
    item = f"{path}, page {frame.number}" if frame.number > 1 else str(path)
    try:
        shown = _drawn(path, media_type, frame, item)
    except _Rare:
        orientation = rare_tiff.measure(path, frame.number, item).orientation
        shown = colour.shown(rare_tiff.picture(path, frame.number, item))
        if orientation in _TURNS:
            shown = shown.transpose(_TURNS[orientation])
    if shown.size != (frame.width, frame.height):
        raise Unreadable(
            f"is {shown.width} × {shown.height} pixels, but was identified with {frame.width} × {frame.height}",
            item=item,
            remedy="Ingest it again: it is then identified anew.",
            code=Reason.CHANGED,
        )
    return shown


def _drawn(path: Path, media_type: str, frame: Frame, item: str) -> Image.Image:
    with _opened(path, media_type, item) as image:
        if frame.number > 1:
            image.seek(frame.number - 1)
        if media_type == TIFF and _is_rare(image):
            raise _Rare(item=item)
        inverted = colour.inverted_16_bit(image)
        # A TIFF is turned by Pillow itself when it is loaded, a HEIC by its plug-in when it is opened.
        turn = _TURNS.get(_orientation(image)) if media_type not in (TIFF, HEIC) else None
        colours = colour.eight_bit_palette(image)
        image.load()
        if colours:
            image.putpalette(colours)
        shown = colour.shown(image, inverted)
        return shown.transpose(turn) if turn is not None else shown


def _frame(image: Image.Image, number: int, path: Path, settings: IngestSettings) -> Frame:
    width, height = image.size
    orientation = _orientation(image)
    if orientation >= 5 and image.format not in ("TIFF", "HEIF"):
        width, height = height, width
    return _measured(number, width, height, dpi(image), path, settings)


def _measured(
    number: int, width: int, height: int, resolution: float | None, path: Path, settings: IngestSettings
) -> Frame:
    if width < 1 or height < 1:
        return Frame(number, 0, 0, problem="has no pixels", code=Reason.NO_PAGES)
    if width * height > settings.max_pixels:
        raise TooLarge(
            f"is {width} × {height} pixels, more than {settings.max_pixels:,} (ingest.max_pixels)", item=str(path)
        )
    return Frame(number, width, height, resolution)


def dpi(image: Image.Image) -> float | None:
    """The stored resolution where it is credible, else None."""
    try:
        across, down = (float(value) for value in image.info.get("dpi", (0, 0)))
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return credible_dpi(across, down, image.size)


def credible_dpi(across: float, down: float, size: tuple[int, int]) -> float | None:
    """The resolution of a picture of that size, None where it cannot be that.

    >>> credible_dpi(300, 300, (2550, 3300)), credible_dpi(72, 72, (2550, 3300)), credible_dpi(300, 150, (2550, 3300))
    (300, None, None)
    """
    if not DPI_CREDIBLE[0] <= across <= DPI_CREDIBLE[1] or abs(across - down) > across * 0.02:
        return None
    if across <= DPI_DOUBTFUL and max(size) / across > PAGE_INCHES:
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
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class _Rare(Unsupported):
    """A TIFF picture for `rare_tiff`."""

    def __init__(self, message: str = "is a TIFF of a kind that Pillow does not read", **more):
        super().__init__(message, **more)


@cache
def heic_plug_in() -> bool:
    """Whether Pillow reads HEIC now: pillow-heif, the extra `heic`, brings libheif (LGPL) as a library of its own."""
    try:
        import pillow_heif
    except ImportError:
        return False
    pillow_heif.register_heif_opener()
    return True


@contextmanager
def _opened(path: Path, media_type: str, item: str = "") -> Iterator[Image.Image]:
    """The file opened for reading; what Pillow raises becomes Unreadable with its reason."""
    item = item or str(path)
    if media_type == HEIC and not heic_plug_in():
        raise Unsupported(
            "is HEIC, which is only read where pillow-heif is installed",
            item=item,
            remedy="Run `pip install pillow-heif` in Rescate's environment and ingest it again, or convert it to JPEG.",
        )
    try:
        # Not by its path: Pillow would map an uncompressed TIFF into memory, by its sides as they are after they are
        # turned.
        with path.open("rb") as stored, Image.open(stored, formats=FORMATS[media_type]) as image:
            yield image
    except Image.UnidentifiedImageError as trouble:
        raise _unidentified(path, media_type, item) from trouble
    except MemoryError as trouble:
        raise TooLarge("needs more memory than there is", item=item, code=Reason.MEMORY) from trouble
    except NotImplementedError as trouble:
        raise Unsupported(f"is of a kind that is not read: {trouble}", item=item) from trouble
    except PermissionError as trouble:
        raise Unreadable(
            "may not be read", item=item, remedy="Give the account the right to read it.", code=Reason.RIGHTS
        ) from trouble
    except FileNotFoundError as trouble:
        raise Unreadable(
            "is no longer there", item=item, remedy="Put it back, or ingest its new place.", code=Reason.GONE
        ) from trouble
    except FAULTS as trouble:
        said = str(trouble) or type(trouble).__name__
        if said.startswith("decoder error"):
            said = "its data cannot be decompressed"
        if _of_unknown_kind(trouble):
            raise _Rare(item=item) from trouble
        if said.startswith(_PACKED):
            raise TooLarge(
                "has texts or a profile packed in it that are too large to unpack",
                item=item,
                remedy="Save a copy without its metadata and ingest that.",
            ) from trouble
        raise Unreadable(f"is damaged: {said}", item=item) from trouble


def _of_unknown_kind(trouble: BaseException) -> bool:
    """Whether Pillow does not know a TIFF's bits a sample and colour model, or its compression (by number)."""
    cause = trouble.__cause__ or trouble
    return str(trouble) == "unknown pixel mode" or isinstance(cause, KeyError) and str(cause).isdecimal()


def _unidentified(path: Path, media_type: str, item: str) -> Unreadable | Unsupported:
    """Why no plugin took the file: Pillow says only that none did, its TIFF reader says why."""
    if media_type == "image/tiff":
        try:
            TiffImagePlugin.TiffImageFile(path).close()
        except FAULTS as trouble:
            if _of_unknown_kind(trouble):
                return _Rare(item=item)
            return Unreadable(f"is damaged at its beginning: {trouble}", item=item)
    return Unreadable("is damaged at its beginning: no picture is found in it", item=item)
