"""Small files that ask for much: refused or failed within the limits of the settings, with the true reason."""

import struct
import zlib
from pathlib import Path

import pytest

from archive.config import IngestSettings
from ingest.execution import Failure
from ingest.execution.local import LocalExecutor
from ingest.intake.identify import IdentifyTask, identify
from ingest.tools import masters
from tests.ingest.tools.pages import written
from tests.patience import PATIENCE

#: What a worker may address here; half of the machine's in earnest.
MEMORY = 3 << 30
SETTINGS = IngestSettings(max_pages=100, max_pixels=700_000_000)


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width, height, depth=1, colour=0, *more):
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
        + b"".join(more)
        + chunk(b"IDAT", zlib.compress(bytes(1_000_000)))
        + chunk(b"IEND", b"")
    )


def tiff(width, height, *, compression=5, bits=8, samples=1, colour=1, form=1, again=False, pages=1):
    entries = [
        (256, 4, width),
        (257, 4, height),
        (258, 3, bits),
        (259, 3, compression),
        (262, 3, colour),
        (273, 4, 8),
        (277, 3, samples),
        (278, 4, height),
        (279, 4, 8),
        (339, 3, form),
    ]
    size = 2 + 12 * len(entries) + 4
    content = b"II*\0" + struct.pack("<I", 16) + bytes(8)
    for page in range(pages):
        following = 16 if again else 16 + (page + 1) * size if page + 1 < pages else 0
        content += struct.pack("<H", len(entries)) + b"".join(
            struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries
        )
        content += struct.pack("<I", following)
    return content


def jpeg_2000(side, tile):
    def segment(marker, content):
        return b"\xff" + marker + struct.pack(">H", len(content) + 2) + content

    return (
        b"\xff\x4f"
        + segment(b"\x51", struct.pack(">HIIIIIIIIH", 0, side, side, 0, 0, tile, tile, 0, 0, 1) + b"\7\1\1")
        + segment(b"\x52", bytes([0, 0, 0, 1, 0, 5, 4, 4, 0, 1]))
        + segment(b"\x5c", bytes([64] * 17))
        + b"\xff\x90"
        + struct.pack(">HHIBB", 10, 0, 0, 0, 1)
        + b"\xff\x93"
        + bytes(20)
        + b"\xff\xd9"
    )


def webp(width, height):
    content = b"VP8L" + struct.pack("<I", 10) + b"\x2f" + struct.pack("<I", (width - 1) | (height - 1) << 14) + bytes(5)
    return b"RIFF" + struct.pack("<I", 4 + len(content)) + b"WEBP" + content


def stream(dictionary, content):
    return b"<< %s /Length %d >>\nstream\n" % (dictionary, len(content)) + content + b"\nendstream"


def pdf(*, box=b"0 0 612 792", resources=b"", content=b"0 0 9 9 re f", packed=b"", more=(), tree=None):
    page = b"<< /Type /Page /MediaBox [%s] /Contents 4 0 R /Resources << %s >> >>" % (box, resources)
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        tree or b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page,
        stream(packed, content),
        *more,
    ]


def picture(width, height, packed=b"/FlateDecode"):
    return stream(
        b"/Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter %s"
        % (width, height, packed),
        zlib.compress(bytes(1000)),
    )


SHOWN = {"resources": b"/XObject << /Im 5 0 R >>", "content": b"q 612 0 0 792 0 0 cm /Im Do Q"}
LAUGHS = [b"<< /Type /Pages /Kids [%d 0 R %d 0 R] /Count %d >>" % (n + 1, n + 1, 2 ** (40 - n)) for n in range(2, 40)]

#: name: what it is, and what is said of it; `read` where it is taken in after all, within the limits.
BOMBS = {
    "huge.png": (png(200_000, 200_000), "200000 × 200000 pixels, more than"),
    "text.png": (
        png(10, 10, 1, 0, chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(80_000_000), 9))),
        "too large to unpack",
    ),
    "profile.png": (
        png(10, 10, 1, 0, chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(80_000_000), 9))),
        "too large to unpack",
    ),
    "memory.png": (png(26_000, 26_000, 16, 6), "needs more memory than there is"),
    "huge.tif": (tiff(4_000_000_000, 4_000_000_000), "pixels, more than"),
    "empty.tif": (tiff(15_000, 15_000), "cannot be decompressed"),
    "rare.tif": (
        tiff(15_000, 15_000, bits=64, samples=3, colour=2, form=3),
        "needs more memory than is given to one picture",
    ),
    "huge-rare.tif": (tiff(4_000_000_000, 4_000_000_000, bits=64, samples=3, colour=2, form=3), "pixels, more than"),
    "loop.tif": (tiff(10, 10, compression=1, again=True), "read"),
    "pages.tif": (tiff(10, 10, compression=1, pages=300), "more than 100 pages"),
    "huge.jp2": (jpeg_2000(4_000_000_000, 4_000_000_000), "pixels, more than"),
    "tiles.jp2": (jpeg_2000(15_800, 1), "damaged"),
    "memory.webp": (webp(16_383, 15_000), "damaged"),
    "huge.bmp": (
        b"BM" + struct.pack("<IHHIIiiHHIIiiII", 100, 0, 0, 54, 40, 2**31 - 1, 2**31 - 1, 1, 24, 0, 0, 0, 0, 0, 0),
        "pixels, more than",
    ),
    "giant-page.pdf": (pdf(box=b"0 0 10000000 10000000"), "impossible size"),
    "thin-page.pdf": (pdf(box=b"0 0 1 100000000"), "impossible size"),
    "laughing-tree.pdf": (
        [b"<< /Type /Catalog /Pages 2 0 R >>", *LAUGHS, b"<< /Type /Page /MediaBox [0 0 612 792] >>"],
        "has no pages",
    ),
    "deep-tree.pdf": (
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            *(b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (n + 1) for n in range(2, 3000)),
            b"<< /Type /Page /MediaBox [0 0 612 792] >>",
        ],
        "none of its pages",
    ),
    "count.pdf": (pdf(tree=b"<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>"), "read"),
    "huge-picture.pdf": (pdf(**SHOWN, more=[picture(60_000, 60_000)]), "should show a picture"),
    "impossible-picture.pdf": (pdf(**SHOWN, more=[picture(2_000_000_000, 2_000_000_000)]), "should show a picture"),
    "form-in-itself.pdf": (
        pdf(
            resources=b"/XObject << /A 5 0 R >>",
            content=b"/A Do 0 0 9 9 re f",
            more=[stream(b"/Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /A 5 0 R >> >>", b"/A Do")],
        ),
        "read",
    ),
    "deep-arrays.pdf": (pdf(resources=b"/X " + b"[" * 100_000 + b"]" * 100_000), "read"),
    "slow.pdf": (
        pdf(
            resources=b"/Pattern << /P 5 0 R >>",
            content=b"/Pattern cs /P scn 0 0 612 792 re f",
            more=[
                stream(
                    b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.0001 /YStep 0.0001 "
                    b"/Resources << >>",
                    b"0 0 1 1 re f",
                )
            ],
        ),
        "took longer than",
    ),
    "flate.pdf": (
        pdf(
            packed=b"/Filter [/FlateDecode /FlateDecode]",
            content=zlib.compress(zlib.compress(bytes(100_000_000), 1), 9),
        ),
        "read",
    ),
}


def taken_in(path: Path) -> str:
    """In a worker: everything that happens to a file and its first page."""
    found = identify(IdentifyTask(path, path.stat().st_size, SETTINGS))
    if found.refused:
        raise found.refused
    for frame in found.file.frames[:1]:
        masters.render(path, found.file.media_type, frame)
    return "read"


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """What is said of each bomb, all in two workers; a worker that has died is replaced."""
    folder = tmp_path_factory.mktemp("bombs")
    for name, (content, _) in BOMBS.items():
        if isinstance(content, list):
            written(folder / name, content)
        else:
            (folder / name).write_bytes(content)
    slow = [name for name, (_, what) in BOMBS.items() if what == "took longer than"]
    with LocalExecutor(2, memory=MEMORY) as executor:
        return {
            path.name: result
            for names, seconds in ((slow, 6), ([name for name in BOMBS if name not in slow], PATIENCE))
            for path, result in executor.run(taken_in, [folder / name for name in names], seconds)
        }


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_does_no_harm_and_the_reason_is_true(name, said):
    result = said[name]
    assert BOMBS[name][1] in (result.reason if isinstance(result, Failure) else result), result
