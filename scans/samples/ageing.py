"""What years, carbon paper and a scanner do to a sheet; every step takes and gives darkness (0 paper, 1 ink)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy
from PIL import Image, ImageDraw, ImageFilter

from . import fonts


@dataclass(frozen=True)
class Stamp:
    """An office's rubber stamp: its lines, its middle (as parts of the page), its turn in degrees."""

    lines: tuple[str, ...]
    x: float
    y: float
    turn: float = 7.0
    round: bool = False
    tone: float = 0.75


@dataclass(frozen=True)
class Wear:
    """How worn one page is. All zero is a clean scan."""

    skew: float = 0.0
    carbon: float = 0.0  # blur in pixels at 300 dpi
    fading: float = 0.0  # how much ink is lost where it is palest
    bleed: float = 0.0  # darkness of what shines through from the other side
    specks: int = 0  # dust on the glass
    folds: tuple[float, ...] = ()  # heights, as parts of the page
    holes: bool = False
    edge: float = 0.0  # how wide the dark edge is, in inches
    stain: float = 0.0
    stamp: Stamp | None = None


def wear(
    ink: numpy.ndarray, how: Wear, dpi: int, rng: numpy.random.Generator, behind: numpy.ndarray | None = None
) -> numpy.ndarray:
    """`ink` after `how`; `behind` is the other side of the leaf, of the same size."""
    scale = dpi / 300
    if how.carbon:
        ink = blur(ink, how.carbon * scale)
    if how.fading:
        ink = ink * (1 - how.fading * field(rng, ink.shape, 6))
    if how.stamp:
        ink = numpy.maximum(ink, _stamp(ink.shape, how.stamp, dpi, rng))
    if how.bleed and behind is not None:
        ink = numpy.maximum(ink, blur(behind[:, ::-1], 2.2 * scale) * how.bleed)
    if how.stain:
        ink = numpy.maximum(ink, ink * 0.7 + how.stain * field(rng, ink.shape, 3) ** 3)
    for at in how.folds:
        ink = _fold(ink, at, dpi, rng)
    if how.holes:
        ink = _holes(ink, dpi)
    if how.skew:
        ink = turn(ink, how.skew)
    if how.edge:
        ink = _edge(ink, how.edge * dpi, rng)
    if how.specks:
        ink = _specks(ink, how.specks, scale, rng)
    return numpy.clip(ink, 0, 1)


def field(rng: numpy.random.Generator, shape: tuple[int, int], cells: int) -> numpy.ndarray:
    """A smooth random field from 0 to 1, about `cells` hills across."""
    coarse = rng.random((cells + 2, cells + 2)).astype(numpy.float32)
    image = Image.fromarray(coarse, "F").resize(shape[::-1], Image.Resampling.BICUBIC)
    return numpy.clip(numpy.asarray(image), 0, 1)


def turn(ink: numpy.ndarray, degrees: float) -> numpy.ndarray:
    """The page laid askew on the glass."""
    image = Image.fromarray(ink.astype(numpy.float32), "F")
    return numpy.asarray(image.rotate(degrees, Image.Resampling.BILINEAR, fillcolor=0.0))


def blur(ink: numpy.ndarray, radius: float) -> numpy.ndarray:
    image = Image.fromarray(numpy.round(numpy.clip(ink, 0, 1) * 255).astype(numpy.uint8))
    return numpy.asarray(image.filter(ImageFilter.GaussianBlur(radius)), numpy.float32) / 255


def _stamp(shape, stamp: Stamp, dpi: int, rng) -> numpy.ndarray:
    size = 11 * dpi / 72
    face = fonts.font("sans-bold", size)
    wide = max(face.getlength(line) for line in stamp.lines) + size * 1.6
    high = len(stamp.lines) * size * 1.35 + size * 1.1
    if stamp.round:
        wide = high = max(wide, high) * 1.12
    pad = int(wide * 0.3)
    image = Image.new("L", (int(wide) + 2 * pad, int(high) + 2 * pad), 0)
    draw = ImageDraw.Draw(image)
    box = [pad, pad, pad + wide, pad + high]
    thick = max(2, round(dpi / 90))
    if stamp.round:
        draw.ellipse(box, outline=255, width=thick)
    else:
        draw.rectangle(box, outline=255, width=thick)
    middle, y = pad + wide / 2, pad + high / 2 - (len(stamp.lines) - 1) * size * 0.675
    for line in stamp.lines:
        draw.text((middle, y), line, 255, face, anchor="mm")
        y += size * 1.35
    image = image.rotate(stamp.turn, Image.Resampling.BILINEAR)
    print_ = numpy.asarray(image, numpy.float32) / 255
    print_ = print_ * stamp.tone * (0.45 + 0.75 * field(rng, print_.shape, 7))
    out = numpy.zeros(shape, numpy.float32)
    top, left = int(stamp.y * shape[0] - print_.shape[0] / 2), int(stamp.x * shape[1] - print_.shape[1] / 2)
    top, left = max(0, min(top, shape[0] - print_.shape[0])), max(0, min(left, shape[1] - print_.shape[1]))
    out[top : top + print_.shape[0], left : left + print_.shape[1]] = print_
    return out


def _fold(ink: numpy.ndarray, at: float, dpi: int, rng) -> numpy.ndarray:
    """A crease: the ink has flaked off along it, and its shadow is left in places."""
    high, wide = ink.shape
    ink = ink.copy()
    path = at * high + numpy.cumsum(rng.normal(0, 0.12, wide)) + numpy.linspace(0, rng.normal(0, dpi / 40), wide)
    rows = numpy.arange(high, dtype=numpy.float32)[:, None]
    low, top = int(max(0, path.min() - dpi * 0.05)), int(min(high, path.max() + dpi * 0.05))
    away = numpy.abs(rows[low:top] - path[None, :])
    strength = field(rng, (1, wide), 14)[0]
    ink[low:top] *= 1 - 0.75 * numpy.exp(-((away / (dpi * 0.008)) ** 2)) * strength
    ink[low:top] = numpy.maximum(
        ink[low:top], 0.62 * numpy.exp(-(((away - dpi * 0.008) / (dpi * 0.004)) ** 2)) * (strength > 0.55)
    )
    return ink


def _holes(ink: numpy.ndarray, dpi: int) -> numpy.ndarray:
    high, wide = ink.shape
    image = Image.new("L", (wide, high), 0)
    draw = ImageDraw.Draw(image)
    for part in (0.115, 0.5, 0.885):
        x, y, radius = 0.33 * dpi, part * high, 0.125 * dpi
        draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=235)
    return numpy.maximum(ink, numpy.asarray(image, numpy.float32) / 255)


def _edge(ink: numpy.ndarray, width: float, rng) -> numpy.ndarray:
    """The dark band where the lid was not quite shut, along the right edge."""
    high, wide = ink.shape
    reach = width * (0.35 + 0.65 * numpy.linspace(0, 1, high)) + numpy.cumsum(rng.normal(0, 0.12, high))
    columns = numpy.arange(wide)[None, :]
    dark = numpy.clip((columns - (wide - reach[:, None])) / 3, 0, 1) * 0.9
    return numpy.maximum(ink, dark.astype(numpy.float32))


def _specks(ink: numpy.ndarray, count: int, scale: float, rng) -> numpy.ndarray:
    ink = ink.copy()
    high, wide = ink.shape
    for _ in range(count):
        y, x = rng.integers(4, high - 8), rng.integers(4, wide - 8)
        side = 1 + int(rng.exponential(1.3) * scale)
        ink[y : y + min(side, 7), x : x + min(side + int(rng.integers(0, 2)), 7)] = 0.9
    return ink


def bitonal(
    ink: numpy.ndarray, rng: numpy.random.Generator, threshold: float = 0.36, rough: float = 0.05
) -> Image.Image:
    """What a one-bit scanner sees; `rough` frays the letters' edges, and costs bytes in G4."""
    ink = blur(ink, 0.9)
    # The operator turns the threshold down for a pale page, as far as the paper allows.
    darkest = float(numpy.percentile(ink[ink > 0.2], 75)) if (ink > 0.2).any() else 1.0
    threshold = max(0.24, threshold * min(1.0, darkest * 1.15))
    shape = (ink.shape[0] // 2 + 1, ink.shape[1] // 2 + 1)
    grain = numpy.repeat(numpy.repeat(rng.normal(0, rough, shape).astype(numpy.float32), 2, 0), 2, 1)
    grain = grain[: ink.shape[0], : ink.shape[1]]
    black = (ink + grain * (ink > 0.12)) > threshold
    return Image.fromarray(numpy.where(black, 0, 255).astype(numpy.uint8)).convert("1", dither=Image.Dither.NONE)


def grey(
    ink: numpy.ndarray,
    rng: numpy.random.Generator,
    paper: float = 0.90,
    black: float = 0.16,
    grain: float = 0.008,
    mottle: float = 0.03,
) -> Image.Image:
    """What a grey scanner sees: toned paper, ink that is never quite black, a little grain."""
    ink = blur(ink, 0.6)
    tone = paper - mottle * field(rng, ink.shape, 9) - mottle * 0.5 * field(rng, ink.shape, 40)
    light = tone * (1 - ink) + black * ink
    if grain:
        light = light + rng.normal(0, grain, ink.shape).astype(numpy.float32)
    return Image.fromarray(numpy.round(numpy.clip(light, 0, 1) * 255).astype(numpy.uint8))
