"""Pages that lie on their side or stand on their head: read upright, their words put back where they stand on the
canvas."""

from __future__ import annotations

from dataclasses import replace

from PIL import Image

from archive.layout import Layout, TextLine, Word
from archive.record import Frame

#: Degrees clockwise to how Pillow, which counts the other way, turns by them.
_TRANSPOSE = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}


def lies(layout: Layout) -> bool:
    """Whether most words of four letters and more are higher than wide: their lines run upwards or downwards.

    >>> from archive.layout import TextBlock
    >>> line = TextLine((Word("Tecoluca", 10, 10, 12, 80), Word("1983", 10, 99, 12, 40)))
    >>> lies(Layout(99, 99, (TextBlock((line,)),)))
    True
    """
    long = [word for word in layout.words() if len(word.content) >= 4]
    return sum(word.height > word.width for word in long) > len(long) / 2


def turned(canvas: Image.Image, frame: Frame, degrees: int) -> tuple[Image.Image, Frame]:
    """The canvas turned clockwise by 90, 180 or 270 degrees, and its frame."""
    image = canvas.transpose(_TRANSPOSE[degrees])
    return image, replace(frame, width=image.width, height=image.height)


def back(layout: Layout, degrees: int, frame: Frame) -> Layout:
    """The layout of a canvas turned clockwise, on the canvas of `frame` as it was; its order stays.

    >>> from archive.layout import TextBlock
    >>> upright = Layout(300, 200, (TextBlock((TextLine((Word("a", 10, 20, 30, 5),)),)),))
    >>> frames = ((90, Frame(1, 200, 300)), (180, Frame(1, 300, 200)))
    >>> [next(back(upright, degrees, frame).words()) for degrees, frame in frames]
    [Word(content='a', hpos=20, vpos=260, width=5, height=30, confidence=None, other=None), \
Word(content='a', hpos=260, vpos=175, width=30, height=5, confidence=None, other=None)]
    """

    def line(one: TextLine) -> TextLine:
        return TextLine(tuple(_word(word, degrees, frame) for word in one.words))

    return Layout(
        frame.width,
        frame.height,
        tuple(replace(block, lines=tuple(map(line, block.lines))) for block in layout.blocks),
        tuple(map(line, layout.aside)),
    )


def _word(word: Word, degrees: int, frame: Frame) -> Word:
    left, top, width, height = word.hpos, word.vpos, word.width, word.height
    if degrees == 180:
        return replace(word, hpos=frame.width - left - width, vpos=frame.height - top - height)
    if degrees == 90:
        return replace(word, hpos=top, vpos=frame.height - left - width, width=height, height=width)
    return replace(word, hpos=frame.width - top - height, vpos=left, width=height, height=width)
