"""hOCR, in XHTML or in HTML that is no XML: its words, boxes and confidences. Pure.

http://kba.github.io/hocr-spec/1.2/: ocr_page, ocr_carea, ocr_par, ocr_line and its likes, ocrx_word; `bbox` is left,
top, right, bottom in pixels, `x_wconf` a percentage. The standard library's HTML parser knows no entities but
characters, so nothing can be blown up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from archive.errors import SheetError
from ingest.sheets.encoding import decode
from ingest.transcripts.written import (
    NOWHERE,
    Box,
    NotUsable,
    Written,
    WrittenPage,
    WrittenWord,
    box_of,
    numbered,
    split,
)

NAME = "hOCR"

_PARAGRAPH = frozenset({"ocr_par", "ocr_carea", "ocrx_block"})
_LINE = frozenset({"ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat"})
_WORD = frozenset({"ocrx_word", "ocr_word"})
#: Elements that have no end tag and so hold nothing.
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_UNSHOWN = frozenset({"script", "style"})
_QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'')
_DECLARED = re.compile(
    rb"""(?:<\?xml[^>]{0,200}?encoding|<meta[^>]{0,200}?charset)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE
)


def parse(data: bytes) -> Written:
    """The pages in an hOCR file. Raises NotUsable where there is none."""
    reader = _Reader()
    reader.feed(_text(data))
    reader.close()
    reader.end_page()
    if not reader.pages:
        raise NotUsable("it has no ocr_page, so it is no hOCR")
    return Written(NAME, reader.software, tuple(reader.pages), numbered(reader.numbers))


def _text(data: bytes) -> str:
    declared = _DECLARED.search(data[:2048])
    if declared:
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, ValueError):
            pass  # it says so wrongly
    try:
        return decode(data, "").text
    except SheetError as broken:
        raise NotUsable("it is no text") from broken


@dataclass(slots=True)
class _Open:
    """An element not yet closed: `text` gathers what stands in it as a word of its own, or loose in a line."""

    tag: str
    classes: frozenset[str]
    box: Box
    confidence: float | None = None
    text: list[str] = field(default_factory=list)

    @property
    def gathers(self) -> bool:
        return bool(self.classes & (_WORD | _LINE | _PARAGRAPH))


class _Reader(HTMLParser):
    """Follows the elements; a line or paragraph that has text and no words in it has words nonetheless."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.software = ""
        self.pages: list[WrittenPage] = []
        self.numbers: list[int | None] = []
        self._size: Box | None = None
        self._open: list[_Open] = []
        self._depth: dict[str, int] = {}
        self._blocks: list[list[list[WrittenWord]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "meta" and said.get("name", "").lower() == "ocr-system":
            self.software = self.software or said.get("content", "").strip()
        if tag in _VOID:
            return self._gather(" ") if tag == "br" else None
        classes = frozenset(said.get("class", "").split())
        title = _QUOTED.sub("", said.get("title", ""))
        if "ocr_page" in classes:
            self.end_page()
            self._begin_page(title)
        around = next((one.box for one in reversed(self._open[-8:]) if one.box is not NOWHERE), NOWHERE)
        inside = _box(title) if "ocr_page" not in classes else None
        one = _Open(tag, classes, inside or around, _percentage(title))
        if self._size is not None:
            if classes & (_PARAGRAPH | _LINE | _WORD):
                self._flush()
            if classes & _PARAGRAPH:
                self._blocks.append([])
            if classes & _LINE:
                self._line()
        self._open.append(one)
        self._depth[tag] = self._depth.get(tag, 0) + 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._depth.get(tag):
            return
        while self._open:
            one = self._open.pop()
            self._depth[one.tag] -= 1
            self._take(one)
            if "ocr_page" in one.classes:
                self.end_page()
            if one.tag == tag:
                break

    def handle_data(self, text: str) -> None:
        if not (self._open and self._open[-1].tag in _UNSHOWN):
            self._gather(text)

    def _gather(self, text: str) -> None:
        """Text belongs to the nearest word, line or paragraph around it; markup between (`strong`, `em`) counts for
        nothing."""
        holder = next((one for one in reversed(self._open) if one.gathers or "ocr_page" in one.classes), None)
        if self._size is not None and holder is not None and holder.gathers:
            holder.text.append(text)

    def _flush(self) -> None:
        """What was gathered before something inside begins comes before it."""
        holder = next((one for one in reversed(self._open) if one.gathers), None)
        if holder is not None:
            self._take(holder)

    def _take(self, one: _Open) -> None:
        content = "".join(one.text).replace("\xad\n", "-\n")
        one.text.clear()
        if not content.strip() or not one.gathers:
            return
        content = content.strip()
        content = content[:-1] + "-" if content.endswith("\xad") else content
        if one.classes & _PARAGRAPH or not self._blocks or not self._blocks[-1]:
            self._line()
        self._blocks[-1][-1] += split(content, one.box, one.confidence)

    def _line(self) -> None:
        if not self._blocks:
            self._blocks.append([])
        self._blocks[-1].append([])

    def _begin_page(self, title: str) -> None:
        self._size = _box(title) or NOWHERE
        found = re.search(r"\bppageno\s+(\d{1,9})\b", title)
        self.numbers.append(int(found[1]) + 1 if found else None)

    def end_page(self) -> None:
        """Keeps the page under way, if there is one."""
        if self._size is None:
            return
        for one in self._open:
            self._take(one)
        left, top, width, height = self._size
        moved = tuple(
            tuple(tuple(_moved(word, left, top) for word in line) for line in block if line)
            for block in self._blocks
            if any(block)
        )
        self.pages.append(WrittenPage(moved, width, height))
        self._size, self._blocks = None, []


def _moved(word: WrittenWord, left: float, top: float) -> WrittenWord:
    """Boxes count from the image's corner; a page that begins elsewhere is a part of it."""
    if word.box is NOWHERE or not (left or top):
        return word
    return WrittenWord(word.content, (word.box[0] - left, word.box[1] - top, *word.box[2:]), word.confidence)


def _box(title: str) -> Box | None:
    """The box of a `title`: left, top, width, height.

    >>> _box("bbox 10 20 110 50; x_wconf 91")
    (10.0, 20.0, 100.0, 30.0)
    """
    said = re.search(r"\bbbox\s+(\S+)\s+(\S+)\s+(\S+)\s+([^\s;]+)", title)
    corners = box_of(said.groups()) if said else None
    if corners is None:
        return None
    left, top, right, bottom = corners
    return (left, top, max(0.0, right - left), max(0.0, bottom - top))


def _percentage(title: str) -> float | None:
    said = re.search(r"\bx_wconf\s+(\d+(?:\.\d+)?)", title)
    value = float(said[1]) if said else -1.0
    return value / 100 if 0 <= value <= 100 else None
