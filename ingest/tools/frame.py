"""One page of a master: where it is in its file, and its canvas."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """`number` counts from 1 in the file; `width` and `height` are the canvas in pixels.

    `dpi` is pixels an inch where it is known and credible. `direct` says that a reader may be given the
    file itself: it holds this one image and shows it as it lies on the canvas. A page that cannot
    be read has its reason in `problem`, and no size.
    """

    number: int
    width: int
    height: int
    dpi: float | None = None
    direct: bool = False
    problem: str = ""
