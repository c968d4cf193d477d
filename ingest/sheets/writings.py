"""Tables and texts that lie beside scans and are no metadata of ours: which files they name, whether they speak of
access."""

from __future__ import annotations

import functools
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from pathlib import Path, PurePosixPath

from archive import knowledge
from archive.description import elements
from archive.errors import SheetError
from ingest.sheets.access_words import spoken
from ingest.sheets.cells import RETURNED, column_name
from ingest.sheets.encoding import decode
from ingest.sheets.sources import KINDS
from ingest.sheets.table import BROKEN, Table, read_tables, refuse_bomb

#: Bytes of a file that are looked through; a larger table is not read, and a larger text from its beginning.
LARGEST = 32 << 20
#: Headings by which a table is one of ours, though it be called otherwise: one of these and another known one.
_TELLING = frozenset(("id", "file", "access", "ref_id", "parent_ref_id"))
#: How those columns are called elsewhere.
_ALSO = {
    "id": "identificador identifier signatura codigo cota item unidad reference_code call_number no num numero",
    "file": "archivo fichero nombre_de_archivo nombre_del_archivo nombre_archivo filename file_name image imagen "
    "scan escaneo documento ruta path",
    "access": "acceso restriccion restricciones nivel_de_acceso condiciones_de_acceso access_conditions "
    "restriction restrictions confidencial restringido",
}
_FILE_LIKE = re.compile(r"[^\s|;,<>\"]+\.(?:tiff?|jpe?g|png|jp2|j2k|pdf|webp|gif|bmp|hei[cf]|djvu?)\b", re.I)
_RUN = re.compile("[ -~\u00a0-\u00ff]{2,}")


@dataclass(frozen=True)
class Writing:
    """What a table or text says of files: those it names, by their paths; whether it `speaks` of access, has headings
    `like_ours`, or names (`beyond`) what is not there or not told; `said`: id → what it says of access there, where it
    is like ours."""

    name: str
    named: frozenset[Path] = frozenset()
    speaks: str = ""
    like_ours: bool = False
    beyond: bool = False
    opaque: str = ""
    said: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def innocent(self) -> bool:
        """Whether it plainly is about something else than these scans."""
        return not (self.named or self.speaks or self.like_ours or self.beyond or self.opaque)


@functools.cache
def _kinds() -> Mapping[str, tuple[str, str]]:
    return {row["suffix"]: (row["kind"], row["holds"]) for row in knowledge.rows("ingest.sheets", "writings.tsv")}


def kind_of_file(path: Path) -> tuple[str, str]:
    """Whether a file is a `table` or a `text` by its name, and how its words are found; empty strings for others.

    >>> kind_of_file(Path("Metadata.CSV.txt")), kind_of_file(Path("metadata (1).csv")), kind_of_file(Path("0001.tif"))
    (('table', 'lines'), ('table', 'lines'), ('', ''))
    """
    suffixes = [one.casefold().lstrip(".") for one in path.suffixes]
    kinds = _kinds()
    if suffixes and suffixes[-1] in kinds:
        inner = next((kinds[one] for one in suffixes[:-1] if one in kinds and kinds[one][0] == "table"), None)
        return inner if inner and kinds[suffixes[-1]][0] == "text" else kinds[suffixes[-1]]
    if inner := next((kinds[one] for one in suffixes if one in kinds and kinds[one][0] == "table"), None):
        return inner  # metadata.xlsx.bak, metadata.csv.old
    return ("table", "lines") if column_name(path.stem) in _NAMES and not suffixes else ("", "")


_NAMES = frozenset((*KINDS, "metadatos", "inventario", "inventory"))


class Names:
    """The files by the names that a cell may give them: path, end of a path, name, name without its suffix, folder.
    With `below` by their paths below that folder alone."""

    def __init__(self, paths: Iterable[Path], below: Path | None = None):
        self._by: dict[str, set[Path]] = {}
        self._bare: dict[str, set[Path]] = {}
        for path in paths:
            if below is not None:
                self._by.setdefault(_plain(path.relative_to(below).as_posix()), set()).add(path)
                continue
            parts = [_plain(part) for part in path.parts]
            for start in range(1, len(parts)):
                self._by.setdefault("/".join(parts[start:]), set()).add(path)
            stem = PurePosixPath(parts[-1]).stem
            self._bare.setdefault(stem, set()).add(path)
            self._bare.setdefault("/".join((*parts[-2:-1], stem)), set()).add(path)
            if len(parts) > 1:
                self._bare.setdefault(parts[-2], set()).add(path)

    def add(self, id: str, paths: Iterable[Path]) -> None:
        """An item's id, and the files that are the item's."""
        self._bare.setdefault(_plain(id), set()).update(paths)

    def of(self, cell: str, *, numbers: bool, near: Path) -> set[Path]:
        """The files that a cell names, those below the folder `near` before others. Bare numbers name one only where
        `numbers` are sure to be names: 1984 may be a year, and 3 a sum."""
        found: set[Path] = set()
        for part in _parts(cell):
            known = self._by.get(part, set())
            if not known and (numbers or not _only_a_number(part)):
                known = self._bare.get(part, set())
            here = [path for path in known if path.is_relative_to(near)]
            found.update(here or known)
        return found


def _only_a_number(text: str) -> bool:
    return text.isdecimal() and not text.startswith("0") and len(text) < 5


def _parts(cell: str) -> Iterator[str]:
    plain = _plain(cell)
    yield plain
    if len(cell) > 4:
        for part in re.split(r"[|;,\n\t]", plain):
            yield part.strip(" \"'()[]")
        for found in _FILE_LIKE.finditer(plain):
            yield found[0].strip("\"'()[]").removeprefix("./")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("\\", "/").strip(" \t\r\n\"'").removeprefix("./").casefold()


def read_writing(path: Path, names: Names, near: Path | None = None) -> Writing:
    """What the file at `path` says of the files of `names`; raises nothing: what cannot be read may say anything."""
    kind, holds = kind_of_file(path)
    try:
        size = path.stat().st_size
        if kind == "table" and size > LARGEST:
            return Writing(path.name, opaque="it is too large to be looked through")
        with path.open("rb") as file:
            data = file.read(LARGEST)
        if holds == "opaque":
            return Writing(path.name, opaque="tables of this format cannot be read")
        if holds == "workbook" or holds == "lines" and kind == "table":
            tables = read_tables(path, path.name, elements())
        else:
            tables = (_as_table(path.name, _words(data, holds)),)
    except (SheetError, *BROKEN) as broken:
        if not data_is_blank(path):
            return Writing(path.name, opaque=f"it cannot be read ({getattr(broken, 'message', broken)})")
        return Writing(path.name)
    found = [of_table(table, names, near or path.parent) for table in tables if table.header]
    told = merged(path.name, found)
    # A text that names a scan is a report as often as not; only one that speaks of access, too, may restrict it.
    return told if kind == "table" or told.named and told.speaks else Writing(path.name)


def data_is_blank(path: Path) -> bool:
    """Whether there is nothing in the file at all."""
    try:
        return not path.read_bytes()[:4096].strip()
    except OSError:
        return False


def merged(name: str, found: Iterable[Writing]) -> Writing:
    """What several tables of one file say together."""
    found = tuple(found)
    said: dict[str, tuple[str, ...]] = {}
    for one in found:
        said |= one.said
    return Writing(
        name,
        frozenset().union(*(one.named for one in found)),
        next((one.speaks for one in found if one.speaks), ""),
        any(one.like_ours for one in found),
        any(one.beyond for one in found),
        next((one.opaque for one in found if one.opaque), ""),
        said,
    )


def of_table(table: Table, names: Names, near: Path, *, notes: bool = False) -> Writing:
    """What one table says of files. `notes`: it is a worksheet beside one that was read, perhaps a list of words or
    instructions: only what it orders is speaking of access there, not that it has the word."""
    header_row, columns = headings_of(table)
    like_ours = header_row > 0
    kinds = ("order",) if notes and not like_ours else ("state", "order")
    named: set[Path] = set()
    beyond = False
    speaks = "a column of access" if columns.keys() & {"access", "parent_ref_id"} else ""
    said: dict[str, tuple[str, ...]] = {}
    for number, cells in ((table.header_row, table.header), *table.rows):
        if like_ours and number <= header_row:
            speaks = speaks or next(filter(None, (spoken(cell, "heading", "state", "order") for cell in cells)), "")
            continue
        here = set().union(*(names.of(cell, numbers=like_ours, near=near) for cell in cells if cell.strip()))
        named |= here
        beyond |= not here and (like_ours or any(_FILE_LIKE.search(cell) for cell in cells))
        speaks = speaks or next(filter(None, (spoken(cell, *kinds) for cell in cells)), "")
        if like_ours and "id" in columns:
            key, *access = (
                cells[place].strip() if place is not None and place < len(cells) else ""
                for place in map(columns.get, ("id", "access", "access_reason", "parent_ref_id", "file"))
            )
            said[key] = tuple(access)
    if table.margin.comments or table.margin.struck or table.margin.hidden:
        said = {}  # it may say more than its cells
    beside = (*(one.text for one in table.margin.comments), *table.margin.texts, table.worksheet)
    speaks = speaks or next(filter(None, (spoken(text, *kinds) for text in beside)), "")
    return Writing(table.name, frozenset(named), speaks, like_ours, beyond, "", said)


def headings_of(table: Table) -> tuple[int, dict[str, int]]:
    """The row of the first headings like ours, within the first rows, and the columns by their places; 0 where there is
    none."""
    known = _headings()
    for number, cells in ((table.header_row, table.header), *table.rows[:9]):
        columns: dict[str, int] = {}
        for place, cell in enumerate(cells):
            if column := known.get(column_name(cell)):
                columns.setdefault(column, place)
        if len(columns) > 1 and columns.keys() & _TELLING:
            return number, columns
    return 0, {}


@functools.cache
def _headings() -> Mapping[str, str]:
    """Heading, as columns are named → column."""
    found: dict[str, str] = {}
    for kind in KINDS:
        for one in elements(kind).values():
            for name in (one.column, one.label_en, one.label_es):
                found.setdefault(column_name(name), one.column)
    return (
        found
        | {name: column for column, names in _ALSO.items() for name in names.split()}
        | dict.fromkeys(RETURNED, "errors")
    )


def _as_table(name: str, words: Iterable[str]) -> Table:
    rows = tuple((number, (one,)) for number, one in enumerate(words, 1) if one.strip())
    return Table(name, rows[0][0], rows[0][1], rows[1:]) if rows else Table(name)


def _words(data: bytes, holds: str) -> Iterator[str]:
    """The words of a file, in pieces as they stand together. Raises what a broken file raises."""
    match holds:
        case "lines":
            yield from re.split(r"[\r\n]+", decode(data, "").text)
        case "markup":
            yield from _of_markup(data)
        case "parts" if data.startswith(b"PK"):
            refuse_bomb(data, "")
            with zipfile.ZipFile(BytesIO(data)) as packed:
                for part in packed.namelist():
                    if part.endswith((".xml", ".rels")):
                        yield from _of_markup(packed.read(part))
                    elif part.endswith(".bin"):
                        yield from _runs(packed.read(part))
        case _:
            yield from _runs(data)


def _of_markup(data: bytes) -> Iterator[str]:
    text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
    if "<w:p" in text:  # Word parts a word at every change of its style: only a paragraph ends it
        text = re.sub(r"<(?!/w:p>)[^>]*>", "", text)
    for piece in re.split(r"<[^>]*>", text):
        if piece.strip():
            yield unescape(piece.strip())
    yield from (unescape(found[1]) for found in re.finditer(r"=\"([^\"<>]*\.\w{2,4})\"", text))


def _runs(data: bytes) -> Iterator[str]:
    """Runs of letters in eight bits, and in sixteen at even and at odd places: as old programs keep their texts."""
    for text in (
        data.decode("cp1252", "replace"),
        data.decode("utf-16-le", "replace"),
        data[1:].decode("utf-16-le", "replace"),
    ):
        yield from (found[0].strip() for found in _RUN.finditer(text))
