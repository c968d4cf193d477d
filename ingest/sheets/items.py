"""Reads the rows of metadata.csv and pages.csv: items with their files and what is said of them, and pages."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from archive import dates
from archive.description import Source, Statement
from archive.errors import SheetError
from ingest.sheets.access import may_restrict, read_access, read_page_access
from ingest.sheets.cells import Row, SpreadsheetReader
from ingest.sheets.components import near_reference
from ingest.sheets.doubtful import of_item
from ingest.sheets.paths import Folder, bare, strip_zeros
from ingest.sheets.rows import DoubtfulRow, ItemRow, PageRow, Part
from ingest.sheets.spoilt import Finding, mend
from ingest.sheets.values import parse_pages


@dataclass(frozen=True)
class Items:
    """The rows taken in, the files of those refused (see Sheets), and the ids of all."""

    rows: tuple[ItemRow, ...]
    held: frozenset[str] = frozenset()
    rest_held: bool = False
    ids: frozenset[str] = frozenset()
    unfound: frozenset[str] = frozenset()
    doubtful: tuple[DoubtfulRow, ...] = ()


@dataclass(frozen=True)
class References:
    """The ref_ids known, and those of them that restrict access; `told` says whether anybody has told of components at
    all."""

    known: Collection[str] = ()
    closed: Collection[str] = ()
    told: bool = False


def read_items(sheets: Sequence[SpreadsheetReader], folder: Folder, components: References) -> Items:
    """The items of all tables of them, in their order."""
    taken: dict[str, ItemRow] = {}
    rows: dict[str, Row] = {}
    contested: list[tuple[Row, ItemRow, frozenset[str]]] = []
    held: set[str] = set()
    rest_held = any(sheet.unclear for sheet in sheets)
    ids: set[str] = set()
    missing: set[str] = set()
    barcodes: list[tuple[Row, str]] = []
    doubtful: list[DoubtfulRow] = []
    for row in (row for sheet in sheets for row in sheet.rows):
        files, unfound = _files(row, folder)
        item = _item(row, files, unfound)
        _check_parent(row, item, components)
        ids.add(item.id)
        if not item.id:
            row.refuse(
                "id",
                "it is empty" if not row.written("id") else "the row has no id that can be used",
                "Give the item an id of its own.",
            )
        elif item.id in taken:
            row.refuse(
                "id", f"{item.id} stands in {_place(taken[item.id], row)} already", "Give each item its own.", item.id
            )
        restricts = (
            may_restrict(row)
            or item.access is not None
            and item.access.state != "open"
            or item.parent_ref_id in components.closed
        )
        if restricts or row.refused and item.id in taken:
            contested.append((row, item, frozenset(path for inside in files.values() for path in inside)))
        if row.refused:
            held.update(path for inside in files.values() for path in inside)
            held.update(files)
            held.update(path for one in unfound for path in folder.likely(one))
            missing.update(unfound)
            rest_held |= bool(unfound) and restricts
            likely = (path for one in unfound for path in folder.likely(one))
            inside = (path for paths in files.values() for path in paths)
            doubtful += of_item(row, item, (*inside, *likely), unfound, components)
            continue
        taken[item.id], rows[item.id] = item, row
        if item.barcode:
            barcodes.append((row, item.barcode))
        _check_zeros(row, item)
        _check_dates(row, item)
    for id in _contested(taken, rows, contested):
        item = taken.pop(id)
        held.update(item.files)
        doubtful.append(DoubtfulRow(item.row, item.sheet, id, item.files))
    _check_barcodes(barcodes)
    _check_overlaps(rows, taken.values())
    return Items(tuple(taken.values()), frozenset(held), rest_held, frozenset(ids), frozenset(missing), tuple(doubtful))


def _contested(
    taken: Mapping[str, ItemRow], rows: Mapping[str, Row], contested: Sequence[tuple[Row, ItemRow, frozenset[str]]]
) -> set[str]:
    """The ids of rows that say nothing of access, and of whose pages another row does, or may."""
    waiting: set[str] = set()
    of_file: dict[str, list[str]] = {}
    for id, item in taken.items():
        for path in item.files if contested else ():
            of_file.setdefault(path, []).append(id)
    for other, theirs, files in contested:
        same = [theirs.id] if theirs.id in taken else []
        for id in dict.fromkeys((*same, *(id for path in sorted(files) for id in of_file.get(path, ())))):
            item, row = taken[id], rows[id]
            if row is other or id in waiting or item.access is not None and item.id != theirs.id:
                continue
            if (
                item.id == theirs.id
                and item.access == theirs.access
                and item.parent_ref_id == theirs.parent_ref_id
                and not other.waits
            ):
                continue
            shared = sorted(part.file for part in item.parts if part.file in files and not _apart(part, theirs.parts))
            if shared or item.id == theirs.id:
                waiting.add(id)
                what = f"its pages ({shared[0]})" if shared else f"item {id}"
                row.refuse(
                    "access",
                    f"{_place(theirs, row)} says of {what} what may restrict it, and this row says nothing",
                    "Write the access of each row, or delete one of the two.",
                )
    return waiting


def _apart(part: Part, theirs: Sequence[Part]) -> bool:
    """Whether the other row's pages of the file are known to be others than these."""
    of_file = [one for one in theirs if one.file == part.file]
    if not part.pages or not of_file:
        return False
    ours = set(part.pages.numbers)
    return all(one.pages and not ours & set(one.pages.numbers) for one in of_file)


def _place(item: ItemRow, seen_from: Row) -> str:
    """A row as messages of another row name it: with its spreadsheet, where that is another."""
    return f"row {item.row}" + (f" of {item.sheet}" if item.sheet != seen_from.sheet.name else "")


def _files(row: Row, folder: Folder) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """Path named → the files it means (itself, or the page images in it), and the names not found."""
    found: dict[str, tuple[str, ...]] = {}
    unfound: list[str] = []
    named = [value.text for value in row.values("file")]
    if not named and not row.refused:
        row.refuse(
            "file", "it is empty" if not row.written("file") else "no file can be told from it", "Name the item's file."
        )
    for written in named:
        try:
            path, findings = _find(folder, written)
            files: tuple[str, ...] = (path,)
            if folder.is_folder(path):
                files, more = folder.pages(path)
                findings += more
        except SheetError as wrong:
            unfound.append(written)
            row.refuse("file", wrong.message, wrong.remedy, written, next(iter(folder.likely(written)), ""))
            continue
        row.tell("file", findings)
        if path in found:
            row.refuse("file", f"{path} is named twice", "Name it once; its pages go into the column pages.", written)
        found[path] = files
    return found, unfound


def _find(folder: Folder, written: str) -> tuple[str, tuple[Finding, ...]]:
    """The path as it is written; where that is not there, as it was before a spreadsheet spoilt it."""
    try:
        return folder.find(written)
    except SheetError:
        cell = mend(written, "text")
        if cell.text == written:
            raise
        path, findings = folder.find(cell.text)
        return path, cell.findings + findings


def _item(row: Row, files: Mapping[str, tuple[str, ...]], unfound: list[str]) -> ItemRow:
    parts = () if unfound else _parts(row, files)
    return ItemRow(
        row.number,
        row.one("id"),
        parts,
        row.one("parent_ref_id"),
        _statements(row, row.sheet.name.rpartition("/")[2]),
        row.one("box"),
        row.one("folder"),
        row.one("barcode"),
        read_access(row, "item"),
        row.sheet.name,
    )


def _parts(row: Row, files: Mapping[str, tuple[str, ...]]) -> tuple[Part, ...]:
    """The files with their pages and checksums; a row whose pages are not understood is refused, for
    all pages are not what was meant."""
    ranges = [value.text for value in row.values("pages", positional=True)]
    sums = [value.text for value in row.values("sha256", positional=True)]
    if ranges and any(
        part.strip() and not read for part, read in zip(row.written("pages").split("|"), ranges, strict=False)
    ):
        row.refuse("pages", "which pages are meant is not clear", "", row.written("pages"))
        ranges = []
    if len(ranges) > max(len(files), 1):
        row.refuse(
            "pages",
            f"it has {len(ranges)} ranges for {len(files)} files",
            "Write one for each file, separated by |.",
            row.written("pages"),
        )
        ranges = []
    parts: list[Part] = []
    for (path, inside), pages in zip(files.items(), ranges + [""] * len(files), strict=False):
        wanted = parse_pages(pages) if pages else None
        if inside == (path,):
            parts.append(Part(path, wanted))
        elif wanted is None:
            parts += [Part(one) for one in inside]
        elif wanted.last > len(inside):
            row.refuse("pages", f"{pages} goes beyond the {len(inside)} pages in {path}", "Correct the range.", pages)
        else:
            parts += [Part(inside[number - 1]) for number in wanted.numbers]
    if sums and len(sums) != len(parts) and not row.refused:
        row.leave_out(
            "sha256",
            f"it has {len(sums)} checksums for {len(parts)} files; none was used",
            "Write one for each file, separated by |.",
        )
    elif sums:
        parts = [replace(part, sha256=one) for part, one in zip(parts, sums, strict=False)]
    return tuple(parts)


def _statements(row: Row, sheet: str) -> tuple[Statement, ...]:
    """What the row says of its item, in the columns' order; a value that was mended carries what was written."""
    said: list[Statement] = []
    for column in row.said:
        paired = column == "creator_role"  # the second role belongs to the second creator
        values = row.values(column, positional=paired)
        while values and not values[-1].text:
            values = values[:-1]
        for value in values:
            said.append(_statement(column, value.text, value.written, sheet))
    if row.written("creator_role"):
        roles, creators = (sum(one.element == column for one in said) for column in ("creator_role", "creator"))
        if roles > creators:
            row.warn(
                "creator_role",
                f"it has {roles} roles for {creators} creators",
                "Write one for each creator, in the same order.",
            )
    return tuple(said)


@functools.lru_cache(maxsize=8192)
def _statement(column: str, text: str, written: str, sheet: str) -> Statement:
    """One statement; those of the same words are one value, for they are many."""
    return Statement(column, text, Source.SPREADSHEET, f"{sheet}, written “{written}”" if written else sheet)


def _check_parent(row: Row, item: ItemRow, components: References) -> None:
    if not item.parent_ref_id or item.parent_ref_id in components.known:
        return
    # Under no component it would not inherit what closes that one.
    remedy = (
        near_reference(item.parent_ref_id, components.known)
        if components.told
        else "Add components.csv, or import the finding aid first."
    )
    row.refuse("parent_ref_id", f"there is no component {item.parent_ref_id}", remedy, item.parent_ref_id)


def _check_zeros(row: Row, item: ItemRow) -> None:
    """An id of digits that its file has with zeros before it was typed with them, and lost them."""
    names = {bare(item.parts[0].file.rpartition("/")[2]), *item.parts[0].file.casefold().split("/")[:-1]}
    key = item.id.casefold()
    longer = [name for name in names if len(name) > len(key) and strip_zeros(name) == strip_zeros(key)]
    if longer and re.search(r"\d", key):
        row.warn(
            "id",
            f"{item.id} may have lost its leading zeros: its file is {item.parts[0].file}; it was used as it stands",
            f"Write {longer[0]} if that is the id, the column formatted as text.",
            longer[0],
        )


def _check_dates(row: Row, item: ItemRow) -> None:
    """The year in words must be one that the EDTF allows."""
    if not row.written("date") or not row.written("date_edtf"):
        return
    said = {one.element: one.value for one in item.statements if one.element in ("date", "date_edtf")}
    if len(said) < 2:
        return
    bounds = dates.parse(said["date_edtf"])
    years = [int(year) for year in re.findall(r"(?<!\d)(?:1[6-9]|20)\d\d(?!\d)", said["date"])]
    if (
        years
        and bounds.earliest
        and bounds.latest
        and not any(bounds.earliest.year <= year <= bounds.latest.year for year in years)
    ):
        row.warn(
            "date_edtf",
            f"{said['date_edtf']} is not the year that date says ({said['date']})",
            "Correct the one that is wrong.",
        )


def _check_barcodes(barcodes: list[tuple[Row, str]]) -> None:
    """Barcodes of a collection are of one length; a shorter one has lost its leading zeros."""
    lengths = Counter(len(code) for code in {code for _, code in barcodes if code.isdecimal()})
    if not lengths:
        return
    usual, many = lengths.most_common(1)[0]
    for row, code in barcodes:
        if code.isdecimal() and len(code) < usual and many > 1:
            row.warn(
                "barcode",
                f"{code} is shorter than the others ({usual} digits) and may have lost leading zeros; it was used "
                "as it stands",
                f"Write {code.zfill(usual)} if that is the barcode, the column formatted as text.",
                code.zfill(usual),
            )


def _check_overlaps(rows: Mapping[str, Row], items: Collection[ItemRow]) -> None:
    """Warns of pages that are in two items: that is possible, and mostly a typing error."""
    named = Counter(part.file for item in items for part in item.parts)
    taken: dict[str, list[tuple[ItemRow, frozenset[int] | None]]] = {}
    for item in items:
        for part in item.parts:
            if named[part.file] == 1:
                continue
            numbers = frozenset(part.pages.numbers) if part.pages else None
            for other, theirs in taken.get(part.file, ()):
                shared = numbers is None or theirs is None or numbers & theirs
                if shared and other is not item:
                    what = f"page {min(shared)} of {part.file}" if shared is not True else part.file
                    rows[item.id].warn(
                        "pages",
                        f"{what} is in item {other.id} ({_place(other, rows[item.id])}) too",
                        "Correct the pages if that is not meant.",
                    )
            taken.setdefault(part.file, []).append((item, numbers))


def read_pages(
    sheets: Sequence[SpreadsheetReader], folder: Folder, items: Mapping[str, ItemRow], known_ids: Collection[str]
) -> tuple[tuple[PageRow, ...], frozenset[str], tuple[DoubtfulRow, ...]]:
    """The rows of all tables of pages, and the ids of items that must wait: a row that may restrict a page of theirs
    could not be read; and those rows, and the ones that may restrict a page of an item whose own row was refused.
    `known_ids` are the ids of the metadata, of refused rows too."""
    read: list[PageRow] = []
    doubtful: list[DoubtfulRow] = []
    waiting: set[str] = set()
    seen: dict[tuple[str, int | None, str], int] = {}
    for row in (row for sheet in sheets for row in sheet.rows):
        id = row.one("id")
        page = _page(row, id, folder, items.get(id))
        if id not in items and not row.refused:
            if id in known_ids:
                if page.access is not None and page.access.state != "open":
                    doubtful.append(DoubtfulRow(row.number, row.sheet.name, id))
                continue  # the item's own row was refused, and that was said
            row.refuse(
                "id", f"there is no item {id} in the metadata" if id else "it is empty", near_item(id, items), id
            )
        key = (page.id, page.sequence, page.file)
        if not row.refused and key in seen:
            row.refuse("sequence", f"row {seen[key]} is of the same page", "Keep one row for each page.")
        if row.refused:
            if may_restrict(row):
                waiting.update(
                    one for one in items if one == id or strip_zeros(one.casefold()) == strip_zeros(id.casefold())
                )
                doubtful.append(DoubtfulRow(row.number, row.sheet.name, id, (page.file,) if page.file else ()))
            continue
        seen[key] = row.number
        read.append(page)
    return tuple(read), frozenset(waiting), tuple(doubtful)


def _page(row: Row, id: str, folder: Folder, item: ItemRow | None) -> PageRow:
    sequence, file = row.one("sequence"), row.one("file")
    if row.written("sequence") and not sequence:
        row.refuse("sequence", "which page is meant is not clear", "", row.written("sequence"))
    elif not sequence and not file:
        row.refuse(
            "sequence",
            "it is empty, and so is file: which page is meant is not clear",
            "Write the page's place in the item, from 1.",
        )
    if file:
        try:
            file, findings = _find(folder, file)
            row.tell("file", findings)
            if item is not None and file not in item.files:
                row.refuse("file", f"{file} is no file of item {id}", "Correct id or file.", file)
        except SheetError as wrong:
            row.refuse("file", wrong.message, wrong.remedy, file)
    return PageRow(
        row.number,
        id,
        int(sequence) if sequence else None,
        file,
        row.one("label"),
        row.one("role"),
        read_page_access(row),
        tuple(value.text for value in row.values("language")),
    )


def near_item(id: str, items: Collection[str]) -> str:
    likely = [one for one in items if id and strip_zeros(one.casefold()) == strip_zeros(id.casefold())]
    return f"Perhaps {likely[0]} is meant." if len(likely) == 1 else "Correct the id."
