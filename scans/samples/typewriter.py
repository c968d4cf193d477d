"""Typewritten pages: paragraphs filled at a number of columns and broken into sheets.

The text is written in a small notation: paragraphs are apart by an empty line; `= ` centres a line, `_ ` underlines one
on the left margin, `* ` hangs a paragraph, `| ` keeps lines as they are, `~~~` starts a new page.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from .sheet import LETTER, Sheet

PITCH = 0.1  # ten characters to the inch
POINTS = 12


@dataclass(frozen=True)
class Style:
    """How a typist set the page: columns, lines to the inch, margins in inches, where the page number stands."""

    columns: int = 70
    per_inch: float = 4.5
    left: float = 0.75
    top: float = 1.0
    bottom: float = 1.0
    number: str = "bottom"  # bottom, top, none
    number_form: str = "- {} -"
    face: str = "typewriter"
    size: tuple[float, float] = LETTER
    indent: int = 0


def typeset(text: str, style: Style, first: int = 1, numbered_from: int = 1) -> list[Sheet]:
    """The sheets of `text`, numbered from `first`; sheets before `numbered_from` bear no number."""
    room = int((style.size[1] - style.top - style.bottom) * style.per_inch)
    pages: list[list[str]] = [[]]
    for block in blocks(text, style):
        if block == ["~~~"]:
            pages.append([])
            continue
        for number, line in enumerate(block):
            # A lone first line at the foot of a page, or a heading without its paragraph, goes over.
            need = min(len(block) - number, 2) if number == 0 else 1
            if len(pages[-1]) + need + (block[0].startswith("\v") and 3) > room:
                pages.append([])
            pages[-1].append(line)
        if len(pages[-1]) < room:
            pages[-1].append("")
    return [
        _sheet(lines, style, first + place, first + place >= numbered_from)
        for place, lines in enumerate(pages)
        if any(lines)
    ]


def blocks(text: str, style: Style):
    for raw in text.strip("\n").split("\n\n"):
        if raw.startswith("= "):
            yield [line.removeprefix("= ").center(style.columns).rstrip() for line in raw.splitlines()]
        elif raw.startswith("_ "):
            yield ["\v" + line.removeprefix("_ ") for line in raw.splitlines()]
        elif raw.startswith("|"):
            yield [line.removeprefix("| ").removeprefix("|") for line in raw.splitlines()]
        elif raw.startswith("* "):
            yield textwrap.wrap(
                " ".join(raw[2:].split()),
                style.columns,
                subsequent_indent="     ",
                break_on_hyphens=True,
                break_long_words=False,
            )
        elif raw.strip() == "~~~":
            yield ["~~~"]
        else:
            yield textwrap.wrap(
                " ".join(raw.split()),
                style.columns,
                initial_indent=" " * style.indent,
                break_on_hyphens=True,
                break_long_words=False,
            )


def _sheet(lines: list[str], style: Style, number: int, numbered: bool) -> Sheet:
    sheet = Sheet(style.size)
    label = style.number_form.format(number)
    if numbered and style.number == "top":
        sheet.line(
            style.left + style.columns * PITCH - len(label) * PITCH,
            style.top - 0.45,
            label,
            style.face,
            POINTS,
            struck=True,
        )
        sheet.gap()
    y = style.top
    for line in lines:
        underlined = line.startswith("\v")
        text = line.removeprefix("\v")
        if text.strip():
            indent = len(text) - len(text.lstrip())
            sheet.line(style.left + indent * PITCH, y, text.strip(), style.face, POINTS, struck=True)
            if underlined:
                # Underlining is a second pass with the underscore key: seen, but no words of their own.
                words = sheet.lines[-1]
                sheet.line(
                    style.left + indent * PITCH, y + 0.02, "_" * len(text.strip()), style.face, POINTS, struck=True
                )
                sheet.lines[-1:] = []
                assert sheet.lines[-1] == words
        else:
            sheet.gap()
        y += 1 / style.per_inch
    if numbered and style.number == "bottom":
        sheet.gap()
        sheet.line(
            style.size[0] / 2 - len(label) * PITCH / 2, style.size[1] - 0.65, label, style.face, POINTS, struck=True
        )
    sheet.footer()
    return sheet
