"""How the lines of a page lie: by how much they slant, and how far they are apart; from the page's ink, before anything
is read.

Ink is summed up row by row: where lines are level, rows of ink and rows of paper alternate most sharply (projection
profile).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter

#: Looked at on a copy with this longer side at most.
SIDE = 1000
#: Slants are looked for up to so many degrees: what slants more lies on its side, or has no lines.
MOST = 16
#: Level lines are so much sharper than lines turned by LITTLE degrees …
LEVEL, LITTLE = 2.0, 0.8
#: … and a slant is believed where it makes them so much sharper than most other angles do.
SHARPER = 2.0
#: Slants are told to this many degrees.
FINE = 0.1
#: Distances of lines, in pixels of the copy, that are looked for; and how much of a profile must repeat at that
#: distance.
PITCHES, REPEATED = range(10, 81), 0.25
#: Of fewer lines no distance is told: within a line, too, something repeats.
FEWEST = 6
#: Turning by a whole number of degrees keeps some pixels as they are, which makes their rows sharper than they should
#: be.
_OFF = 0.02


@dataclass(frozen=True, slots=True)
class Lines:
    """`slant` is by how many degrees the page is to be turned counterclockwise for its lines to be level; `pitch` how
    far they are apart, in pixels of the image, None where nothing repeats (a photograph, few lines)."""

    slant: float
    pitch: float | None


def lines(image: Image.Image) -> Lines:
    """Of a page, or its negative. A level page costs some 15 ms, a slanting one 150."""
    factor = max(1, max(image.size) // SIDE)
    grey = image.convert("L")
    small = grey.reduce(factor) if factor > 1 else grey
    around = small.filter(ImageFilter.BoxBlur(12))
    # On a negative, ink is lighter than what is around it.
    ink = max((ImageChops.subtract(around, small), ImageChops.subtract(small, around)), key=_strokes)
    slant = _slant(ink)
    pitch = _pitch(_profile(ink, slant))
    return Lines(slant, pitch * factor if pitch else None)


def _strokes(ink: Image.Image) -> int:
    """How many pixels stand out: strokes are thin and do, the paper between them does not."""
    return sum(ink.histogram()[64:])


def _profile(ink: Image.Image, angle: float) -> Sequence[float]:
    """The ink of each row, turned counterclockwise by an angle."""
    turned = ink.rotate(angle, Image.Resampling.BILINEAR, fillcolor=0)
    return memoryview(turned.convert("F").resize((1, turned.height), Image.Resampling.BOX).tobytes()).cast("f")


def _sharpness(ink: Image.Image, angle: float) -> float:
    rows = _profile(ink, angle + _OFF)
    return sum((one - other) ** 2 for one, other in zip(rows, rows[1:], strict=False))


def _slant(ink: Image.Image) -> float:
    if min(ink.size) < 4:
        return 0.0
    coarse = ink.reduce(3) if min(ink.size) > 400 else ink
    if _sharpness(coarse, 0) > LEVEL * max(_sharpness(coarse, LITTLE), _sharpness(coarse, -LITTLE)):
        return 0.0
    by_angle = {angle: _sharpness(coarse, angle) for angle in range(-MOST, MOST + 1)}
    best = max(by_angle, key=by_angle.get)
    if by_angle[best] <= SHARPER * sorted(by_angle.values())[len(by_angle) // 2] or abs(best) == MOST:
        return 0.0
    angle, sharpest, step = float(best), _sharpness(ink, best), 0.5
    while step >= FINE:
        beside = {one: _sharpness(ink, one) for one in (angle - step, angle + step)}
        better = max(beside, key=beside.get)
        if beside[better] > sharpest:
            angle, sharpest = better, beside[better]
        step /= 2
    return angle


def _pitch(rows: Sequence[float]) -> float | None:
    """The distance after which the profile repeats best, if it does: the first such that no shorter one does nearly as
    well."""
    mean = sum(rows) / max(1, len(rows))
    level = [one - mean for one in rows]
    whole = sum(one * one for one in level)
    lags = range(PITCHES.start - 1, min(PITCHES.stop, len(level) // FEWEST) + 1)
    repeated = (
        {lag: sum(one * other for one, other in zip(level, level[lag:], strict=False)) / whole for lag in lags}
        if whole
        else {}
    )
    peaks = [
        lag
        for lag in lags[1:-1]
        if repeated and repeated[lag] >= REPEATED and repeated[lag - 1] <= repeated[lag] >= repeated[lag + 1]
    ]
    highest = max((repeated[lag] for lag in peaks), default=0.0)
    return next((float(lag) for lag in peaks if repeated[lag] >= 0.8 * highest), None)
