"""Whether there is anything on a page at all, so that a blank page is told from an unread one."""

from __future__ import annotations

from PIL import Image, ImageChops, ImageDraw, ImageFilter

#: Judged on a copy about this wide: 100 DPI of a letter page, where a typed character is 8 pixels high.
WIDTH = 850
#: How much darker (or lighter, on negatives) than the paper around it a pixel of ink is, of 255.
CONTRAST = 48
#: A mark is this many pixels of ink in a square of CELL × CELL: any typed character, and no speck of dust.
MARK, CELL = 7, 8
#: The edge left out of account, of each side: shadows of the scanner's lid and of the sheet's edge.
EDGE = 0.03
#: Paper is of one tone, give or take this much, on this share of the page at least; photographs are of many.
TONE, ONE_TONE = 16, 0.63
#: Strips in which rows of ink are counted; a row has so much ink in its breadth, and is so many lines high at least and
#: at most.
STRIPS, ROW, LOW, HIGH = 4, 0.04, 0.3, 1.6
#: What is nowhere lighter than this is covered: a black bar, not print.
BAR = 96


def _small(image: Image.Image) -> tuple[Image.Image, int]:
    """A grey copy about WIDTH wide, and by what number it is smaller."""
    factor = max(1, image.width // WIDTH)
    small = image if image.mode in ("L", "RGB") else image.convert("L")
    return (small.reduce(factor) if factor > 1 else small).convert("L"), factor


def _marks(small: Image.Image) -> Image.Image:
    """White where there is ink, black elsewhere and on the edge."""
    across, down = int(small.width * EDGE), int(small.height * EDGE)
    # The edge goes first: beside a black one, white paper would stand out from its surroundings.
    inner = small.crop((across, down, small.width - across, small.height - down))
    # The paper has no detail: a quarter of the size is blurred in a twentieth of the time.
    coarse = inner.reduce(4) if min(inner.size) >= 16 else inner
    paper = coarse.filter(ImageFilter.BoxBlur(6)).resize(inner.size, Image.Resampling.BILINEAR)
    marks = ImageChops.difference(inner, paper).point([0] * CONTRAST + [255] * (256 - CONTRAST))
    whole = Image.new("L", small.size)
    whole.paste(marks, (across, down))
    return whole


def is_blank(image: Image.Image) -> bool:
    """Whether nothing on the page stands out from its paper."""
    marks = _marks(_small(image)[0])
    if min(marks.size) < CELL:
        return marks.getextrema()[1] == 0
    return marks.reduce(CELL).getextrema()[1] < 255 * MARK / CELL**2


def on_paper(image: Image.Image) -> bool:
    """Whether most of the page is of one tone, as paper with writing on it is, and photographs are not."""
    counts = _small(image)[0].histogram()
    return max(sum(counts[max(0, tone - TONE) : tone + TONE + 1]) for tone in range(256)) >= ONE_TONE * sum(counts)


def share_under(image: Image.Image, boxes: list[tuple[int, int, int, int]]) -> float:
    """The share of the ink that lies in one of the boxes (`hpos vpos width height`, widened a little)."""
    small, factor = _small(image)
    marks = _marks(small)
    total = marks.histogram()[255]
    if not total:
        return 1.0
    under = Image.new("1", small.size)
    draw = ImageDraw.Draw(under)
    for hpos, vpos, width, height in boxes:
        slack = height // 3
        draw.rectangle(
            [
                (hpos - slack) // factor,
                (vpos - slack) // factor,
                (hpos + width + slack) // factor,
                (vpos + height + slack) // factor,
            ],
            fill=1,
        )
    return ImageChops.multiply(marks, under.convert("L")).histogram()[255] / total


def lines_beside(image: Image.Image, boxes: list[tuple[int, int, int, int]]) -> tuple[int, int]:
    """How many rows of ink as high as lines lie outside all boxes of words (`hpos vpos width height`), and how many
    within.

    Counted in STRIPS upright strips, so that neither a slant nor another column hides one; a picture is higher than a
    line, a rule lower.
    """
    small, factor = _small(image)
    marks = _marks(small)
    heights = sorted(min(width, height) for _, _, width, height in boxes)
    if not heights:
        return 0, 0
    line = max(2.0, heights[len(heights) // 2] / factor)
    under = Image.new("L", small.size)
    draw = ImageDraw.Draw(under)
    for hpos, vpos, width, height in boxes:
        slack = min(width, height) // 3
        draw.rectangle(
            [
                (hpos - slack) // factor,
                (vpos - slack) // factor,
                (hpos + width + slack) // factor,
                (vpos + height + slack) // factor,
            ],
            fill=255,
        )
    outside, inside = ImageChops.subtract(marks, under), ImageChops.multiply(marks, under)
    found = [0, 0]
    for strip in range(STRIPS):
        left, right = strip * small.width // STRIPS, (strip + 1) * small.width // STRIPS
        for kind, part in enumerate((outside, inside)):
            found[kind] += _rows(part.crop((left, 0, right, small.height)), line)
    return found[0], found[1]


def _rows(part: Image.Image, line: float) -> int:
    """The rows of ink about as high as a line is."""
    if not part.width or not part.height:
        return 0
    shares = memoryview(part.convert("F").resize((1, part.height), Image.Resampling.BOX).tobytes()).cast("f")
    count, height = 0, 0
    for share in (*shares, 0.0):
        if share >= ROW * 255:
            height += 1
        else:
            count += LOW * line <= height <= HIGH * line
            height = 0
    return count


def unseen(image: Image.Image, boxes: list[tuple[int, int, int, int]]) -> tuple[list[int], list[int]]:
    """Which of the boxes (`hpos vpos width height`, by index) hold no ink at all, and which are black all over."""
    small, factor = _small(image)
    marks = _marks(small)
    bare, covered = [], []
    for index, (hpos, vpos, width, height) in enumerate(boxes):
        left, top = hpos // factor, vpos // factor
        right, bottom = max(left + 1, (hpos + width) // factor), max(top + 1, (vpos + height) // factor)
        if small.crop((left, top, right, bottom)).getextrema()[1] < BAR:
            covered.append(index)
        elif not marks.crop((left, top, right, bottom)).getextrema()[1] and not _on_edge(
            small, left, top, right, bottom
        ):
            bare.append(index)
    return bare, covered


def _on_edge(small: Image.Image, left: int, top: int, right: int, bottom: int) -> bool:
    across, down = int(small.width * EDGE), int(small.height * EDGE)
    return left < across or top < down or right > small.width - across or bottom > small.height - down
