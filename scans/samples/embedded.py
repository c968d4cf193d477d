"""IPTC and EXIF written into a JPEG, as a photographer's office or an archive's scanning programme leaves them."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

from PIL import Image

#: IPTC-IIM application record, dataset numbers
DATASETS = {
    "title": 5,
    "urgency": 10,
    "category": 15,
    "keywords": 25,
    "instructions": 40,
    "date": 55,
    "byline": 80,
    "byline_title": 85,
    "city": 90,
    "sublocation": 92,
    "state": 95,
    "country_code": 100,
    "country": 101,
    "headline": 105,
    "credit": 110,
    "source": 115,
    "copyright": 116,
    "caption": 120,
    "writer": 122,
}


def iptc(values: Mapping[str, str | Sequence[str]], encoding: str = "utf-8") -> bytes:
    """The IIM datasets of `values`; UTF-8 is announced by 1:90, Latin-1 by nothing, as it was for years."""
    out = b""
    if encoding == "utf-8":
        out += _dataset(1, 90, b"\x1b%G")
    out += _dataset(2, 0, struct.pack(">H", 4))
    for name, value in values.items():
        for one in (value,) if isinstance(value, str) else value:
            out += _dataset(2, DATASETS[name], one.encode(encoding))
    return out


def _dataset(record: int, number: int, value: bytes) -> bytes:
    return struct.pack(">BBBH", 0x1C, record, number, len(value)) + value


def exif(
    *,
    artist: str = "",
    description: str = "",
    taken: str = "",
    scanned: str = "",
    orientation: int = 0,
    rights: str = "",
    software: str = "scans/make_samples.py",
) -> bytes:
    """An EXIF block; `taken` and `scanned` are `YYYY:MM:DD hh:mm:ss`."""
    block = Image.Exif()
    for tag, value in (
        (0x010E, description),
        (0x0131, software),
        (0x0132, scanned),
        (0x013B, artist),
        (0x8298, rights),
    ):
        if value:
            block[tag] = value
    if orientation:
        block[0x0112] = orientation
    inner = block.get_ifd(0x8769)
    if taken:
        inner[0x9003] = taken
    if scanned:
        inner[0x9004] = scanned
    return block.tobytes()


def with_iptc(jpeg: bytes, block: bytes) -> bytes:
    """The same JPEG with `block` in a Photoshop segment (APP13) after the application segments it has."""
    resource = b"8BIM" + struct.pack(">H", 0x0404) + b"\0\0" + struct.pack(">I", len(block)) + block
    body = b"Photoshop 3.0\0" + resource + (b"\0" if len(block) % 2 else b"")
    at = 2
    while jpeg[at] == 0xFF and 0xE0 <= jpeg[at + 1] <= 0xEC:
        at += 2 + struct.unpack(">H", jpeg[at + 2 : at + 4])[0]
    return jpeg[:at] + b"\xff\xed" + struct.pack(">H", len(body) + 2) + body + jpeg[at:]
