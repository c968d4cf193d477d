"""Ink of a sheet's other side that shines through the paper: whether there is any, and the page without it.

It is paler than the page's own ink and without sharp edges. What stands beside the page's own ink is kept as it is,
because a typewriter's weak letters are as pale, and stand beside darker ones.
"""

from __future__ import annotations

from PIL import Image, ImageChops, ImageFilter, ImageStat

from ingest.tools.ink import on_paper
from ingest.tools.paper import LIGHT, grey_at

#: Judged on a copy about this wide, a line of typescript being eighty letters; the outer part, of each side, is left
#: out: shadows of edges are soft, too.
WIDTH, EDGE = 900, 0.04
#: The page's own ink is marked on a copy about this wide.
FINE = 1800
#: Fewer pixels, of either side, are no page.
LEAST = 40
#: Darker than the paper by this much, of 255, is ink; as dark as this share of it is, the page's own ink is.
INK, OWN = 40, 0.9
#: Ink at least this dark beside it is the page's own for sure; what shines through is darker than the second and
#: lighter than the third.
DARK, PALEST, PALE = 0.6, 0.12, 0.55
#: … and so is what differs by this share of it from one pixel to the next: edges of what shines through are soft.
STEEP = 0.25
#: So many pixels across and down from what is surely the page's own, its own may be pale; what stands further off than
#: the second stands alone.
BESIDE, ALONE = (8, 3), (3, 3)
#: There is ink of the other side where this much of it stands alone, measured by the page's own, and its greys differ
#: by less than this share of their darkness from pixel to pixel. Grain of paper is sharper.
ENOUGH, SOFT = 0.2, 0.48


def without(image: Image.Image) -> Image.Image | None:
    """The page, grey, without what shines through; None where nothing does, it has two tones alone, or is a negative or
    a picture."""
    if image.mode == "1":
        return None
    grey = image.convert("L")
    small = _about(grey, WIDTH)
    if min(small.size) < LEAST:
        return None
    paper = _paper(small)
    if grey_at(paper, 0.5) < LIGHT:
        return None
    darker = _inner(ImageChops.subtract(paper, small))
    ink = grey_at(darker, OWN, _between(darker, INK, 256))
    if not ink or not _shines(darker, ink):
        return None
    fine = _about(grey, FINE)
    paper = paper.resize(fine.size, Image.Resampling.BILINEAR)
    darker = ImageChops.subtract(paper, fine)
    own = ImageChops.lighter(_between(darker, DARK * ink, 256), _between(_steps(darker), STEEP * ink, 256))
    own = _widened(own, BESIDE).filter(ImageFilter.BoxBlur(2)).resize(grey.size, Image.Resampling.BILINEAR)
    clean = Image.composite(grey, paper.resize(grey.size, Image.Resampling.BILINEAR), own)
    # Of a photograph much is soft and neither paper nor ink.
    return clean if on_paper(clean) else None


def _about(grey: Image.Image, width: int) -> Image.Image:
    factor = max(1, round(grey.width / width))
    return grey.reduce(factor) if factor > 1 else grey


def _paper(small: Image.Image) -> Image.Image:
    """The page without its letters: lighter than what is around it, and slow to change."""
    coarse = small.reduce(2).filter(ImageFilter.MaxFilter(3)).reduce(2)
    return coarse.filter(ImageFilter.BoxBlur(6)).resize(small.size, Image.Resampling.BILINEAR)


def _inner(image: Image.Image) -> Image.Image:
    across, down = int(image.width * EDGE), int(image.height * EDGE)
    return image.crop((across, down, image.width - across, image.height - down))


def _between(darker: Image.Image, least: float, most: float) -> Image.Image:
    """White where it is darker than `least` and lighter than `most`."""
    return darker.point([255 * (least < value < most) for value in range(256)])


def _widened(mask: Image.Image, by: tuple[int, int]) -> Image.Image:
    """White where the mask is, and so far across and down from it."""
    return mask.filter(ImageFilter.BoxBlur(by)).point([0] + [255] * 255)


def _shines(darker: Image.Image, ink: int) -> bool:
    dark = _between(darker, DARK * ink, 256)
    alone = ImageChops.subtract(_between(darker, PALEST * ink, PALE * ink), _widened(dark, ALONE))
    if _area(alone) < max(1, ENOUGH * _area(dark)):
        return False
    return ImageStat.Stat(_steps(darker), alone).mean[0] < SOFT * ImageStat.Stat(darker, alone).mean[0]


def _steps(darker: Image.Image) -> Image.Image:
    """How much each pixel differs from the one before it or above it."""
    return ImageChops.lighter(
        *(ImageChops.difference(darker, ImageChops.offset(darker, *by)) for by in ((1, 0), (0, 1)))
    )


def _area(mask: Image.Image) -> int:
    return mask.histogram()[255]
