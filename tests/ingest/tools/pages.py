"""Small masters made on the spot: pictures of every kind, PDFs with words in known places."""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from archive.config import IngestSettings

SETTINGS = IngestSettings()
#: Corners of a picture in which every turn shows: red, green, blue, white, clockwise from the top left.
CORNERS = ((255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255))


def cornered(width=64, height=32) -> Image.Image:
    """A picture whose quarters are CORNERS."""
    image = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(image)
    for colour, (x, y) in zip(CORNERS, ((0, 0), (1, 0), (1, 1), (0, 1)), strict=True):
        draw.rectangle(
            [x * width // 2, y * height // 2, (x + 1) * width // 2 - 1, (y + 1) * height // 2 - 1], fill=colour
        )
    return image


def corners_of(image: Image.Image) -> tuple:
    """The colours in the four corners, clockwise from the top left."""
    right, bottom = image.width - 5, image.height - 5
    return tuple(image.convert("RGB").getpixel(at) for at in ((4, 4), (right, 4), (right, bottom), (4, bottom)))


def pdf(
    path: Path, content: str, *, media=(0, 0, 612, 792), crop=None, rotate=0, pages=1, resources="", objects=()
) -> Path:
    """A PDF whose pages all show `content`, in Helvetica as /F1."""
    return written(
        path,
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids "
            f"[{' '.join(['3 0 R'] * min(pages, 1) + [f'{6 + len(objects) + i} 0 R' for i in range(pages - 1)])}]"
            f" /Count {pages} >>".encode(),
            *([_page(media, crop, rotate, resources)] * min(1, pages) or [b"null"]),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content.encode("cp1252")), content.encode("cp1252")),
            *objects,
            *([_page(media, crop, rotate, resources)] * (pages - 1)),
        ],
    )


def _page(media, crop, rotate, resources) -> bytes:
    boxes = f"/MediaBox [{' '.join(map(str, media))}]" + (f" /CropBox [{' '.join(map(str, crop))}]" if crop else "")
    return (
        f"<< /Type /Page /Parent 2 0 R {boxes} /Rotate {rotate} /Contents 5 0 R "
        f"/Resources << /Font << /F1 4 0 R >> {resources} >> >>"
    ).encode()


def written(path: Path, objects: list[bytes]) -> Path:
    """A PDF of these objects, numbered from 1; the first is the catalog."""
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    path.write_bytes(out)
    return path


def scan(words_at, *, size=(850, 1100), type_size=16) -> bytes:
    """A picture of a page, as a PDF object: `words_at` are (x, y, words) in points, with the words' foot at y, as in
    `text_at`."""
    image = Image.new("L", size, 245)
    draw, font, scale = ImageDraw.Draw(image), ImageFont.load_default(type_size), size[0] / 612
    for x, y, words in words_at:
        draw.text((x * scale, size[1] - y * scale), words, fill=20, font=font, anchor="ls")
    data = image.tobytes()
    return (
        (
            b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 "
            b"/Length %d >>\nstream\n" % (*size, len(data))
        )
        + data
        + b"\nendstream"
    )


def text_at(x, y, words, size=24, render=0) -> str:
    """Content that sets words at a point of the page."""
    return f"BT {render} Tr /F1 {size} Tf {x} {y} Td ({words}) Tj ET\n"
