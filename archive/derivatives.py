"""Page images and thumbnails beside the catalog: where each is, by the page's minted id, and how wide."""

from __future__ import annotations

import os
from pathlib import Path

from PIL import Image

#: Widths in pixels of the narrower copies of a page image, for telephones and slow lines. They are made when the page
#: image is, never when they are asked for, and there are no others: no reader can have the machine make more.
NARROW = (800, 1200)
#: JPEG ends at 65,535 pixels a side; a strip of film may be longer when as wide as the settings say.
MAX_HEIGHT = 30_000


def image(data: Path, page_id: str) -> Path:
    """The page image: JPEG, orientation and crop applied, at most `ingest.image_width` wide."""
    return _folder(data, page_id) / f"{page_id}.jpg"


def narrow(image: Path, width: int) -> Path:
    """The copy of a page image that is `width` pixels wide, beside it: there where the page image is wider."""
    return image.with_name(f"{image.stem}.{width}.jpg")


def thumbnail(data: Path, page_id: str) -> Path:
    return _folder(data, page_id) / f"{page_id}.thumb.jpg"


def every(data: Path, page_id: str) -> tuple[Path, ...]:
    """Every place where a picture of a page may stand: what is erased, or copied for another page, is all of these."""
    whole = image(data, page_id)
    return (whole, thumbnail(data, page_id), *(narrow(whole, width) for width in NARROW))


def sizes(image: Path) -> tuple[tuple[int, int], ...]:
    """Width and height of the copies of a page image that there are, the narrowest first, its own last; empty where it
    cannot be read. Only the head of one file is."""
    try:
        with Image.open(image) as opened:
            width, height = opened.size
    except (OSError, SyntaxError):
        return ()
    return (
        *((one, shrunk(width, height, one)[1]) for one in NARROW if one < width and narrow(image, one).exists()),
        (width, height),
    )


def made(data: Path, page_id: str) -> bool:
    """Whether page image and thumbnail are there."""
    stem = _folder(data, page_id) / page_id
    return os.path.exists(f"{stem}.jpg") and os.path.exists(f"{stem}.thumb.jpg")


def lacks_narrow(data: Path, page_id: str, width: int, height: int, image_width: int) -> bool:
    """Whether the copies of the image of a page of this canvas were never made, as in an archive from before there were
    any.

    The narrowest is made last, and stands for all.
    """
    return shrunk(width, height, image_width)[0] > NARROW[0] and not os.path.exists(
        narrow(image(data, page_id), NARROW[0])
    )


def shrunk(width: int, height: int, to_width: int) -> tuple[int, int]:
    """The size of a picture that is to be at most `to_width` wide and no higher than JPEG can be; never larger than it
    is.

    >>> shrunk(2550, 3300, 800), shrunk(600, 700, 800), shrunk(1000, 60_000, 800)
    ((800, 1035), (600, 700), (500, 30000))
    """
    scale = min(1.0, to_width / width, MAX_HEIGHT / height)
    return (width, height) if scale == 1 else (max(1, round(width * scale)), max(1, round(height * scale)))


def _folder(data: Path, page_id: str) -> Path:
    # Two levels by the random characters before the check character: some 800 folders of each level.
    return data.joinpath("derivatives", page_id[-3:-1], page_id[-5:-3])
