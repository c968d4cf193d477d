"""Small files of formats that are kept and not read, made on the spot; each begins as its format says."""

import io
import struct
import wave
import zipfile


def wordperfect(major: int, minor: int) -> bytes:
    """A WordPerfect document's prefix (product 1, file type 10, version) and some text."""
    return (
        b"\xffWPC" + struct.pack("<I", 64) + bytes([1, 10, major, minor]) + bytes(52) + b"Informe de Tecoluca\r\n" * 20
    )


def dbase(version: int) -> bytes:
    """An xBase table of two fields and one record."""
    fields = b"".join(
        struct.pack("<11sc4xBB14x", name, kind, size, 0)
        for name, kind, size in ((b"INCDCODE", b"C", 10), (b"AGE", b"N", 3))
    )
    head = struct.pack("<B3BIHH20x", version, 93, 5, 12, 1, 33 + len(fields), 14)
    return head + fields + b"\r" + b" A1         33" + b"\x1a"


def recording() -> bytes:
    """A tenth of a second of WAVE."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0\1" * 800)
    return out.getvalue()


def packed(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("_", "."), text)
    return out.getvalue()


def word_2007() -> bytes:
    """The least that makes a ZIP a Word document: its list of content types and its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Override PartName="/word/document.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        archive.writestr(
            "word/document.xml", '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
        )
    return out.getvalue()


MP4 = b"\0\0\0\x18ftypisom\0\0\x02\0isommp41" + b"\0\0\0\x08free" + b"\0\0\0\x10mdat" + bytes(8) + b"\0\0\0\x08moov"
RTF = rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Courier;}}\f0 Informe de Tecoluca\par}" + b"\n"
AVI = (
    b"RIFF"
    + struct.pack("<I", 256)
    + b"AVI LIST"
    + struct.pack("<I", 192)
    + b"hdrlavih"
    + struct.pack("<I", 56)
    + bytes(200)
)
