"""The paper of a page: whether it is even, and the page on even paper; with it go black surrounds, shadows and the
scanner's white lid."""

from __future__ import annotations

from PIL import Image, ImageChops, ImageFilter

#: The paper is looked at on a copy with this longer side at most, between letters that are darker than what is around
#: them.
SIDE, LETTERS = 500, 5
#: Paper is uneven where its lightest and its darkest part (all but these shares of it) differ by so much, of 255 …
SHARES, UNEVEN = (0.05, 0.95), 48
#: … and the page is paper with ink on it where its middle grey is at least this: a negative is left alone.
LIGHT = 96
#: A page made even is white on this share of it; white is this or lighter.
PAPER, WHITE = 0.74, 225


def even(image: Image.Image) -> Image.Image | None:
    """The page, grey, its ink on white paper; None where its paper is even, or it is a negative or a picture."""
    if image.mode == "1":
        return None
    grey = image.convert("L")
    factor = max(1, max(image.size) // SIDE)
    paper = (grey.reduce(factor) if factor > 1 else grey).filter(ImageFilter.MaxFilter(LETTERS))
    darkest, lightest = (grey_at(paper, share) for share in SHARES)
    if lightest - darkest < UNEVEN or grey_at(paper, 0.5) < LIGHT:
        return None
    smooth = paper.filter(ImageFilter.BoxBlur(2 * LETTERS)).resize(grey.size, Image.Resampling.BILINEAR)
    made = ImageChops.invert(ImageChops.subtract(smooth, grey))
    # Of a photograph much is neither paper nor ink.
    return made if grey_at(made, 1 - PAPER) >= WHITE else None


def grey_at(grey: Image.Image, share: float, mask: Image.Image | None = None) -> int:
    """The grey below which this share of the pixels lies (of those that are white in the mask); 0 where there are
    none."""
    counted, below = grey.histogram(mask), 0
    pixels = sum(counted)
    for value, number in enumerate(counted):
        below += number
        if below > share * pixels:
            return value
    return 255 if pixels else 0
