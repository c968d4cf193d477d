"""What lies in the folders to be taken in: files, metadata sheets, and all that is passed over."""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import translate
from pathlib import Path

from archive.reason import Reason, of_disk
from ingest.sheets.sources import KINDS, SUFFIXES, UNREAD_SUFFIXES

#: Sheets that describe the scans beside them, by file name (in any case); what they describe.
SHEETS = {kind + suffix: kind for kind in KINDS for suffix in (*SUFFIXES, *UNREAD_SUFFIXES)}


@dataclass(frozen=True, slots=True)
class SurveyedFile:
    """A file found, by its folder and name: `root` is the nearest known root above it, or else the ingested folder (a
    file argument's own folder); `below` is the folder's path below that with forward slashes.

    There may be a million: what the files of a folder have in common is held once.
    """

    folder: Path
    name: str
    root: Path
    below: str
    size: int
    mtime_ns: int

    @property
    def path(self) -> Path:
        return self.folder / self.name

    @property
    def relative(self) -> str:
        """The path below the root, with forward slashes."""
        return _joined(self.below, self.name)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A metadata sheet; `kind` is metadata, pages or components."""

    path: Path
    root: Path
    relative: str
    kind: str


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file or a whole folder left out because its name matches one of the settings' patterns."""

    path: Path
    pattern: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A path that cannot be taken in at all: missing, unreadable, a loop of links, a link that leads out, no regular
    file."""

    path: Path
    root: Path
    relative: str
    reason: str
    remedy: str = ""
    code: Reason = Reason.NO_FILE


@dataclass(frozen=True)
class Survey:
    """All that was found, each part in the order of the walk (by name, folder by folder)."""

    files: tuple[SurveyedFile, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    refused: tuple[Refused, ...] = ()

    @property
    def passed_over_by_pattern(self) -> dict[str, int]:
        """How many files and folders each pattern left out."""
        return dict(Counter(one.pattern for one in self.passed_over))


def absolute(path: str | Path) -> Path:
    """The path from the top, without `.` and `..`: what `..` leads up from is first followed, where it is a link.

    >>> absolute("/scans/./box1/../box2/").as_posix()
    '/scans/box2'
    """
    parts = Path(path).absolute().parts
    ups = [place for place, part in enumerate(parts, 1) if part == ".."]
    last = ups[-1] if ups else 0
    return Path(os.path.realpath(os.path.join(*parts[:last])), *parts[last:]) if last else Path(*parts)


def survey(paths: Iterable[str | Path], ignore_patterns: Sequence[str] = (), roots: Collection[Path] = ()) -> Survey:
    """Everything under `paths`, folders walked in order of name; nothing is opened.

    A pattern (as in shell globs, whatever the case) is matched with the name of each file and folder
    below a given path; the given paths themselves are always taken. A file reached by two of the given
    paths is listed once. `roots` are the folders that masters are known by already. A link is followed where
    what it leads to in the end lies below a given folder or a root, save one that leads back into a folder it stands
    in; others lead to what nobody meant to take in. A given path was asked for by name, and may be a link.
    """
    known = frozenset(roots)
    tops = [absolute(given) for given in paths]
    walk = _Walk(ignore_patterns, known, tops)
    files: list[SurveyedFile] = []
    sheets: list[Sheet] = []
    passed_over: list[PassedOver] = []
    refused: list[Refused] = []
    # Only what lies below two of them can be met twice: of a million files no other is kept in mind.
    overlap = any(one != other and one.is_relative_to(other) for one in tops for other in tops)
    seen: set[Path] = set()
    for path in dict.fromkeys(tops):
        folder = path if path.is_dir() else path.parent
        root = next((one for one in (folder, *folder.parents) if one in known), folder)
        relative = path.relative_to(root).as_posix() if path != root else ""
        for found in walk(path, root, relative):
            if overlap:
                if found.path in seen:
                    continue
                seen.add(found.path)
            match found:
                case SurveyedFile():
                    kind = SHEETS.get(found.name.casefold())
                    if kind:
                        sheets.append(Sheet(found.path, found.root, found.relative, kind))
                    else:
                        files.append(found)
                case PassedOver():
                    passed_over.append(found)
                case Refused():
                    refused.append(found)
    return Survey(tuple(files), tuple(sheets), tuple(passed_over), tuple(refused))


class _Walk:
    """Goes through files and folders below the `given` paths; `roots` as for `survey`."""

    def __init__(self, patterns: Iterable[str], roots: frozenset[Path], given: Iterable[Path]):
        self._passing_over = _PassingOver(patterns)
        self._roots = roots
        self._meant = tuple(Path(os.path.realpath(one)) for one in (*roots, *given) if one.is_dir())
        self._folder: tuple[Path, Path, str] | None = None

    def __call__(
        self, path: Path, root: Path, relative: str, above: tuple[tuple[int, int], ...] = ()
    ) -> Iterator[SurveyedFile | PassedOver | Refused]:
        """One file, or a folder and all below it; `relative` is its path below the root, `above` is device and inode of
        the folders around it."""
        try:
            found = path.stat()
        except OSError as trouble:
            yield Refused(path, root, relative, *_why(path, trouble))
            return
        if stat.S_ISREG(found.st_mode):
            yield self._file(path, root, relative, found)
            return
        if not stat.S_ISDIR(found.st_mode):
            # Never opened: reading a pipe or a device may wait for ever.
            yield Refused(path, root, relative, "is neither a file nor a folder", "Leave it out.")
            return
        here = (found.st_dev, found.st_ino)
        if here in above:
            yield Refused(path, root, relative, "is a link back to a folder it stands in", "Remove the link.")
            return
        try:
            with os.scandir(path) as entries:
                links = {entry.name: entry.is_symlink() for entry in entries}
        except OSError as trouble:
            yield Refused(path, root, relative, *_why(path, trouble))
            return
        for name in sorted(links):
            below = path / name
            if (pattern := self._passing_over.pattern(name)) is not None:
                yield PassedOver(below, pattern)
            elif below in self._roots:
                yield from self(below, below, "", (*above, here))
            elif links[name] and (target := self._leads_out(below)):
                yield Refused(
                    below,
                    root,
                    _joined(relative, name),
                    f"is a link that leads out of the ingested folders, to {target}",
                    f"Put the file itself there, or name {target} as a path of its own.",
                )
            else:
                yield from self(below, root, _joined(relative, name), (*above, here))

    def _file(self, path: Path, root: Path, relative: str, found: os.stat_result) -> SurveyedFile:
        """A file; those of one folder, which come one after the other, have its folder in common."""
        here = (path.parent, root, relative.rpartition("/")[0])
        if here != self._folder:
            self._folder = here
        folder, root, below = self._folder
        return SurveyedFile(folder, path.name, root, below, found.st_size, found.st_mtime_ns)

    def _leads_out(self, link: Path) -> Path | None:
        """Where a link leads in the end, if that is not below a folder that was meant; None for others, and what is not
        there."""
        target = Path(os.path.realpath(link))
        if not os.path.exists(link) or any(target.is_relative_to(one) for one in self._meant):
            return None
        return target


def _joined(above: str, name: str) -> str:
    return f"{above}/{name}" if above else name


def passing_over(patterns: Iterable[str]) -> Callable[[str], str | None]:
    """A function from a file's name to the first of the patterns that leaves it out, or None."""
    return _PassingOver(patterns).pattern


class _PassingOver:
    """The settings' patterns of names to be left out, whatever the case."""

    def __init__(self, patterns: Iterable[str]):
        self._each = [(pattern, re.compile(translate(pattern.casefold()))) for pattern in patterns]
        # Of nearly all names none is left out: that is asked of all patterns at once.
        self._any = re.compile("|".join(one.pattern for _, one in self._each)) if self._each else None

    def pattern(self, name: str) -> str | None:
        """The first pattern that a name matches."""
        name = name.casefold()
        if self._any is None or self._any.match(name) is None:
            return None
        return next(pattern for pattern, one in self._each if one.match(name))


def _why(path: Path, trouble: OSError) -> tuple[str, str, Reason]:
    code = of_disk(trouble)
    if isinstance(trouble, FileNotFoundError):
        if path.is_symlink():
            return "is a link to nothing", "Mend or remove the link.", code
        return "does not exist", "Check the path.", code
    if isinstance(trouble, PermissionError):
        return "may not be read", "Give the account that runs rescate the right to read it.", code
    return f"cannot be read ({trouble.strerror or trouble})", "Check the disk or the network folder.", code
