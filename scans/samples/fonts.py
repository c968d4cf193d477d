"""The faces the samples are set in, taken from the system's own fonts.

All are under licences that allow pictures and embedded subsets (OFL; Old Standard is in Debian under the GPL and the
OFL). Nobody who only uses the samples needs them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PIL import ImageFont

FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path("/Library/Fonts"),
)

#: face: (file name, Debian package)
FACES = {
    "typewriter": ("Courier Prime.otf", "fonts-courier-prime"),
    "typewriter-bold": ("Courier Prime Bold.otf", "fonts-courier-prime"),
    "mono": ("LiberationMono-Regular.ttf", "fonts-liberation"),
    "news": ("LiberationSerif-Regular.ttf", "fonts-liberation"),
    "news-bold": ("LiberationSerif-Bold.ttf", "fonts-liberation"),
    "news-italic": ("LiberationSerif-Italic.ttf", "fonts-liberation"),
    "sans": ("LiberationSans-Regular.ttf", "fonts-liberation"),
    "sans-bold": ("LiberationSans-Bold.ttf", "fonts-liberation"),
    "narrow-bold": ("LiberationSansNarrow-Bold.ttf", "fonts-liberation"),
    "headline": ("OldStandard-Bold.ttf", "fonts-oldstandard"),
    "headline-italic": ("OldStandard-Italic.ttf", "fonts-oldstandard"),
}


class FontMissing(RuntimeError):
    """A face is not on this machine; the message names the package that has it."""


@cache
def path(face: str) -> Path:
    """Where the file of `face` is; FontMissing where it is not installed."""
    name, package = FACES[face]
    for folder in FOLDERS:
        for found in sorted(folder.rglob(name)) if folder.is_dir() else ():
            return found
    raise FontMissing(f"font {name} is not installed: sudo apt-get install {package}")


def missing() -> list[str]:
    """What is not there, one message a face; empty where all are."""
    messages = []
    for face in FACES:
        try:
            path(face)
        except FontMissing as gone:
            messages.append(str(gone))
    return messages


@cache
def font(face: str, pixels: float) -> ImageFont.FreeTypeFont:
    """`face` at a size in pixels; laid out without any shaping library, so that all machines agree."""
    return ImageFont.truetype(str(path(face)), pixels, layout_engine=ImageFont.Layout.BASIC)


def width(text: str, face: str, points: float) -> float:
    """How wide `text` is in inches."""
    return font(face, points * 10).getlength(text) / 720
