"""What a worksheet of an XLSX says beside its values: merged cells, comments, hidden and struck-out rows, other
texts."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

#: Patterns and colours of a cell's ground that are none: white of three kinds, and what every workbook has.
_NO_PATTERN = frozenset(("", "none", "gray125"))
_WHITE = frozenset(("FFFFFFFF", "00FFFFFF", "00000000"))


class Merge(NamedTuple):
    """Cells merged into one: rows and places, both ends included; `ref` as the program writes it (`L2:L3`)."""

    ref: str
    first_row: int
    last_row: int
    first_place: int
    last_place: int


class Comment(NamedTuple):
    """A note at a cell."""

    row: int
    place: int
    text: str
    author: str = ""


@dataclass
class Margin:
    """What a worksheet says beside its values. Rows by their numbers, places from 0.

    `hidden` are rows that somebody hid, `filtered` those that a filter hides; `struck` and `coloured` are cells;
    `texts` stand in drawings, headers and footers.
    """

    merges: list[Merge] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    filtered: set[int] = field(default_factory=set)
    struck: set[tuple[int, int]] = field(default_factory=set)
    coloured: set[tuple[int, int]] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)


def cell_at(reference: str) -> tuple[int, int]:
    """A cell's row and place (from 0) by its name; raises ValueError for what is none.

    >>> cell_at("A1"), cell_at("$AB$12")
    ((1, 0), (12, 27))
    """
    named = re.fullmatch(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", reference)
    if named is None:
        raise ValueError(f"{reference} is no cell")
    letters, digits = named.groups()
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return int(digits), place - 1


def margin_of(packed: zipfile.ZipFile, part: str, styles: Styles) -> Margin:
    """The margin of the worksheet in a part of an XLSX (`xl/worksheets/sheet1.xml`). Raises what a broken one
    raises."""
    found = Margin()
    _Worksheet(found, styles).read(packed, part)
    for kind, target in _related(packed, part):
        if kind == "comments":
            found.comments += _comments(packed, target)
        elif kind == "threadedComment":
            found.comments += _threaded(packed, target)
        elif kind == "drawing":
            found.texts += filter(None, [_words(packed, target)])
    return found


@dataclass(frozen=True)
class Styles:
    """The numbers of cell styles that strike out and that colour, and of shared texts that are struck out in part."""

    struck: frozenset[int] = frozenset()
    coloured: frozenset[int] = frozenset()
    struck_texts: frozenset[int] = frozenset()

    @classmethod
    def of(cls, packed: zipfile.ZipFile) -> Styles:
        """The styles of a workbook."""
        reader = _Styles()
        if "xl/styles.xml" in packed.namelist():
            _parse(packed, "xl/styles.xml", reader.begin, reader.end)
        texts = _SharedTexts()
        if "xl/sharedStrings.xml" in packed.namelist() and b"strike" in packed.read("xl/sharedStrings.xml"):
            _parse(packed, "xl/sharedStrings.xml", texts.begin)
        return cls(
            frozenset(n for n, (font, _) in enumerate(reader.cells) if font in reader.struck_fonts),
            frozenset(n for n, (_, fill) in enumerate(reader.cells) if fill in reader.fills),
            frozenset(texts.struck),
        )


class _Styles:
    def __init__(self):
        self.struck_fonts: set[int] = set()
        self.fills: set[int] = set()
        self.cells: list[tuple[int, int]] = []
        self._within: list[str] = []
        self._fonts = self._fills = -1
        self._pattern = ""

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        above = self._within[-1] if self._within else ""
        self._within.append(name)
        if name == "font" and above == "fonts":
            self._fonts += 1
        elif name == "strike" and "fonts" in self._within and _is_on(attributes.get("val", "1")):
            self.struck_fonts.add(self._fonts)
        elif name == "fill" and above == "fills":
            self._fills += 1
        elif name == "patternFill" and "fills" in self._within:
            self._pattern = attributes.get("patternType", "")
        elif name == "fgColor" and "fills" in self._within and self._pattern not in _NO_PATTERN:
            white = (
                attributes.get("rgb") in _WHITE
                or attributes.get("indexed") in ("9", "64", "65")
                or attributes.get("theme") == "0"
            )
            if not white:
                self.fills.add(self._fills)
        elif name == "xf" and above == "cellXfs":
            self.cells.append((int(attributes.get("fontId", 0)), int(attributes.get("fillId", 0))))

    def end(self, name: str) -> None:
        self._within.pop()


class _SharedTexts:
    def __init__(self):
        self.struck: set[int] = set()
        self._number = -1

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self._number += 1
        elif name == "strike" and _is_on(attributes.get("val", "1")):
            self.struck.add(self._number)


class _Worksheet:
    """Reads one worksheet's part into its margin; rows and cells without a number follow the one before."""

    def __init__(self, found: Margin, styles: Styles):
        self._found, self._styles = found, styles
        self._row, self._place = 0, -1
        self._hidden: set[int] = set()
        self._filters = False
        self._text: list[str] | None = None
        self._shared = False

    def read(self, packed: zipfile.ZipFile, part: str) -> None:
        _parse(packed, part, self._begin, self._end, self._said)
        (self._found.filtered if self._filters else self._found.hidden).update(self._hidden)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._place = cell_at(attributes["r"])[1] if "r" in attributes else self._place + 1
            style = int(attributes.get("s", 0))
            if style in self._styles.struck:
                self._found.struck.add((self._row, self._place))
            if style in self._styles.coloured:
                self._found.coloured.add((self._row, self._place))
            self._shared = attributes.get("t") == "s"
        elif name == "row":
            self._row, self._place = int(attributes.get("r", self._row + 1)), -1
            # A row folded away in an outline is not said to be hidden by anybody, and one of no height is.
            if _is_on(attributes.get("hidden", "0")) or attributes.get("ht") == "0":
                self._hidden.add(self._row)
        elif name == "v" and self._shared and self._styles.struck_texts:
            self._text = []
        elif name == "strike" and _is_on(attributes.get("val", "1")):
            self._found.struck.add((self._row, self._place))
        elif name == "mergeCell":
            first, _, last = attributes["ref"].partition(":")
            (top, left), (bottom, right) = cell_at(first), cell_at(last or first)
            self._found.merges.append(Merge(attributes["ref"], top, bottom, left, right))
        elif name == "filterColumn":
            self._filters = True
        elif name in _PRINTED:
            self._text = []

    def _end(self, name: str) -> None:
        if self._text is None:
            return
        said, self._text = "".join(self._text).strip(), None
        if name == "v":
            if said.isdecimal() and int(said) in self._styles.struck_texts:
                self._found.struck.add((self._row, self._place))
        elif name in _PRINTED and said:
            self._found.texts.append(re.sub(r"&(?:[LCRPNDTFAGBIUESXY]|\"[^\"]*\"|\d+|K[0-9A-F]{6})", " ", said).strip())

    def _said(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)


_PRINTED = frozenset(("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"))


def _is_on(written: str) -> bool:
    return written.casefold() not in ("0", "false")


def _comments(packed: zipfile.ZipFile, part: str) -> list[Comment]:
    authors: list[str] = []
    found: list[Comment] = []
    words: list[str] = []
    reading = ""
    at: tuple[str, str] = ("A1", "")

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal at, reading
        if name == "comment":
            at = (attributes.get("ref", "A1"), attributes.get("authorId", ""))
            words.clear()
        if name in ("author", "t"):
            reading = name
            if name == "author":
                authors.append("")

    def end(name: str) -> None:
        nonlocal reading
        reading = ""
        if name == "comment":
            author = authors[int(at[1])] if at[1].isdecimal() and int(at[1]) < len(authors) else ""
            found.append(Comment(*cell_at(at[0]), "".join(words).strip(), author))

    def said(text: str) -> None:
        if reading == "author":
            authors[-1] += text
        elif reading == "t":
            words.append(text)

    _parse(packed, part, begin, end, said)
    return found


def _threaded(packed: zipfile.ZipFile, part: str) -> list[Comment]:
    found: list[Comment] = []
    words: list[str] = []
    at = "A1"

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal at
        if name == "threadedComment":
            at = attributes.get("ref", "A1")
            words.clear()

    def end(name: str) -> None:
        if name == "threadedComment":
            found.append(Comment(*cell_at(at), "".join(words).strip()))

    _parse(packed, part, begin, end, words.append)
    return found


def _words(packed: zipfile.ZipFile, part: str) -> str:
    """The texts of the shapes in a drawing."""
    words: list[str] = []
    within = False

    def begin(name: str, _attributes: dict[str, str]) -> None:
        nonlocal within
        within = name == "t"

    def end(name: str) -> None:
        nonlocal within
        within = False
        if name == "p":
            words.append(" ")

    _parse(packed, part, begin, end, lambda text: words.append(text) if within else None)
    return "".join(words).strip()


def _related(packed: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str]]:
    """What belongs to a part: (last word of its type, its own part), where it is in the workbook."""
    folder, _, name = part.rpartition("/")
    names = frozenset(packed.namelist())
    found: list[tuple[str, str]] = []

    def begin(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            found.append((attributes.get("Type", "").rpartition("/")[2], target))

    relations = f"{folder}/_rels/{name}.rels"
    if relations in names:
        _parse(packed, relations, begin)
    return (one for one in found if one[1] in names)


def _parse(
    packed: zipfile.ZipFile, part: str, begin: Callable, end: Callable | None = None, said: Callable | None = None
) -> None:
    """Has a part read, element by element, names without their namespaces. Raises ValueError for what is no XML, or
    declares entities, which no spreadsheet program does and which can be made to unpack without end."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: begin(name.rpartition(":")[2], attributes)
    if end is not None:
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    if said is not None:
        parser.CharacterDataHandler = said
    parser.EntityDeclHandler = _no_entities
    try:
        with packed.open(part) as stream:
            parser.ParseFile(stream)
    except expat.ExpatError as broken:
        raise ValueError(f"{part}: {broken}") from broken


def _no_entities(*_) -> None:
    raise ValueError("it declares entities, as no spreadsheet does")
