"""Pages to measure with: the sample scans, varied so that no two are alike, in the formats of scanners."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy
from PIL import Image, ImageSequence

SCANS = Path(__file__).parents[1] / "scans"
DPI = 200
#: US letter at that resolution.
CANVAS = (1700, 2200)


def sample_pages() -> list[Image.Image]:
    """Every page image of text among the sample scans, grey, on one canvas. Raises SystemExit where there is none."""
    pages = []
    for path in sorted(SCANS.rglob("*")):
        if path.suffix.lower() in {".tif", ".tiff", ".png"}:
            with Image.open(path) as image:
                pages += [_on_canvas(frame) for frame in ImageSequence.Iterator(image)]
    if not pages:
        raise SystemExit("There are no sample scans; run: make samples")
    return pages


def _on_canvas(image: Image.Image) -> Image.Image:
    page = Image.new("L", CANVAS, 255)
    grey = image.convert("L")
    grey.thumbnail(CANVAS, Image.Resampling.LANCZOS)
    page.paste(grey, (0, 0))
    return page


def varied(count: int, *, lines: float = 1.0) -> Iterator[Image.Image]:
    """`count` pages, each shifted and with a grain of its own; `lines` is the part of each that keeps its text."""
    originals = sample_pages()
    for number in range(count):
        chance = numpy.random.default_rng(number)
        page = numpy.asarray(originals[number % len(originals)]).astype("int16")
        page = numpy.roll(page, chance.integers(2, 24, 2), axis=(0, 1))
        page = page + chance.normal(0, 6, page.shape).astype("int16")
        page[int(page.shape[0] * lines) :] = 250
        yield Image.fromarray(page.clip(0, 255).astype("uint8"))


def write_single(folder: Path, count: int, *, lines: float = 1.0) -> list[Path]:
    """One file a page: JPEG, PNG and one-bit G4 TIFF in turn."""
    folder.mkdir(parents=True)
    paths = []
    for number, page in enumerate(varied(count, lines=lines)):
        kind = ("jpg", "png", "tif")[number % 3]
        paths.append(folder / f"page-{number:04}.{kind}")
        if kind == "tif":
            _one_bit(page).save(paths[-1], compression="group4", dpi=(DPI, DPI))
        else:
            page.save(paths[-1], dpi=(DPI, DPI), **({"quality": 85} if kind == "jpg" else {}))
    return paths


def write_bound(folder: Path, singles: list[Path], together: int = 8) -> list[Path]:
    """The same pages bound: `together` to a file, PDF and G4 TIFF in turn."""
    folder.mkdir(parents=True)
    paths = []
    for start in range(0, len(singles), together):
        pages = [Image.open(path) for path in singles[start : start + together]]
        if (start // together) % 2:
            paths.append(folder / f"bound-{start:04}.tif")
            first, *rest = map(_one_bit, pages)
            first.save(paths[-1], save_all=True, append_images=rest, compression="group4", dpi=(DPI, DPI))
        else:
            paths.append(folder / f"bound-{start:04}.pdf")
            first, *rest = (page.convert("L") for page in pages)
            first.save(paths[-1], save_all=True, append_images=rest, resolution=DPI)
    return paths


def _one_bit(page: Image.Image) -> Image.Image:
    return page.convert("L").point(lambda grey: 255 * (grey > 140)).convert("1")
