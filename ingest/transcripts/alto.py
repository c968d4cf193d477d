"""ALTO 1 to 4, of any namespace: its words, boxes and confidences. Pure.

http://www.loc.gov/standards/alto/: versions differ in the namespace and in where they name their software, not in
Page, TextBlock, TextLine, String, SP and HYP.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ingest.transcripts.written import (
    NOWHERE,
    Box,
    NotUsable,
    Written,
    WrittenPage,
    WrittenWord,
    box_of,
    hyphenated,
    numbered,
    split,
)

NAME = "ALTO"
#: MeasurementUnit → units an inch; pixels are those of the image.
_PER_INCH = {"mm10": 254.0, "inch1200": 1200.0}


def parse(data: bytes) -> Written:
    """The pages in an ALTO file. Raises NotUsable where it is none, is damaged, or declares entities."""
    try:
        root = fromstring(data, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as hostile:
        raise NotUsable("it declares entities, which no ALTO needs") from hostile
    except (ParseError, LookupError, ValueError) as broken:
        raise NotUsable(f"it is no well-formed XML ({broken})") from broken
    if _local(root) != "alto":
        raise NotUsable("it is no ALTO")
    unit = next((one.text or "" for one in root.iter() if _local(one) == "MeasurementUnit"), "pixel").strip()
    pages = [one for one in root.iter() if _local(one) == "Page"]
    return Written(
        NAME,
        _software(root),
        tuple(_page(page, _PER_INCH.get(unit, 0.0)) for page in pages),
        numbered(_number(page.get("PHYSICAL_IMG_NR")) for page in pages),
    )


def _local(element: Element) -> str:
    """An element's name without the namespace; comments have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _software(root: Element) -> str:
    """What read the page, where it is said: the software of the OCR, before that of other steps."""
    steps = sorted(
        (one for one in root.iter() if _local(one) in ("ocrProcessingStep", "OCRProcessing", "Processing")),
        key=lambda one: _local(one) != "ocrProcessingStep",
    )
    for step in steps:
        said = {_local(one): (one.text or "").strip() for one in step.iter()}
        name = " ".join(filter(None, (said.get("softwareName", ""), said.get("softwareVersion", ""))))
        if name:
            return name
    return ""


def _number(said: str | None) -> int | None:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 10 else None


def _box(element: Element, around: Box) -> Box:
    """An element's own box; the box of what it stands in where it has none."""
    return box_of(element.get(name) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT")) or around


def _page(page: Element, per_inch: float) -> WrittenPage:
    size = box_of(("0", "0", page.get("WIDTH"), page.get("HEIGHT"))) or NOWHERE
    blocks = []
    for block in page.iter():
        if _local(block) == "TextBlock":
            within = _box(block, NOWHERE)
            blocks.append(tuple(_line(line, _box(line, within)) for line in block if _local(line) == "TextLine"))
    return WrittenPage(tuple(blocks), size[2], size[3], per_inch)


def _line(line: Element, within: Box) -> tuple[WrittenWord, ...]:
    words: list[WrittenWord] = []
    for element in line:
        match _local(element):
            case "String":
                content = element.get("CONTENT", "")
                if content.strip() and element.get("SUBS_TYPE") == "HypPart1":
                    content = hyphenated(content.strip())
                words += split(content, _box(element, within), _confidence(element.get("WC")))
            case "HYP" if words:
                before = words[-1]
                words[-1] = WrittenWord(
                    hyphenated(before.content), _joined(before.box, _box(element, NOWHERE)), before.confidence
                )
    return tuple(words)


def _joined(word: Box, hyphen: Box) -> Box:
    """The box of a word and the hyphen behind it."""
    if not (word[2] and hyphen[2]) or hyphen[0] < word[0]:
        return word
    return (word[0], word[1], max(word[2], hyphen[0] + hyphen[2] - word[0]), word[3])


def _confidence(said: str | None) -> float | None:
    """WC, from 0 to 1 by the standard; what is no such number says nothing.

    >>> _confidence("0.91"), _confidence("91"), _confidence("nan"), _confidence(None)
    (0.91, None, None, None)
    """
    try:
        value = float(said) if said else -1.0
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None
