"""Runs RapidOCR: PP-OCR's models through OpenVINO, in this process; with `line_recogniser` the only module that does.

Its detector finds lines, its recogniser reads each line alone. It knows no reading order and no language; blocks of
its Layout are single lines, in no order that means anything (see `ingest.page.voting`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import metadata
from itertools import groupby
from pathlib import Path

from PIL import Image

from archive.errors import ToolFailed, ToolMissing
from archive.layout import Layout, TextBlock, TextLine, Word
from archive.reason import Reason
from ingest.tools import line_images, line_recogniser
from ingest.tools.line_recogniser import Letter

NAME = "rapidocr"
#: Longer images are shrunk to this for the recogniser, and to this for the detector: more finds no more, and costs.
MAX_SIDE = 4000
DETECTED_SIDE = 1500
#: The detector is given sides that are multiples of this: OpenVINO prepares, and keeps in memory, a program for each
#: size it meets.
DETECTED_STEP = 128
#: Nothing can be found in less.
MIN_SIDE = 32
#: A line read with a lower mean confidence is dust or a drawing.
LEAST_SURE = 0.5

#: The lower thresholds of the detector find faint lines. One thread a page: pages are read in parallel.
_SETTINGS = {
    "Global.use_preprocess_img": False,
    "Global.use_vertical_padding": False,
    "Global.log_level": "critical",
    "Det.thresh": 0.2,
    "Det.box_thresh": 0.4,
    "EngineConfig.openvino.inference_num_threads": 1,
}
#: The models in RapidOCR's own package, so that none is asked of the network.
_DETECTOR, _RECOGNISER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"


def is_here() -> bool:
    """Whether it can be loaded."""
    try:
        version()
    except ToolMissing:
        return False
    return True


@cache
def version() -> str:
    """`3.10.0`; ToolMissing where it is not installed."""
    try:
        metadata.version("openvino")
        return metadata.version("rapidocr")
    except metadata.PackageNotFoundError as absent:
        raise ToolMissing(
            "the second reader is not installed",
            remedy="Run `pip install '.[rapidocr]'`, or set ingest.second_reader to never.",
        ) from absent


def read(image: Image.Image, *, width: int, height: int, item: str = "", side: int = DETECTED_SIDE) -> Layout:
    """The words of an image, on a canvas of `width` × `height` pixels of which it is a copy in whatever size. Its lines
    are looked for in a copy whose longer side has at most `side` pixels.

    A page on which nothing is found is a Layout without blocks. Raises ToolMissing where it is not installed,
    ToolFailed naming `item` where it, or the memory, fails.
    """
    version()
    line_recogniser.load_openvino()
    import numpy
    from rapidocr.main import RapidOCRError

    fine = _within(image, MAX_SIDE)
    coarse = _within(fine, side)
    if min(coarse.size) < MIN_SIDE:
        return Layout(width, height)
    with _translated(item):
        try:
            _, detected = _detector().detect_and_crop(_filled(_pixels(coarse)), {})
        except RapidOCRError:
            return Layout(width, height)  # it found nothing
        boxes = detected.boxes * numpy.float32([fine.width / coarse.width, fine.height / coarse.height])
        lines = _recognised(fine, boxes, width, height)
    return Layout(width, height, tuple(TextBlock((line,)) for line in lines if line.words))


def read_lines(
    image: Image.Image, boxes: Sequence[tuple[int, int, int, int]], *, width: int, height: int, item: str = ""
) -> list[TextLine]:
    """The words in each of the boxes (`hpos vpos width height` on the canvas), which hold a line each; a line without
    words where nothing is read. Its detector, which finds lines, is not asked. Raises as `read` does."""
    if not boxes:
        return []
    version()
    import numpy

    fine = _within(image, MAX_SIDE)
    corners = [[(x, y), (x + across, y), (x + across, y + down), (x, y + down)] for x, y, across, down in boxes]
    with _translated(item):
        return _recognised(
            fine, numpy.float32(corners) * numpy.float32([fine.width / width, fine.height / height]), width, height
        )


def _recognised(fine: Image.Image, boxes, width: int, height: int) -> list[TextLine]:
    """What the recogniser reads in each box (its four corners, from top left, clockwise) of an image, on the canvas."""
    page, recogniser = _pixels(fine), _recogniser()
    cut = [line_images.cut(page, box) for box in boxes]
    return [
        _line(recogniser.letters(line.pixels), line.share, box, width / fine.width, height / fine.height, width, height)
        for line, box in zip(cut, boxes, strict=True)
    ]


def _filled(pixels):
    """The pixels with their last row and column repeated, to multiples of DETECTED_STEP."""
    import cv2

    height, width = pixels.shape[:2]
    return cv2.copyMakeBorder(pixels, 0, -height % DETECTED_STEP, 0, -width % DETECTED_STEP, cv2.BORDER_REPLICATE)


def _pixels(image: Image.Image):
    """Height × width × BGR."""
    import numpy

    return numpy.ascontiguousarray(numpy.asarray(image.convert("RGB"))[:, :, ::-1])


@contextmanager
def _translated(item: str) -> Iterator[None]:
    """What fails in it is a ToolFailed that names `item`."""
    try:
        yield
    except MemoryError as trouble:
        raise ToolFailed(
            "RapidOCR ran out of memory",
            item=item,
            remedy="Set fewer workers in config.yaml (ingest.workers), or use a machine with more memory.",
            code=Reason.MEMORY,
        ) from trouble
    except _failures() as trouble:
        raise ToolFailed(
            f"RapidOCR failed: {_last_line(trouble)}", item=item, remedy="Run `rescate check`."
        ) from trouble


def _last_line(trouble: Exception) -> str:
    """Of a message that has the whole traceback in it, what went wrong."""
    return (str(trouble).strip() or type(trouble).__name__).splitlines()[-1].strip()


@cache
def _failures() -> tuple[type[Exception], ...]:
    """What OpenVINO and OpenCV raise, the former a class of RapidOCR's where a page is read."""
    import cv2
    from rapidocr.inference_engine.openvino import OpenVINOError

    return cv2.error, OpenVINOError, RuntimeError


def _within(image: Image.Image, side: int) -> Image.Image:
    """The image, shrunk where its longer side is longer; in shades or in colours, as it was."""
    factor = side / max(image.size)
    if factor >= 1:
        return image
    if image.mode not in ("L", "RGB"):
        image = image.convert("L" if image.mode == "1" else "RGB")
    return image.resize(
        (max(1, round(image.width * factor)), max(1, round(image.height * factor))), Image.Resampling.LANCZOS
    )


def load() -> None:
    """Loads the models, which else the first page waits for."""
    nothing = Image.new("L", (2 * MIN_SIDE, 2 * MIN_SIDE), "white")
    read(nothing, width=nothing.width, height=nothing.height)
    read_lines(nothing, [(0, 0, *nothing.size)], width=nothing.width, height=nothing.height)


@cache
def _detector():
    line_recogniser.load_openvino()
    import rapidocr

    class Detector(rapidocr.RapidOCR):
        """The reader cuts no lines out of the page's small copy: they are cut out of the large one (`line_images`)."""

        def crop_text_regions(self, img, det_boxes):
            return []

    return Detector(
        params=_SETTINGS | {"Det.engine_type": rapidocr.EngineType.OPENVINO, "Det.model_path": str(_model(_DETECTOR))}
    )


@cache
def _recogniser() -> line_recogniser.Recogniser:
    return line_recogniser.Recogniser(_model(_RECOGNISER))


def _model(name: str) -> Path:
    return Path(str(metadata.distribution("rapidocr").locate_file("rapidocr"))) / "models" / name


def _line(
    letters: Sequence[Letter], share: float, box, across: float, down: float, width: int, height: int
) -> TextLine:
    """The words of one line: what stands between spaces, each with the box that its letters' places in the line give,
    which is a `share` of what the recogniser saw. None where it is not sure enough of the whole."""
    if not letters or sum(letter.confidence for letter in letters) / len(letters) < LEAST_SURE:
        return TextLine(())
    words = []
    for space, run in groupby(letters, lambda letter: letter.content == " "):
        if not space:
            word = list(run)
            words.append(
                _word(
                    "".join(letter.content for letter in word),
                    sum(letter.confidence for letter in word) / len(word),
                    box,
                    max(0.0, word[0].left / share),
                    min(1.0, word[-1].right / share),
                    across,
                    down,
                    width,
                    height,
                )
            )
    return TextLine(tuple(words))


def _word(
    text: str, sure: float, box, left: float, right: float, across: float, down: float, width: int, height: int
) -> Word:
    """A word from the share `left` to the share `right` of a line whose corners are `box` (from top left,
    clockwise)."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = box.tolist()
    corners = [
        (a + (b - a) * share, c + (d - c) * share)
        for a, b, c, d in ((x0, x1, y0, y1), (x3, x2, y3, y2))
        for share in (left, right)
    ]
    hpos, vpos = max(0, round(min(x for x, _ in corners) * across)), max(0, round(min(y for _, y in corners) * down))
    end, bottom = (
        min(width, round(max(x for x, _ in corners) * across)),
        min(height, round(max(y for _, y in corners) * down)),
    )
    return Word(
        text,
        min(hpos, width - 1),
        min(vpos, height - 1),
        max(1, end - hpos),
        max(1, bottom - vpos),
        round(min(1.0, sure), 4),
    )
