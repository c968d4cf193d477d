"""Page images in a few widths: which there are, of which size, and how long a page has none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from archive import derivatives
from archive.errors import ToolFailed
from ingest.tools import derivatives as pictures

PAGE = "r1abcdefgh9"


def written(data, size, page=PAGE, **settings):
    said = {"image_width": 2000, "quality": 80, "thumbnail_width": 240} | settings
    return pictures.write(
        Image.new("L", size, 200), derivatives.image(data, page), derivatives.thumbnail(data, page), **said
    )


@pytest.mark.parametrize(
    "size, settings, expected",
    [
        ((2550, 3300), {}, [(800, 1035), (1200, 1553), (2000, 2588)]),
        ((1200, 1500), {}, [(800, 1000), (1200, 1500)]),
        ((1100, 1500), {}, [(800, 1091), (1100, 1500)]),
        ((800, 900), {}, [(800, 900)]),
        ((2550, 3300), {"image_width": 1000}, [(800, 1035), (1000, 1294)]),
        ((90, 40_000), {}, [(68, 30_000)]),
    ],
)
def test_as_many_copies_as_the_page_image_is_wide(tmp_path, size, settings, expected):
    shown = written(tmp_path, size, **settings)
    image = derivatives.image(tmp_path, PAGE)
    assert list(derivatives.sizes(image)) == expected and shown.size == expected[-1]
    for width, height in expected[:-1]:
        assert Image.open(derivatives.narrow(image, width)).size == (width, height)
    assert sorted(path for path in image.parent.iterdir()) == sorted(
        path for path in derivatives.every(tmp_path, PAGE) if path.exists()
    )
    assert not derivatives.lacks_narrow(tmp_path, PAGE, *size, settings.get("image_width", 2000))
    assert not list(image.parent.glob("*.part"))


def test_a_smaller_scan_in_its_place_leaves_no_copies_of_the_wider_one(tmp_path):
    written(tmp_path, (2000, 2500))
    written(tmp_path, (700, 900))
    assert derivatives.sizes(derivatives.image(tmp_path, PAGE)) == ((700, 900),)
    assert not derivatives.narrow(derivatives.image(tmp_path, PAGE), 800).exists()


def test_copies_are_made_of_an_image_from_before_there_were_any(tmp_path):
    written(tmp_path, (2550, 3300))
    image = derivatives.image(tmp_path, PAGE)
    whole = image.read_bytes()
    for width in derivatives.NARROW:
        derivatives.narrow(image, width).unlink()
    assert derivatives.lacks_narrow(tmp_path, PAGE, 2550, 3300, 2000) and derivatives.sizes(image) == ((2000, 2588),)
    pictures.narrow(image, 80)
    assert [width for width, _ in derivatives.sizes(image)] == [800, 1200, 2000] and image.read_bytes() == whole


@pytest.mark.parametrize("bytes", [b"", b"no picture", b"\xff\xd8\xff\xe0 broken off"])
def test_an_image_that_cannot_be_read_is_said(tmp_path, bytes):
    image = derivatives.image(tmp_path, PAGE)
    image.parent.mkdir(parents=True)
    image.write_bytes(bytes)
    assert derivatives.sizes(image) == ()
    with pytest.raises(ToolFailed, match="cannot be read"):
        pictures.narrow(image, 80)
    assert derivatives.sizes(derivatives.image(tmp_path, "r1another99")) == ()


@given(st.integers(1, 70_000), st.integers(1, 70_000), st.integers(1, 4000))
def test_nothing_is_enlarged_and_nothing_is_higher_than_jpeg_can_be(width, height, to):
    less_wide, less_high = derivatives.shrunk(width, height, to)
    assert 1 <= less_wide <= min(width, max(to, 1)) and 1 <= less_high <= min(height, derivatives.MAX_HEIGHT)
