"""Drawn scenes made to look like faded black-and-white prints. Nobody and no real place is pictured."""

from __future__ import annotations

import math

import numpy
from PIL import Image, ImageDraw, ImageFilter

from .ageing import field

SIZE = (1230, 830)
Rng = numpy.random.Generator


def picture(scene: str, rng: Rng, size: tuple[int, int] = SIZE) -> Image.Image:
    """One print of `scene`: drawn at twice its size, softened, faded, grained."""
    wide, high = size[0] * 2, size[1] * 2
    canvas = Image.new("L", (wide, high), 205)
    SCENES[scene](canvas, ImageDraw.Draw(canvas), rng)
    canvas = canvas.resize(size, Image.Resampling.LANCZOS).filter(ImageFilter.GaussianBlur(1.1))
    return _print(canvas, rng)


def _print(canvas: Image.Image, rng: Rng) -> Image.Image:
    light = numpy.asarray(canvas, numpy.float32) / 255
    high, wide = light.shape
    y, x = numpy.mgrid[-1 : 1 : high * 1j, -1 : 1 : wide * 1j]
    light = light * (1 - 0.22 * (x**2 + y**2))
    light = light + 0.05 * (field(rng, light.shape, 4) - 0.5)
    grain = Image.fromarray(rng.normal(0, 0.075, (high, wide)).astype(numpy.float32), "F")
    light = light + numpy.asarray(grain.resize((wide // 2, high // 2)).resize((wide, high), Image.Resampling.BICUBIC))
    dark, bright = numpy.percentile(light, (1, 99))
    # A print of those years: full tones once, then years of light.
    light = 0.13 + 0.75 * numpy.clip((light - dark) / (bright - dark), 0, 1) ** 0.95
    image = Image.fromarray(numpy.round(light * 255).astype(numpy.uint8))
    draw = ImageDraw.Draw(image)
    for _ in range(5):  # scratches on the negative
        start = rng.integers(0, wide), rng.integers(0, high)
        draw.line([start, (start[0] + rng.normal(0, 8), start[1] + rng.normal(0, 70))], fill=215, width=1)
    return image


def _ridge(rng: Rng, wide: int, rough: float, base: float) -> list[float]:
    """The line of some hills: a few waves of growing pitch."""
    x = numpy.linspace(0, 1, wide // 8)
    line = numpy.full_like(x, base)
    for octave in range(1, 7):
        line = line + rough / octave**1.5 * numpy.sin(2 * math.pi * (x * octave * 0.85 + rng.random())) * rng.uniform(
            0.5, 1
        )
    return list(line + rng.normal(0, rough * 0.012, len(x)))


def _sky(canvas: Image.Image, rng: Rng, top: int = 175, low: int = 232) -> None:
    wide, high = canvas.size
    ramp = numpy.linspace(top, low, high)[:, None].repeat(wide, 1)
    clouds = field(rng, (high, wide), 5) * 0.6 + field(rng, (high, wide), 13) * 0.4
    light = ramp + 26 * (clouds - 0.45)
    canvas.paste(Image.fromarray(numpy.clip(light, 0, 255).astype(numpy.uint8)))


def _hills(canvas, draw, rng, ridges=((0.40, 0.07, 178), (0.47, 0.06, 150), (0.56, 0.05, 118), (0.68, 0.05, 92))):
    wide, high = canvas.size
    for base, rough, tone in ridges:
        line = _ridge(rng, wide, rough * high, base * high)
        step = wide / (len(line) - 1)
        draw.polygon([(0, high), *((place * step, y) for place, y in enumerate(line)), (wide, high)], fill=tone)
    shade = field(rng, (high, wide), 24)
    under = numpy.asarray(canvas, numpy.float32)
    ground = numpy.linspace(0, 1, high)[:, None] > 0.45
    canvas.paste(Image.fromarray(numpy.clip(under + ground * 46 * (shade - 0.5), 0, 255).astype(numpy.uint8)))


def _trees(draw, rng, wide, low, high, count, tone):
    for _ in range(count):
        x, y = rng.uniform(0, wide), rng.uniform(low, high)
        size = 10 + 55 * ((y - low) / max(1, high - low)) * rng.uniform(0.6, 1.3)
        for _ in range(7):
            dx, dy, radius = (
                rng.normal(0, size * 0.45),
                rng.normal(-size * 0.8, size * 0.3),
                size * rng.uniform(0.3, 0.6),
            )
            draw.ellipse(
                [x + dx - radius, y + dy - radius * 0.8, x + dx + radius, y + dy + radius * 0.8],
                fill=int(numpy.clip(tone + rng.normal(0, 12), 20, 160)),
            )
        draw.line([(x, y), (x, y - size)], fill=40, width=max(2, int(size / 10)))


def hills(canvas, draw, rng):
    """A valley with a volcano behind, seen over treetops."""
    wide, high = canvas.size
    _sky(canvas, rng)
    peak = wide * 0.63
    draw.polygon(
        [
            (peak - wide * 0.38, high * 0.5),
            (peak - wide * 0.05, high * 0.175),
            (peak - wide * 0.015, high * 0.19),
            (peak + wide * 0.03, high * 0.172),
            (peak + wide * 0.42, high * 0.5),
        ],
        fill=158,
    )
    for _ in range(26):
        x = peak + wide * rng.normal(0, 0.06)
        y = high * (0.2 + abs(x - peak) / wide * 0.9)
        draw.line([(x, y), (x + (x - peak) * 1.6, y + high * rng.uniform(0.06, 0.16))], fill=150, width=9)
    _hills(canvas, draw, rng)
    _trees(draw, rng, wide, high * 0.6, high * 0.78, 70, 78)
    _trees(draw, rng, wide, high * 0.82, high * 1.02, 45, 48)


def road(canvas, draw, rng):
    """A dirt road into hills, with poles along it and some people walking, far off."""
    wide, high = canvas.size
    _sky(canvas, rng, 190, 236)
    _hills(canvas, draw, rng, ((0.36, 0.05, 172), (0.45, 0.04, 140), (0.52, 0.015, 128)))
    draw.polygon(
        [(wide * 0.50, high * 0.53), (wide * 0.525, high * 0.53), (wide * 0.80, high), (wide * 0.22, high)], fill=188
    )
    _trees(draw, rng, wide * 0.42, high * 0.54, high * 0.66, 22, 70)
    for side in range(7):
        scale = 1 / (1 + side * 0.8)
        x, foot = wide * (0.53 + 0.40 * scale), high * (0.53 + 0.40 * scale)
        draw.line([(x, foot), (x, foot - high * 0.62 * scale)], fill=50, width=max(3, int(22 * scale)))
        draw.line(
            [(x - 70 * scale, foot - high * 0.57 * scale), (x + 70 * scale, foot - high * 0.57 * scale)],
            fill=50,
            width=max(2, int(12 * scale)),
        )
    for depth in numpy.sort(rng.uniform(0.12, 0.60, 13)):
        _figure(
            draw,
            rng,
            wide * (0.512 + rng.uniform(-0.21, 0.21) * depth),
            high * (0.53 + 0.47 * depth),
            high * 0.42 * depth,
            bundle=rng.random() < 0.45,
        )


def _figure(draw, rng, x, foot, tall, bundle=False):
    """Somebody as a shape: legs, body, head, perhaps a bundle on it; no face."""
    tone = int(rng.uniform(35, 110))
    wide = tall * 0.22
    lean = rng.normal(0, wide * 0.15)
    draw.polygon(
        [
            (x - wide * 0.5, foot - tall * 0.48),
            (x + wide * 0.5, foot - tall * 0.48),
            (x + wide * 0.42, foot),
            (x + wide * 0.08, foot),
            (x, foot - tall * 0.3),
            (x - wide * 0.1, foot),
            (x - wide * 0.45, foot),
        ],
        fill=int(tone * 0.8),
    )
    draw.rounded_rectangle(
        [x - wide * 0.62 + lean, foot - tall * 0.84, x + wide * 0.62 + lean, foot - tall * 0.42],
        wide * 0.3,
        fill=min(215, tone + int(rng.choice([0, 30, 90]))),
    )
    radius = tall * 0.075
    head = foot - tall * 0.92
    draw.ellipse([x + lean - radius, head - radius, x + lean + radius, head + radius], fill=55)
    if rng.random() < 0.55:
        draw.ellipse([x + lean - radius * 2, head - radius * 1.0, x + lean + radius * 2, head - radius * 0.3], fill=175)
    if bundle:
        draw.ellipse(
            [x + lean - radius * 2.1, head - radius * 3.1, x + lean + radius * 2.1, head - radius * 0.8], fill=150
        )


def street(canvas, draw, rng):
    """A small town's street: low houses under tiles, cobbles, wires."""
    wide, high = canvas.size
    _sky(canvas, rng, 200, 235)
    _hills(canvas, draw, rng, ((0.38, 0.03, 170), (0.43, 0.02, 150)))
    vanish = (wide * 0.52, high * 0.47)
    draw.polygon([vanish, (wide * 1.05, high), (wide * -0.05, high)], fill=150)
    for side, outer in ((-1, wide * -0.08), (1, wide * 1.10)):
        parts = [0.0, 0.30, 0.52, 0.68, 0.79, 0.87, 0.93]
        for near, far in zip(parts, parts[1:], strict=False):
            eave, tone = rng.uniform(0.10, 0.19), int(rng.choice([205, 218, 186, 228, 165]))
            _house(draw, rng, vanish, outer, near, far, eave * high, tone, high, side)
    for row in range(34):
        y = vanish[1] + (high - vanish[1]) * (row / 34) ** 1.7
        spread = (y - vanish[1]) / (high - vanish[1])
        for _ in range(22):
            x = vanish[0] + rng.uniform(-0.55, 0.52) * wide * spread
            draw.ellipse(
                [x - 26 * spread, y - 7 * spread, x + 26 * spread, y + 7 * spread],
                outline=int(rng.uniform(112, 140)),
                width=2,
            )
    for lift in (0.30, 0.33):
        draw.line([(0, high * (lift - 0.21)), (wide * 0.25, high * (lift - 0.03)), vanish], fill=70, width=4)
    for depth in (0.20, 0.28, 0.42):
        _figure(
            draw,
            rng,
            vanish[0] + wide * rng.uniform(-0.2, 0.2) * depth,
            vanish[1] + (high - vanish[1]) * depth,
            high * 0.42 * depth,
        )


def _house(draw, rng, vanish, outer, near, far, eave, tone, high, side):
    def point(part, height):
        x = outer + (vanish[0] - outer) * part
        ground = high * 1.0 + (vanish[1] - high) * part
        return x, ground - height * (1 - part) * 2.9

    draw.polygon([point(near, 0), point(far, 0), point(far, eave), point(near, eave)], fill=tone)
    draw.polygon(
        [point(near, eave * 0.96), point(far, eave * 0.96), point(far, eave * 1.42), point(near, eave * 1.42)], fill=98
    )
    for tile in range(1, 16):
        at = near + (far - near) * tile / 16
        draw.line([point(at, eave * 0.97), point(at, eave * 1.41)], fill=80, width=3)
    draw.polygon(
        [point(near, eave * 0.90), point(far, eave * 0.90), point(far, eave * 0.96), point(near, eave * 0.96)],
        fill=int(tone * 0.55),
    )
    draw.polygon(
        [point(near, 0), point(far, 0), point(far, eave * 0.16), point(near, eave * 0.16)], fill=int(tone * 0.72)
    )
    doors = 2 if far - near > 0.12 else 1
    for door in range(doors):
        start = near + (far - near) * (0.18 + 0.45 * door)
        end = start + (far - near) * 0.2
        low = eave * (0 if rng.random() < 0.6 else 0.33)
        draw.polygon(
            [point(start, low), point(end, low), point(end, eave * 0.74), point(start, eave * 0.74)],
            fill=int(rng.uniform(38, 78)),
        )


def crowd(canvas, draw, rng):
    """A march seen from above the heads, blank banners and a church front behind."""
    wide, high = canvas.size
    _sky(canvas, rng, 205, 235)
    _front(draw, wide * 0.56, high * 0.52, high * 0.46)
    for block in range(9):
        x = wide * (block / 8.5 - 0.03)
        if abs(x - wide * 0.5) > wide * 0.2:
            top = high * rng.uniform(0.27, 0.36)
            draw.rectangle([x, top, x + wide * 0.125, high * 0.55], fill=int(rng.uniform(150, 190)))
            draw.rectangle([x, top, x + wide * 0.125, top + high * 0.03], fill=100)
            for pane in range(2):
                draw.rectangle(
                    [
                        x + wide * (0.022 + 0.055 * pane),
                        top + high * 0.07,
                        x + wide * (0.045 + 0.055 * pane),
                        top + high * 0.15,
                    ],
                    fill=75,
                )
    for row in range(15):
        depth = 0.10 + 0.90 * (row / 14) ** 1.5
        foot, tall = high * (0.52 + 0.50 * depth), high * (0.10 + 0.42 * depth)
        step = tall * 0.27
        x = rng.uniform(-step, 0)
        while x < wide + step:
            _figure(draw, rng, x, foot + tall * 0.5 + rng.normal(0, tall * 0.05), tall)
            x += step * rng.uniform(0.8, 1.35)
        if row in (3, 7, 10):
            left, span = wide * rng.uniform(0.05, 0.5), wide * (0.16 + 0.20 * depth)
            y = foot - tall * 0.72
            sag = tall * 0.05
            for pole in (left, left + span):
                draw.line([(pole, y - tall * 0.05), (pole, foot)], fill=60, width=int(6 + 10 * depth))
            draw.polygon(
                [
                    (left, y),
                    (left + span / 2, y + sag),
                    (left + span, y),
                    (left + span, y + tall * 0.30),
                    (left + span / 2, y + tall * 0.30 + sag),
                    (left, y + tall * 0.30),
                ],
                fill=226,
            )


def _front(draw, middle, ground, tall):
    """A colonial church front: two towers, a door, a gable."""
    wide = tall * 0.95
    draw.rectangle([middle - wide * 0.36, ground - tall * 0.55, middle + wide * 0.36, ground], fill=222)
    draw.polygon(
        [
            (middle - wide * 0.36, ground - tall * 0.55),
            (middle, ground - tall * 0.80),
            (middle + wide * 0.36, ground - tall * 0.55),
        ],
        fill=228,
    )
    for side in (-1, 1):
        x = middle + side * wide * 0.42
        draw.rectangle([x - wide * 0.11, ground - tall * 0.82, x + wide * 0.11, ground], fill=212 if side < 0 else 196)
        draw.polygon(
            [(x - wide * 0.13, ground - tall * 0.82), (x, ground - tall), (x + wide * 0.13, ground - tall * 0.82)],
            fill=140,
        )
        draw.rounded_rectangle(
            [x - wide * 0.05, ground - tall * 0.76, x + wide * 0.05, ground - tall * 0.60], wide * 0.05, fill=70
        )
    draw.rounded_rectangle(
        [middle - wide * 0.09, ground - tall * 0.32, middle + wide * 0.09, ground + wide * 0.05], wide * 0.09, fill=58
    )
    draw.ellipse([middle - wide * 0.06, ground - tall * 0.56, middle + wide * 0.06, ground - tall * 0.44], fill=85)
    for side in (-0.24, 0.24):
        draw.rounded_rectangle(
            [middle + wide * (side - 0.04), ground - tall * 0.40, middle + wide * (side + 0.04), ground - tall * 0.22],
            wide * 0.04,
            fill=110,
        )
    draw.line([(middle, ground - tall * 0.80), (middle, ground - tall * 0.92)], fill=80, width=8)
    draw.line(
        [(middle - wide * 0.03, ground - tall * 0.88), (middle + wide * 0.03, ground - tall * 0.88)], fill=80, width=8
    )


def church(canvas, draw, rng):
    """A church front over an empty square, with a cracked tower."""
    wide, high = canvas.size
    _sky(canvas, rng, 168, 228)
    _hills(canvas, draw, rng, ((0.55, 0.04, 165), (0.62, 0.02, 150)))
    draw.rectangle([0, high * 0.76, wide, high], fill=186)
    _front(draw, wide * 0.5, high * 0.80, high * 0.72)
    crack = [(wide * 0.355, high * 0.30)]
    while crack[-1][1] < high * 0.62:
        crack.append((crack[-1][0] + rng.normal(3, 14), crack[-1][1] + rng.uniform(12, 34)))
    draw.line(crack, fill=45, width=9)
    for _ in range(160):  # rubble
        x, y = rng.normal(wide * 0.36, wide * 0.06), rng.uniform(high * 0.79, high * 0.86)
        size = rng.exponential(14) + 5
        draw.polygon([(x, y - size), (x + size, y), (x - size * 0.8, y + size * 0.3)], fill=int(rng.uniform(90, 200)))
    for _ in range(5):
        _figure(draw, rng, wide * rng.uniform(0.55, 0.95), high * rng.uniform(0.88, 0.97), high * 0.16)
    _trees(draw, rng, wide * 0.2, high * 0.74, high * 0.80, 10, 60)


def shelters(canvas, draw, rng):
    """Rows of shelters of poles and sheeting on a slope: a camp."""
    wide, high = canvas.size
    _sky(canvas, rng, 190, 236)
    _hills(canvas, draw, rng, ((0.30, 0.05, 168), (0.38, 0.04, 138)))
    draw.polygon([(0, high * 0.44), (wide, high * 0.40), (wide, high), (0, high)], fill=165)
    for row in range(6):
        depth = 0.14 + 0.86 * (row / 5) ** 1.3
        y, size = high * (0.44 + 0.46 * depth), wide * 0.17 * depth + 46
        x = -size * rng.random()
        while x < wide + size:
            tone = int(rng.choice([225, 205, 190, 150, 120]))
            draw.polygon(
                [(x, y), (x + size * 0.16, y - size * 0.48), (x + size * 0.80, y - size * 0.52), (x + size * 0.95, y)],
                fill=tone,
            )
            draw.polygon([(x, y), (x + size * 0.16, y - size * 0.48), (x + size * 0.33, y)], fill=int(tone * 0.45))
            draw.line(
                [(x + size * 0.16, y - size * 0.56), (x + size * 0.16, y)], fill=50, width=max(3, int(10 * depth))
            )
            x += size * rng.uniform(1.05, 1.5)
        for _ in range(4):
            _figure(draw, rng, rng.uniform(0, wide), y + size * 0.16, size * 0.42)
    _trees(draw, rng, wide, high * 0.36, high * 0.44, 26, 70)


def grove(canvas, draw, rng):
    """Coffee hills, close by: rows of bushes under taller trees."""
    wide, high = canvas.size
    _sky(canvas, rng, 185, 235)
    _hills(canvas, draw, rng, ((0.28, 0.06, 180), (0.38, 0.05, 150)))
    for row in range(9):
        line = _ridge(rng, wide, high * 0.025, high * (0.44 + 0.065 * row))
        step = wide / (len(line) - 1)
        draw.polygon(
            [(0, high), *((place * step, y) for place, y in enumerate(line)), (wide, high)], fill=132 - row * 7
        )
        size = 16 + row * 11
        for place in range(0, wide, int(size * 1.5)):
            y = line[min(len(line) - 1, int(place / step))]
            for _ in range(4):
                dx, dy, radius = (
                    rng.normal(0, size * 0.35),
                    rng.normal(size * 0.2, size * 0.2),
                    size * rng.uniform(0.4, 0.7),
                )
                draw.ellipse(
                    [place + dx - radius, y + dy - radius * 0.7, place + dx + radius, y + dy + radius * 0.7],
                    fill=int(numpy.clip(112 - row * 7 + rng.normal(0, 14), 24, 150)),
                )
        if row in (2, 5):
            _trees(draw, rng, wide, high * (0.40 + 0.065 * row), high * (0.44 + 0.065 * row), 12, 92 - row * 8)


SCENES = {
    "grove": grove,
    "hills": hills,
    "road": road,
    "street": street,
    "crowd": crowd,
    "church": church,
    "shelters": shelters,
}
