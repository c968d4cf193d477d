"""Pictures that only a plug-in reads, and what is said where it is missing; colours by the profile that a picture
carries."""

import io
import sys

import numpy
import pillow_heif
import pytest
import tifffile
from PIL import Image, ImageCms

from archive.errors import TooLarge, Unreadable, Unsupported
from ingest.tools import images, masters, rare_tiff
from ingest.tools.media_type import media_type
from tests.ingest.tools.pages import CORNERS, SETTINGS, cornered, corners_of


def shown(path, settings=SETTINGS):
    kind = media_type(path)
    master = masters.identify(path, kind, settings)
    return [masters.render(path, kind, frame) for frame in master.frames if not frame.problem], master


def near(one, other, by=40):
    return all(abs(a - b) <= by for pair in zip(one, other, strict=True) for a, b in zip(*pair, strict=True))


SAMPLES = numpy.asarray(cornered())


@pytest.mark.parametrize(
    "samples, more",
    [
        ((SAMPLES / 255).astype(numpy.float16), {"photometric": "rgb"}),
        ((SAMPLES / 255).astype(numpy.float32), {"photometric": "rgb"}),
        (SAMPLES.astype(numpy.uint32) << 24, {"photometric": "rgb"}),
        (SAMPLES, {"photometric": "rgb", "compression": "webp", "compressionargs": {"lossless": True}}),
        (SAMPLES, {"photometric": "rgb", "compression": "jpeg2000"}),
        (SAMPLES, {"photometric": "rgb", "compression": "jpegxl"}),
        ((SAMPLES / 255).astype(numpy.float64).transpose(2, 0, 1), {"photometric": "rgb", "planarconfig": "separate"}),
    ],
    ids=["float16", "float32", "uint32", "webp", "jpeg2000", "jpegxl", "planes of float64"],
)
def test_rare_kinds_of_tiff(samples, more, tmp_path):
    tifffile.imwrite(tmp_path / "x.tif", samples, resolution=(300, 300), resolutionunit="inch", **more)
    (image,), master = shown(tmp_path / "x.tif")
    assert image.mode == "RGB" and near(corners_of(image), CORNERS, 6) and master.frames[0].dpi == 300


def test_half_a_floating_point_light_is_brighter_than_half_a_grey(tmp_path):
    tifffile.imwrite(tmp_path / "x.tif", numpy.full((8, 8, 3), 0.5, numpy.float16), photometric="rgb")
    assert shown(tmp_path / "x.tif")[0][0].getpixel((4, 4)) == (188, 188, 188)


def test_a_rare_picture_is_turned_by_its_orientation(tmp_path):
    stored = numpy.asarray(cornered().transpose(Image.Transpose.ROTATE_90))
    tifffile.imwrite(
        tmp_path / "x.tif", (stored / 255).astype(numpy.float16), photometric="rgb", extratags=[(274, 3, 1, 6, True)]
    )
    (image,), _ = shown(tmp_path / "x.tif")
    assert image.size == (64, 32) and near(corners_of(image), CORNERS, 6)


def test_sixteen_bit_lab(tmp_path):
    lab = numpy.zeros((8, 8, 3), numpy.uint16)
    lab[..., 0] = 65535
    tifffile.imwrite(tmp_path / "x.tif", lab, photometric="cielab")
    assert min(shown(tmp_path / "x.tif")[0][0].getpixel((4, 4))) > 250


def several(path):
    with tifffile.TiffWriter(path) as file:
        for samples in (SAMPLES, (SAMPLES / 255).astype(numpy.float16), SAMPLES):
            file.write(samples, photometric="rgb")


def test_a_rare_picture_among_others_is_a_page_like_them(tmp_path):
    several(tmp_path / "x.tif")
    drawn, master = shown(tmp_path / "x.tif")
    assert len(drawn) == 3 and not master.notes and all(near(corners_of(image), CORNERS, 6) for image in drawn)


@pytest.fixture
def nothing_installed(monkeypatch):
    monkeypatch.setitem(sys.modules, "tifffile", None)
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    images.heic_plug_in.cache_clear()
    yield
    images.heic_plug_in.cache_clear()


def test_without_the_library_the_reason_and_the_remedy_are_said(nothing_installed, tmp_path):
    tifffile.imwrite(tmp_path / "x.tif", (SAMPLES / 255).astype(numpy.float16), photometric="rgb")
    with pytest.raises(Unsupported, match="only read where tifffile is installed.*pip install tifffile"):
        shown(tmp_path / "x.tif")
    several(tmp_path / "y.tif")
    drawn, master = shown(tmp_path / "y.tif")
    assert len(drawn) == 2 and "tifffile" in master.frames[1].problem


def test_without_the_plug_in_heic_says_what_to_do(nothing_installed, tmp_path):
    pillow_heif.from_pillow(cornered()).save(tmp_path / "x.heic")
    with pytest.raises(Unsupported, match="pip install pillow-heif"):
        shown(tmp_path / "x.heic")


def test_a_damaged_rare_tiff_is_unreadable(tmp_path):
    tifffile.imwrite(tmp_path / "x.tif", SAMPLES, photometric="rgb", compression="webp")
    whole = (tmp_path / "x.tif").read_bytes()
    (tmp_path / "x.tif").write_bytes(whole.replace(b"WEBPVP8", b"WEBP" + bytes(3)))
    with pytest.raises((Unreadable, Unsupported)) as raised:
        shown(tmp_path / "x.tif")
    assert raised.value.item and raised.value.remedy


def test_a_rare_picture_beyond_its_memory_is_too_large(tmp_path, monkeypatch):
    tifffile.imwrite(tmp_path / "x.tif", (SAMPLES / 255).astype(numpy.float16), photometric="rgb")
    monkeypatch.setattr(rare_tiff, "MOST_BYTES", 1000)
    with pytest.raises(TooLarge):
        shown(tmp_path / "x.tif")


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_heic_is_upright(orientation, tmp_path):
    exif = Image.Exif()
    exif[274] = orientation
    turn = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}.get(orientation)
    stored = cornered(128, 64) if turn is None else cornered(128, 64).transpose(turn)
    heic = pillow_heif.from_pillow(stored)
    heic.save(tmp_path / "x.heic", quality=95, exif=exif.tobytes())
    (image,), master = shown(tmp_path / "x.heic")
    assert master.media_type == "image/heic" and image.size == (128, 64) and near(corners_of(image), CORNERS)


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_a_cut_off_heic_is_unreadable(kept, tmp_path):
    pillow_heif.from_pillow(Image.effect_noise((200, 200), 90).convert("RGB")).save(tmp_path / "x.heic")
    whole = (tmp_path / "x.heic").read_bytes()
    (tmp_path / "x.heic").write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(Unreadable):
        shown(tmp_path / "x.heic")


def swapped_profile():
    """A colour profile in which red and green have changed places."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile).replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be"))


@pytest.mark.parametrize("kind", ["TIFF", "JPEG", "PNG", "WEBP"])
def test_colours_are_those_of_the_profile(kind, tmp_path):
    Image.new("RGB", (16, 16), (255, 0, 0)).save(tmp_path / "x", kind, icc_profile=swapped_profile())
    red, green, blue = shown(tmp_path / "x")[0][0].getpixel((8, 8))
    assert green > 200 > red and blue < 60


@pytest.mark.parametrize("profile", [b"no profile", ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()])
def test_a_profile_that_does_not_fit_changes_nothing(profile, tmp_path):
    Image.new("RGB", (16, 16), (255, 0, 0)).save(tmp_path / "x.png", icc_profile=profile)
    assert shown(tmp_path / "x.png")[0][0].getpixel((8, 8)) == (255, 0, 0)


def test_the_profile_of_a_grey_scan_is_not_taken_for_colour(tmp_path):
    Image.new("L", (16, 16), 100).save(tmp_path / "x.png", icc_profile=swapped_profile())
    image = shown(tmp_path / "x.png")[0][0]
    assert image.mode == "L" and image.getpixel((8, 8)) == 100 and io.BytesIO(swapped_profile()).read(4)
