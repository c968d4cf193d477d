"""Photographs on their mounts: the print, its white border, and the caption typed below or pasted on."""

from __future__ import annotations

import textwrap

import numpy
from PIL import Image, ImageDraw

from . import ageing, photographs
from .scanner import rng
from .sheet import Sheet, render
from .texts.pictures import Photograph

DPI = 150
MOUNT = (9.0, 7.3)


def page(photograph: Photograph) -> tuple[Image.Image, Sheet]:
    """The mount as scanned (upright), and its sheet (the truth)."""
    random = rng(photograph.name)
    picture = photographs.picture(photograph.scene, random)
    sheet = Sheet(MOUNT)
    lines = textwrap.wrap(photograph.caption, 72)
    y = 5.55 if photograph.strip else 6.42
    for line in lines:
        sheet.line(0.62 if not photograph.strip else 0.85, y, line, "typewriter", 11, struck=True)
        y += 0.19
    sheet.footer(y=7.15)
    paper = Image.new("L", tuple(round(side * DPI) for side in MOUNT), 222)
    draw = ImageDraw.Draw(paper)
    left, top = (paper.width - picture.width) // 2, 45
    draw.rectangle([left - 9, top - 9, left + picture.width + 13, top + picture.height + 14], fill=186)
    draw.rectangle([left - 12, top - 12, left + picture.width + 11, top + picture.height + 11], fill=240)
    paper.paste(picture, (left, top))
    if photograph.strip:
        high = 0.19 * len(lines) + 0.16
        box = [0.70 * DPI, 5.36 * DPI, 8.25 * DPI, (5.36 + high) * DPI]
        draw.rectangle([box[0] + 3, box[1] + 4, box[2] + 3, box[3] + 4], fill=70)
        draw.rectangle(box, fill=228)
    tone = numpy.asarray(paper, numpy.float32) / 255
    ink = render(sheet, DPI, random)
    image = ageing.grey(ink, random, paper=tone, grain=0.004, mottle=0.015)
    return image.rotate(float(random.uniform(-0.5, 0.5)), Image.Resampling.BICUBIC, fillcolor=218), sheet


def stored(image: Image.Image, orientation: int) -> Image.Image:
    """The pixels as the camera stored them, so that EXIF `orientation` (6 or 8) sets them upright."""
    return {6: image.transpose(Image.Transpose.ROTATE_90), 8: image.transpose(Image.Transpose.ROTATE_270)}.get(
        orientation, image
    )
