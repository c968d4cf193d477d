"""What lies beside the scans and may speak of them: their spreadsheets, read, and what was not read, for which files
wait."""

from __future__ import annotations

import functools
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from archive.config import Config
from archive.description import elements
from ingest.intake.survey import SHEETS, Sheet, Survey, passing_over
from ingest.sheets import Problem, Sheets, read_folder
from ingest.sheets.rows import ItemRow
from ingest.sheets.table import Table
from ingest.sheets.values import read_cell
from ingest.sheets.writings import Names, Writing, kind_of_file, of_table, read_writing
from ingest.transcripts.pairing import candidates

#: So many folders above a path that is taken in are looked at for a spreadsheet that describes it.
_ABOVE = 4
#: Suffixes of what is still being copied.
_PARTIAL = (".part", ".partial", ".filepart", ".crdownload", ".tmp")
_DO = (
    "Name it {sheet} if it describes the scans; else add its name to ingest.ignore, or name it in a row of the "
    "metadata if it belongs to the "
    "collection."
)


@dataclass
class Beside:
    """The spreadsheets that were read, by folder, nearest to the root first as they were found, each as `Sheet` too;
    the problems of them and of what was not read, by folder; path → (why, what to do) of each file that waits for it.
    `doubtful` are the files that what was not read names, and may restrict."""

    sheets: dict[Path, Sheets] = field(default_factory=dict)
    found: list[Sheet] = field(default_factory=list)
    problems: list[tuple[Path, Problem]] = field(default_factory=list)
    waiting: dict[Path, tuple[str, str]] = field(default_factory=dict)
    doubtful: set[Path] = field(default_factory=set)


def look(
    survey: Survey, given: Sequence[Path], config: Config, components: Collection[str], roots: Collection[Path]
) -> Beside:
    """What lies beside the files of a survey of the `given` paths. `components` are the ref_ids that the catalog has,
    `roots` the folders that masters are known by."""
    return _Looking(survey, given, config, set(components), frozenset(roots)).look()


class _Looking:
    def __init__(
        self, survey: Survey, given: Sequence[Path], config: Config, components: set[str], roots: frozenset[Path]
    ):
        self._survey, self._given, self._components, self._roots = survey, given, components, roots
        self._ignore = config.ingest.ignore
        self._passing_over = passing_over(self._ignore)
        self._beside = Beside()

    def look(self) -> Beside:
        above = list(self._above())
        for folder, names, near in above:
            sheets = [name for name in names if name.casefold() in SHEETS]
            if sheets:
                self._read_above(folder, sheets, near)
        of_folder: dict[Path, list[Sheet]] = {}
        for sheet in self._survey.sheets:
            of_folder.setdefault(sheet.path.parent, []).append(sheet)
        for folder, inside in of_folder.items():
            said = self._read(folder, [sheet.path.name for sheet in inside])
            self._beside.found += inside
            self._beside.problems += ((folder, one) for one in said.problems)
        self._not_read()
        self._named_elsewhere()
        for path in self._writings():
            self._judge(path, read_writing(path, self._names), path.parent, SHEETS.get(path.name.casefold(), ""))
        for folder, names, near in above:
            for path in (
                folder / name
                for name in names
                if near and name.casefold() not in SHEETS and kind_of_file(folder / name)[0]
            ):
                below = Names((file.path for file in self._survey.files if file.path.is_relative_to(folder)), folder)
                # Of a folder above only what it names by its path: it may be of anything else.
                told = read_writing(path, self._names if folder in self._asked_folders else below)
                if folder in self._asked_folders or told.named:
                    self._judge(
                        path, told if folder in self._asked_folders else replace(told, beyond=False, opaque=""), folder
                    )
        for folder, said in self._beside.sheets.items():
            for table in said.leftover:
                self._judge_worksheet(folder, table)
            for table in said.unread:
                self._beside.doubtful |= of_table(table, self._names, folder).named
        return self._beside

    # -- spreadsheets

    def _read(self, folder: Path, names: Collection[str]) -> Sheets:
        said = read_folder(folder, known_components=self._components, ignore=self._ignore, names=names)
        self._components |= {row.ref_id for row in said.components}
        self._beside.sheets[folder] = said
        return said

    def _read_above(self, folder: Path, names: Collection[str], near: bool) -> None:
        """A spreadsheet in a folder that was not asked for: its rows of what was count, and only what is wrong with
        these is said."""
        said = self._read(folder, names)
        asked = {row.row for row in said.items for file in row.files if self._is_asked_for(folder / file)}
        root = next((one for one in (folder, *folder.parents) if one in self._roots), folder)
        if said.refused and not near:
            self._beside.sheets[folder] = Sheets(doubtful=said.doubtful)
            if root not in self._roots or not said.doubtful:
                del self._beside.sheets[folder]  # nothing below is known by it
                return
        self._beside.found += (
            Sheet(folder / name, root, (folder / name).relative_to(root).as_posix(), SHEETS[name.casefold()])
            for name in names
        )
        self._beside.problems += (
            (folder, one)
            for one in said.problems
            if one.scope == "file"
            and (one.severity == "error" or said.items)
            or one.row in asked
            or one.value
            and self._is_asked_for(folder / one.value)
        )

    def _is_asked_for(self, path: Path) -> bool:
        return any(path == one or one in path.parents for one in self._given)

    @functools.cached_property
    def _asked_folders(self) -> frozenset[Path]:
        """The folders of files that were asked for one by one: what lies there lies beside them."""
        return frozenset(path.parent for path in self._given if not path.is_dir())

    def _above(self) -> Iterator[tuple[Path, list[str], bool]]:
        """The folders above what was asked for, the highest first: (folder, names of files in it, is it the
        nearest)."""
        seen: dict[Path, bool] = {}
        for path in self._given:
            folder = path.parent
            for step in range(_ABOVE):
                if (
                    folder.parent == folder
                    or folder == Path.home()
                    or any(folder == one or one in folder.parents for one in self._given if one.is_dir())
                ):
                    break
                seen[folder] = seen.get(folder, False) or step == 0
                if folder in self._roots:
                    break
                folder = folder.parent
        for folder in sorted(seen, key=lambda one: len(one.parts)):
            try:
                with os.scandir(folder) as entries:
                    names = sorted(
                        entry.name for entry in entries if self._passing_over(entry.name) is None and entry.is_file()
                    )
            except OSError:
                continue
            yield folder, names, seen[folder]

    def _not_read(self) -> None:
        """Spreadsheets that may not be read, lead out of the folder, are still being copied, or are passed over by a
        pattern that does not mean them: what they say is not known, and their folder waits."""
        for refused in self._survey.refused:
            if refused.path.name.casefold() in SHEETS:
                self._refuse(refused.path, refused.reason, refused.remedy)
        for one in self._survey.passed_over:
            name = one.path.name.casefold()
            partial = next((suffix for suffix in _PARTIAL if name.endswith(suffix)), "")
            if partial and (
                name.removesuffix(partial) in SHEETS or kind_of_file(Path(name.removesuffix(partial)))[0] == "table"
            ):
                self._refuse(one.path, "is still being copied", "Wait until it is whole, or take it away.")
            elif name in SHEETS and one.pattern.casefold() != name:
                self._refuse(
                    one.path,
                    f"is passed over by ingest.ignore: {one.pattern}",
                    f"Put {one.path.name} itself into ingest.ignore if it is not to be read.",
                )

    def _refuse(self, sheet: Path, reason: str, remedy: str) -> None:
        folder = sheet.parent
        self._beside.sheets[folder] = self._beside.sheets.get(folder, Sheets()).without_rows()
        self._say(
            folder, sheet.name, f"it {reason}; what it says is not known, and all files of the folder wait", remedy
        )

    def _named_elsewhere(self) -> None:
        """What rows name that is not there may be what lies in another folder."""
        for folder, said in self._beside.sheets.items():
            doubtful = {written for row in said.doubtful for written in row.unfound}
            for written in sorted(said.unfound | doubtful):
                for path in sorted(self._names.of(written, numbers=False, near=folder) - self._rows.keys()):
                    if written in doubtful:
                        self._beside.doubtful.add(path)
                    if not path.is_relative_to(folder):
                        self._wait(
                            path,
                            f"{folder.name}/ has a spreadsheet with a row for {written}, which is not there and "
                            "may be this file",
                            "Put the spreadsheet where its files are, or correct the row.",
                        )

    # -- what is not read

    @functools.cached_property
    def _rows(self) -> dict[Path, list[ItemRow]]:
        found: dict[Path, list[ItemRow]] = {}
        for folder, said in self._beside.sheets.items():
            for row in said.items:
                for file in row.files:
                    found.setdefault(folder / file, []).append(row)
        return found

    @functools.cached_property
    def _by_id(self) -> dict[str, ItemRow]:
        return {row.id.casefold(): row for said in self._beside.sheets.values() for row in said.items}

    @functools.cached_property
    def _names(self) -> Names:
        names = Names(file.path for file in self._survey.files if not kind_of_file(file.path)[0])
        for folder, said in self._beside.sheets.items():
            for row in said.items:
                names.add(row.id, (folder / file for file in row.files))
        return names

    def _writings(self) -> Iterator[Path]:
        """Files that are tables or texts by their names: no transcripts, none that a row names as an item; and
        spreadsheets beside which another was read."""
        for sheet in self._survey.sheets:
            said = self._beside.sheets.get(sheet.path.parent)
            if said is not None and not said.refused and sheet.path.name not in said.used:
                yield sheet.path
        paths = [file.path for file in self._survey.files if kind_of_file(file.path)[0] and file.path not in self._rows]
        if not paths:
            return
        transcripts = candidates(file.path for file in self._survey.files)
        yield from (path for path in paths if path not in transcripts or kind_of_file(path)[0] == "table")

    def _judge(self, path: Path, told: Writing, folder: Path, kind: str = "") -> None:
        if told.innocent:
            return
        if self._is_copy(told):
            if not kind:
                self._wait(
                    path, "is a copy of the metadata, and no item", "Take it away, or add its name to ingest.ignore."
                )
            return
        number = self._hold(told, folder, path)
        ending = path.suffix.casefold()
        sheet = f"metadata{ending if ending in ('.csv', '.xlsx', '.tsv', '.xlsm') else '.xlsx'}"
        what = f"{_what(told)}; it was not read as metadata"
        remedy = "Keep one of them." if kind else _DO.format(sheet=sheet)
        if kind_of_file(path)[0] == "text":
            remedy = "Write what it says into the metadata, and add its name to ingest.ignore."
        self._say(folder, path.name, f"{what}, and {number} file{'s wait' if number != 1 else ' waits'}", remedy)
        if not kind:
            self._wait(path, what, remedy)

    def _judge_worksheet(self, folder: Path, table: Table) -> None:
        from ingest.sheets.template import is_ours  # what writes workbooks takes a quarter of a second to load

        if is_ours(table):
            return
        told = of_table(table, self._names, folder, notes=True)
        if told.innocent:
            return
        number = self._hold(told, folder)
        name = f"{folder.name}/{table.name.rpartition('/')[2]} ({table.worksheet})"
        self._beside.problems.append(
            (
                folder,
                Problem(
                    name,
                    0,
                    "",
                    "error",
                    f"the worksheet {_what(told)}; it was not understood, and {number} "
                    f"file{'s wait' if number != 1 else ' waits'}",
                    "Give it the columns id and file if it describes items, or take it out of the workbook.",
                    "file",
                ),
            )
        )

    def _is_copy(self, told: Writing) -> bool:
        """Whether it says of access what the metadata that was read says, and of nothing else."""
        if not told.said or told.opaque or told.speaks not in ("", "a column of access"):
            return False
        for id, (access, _, parent, *_) in told.said.items():
            row = self._by_id.get(id.casefold())
            state = read_cell(elements()["access"], access).text
            if (
                row is None
                or state != (row.access.state if row.access else "")
                or bool(access) != bool(state)
                or parent != row.parent_ref_id
            ):
                return False
        return True

    def _hold(self, told: Writing, folder: Path, itself: Path | None = None) -> int:
        """Has the files wait that it may be of, and returns how many: those that it names, or, where it names more than
        is known, every one of its folder. A row that says its access is clear, and one that says nothing where nothing
        else speaks of access."""
        every = told.opaque or told.beyond or told.speaks and not told.named
        about = set(told.named)
        if every:
            about |= {file.path for file in self._survey.files if folder in file.path.parents}
        reason = f"{told.name.rpartition('/')[2]} beside it was not read, and may restrict it"
        number = 0
        for path in sorted(about - {itself}):
            rows = self._rows.get(path, ())
            if not rows or (told.speaks or told.opaque) and any(row.access is None for row in rows):
                self._wait(path, reason, "Do what is said of that file, and run again.")
                if path in told.named and (told.speaks or told.opaque or told.like_ours):
                    self._beside.doubtful.add(path)
                number += 1
        return number

    def _wait(self, path: Path, reason: str, remedy: str) -> None:
        self._beside.waiting.setdefault(path, (reason, remedy))

    def _say(self, folder: Path, name: str, message: str, remedy: str) -> None:
        self._beside.problems.append(
            (folder, Problem(f"{folder.name}/{name}" if folder.name else name, 0, "", "error", message, remedy, "file"))
        )


def _what(told: Writing) -> str:
    """What was seen in it, for a message."""
    seen = [
        told.opaque,
        f"names {len(told.named)} of the scans" if told.named else "",
        "has columns as metadata has" if told.like_ours else "",
        f"speaks of access ({told.speaks})" if told.speaks else "",
    ]
    said = [one for one in seen if one] or ["names files that are not there"]
    return " and ".join(said)


def by_folder(problems: Iterable[tuple[Path, Problem]]) -> Mapping[Path, list[Problem]]:
    """The problems of each folder, in their order."""
    found: dict[Path, list[Problem]] = {}
    for folder, one in problems:
        found.setdefault(folder, []).append(one)
    return found
