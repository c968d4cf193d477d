"""From sheets to scanned pages: how worn a page is, what the scanner made of it, and the seed of each page."""

from __future__ import annotations

import zlib

import numpy
from PIL import Image, ImageDraw

from . import ageing, newspaper
from .ageing import Wear
from .sheet import Sheet, render


def rng(*names) -> numpy.random.Generator:
    """The same random numbers for the same names, always."""
    return numpy.random.default_rng(zlib.crc32("#".join(map(str, names)).encode()))


def condition(kind: str, random: numpy.random.Generator, **more) -> Wear:
    """A leaf in `kind` of condition: clean, good, carbon, faded or poor; `more` sets what this one leaf also has."""
    skew = float(random.uniform(0.15, 1.0) * random.choice([-1, 1]))
    specks = int(random.integers(30, 90))
    base = {
        "clean": dict(skew=skew * 0.3, specks=12),
        "good": dict(skew=skew, specks=specks, bleed=0.16, fading=0.22, holes=True, edge=0.05),
        "carbon": dict(skew=skew, specks=specks * 2, carbon=1.5, fading=0.46, bleed=0.12),
        "faded": dict(skew=skew * 1.2, specks=specks, fading=0.58, carbon=0.8, folds=(0.49,), holes=True),
        "poor": dict(
            skew=1.45, specks=420, carbon=2.9, fading=0.60, bleed=0.20, folds=(0.33, 0.66), edge=0.16, stain=0.12
        ),
    }[kind]
    return Wear(**{**base, **more})


def one_bit(
    sheets: list[Sheet], name: str, conditions: list[tuple[str, dict]], dpi: int = 300, only: int = 0
) -> list[Image.Image]:
    """The sheets of one master as a one-bit scanner saw them; each leaf's other side is the page that follows.

    `only` asks for that page alone.
    """
    pages = []
    for number, sheet in enumerate(sheets):
        if only and number + 1 != only:
            continue
        random = rng(name, number + 1)
        kind, more = conditions[min(number, len(conditions) - 1)]
        ink = render(sheet, dpi, rng(name, "machine"))
        behind = render(sheets[number + 1], dpi, rng(name, "machine")) if number + 1 < len(sheets) else None
        worn = ageing.wear(ink, condition(kind, random, **more), dpi, random, behind)
        # Shine-through and stains are paper to a one-bit scanner, unless they are dark.
        pages.append(ageing.bitonal(worn, random))
    return pages


def grey_page(
    sheet: Sheet, name: str, kind: str, dpi: int = 200, behind: Sheet | None = None, paper: float = 0.9, **more
) -> Image.Image:
    """One sheet as a grey scanner saw it."""
    random = rng(name, 1)
    ink = render(sheet, dpi, random)
    other = render(behind, dpi, random) if behind else None
    if other is not None and other.shape != ink.shape:
        canvas = numpy.zeros_like(ink)
        high, wide = min(ink.shape[0], other.shape[0]), min(ink.shape[1], other.shape[1])
        canvas[:high, :wide] = other[:high, :wide]
        other = canvas
    worn = ageing.wear(ink, condition(kind, random, **more), dpi, random, other)
    return ageing.grey(worn, random, paper=paper)


def clipping_page(
    clipping: newspaper.Clipping, name: str, kind: str, dpi: int = 200, behind: Sheet | None = None, **more
) -> tuple[Image.Image, Sheet]:
    """A clipping on its mount, and its sheet (the truth)."""
    sheet, print_ = newspaper.typeset(clipping)
    random = rng(name, 1)
    ink = render(sheet, dpi, random)
    wear = condition(kind, random, **{"holes": False, "edge": 0.0, **more})
    paper = newspaper.mount(ink.shape[::-1], dpi, print_, random)
    if behind is not None:
        # What was printed on the back shines through the newsprint only, not through the mount.
        back = render(behind, dpi, random)
        other = numpy.zeros_like(ink)
        high, wide = min(ink.shape[0], back.shape[0]), min(ink.shape[1], back.shape[1])
        other[:high, :wide] = back[:high, :wide]
        left, top, right, bottom = (int(side * dpi) for side in print_)
        inside = numpy.zeros_like(ink)
        inside[top:bottom, left:right] = 1
        shine = ageing.blur(other[:, ::-1], 2.0) * inside * (wear.bleed or 0.1)
        ink = numpy.maximum(ink, shine)
    worn = ageing.wear(ink, Wear(**{**wear.__dict__, "bleed": 0.0, "skew": 0.0}), dpi, random)
    toned = ageing.grey(worn, random, paper=paper)
    if wear.skew:
        toned = toned.rotate(wear.skew, Image.Resampling.BICUBIC, fillcolor=236)
    return toned, sheet


def target(number: str) -> Sheet:
    """The card that is scanned before each batch."""
    sheet = Sheet()
    sheet.line(4.25, 1.2, "EL RESCATE - TARGET", "sans-bold", 20, align="middle")
    sheet.line(4.25, 1.6, f"Roll {number} / rollo {number}", "sans", 13, align="middle")
    sheet.gap()
    return sheet


def target_page(sheet: Sheet, name: str) -> Image.Image:
    """The card as scanned: resolution bars, a scale in inches and a checkerboard below the words."""
    page = one_bit([sheet], name, [("clean", {})])[0].convert("L")
    draw = ImageDraw.Draw(page)
    for step in range(1, 13):
        y = 700 + step * 95
        for bar in range(12):
            x = 320 + bar * step * 4
            draw.rectangle([x, y, x + step * 2, y + 70], fill=0)
            draw.rectangle([1400 + bar * step * 4, y, 1400 + bar * step * 4 + 600 // (step + 4), y + step * 2], fill=0)
    draw.line([(225, 2200), (2325, 2200)], fill=0, width=4)
    for mark in range(0, 57):
        x = 225 + mark * 37.5
        draw.line([(x, 2200), (x, 2200 + (60 if mark % 8 == 0 else 30))], fill=0, width=3)
    for row in range(6):
        for column in range(28):
            if (row + column) % 2:
                draw.rectangle([225 + column * 75, 2400 + row * 75, 300 + column * 75, 2475 + row * 75], fill=0)
    return page.convert("1", dither=Image.Dither.NONE)
