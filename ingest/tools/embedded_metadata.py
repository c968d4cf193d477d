"""What a master says of itself: IPTC, XMP, EXIF and TIFF tags of images, the information of a PDF.

The tags and the elements they become are in embedded_tags.tsv. A PDF's own dates say when the file was made, and are
left alone. The coordinates of a photograph are not read: they would tell where somebody lives or hid. What a camera, a
scanner or a program puts there without anybody meaning it is not sorted out here (see `ingest.describing.from_file`).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image

from archive import knowledge, rights
from archive.errors import ScanError
from ingest.tools import images, iptc, pdf, pdf_objects, xmp
from ingest.tools import media_type as kinds

#: A value is cut here: nobody captions a photograph in more, and a damaged length can claim megabytes.
LONGEST = 10_000
#: Values taken of one file.
MOST = 500
#: A country that is left out of a place: the gazetteer's places are told by their department.
HOME = {"el salvador", "salvador"}

#: The shortest of IPTC's text fields, in bytes.
_SHORTEST_FIELD = 31
_EXIF_TAGS = {"ImageDescription": 270, "Artist": 315, "Copyright": 33432}
#: What is typed in the properties window of Windows, in UTF-16.
_WINDOWS_TAGS = {"XPTitle": 40091, "XPComment": 40092, "XPAuthor": 40093, "XPKeywords": 40094}
_EXIF_IFD, _DATE_TIME_ORIGINAL, _USER_COMMENT, _DOCUMENT_NAME = 0x8769, 36867, 37510, 269
#: How a user comment begins that says its encoding (Exif 2.32, 4.6.5, table 9).
_ENCODINGS = {b"ASCII\0\0\0": "", b"UNICODE\0": "utf-16", b"\0" * 8: ""}


@dataclass(frozen=True, slots=True)
class Tag:
    """One row of embedded_tags.tsv."""

    scheme: str
    tag: str
    element: str
    form: str


@cache
def tags() -> tuple[Tag, ...]:
    rows = knowledge.rows("ingest.tools", "embedded_tags.tsv")
    return tuple(Tag(row["scheme"], row["tag"], row["element"], row["form"]) for row in rows)


def read(path: str | Path, media_type: str) -> list[tuple[str, str, str]]:
    """(element, value, where it stands), each element's best source first; dates as EDTF.

    Damaged or foreign metadata is passed over: it never keeps a file from being taken in.
    """
    path = Path(path)
    try:
        if media_type == kinds.PDF:
            return statements(_of_pdf(path))
        return statements(_of_image(path, media_type)) if media_type in images.FORMATS else []
    except ScanError:
        return []  # `masters.identify` says what is wrong with it.


def statements(found: dict[str, dict[str, list[str]]]) -> list[tuple[str, str, str]]:
    """The tags found, by scheme and name, as (element, value, where).

    >>> statements({"IPTC": {"2:90": ["Tecoluca"], "2:95": ["San Vicente"], "2:55": ["19840300"]}})
    [('date_edtf', '1984-03', 'IPTC 2:55'), ('place', 'Tecoluca, San Vicente', 'IPTC 2:90, 2:95')]
    """
    said: list[tuple[str, str, str]] = []
    for scheme in dict.fromkeys(tag.scheme for tag in tags()):
        values = found.get(scheme, {})
        here = [
            (tag.element, value, f"{scheme} {tag.tag}")
            for tag in tags()
            if tag.scheme == scheme and tag.form not in ("place", "country")
            for raw in values.get(tag.tag, ())
            for value in _values(tag.form, raw)
        ]
        here += _places(scheme, values)
        said = [_completed(one, here) for one in said]
        # One scheme an element: a second one repeats the first in other words.
        taken = {element for element, _, _ in said}
        said += [one for one in here if one[0] not in taken]
    return list(dict.fromkeys(said))[:MOST]


def _completed(one: tuple[str, str, str], others: list[tuple[str, str, str]]) -> tuple[str, str, str]:
    """A value whole where an IPTC field was too short for it (a by-line has 32 bytes)."""
    if one[2].startswith("IPTC") and len(one[1].encode()) >= _SHORTEST_FIELD:
        return next(
            (
                other
                for other in others
                if other[0] == one[0] and len(other[1]) > len(one[1]) and other[1].startswith(one[1])
            ),
            one,
        )
    return one


def _values(form: str, raw: str) -> Iterable[str]:
    text = " ".join("".join(c if c.isprintable() else " " for c in raw[:LONGEST]).split())
    if form == "semicolons":
        return [part for part in (part.strip() for part in text.split(";")) if part]
    if form == "licence":
        meant = rights.suggest(text)
        return [meant.uri] if meant and meant.same else []
    if form == "list":
        return [part for part in (part.strip() for part in re.split(r"[;,]", text)) if part]
    if form != "text":
        text = date_edtf(text)
    return [text] if text else []


def date_edtf(text: str) -> str:
    """The day, month or year at the beginning of an IPTC, XMP or EXIF date, as EDTF; empty for no date.

    >>> [date_edtf(text) for text in ("19840312", "19840000", "1984-03", "1984:03:12 10:00:00", "0000:00:00")]
    ['1984-03-12', '1984', '1984-03', '1984-03-12', '']
    """
    found = re.match(r"(\d{4})(?:[-:]?(\d\d)(?:[-:]?(\d\d))?)?(?!\d)", text)
    if not found or not 1400 <= int(found[1]) <= 2100:
        return ""
    year, month, day = found[1], int(found[2] or 0), int(found[3] or 0)
    if not 1 <= month <= 12:
        return year
    return f"{year}-{month:02}-{day:02}" if 1 <= day <= monthrange(int(year), month)[1] else f"{year}-{month:02}"


def _places(scheme: str, values: dict[str, list[str]]) -> Iterator[tuple[str, str, str]]:
    """One place of its parts, the smallest first; the country only where it is not home."""
    parts, country = [], []
    for tag in tags():
        if tag.scheme == scheme and tag.form in ("place", "country") and values.get(tag.tag):
            name = next(iter(_values("text", values[tag.tag][0])), "").strip(" ,")
            if name:
                (parts if tag.form == "place" else country).append((name, tag.tag))
    if country and (not parts or country[0][0].casefold() not in HOME):
        parts += country
    if parts:
        names = list(dict.fromkeys(name for name, _ in parts))
        yield "place", ", ".join(names), f"{scheme} {', '.join(tag for _, tag in parts)}"


def _of_image(path: Path, media_type: str) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    if media_type == images.HEIC and not images.heic_plug_in():
        return found
    try:
        with Image.open(path, formats=images.FORMATS[media_type]) as image:
            for scheme, reader in (("IPTC", iptc.of_image), ("XMP", xmp.of_image), ("EXIF", _exif), ("TIFF", _tiff)):
                try:
                    found[scheme] = reader(image)
                except images.FAULTS:
                    continue  # Damaged; the other schemes may be whole.
    except images.FAULTS:
        pass  # Damaged beyond its header; `images` says so where the pages are asked for.
    return found


def _exif(image: Image.Image) -> dict[str, list[str]]:
    if not images.has_exif(image):
        return {}
    exif = image.getexif()
    found = {name: [_exif_text(exif[number])] for name, number in _EXIF_TAGS.items() if number in exif}
    found |= {
        name: [exif[number].decode("utf-16-le", "replace").split("\0")[0]]
        for name, number in _WINDOWS_TAGS.items()
        if isinstance(exif.get(number), bytes)
    }
    inner = exif.get_ifd(_EXIF_IFD)
    if taken := inner.get(_DATE_TIME_ORIGINAL):
        found["DateTimeOriginal"] = [str(taken)]
    if comment := _user_comment(inner.get(_USER_COMMENT), image.getexif().endian):
        found["UserComment"] = [comment]
    return found


def _user_comment(value: object, endian: str) -> str:
    if not isinstance(value, bytes) or value[:8] not in _ENCODINGS:
        return ""
    encoding = _ENCODINGS[value[:8]]
    if not encoding:
        return _exif_text(value[8:])
    if value[8:10] not in (b"\xff\xfe", b"\xfe\xff"):
        encoding += "-le" if endian == "<" else "-be"
    return value[8:].decode(encoding, "replace").split("\0")[0]


def _tiff(image: Image.Image) -> dict[str, list[str]]:
    name = image.tag_v2.get(_DOCUMENT_NAME) if image.format == "TIFF" else None
    return {"DocumentName": [_exif_text(name)]} if isinstance(name, str | bytes) else {}


def _exif_text(value: object) -> str:
    """EXIF says ASCII and programs write UTF-8 or Latin-1; Pillow has read it as Latin-1."""
    if isinstance(value, str):
        try:
            value = value.encode("latin-1")
        except UnicodeEncodeError:
            return value
    return iptc.decoded(value).split("\0")[0] if isinstance(value, bytes) else ""


def _of_pdf(path: Path) -> dict[str, dict[str, list[str]]]:
    written = pdf.document_information(path)
    found = {"PDF": {name: [text] for name, text in written.items() if text.strip()}}
    packet = pdf_objects.xmp_packet(path)
    # Where both are there they say the same, and PDF readers show the first.
    return found if found["PDF"].get("Title") or not packet else found | {"XMP": xmp.parse(packet)}
