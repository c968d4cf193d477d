"""A page's lines as fields: what is shown, what is doubtful of it, what the other reader has, where it stands on the
image."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from archive.anchor import Anchor, box
from archive.corrections import SURE
from archive.layout import Layout, TextLine
from search_app.present import labels
from search_app.review.merging import Merged, lines_of

#: A word read with less confidence than this is pointed out: of such words less than three in four are right, as far as
#: confidences are true.
DOUBTFUL = 0.75
#: An excerpt of the image shows this much around a line, and around a lone word, in heights of the line.
AROUND_LINE, AROUND_WORD, LEAST = 0.4, 1.2, 12


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of a page's image, `x y width height` on its canvas of `canvas_width` × `canvas_height`."""

    x: int
    y: int
    width: int
    height: int
    canvas_width: int
    canvas_height: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word that its reader was not sure of: its text, its confidence in percent, and where it begins in its line."""

    text: str
    percent: int
    start: int


@dataclass(frozen=True, slots=True)
class LineField:
    """A line to be typed over. `shown` is what stands there, `typed` what its field holds; `other` is the line as the
    other reader has it, `aside` what one reader alone read below it; `yours` was typed over what somebody else changed
    meanwhile. `opens` a block."""

    number: int
    shown: str
    typed: str
    tag: str
    doubts: tuple[Doubt, ...]
    other: str
    aside: tuple[str, ...]
    yours: tuple[str, ...]
    opens: bool
    place: Excerpt | None

    @property
    def rows(self) -> int:
        return self.typed.count("\n") + 1


def line_fields(layout: Layout, merged: Merged) -> tuple[LineField, ...]:
    """All lines of a page, in reading order."""
    aside = _aside(layout)
    fields, number = [], 0
    for block in layout.blocks:
        tag = labels.language_tag(block.language)
        for place, line in enumerate(block.lines):
            fields.append(
                LineField(
                    number,
                    line.text,
                    merged.fields.get(number, line.text),
                    tag,
                    _doubts(line),
                    _other(line),
                    tuple(aside.get(number, ())),
                    tuple(merged.beside.get(number, ())),
                    not place,
                    _excerpt(box(line.words), layout.width, layout.height, AROUND_LINE),
                )
            )
            number += 1
    return tuple(fields)


def _doubts(line: TextLine) -> tuple[Doubt, ...]:
    found, start = [], 0
    for word in line.words:
        if word.confidence is not None and word.confidence < DOUBTFUL:
            found.append(Doubt(word.content, round(100 * word.confidence), start))
        start += len(word.content) + 1
    return tuple(found)


def _other(line: TextLine) -> str:
    """The line as the other reader has it; empty where it has the same, or there is none."""
    if all(word.other is None for word in line.words):
        return ""
    return " ".join(filter(None, (word.content if word.other is None else word.other for word in line.words)))


def _aside(layout: Layout) -> Mapping[int, list[str]]:
    """Line → the lines set aside that stand below it: after the lowest line that begins above them."""
    lines, found = lines_of(layout), dict[int, list[str]]()
    tops = [box(line.words)[1] for line in lines]
    for one in layout.aside:
        top = box(one.words)[1]
        above = [number for number, line_top in enumerate(tops) if line_top <= top]
        if lines:
            found.setdefault(max(above, key=lambda number: tops[number], default=0), []).append(one.text)
    return found


def _excerpt(
    where: tuple[int, int, int, int], canvas_width: int, canvas_height: int, around: float, least: int = 0
) -> Excerpt | None:
    x, y, width, height = where
    if not width or not height or not canvas_width or not canvas_height:
        return None
    air = round(height * around)
    side = max(air, (least * height - width) // 2)
    left, top = max(0, x - side), max(0, y - air)
    return Excerpt(
        left,
        top,
        max(1, min(canvas_width, x + width + side) - left),
        max(1, min(canvas_height, y + height + air) - top),
        canvas_width,
        canvas_height,
    )


def excerpt(anchor: Anchor) -> Excerpt | None:
    """The part of the image where something was said of a page; None where its words had no boxes."""
    return _excerpt(
        (anchor.hpos, anchor.vpos, anchor.width, anchor.height),
        anchor.canvas_width,
        anchor.canvas_height,
        AROUND_WORD,
        LEAST,
    )


def kind(name: str) -> str:
    """The name of a list of work."""
    return {
        "read": _("Read by a machine"),
        "unmeasured": _("Confidence not known"),
        "empty": _("Without words"),
        "failed": _("Could not be read"),
    }[name]


def percent(confidence: float | None) -> int | None:
    """In whole percent, 100 only where it is.

    >>> percent(0.9996), percent(1.0), percent(None)
    (99, 100, None)
    """
    return None if confidence is None else 100 if confidence >= SURE else min(99, round(100 * confidence))


def sureness(layout: Layout | None) -> int | None:
    """How sure all words of a page are, in percent; None where there are none, or a confidence is not known."""
    if layout is None:
        return None
    words = tuple(layout.words())
    return percent(layout.confidence) if words and all(word.confidence is not None for word in words) else None
