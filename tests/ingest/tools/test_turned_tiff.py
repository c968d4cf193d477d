"""TIFFs of every colour model, orientation and way to store them: turned once, on the canvas they were identified with;
copies are no pages."""

import itertools
import sys

import numpy
import pytest
import tifffile
from PIL import Image, TiffImagePlugin

from archive.errors import Unsupported
from ingest.tools import masters
from ingest.tools.images import TIFF
from tests.ingest.tools.pages import SETTINGS, cornered

#: Where each quarter of an upright picture lies in a file of that orientation (TIFF 6.0, 274).
STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
MODES = ("1", "L", "I;16", "P", "RGB", "RGBA", "CMYK", "LAB")
COMPRESSIONS = ("raw", "tiff_lzw", "packbits", "tiff_adobe_deflate", "group4")


def drawn(path):
    """Every page's picture, each as large as it was identified."""
    master = masters.identify(path, TIFF, SETTINGS)
    pictures = [masters.render(path, TIFF, frame) for frame in master.frames]
    assert [picture.size for picture in pictures] == [(frame.width, frame.height) for frame in master.frames]
    return pictures, master


def in_mode(mode):
    if mode != "I;16":
        return cornered().convert(mode)
    wide = numpy.asarray(cornered().convert("L")).astype(numpy.uint16) * 257
    return Image.fromarray(wide)


def stored_so(picture, orientation):
    if STORED[orientation] is None:
        return picture
    return (
        Image.fromarray(numpy.ascontiguousarray(_turned(numpy.asarray(picture), orientation)))
        if picture.mode == "I;16"
        else picture.transpose(STORED[orientation])
    )


def _turned(samples, orientation):
    return {
        2: lambda a: a[:, ::-1],
        3: lambda a: a[::-1, ::-1],
        4: lambda a: a[::-1],
        5: lambda a: a.swapaxes(0, 1),
        6: lambda a: a.swapaxes(0, 1)[::-1],
        7: lambda a: a[::-1, ::-1].swapaxes(0, 1),
        8: lambda a: a.swapaxes(0, 1)[:, ::-1],
    }[orientation](samples)


def written(path, picture, orientation, compression, strips):
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[274] = orientation
    if strips:
        tags[278] = 8
    picture.save(path, "TIFF", compression=compression, tiffinfo=tags)


@pytest.mark.parametrize(
    "mode, compression, strips",
    [one for one in itertools.product(MODES, COMPRESSIONS, (False, True)) if one[1] != "group4" or one[0] == "1"],
)
def test_every_orientation_is_turned_once(mode, compression, strips, tmp_path):
    upright = in_mode(mode)
    shown = {}
    for orientation in STORED:
        path = tmp_path / f"{orientation}.tif"
        written(path, stored_so(upright, orientation), orientation, compression, strips)
        (shown[orientation],), _ = drawn(path)
    assert shown[1].size == (64, 32)
    assert all(one.tobytes() == shown[1].tobytes() for one in shown.values())


@pytest.mark.parametrize("dtype", [numpy.uint8, numpy.uint16, numpy.float16])
@pytest.mark.parametrize(
    "more", [{"tile": (16, 16)}, {"tile": (16, 16), "compression": "deflate"}, {"compression": "lzw"}, {}], ids=str
)
def test_tiles_and_what_tifffile_writes(dtype, more, tmp_path):
    """Of floating point, which Pillow does not read, too."""
    upright = numpy.asarray(cornered()).astype(numpy.float64) / 255
    samples = (upright if dtype == numpy.float16 else upright * numpy.iinfo(dtype).max).astype(dtype)
    shown = {}
    for orientation in STORED:
        path = tmp_path / f"{orientation}.tif"
        stored = samples if orientation == 1 else numpy.ascontiguousarray(_turned(samples, orientation))
        tifffile.imwrite(path, stored, photometric="rgb", extratags=[(274, 3, 1, orientation, True)], **more)
        (shown[orientation],), _ = drawn(path)
    assert shown[1].size == (64, 32) and all(one.tobytes() == shown[1].tobytes() for one in shown.values())


def several(path, *pictures):
    """A TIFF of pictures: (side, tags beside the usual ones, as tifffile takes them)."""
    with tifffile.TiffWriter(path) as file:
        for side, more in pictures:
            mask = more.get("subfiletype", 0) & 4
            file.write(
                numpy.full((side, side), 1 if mask else side, bool if mask else numpy.uint8),
                photometric="minisblack",
                **more,
            )
    return path


OLD = {"extratags": [(255, 3, 1, 2, True)]}
OLD_PAGE = {"extratags": [(255, 3, 1, 3, True)]}


@pytest.mark.parametrize(
    "pictures, pages, why",
    [
        ([(16, {"subfiletype": 1}), (64, {})], [64], "a thumbnail first"),
        ([(64, {}), (16, {"subfiletype": 1})], [64], "a thumbnail last"),
        ([(16, OLD), (64, {})], [64], "a thumbnail by the older tag"),
        ([(16, {"subfiletype": 1}), (64, {}), (64, {}), (16, {"subfiletype": 3})], [64, 64], "thumbnails of two pages"),
        ([(64, {}), (64, {"subfiletype": 4})], [64], "a mask"),
        ([(16, {}), (64, {})], [16, 64], "a small page that says nothing"),
        ([(64, {"subfiletype": 2})] * 3, [64] * 3, "a fax"),
        ([(64, OLD_PAGE)] * 2, [64] * 2, "pages by the older tag"),
        ([(64, {"subfiletype": 1})] * 3, [64] * 3, "pages that all call themselves reduced"),
        ([(64, {"subfiletype": 1}), (64, {})], [64, 64], "no smaller than the other"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_which_pictures_are_pages(pictures, pages, why, tmp_path):
    shown, master = drawn(several(tmp_path / "x.tif", *pictures))
    assert [one.width for one in shown] == pages, why
    assert [one.getpixel((2, 2)) for one in shown if one.mode == "L"] == [
        side for side, one in zip(pages, shown, strict=True) if one.mode == "L"
    ]
    assert len(master.notes) == len(pictures) - len(pages)


def test_pictures_below_a_picture_are_no_pages(tmp_path):
    with tifffile.TiffWriter(tmp_path / "x.tif") as file:
        file.write(numpy.full((64, 64), 64, numpy.uint8), subifds=1)
        file.write(numpy.full((16, 16), 16, numpy.uint8), subfiletype=1)
    (one,), _ = drawn(tmp_path / "x.tif")
    assert one.width == 64


def test_a_rare_thumbnail_before_a_rare_page(tmp_path):
    with tifffile.TiffWriter(tmp_path / "x.tif") as file:
        for side, kind in ((16, 1), (64, 0)):
            file.write(numpy.full((side, side, 3), 0.5, numpy.float16), photometric="rgb", subfiletype=kind)
    (one,), _ = drawn(tmp_path / "x.tif")
    assert one.width == 64


def test_a_tiff_of_which_no_picture_is_read_says_so(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "tifffile", None)
    path = tmp_path / "x.tif"
    path.write_bytes(
        b"II*\0\x08\0\0\0\x03\0\0\x01\x03\0\x01\0\0\0\x04\0\0\0\x01\x01\x03\0\x01\0\0\0\x04\0\0\0\x02\x01\x03\0\x01\0\0\0\x11\0\0\0\0\0\0\0"
    )
    with pytest.raises(Unsupported):
        masters.identify(path, TIFF, SETTINGS)
