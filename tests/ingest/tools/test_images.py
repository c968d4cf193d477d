"""Image masters of every kind, as they are to be shown."""

import struct
import time

import pytest
from PIL import Image, ImageCms

from archive.config import IngestSettings
from archive.errors import TooLarge, Unreadable, Unsupported
from ingest.tools import masters
from ingest.tools.media_type import media_type
from tests.ingest.tools.pages import CORNERS, SETTINGS, cornered, corners_of

#: Where each quarter of an upright picture lies in a file of that orientation (Exif 2.32, 4.6.4).
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


def opened(path, settings=SETTINGS):
    kind = media_type(path)
    master = masters.identify(path, kind, settings)
    return master, [masters.render(path, kind, frame) for frame in master.frames]


def shown(path):
    master, (image,) = opened(path)
    assert image.size == (master.frames[0].width, master.frames[0].height)
    return image


@pytest.mark.parametrize("orientation", STORED)
@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "PNG", "WEBP"])
def test_the_canvas_is_upright_for_every_orientation(kind, orientation, tmp_path):
    stored = cornered() if STORED[orientation] is None else cornered().transpose(STORED[orientation])
    exif = Image.Exif()
    exif[274] = orientation
    extra = {"quality": 95, "subsampling": 0} if kind == "JPEG" else {"lossless": True} if kind == "WEBP" else {}
    stored.save(tmp_path / "x", kind, exif=exif, **extra)
    image = shown(tmp_path / "x")
    assert image.size == (64, 32)
    assert all(
        abs(a - b) < 40
        for one, other in zip(corners_of(image), CORNERS, strict=True)
        for a, b in zip(one, other, strict=True)
    )


def test_identifying_a_png_does_not_decode_it(tmp_path, monkeypatch):
    cornered().save(tmp_path / "x.png")
    monkeypatch.setattr("PIL.PngImagePlugin.PngImageFile.load_read", None)
    assert masters.identify(tmp_path / "x.png", "image/png", SETTINGS).frames[0].width == 64


@pytest.mark.parametrize(
    "compression", [None, "tiff_lzw", "tiff_adobe_deflate", "packbits", "group3", "group4", "tiff_ccitt"]
)
def test_one_bit_stays_one_bit(compression, tmp_path):
    page = Image.new("1", (200, 100), 1)
    page.paste(0, (10, 10, 50, 20))
    page.save(tmp_path / "x.tif", compression=compression)
    image = shown(tmp_path / "x.tif")
    assert image.mode == "1" and image.convert("L").histogram() == page.convert("L").histogram()


def test_pages_of_a_multipage_tiff_each_with_its_own_size_and_dpi(tmp_path):
    pages = [Image.new("L", (100 + number, 50), 10 * number) for number in range(4)]
    pages[0].save(tmp_path / "x.tif", save_all=True, append_images=pages[1:], dpi=(300, 300))
    master, images = opened(tmp_path / "x.tif")
    assert [(f.number, f.width, f.dpi) for f in master.frames] == [
        (1, 100, 300),
        (2, 101, 300),
        (3, 102, 300),
        (4, 103, 300),
    ]
    assert [image.getpixel((0, 0)) for image in images] == [0, 10, 20, 30]


@pytest.mark.parametrize(
    "kind, value, expected", [("I;16", 0, 0), ("I;16", 65535, 255), ("I;16", 32768, 128), ("I;16", 257 * 200, 200)]
)
def test_sixteen_bits_are_scaled_and_not_clipped(kind, value, expected, tmp_path):
    page = Image.new(kind, (8, 8), value)
    page.putpixel((0, 0), 65535)
    page.save(tmp_path / "x.tif")
    image = shown(tmp_path / "x.tif")
    assert image.mode == "L" and abs(image.getpixel((4, 4)) - expected) <= 1


def test_twelve_bits_in_sixteen_are_not_black(tmp_path):
    page = Image.new("I;16", (8, 8), 4095)
    page.putpixel((0, 0), 0)
    page.save(tmp_path / "x.tif")
    assert shown(tmp_path / "x.tif").getpixel((4, 4)) == 255


def test_sixteen_bits_with_white_as_zero_are_turned_round(tmp_path):
    pixels = struct.pack("<16H", *[0] * 8, *[65535] * 8)
    entries = [(256, 4), (257, 4), (258, 16), (259, 1), (262, 0), (273, 8), (277, 1), (278, 4), (279, len(pixels))]
    directory = (
        struct.pack("<H", len(entries))
        + b"".join(struct.pack("<HHII", tag, 4 if tag in (273, 279) else 3, 1, value) for tag, value in entries)
        + bytes(4)
    )
    (tmp_path / "x.tif").write_bytes(b"II*\0" + struct.pack("<I", 8 + len(pixels)) + pixels + directory)
    image = shown(tmp_path / "x.tif")
    assert (image.getpixel((0, 0)), image.getpixel((0, 3))) == (255, 0)


def test_floating_point_from_nothing_to_one(tmp_path):
    page = Image.new("F", (8, 8), 0.5)
    page.putpixel((0, 0), 1.0)
    page.save(tmp_path / "x.tif")
    assert shown(tmp_path / "x.tif").getpixel((4, 4)) == 128


@pytest.mark.parametrize(
    "mode, colour, expected",
    [
        ("CMYK", (0, 0, 0, 0), (255, 255, 255)),
        ("CMYK", (0, 255, 255, 0), (255, 0, 0)),
        ("LAB", (255, 128, 128), (255, 255, 255)),
        ("LAB", (0, 128, 128), (0, 0, 0)),
        ("RGBA", (0, 0, 0, 0), (255, 255, 255)),
        ("RGBA", (255, 0, 0, 255), (255, 0, 0)),
    ],
)
def test_other_colour_models_become_rgb(mode, colour, expected, tmp_path):
    Image.new(mode, (8, 8), colour).save(tmp_path / "x.tif")
    image = shown(tmp_path / "x.tif")
    assert image.mode == "RGB" and all(abs(a - b) <= 3 for a, b in zip(image.getpixel((4, 4)), expected, strict=True))


def test_cmyk_with_a_damaged_profile_is_still_shown(tmp_path):
    Image.new("CMYK", (8, 8), (0, 255, 255, 0)).save(tmp_path / "x.jpg", icc_profile=b"no profile")
    assert shown(tmp_path / "x.jpg").getpixel((4, 4))[0] > 200


def test_lab_in_between_is_the_colour_it_says(tmp_path):
    srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    ImageCms.profileToProfile(Image.new("RGB", (8, 8), (200, 100, 50)), srgb, lab, outputMode="LAB").save(
        tmp_path / "x.tif"
    )
    assert all(abs(a - b) <= 6 for a, b in zip(shown(tmp_path / "x.tif").getpixel((4, 4)), (200, 100, 50), strict=True))


def test_a_grey_palette_is_grey_and_transparency_is_paper(tmp_path):
    page = Image.new("P", (8, 8), 1)
    page.putpalette([0, 0, 0, 90, 90, 90])
    page.save(tmp_path / "grey.png")
    image = shown(tmp_path / "grey.png")
    assert (image.mode, image.getpixel((4, 4))) == ("L", 90)
    page.save(tmp_path / "clear.png", transparency=1)
    assert shown(tmp_path / "clear.png").getpixel((4, 4)) == (255, 255, 255)


def test_a_palette_of_eight_bits_is_not_black(tmp_path):
    page = Image.new("P", (8, 8), 1)
    page.putpalette([0, 0, 0, 200, 200, 200])
    page.save(tmp_path / "x.tif")
    # Pillow writes 200 as 200 * 256; such a scanner writes it as it is.
    whole = (tmp_path / "x.tif").read_bytes()
    (tmp_path / "x.tif").write_bytes(whole.replace(struct.pack("<2H", 0, 200 * 256), struct.pack("<2H", 0, 200)))
    assert max(Image.open(tmp_path / "x.tif").tag_v2[320]) == 200
    assert shown(tmp_path / "x.tif").getpixel((4, 4)) == 200


def test_of_a_moving_picture_the_first_is_taken_and_it_is_said(tmp_path):
    Image.new("L", (9, 9), 0).save(tmp_path / "x.gif", save_all=True, append_images=[Image.new("L", (9, 9), 255)])
    master, images = opened(tmp_path / "x.gif")
    assert len(images) == 1 and master.notes == ("holds 2 pictures; the first is taken in",)


@pytest.mark.parametrize(
    "size, dpi, expected",
    [
        ((600, 800), 300, 300),
        ((600, 800), 72, 72),
        ((2550, 3300), 72, None),
        ((2550, 3300), 96, None),
        ((600, 800), 1, None),
        ((600, 800), 9600, None),
    ],
)
def test_a_resolution_that_cannot_be_is_not_believed(size, dpi, expected, tmp_path):
    Image.new("1", size).save(tmp_path / "x.tif", dpi=(dpi, dpi))
    assert masters.identify(tmp_path / "x.tif", "image/tiff", SETTINGS).frames[0].dpi == expected


@pytest.mark.parametrize("kind", ["TIFF", "JPEG", "PNG", "BMP", "WEBP", "JPEG2000", "GIF"])
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_a_cut_off_file_is_unreadable_with_the_reason(kind, kept, tmp_path):
    Image.effect_noise((200, 200), 90).save(tmp_path / "whole", kind)
    whole = (tmp_path / "whole").read_bytes()
    (tmp_path / "x").write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises((Unreadable, Unsupported)) as raised:
        opened(tmp_path / "x")
    assert raised.value.message and raised.value.item.endswith("x") and raised.value.remedy


def test_an_empty_file_says_that_it_is_empty(tmp_path):
    (tmp_path / "x.tif").touch()
    with pytest.raises(Unreadable, match="is empty"):
        opened(tmp_path / "x.tif")


def test_text_is_unsupported(tmp_path):
    (tmp_path / "x").write_text("not a picture")
    with pytest.raises(Unsupported, match="x: is text, which is not taken in"):
        opened(tmp_path / "x")
    (tmp_path / "x").rename(tmp_path / "x.tif")
    with pytest.raises(Unsupported, match="is named .tif, but its content is text, which is not taken in"):
        opened(tmp_path / "x.tif")


def test_a_wrongly_named_file_is_taken_in_as_what_it_is_and_it_is_said(tmp_path):
    cornered().save(tmp_path / "x.tif", "PNG")
    master, images = opened(tmp_path / "x.tif")
    assert (
        master.media_type == "image/png"
        and master.notes == ("is named .tif, but its content is PNG",)
        and len(images) == 1
    )


def test_limits_of_pixels_and_pages(tmp_path):
    Image.new("1", (400, 300)).save(tmp_path / "x.png")
    with pytest.raises(TooLarge, match="400 × 300.*ingest.max_pixels"):
        opened(tmp_path / "x.png", IngestSettings(max_pixels=100_000))
    Image.new("1", (9, 9)).save(tmp_path / "x.tif", save_all=True, append_images=[Image.new("1", (9, 9))] * 3)
    with pytest.raises(TooLarge, match="more than 3 pages"):
        opened(tmp_path / "x.tif", IngestSettings(max_pages=3))
    assert len(opened(tmp_path / "x.tif", IngestSettings(max_pages=4))[1]) == 4


def test_ten_thousand_pixels_wide(tmp_path):
    Image.new("1", (10_000, 300), 1).save(tmp_path / "x.tif", compression="group4")
    assert shown(tmp_path / "x.tif").size == (10_000, 300)


def test_masters_are_not_touched(tmp_path):
    cornered().save(tmp_path / "x.tif")
    before = (tmp_path / "x.tif").read_bytes(), (tmp_path / "x.tif").stat().st_mtime_ns
    (tmp_path / "x.tif").chmod(0o444)
    time.sleep(0.01)
    opened(tmp_path / "x.tif")
    assert ((tmp_path / "x.tif").read_bytes(), (tmp_path / "x.tif").stat().st_mtime_ns) == before


def test_a_file_that_changed_since_it_was_identified_is_said(tmp_path):
    cornered().save(tmp_path / "x.png")
    (frame,) = masters.identify(tmp_path / "x.png", "image/png", SETTINGS).frames
    cornered(32, 32).save(tmp_path / "x.png")
    with pytest.raises(Unreadable, match="is then identified anew"):
        masters.render(tmp_path / "x.png", "image/png", frame)
    (tmp_path / "x.png").unlink()
    with pytest.raises(Unreadable, match="no longer there"):
        masters.render(tmp_path / "x.png", "image/png", frame)
