"""A page's words as ALTO 4.4 (Library of Congress): blocks, lines, strings with boxes and confidence.

Boxes are pixels of the canvas, as in the archive. A word hyphenated at its line's end is a String without its
hyphen, HypPart1, with the HYP after it; where a line follows in the block, both parts carry the word as it
is whole. A String's box takes in its hyphen, so that nothing is lost: read back, the page is the same.

What stands in the page's margins is told by a LayoutTag that its TextLine refers to (TAGREFS), or its Strings where it
is a part of a line. It stays in the PrintSpace: ALTO's TopMargin and BottomMargin hold whole blocks, and a reader's
block goes over both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from archive.layout import Layout, TextBlock, TextLine, Word
from archive.preservation.elements import ALTO, Element, Namespace, to_bytes

SCHEMA = "http://www.loc.gov/standards/alto/v4/alto-4-4.xsd"
_alto = Namespace(ALTO)

#: Hyphen-minus, hyphen, soft hyphen, and the not sign that readers take for one.
_HYPHENS = "-\u2010\u00ad¬"
_POSITION = {"cover": "Cover", "recto": "Right", "verso": "Left"}


@dataclass(frozen=True)
class Origin:
    """What an ALTO file says beside the words: the page's id and ARK, its master (`file`, by name) and the place in it,
    label, role, by whom it was read when (`reader` is name and version), and when persons corrected it last."""

    page_id: str
    ark: str
    file: str
    number: int
    label: str = ""
    role: str = ""
    reader: str = ""
    languages: str = ""
    language: str = ""
    read: datetime | None = None
    corrected: datetime | None = None


def document(
    layout: Layout, origin: Origin, margin: Mapping[int, str] | None = None, typed: Collection[int] = ()
) -> bytes:
    """The page as one ALTO file; lines without words and blocks without lines say nothing and are left out. `margin` is
    what stands in its margins, as archive.margins.margin_words gives it. The words of the numbers in `typed` are a
    person's: their correction status (`CS`) is true."""
    margin = margin or {}
    root = _alto.root("alto", SCHEMA, SCHEMAVERSION="4.4")
    _describe(_alto.add(root, "Description"), origin)
    if margin:
        tags = _alto.add(root, "Tags")
        for kind in sorted(set(margin.values())):
            _alto.add(tags, "LayoutTag", ID=_tag(kind), TYPE="margin", LABEL=kind, DESCRIPTION="found by a machine")
    confidence = layout.confidence
    page = _alto.add(
        _alto.add(root, "Layout"),
        "Page",
        ID=f"page_{origin.page_id}",
        WIDTH=layout.width,
        HEIGHT=layout.height,
        PHYSICAL_IMG_NR=origin.number,
        PRINTED_IMG_NR=origin.label or None,
        POSITION=_POSITION.get(origin.role),
        QUALITY="Target" if origin.role == "target" else None,
        PC=None if confidence is None else round(confidence, 3),
        LANG=origin.language if origin.language not in ("", "und", "mul") else None,
        PROCESSINGREFS=" ".join(_steps(origin)) or None,
    )
    words = list(layout.words())
    space = _alto.add(
        page,
        "PrintSpace",
        ID=f"space_{origin.page_id}",
        **_box(words) if words else dict[str, Any](HPOS=0, VPOS=0, WIDTH=layout.width, HEIGHT=layout.height),
    )
    first, number = 0, 0
    for block in layout.blocks:
        if any(line.words for line in block.lines):
            number += 1
            _block(space, block, f"block_{number}", first, margin, typed)
        first += sum(len(line.words) for line in block.lines)
    return to_bytes(root)


def _tag(kind: str) -> str:
    return f"tag_{kind.replace(' ', '_')}"


def _describe(description: Element, origin: Origin) -> None:
    _alto.add(description, "MeasurementUnit", "pixel")
    source = _alto.add(description, "sourceImageInformation")
    _alto.add(source, "fileName", origin.file)
    _alto.add(source, "fileIdentifier", origin.ark, fileIdentifierLocation="ARK")
    if origin.reader:
        _read(description, origin)
    if origin.corrected is not None:
        step = _alto.add(description, "Processing", ID="correction")
        _alto.add(step, "processingCategory", "contentModification")
        _alto.add(step, "processingDateTime", origin.corrected.isoformat(timespec="seconds"))
        _alto.add(step, "processingStepDescription", "corrected by a person")


def _steps(origin: Origin) -> Iterator[str]:
    if origin.reader:
        yield "reading"
    if origin.corrected is not None:
        yield "correction"


def _read(description: Element, origin: Origin) -> None:
    # `OCRProcessing` is deprecated since ALTO 4.0 (element documentation in the schema).
    step = _alto.add(description, "Processing", ID="reading")
    _alto.add(step, "processingCategory", "contentGeneration")
    if origin.read is not None:
        _alto.add(step, "processingDateTime", origin.read.isoformat(timespec="seconds"))
    if origin.languages:
        _alto.add(step, "processingStepSettings", f"languages: {origin.languages}")
    name, _, version = origin.reader.rpartition(" ")
    software = _alto.add(step, "processingSoftware")
    _alto.add(software, "softwareName", name or version)
    if name:
        _alto.add(software, "softwareVersion", version)


def _block(
    space: Element, block: TextBlock, id: str, first: int, margin: Mapping[int, str], typed: Collection[int]
) -> None:
    """One block; `first` is the number of its first word."""
    lines = [line for line in block.lines if line.words]
    made = _alto.add(space, "TextBlock", ID=id, **_box(list(block.words())), LANG=block.language)
    whole = ""
    for number, line in enumerate(lines, 1):
        following = lines[number] if number < len(lines) else None
        numbers = range(first, first + len(line.words))
        whole = _line(
            made,
            line,
            f"{id}_line_{number}",
            whole,
            following,
            tuple(margin.get(n, "") for n in numbers),
            tuple(n in typed for n in numbers),
        )
        first += len(line.words)


def _line(
    block: Element,
    line: TextLine,
    id: str,
    second: str,
    following: TextLine | None,
    kinds: Sequence[str],
    by_person: Sequence[bool],
) -> str:
    """One line. `second` is the whole word of which its first word is the second part; returned is the same for the
    next line, empty where this one does not end hyphenated. `kinds` says of each word what it is in a margin,
    `by_person` whether a person typed it."""
    in_margin = kinds[0] if len(set(kinds)) == 1 else ""
    made = _alto.add(block, "TextLine", ID=id, **_box(line.words), TAGREFS=_tag(in_margin) if in_margin else None)
    whole = ""
    for number, word in enumerate(line.words, 1):
        if number > 1:
            _space(made, line.words[number - 2], word)
        content, hyphen, subs = word.content, "", {}
        if number == 1 and second:
            subs = dict(SUBS_TYPE="HypPart2", SUBS_CONTENT=second)
        if number == len(line.words) and _is_hyphenated(content):
            content, hyphen = content[:-1], content[-1]
            # A word over three lines has one part in its middle: there the first part is said.
            if following is not None:
                whole = content + following.words[0].content
                subs = dict(SUBS_TYPE="HypPart1", SUBS_CONTENT=whole)
        string = _alto.add(
            made,
            "String",
            ID=f"{id}_{number}",
            CONTENT=content,
            **_box((word,)),
            WC=None if word.confidence is None else round(word.confidence, 3),
            CS="true" if by_person[number - 1] else None,
            TAGREFS=_tag(kinds[number - 1]) if kinds[number - 1] and not in_margin else None,
            **subs,
        )
        if word.other:
            _alto.add(string, "ALTERNATIVE", word.other)
        if hyphen:
            _alto.add(made, "HYP", CONTENT=hyphen)
    return whole


def _is_hyphenated(content: str) -> bool:
    """
    >>> _is_hyphenated("cam-"), _is_hyphenated("-"), _is_hyphenated("1981-")
    (True, False, False)
    """
    return content[-1:] != "" and content[-1] in _HYPHENS and content[-2:-1].isalpha()


def _space(line: Element, before: Word, after: Word) -> None:
    """The space between two words; where their boxes touch or overlap it has no width to tell."""
    start = before.hpos + before.width
    gap = after.hpos - start
    _alto.add(
        line,
        "SP",
        HPOS=start if gap > 0 else None,
        VPOS=before.vpos if gap > 0 else None,
        WIDTH=gap if gap > 0 else None,
    )


def _box(words: Iterable[Word]) -> dict[str, Any]:
    """The box around some words (at least one); those whose place is not known count only where all are such."""
    words = tuple(words)
    words = tuple(w for w in words if w.width > 0 and w.height > 0) or words
    left, top = min(w.hpos for w in words), min(w.vpos for w in words)
    return dict(
        HPOS=left,
        VPOS=top,
        WIDTH=max(w.hpos + w.width for w in words) - left,
        HEIGHT=max(w.vpos + w.height for w in words) - top,
    )
