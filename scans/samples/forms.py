"""Forms and word-processed pages: ruled rows with typed answers, and pages of proportional type."""

from __future__ import annotations

from . import fonts, typewriter
from .sheet import Rule, Sheet

WIDE = 7.0
LEFT = 0.75


def incident(form: dict, head: tuple[str, str]) -> list[Sheet]:
    """The sheets of one incident report: the form, and its reverse where it has one."""
    sheet = Sheet()
    y = 0.85
    sheet.line(4.25, y, head[0], "sans-bold", 12, align="middle")
    sheet.line(4.25, y + 0.25, head[1], "sans-bold", 11, align="middle")
    sheet.gap()
    sheet.line(LEFT + 5.35, y + 0.62, f"No. {form['number']}", "typewriter", 13, struck=True)
    sheet.gap()
    y = 1.72
    for label, typed in form["rows"]:
        sheet.line(LEFT + 0.06, y + 0.17, label, "sans", 9)
        sheet.line(LEFT + 2.65, y + 0.18, typed, "typewriter", 11, struck=True)
        sheet.lines[-2:] = [f"{label} {sheet.lines[-1]}"]
        sheet.rules.append(Rule(LEFT, y - 0.06, LEFT + WIDE, y - 0.06))
        y += 0.33
    sheet.rules.append(Rule(LEFT, y - 0.06, LEFT + WIDE, y - 0.06))
    for x in (LEFT, LEFT + 2.55, LEFT + WIDE):
        sheet.rules.append(Rule(x, 1.66, x, y - 0.06))
    sheet.gap()
    y += 0.3
    sheet.line(LEFT, y, "Relación de los hechos / Account", "sans-bold", 10)
    sheet.gap()
    style = typewriter.Style(columns=68, per_inch=4.5)
    for block in typewriter.blocks(form["account"], style):
        y += 0.12
        for line in block:
            y += 1 / style.per_inch
            sheet.line(LEFT, y, line, "typewriter", 12, struck=True)
        sheet.gap()
    sheet.footer()
    return [
        sheet,
        *(typewriter.typeset(form["second"], typewriter.Style(columns=66, number="none")) if form["second"] else []),
    ]


def set_page(title: str, under: str, text: str, number: int) -> Sheet:
    """A page of a guide in serif type, ragged right, one column."""
    sheet = Sheet()
    y = 1.05
    sheet.line(LEFT + 0.25, y, title, "news-bold", 15)
    if under:
        y += 0.28
        sheet.line(LEFT + 0.25, y, under, "news-italic", 12)
    sheet.gap()
    y += 0.2
    for paragraph in text.strip().split("\n\n"):
        bold = paragraph.startswith("_ ")
        face, points = ("news-bold", 12) if bold else ("news", 12)
        y += 0.12 if bold else 0.04
        for line in fill(" ".join(paragraph.removeprefix("_ ").split()), face, points, 6.5):
            y += 0.213
            sheet.line(LEFT + 0.25, y, line, face, points)
        sheet.gap()
    sheet.line(4.25, 10.3, str(number), "news", 11, align="middle")
    sheet.footer()
    return sheet


def fill(text: str, face: str, points: float, wide: float) -> list[str]:
    """`text` broken into lines no wider than `wide` inches."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if fonts.width(longer, face, points) <= wide:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
