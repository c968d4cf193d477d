"""A sheet of paper before it is scanned: marks at places in inches, and the words a reader would read, in order."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy
from PIL import Image, ImageDraw

from . import fonts

LETTER = (8.5, 11.0)
LABEL = "SAMPLE / MUESTRA - Rescate"


@dataclass(frozen=True)
class Mark:
    """One run of text: left end and baseline in inches; `struck` means letter by letter, as a typewriter does."""

    x: float
    y: float
    text: str
    face: str
    points: float
    struck: bool = False
    tone: float = 1.0


@dataclass(frozen=True)
class Rule:
    """A drawn line, from and to in inches, and how thick."""

    x0: float
    y0: float
    x1: float
    y1: float
    thick: float = 0.01


@dataclass
class Sheet:
    """Marks and rules on paper of a size; `lines` is the ground truth."""

    size: tuple[float, float] = LETTER
    marks: list[Mark] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def line(
        self, x: float, y: float, text: str, face: str, points: float, *, struck=False, align="left", tone=1.0
    ) -> None:
        """Put one line of text there, and into the truth; `x` is its left end, middle or right end."""
        shift = (
            {"left": 0.0, "middle": 0.5, "right": 1.0}[align] * fonts.width(text, face, points)
            if align != "left"
            else 0
        )
        self.marks.append(Mark(x - shift, y, text, face, points, struck, tone))
        self.lines.append(" ".join(text.split()))

    def gap(self) -> None:
        """A paragraph ends here in the truth."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def footer(self, x: float | None = None, y: float | None = None, *, extra: str = "", points: float = 7.5) -> None:
        """The small print that says on every page that it is a sample."""
        width, height = self.size
        text = f"{LABEL} {extra}".strip()
        self.gap()
        self.line(
            width / 2 if x is None else x, height - 0.35 if y is None else y, text, "sans", points, align="middle"
        )

    @property
    def truth(self) -> str:
        """The words of the page in reading order, one printed line a line."""
        return "\n".join(self.lines).strip("\n") + "\n" if any(self.lines) else ""


def render(sheet: Sheet, dpi: int, rng: numpy.random.Generator, wander: float = 0.7) -> numpy.ndarray:
    """Darkness of every pixel, 0 paper to 1 ink. `wander` is how far a struck letter strays, in pixels at 300 dpi."""
    size = tuple(round(side * dpi) for side in sheet.size)
    image = Image.new("L", size, 0)
    draw = ImageDraw.Draw(image)
    for rule in sheet.rules:
        draw.line(
            [(rule.x0 * dpi, rule.y0 * dpi), (rule.x1 * dpi, rule.y1 * dpi)], 220, max(1, round(rule.thick * dpi))
        )
    # Each type slug of a machine sits a little off its line, always the same way.
    slugs = rng.normal(0, wander * dpi / 300, (256, 2))
    for mark in sheet.marks:
        face = fonts.font(mark.face, mark.points * dpi / 72)
        if mark.struck:
            _strike(draw, mark, face, dpi, slugs, rng)
        else:
            draw.text((mark.x * dpi, mark.y * dpi), mark.text, round(255 * mark.tone), face, anchor="ls")
    return numpy.asarray(image, numpy.float32) / 255


def _strike(draw, mark: Mark, face, dpi: int, slugs, rng) -> None:
    advance = face.getlength("0")
    weights = numpy.clip(rng.normal(0.93, 0.06, len(mark.text)), 0.6, 1.0) * mark.tone
    strays = rng.normal(0, 0.35 * dpi / 300, (len(mark.text), 2))
    for place, letter in enumerate(mark.text):
        if letter != " ":
            dx, dy = slugs[ord(letter) % 256] + strays[place]
            draw.text(
                (mark.x * dpi + place * advance + dx, mark.y * dpi + dy),
                letter,
                round(255 * weights[place]),
                face,
                anchor="ls",
            )
