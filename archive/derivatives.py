"""Page images and thumbnails beside the catalog: where each is, by the page's minted id."""

from __future__ import annotations

import os
from pathlib import Path


def image(data: Path, page_id: str) -> Path:
    """The page image: JPEG, orientation and crop applied, at most `ingest.image_width` wide."""
    return _folder(data, page_id) / f"{page_id}.jpg"


def thumbnail(data: Path, page_id: str) -> Path:
    return _folder(data, page_id) / f"{page_id}.thumb.jpg"


def made(data: Path, page_id: str) -> bool:
    """Whether both are there."""
    stem = _folder(data, page_id) / page_id
    return os.path.exists(f"{stem}.jpg") and os.path.exists(f"{stem}.thumb.jpg")


def _folder(data: Path, page_id: str) -> Path:
    # Two levels by the random characters before the check character: some 800 folders of each level.
    return data.joinpath("derivatives", page_id[-3:-1], page_id[-5:-3])
