"""Runs Tesseract, through pytesseract; the only module that does. One run a page gives words, boxes and
confidence together (its TSV).

OMP_THREAD_LIMIT=1 stands in the environment of the worker processes (`ingest.execution`): pytesseract
hands on its own environment, and pages are read in parallel anyway.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pytesseract

from archive.errors import ToolFailed, ToolMissing
from archive.layout import Layout, TextBlock, TextLine, Word
from archive.reason import Reason
from ingest.tools.probe import install_command

NAME = "tesseract"
#: Tesseract refuses images with a longer side (its INT16_MAX, less its own margins).
MAX_SIDE = 32_000

#: How sure Tesseract must be of a page's orientation: of upright pages of dust it says 0 to 1.
SURE_OF_ORIENTATION = 2.0
#: … and of its script: of pages in Cyrillic and Greek it says 2.5 to 4.3, of dust on pages in Latin letters that is
#: taken for others 0 to 0.4.
SURE_OF_SCRIPT = 1.5
#: What it calls the letters that are read here.
LATIN = ("Latin", "Fraktur")

_COLUMNS = [
    "level",
    "page_num",
    "block_num",
    "par_num",
    "line_num",
    "word_num",
    "left",
    "top",
    "width",
    "height",
    "conf",
    "text",
]
_PAGE, _WORD = 1, 5
_MISSING_LANGUAGE = re.compile(r"([\w/-]+)\.traineddata|[Ff]ailed loading language '([^']+)'")


def read(
    image: Path,
    *,
    languages: tuple[str, ...],
    width: int,
    height: int,
    dpi: float | None = None,
    timeout: float = 0,
    segmentation: int | None = None,
    item: str = "",
) -> Layout:
    """The words of an image file of `width` × `height` pixels, in Tesseract's reading order; `segmentation` is its
    --psm, where not its own default.

    A page on which nothing is found is a Layout without blocks. Raises ToolMissing (Tesseract or a language), or
    ToolFailed naming `item`: it crashed, took longer than `timeout` seconds, wrote nothing, or saw
    the image in another size.
    """
    item = item or str(image)
    config = " ".join(
        [*((f"--dpi {round(dpi)}",) if dpi else ()), *((f"--psm {segmentation}",) if segmentation is not None else ())]
    )
    try:
        written = pytesseract.image_to_data(
            str(image), lang="+".join(languages), config=config, timeout=timeout, output_type=pytesseract.Output.BYTES
        )
    except pytesseract.TesseractNotFoundError as trouble:
        raise ToolMissing("Tesseract is not installed", item=item, remedy=f"{install_command()}.") from trouble
    except pytesseract.TesseractError as trouble:
        raise _failure(trouble.status, str(trouble.message), item) from trouble
    except RuntimeError as trouble:
        if "timeout" not in str(trouble):
            raise
        raise ToolFailed(
            f"Tesseract took longer than {timeout:g} seconds",
            item=item,
            remedy="Look at the page; raise ingest.page_timeout if it only is slow.",
            code=Reason.TIME,
        ) from trouble
    except FileNotFoundError as trouble:
        raise ToolFailed(
            "Tesseract ended without an answer and without an error", item=item, remedy="Run `rescate check`."
        ) from trouble
    except UnicodeDecodeError as trouble:
        raise ToolFailed(
            "Tesseract failed, and what it says is not text", item=item, remedy="Run `rescate check`."
        ) from trouble
    except OSError as trouble:
        raise ToolFailed(
            f"Tesseract cannot be run: {trouble.strerror or trouble}",
            item=item,
            remedy="Run `rescate check`.",
            code=Reason.NOT_INSTALLED,
        ) from trouble
    try:
        tsv = written.decode("utf-8")
    except UnicodeDecodeError as trouble:
        raise ToolFailed("Tesseract's answer is not UTF-8", item=item, remedy="Run `rescate check`.") from trouble
    return parse(tsv, width, height, item=item)


@dataclass(frozen=True, slots=True)
class Stance:
    """How the letters of a page stand, and which they are: `degrees` clockwise (0, 90, 180, 270) turn it upright;
    `script` names those that are surely not Latin (`Cyrillic`), and is empty else."""

    degrees: int = 0
    script: str = ""


def stance(image: Path, *, timeout: float = 0, item: str = "") -> Stance:
    """Of the page in an image file; that of an upright page of Latin letters, too, where there are too few letters to
    tell, Tesseract is not sure, or lacks the model for it (`osd`).
    """
    try:
        said = pytesseract.image_to_osd(
            str(image), config="--dpi 300", timeout=timeout, output_type=pytesseract.Output.DICT
        )
    except (pytesseract.TesseractError, RuntimeError, OSError, ValueError, KeyError, UnicodeDecodeError):
        return Stance()
    if said["orientation_conf"] < SURE_OF_ORIENTATION:
        return Stance()
    foreign = said["script_conf"] >= SURE_OF_SCRIPT and said["script"] not in LATIN
    return Stance(said["rotate"] % 360, said["script"] if foreign else "")


def parse(tsv: str, width: int, height: int, *, item: str = "") -> Layout:
    """The Layout in Tesseract's TSV of an image of `width` × `height` pixels.

    A paragraph is a block here. Confidence is a hundredth of Tesseract's; rows of structure
    (confidence -1) and words of blanks only are left out. Raises ToolFailed where it is no such TSV.
    """
    lines = tsv.split("\n")
    if lines[0].rstrip("\r").split("\t") != _COLUMNS:
        raise ToolFailed(
            "Tesseract's answer is empty" if not tsv.strip() else "Tesseract's answer is no TSV",
            item=item,
            remedy="Run `rescate check`.",
        )
    words, seen = [], None
    for line in lines[1:]:
        if not line.strip():
            continue
        cells = line.rstrip("\r").split("\t", 11)
        try:
            level, _, block, paragraph, number, _, left, top, across, down = map(int, cells[:10])
            confidence = float(cells[10])
        except (ValueError, IndexError) as trouble:
            raise ToolFailed(
                f"Tesseract's answer breaks off or is damaged at {line[:60]!r}",
                item=item,
                remedy="Run `rescate check`.",
            ) from trouble
        if level == _PAGE:
            seen = (across, down)
        text = cells[11].strip() if len(cells) > 11 else ""
        if level == _WORD and text:
            words.append(
                ((block, paragraph, number), Word(text, left, top, across, down, max(0.0, min(1.0, confidence / 100))))
            )
    if seen is None:
        raise ToolFailed("Tesseract's answer has no page", item=item, remedy="Run `rescate check`.")
    if seen != (width, height):
        raise ToolFailed(f"Tesseract saw {seen[0]} × {seen[1]} pixels instead of {width} × {height}", item=item)
    blocks = []
    for _, paragraph in groupby(words, key=lambda word: word[0][:2]):
        blocks.append(
            TextBlock(
                tuple(
                    TextLine(tuple(word for _, word in line))
                    for _, line in groupby(paragraph, key=lambda word: word[0])
                )
            )
        )
    return Layout(width, height, tuple(blocks))


def _failure(status: int, said: str, item: str) -> ToolFailed | ToolMissing:
    missing = sorted({Path(a or b).name for a, b in _MISSING_LANGUAGE.findall(said)})
    if missing:
        return ToolMissing(
            f"Tesseract lacks the language{'s' * (len(missing) > 1)} {', '.join(missing)}",
            item=item,
            remedy=f"{install_command(*missing)}.",
        )
    if "bad_alloc" in said or status in (-9, 137):
        return ToolFailed(
            "Tesseract ran out of memory",
            item=item,
            remedy="Set fewer workers in config.yaml (ingest.workers), or use a machine with more memory.",
            code=Reason.MEMORY,
        )
    how = f"was ended by signal {-status}" if status < 0 else f"failed with status {status}"
    return ToolFailed(
        f"Tesseract {how}{': ' + said[-300:] if said else ''}", item=item, remedy="Open the image; run `rescate check`."
    )
