"""What damage to a page costs each reader, and what preparation wins back: `python -m bench.preparation FOLDER…`.

Pages whose text is known (folders as for `bench.reading`; every fifth, `--every`) are turned, inverted, framed in
black, made small, or given the back of another page to shine through; then Tesseract reads them alone, Tesseract as
ingest has it, and with `--second` the second reader alone and as ingest has it. Prints recall and precision of words.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter, ImageOps

from archive.config import IngestSettings
from archive.record import Frame
from bench.reading import precision, recall
from bench.truth import Page, Score, pages, score
from ingest.extract import language
from ingest.page import recognise
from ingest.tools import rapidocr


def _turned(degrees: float) -> Callable[[Image.Image, Image.Image], Image.Image]:
    """White beside the page, as a scanner's lid is."""
    return lambda page, _: page.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def _with_longer_side(pixels: int) -> Callable[[Image.Image, Image.Image], Image.Image]:
    return lambda page, _: ImageOps.contain(page, (pixels, pixels), Image.Resampling.LANCZOS)


def _shone_through(percent: int) -> Callable[[Image.Image, Image.Image], Image.Image]:
    """The other page's ink, soft, so dark."""

    def shone(page: Image.Image, other: Image.Image) -> Image.Image:
        back = ImageOps.mirror(ImageOps.autocontrast(other, cutoff=(2, 30)).resize(page.size)).filter(
            ImageFilter.GaussianBlur(2)
        )
        return ImageChops.multiply(page, back.point([255 - (255 - value) * percent // 100 for value in range(256)]))

    return shone


DAMAGES: dict[str, Callable[[Image.Image, Image.Image], Image.Image]] = {
    "none": lambda page, _: page,
    "slant 1°": _turned(1),
    "slant 3°": _turned(-3),
    "slant 7°": _turned(7),
    "slant 12°": _turned(-12),
    "negative": lambda page, _: ImageOps.invert(page),
    "black frame": lambda page, _: ImageOps.expand(page, round(max(page.size) * 0.06), 8),
    "1500 pixels high": _with_longer_side(1500),
    "1000 pixels high": _with_longer_side(1000),
    "other side shines through, 30 %": _shone_through(30),
    "other side shines through, 45 %": _shone_through(45),
}


def _grey(page: Page) -> Image.Image:
    with Image.open(page.image) as image:
        return image.convert("L")


def read(task: tuple[str, Page, Page, bool]) -> list[Score]:
    """Scores of one damaged page: Tesseract alone, prepared; where asked the second reader alone, prepared."""
    damage, page, other, twice = task
    os.environ["OMP_THREAD_LIMIT"] = "1"
    Image.MAX_IMAGE_PIXELS = None
    settings = IngestSettings()
    canvas = DAMAGES[damage](_grey(page), _grey(other))
    frame = Frame(1, *canvas.size)
    spanish, english, _ = language.votes(page.text)
    alone = recognise.first(
        canvas, frame, replace(settings, straighten=False), page.stem, ("spa" if spanish >= english else "eng",)
    )
    found = [alone.layout, recognise.first(canvas, frame, settings, page.stem).layout]
    if twice:
        rapidocr.load()
        found += [
            rapidocr.read(canvas, width=frame.width, height=frame.height, item=page.stem),
            recognise.second(canvas, frame),
        ]
    return [score(page.text, layout.text) for layout in found]


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench.preparation", description=__doc__.splitlines()[0])
    options.add_argument("folders", nargs="+", type=Path)
    options.add_argument("--every", type=int, default=5)
    options.add_argument(
        "--damages",
        nargs="+",
        choices=list(DAMAGES),
        default=list(DAMAGES),
        metavar="DAMAGE",
        help=f"these alone: {', '.join(DAMAGES)}".replace("%", "%%"),
    )
    options.add_argument("--second", action="store_true")
    options.add_argument("--workers", type=int, default=2)
    chosen = options.parse_args()
    some = [page for folder in chosen.folders for page in list(pages(folder.resolve()))[:: chosen.every]]
    print(
        f"{len(some)} pages: recall, precision of words\n\n| damage | Tesseract alone | prepared "
        f"|{' second reader alone | prepared |' if chosen.second else ''}"
    )
    print(f"|---|---|---|{'---|---|' if chosen.second else ''}")
    with ProcessPoolExecutor(chosen.workers) as pool:
        for damage in chosen.damages:
            tasks = [(damage, page, some[(number + 1) % len(some)], chosen.second) for number, page in enumerate(some)]
            columns = zip(*pool.map(read, tasks), strict=True)
            print(
                f"| {damage} | "
                f"{' | '.join(f'{recall(column):.3f}, {precision(column):.3f}' for column in map(list, columns))} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
