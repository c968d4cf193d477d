"""Files are told by their content, whatever they are called."""

import io

import pytest
from PIL import Image

from ingest.tools import media_type as kinds


@pytest.mark.parametrize(
    "pillow, expected",
    [
        ("TIFF", "image/tiff"),
        ("JPEG", "image/jpeg"),
        ("PNG", "image/png"),
        ("JPEG2000", "image/jp2"),
        ("WEBP", "image/webp"),
        ("GIF", "image/gif"),
        ("BMP", "image/bmp"),
        ("AVIF", "image/avif"),
        ("PDF", "application/pdf"),
    ],
)
def test_what_pillow_writes(pillow, expected, tmp_path):
    Image.new("RGB", (20, 10)).save(tmp_path / "scan.xyz", pillow)
    assert kinds.media_type(tmp_path / "scan.xyz") == expected


@pytest.mark.parametrize(
    "head, expected",
    [
        (b"", kinds.EMPTY),
        (b"II*\0", "image/tiff"),
        (b"MM\0*", "image/tiff"),
        (b"II+\0\x08\0\0\0", "image/tiff"),
        (b"MM\0+\0\x08\0\0", "image/tiff"),
        (b"\xffO\xffQ\0", "image/jp2"),
        (b"\0\0\0\x18ftypheic", "image/heic"),
        (b"\0\0\0\x18ftypmif1", "image/heic"),
        (b"\0\0\0\x18ftypisom", "video/mp4"),
        (b"\xef\xbb\xbf%PDF-1.4\n", "application/pdf"),
        (b"\0" * 1000 + b"%PDF-1.7", "application/pdf"),
        (b"\0" * 1030 + b"%PDF-1.7", kinds.UNKNOWN),
        (b"PK\x03\x04", "application/zip"),
        ("Día 3: San Salvador\n".encode("latin-1"), kinds.TEXT),
        (b"\x01\x02\x03\x04", kinds.UNKNOWN),
    ],
)
def test_by_the_first_bytes(head, expected):
    assert kinds.of_bytes(head) == expected


@pytest.mark.parametrize(
    "name, kind, said",
    [
        ("0001.tif", "application/pdf", "is named .tif, but its content is PDF"),
        ("0001.PDF", "image/jpeg", "is named .pdf, but its content is JPEG"),
        ("0001.jpeg", "image/jpeg", ""),
        ("0001", "image/jpeg", ""),
        ("notes.txt", "text/plain", ""),
    ],
)
def test_a_wrong_suffix_is_said(name, kind, said):
    assert kinds.wrongly_named(name, kind) == said


def test_every_signature_recognises_its_own_kind():
    for known in kinds.signatures():
        head = io.BytesIO(bytes(known.offset) + known.magic + bytes(8)).getvalue()
        assert kinds.of_bytes(head) == known.media_type
