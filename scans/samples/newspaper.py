"""Newspaper clippings on an archive's mount: headline, byline and justified columns."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy
from PIL import Image, ImageDraw

from . import fonts
from .sheet import Mark, Rule, Sheet


@dataclass(frozen=True)
class Clipping:
    """What was printed, and the typed slip above it; `body` has paragraphs apart by an empty line, `_ ` for a
    subhead."""

    slip: str
    headline: str
    body: str
    language: str
    byline: str = ""
    deck: str = ""
    kicker: str = ""
    columns: int = 2
    width: float = 5.6
    points: float = 10.5
    headline_points: float = 27
    justified: bool = True


MARGIN = 0.55
GUTTER = 0.22
LEADING = 1.16


def typeset(clipping: Clipping, minimum: float = 0.0) -> tuple[Sheet, tuple[float, float, float, float]]:
    """The sheet, as high as it needs to be, and where the newsprint lies on it (left, top, right, bottom, inches)."""
    sheet = Sheet((clipping.width + 2 * MARGIN, 11.0))
    left, right, y = MARGIN + 0.15, MARGIN + clipping.width - 0.15, 0.5
    for line in clipping.slip.splitlines():
        sheet.line(left, y, line, "typewriter", 11, struck=True)
        y += 0.19
    sheet.gap()
    top = y + 0.02
    y += 0.12
    if clipping.kicker:
        y += 0.16
        sheet.line(left, y, clipping.kicker, "sans-bold", 10)
        sheet.gap()
    for line in _fill(clipping.headline, "headline", clipping.headline_points, right - left):
        y += clipping.headline_points * 1.06 / 72
        sheet.line(left, y, line, "headline", clipping.headline_points)
    sheet.gap()
    if clipping.deck:
        y += 0.08
        for line in _fill(clipping.deck, "headline-italic", 14, right - left):
            y += 0.23
            sheet.line(left, y, line, "headline-italic", 14)
        sheet.gap()
    if clipping.byline:
        y += 0.32
        for line in clipping.byline.splitlines():
            sheet.line(left, y, line, "news-bold", clipping.points)
            y += clipping.points * LEADING / 72
        y -= clipping.points * LEADING / 72
        sheet.gap()
    y += 0.16
    bottom = _columns(sheet, clipping, left, right, y)
    high = max(bottom + 0.95, minimum)
    sheet.size = (sheet.size[0], round(high, 2))
    sheet.footer(extra="")
    return sheet, (MARGIN, top, MARGIN + clipping.width, bottom + 0.22)


def _columns(sheet: Sheet, clipping: Clipping, left: float, right: float, top: float) -> float:
    wide = (right - left - GUTTER * (clipping.columns - 1)) / clipping.columns
    lines = _lines(clipping, wide)
    deep = -(-len(lines) // clipping.columns)
    step = clipping.points * LEADING / 72
    for column in range(clipping.columns):
        y = top
        x = left + column * (wide + GUTTER)
        for words, starts, last, bold in lines[column * deep : (column + 1) * deep]:
            y += step
            if words:
                _set(sheet, clipping, words, x + (0.14 if starts else 0), y, wide - (0.14 if starts else 0), last, bold)
        if column:
            sheet.rules.append(Rule(x - GUTTER / 2, top + 0.05, x - GUTTER / 2, top + deep * step, 0.006))
    sheet.gap()
    return top + deep * step


def _set(sheet: Sheet, clipping: Clipping, words: list[str], x: float, y: float, wide: float, last: bool, bold: bool):
    face = "news-bold" if bold else "news"
    widths = [fonts.width(word, face, clipping.points) for word in words]
    space = fonts.width(" ", face, clipping.points)
    if clipping.justified and not last and len(words) > 1:
        space = (wide - sum(widths)) / (len(words) - 1)
    for word, width in zip(words, widths, strict=False):
        sheet.marks.append(Mark(x, y, word, face, clipping.points))
        x += width + space
    sheet.lines.append(" ".join(words))


def _lines(clipping: Clipping, wide: float) -> list[tuple[list[str], bool, bool, bool]]:
    """Lines as (words, starts a paragraph, ends it, subhead)."""
    out = []
    for paragraph in clipping.body.strip().split("\n\n"):
        bold = paragraph.startswith("_ ")
        words = paragraph.removeprefix("_ ").split()
        if bold:
            out.append(([], False, True, False))
        rows, row = [], []
        while words:
            room = wide - (0.14 if not rows and not bold else 0)
            word = words.pop(0)
            if _wide([*row, word], clipping) <= room:
                row.append(word)
                continue
            head, tail = _break(
                word, clipping.language, lambda part, row=row, room=room: _wide([*row, part], clipping) <= room
            )
            if head:
                rows.append([*row, head])
                row, words = [], [tail, *words]
            else:
                rows.append(row)
                row = [word]
        rows.append(row)
        out += [(row, number == 0 and not bold, number == len(rows) - 1, bold) for number, row in enumerate(rows)]
    return out


def _wide(words: list[str], clipping: Clipping) -> float:
    return fonts.width(" ".join(words), "news", clipping.points)


_VOWEL = "aeiouáéíóúü"
_BREAKS = {
    # Between a vowel and a syllable that opens with one consonant, or a consonant with r or l.
    "spa": re.compile(rf"(?<=[{_VOWEL}nrsl])(?=(?:ch|ll|rr|[bcdfgpt][rl]|[bcdfgjklmnñpqrstvz])[{_VOWEL}])", re.I),
    # Only what no compositor would get wrong: doubled consonants and plain endings.
    "eng": re.compile(
        r"(?<=([bdfglmnprst]))(?=\1[aeiou])|(?=(?:tion|ment|ness|sion|ship)s?\b)|(?<=[^aeiou])(?=(?:ing)\b)", re.I
    ),
}


def _break(word: str, language: str, fits) -> tuple[str, str]:
    """`word` broken with a hyphen at the last place where its head fits; ("", word) where there is none."""
    if not word.strip(".,;:»«").isalpha() or word.isupper():
        return "", word
    for found in reversed([m.start() for m in _BREAKS[language].finditer(word)]):
        head, tail = word[:found], word[found:]
        if len(head) >= 3 and len(tail) >= 4 and fits(head + "-"):
            return head + "-", tail
    return "", word


def _fill(text: str, face: str, points: float, wide: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if fonts.width(longer, face, points) <= wide:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def mount(
    size: tuple[int, int],
    dpi: int,
    print_: tuple[float, float, float, float],
    rng: numpy.random.Generator,
    sheet_tone: float = 0.93,
    news_tone: float = 0.80,
) -> numpy.ndarray:
    """The tone of the paper at every pixel: white mount, yellowed newsprint cut out by hand, its shadow."""
    image = Image.new("L", size, round(255 * sheet_tone))
    draw = ImageDraw.Draw(image)
    left, top, right, bottom = (side * dpi for side in print_)
    edge = _cut(left, top, right, bottom, dpi, rng)
    draw.polygon([(x + dpi * 0.012, y + dpi * 0.018) for x, y in edge], fill=round(255 * (sheet_tone - 0.28)))
    draw.polygon(edge, fill=round(255 * news_tone))
    return numpy.asarray(image, numpy.float32) / 255


def _cut(left, top, right, bottom, dpi, rng) -> list[tuple[float, float]]:
    """Scissors do not cut straight: a point every half inch, each a little off."""
    step, off = dpi / 2, dpi * 0.02
    points = []
    for (x0, y0), (x1, y1) in (
        ((left, top), (right, top)),
        ((right, top), (right, bottom)),
        ((right, bottom), (left, bottom)),
        ((left, bottom), (left, top)),
    ):
        count = max(2, int((abs(x1 - x0) + abs(y1 - y0)) / step))
        for part in range(count):
            points.append(
                (x0 + (x1 - x0) * part / count + rng.normal(0, off), y0 + (y1 - y0) * part / count + rng.normal(0, off))
            )
    return points
