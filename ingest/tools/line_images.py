"""Cuts lines out of a page's image as RapidOCR's recogniser takes them: 48 pixels high, their widths in steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

#: The height of the recogniser's input.
HEIGHT = 48
#: Widths are filled up to a multiple of this, to LEAST at least, which is what the recogniser would fill them to:
#: OpenVINO prepares, and keeps in memory, a program for each width it meets.
STEP, LEAST = 64, 320
#: What they are filled with: half way between black and white, which is nothing to the recogniser.
FILLING = (127, 127, 127)
#: So many times as high as wide, a line runs down.
UPRIGHT = 1.5
#: Pixels around a line's corners that are cut out with it, which the turned line is drawn from.
AROUND = 4


@dataclass(frozen=True, slots=True)
class LineImage:
    """A line's pixels (height × width × BGR), and the share of the width that is the line's own."""

    pixels: Any
    share: float


def cut(page: Any, box: Any) -> LineImage:
    """The line between four corners (from top left, clockwise; x, y) of a page (height × width × BGR), made level; one
    that runs down the page is turned, and one that runs up it then stands on its head."""
    import cv2
    import numpy

    height, width = page.shape[:2]
    left, top = (max(0, int(low) - AROUND) for low in box.min(axis=0))
    right, bottom = (
        min(most, int(high) + AROUND + 1) for high, most in zip(box.max(axis=0), (width, height), strict=True)
    )
    across = max(1, int(max(numpy.linalg.norm(box[0] - box[1]), numpy.linalg.norm(box[2] - box[3]))))
    down = max(1, int(max(numpy.linalg.norm(box[0] - box[3]), numpy.linalg.norm(box[1] - box[2]))))
    level = cv2.getPerspectiveTransform(
        (box - (left, top)).astype(numpy.float32), numpy.float32([[0, 0], [across, 0], [across, down], [0, down]])
    )
    line = cv2.warpPerspective(
        numpy.ascontiguousarray(page[top : max(bottom, top + 1), left : max(right, left + 1)]),
        level,
        (across, down),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    if down / across >= UPRIGHT:
        line, across, down = numpy.rot90(line), down, across
    wide = max(1, round(across * HEIGHT / down))
    filled = -(-max(LEAST, wide) // STEP) * STEP
    line = cv2.resize(line, (wide, HEIGHT), interpolation=cv2.INTER_LINEAR)
    return LineImage(
        cv2.copyMakeBorder(line, 0, 0, 0, filled - wide, cv2.BORDER_CONSTANT, value=FILLING), wide / filled
    )
