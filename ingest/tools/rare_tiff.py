"""TIFF pictures of kinds that Pillow does not read, through tifffile where it is installed (the extra `tiff`).

Floating-point colour, wide colour samples in planes, 16-bit Lab, uncompressed YCbCr, and compressions such as WebP,
JPEG XL, LERC and JPEG 2000 inside a TIFF. tifffile brings NumPy, and imagecodecs some 80 MB: too heavy to ask of
everybody for what scanners do not write.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from archive.errors import TooLarge, Unreadable, Unsupported
from archive.reason import Reason

if TYPE_CHECKING:
    import tifffile

REMEDY = (
    "Convert it to a TIFF without that, or run `pip install tifffile imagecodecs` in Rescate's environment "
    "and ingest it again."
)
#: Bytes of all samples of one picture, before they are made 8-bit: several times what a scan of the largest canvas
#: takes.
MOST_BYTES = 2_000_000_000
#: The share of the range that is taken as its ends: a few specks of light do not make the rest of a picture black.
_LINEAR_KNEE, _LINEAR_SLOPE = 0.0031308, 12.92


def count(path: Path) -> int:
    """How many pictures the file has. Raises Unsupported, Unreadable."""
    with _opened(path, str(path)) as file:
        return len(file.pages)


@dataclass(frozen=True, slots=True)
class Stored:
    """A picture as it is stored: its sides in pixels, how it is to be turned (1-8), its dots an inch across and down (0
    where not said), and its NewSubfileType and SubfileType (0 where it has none)."""

    width: int
    height: int
    orientation: int
    dpi: tuple[float, float]
    subfile_types: tuple[int, int]


def measure(path: Path, number: int, item: str) -> Stored:
    """What the picture's tags say of it. Raises Unsupported, Unreadable."""
    with _opened(path, item) as file:
        page = file.pages[number - 1]
        orientation, new, old = (
            tag.value if tag and isinstance(tag.value, int) else 0 for tag in map(page.tags.get, (274, 254, 255))
        )
        return Stored(
            page.imagewidth,
            page.imagelength,
            int(orientation) if orientation in range(1, 9) else 1,
            page.get_resolution("inch") if "XResolution" in page.tags else (0.0, 0.0),
            (int(new), int(old)),
        )


def picture(path: Path, number: int, item: str) -> Image.Image:
    """The picture as stored, in mode L, RGB, RGBA, CMYK or LAB of 8 bits. Raises Unsupported, Unreadable, TooLarge."""
    import numpy

    with _opened(path, item) as file:
        page = file.pages[number - 1]
        if page.dtype is None:
            raise Unsupported("is a TIFF of a kind that is not read (its bits a sample)", item=item)
        if page.size * page.dtype.itemsize > MOST_BYTES:
            raise TooLarge(
                "needs more memory than is given to one picture",
                item=item,
                remedy="Convert it to a TIFF of 8 or 16 bits a sample and ingest that.",
                code=Reason.UNSUPPORTED,
            )
        samples = numpy.squeeze(page.asarray(maxworkers=1))
        photometric = page.photometric.name
    if samples.ndim == 3 and samples.shape[0] <= 5 < samples.shape[2]:
        samples = numpy.moveaxis(samples, 0, 2)  # In planes.
    if samples.ndim not in (2, 3) or photometric not in _MODES:
        raise Unsupported(f"is a TIFF of a kind that is not read ({photometric}, {samples.ndim} dimensions)", item=item)
    modes = _MODES[photometric]
    if samples.ndim == 3:
        samples = samples[..., : max(len(mode) for mode in modes if len(mode) <= samples.shape[2])]
    mode = next((mode for mode in modes if len(mode) == (samples.shape[2] if samples.ndim == 3 else 1)), None)
    if mode is None:
        raise Unsupported(
            f"is a TIFF of a kind that is not read ({photometric} of {samples.shape[-1]} samples)", item=item
        )
    eight = _lab(samples) if mode == "LAB" else _eight_bits(samples, linear=mode in ("RGB", "RGBA"))
    if photometric == "MINISWHITE":
        eight = 255 - eight
    return Image.fromarray(numpy.ascontiguousarray(eight), mode)


#: Pillow's modes by TIFF's colour models (TIFF 6.0, 262), without and with a transparency.
_MODES = {
    "MINISBLACK": ("L", "LA"),
    "MINISWHITE": ("L",),
    "RGB": ("RGB", "RGBA"),
    "YCBCR": ("RGB",),
    "SEPARATED": ("CMYK",),
    "CIELAB": ("LAB",),
}


def _eight_bits(samples, linear: bool):
    """Whole numbers by the range of their type; floating point from 0 to 1, or by the range found where it goes beyond.
    Floating-point colour is linear light (as Photoshop and OpenEXR have it) and gets the curve of sRGB (IEC 61966-2-1).
    """
    import numpy

    if samples.dtype == numpy.uint8:
        return samples
    if samples.dtype == bool:
        return samples.astype(numpy.uint8) * 255
    if samples.dtype.kind == "u":
        return (samples >> (8 * (samples.dtype.itemsize - 1))).astype(numpy.uint8)
    wide = numpy.nan_to_num(samples.astype(numpy.float32), posinf=0, neginf=0)
    low, high = float(wide.min()), float(wide.max())
    if samples.dtype.kind == "f" and low >= 0 and high <= 1:
        low, high = 0.0, 1.0
    wide = (wide - low) / (high - low) if high > low else numpy.ones_like(wide)
    if linear and samples.dtype.kind == "f":
        wide = numpy.where(wide <= _LINEAR_KNEE, wide * _LINEAR_SLOPE, 1.055 * numpy.power(wide, 1 / 2.4) - 0.055)
    return (wide * 255 + 0.5).astype(numpy.uint8)


def _lab(samples):
    """L from 0, a and b signed, of 8 or 16 bits (TIFF 6.0, section 23), as Pillow takes it."""
    import numpy

    return (samples.view(f"u{samples.dtype.itemsize}") >> (8 * (samples.dtype.itemsize - 1))).astype(numpy.uint8)


@contextmanager
def _opened(path: Path, item: str) -> Iterator[tifffile.TiffFile]:
    """The file; what tifffile raises, translated."""
    try:
        import tifffile
    except ImportError as missing:
        raise Unsupported(
            "is a TIFF of a kind that is only read where tifffile is installed", item=item, remedy=REMEDY
        ) from missing
    try:
        with tifffile.TiffFile(path) as file:
            yield file
    except MemoryError as trouble:
        raise TooLarge("needs more memory than there is", item=item, code=Reason.MEMORY) from trouble
    except ImportError as trouble:
        raise Unsupported(
            "is a TIFF whose compression needs imagecodecs", item=item, remedy=REMEDY, code=Reason.NOT_INSTALLED
        ) from trouble
    except (
        tifffile.TiffFileError,
        OSError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        RuntimeError,
        OverflowError,
        ZeroDivisionError,
        NotImplementedError,
        AssertionError,
    ) as trouble:
        raise Unreadable(f"is damaged, or of a kind that is not read: {trouble}", item=item) from trouble
