"""Finds the files that a spreadsheet names: in its folder and nowhere else, spelled as they are on disk."""

from __future__ import annotations

import difflib
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from itertools import islice, pairwise
from pathlib import Path

from archive.errors import SheetError
from ingest.sheets.spoilt import Finding

#: `rpt-0012.tif`: a page's number stands after the last dash.
_PAGE_NUMBER = re.compile(r"-(\d+)$")
_LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
#: A drive, or an address of the web.
_ELSEWHERE = re.compile(r"[A-Za-z]:|[a-z]+://")
#: Numbers of pages that a message names.
_SHOWN = 8
#: Nearest spellings are looked for so often, among so many names of at most so many letters: where a whole disk
#: is missing, that helps nobody and takes hours.
_MOST_SEARCHES, _MOST_COMPARED, _LONGEST = 200, 5000, 255


class Folder:
    """The folder of a spreadsheet. `ignore` are patterns of names that are no scans (as the settings have them)."""

    def __init__(self, path: Path, ignore: Sequence[str] = ()):
        self._path = path
        self._real = path.resolve()
        self._ignore = tuple(pattern.casefold() for pattern in ignore)
        self._listed: dict[str, dict[str, bool]] = {}
        self._links: set[str] = set()
        self._named: dict[str, _Names] = {}
        self._liked: dict[str, tuple[str, ...]] = {}
        self._searches = 0

    def find(self, written: str) -> tuple[str, tuple[Finding, ...]]:
        """The path of the file or folder that `written` names, relative and as on disk, and what was found on the way.

        Backslashes part names as slashes do. Raises SheetError for what leads out of the folder or is not there.
        """
        names = self._names(written)
        found = ""
        for name in names:
            exact = self._names_in(found).spelled(name)
            if exact is None:
                raise SheetError(f"{written} is not there", remedy=self._advice(written))
            found = f"{found}/{exact}" if found else exact
        self._keep_inside(found, written)
        if found != (asked := "/".join(names)) and _composed(found) != _composed(asked):
            return found, (Finding("letter case", f"{written} was read as {found}", proposed=found),)
        return found, ()

    def is_folder(self, found: str) -> bool:
        above, _, name = found.rpartition("/")
        return self._list(above).get(name, False)

    def pages(self, found: str) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
        """The page images in a folder: by the number after the last dash where all have one, else in natural order."""
        names = [name for name, is_folder in self._list(found).items() if not is_folder and not self._ignored(name)]
        if not names:
            raise SheetError(f"{found} is a folder without page images", remedy="Put them there, or correct the row.")
        findings = []
        numbers = {
            name: int(number[1]) for name in names if (number := _PAGE_NUMBER.search(name.rpartition(".")[0] or name))
        }
        if len(numbers) == len(names):
            names.sort(key=lambda name: (numbers[name], natural(name)))
            counted = sorted(numbers.values())
            if twice := [number for number, times in Counter(counted).items() if times > 1]:
                findings.append(
                    Finding(
                        "page twice",
                        f"{found} has more than one file for page {_numbers(twice)}; all were taken",
                        "Keep one image of each page there.",
                    )
                )
            if gaps := list(islice(_gaps(counted), _SHOWN + 1)):
                findings.append(
                    Finding("page missing", f"{found} has no file for page {_numbers(gaps)}", "Was a page not scanned?")
                )
        else:
            names.sort(key=natural)
            if numbers:
                without = next(name for name in names if name not in numbers)
                findings.append(
                    Finding(
                        "page order",
                        f"in {found}, {without} and {len(names) - len(numbers)} of {len(names)} files have no page "
                        "number after the last dash; the pages are in the order of their names",
                        "Check the order.",
                    )
                )
        for name in names:
            self._keep_inside(f"{found}/{name}", f"{found}/{name}")
        return tuple(f"{found}/{name}" for name in names), tuple(findings)

    def _names(self, written: str) -> list[str]:
        text = written.replace("\\", "/")
        names = [name for name in text.split("/") if name not in ("", ".")]
        if text.startswith(("/", "~")) or ".." in names or _ELSEWHERE.match(text):
            raise SheetError(
                f"{written} leads out of the folder of the spreadsheet",
                remedy="Write the path from that folder: box1/0001.tif.",
            )
        if not names or "\x00" in text:
            raise SheetError(
                f"{written or 'nothing'} is no name of a file", remedy="Write the path from this folder: box1/0001.tif."
            )
        return names

    def _keep_inside(self, found: str, written: str) -> None:
        """Raises SheetError where a link on the way to `found` leads out. What is no link leads nowhere."""
        if not self._links:
            return
        parts = found.split("/")
        if self._links.isdisjoint("/".join(parts[:end]) for end in range(1, len(parts) + 1)):
            return
        try:
            real = (self._path / found).resolve(strict=True)
        except (OSError, RuntimeError) as broken:
            raise SheetError(
                f"{written} is a link to something that is not there", remedy="Put the file itself there."
            ) from broken
        if not real.is_relative_to(self._real):
            raise SheetError(
                f"{written} is a link that leads out of the folder of the spreadsheet",
                remedy="Put the file itself there.",
            )

    def _list(self, below: str) -> dict[str, bool]:
        """Name → is a folder, of all that stands in a folder; empty for a file, what cannot be opened, and
        what a link leads to outside: not even a name of that is told."""
        if below not in self._listed:
            try:
                if below:
                    self._keep_inside(below, below)
                with os.scandir(self._path / below) as entries:
                    listed = {}
                    for entry in entries:
                        listed[entry.name] = entry.is_dir()
                        if entry.is_symlink():
                            self._links.add(f"{below}/{entry.name}".strip("/"))
            except OSError:
                listed = {}
            self._listed[below] = dict(sorted(listed.items()))
        return self._listed[below]

    def _names_in(self, below: str) -> _Names:
        if below not in self._named:
            self._named[below] = _Names(self._list(below))
        return self._named[below]

    def _ignored(self, name: str) -> bool:
        return any(fnmatchcase(name.casefold(), pattern) for pattern in self._ignore)

    def likely(self, written: str) -> tuple[str, ...]:
        """What stands there that `written` may mean: the same but for a suffix left out, for zeros lost
        from the front of a number, or the nearest in spelling; empty where nothing is like it."""
        if written not in self._liked:
            self._liked[written] = self._like(written)
        return self._liked[written]

    def _like(self, written: str) -> tuple[str, ...]:
        try:
            names = self._names(written)
            above = ""
            for name in names[:-1]:
                spelled = self._names_in(above).spelled(name)
                if spelled is None:
                    return ()
                above = f"{above}/{spelled}".strip("/")
            listed, name = self._names_in(above), names[-1]
        except SheetError:
            return ()
        found = listed.of_stem(name)
        if not found and self._searches < _MOST_SEARCHES:
            self._searches += 1
            found = listed.nearest(name)
        return tuple(f"{above}/{one}".strip("/") for one in found)

    def _advice(self, written: str) -> str:
        likely = self.likely(written)
        if not likely:
            return "Put the file there, or correct the row."
        lost = (
            strip_zeros(bare(likely[0])) == strip_zeros(bare(written.replace("\\", "/").strip("/"))) != bare(likely[0])
        )
        return (
            f"Perhaps {' or '.join(likely[:3])} is "
            f"meant{' (leading zeros were lost)' if lost and len(bare(likely[0])) > len(bare(written)) else ''}."
        )


class _Names:
    """The names in one folder, to be looked up: a missing disk must not cost its rows times its files."""

    def __init__(self, listed: Iterable[str]):
        self._listed = frozenset(listed)
        self._by: dict[Callable[[str], str], dict[str, list[str]]] = {}

    def _same(self, name: str, key: Callable[[str], str]) -> list[str]:
        if key not in self._by:
            self._by[key] = {}
            for one in sorted(self._listed):
                self._by[key].setdefault(key(one), []).append(one)
        return self._by[key].get(key(name), [])

    def spelled(self, name: str) -> str | None:
        """The name as on disk: the same, or the same but for how accents are composed, or alone but for case."""
        if name in self._listed:
            return name
        return next((same[0] for key in (_composed, _caseless) if len(same := self._same(name, key)) == 1), None)

    def of_stem(self, name: str) -> list[str]:
        """Names that are like a name but for the suffix, or for zeros lost too."""
        return self._same(name, bare) or self._same(name, _without_zeros)

    def nearest(self, name: str) -> list[str]:
        by_case: dict[str, list[str]] = {}
        for one in islice(sorted(self._listed), _MOST_COMPARED):
            by_case.setdefault(one.casefold(), []).append(one)
        near = difflib.get_close_matches(name.casefold()[:_LONGEST], by_case, 1, 0.8)
        return by_case[near[0]] if near else []


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _caseless(name: str) -> str:
    return _composed(name).casefold()


def _without_zeros(name: str) -> str:
    return strip_zeros(bare(name))


def bare(name: str) -> str:
    """A file's name without its suffix and in lower case."""
    stem, dot, suffix = name.rpartition(".")
    return (stem if dot and stem and len(suffix) <= 4 else name).casefold()


def strip_zeros(text: str) -> str:
    """The text with the leading zeros of each of its numbers gone.

    >>> strip_zeros("box-0012")
    'box-12'
    """
    return _LEADING_ZEROS.sub("", text)


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts 2 before 10.

    >>> sorted(["p10", "p2"], key=natural)
    ['p2', 'p10']
    """
    return tuple(
        (1, int(part), part) if part.isascii() and part.isdecimal() else (0, 0, part.casefold())
        for part in re.split(r"([0-9]+)", name)
        if part
    )


def _gaps(counted: list[int]) -> Iterator[int]:
    """The numbers that lack between the first and the last; drawn one by one, for they may be a million million."""
    for here, following in pairwise(counted):
        yield from range(here + 1, following)


def _numbers(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:_SHOWN]))
    return f"{shown} …" if len(numbers) > _SHOWN else shown
