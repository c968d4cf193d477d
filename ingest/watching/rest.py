"""When a folder that files arrive in has come to rest: pure, told what is there and what time it is.

A folder settles as a whole, for what belongs together arrives together: page folders, and a metadata.csv after its
scans. A file taken in before its row would become an item of its own, and what its row restricts would be open.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

#: What stands at each path below a folder: size and time of change (ns).
Contents = Mapping[str, tuple[int, int]]


def contents(folder: Path) -> Contents:
    """Every file below the folder, temporary ones too: a half-copied one keeps the folder from rest."""
    found: dict[str, tuple[int, int]] = {}
    waiting = [str(folder)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    try:
                        if entry.is_dir(follow_symlinks=False):
                            waiting.append(entry.path)
                        else:
                            at = entry.stat()
                            found[entry.path] = at.st_size, at.st_mtime_ns
                    except OSError:
                        continue  # It went meanwhile, or is a link to nothing.
        except OSError:
            continue  # The same of a folder; the run itself says what cannot be read.
    return found


def wanted(here: Contents, folder: Path, patterns: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Of what stands there, what a run would take: no part of its path below the folder matches a pattern.

    >>> wanted({"/in/a.tif": (1, 1), "/in/b.tif.part": (1, 1), "/in/.x/c.tif": (1, 1)}, Path("/in"), ["*.part", ".*"])
    {'/in/a.tif': (1, 1)}
    """
    folded = [pattern.casefold() for pattern in patterns]
    return {
        path: at
        for path, at in here.items()
        if not any(
            fnmatchcase(part.casefold(), pattern) for part in Path(path).relative_to(folder).parts for pattern in folded
        )
    }


@dataclass
class Settling:
    """One folder's way to rest; `settle` in seconds, every `now` by the same monotonic clock.

    `stir` is told of each change that is heard of (by another thread, too); `look` of what is there, and answers
    whether it is at rest: nothing heard, and the same seen, for `settle` seconds. `take` marks what was last seen as
    taken in.
    """

    folder: Path
    settle: float
    #: When it was last looked at.
    looked: float = -math.inf
    _heard: float = -math.inf
    _changed: float = -math.inf
    _taken_at: float = -math.inf
    _seen: Contents = field(default_factory=dict)
    _taken: Contents = field(default_factory=dict)

    def stir(self, now: float) -> None:
        self._heard = now

    @property
    def due(self) -> float:
        """When it will be at rest if nothing more happens; infinite where nothing has happened since it was taken."""
        last = max(self._heard, self._changed)
        return last + self.settle if last > self._taken_at else math.inf

    def look(self, here: Contents, now: float) -> bool:
        self.looked = now
        if here != self._seen:
            self._seen, self._changed = here, now
        return now - max(self._heard, self._changed) >= self.settle

    def news(self, patterns: Iterable[str]) -> Contents:
        """What was last seen and is new or changed since it was taken in. What went away is no news."""
        return {
            path: at for path, at in wanted(self._seen, self.folder, patterns).items() if self._taken.get(path) != at
        }

    def take(self) -> None:
        self._taken = self._seen
        # What is heard after the look has not been seen: it counts.
        self._taken_at = self.looked


def pauses(first: float, most: float) -> Iterator[float]:
    """Seconds to wait before trying again, each twice the one before.

    >>> from itertools import islice
    >>> list(islice(pauses(30, 200), 5))
    [30, 60, 120, 200, 200]
    """
    while True:
        yield min(first, most)
        first = min(2 * first, most)


def written_now(folder: Path, proc: Path = Path("/proc")) -> str:
    """A file below the folder that a process has open for writing; empty where none has, or the system does not say.

    (Of other users' processes, only root is told.)
    """
    within = f"{folder.resolve()}{os.sep}"
    for descriptors in proc.glob("[0-9]*/fd"):
        try:
            numbers = os.listdir(descriptors)
        except OSError:
            continue  # Not ours to know, or just ended.
        for number in numbers:
            try:
                path = os.readlink(descriptors / number)
                if path.startswith(within) and _for_writing((descriptors.parent / "fdinfo" / number).read_text()):
                    return path
            except OSError:
                continue  # Just closed.
    return ""


def _for_writing(fdinfo: str) -> bool:
    flags = next((int(line.split()[1], 8) for line in fdinfo.splitlines() if line.startswith("flags:")), 0)
    return flags & (os.O_WRONLY | os.O_RDWR) != 0
